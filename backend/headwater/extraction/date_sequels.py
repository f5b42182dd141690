"""Stretches that a story counts from the date before them: "a month later", "the following week", "the next day".

The date before is looked for in the same paragraph only (`dates.py` says how far). Without one, or where it is longer
than the unit counted ("in 2022 ... two days later"), the days are not known and the mention says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from headwater.domain.quantities import PeriodKind
from headwater.extraction import calendar
from headwater.extraction.calendar import Period
from headwater.extraction.date_expressions import Expression, Setting
from headwater.extraction.date_stretches import NEEDS_PERIOD

NEEDS_START = "needs the date that it is counted from"
# From the shortest to the longest: a date is counted on from only in units that are no shorter than itself.
_SIZES = ("day", "week", "fortnight", "month", "quarter", "year", "decade", "century")
# What "a month later" leaves open, either way: half of the unit; a decade is rounded to years, a century to decades.
_LOOSE_DAYS = {"week": 3, "fortnight": 7, "month": 15, "quarter": 45, "year": 182, "decade": 365, "century": 3652}
_ROUNDED = {"decade": "year", "century": "decade", "fortnight": "week"}


def _size(name: str) -> int:
    return _SIZES.index(name) if name in _SIZES else len(_SIZES)


@dataclass(frozen=True, slots=True)
class Later(Expression):
    """So many units after the date before it: "two days later", "a month later"."""

    count: int
    unit: str

    def resolve(self, setting: Setting) -> Period:
        """Return the day, or the stretch that such a round number may mean: half a unit either way, whole units."""
        anchor = setting.anchor
        if anchor is None or anchor.first is None or anchor.last is None:
            return Period(self._kind, None, None, False, NEEDS_START)
        if _size(anchor.kind.value) > _size(self.unit):
            return Period(self._kind, None, None, anchor.relative, NEEDS_START)
        first = calendar.shift_units(anchor.first, self.unit, self.count)
        last = calendar.shift_units(anchor.last, self.unit, self.count)
        if anchor.kind.value == self.unit:
            around = calendar.unit_around(first, self.unit)
            return Period(anchor.kind, *around, anchor.relative)
        loose, whole = _LOOSE_DAYS[self.unit], _ROUNDED.get(self.unit, self.unit)
        first = min(calendar.shift_days(first, -loose), calendar.unit_around(first, whole)[0])
        last = max(calendar.shift_days(last, loose), calendar.unit_around(last, whole)[1])
        return Period(PeriodKind.RANGE, max(first, anchor.last), last, anchor.relative)

    @property
    def _kind(self) -> PeriodKind:
        return PeriodKind.DAY if self.unit == "day" else PeriodKind.RANGE


@dataclass(frozen=True, slots=True)
class Adjacent(Expression):
    """The unit before or after the date before it: "the previous year", "the following week", "the next day"."""

    count: int
    unit: str

    def resolve(self, setting: Setting) -> Period:
        """Return that unit; "the previous year" of a month is left open: it may be that month a year ago."""
        kind, anchor = calendar.kind_of_unit(self.unit), setting.anchor
        if anchor is None or anchor.first is None or anchor.last is None:
            return Period(kind, None, None, False, NEEDS_PERIOD if self.count < 0 else NEEDS_START)
        yearly = self.unit == "year" and anchor.kind in (PeriodKind.YEAR_TO, PeriodKind.FINANCIAL_YEAR)
        if anchor.kind is kind or yearly:
            first = calendar.shift_units(anchor.first, self.unit, self.count)
            after = calendar.shift_units(calendar.shift_days(anchor.last, 1), self.unit, self.count)
            return Period(anchor.kind, first, max(calendar.shift_days(after, -1), first), anchor.relative)
        finer = _size(anchor.kind.value) < _size(self.unit)
        if not finer or (self.count < 0 and anchor.kind is not PeriodKind.DAY):
            return Period(kind, None, None, anchor.relative, NEEDS_PERIOD if self.count < 0 else NEEDS_START)
        within = calendar.unit_around(anchor.first, self.unit)[0]
        shifted = calendar.shift_units(within, self.unit, self.count)
        return Period(kind, *calendar.unit_around(shifted, self.unit), anchor.relative)
