"""What a date is the date of: the event told beside it, or only the day on which something was said."""

from __future__ import annotations

import re

from headwater.comparison.date_rules import event_words, reported_days, reported_words
from headwater.comparison.vocabulary import concept
from headwater.domain.quantities import DateMention, PeriodKind
from headwater.domain.spans import Span
from headwater.extraction.date_tokens import WEEKDAYS
from headwater.extraction.speech_verbs import SURE_FORMS

REACH = 12  # words between a date and the verb of its event; a deadline stands far behind "submitted"
BESIDE = 4  # words between a day and a verb of speech
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[;:()–—]|, (?!which\b)|\b(?:and|but|while|although|who)\b")
_AROUND = 60  # characters on either side of a day
_DATELINE = re.compile(r" ?(?:[-–—]|\([A-Z])")
_DATELINE_ENDS = 50  # characters of a text in which its dateline stands


def read_events(text: str, mention: Span, sentence: Span) -> tuple[frozenset[int], frozenset[str]]:
    """Return the events that the nearest word of the date's clause can tell, and that word as a concept.

    Args:
        text: Working text.
        mention: The date.
        sentence: The sentence it stands in.
    """
    before = _CLAUSE.split(text[sentence.start : mention.start])[-1]
    after = _CLAUSE.split(text[mention.end : sentence.end])[0]
    nearest: tuple[int, str] | None = None
    # A capital inside a sentence is a name's ("the Task Force" tells no event), that of its first word is not.
    if before == text[sentence.start : mention.start]:
        before = before.lstrip("“‘\"'")
        before = before[:1].lower() + before[1:]
    for words in (_WORD.findall(before)[::-1], _WORD.findall(after)):
        for distance, word in enumerate(words[:REACH]):
            if word in event_words() and (nearest is None or distance < nearest[0]):
                nearest = distance, word
    if nearest is None:
        return frozenset(), frozenset()
    return event_words()[nearest[1]], frozenset(filter(None, (concept(nearest[1]),)))


def tells_when_said(text: str, mention: DateMention) -> bool:
    """Say whether a day is that of the news: "said on Tuesday", "figures published today", a dateline.

    Args:
        text: Working text.
        mention: A date of it.
    """
    if mention.kind is not PeriodKind.DAY or not mention.relative:
        return False
    start, end = mention.span.start, mention.span.end
    if end <= _DATELINE_ENDS and _DATELINE.match(text, end):
        return True
    if not {*_WORD.findall(mention.surface.lower())} & (WEEKDAYS.keys() | reported_days()):
        return False
    before = _WORD.findall(_last_clause(text[max(0, start - _AROUND) : start]).lower())[-BESIDE:]
    after = _WORD.findall(_CLAUSE.split(text[end : end + _AROUND])[0].lower())[:2]
    saying = SURE_FORMS | reported_words()
    return not saying.isdisjoint(before) or not saying.isdisjoint(after)


def _last_clause(text: str) -> str:
    return re.split(r"[.;:()\n]", text)[-1]
