"""How two periods lie to each other: the same, one inside the other, overlapping, apart, or not to be told.

Where a document's own date is not known, nothing is guessed. But two phrases can often be compared without it: "June"
with "June 2024", a Thursday with a dated day, and "the last year" with "last year", which name other days whatever the
day of publication. `_on_any_day` reads both on several days and answers only where all of them agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from headwater.comparison.date_rules import seasons, soft_words
from headwater.comparison.date_windows import facing_windows, like_windows, start_of_window
from headwater.domain.quantities import DateMention, PeriodKind
from headwater.extraction.date_tokens import WEEKDAYS
from headwater.extraction.dates import extract_dates

SOFT_DAYS = 31  # "early 2023" and "May 2023" are a month apart at most: no difference that words would bear
OPEN_DAYS = 31  # documents a few weeks apart say "so far this year" and mean the same stretch of figures
# Days of four months, four years and four weekdays: what holds on all of them hangs on none.
READ_AGAIN = 2_048  # a few words each
_ANY_DAYS = (date(2018, 2, 6), date(2019, 5, 16), date(2021, 8, 27), date(2022, 11, 14))
_OPEN = frozenset({PeriodKind.SINCE, PeriodKind.SO_FAR})
CENTURY = 100
MONTHS = 12
_YEARS = re.compile(r"(?<!\d)(?:\d{4}|\d\d)(?!\d)")
_DOUBLE = re.compile(r"\b((?:19|20)\d\d)[/–-]((?:19|20)?\d\d)\b")  # "2016/17", "2016-2017"
_OF_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)", re.IGNORECASE)
_FOUR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[a-z]+")
# "30 September", "Sept. 30", "the last day of September", "early March": no year and no word that counts from today.
_COUNTED = frozenset({*WEEKDAYS, "today", "yesterday", "tomorrow", "tonight"})
_MONTH_AND_DAY = re.compile(
    r"(?!.*(?:\d{4}|last (?!day)|next|this|ago|past|today|year|week|later|same|previous|coming|earlier)).*",
    re.DOTALL | re.IGNORECASE,
)


class PeriodRelation(StrEnum):
    """How a claimed period lies to an official one."""

    SAME = "same"
    CONTAINS = "contains"  # the claimed one is longer and holds the official one
    INSIDE = "inside"  # the claimed one lies within the official one
    OVERLAPS = "overlaps"
    DISJOINT = "disjoint"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class PeriodOutcome:
    """The relation of two periods.

    Args:
        relation: How they lie to each other.
        days: From the first official day to the first claimed one; below 0 where the claimed period begins earlier;
            None where that is not known.
        words: The difference in words ("one year earlier"), or why it is not known.
        assumed: True where a document's date was not known and the answer holds whatever it is.
    """

    relation: PeriodRelation
    days: int | None
    words: str
    assumed: bool = False


def compare_periods(claimed: DateMention, official: DateMention) -> PeriodOutcome:
    """Compare two dates or periods.

    Args:
        claimed: Of the text in hand.
        official: Of the source.

    >>> first, last = date(2024, 11, 7), date(2024, 11, 30)
    >>> from headwater.domain.spans import Span
    >>> day = DateMention("7 November 2024", Span(0, 15), PeriodKind.DAY, first, first)
    >>> month = DateMention("November 2024", Span(0, 13), PeriodKind.MONTH, date(2024, 11, 1), last)
    >>> compare_periods(day, day).relation.value, compare_periods(day, month).relation.value
    ('same', 'inside')
    >>> compare_periods(replace(day, first=last, last=last), day).words
    '23 days later'
    """
    starts = _starts(claimed, official)
    if starts is not None:
        return compare_periods(*starts)
    if any(same(claimed, official) for same in (_is_one_financial_year, _is_one_double_year, _spans_the_same_years)):
        return PeriodOutcome(PeriodRelation.SAME, 0, "the same years")
    if like_windows(claimed, official):
        return PeriodOutcome(PeriodRelation.SAME, 0, "the same stretch, each from its document's day")
    if facing_windows(claimed, official):
        return PeriodOutcome(PeriodRelation.DISJOINT, None, "one looks back, the other ahead")
    known = _bounds(claimed, official)
    if known is not None:
        relation = _relation(claimed, official, known)
        of_any_year = _in_its_year(claimed, official) if relation is PeriodRelation.DISJOINT else None
        return of_any_year or PeriodOutcome(relation, _days(known), _words(relation, known))
    return (
        _in_the_other_year(claimed, official)
        or _on_any_day(claimed, official)
        or PeriodOutcome(PeriodRelation.UNRESOLVED, None, _lacking(claimed, official))
    )


_Bounds = tuple[date, date, date, date]


def _bounds(claimed: DateMention, official: DateMention) -> _Bounds | None:
    """Return first and last days of both; an open end whose date is not known is set to that of the other."""
    if claimed.first is None or official.first is None:
        return None
    ends = [claimed.last, official.last]
    if claimed.kind in _OPEN and official.kind in _OPEN:
        shared = max((end for end in ends if end is not None), default=None)
        same_end = max(claimed.first, official.first, shared or claimed.first)
        return claimed.first, same_end, official.first, same_end
    if ends[0] is None or ends[1] is None:
        return None
    return claimed.first, ends[0], official.first, ends[1]


def _days(known: _Bounds) -> int:
    return (known[0] - known[2]).days


def _relation(claimed: DateMention, official: DateMention, known: _Bounds) -> PeriodRelation:
    first, last, official_first, official_last = known
    open_ended = claimed.kind in _OPEN or official.kind in _OPEN
    if first == official_first and (
        last == official_last or (open_ended and abs((last - official_last).days) <= OPEN_DAYS)
    ):
        return PeriodRelation.SAME
    if last < official_first or official_last < first:
        gap = max((official_first - last).days, (first - official_last).days)
        near = gap <= SOFT_DAYS and (is_soft(claimed) or is_soft(official)) and not _other_season(claimed, official)
        return PeriodRelation.OVERLAPS if near else PeriodRelation.DISJOINT
    if first <= official_first and official_last <= last:
        return PeriodRelation.CONTAINS
    if official_first <= first and last <= official_last:
        return PeriodRelation.INSIDE
    return PeriodRelation.OVERLAPS


def _other_season(claimed: DateMention, official: DateMention) -> bool:
    """Say whether both name a season, and not the same: summer is not autumn, soft as their edges are."""
    named = [seasons().intersection(_WORD.findall(mention.surface.lower())) for mention in (claimed, official)]
    return bool(named[0] and named[1]) and not named[0] & named[1]


def is_soft(mention: DateMention) -> bool:
    """Say whether words make the edges of a period soft ("early 2013", "mid-June").

    Args:
        mention: A date.
    """
    return not soft_words().isdisjoint(_WORD.findall(mention.surface.lower()))


def _words(relation: PeriodRelation, known: _Bounds) -> str:
    first, last, official_first, official_last = known
    if relation is PeriodRelation.SAME:
        return "the same days"
    length, official_length = (last - first).days + 1, (official_last - official_first).days + 1
    if relation is PeriodRelation.CONTAINS:
        return f"{length:,} days, of which the source names {official_length:,}"
    if relation is PeriodRelation.INSIDE:
        return f"{_counted(length, 'day')} of the {official_length:,} that the source names"
    if first == official_first:
        return "the same start and another end"
    return _distance(first, official_first)


def _distance(claimed: date, official: date) -> str:
    way = "later" if claimed > official else "earlier"
    years = abs(claimed.year - official.year)
    if years and (claimed.month, claimed.day) == (official.month, official.day):
        return f"{_counted(years, 'year')} {way}"
    months = abs((claimed.year - official.year) * 12 + claimed.month - official.month)
    if months and claimed.day == official.day == 1:
        return f"{_counted(months, 'month')} {way}"
    return f"{_counted(abs((claimed - official).days), 'day')} {way}"


def _counted(number: int, unit: str) -> str:
    return f"one {unit}" if number == 1 else f"{number:,} {unit}s"


def _is_one_financial_year(claimed: DateMention, official: DateMention) -> bool:
    """Say whether both write one financial year: the month it begins in is a guess at the text's country."""
    named = [[int(year) % CENTURY for year in _YEARS.findall(side.surface)] for side in (claimed, official)]
    return claimed.kind is official.kind is PeriodKind.FINANCIAL_YEAR and named[0] == named[1] != []


def _is_one_double_year(claimed: DateMention, official: DateMention) -> bool:
    """Say if one side is nothing but two years in a row, and the other the same two: "2016/17", "2016/2017 season".

    Years written so may be financial, academic or of a season, which the words around them leave to the reader.
    """
    named = [_DOUBLE.search(side.surface) for side in (claimed, official)]
    if named[0] is None or named[1] is None:
        return False
    years = {(int(found[1]), int(found[2]) % CENTURY) for found in named if found is not None}
    first, last = next(iter(years))
    alone = any(_DOUBLE.fullmatch(side.surface) for side in (claimed, official))
    return alone and len(years) == 1 and last == (first + 1) % CENTURY


def _spans_the_same_years(claimed: DateMention, official: DateMention) -> bool:
    """Say whether "the decade to 2007" is "between 1997 and 2007": counted from the first year's end, or its start."""
    if not (claimed.first and official.first and claimed.last and claimed.last == official.last):
        return False
    named = {len(_FOUR.findall(side.surface)) for side in (claimed, official)}
    days = any(_OF_MONTH.search(side.surface) for side in (claimed, official) if len(_FOUR.findall(side.surface)) > 1)
    earlier, later = sorted((claimed.first, official.first))
    months = (later.year - earlier.year) * MONTHS + later.month - earlier.month
    return named == {1, 2} and later.day == earlier.day and months in ((1,) if days else (1, MONTHS))


def _starts(claimed: DateMention, official: DateMention) -> tuple[DateMention, DateMention] | None:
    """Return where two stretches that last until now began: "since October 2017", "the past three years"."""
    if PeriodKind.SINCE not in (claimed.kind, official.kind):
        return None
    starts = [
        _start(mention) if mention.kind is PeriodKind.SINCE else start_of_window(mention)
        for mention in (claimed, official)
    ]
    return None if starts[0] is None or starts[1] is None else (starts[0], starts[1])


def _in_its_year(claimed: DateMention, official: DateMention) -> PeriodOutcome | None:
    """Compare "30 September" with "30 September 2021" in the year that is stated, where the guessed one may be wrong.

    A day without a year is read as the one nearest the document's date; the tense does not always say which that is.
    Where neither side tells its year, both are read in one: a guess differs from a guess in nothing that was written.
    """
    for guessed, stated in ((claimed, official), (official, claimed)):
        if not guessed.relative or _tells_year(guessed) or stated.first is None:
            continue
        read = _reread(guessed, stated.first)
        wide = stated.kind is PeriodKind.YEAR and _lie_years_apart(
            guessed, stated
        )  # "January", of 2009, is none of 2011
        if read is None or read.first == guessed.first or wide:
            continue
        known = _bounds(read, stated) if guessed is claimed else _bounds(stated, read)
        sides = (read, stated) if guessed is claimed else (stated, read)
        relation = None if known is None else _relation(*sides, known)
        if known is not None and relation not in (None, PeriodRelation.DISJOINT):
            return PeriodOutcome(relation, _days(known), _words(relation, known), assumed=True)
    return None


def _lie_years_apart(guessed: DateMention, stated: DateMention) -> bool:
    """Say whether a stated year is none that a guess can be wrong by."""
    years = [mention.first.year for mention in (guessed, stated) if mention.first]
    return max(years) - min(years) > 1


def _tells_year(mention: DateMention) -> bool:
    """Say whether a mention names its year, or counts from the day of writing ("last June", "Friday")."""
    words = mention.surface.lower().split()
    counts = not _COUNTED.isdisjoint(words) and not any(map(str.isdigit, mention.surface))
    return counts or not _MONTH_AND_DAY.fullmatch(mention.surface)


def _start(mention: DateMention) -> DateMention | None:
    """Return what an open stretch starts with: "2010" of "since 2010"."""
    found = extract_dates(f"in {mention.surface[len('since ') :]}", published=mention.last)
    return found[0] if len(found) == 1 and found[0].kind is not PeriodKind.SINCE else None


def _reread(mention: DateMention, published: date) -> DateMention | None:
    """Read a mention's own words again as of a given day."""
    return _read_as_of(mention.surface, published)


@lru_cache(maxsize=READ_AGAIN)
def _read_as_of(surface: str, published: date) -> DateMention | None:
    found = extract_dates(f"in {surface}", published=published)
    return found[0] if len(found) == 1 and found[0].first is not None and found[0].last is not None else None


def _lacks_year(mention: DateMention) -> bool:
    """Say whether only the year is missing: the same day or months whatever the document's date."""
    if mention.first is not None or mention.kind in (PeriodKind.YEAR, PeriodKind.DECADE, PeriodKind.CENTURY):
        return False
    read = [_reread(mention, day) for day in _ANY_DAYS]
    named = {(r.first.month, r.first.day, r.last.month) for r in read if r is not None and r.first and r.last}
    return len(named) == 1 and None not in read


def _in_the_other_year(claimed: DateMention, official: DateMention) -> PeriodOutcome | None:
    """Compare "June" with "June 2024" in the year that is stated; the year itself is then no difference."""
    for lacking, stated in ((claimed, official), (official, claimed)):
        if lacking.first is not None or stated.first is None or stated.last is None or not _lacks_year(lacking):
            continue
        read = _reread(lacking, stated.last)
        if read is None:
            continue
        sides = (read, stated) if lacking is claimed else (stated, read)
        outcome = compare_periods(sides[0], sides[1])
        return replace(outcome, assumed=True)
    return None


def _on_any_day(claimed: DateMention, official: DateMention) -> PeriodOutcome | None:
    """Compare two phrases that both need the document's date, as if both documents were of the same day, whichever.

    They need not be: an article of the day after says "yesterday" where the release says "today". So this tells what
    overlaps, and never that two stretches lie apart.
    """
    if claimed.first is not None or official.first is not None or not (claimed.relative and official.relative):
        return None
    if claimed.surface.casefold() == official.surface.casefold():
        return PeriodOutcome(PeriodRelation.SAME, 0, "the same words", assumed=True)
    outcomes = []
    for day in _ANY_DAYS:
        one, other = _reread(claimed, day), _reread(official, day)
        if one is None or other is None:
            return None
        outcomes.append(compare_periods(one, other))
    agreed = _agreed(outcomes)
    return None if agreed is None or agreed.relation is PeriodRelation.DISJOINT else agreed


def _agreed(outcomes: Sequence[PeriodOutcome]) -> PeriodOutcome | None:
    if len({outcome.relation for outcome in outcomes}) > 1:
        return None
    days = {outcome.days for outcome in outcomes}
    words = {outcome.words for outcome in outcomes}
    return PeriodOutcome(
        outcomes[0].relation,
        days.pop() if len(days) == 1 else None,
        words.pop() if len(words) == 1 else "other days, whatever the day of publication",
        assumed=True,
    )


def _lacking(claimed: DateMention, official: DateMention) -> str:
    sides = [
        f"“{mention.surface}” in {name} {mention.unresolved or 'has no end'}"
        for name, mention in (("the text", claimed), ("the source", official))
        if mention.first is None or mention.last is None
    ]
    return "; ".join(sides)
