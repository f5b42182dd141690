"""The weekday on which something is said to have been said: "said on Thursday" of a release of a Monday.

The source does not tell it, its day of publication does. The day before and the day after are left alone: offices
publish at midnight, overnight, and on the other side of the world. So are speeches, whose texts come out when they may.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from headwater.comparison.date_slots import Slot
from headwater.domain.facts import Annotated
from headwater.domain.quantities import DateMention, PeriodKind
from headwater.extraction.date_tokens import WEEKDAYS

WEEK = 7
NEAR = 1  # days
SPOKEN = 0.2  # share of passages in which somebody says "I", outside quotation marks: a speech
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|my)\b")
_QUOTED = re.compile(r"[“\"‘][^“”\"]{0,2000}[”\"’]")


def is_of_another_weekday(claim: Slot, document: Sequence[Annotated], days: Sequence[date]) -> bool:
    """Say whether a weekday of saying lies days away from when a document was published, and is not named in it.

    Args:
        claim: A date beside a verb of saying, or any other.
        document: All passages of the document.
        days: On which it was published.
    """
    weekday = _bare_weekday(claim.mention)
    if claim.role != "said" or claim.quoted or weekday is None or not days:
        return False
    if any(_apart(weekday, day.weekday()) <= NEAR for day in days):
        return False
    said = claim.mention.first
    if said is not None and all(abs((said - day).days) > WEEK for day in days):
        return False  # of another week: another saying
    named = [one for passage in document for one in passage.facts.dates if one.kind is PeriodKind.DAY]
    if any(_may_be(one, weekday, days) for one in named):
        return False
    return not _is_speech(document)


def _bare_weekday(mention: DateMention) -> int | None:
    words = mention.surface.lower().split()
    return WEEKDAYS.get(words[-1]) if words and len(words) <= len(("last", "Thursday")) else None


def _apart(one: int, other: int) -> int:
    gap = abs(one - other) % WEEK
    return min(gap, WEEK - gap)


def _may_be(mention: DateMention, weekday: int, days: Sequence[date]) -> bool:
    """Say whether a day that the document names is such a weekday of those weeks, or its name."""
    if any(WEEKDAYS.get(word) == weekday for word in mention.surface.lower().split()):
        return True
    day = mention.first
    return day is not None and day.weekday() == weekday and any(abs((day - one).days) <= WEEK for one in days)


def _is_speech(document: Sequence[Annotated]) -> bool:
    spoken = sum(bool(_FIRST_PERSON.search(_QUOTED.sub("", passage.text))) for passage in document)
    return spoken > SPOKEN * len(document)
