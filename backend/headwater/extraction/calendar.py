"""Calendar arithmetic for periods: months, quarters, weeks, Easter. No text is read here.

Weeks run from Monday to Sunday (ISO 8601). Nothing here raises for want of a day: an impossible day gives None, and
arithmetic that would leave the years 1 to 9999 stops at their ends.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from headwater.domain.quantities import PeriodKind

NEEDS_DATE = "needs the document's date"
NO_SUCH_DAY = "there is no such day in the calendar"
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_OF = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, or why it is not known.

    Args:
        kind: What sort of stretch.
        first: First day, or None.
        last: Last day, inclusive, or None.
        relative: True where the document's own date was, or is, needed.
        unresolved: Why a day is missing, or "".
    """

    kind: PeriodKind
    first: date | None
    last: date | None
    relative: bool = False
    unresolved: str = ""


def find_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none; day -1 is the last of its month."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):  # what datetime.date can hold
        return None
    length = monthrange(year, month)[1]
    day = length if day == -1 else day
    return date(year, month, day) if 1 <= day <= length else None


def shift_days(day: date, by: int) -> date:
    """Return the day `by` days later, stopping at the ends of the calendar."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return date.max if by > 0 else date.min


def shift_months(day: date, by: int) -> date:
    """Return the same day of the month `by` months later; the last of the month where that day is missing."""
    index = day.year * 12 + day.month - 1 + by
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:  # what datetime.date can hold
        return date.max if by > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift_units(day: date, unit: str, by: int) -> date:
    """Return the day `by` units later.

    Args:
        day: Where to start from.
        unit: A value of the `units` table ("day", "week", "month", ...).
        by: How many; below 0 for earlier.
    """
    if unit in DAYS_OF:
        return shift_days(day, by * DAYS_OF[unit])
    return shift_months(day, by * MONTHS_OF.get(unit, 12))


def months_from(year: int, month: int, count: int) -> tuple[date, date]:
    """Return the first and last day of `count` whole months from the given one."""
    first = date(min(max(year, 1), 9999), month, 1)
    return first, shift_days(shift_months(first, count), -1)


def unit_around(day: date, unit: str) -> tuple[date, date]:
    """Return the first and last day of the calendar unit that `day` is in."""
    if unit == "day":
        return day, day
    if unit in ("week", "fortnight"):
        monday = shift_days(day, -day.weekday())
        return monday, shift_days(monday, DAYS_OF[unit] - 1)
    if unit == "weekend":
        saturday = shift_days(day, 5 - day.weekday())
        return saturday, shift_days(saturday, 1)
    months = MONTHS_OF.get(unit, 12)
    if months >= 12:  # 12 months in a year: years, decades and centuries start where the year divides evenly
        years = months // 12
        return months_from(day.year - day.year % years, 1, months)
    return months_from(day.year, (day.month - 1) // months * months + 1, months)


def kind_of_unit(unit: str) -> PeriodKind:
    """Return the kind of a stretch that is one such unit."""
    if unit in ("weekend", "fortnight"):
        return PeriodKind.RANGE
    return PeriodKind(unit)


def kind_of_stretch(first: date, last: date) -> PeriodKind:
    """Return QUARTER, HALF or YEAR where the two days bound exactly one in the calendar, else RANGE."""
    for unit in ("quarter", "half", "year"):
        if unit_around(first, unit) == (first, last):
            return PeriodKind(unit)
    return PeriodKind.RANGE


def financial_year(starts: int, order: str) -> tuple[date, date]:
    """Return the financial year that starts in the given year.

    Australian years (July to June) are read as British ones: which country a text is of is a guess, and where two
    texts were guessed apart, the same "2014-15" in both would look like two different years.

    Args:
        starts: Year of its first day.
        order: "uk" for April to March, "us" for October to September (the federal fiscal year).
    """
    return months_from(starts, 10 if order == "us" else 4, 12)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Western churches (the anonymous Gregorian computus, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Return the nth weekday of a month (-1 for the last), or None where the month has too few."""
    first = find_day(year, month, 1)
    if first is None:
        return None
    if nth == -1:
        last = find_day(year, month, -1)
        return None if last is None else shift_days(last, -((last.weekday() - weekday) % 7))
    day = 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1)
    return find_day(year, month, day)
