"""What a date phrase means before the document's date is known; `resolve` turns it into days.

Each class is one way of naming a stretch of time. The grammar builds them from words, `dates.py` resolves them in a
`Setting`. Those that need the document's own date say so instead of guessing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from headwater.domain.quantities import PeriodKind
from headwater.extraction import calendar
from headwater.extraction.calendar import NEEDS_DATE, NO_SUCH_DAY, Period

NEARBY_DAYS = 14  # a day without its year that is so near is meant whatever the tense; farther ones are dated in news
SOON_DAYS = 40  # a month or quarter that begins so soon: "next month" and the one after it
Tense = Literal["past", "future"]
Bounds = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is resolved in.

    Args:
        published: The document's own date, or None.
        tense: Of the clause, where words show it.
        anchor: The period named just before in the same sentence, for "a year earlier".
    """

    published: date | None = None
    tense: Tense | None = None
    anchor: Period | None = None


class Expression:
    """A stretch of time as written."""

    __slots__ = ()

    def resolve(self, setting: Setting) -> Period:
        """Return its days, or why they are not known."""
        raise NotImplementedError

    @property
    def yearless(self) -> bool:
        """Whether it names a time of the year and leaves the year to the reader."""
        return False

    @property
    def stated(self) -> tuple[int | None, int | None] | None:
        """The year it states, as (year, years from the document's), or None."""
        return None

    def with_year_of(self, other: Expression) -> Expression:
        """Return it in the year that `other` states; itself where it has one or `other` has none."""
        del other
        return self

    @property
    def uses_tense(self) -> bool:
        """Whether the tense of the clause decides which one is meant."""
        return self.yearless


def lacking(kind: PeriodKind, reason: str = NEEDS_DATE) -> Period:
    """Return a stretch without days, and why."""
    return Period(kind, None, None, reason == NEEDS_DATE, reason)


def _gap(bounds: Bounds, day: date) -> int:
    first, last = bounds
    return max((first - day).days, (day - last).days, 0)


def _clearly_next(bounds: Bounds, published: date) -> bool:
    """Say whether a stretch is so soon that without any tense it is rather meant than the one of a year ago."""
    return 0 < (bounds[0] - published).days <= SOON_DAYS


@dataclass(frozen=True, slots=True)
class Yearly(Expression):
    """A stretch that comes every year: a day, a month, a quarter, a season, Easter, the year itself.

    Args:
        kind: What sort of stretch.
        in_year: Its bounds in a given year, or None where that year has no such day.
        year: As written, or None.
        offset: Years from the document's year ("in June last year": -1), or None.
        weekday: As written with the date, 0 for Monday, or None: it helps to find the year.
        strict: "last June", "next June": -1 or 1 where the nearest on that side is meant; 0 otherwise.
        month: Its number where it is one month, else 0.
        nearest: "this winter": the one around or nearest to the document's date, whatever the tense.
    """

    kind: PeriodKind
    in_year: Callable[[int], Bounds | None]
    year: int | None = None
    offset: int | None = None
    weekday: int | None = None
    strict: int = 0
    month: int = 0
    nearest: bool = False

    @property
    def yearless(self) -> bool:
        """Whether neither a year nor "last year" is written."""
        return self.year is None and self.offset is None

    @property
    def stated(self) -> tuple[int | None, int | None] | None:
        """The year as written."""
        return None if self.yearless else (self.year, self.offset)

    def with_year_of(self, other: Expression) -> Expression:
        """Return it in the year that `other` states."""
        stated = other.stated
        if not self.yearless or stated is None or self.strict:
            return self
        return replace(self, year=stated[0], offset=stated[1])

    def resolve(self, setting: Setting) -> Period:
        """Return the stretch in its year; without a year, the one the tense and the document's date point to."""
        if self.year is not None:
            return self._in(self.year, relative=False)
        if setting.published is None:
            return lacking(self.kind)
        if self.offset is not None:
            return self._in(setting.published.year + self.offset, relative=True)
        return self._nearest(setting.published, setting.tense)

    def _in(self, year: int, *, relative: bool) -> Period:
        bounds = self.in_year(year) if 1 <= year <= 9998 else None  # 9998: a winter must end before year 10000
        return Period(self.kind, *bounds, relative) if bounds else lacking(self.kind, NO_SUCH_DAY)

    def _nearest(self, published: date, tense: Tense | None) -> Period:
        reach = 6  # a date falls on the same weekday again within 6 years, but for 29 February
        years = range(max(published.year - reach, 1), min(published.year + reach, 9998) + 1)
        found = [bounds for year in years if (bounds := self.in_year(year)) is not None]
        if self.weekday is not None and self.kind is PeriodKind.DAY:
            found = [bounds for bounds in found if bounds[0].weekday() == self.weekday] or found
        if self.strict:
            return self._strictly(found, published)
        close = min(found, key=lambda bounds: _gap(bounds, published), default=None)
        at_hand = self.kind is PeriodKind.DAY and close is not None and _gap(close, published) <= NEARBY_DAYS
        if close is not None and (at_hand or self.nearest):
            return Period(self.kind, *close, True)
        if tense is None and self.kind is not PeriodKind.DAY and not (close and _clearly_next(close, published)):
            tense = "past"  # figures of a month or quarter are of one that has begun
        if tense == "past":
            found = [bounds for bounds in found if bounds[0] <= published]
        elif tense == "future":
            found = [bounds for bounds in found if bounds[1] >= published]
        if not found:
            return lacking(self.kind, NO_SUCH_DAY)
        return Period(self.kind, *min(found, key=lambda bounds: _gap(bounds, published)), True)

    def _strictly(self, found: list[Bounds], published: date) -> Period:
        """Resolve "last June" and "next June": open where this year's and the neighbour's could both be meant."""
        if self.strict < 0:
            sides = [bounds for bounds in found if bounds[1] < published]
        else:
            sides = [bounds for bounds in reversed(found) if bounds[0] > published]
        if len(sides) < 2:  # two: the nearest, and the one it may be taken for
            return lacking(self.kind, NO_SUCH_DAY)
        nearest, other = sides[-1], sides[-2]
        if nearest[0].year == published.year:
            reason = f"may mean {nearest[0].year} or {other[0].year}"
            return Period(self.kind, None, None, True, reason)
        return Period(self.kind, *nearest, True)


@dataclass(frozen=True, slots=True)
class Fixed(Expression):
    """A stretch whose days are all written: a numeric date, a decade, a century, an open choice."""

    period: Period

    def resolve(self, setting: Setting) -> Period:
        """Return it as it is."""
        del setting
        return self.period


def whole_year(year: int) -> Bounds | None:
    """Return the first and last day of a calendar year."""
    return calendar.months_from(year, 1, 12)
