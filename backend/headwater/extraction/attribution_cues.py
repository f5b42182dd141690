"""Cues of attribution: a verb of speech with its subject, "according to", a name with a colon, a lead-in line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from headwater.domain.spans import Span
from headwater.extraction.attribution_behind import find_subject_behind
from headwater.extraction.attribution_sentences import Sentences
from headwater.extraction.attribution_subjects import (
    find_subject_before,
    is_noun_group,
    is_person,
    is_person_like,
)
from headwater.extraction.attribution_words import (
    ARTICLES,
    BE,
    DETERMINERS,
    FINITE,
    GLUE,
    OBJECTS,
    OPENERS,
    PASSIVE,
    QUOTED,
    ROLES,
    SPEECHES,
    Token,
    tokens_of,
)
from headwater.extraction.speech_verbs import SPEECH_VERB, SURE_FORMS

_ACCORDING = re.compile(
    r"\b[Aa]ccording to\b|\b(?:[Ii]n )?(?:[Tt]he|[Tt]hese|[Tt]hose) words of\b|\b[Aa]s quoted by\b"
    r"|\b(?:statement|message|letter|remarks) (?:from|by)\b|\b[Qq]uoting (?:directly )?from\b|\b[Tt]o quote\b"
)
_THAT = re.compile(r"[^.;:\n]{0,60}?\bthat\b")
_NEAR_QUOTATION = 12  # words between a verb and the quotation it opens: "said in a letter to the House that"
_DIRECTLY = 5  # words between a quotation and a verb that seldom reports speech
_PLAIN_WORDS = 2  # in an office: "crime prevention minister", "market visit leader"
_LEAD_IN_WORDS = 16  # a name with its office, before a colon
_BY = re.compile(r" by ")
_LAST_WORDS = 8  # words behind a verb that name a recipient, a place or a time
_AS = re.compile(r"As ")  # "As the report notes, …"
_QUESTION = re.compile(r"\b(?:how|what|why|whether)\b")
_SHORTEST_CLAUSE = 3  # words
_MOST_VERBS = 12  # of speech in one sentence: more are a list of words
_LONGEST_PHRASE = 8  # words: "in Paris on Monday" before a subject is no clause


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue.

    Args:
        sentence: Its number.
        speaker: Span of the speaker as written.
        verb: Span of the verb, of "according to", or of the colon.
        trails: Whether what is said stands before it.
        opens_quotation: Whether a quotation follows it in the sentence.
        inverted: Whether the verb stands before its subject ("said X").
        names_source: Whether it is "according to" or the like, which names texts as often as people.
    """

    sentence: int
    speaker: Span
    verb: Span
    trails: bool = False
    opens_quotation: bool = False
    inverted: bool = False
    names_source: bool = False


@lru_cache(maxsize=2)  # asked for twice of each text
def find_cues(sentences: Sentences) -> tuple[Cue, ...]:
    """Find the cues of a text, in order.

    Args:
        sentences: The text.
    """
    return tuple(cue for number in range(len(sentences)) for cue in _cues_of(sentences, number))


def _cues_of(sentences: Sentences, number: int) -> tuple[Cue, ...]:
    start, end = sentences.bounds(number)
    found = [*_according(sentences, number), *_colon(sentences, number)]
    last: Span | None = None
    for verb in islice(SPEECH_VERB.finditer(sentences.masked, start, end), _MOST_VERBS):
        cue = _spoken(sentences, number, verb, last)
        if cue is not None:
            found.append(cue)
            last = cue.speaker
    return tuple(sorted(found, key=lambda cue: cue.verb))


def _according(sentences: Sentences, number: int) -> Iterator[Cue]:
    start, end = sentences.bounds(number)
    for match in _ACCORDING.finditer(sentences.masked, start, end):
        speaker = find_subject_behind(tokens_of(sentences.masked, match.end(), end))
        if speaker is not None:
            before = sentences.masked[start : match.start()].strip(" ,–—(")
            opens = QUOTED in sentences.masked[speaker.end : end]
            yield Cue(number, speaker, Span(*match.span()), bool(before), opens and not before, names_source=True)


def _colon(sentences: Sentences, number: int) -> Iterator[Cue]:
    """Find "The Secretary of State for X (Name):" and "Name, office:" at the beginning of a paragraph."""
    start, end = sentences.bounds(number)
    at = sentences.masked.find(":", start, min(end, start + 200))
    if at < 0 or sentences.line_start(start) != start:
        return
    tokens = tokens_of(sentences.masked, start, at)
    if not tokens or len(tokens) > _LEAD_IN_WORDS + 6 or any(SPEECH_VERB.fullmatch(token.lower) for token in tokens):
        return
    first = [token for token in tokens if token.text != ","]
    if tokens[0].is_word and is_noun_group(first) and is_person_like(first) and _is_mostly_capital(first):
        yield Cue(number, Span(start, tokens[-1].end), Span(at, at + 1), False, QUOTED in sentences.masked[at:end])


def _is_mostly_capital(tokens: Sequence[Token]) -> bool:
    words = [token for token in tokens if token.is_word]
    return 2 * sum(1 for token in words if token.is_capital) >= len(words)


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of speech in its sentence: what stands before it and whether a quotation follows near behind."""

    number: int
    match: re.Match[str]
    sentence: tuple[int, int]
    region: int
    left: Sequence[Token]
    ahead: bool
    is_near: bool
    after_quotation: bool

    def cue(self, speaker: Span | None, *, trails: bool = False, inverted: bool = False) -> Cue | None:
        """Return the cue with a speaker, or None without one."""
        if speaker is None or (self.match.group().startswith("quot") and len(speaker) == 1):
            return None  # "I quote" names nobody
        return Cue(self.number, speaker, Span(*self.match.span()), trails, self.ahead and not inverted, inverted)


def _spoken(sentences: Sentences, number: int, match: re.Match[str], last: Span | None) -> Cue | None:
    verb = _verb(sentences, number, match)
    masked, end, form = sentences.masked, verb.sentence[1], match.group()
    as_said = verb.ahead and _AS.match(masked, verb.sentence[0]) is not None
    tight = masked[match.end() : match.end() + 1] == ":"
    sure = form in SURE_FORMS or (verb.ahead and verb.is_near) or verb.after_quotation or as_said or tight
    if not (sure or _THAT.match(masked, match.end(), end)):
        return None
    words = [token for token in verb.left if token.is_word]
    if words and _makes_noun(words[-1], form):
        return None
    if form in PASSIVE and _is_passive(words):
        return _passive(masked, verb)
    if words and (words[-1].lower == "to" or (form.endswith("ing") and words[-1].lower not in BE)):
        return verb.cue(last or sentences.subjects[number])  # "rose to say", "…, adding that"
    if not words:
        return _inverted(masked, verb) if verb.region > verb.sentence[0] else None
    return _turned(masked, verb) or _plain(masked, verb)


def _makes_noun(before: Token, form: str) -> bool:
    """Say whether the word before makes a noun of a verb: "the Government's reply", "the two states"."""
    if before.is_possessive or before.lower in ARTICLES:
        return True
    return form.endswith("s") and form not in SURE_FORMS and not before.is_capital and before.lower in DETERMINERS


def _verb(sentences: Sentences, number: int, match: re.Match[str]) -> _Verb:
    start, end = sentences.bounds(number)
    masked = sentences.masked
    region = max(start, masked.rfind(QUOTED, start, match.start()) + 1)
    left = sentences.tokens_between(number, region, match.start())
    after_quotation = region > start or _is_after_quotation(sentences, number)
    ahead = _words_ahead(masked, match.end(), end)
    near = ahead is not None and (ahead <= _DIRECTLY or _is_after_colon(masked, match.end()))
    return _Verb(number, match, (start, end), region, left, ahead is not None, near, after_quotation)


def _is_after_colon(masked: str, at: int) -> bool:
    place = masked.find(QUOTED, at)
    return masked[max(at, place - 2) : place].rstrip().endswith(":")


def _is_passive(words: Sequence[Token]) -> bool:
    """Say whether a form of "be" governs the verb: "was described", "is then asked", "what's called"."""
    behind = next((word for word in reversed(words) if word.lower not in ("then", "also", "now", "widely")), None)
    if behind is None:
        return False
    return behind.lower in BE or behind.text.lower().replace("’", "'") in ("what's", "it's", "that's", "he's", "she's")


def _inverted(masked: str, verb: _Verb) -> Cue | None:
    """Read "“…,” said X"."""
    at, end = verb.match.end(), verb.sentence[1]
    speaker = find_subject_behind(tokens_of(masked, at, _next_quotation(masked, at, end)))
    return verb.cue(speaker, trails=True, inverted=True)


def _plain(masked: str, verb: _Verb) -> Cue | None:
    """Read "X said …" and "…, X said"."""
    speaker = find_subject_before(verb.left)
    if speaker is None:
        return None
    start, end = verb.sentence
    behind = verb.after_quotation or _follows_clause(masked, start, speaker.start)
    trails = not verb.ahead and behind and _is_last(masked, verb.match.end(), end)
    return verb.cue(speaker, trails=trails or (verb.region > start and not verb.ahead))


def _follows_clause(masked: str, start: int, place: int) -> bool:
    """Say whether what is said can stand before a subject: a clause and a comma."""
    before = masked[start:place].rstrip()
    words = before.split()
    adverbial = bool(words) and words[0].lower() in OPENERS and len(words) < _LONGEST_PHRASE
    return before.endswith(",") and len(words) >= _SHORTEST_CLAUSE and not adverbial


def _words_ahead(masked: str, at: int, end: int) -> int | None:
    """Return how many words stand between a verb and the quotation behind it, or None where none is near."""
    place = masked.find(QUOTED, at, end)
    if place < 0:
        return None
    count = len(masked[at:place].split())
    return count if count <= _NEAR_QUOTATION else None


def _next_quotation(masked: str, at: int, end: int) -> int:
    place = masked.find(QUOTED, at, end)
    return end if place < 0 else place


def _is_after_quotation(sentences: Sentences, number: int) -> bool:
    if number == 0:
        return False
    start = sentences.bounds(number)[0]
    before = sentences.masked[max(0, start - 3) : start]
    return before.rstrip(" ").endswith(QUOTED)


def _is_last(masked: str, at: int, end: int) -> bool:
    """Say whether nothing but a recipient, a place or a time stands behind the verb."""
    return len(masked[at:end].split()) <= _LAST_WORDS and not (
        _THAT.match(masked, at, end) or _QUESTION.search(masked, at, end)
    )


def _passive(masked: str, verb: _Verb) -> Cue | None:
    """Read "was described by X as"; without "by" nobody is named who speaks."""
    by = _BY.match(masked, verb.match.end())
    if by is None:
        return None
    return verb.cue(find_subject_behind(tokens_of(masked, by.end(), verb.sentence[1])))


def _turned(masked: str, verb: _Verb) -> Cue | None:
    """Read "…, said the ONS." behind a clause."""
    left, form = verb.left, verb.match.group()
    if (
        left[-1].text != ","
        or form not in SURE_FORMS
        or form in OBJECTS
        or is_noun_group([t for t in left if t.text != ","])
    ):
        return None
    rest = tokens_of(masked, verb.match.end(), _next_quotation(masked, verb.match.end(), verb.sentence[1]))
    speaker = find_subject_behind(rest)
    if speaker is None or not is_person_like([token for token in rest if token.end <= speaker.end]):
        return None
    behind = [token for token in rest if token.start >= speaker.end and token.is_word]
    return verb.cue(speaker, trails=True, inverted=True) if len(behind) <= _LAST_WORDS else None


def find_lead_in(sentences: Sentences, place: int) -> Span | None:
    """Find the speaker of a quotation that a colon leads up to, on its own line or in its own paragraph.

    Args:
        sentences: The text.
        place: Where the quotation begins.
    """
    masked = sentences.masked
    line = sentences.line_start(place)
    before = masked[line:place].rstrip()
    if before:
        return _subject_of(sentences, sentences.number_at(place)) if _introduces(sentences, before, place) else None
    above = masked[:line].rstrip() if line < 400 else masked[line - 400 : line].rstrip()
    if line == 0 or not above:
        return None
    number = sentences.number_at(line - (len(masked[max(0, line - 400) : line]) - len(above)) - 1)
    if above.endswith((":", ",", "said", "says", "–", "—", " -", " that")):
        return _subject_of(sentences, number)
    cues = _cues_of(sentences, number) if above[-1].isalnum() else ()
    return cues[-1].speaker if cues else None  # "have said that the plans", and the quotation on the next line


def _introduces(sentences: Sentences, before: str, place: int) -> bool:
    """Say whether a colon, or a comma before a whole sentence, leads up to a quotation."""
    if before.endswith(":"):
        return True
    if not before.endswith(",") or not sentences.text[place + 1 : place + 2].isupper():
        return False
    subject = sentences.subjects[sentences.number_at(place)]
    return subject is not None and is_person(tokens_of(sentences.masked, subject.start, subject.end))


def _subject_of(sentences: Sentences, number: int) -> Span | None:
    cues = _cues_of(sentences, number)
    if cues:
        return cues[-1].speaker
    start, end = sentences.bounds(number)
    colon = sentences.masked.find(":", start, end)
    tokens = tokens_of(sentences.masked, start, end if colon < 0 else colon)
    words = [token for token in tokens if token.text != ","]
    if _is_label(words):
        return Span(words[0].start, words[-1].end)
    subject = sentences.subjects[number]
    if subject is None:
        return _owner(tokens) or _subject_of_verb(tokens)
    group = tokens_of(sentences.masked, subject.start, subject.end)
    single = len(group) == 1 and group[0].lower not in ("it", "i", "we", "you")
    return subject if is_person(group) or single else None


def _subject_of_verb(tokens: Sequence[Token]) -> Span | None:
    """Return who "was blunter": the subject of the last finite verb before a colon, where that can speak."""
    at = next(
        (at for at in range(len(tokens) - 1, 0, -1) if tokens[at].lower in FINITE and not tokens[at].is_capital), 0
    )
    subject = find_subject_before(tokens[:at]) if at else None
    if subject is None:
        return None
    group = [token for token in tokens if subject.start <= token.start < subject.end]
    return subject if is_person_like(group) else None


def _is_label(words: Sequence[Token]) -> bool:
    """Say whether words before a colon are a speaker and nothing else."""
    if not is_noun_group(words) or len(words) > _LEAD_IN_WORDS:
        return False
    plain = [
        word for word in words if word.is_word and not (word.is_capital or word.lower in GLUE | ROLES | DETERMINERS)
    ]
    told = any(b.lower.endswith("ed") and not b.is_capital and a.is_capital for a, b in pairwise(words))
    if told or len(plain) > _PLAIN_WORDS or any(SPEECH_VERB.fullmatch(word.text) for word in plain):
        return False
    return is_person_like(words) and _is_mostly_capital(words)


def _owner(tokens: Sequence[Token]) -> Span | None:
    """Return "his" of "His oration ended in a call"."""
    if len(tokens) > 1 and tokens[0].lower in ("his", "her") and tokens[1].lower in SPEECHES:
        return Span(tokens[0].start, tokens[0].end)
    return None
