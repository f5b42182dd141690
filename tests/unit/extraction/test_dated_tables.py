"""Series read from tables: periods, figures, what they count, and what is left out."""

from datetime import date
from decimal import Decimal

import pytest

from headwater.domain.series import Nature, Step
from headwater.extraction.column_natures import read_nature
from headwater.extraction.dated_tables import extract_series
from headwater.extraction.row_periods import RowPeriods, find_order


@pytest.mark.parametrize(
    ("label", "step", "first", "last"),
    [
        ("13 August 2026", Step.DAY, date(2026, 8, 13), date(2026, 8, 13)),
        ("2018-01-01", Step.DAY, date(2018, 1, 1), date(2018, 1, 1)),
        ("04-Nov-24", Step.DAY, date(2024, 11, 4), date(2024, 11, 4)),
        ("13/11/2024", Step.DAY, date(2024, 11, 13), date(2024, 11, 13)),
        ("Week ending 3 November 2024", Step.WEEK, date(2024, 10, 28), date(2024, 11, 3)),
        ("w/e 3 Nov 2024", Step.WEEK, date(2024, 10, 28), date(2024, 11, 3)),
        ("May 2014", Step.MONTH, date(2014, 5, 1), date(2014, 5, 31)),
        ("2014 MAY", Step.MONTH, date(2014, 5, 1), date(2014, 5, 31)),
        ("May 2014 (p)", Step.MONTH, date(2014, 5, 1), date(2014, 5, 31)),
        ("May 2014 [note 3]", Step.MONTH, date(2014, 5, 1), date(2014, 5, 31)),
        ("1989 Q1", Step.QUARTER, date(1989, 1, 1), date(1989, 3, 31)),
        ("Jan to Mar 2014", Step.QUARTER, date(2014, 1, 1), date(2014, 3, 31)),
        ("2014", Step.YEAR, date(2014, 1, 1), date(2014, 12, 31)),
        ("2013/14", Step.FINANCIAL_YEAR, date(2013, 4, 1), date(2014, 3, 31)),
        ("Year ending June 2024", Step.ROLLING_YEAR, date(2023, 7, 1), date(2024, 6, 30)),
    ],
)
def test_labels_of_rows(label: str, step: Step, first: date, last: date) -> None:
    found = RowPeriods(find_order([label])).find(label)
    assert found is not None
    assert (found.step, found.first, found.last) == (step, first, last)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "Total",
        "May",
        "3/4/2024",
        "2018-13-01",
        "Table 3",
        "2024 target",
        "Since 2010",
        "Wales 2014",
        "x" * 100,
        "1,204",
    ],
)
def test_what_is_no_label_of_a_period(label: str) -> None:
    assert RowPeriods(find_order([label])).find(label) is None


def test_a_month_without_a_year_is_of_the_year_above_it() -> None:
    periods = RowPeriods()
    found = [periods.find(label) for label in ("Nov 2013", "Dec", "Jan", "Feb")]
    assert [one.first for one in found if one] == [
        date(2013, 11, 1),
        date(2013, 12, 1),
        date(2014, 1, 1),
        date(2014, 2, 1),
    ]


@pytest.mark.parametrize(
    ("measure", "caption", "nature", "unit", "scale"),
    [
        ("Migrants arrived", "", Nature.FLOW, "", 1),
        ("Deaths", "", Nature.FLOW, "", 1),
        ("Applications (thousands)", "", Nature.FLOW, "", 1000),
        ("Exports (£ million)", "", Nature.FLOW, "GBP", 1_000_000),
        ("Exports", "Table 2: trade (£ billion)", Nature.FLOW, "GBP", 1_000_000_000),
        ("12-month rate", "", Nature.SHARE, "percent", 1),
        ("Share of applications, %", "", Nature.SHARE, "percent", 1),
        ("Index (2015=100)", "", Nature.LEVEL, "", 1),
        ("Prisoners", "Prison population", Nature.LEVEL, "", 1),
        ("Deaths, cumulative", "", Nature.LEVEL, "", 1),
        ("People in hospital", "", Nature.LEVEL, "", 1),
        ("Something else", "", Nature.LEVEL, "", 1),
    ],
)
def test_what_the_figures_of_a_column_are(measure: str, caption: str, nature: Nature, unit: str, scale: int) -> None:
    found = read_nature(measure, caption, "")
    assert (found.nature, found.unit, found.scale) == (nature, unit, Decimal(scale))


def read(text: str) -> list[tuple[str, str, list[str]]]:
    found = extract_series(text)
    assert all(point.span.slice(text) == point.surface for series in found for point in series.points)
    return [(one.measure, one.step.value, [f"{point.first}={point.value}" for point in one.points]) for one in found]


def test_a_table_as_the_ons_sets_it() -> None:
    head = " |  | Index (UK, 2005=100) | 12-month rate"
    text = f"{head}\n2014 | Nov | 128.2 | 1.0\n | Dec | 128.2 | 0.5\n2015 | Jan | 127.1 | 0.3"
    assert read(text) == [
        ("Index (UK, 2005=100)", "month", ["2014-11-01=128.2", "2014-12-01=128.2", "2015-01-01=127.1"]),
        ("12-month rate", "month", ["2014-11-01=1.0", "2014-12-01=0.5", "2015-01-01=0.3"]),
    ]


def test_years_quarters_and_months_of_one_column_are_series_of_their_own() -> None:
    text = "Period | Rate, %\n2022 | 3.9\n2023 | 4.0\n2023 Q1 | 3.9\n2023 Q2 | 4.2"
    assert [(name, step) for name, step, _ in read(text)] == [("Rate, %", "year"), ("Rate, %", "quarter")]


def test_columns_that_carry_dates() -> None:
    text = "Deaths by country | 2012 | 2013 | 2014\nWales | 1,000 | 1,100 | ..\nEngland | 3,000 | 3,100 | 2,900"
    assert read(text) == [
        ("Wales", "year", ["2012-01-01=1000", "2013-01-01=1100"]),
        ("England", "year", ["2012-01-01=3000", "2013-01-01=3100", "2014-01-01=2900"]),
    ]


def test_rows_of_several_categories() -> None:
    head = "Quarter | Route | Passengers"
    text = f"{head}\n2023 Q1 | North | 1\n2023 Q1 | South | 2\n2023 Q2 | North | 3\n2023 Q2 | South | 4"
    assert read(text) == [
        ("Passengers, North", "quarter", ["2023-01-01=1", "2023-04-01=3"]),
        ("Passengers, South", "quarter", ["2023-01-01=2", "2023-04-01=4"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No table at all, in May 2024.",
        "Name | Age\nAnn | 3\nBob | 4",
        "Month | Boats\nMay 2024 | 3",  # one row is no series
        "Month | Boats\nMay 2024 | 3\nMay 2024 | 4",  # two rows of one period
        "May 2024 | 3\nJune 2024 | 4",  # nothing says what is counted
        "Month | Boats\nMay 2024 | few\nJune 2024 | many",
        "Day | Boats\n3/4/2024 | 3\n4/5/2024 | 4",  # in April or in March
    ],
)
def test_what_cannot_be_told_is_left_out(text: str) -> None:
    assert extract_series(text) == ()


def test_marks_of_figures_and_missing_figures() -> None:
    rows = ("May 2024 | 1,003 [r]", "June 2024 | [x]", "July 2024 | 7 (p)", "August 2024 | ..", "September 2024 | -2")
    text = "\n".join(("Month | Deaths", *rows))
    assert read(text) == [("Deaths", "month", ["2024-05-01=1003", "2024-07-01=7", "2024-09-01=-2"])]


@pytest.mark.parametrize(
    "cell", ["|", "| |", "2024 | " * 500, "9" * 5_000 + " | 1", "\ud800 | 2", "May 2024 | " + "1," * 300]
)
def test_odd_tables_are_borne(cell: str) -> None:
    extract_series("\n".join([cell] * 4))
