"""Whether a document has no date at all that a claimed one could be: neither its days, nor a part of them.

Asked of a date that no passage near the claim states, once no other date of the document was found in its place. What
a reporter may have worked out or rounded is left alone: another day of the same stretch, the day after a limit, "three
years ago" within a year. A date that nothing in the document comes near is from elsewhere, or wrong: a reader has to be
told either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from headwater.comparison.date_slots import Slot
from headwater.comparison.period_relations import PeriodRelation, compare_periods, is_soft
from headwater.comparison.time_between import DAY, is_of_days, may_be_counted
from headwater.domain.facts import Annotated
from headwater.domain.quantities import DateMention, Dimension, PeriodKind
from headwater.extraction.quantities import extract_quantities

LEFT_ALONE = frozenset({"said"})
STRETCHES = frozenset({PeriodKind.SO_FAR, PeriodKind.CENTURY})
SOFT_MONTH, SOFT_YEAR = 15, 61  # days on each side: what "early" and "late" leave open of a month and of a year
LEAD = 20  # characters before a date: "before 2026" of what is to come by the end of 2025
ROUND = 10  # "more than 50 years ago" of what is 54 years old
LONGEST = 400  # days: a decade holds every date of it and tells none
LONGEST_OF_DAY = 62  # and where the document names days, a year holds every day and tells none
LEAST_WITH_MONTH = 3  # words: "since July 2009", not "since 2009"
HELD = frozenset({PeriodRelation.SAME, PeriodRelation.CONTAINS, PeriodRelation.OVERLAPS})
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")
_AGO = re.compile(r"\b(?P<unit>day|week|month|year|decade)s? ago\b", re.IGNORECASE)
_TOLD_FROM = re.compile(r"\b(?:earlier|later|before|after)$", re.IGNORECASE)
_BACK = re.compile(r"\b(?:past|last|previous) \S+ (?:day|week|month|year|decade)s\b", re.IGNORECASE)
_NEXT_TO = re.compile(r"\b(?:after|following|before|until|till|to|by|ahead of|prior to)\s+(?:the\s+)?$", re.IGNORECASE)
_UNITS = {"day": 1, "week": 7, "month": 31, "year": 366, "decade": 1830}
# Told from another date of the text, or a stretch and no date.
_WINDOW = re.compile(
    r"\b(?:earlier|later|before|after|same|to|until|and)\b|[–-] ?\d"
    r"|\b(?:past|last|next|coming|previous|following|first|closing|final) (?:\S+ )?\w+s\b",
    re.IGNORECASE,
)


def is_absent(
    claim: Slot, document: Sequence[Annotated], days: Sequence[date] = (), *, text: Annotated | None = None
) -> bool:
    """Say whether a document has nothing that a claimed date could be.

    Args:
        claim: A date that the passages near the claim do not state.
        document: All of its passages.
        days: On which it was published.
        text: The claim: a date may be told from another one of it.
    """
    mention = claim.mention
    if _TOLD_FROM.search(mention.surface):
        return not claim.quoted and _is_of_no_stretch(mention, (*document, *((text,) if text else ())), days)
    if _BACK.search(mention.surface) and mention.first is not None and not claim.quoted:
        return _begins_nowhere(mention, (*document, *((text,) if text else ())), days)
    stretch = _stretch(claim, days, text)
    if stretch is None or (claim.quoted and mention.relative):
        return False
    official = [one for passage in document for one in passage.facts.dates]
    written = mention.kind is PeriodKind.YEAR and _is_written(mention, document)
    if written or any(stretch[0] <= day <= stretch[1] for day in days):
        return False
    if _AGO.search(mention.surface) and _is_told_as_stretch(mention, document, days):
        return False
    return not any(_may_be(mention, stretch, other, official) for other in official)


def _begins_nowhere(mention: DateMention, texts: Sequence[Annotated], days: Sequence[date]) -> bool:
    """Say whether nothing begins where a stretch of several units until now does: "the past two months"."""
    lasting = [one for one in extract_quantities(mention.surface) if is_of_days(one) and one.value > 1]
    if len(lasting) != 1 or lasting[0].upper is not None or mention.first is None or not days:
        return False
    unit = lasting[0].unit.factor / DAY
    spare = max(unit, unit * lasting[0].value / ROUND)
    told = [one for text in texts for one in text.facts.dates if one.surface != mention.surface]
    ends = {end for one in told for end in (one.first, one.last) if end is not None}
    if any(abs((end - mention.first).days) <= spare for end in ends):
        return False
    return _is_of_no_stretch(mention, texts, ())


def _is_of_no_stretch(mention: DateMention, texts: Sequence[Annotated], days: Sequence[date]) -> bool:
    """Say whether a date is told by a stretch of several days, months or years that neither text has nor gives."""
    lasting = [one for one in extract_quantities(mention.surface) if is_of_days(one) and one.value > 1]
    if len(lasting) != 1 or lasting[0].upper is not None:
        return False
    wanted = lasting[0].value * lasting[0].unit.factor
    stated = [one for text in texts for one in text.facts.quantities if is_of_days(one)]
    told = [one.surface for text in texts for one in text.facts.dates if one.surface != mention.surface]
    stated += [one for surface in told for one in extract_quantities(surface) if is_of_days(one)]
    if any(abs(one.value * one.unit.factor - wanted) * ROUND <= wanted for one in stated):
        return False
    return not may_be_counted(lasting[0], texts, days)


def _is_told_as_stretch(mention: DateMention, document: Sequence[Annotated], days: Sequence[date]) -> bool:
    """Say whether a document has a stretch as long as the one that a date was told by: "half a century ago"."""
    first = mention.first or date.max
    since = [abs((day - first).days) for day in days]
    lengths = [
        int(one.value * one.unit.factor / DAY)
        for passage in document
        for one in passage.facts.quantities
        if one.unit.dimension is Dimension.DURATION
    ]
    return any(abs(length - lasted) <= lasted // ROUND for length in lengths for lasted in since)


def _stretch(claim: Slot, days: Sequence[date], text: Annotated | None) -> tuple[date, date] | None:
    """Return the days that a claimed date leaves open, or None where it tells none, or is of no event."""
    mention = claim.mention
    if claim.role in LEFT_ALONE or mention.kind in STRETCHES or mention.first is None:
        return None
    if _WINDOW.search(mention.surface):
        return None
    last = _end_of_beginning(mention) if mention.kind is PeriodKind.SINCE else mention.last or mention.first
    spare = timedelta(days=_spare(claim, mention.first, days, text))
    try:
        return mention.first - spare, last + spare
    except OverflowError:
        return None


def _end_of_beginning(mention: DateMention) -> date:
    """Return the last day on which a stretch until now may have begun: "since July" on any day of it."""
    first = mention.first or date.max
    if any(map(str.isdigit, _YEAR.sub("", mention.surface))):
        return first
    of_year = mention.surface.split()[-1].isdigit() and len(mention.surface.split()) < LEAST_WITH_MONTH
    return first + timedelta(days=_UNITS["year" if of_year else "month"])


def _spare(claim: Slot, first: date, days: Sequence[date], text: Annotated | None) -> int:
    mention = claim.mention
    ago = _AGO.search(mention.surface)
    if ago is not None:
        since = max((abs((day - first).days) for day in days), default=0)
        return max(_UNITS[ago["unit"].lower()] // 2, since // ROUND)
    if is_soft(mention):
        return SOFT_YEAR if _YEAR.search(mention.surface) else SOFT_MONTH
    before = text.text[: mention.span.start][-LEAD:] if text else " after "
    return int(claim.role in {"start", "end"} and bool(_NEXT_TO.search(before)))


def _is_written(mention: DateMention, document: Sequence[Annotated]) -> bool:
    """Say whether every year of a date stands somewhere in a document, in a name or a number perhaps."""
    years = _YEAR.findall(mention.surface) or ([str(mention.first.year)] if mention.first else [])  # "last year"
    return bool(years) and all(any(year in passage.text for passage in document) for year in years)


def _may_be(
    mention: DateMention, stretch: tuple[date, date], other: DateMention, official: Sequence[DateMention]
) -> bool:
    relation = compare_periods(mention, other).relation
    if mention.kind is PeriodKind.YEAR_TO and relation is not PeriodRelation.SAME and mention.last and other.first:
        return abs(((other.last or other.first) - mention.last).days) <= _UNITS["month"]
    open_ended = not {mention.kind, other.kind}.isdisjoint({PeriodKind.SINCE, PeriodKind.SO_FAR})
    if _same_month(mention, other) or relation is PeriodRelation.SAME or (relation in HELD and not open_ended):
        return True
    if other.first is None:
        return relation is PeriodRelation.UNRESOLVED and _shares_a_word(mention, other)
    last = other.last or other.first
    if any(stretch[0] <= day <= stretch[1] for day in (other.first, last)):
        return True
    if relation is PeriodRelation.INSIDE or (other.first <= stretch[0] and stretch[1] <= last):
        of_days = mention.kind is PeriodKind.DAY and any(one.kind is PeriodKind.DAY for one in official)
        short = (last - other.first).days <= (LONGEST_OF_DAY if of_days else LONGEST)
        return short and not any(_is_within(one, other, mention.kind) for one in official)
    return False


def _is_within(one: DateMention, other: DateMention, kind: PeriodKind) -> bool:
    """Say whether a document names, within a longer stretch, a shorter one of a kind: it tells which, then."""
    if one is other or one.kind is not kind or one.first is None or other.first is None:
        return False
    return other.first <= one.first and (one.last or one.first) <= (other.last or other.first)


def _same_month(mention: DateMention, other: DateMention) -> bool:
    """Say whether two dates without a year are of one day or month of any year."""
    if not mention.first or not other.first or all(_YEAR.search(side.surface) for side in (mention, other)):
        return False
    if mention.relative and not any(map(str.isdigit, mention.surface)) and mention.kind is not PeriodKind.MONTH:
        return False
    one, two = (_month_and_day(side) for side in (mention, other))
    return one is not None and two is not None and one[0] == two[0] and (one[1] == two[1] or 0 in (one[1], two[1]))


def _month_and_day(mention: DateMention) -> tuple[int, int] | None:
    """Return the month and the day of a date, or of a beginning, by its own name; no day of a month."""
    if mention.first is None or mention.kind not in {PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.SINCE}:
        return None
    numbered = any(map(str.isdigit, _YEAR.sub("", mention.surface)))
    return mention.first.month, mention.first.day if numbered else 0


def _words(mention: DateMention) -> Iterator[str]:
    return (word for word in mention.surface.lower().split() if len(word) > 3)


def _shares_a_word(mention: DateMention, other: DateMention) -> bool:
    return not set(_words(mention)).isdisjoint(_words(other))
