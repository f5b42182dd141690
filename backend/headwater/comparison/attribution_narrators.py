"""The unnamed author of a text in the first person: whoever the text itself speaks of is somebody else.

A statement or speech often does not name who makes it. Where it says "I" or "we", a person whom it mentions as any
third person ("I am joined by Sir Ian Marsh") is not its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from headwater.comparison.attribution_speakers import Speaker, SpeakerKind, read_speaker
from headwater.comparison.contexts import sentence_at
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.extraction.names_folding import fold_marks
from headwater.extraction.names_tables import given_names

_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
_IN_THE_HOUSE = re.compile(
    r"\b(?:Friend the|[Hh]on\. (?:Friend|Member|Gentleman|Lady)|noble (?:[Ff]riend|Lord|Baroness|Lady))\b"
)
_TITLE = re.compile(
    r"(?:\b(?:Mrs?|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness|Justice|Judge|Prof|Professor|Senator|Councillor|Cllr"
    r"|General|Captain|Minister|Secretary|Rev)\.? )(?:[A-Z][\w’'-]+ |[A-Z]\. ){0,2}$"
)
_GIVEN = re.compile(r"\b([A-Z][\w’'-]+) (?:[A-Z]\. )?$")
_SIGNED = re.compile(r"(?:\bI am|\bI,|[Mm]y name is|\b[Bb]y|[Ff]rom|[Ss]igned|[–—-]) *(?:[A-Z][\w.’'-]+ ){0,4}$")
_NAMED_AFTER = re.compile(r" [A-Z]|\)?:|’s? [A-Z]|'s? [A-Z]")  # "the Turnbull Government", "The Minister (Mr. Ray):"
_ANNOUNCED = re.compile(
    r"\b(?:the following|this|a) (?:[\w-]+ ){0,3}(?:[Ss]tatement|speech|remarks|message|address|letter)"
)
_LEAST_SENTENCE = 5  # words: a shorter line is a signature or a heading
_MOST_MENTIONS = 20
_BESIDE = 60  # characters beside a surname


def are_in_first_person(passages: Sequence[Annotated]) -> bool:
    """Say whether the author of official words says "I" or "we" in them, outside quotations.

    Args:
        passages: Of the document.
    """
    return any(map(_is_in_first_person, passages))


def _is_in_first_person(passage: Annotated) -> bool:
    quoted = [quotation.span for quotation in passage.facts.quotations]
    found = islice(_FIRST_PERSON.finditer(passage.text), _MOST_MENTIONS)
    return any(not any(outer.contains(Span(*match.span())) for outer in quoted) for match in found)


def find_mention(speaker: str, passages: Sequence[Annotated]) -> tuple[Annotated, Span] | None:
    """Find where official words speak of a named person as of somebody else.

    Args:
        speaker: As the text in hand has it.
        passages: Of the document.

    Returns:
        The passage and the surname's place in it; None where the person is not named, or may be the author.
    """
    person = read_speaker(speaker)
    if person.kind is not SpeakerKind.PERSON or not person.names or not person.sure:
        return None
    surname = re.compile(rf"\b{re.escape(person.names[-1])}\b", re.IGNORECASE)
    found: tuple[Annotated, Span] | None = None
    for passage in passages:
        for match in islice(surname.finditer(passage.text), _MOST_MENTIONS):
            before = passage.text[max(0, match.start() - _BESIDE) : match.start()]
            if not match.group()[0].isupper() or _NAMED_AFTER.match(passage.text, match.end()):
                continue
            if _SIGNED.search(before) or _ANNOUNCED.search(passage.text, match.end(), match.end() + _BESIDE):
                return None
            if found is None and _is_person(before) and _is_spoken_of(passage, match):
                found = passage, Span(*match.span())
    return found


def _is_spoken_of(passage: Annotated, match: re.Match[str]) -> bool:
    """Say whether the author says "I" or "we" in the very sentence: "I congratulate Mr. Ray", "joined us: Sir Ian"."""
    sentence = sentence_at(passage.text, Span(*match.span()))
    words = sentence.slice(passage.text)
    spoken_of = _FIRST_PERSON.search(words) or _IN_THE_HOUSE.search(words)
    return len(words.split()) >= _LEAST_SENTENCE and spoken_of is not None


def _is_person(before: str) -> bool:
    given = _GIVEN.search(before)
    return _TITLE.search(before) is not None or (given is not None and fold_marks(given[1]) in given_names())


def is_named_person(written: str, speaker: Speaker) -> bool:
    """Say whether a speaker is surely a person by the first name or the title: "Evening Telegraph" is a newspaper.

    Args:
        written: As it stands in the text.
        speaker: The same as read.
    """
    if speaker.kind is not SpeakerKind.PERSON or not speaker.names or not speaker.sure:
        return False
    given = fold_marks(speaker.names[0].capitalize()) in given_names()
    return given or re.search(rf"{_TITLE.pattern[:-1]}(?i:{re.escape(speaker.names[-1])})\b", written) is not None
