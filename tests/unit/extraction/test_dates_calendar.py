from datetime import date

import pytest

from headwater.domain.quantities import PeriodKind
from headwater.extraction import calendar


@pytest.mark.parametrize(
    ("year", "easter"), [(2023, date(2023, 4, 9)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20))]
)
def test_easter_is_that_of_the_almanac(year: int, easter: date) -> None:
    assert calendar.easter_sunday(year) == easter


def test_days_that_do_not_exist_are_not_found() -> None:
    assert calendar.find_day(2023, 2, 29) is None
    assert calendar.find_day(2024, 2, 29) == date(2024, 2, 29)
    assert calendar.find_day(2024, 2, -1) == date(2024, 2, 29)
    assert calendar.find_day(0, 1, 1) is None


def test_arithmetic_stops_at_the_ends_of_the_calendar() -> None:
    assert calendar.shift_days(date.max, 1) == date.max
    assert calendar.shift_months(date.min, -1) == date.min
    assert calendar.shift_units(date(2024, 1, 31), "month", 1) == date(2024, 2, 29)


def test_financial_years_start_in_april_or_october() -> None:
    assert calendar.financial_year(2023, "uk") == (date(2023, 4, 1), date(2024, 3, 31))
    assert calendar.financial_year(2023, "us") == (date(2023, 10, 1), date(2024, 9, 30))


def test_a_stretch_that_is_a_calendar_unit_is_called_so() -> None:
    assert calendar.kind_of_stretch(date(2024, 7, 1), date(2024, 9, 30)) is PeriodKind.QUARTER
    assert calendar.kind_of_stretch(date(2024, 1, 1), date(2024, 6, 30)) is PeriodKind.HALF
    assert calendar.kind_of_stretch(date(2024, 6, 1), date(2024, 8, 31)) is PeriodKind.RANGE


def test_the_nth_weekday_of_a_month() -> None:
    assert calendar.nth_weekday(2024, 11, 3, 4) == date(2024, 11, 28)
    assert calendar.nth_weekday(2024, 5, 0, -1) == date(2024, 5, 27)
    assert calendar.nth_weekday(2024, 2, 0, 5) is None
