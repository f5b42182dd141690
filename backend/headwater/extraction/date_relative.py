"""Stretches named from the document's own date: this week, last Thursday, the past year, three days ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from headwater.domain.quantities import PeriodKind
from headwater.extraction import calendar
from headwater.extraction.calendar import Period
from headwater.extraction.date_expressions import Expression, Setting, lacking


@dataclass(frozen=True, slots=True)
class Neighbour(Expression):
    """This, last or next unit: `offset` units from the one the document's date is in."""

    unit: str
    offset: int

    def resolve(self, setting: Setting) -> Period:
        """Return that calendar unit."""
        kind = calendar.kind_of_unit(self.unit)
        if setting.published is None:
            return lacking(kind)
        day = calendar.shift_units(calendar.unit_around(setting.published, self.unit)[0], self.unit, self.offset)
        return Period(kind, *calendar.unit_around(day, self.unit), True)


@dataclass(frozen=True, slots=True)
class FinancialNeighbour(Expression):
    """This, last or next financial year."""

    offset: int
    order: str

    def resolve(self, setting: Setting) -> Period:
        """Return that financial year."""
        day = setting.published
        if day is None:
            return lacking(PeriodKind.FINANCIAL_YEAR)
        starts = day.year if calendar.financial_year(day.year, self.order)[0] <= day else day.year - 1
        return Period(PeriodKind.FINANCIAL_YEAR, *calendar.financial_year(starts + self.offset, self.order), True)


@dataclass(frozen=True, slots=True)
class Rolling(Expression):
    """The past or next so many units, counted from the document's date."""

    count: int
    unit: str
    ahead: bool = False

    def resolve(self, setting: Setting) -> Period:
        """Return the stretch that ends, or begins, on the document's date."""
        months = calendar.MONTHS_OF.get(self.unit, 0) * self.count
        kind = PeriodKind.YEAR_TO if months == 12 and not self.ahead else PeriodKind.RANGE
        if setting.published is None:
            return lacking(kind)
        if self.ahead:
            end = calendar.shift_days(calendar.shift_units(setting.published, self.unit, self.count), -1)
            return Period(kind, setting.published, max(end, setting.published), True)
        start = calendar.shift_days(calendar.shift_units(setting.published, self.unit, -self.count), 1)
        return Period(kind, min(start, setting.published), setting.published, True)


@dataclass(frozen=True, slots=True)
class Ago(Expression):
    """So many units ago (`count` above 0) or from now: the day, week, month or year that falls in."""

    count: int
    unit: str

    def resolve(self, setting: Setting) -> Period:
        """Return the unit that lies that far from the document's date."""
        named = {"decade": "year", "century": "decade"}.get(self.unit, self.unit)  # "a decade ago" is one year
        kind = calendar.kind_of_unit(named)
        if setting.published is None:
            return lacking(kind)
        day = calendar.shift_units(setting.published, self.unit, -self.count)
        return Period(kind, *calendar.unit_around(day, named), True)


@dataclass(frozen=True, slots=True)
class Weekday(Expression):
    """A day of the week without a date.

    Args:
        weekday: 0 for Monday.
        offset: 0 for "on Thursday" and "this Thursday"; -1 for last, 1 for next.
        this: True for "this Thursday": the one of the week of publication.
    """

    weekday: int
    offset: int = 0
    this: bool = False

    @property
    def uses_tense(self) -> bool:
        """Whether the tense decides: not for last, this and next."""
        return self.offset == 0 and not self.this

    def resolve(self, setting: Setting) -> Period:
        """Return the day in the news reading: said in the past tense, the latest; in the future, the coming one."""
        today = setting.published
        if today is None:
            return lacking(PeriodKind.DAY)
        ahead = (self.weekday - today.weekday()) % 7
        if self.this:
            return self._day(calendar.shift_days(today, self.weekday - today.weekday()))
        if self.offset:
            return self._neighbour(today, ahead)
        if setting.tense == "past" or ahead == 0:
            return self._day(calendar.shift_days(today, -((today.weekday() - self.weekday) % 7)))
        if setting.tense == "future":
            return self._day(calendar.shift_days(today, ahead))
        return Period(PeriodKind.DAY, None, None, True, "may be the one before or after the document's date")

    def _neighbour(self, today: date, ahead: int) -> Period:
        """Resolve last and next: open where the same week holds that day on the same side."""
        near = calendar.shift_days(today, ahead or 7) if self.offset > 0 else calendar.shift_days(today, (ahead - 7))
        if calendar.unit_around(near, "week") != calendar.unit_around(today, "week"):
            return self._day(near)
        return Period(PeriodKind.DAY, None, None, True, "may mean the one of the same week or of the week beside it")

    @staticmethod
    def _day(day: date) -> Period:
        return Period(PeriodKind.DAY, day, day, True)


@dataclass(frozen=True, slots=True)
class Weekend(Expression):
    """A weekend without a date: "over the weekend"."""

    @property
    def uses_tense(self) -> bool:
        """Whether the tense decides: always."""
        return True

    def resolve(self, setting: Setting) -> Period:
        """Return the coming weekend where the tense is future, else the latest that has begun."""
        if setting.published is None:
            return lacking(PeriodKind.RANGE)
        saturday, sunday = calendar.unit_around(setting.published, "weekend")
        if setting.tense != "future" and saturday > setting.published:
            saturday, sunday = calendar.shift_days(saturday, -7), calendar.shift_days(sunday, -7)
        return Period(PeriodKind.RANGE, saturday, sunday, True)
