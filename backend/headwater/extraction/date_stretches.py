"""Stretches made of other stretches: the end of June, early 2023, January to March, the year to June, since 2010."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from headwater.domain.quantities import PeriodKind
from headwater.extraction import calendar
from headwater.extraction.calendar import NEEDS_DATE, NO_SUCH_DAY, Period
from headwater.extraction.date_expressions import Expression, Setting, Yearly, lacking, whole_year


@dataclass(frozen=True, slots=True)
class Within(Expression):
    """What is cut from, counted from or set by one other stretch, and takes its year from there.

    Args:
        inner: The other stretch.
    """

    inner: Expression

    @property
    def yearless(self) -> bool:
        """As the other stretch."""
        return self.inner.yearless

    @property
    def stated(self) -> tuple[int | None, int | None] | None:
        """As the other stretch."""
        return self.inner.stated

    def with_year_of(self, other: Expression) -> Expression:
        """Give the year to the other stretch."""
        return replace(self, inner=self.inner.with_year_of(other))


@dataclass(frozen=True, slots=True)
class Edge(Within):
    """The start or the end of a stretch, as one day."""

    end: bool

    def resolve(self, setting: Setting) -> Period:
        """Return its first or last day."""
        period = self.inner.resolve(setting)
        day = period.last if self.end else period.first
        return replace(period, kind=PeriodKind.DAY, first=day, last=day)


@dataclass(frozen=True, slots=True)
class Portion(Within):
    """The early, middle or late third of a stretch; "earlier" and "later" run to and from the document's date."""

    part: str

    def resolve(self, setting: Setting) -> Period:
        """Return that part: whole months of a stretch that has at least three, days of a shorter one."""
        period = self.inner.resolve(setting)
        first, last, today = period.first, period.last, setting.published
        if first is None or last is None:
            return replace(period, kind=PeriodKind.RANGE)
        if self.part in ("earlier", "later"):
            if today is None:
                return lacking(PeriodKind.RANGE)
            low, high = (first, min(last, today)) if self.part == "earlier" else (max(first, today), last)
            return Period(PeriodKind.RANGE, min(low, high), max(low, high), True)
        third = {"early": 0, "mid": 1, "late": 2}[self.part]
        return replace(period, kind=PeriodKind.RANGE, first=_cut(first, last, third), last=_cut_end(first, last, third))


def _cut(first: date, last: date, third: int) -> date:
    """Return the first day of a third (0, 1 or 2) of a stretch."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and months >= 3:  # a quarter or longer is cut at months
        return calendar.shift_months(first, months * third // 3)
    return calendar.shift_days(first, ((last - first).days + 1) * third // 3)


def _cut_end(first: date, last: date, third: int) -> date:
    return last if third == 2 else calendar.shift_days(_cut(first, last, third + 1), -1)


@dataclass(frozen=True, slots=True)
class Through(Expression):
    """From one stretch to another: first day of the first, last day of the last."""

    first: Expression
    last: Expression

    @property
    def yearless(self) -> bool:
        """Whether neither end states its year."""
        return self.first.yearless and self.last.yearless

    @property
    def uses_tense(self) -> bool:
        """As its ends."""
        return self.first.uses_tense or self.last.uses_tense

    @property
    def stated(self) -> tuple[int | None, int | None] | None:
        """As the last end, or else the first."""
        return self.last.stated or self.first.stated

    def with_year_of(self, other: Expression) -> Expression:
        """Give the year to the last end; the first takes it from there."""
        return replace(self, last=self.last.with_year_of(other)) if self.yearless else self

    def resolve(self, setting: Setting) -> Period:
        """Return both ends; an end without a year takes that of the other, one less or more where order asks for it."""
        if self.last.yearless and not self.first.yearless:
            start, end = self._following(setting)
        else:
            start, end = self._preceding(setting)
        lacking = start.unresolved or end.unresolved
        relative = start.relative or end.relative
        if lacking or start.first is None or end.last is None:
            return Period(PeriodKind.RANGE, None, None, relative, lacking or NO_SUCH_DAY)
        if start.first > end.last:
            return Period(PeriodKind.RANGE, None, None, relative, "the end is before the start")
        return Period(calendar.kind_of_stretch(start.first, end.last), start.first, end.last, relative)

    def _preceding(self, setting: Setting) -> tuple[Period, Period]:
        end = self.last.resolve(setting)
        if end.last is None or not self.first.yearless:
            return self.first.resolve(setting), end
        start = self.first.with_year_of(_year_of(end.last)).resolve(setting)
        if start.first is not None and start.first > end.last:
            start = self.first.with_year_of(_year_of(end.last, -1)).resolve(setting)
        return replace(start, relative=end.relative), end

    def _following(self, setting: Setting) -> tuple[Period, Period]:
        start = self.first.resolve(setting)
        if start.first is None:
            return start, start
        end = self.last.with_year_of(_year_of(start.first)).resolve(setting)
        if end.last is not None and end.last < start.first:
            end = self.last.with_year_of(_year_of(start.first, 1)).resolve(setting)
        return start, replace(end, relative=start.relative)


def _year_of(day: date, offset: int = 0) -> Yearly:
    return Yearly(PeriodKind.YEAR, whole_year, year=day.year + offset)


@dataclass(frozen=True, slots=True)
class Counted(Within):
    """So many units that end, or begin, with another stretch: "year to June 2024", "week beginning 4 November".

    Args:
        count: How many units.
        unit: Which.
        begins: True where it begins there.
    """

    count: int
    unit: str
    begins: bool = False

    @property
    def uses_tense(self) -> bool:
        """As the stretch it ends with."""
        return self.inner.uses_tense

    def resolve(self, setting: Setting) -> Period:
        """Return the units; a year is YEAR_TO whatever month it ends in."""
        months = calendar.MONTHS_OF.get(self.unit, 0) * self.count
        edge = self.inner.resolve(setting if setting.tense else replace(setting, tense="past"))
        if edge.first is None or edge.last is None:
            return replace(edge, kind=self._kind(months, None), first=None, last=None)
        if self.begins:
            first = edge.first
            last = calendar.shift_days(calendar.shift_units(first, self.unit, self.count), -1)
        else:
            last = edge.last
            first = self._start(last)
        first, last = min(first, last), max(first, last)
        return replace(edge, kind=self._kind(months, (first, last)), first=first, last=last)

    def _start(self, last: date) -> date:
        """Return the day after the last day of the stretch before: month ends stay month ends."""
        after = calendar.shift_days(last, 1)
        if self.unit in calendar.MONTHS_OF and after.day == 1:
            return calendar.shift_units(after, self.unit, -self.count)
        return calendar.shift_days(calendar.shift_units(last, self.unit, -self.count), 1)

    def _kind(self, months: int, bounds: tuple[date, date] | None) -> PeriodKind:
        if months == 12 or (self.unit == "week" and self.count == 52):  # a year of trading is often 52 weeks
            return PeriodKind.YEAR_TO
        if self.unit == "week" and self.count == 1:
            return PeriodKind.WEEK
        return calendar.kind_of_stretch(*bounds) if bounds else PeriodKind.RANGE


@dataclass(frozen=True, slots=True)
class Part(Within):
    """The nth unit inside a stretch: "the first three months of 2024", "the last week of October".

    Args:
        nth: 1 for the first; -1 for the last.
        count: How many units: three for "the first three months".
        unit: Which.
    """

    nth: int
    count: int
    unit: str

    def resolve(self, setting: Setting) -> Period:
        """Return the units, counted from the first day, or back from the last."""
        period = self.inner.resolve(setting)
        kind = PeriodKind(self.unit) if self.count == 1 and self.unit in _NTH_UNITS else PeriodKind.RANGE
        if period.first is None or period.last is None:
            return replace(period, kind=kind)
        if self.nth < 0:
            last = period.last
            first = calendar.shift_units(calendar.shift_days(last, 1), self.unit, -self.count)
        else:
            first = calendar.shift_units(period.first, self.unit, (self.nth - 1) * self.count)
            last = calendar.shift_days(calendar.shift_units(first, self.unit, self.count), -1)
        if not period.first <= first <= last <= period.last:
            return Period(kind, None, None, period.relative, NO_SUCH_DAY)
        return replace(period, kind=self._named(kind, first, last), first=first, last=last)

    def _named(self, kind: PeriodKind, first: date, last: date) -> PeriodKind:
        return calendar.kind_of_stretch(first, last) if self.unit == "month" and self.count > 1 else kind


_NTH_UNITS = ("day", "week", "month", "quarter", "half", "year", "decade")


@dataclass(frozen=True, slots=True)
class Since(Expression):
    """From a stretch until the document's date."""

    start: Expression

    @property
    def uses_tense(self) -> bool:
        """Never: what has lasted since then lies behind."""
        return False

    def resolve(self, setting: Setting) -> Period:
        """Return the open stretch; without the document's date its end is not known."""
        start = self.start.resolve(replace(setting, tense="past"))
        if start.first is None:
            return replace(start, kind=PeriodKind.SINCE, last=None)
        if setting.published is None:
            return Period(PeriodKind.SINCE, start.first, None, True, f"its end {NEEDS_DATE}")
        if setting.published < start.first:
            return Period(PeriodKind.SINCE, start.first, None, True, "it begins after the document's date")
        return Period(PeriodKind.SINCE, start.first, setting.published, True)


@dataclass(frozen=True, slots=True)
class SoFar(Expression):
    """The running unit up to the document's date: "so far this year"."""

    inner: Expression

    def resolve(self, setting: Setting) -> Period:
        """Return the unit from its first day to the document's date."""
        period = self.inner.resolve(setting)
        if period.first is None or period.last is None:
            return replace(period, kind=PeriodKind.SO_FAR)
        if setting.published is None:
            return Period(PeriodKind.SO_FAR, period.first, None, True, f"its end {NEEDS_DATE}")
        last = min(max(setting.published, period.first), period.last)
        return Period(PeriodKind.SO_FAR, period.first, last, True)


@dataclass(frozen=True, slots=True)
class Beside(Expression):
    """A stretch named by its distance from the one before it in the sentence: "a year earlier".

    Args:
        count: Units to go; below 0 for earlier.
        unit: Which.
    """

    count: int
    unit: str

    def resolve(self, setting: Setting) -> Period:
        """Return the stretch before it, moved; without one, say that it is needed."""
        kind = calendar.kind_of_unit(self.unit)
        anchor = setting.anchor
        if anchor is None or anchor.first is None or anchor.last is None:
            return Period(kind, None, None, False, NEEDS_PERIOD)
        first = calendar.shift_units(anchor.first, self.unit, self.count)
        after = calendar.shift_units(calendar.shift_days(anchor.last, 1), self.unit, self.count)
        last = calendar.shift_days(after, -1)
        return Period(anchor.kind, min(first, last), max(first, last), anchor.relative)


@dataclass(frozen=True, slots=True)
class Preceding(Expression):
    """So many units just before the stretch named before: "compared with the previous three months"."""

    count: int
    unit: str

    def resolve(self, setting: Setting) -> Period:
        """Return the units up to the day before that stretch; without one, say that it is needed."""
        anchor = setting.anchor
        if anchor is None or anchor.first is None:
            return Period(PeriodKind.RANGE, None, None, False, NEEDS_PERIOD)
        first = calendar.shift_units(anchor.first, self.unit, -self.count)
        last = max(calendar.shift_days(anchor.first, -1), first)
        return Period(calendar.kind_of_stretch(first, last), first, last, anchor.relative)


NEEDS_PERIOD = "needs the period that it is compared with"
