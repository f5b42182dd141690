# Tables read from lines: cells, labels, heads over columns, heads of rows, and lines that are no table.
import pytest

from headwater.extraction.table_cells import read_line
from headwater.extraction.table_reading import is_row_of_figures, read_tables

SPANNED = [
    "Accidents by year:",
    "(i) Dover (ii) Kent",
    "(a) Fatal (b) Serious (a) Fatal (b) Serious",
    "2001 3 59 92 1,220",
    "2002 7 61 95 1,175",
]
REPEATED = [
    "Offences:",
    "2002-03 2003-04",
    "Group No. of cases Rate per 1,000 No. of cases Rate per 1,000",
    "Arson 804 11 910 13",
    "Fraud 504 1 596 1",
]
MONTHS = ["Claims by month:", "Month Men Women", "May 2008 25 75", "June 2008 30 70", "July 2008 35 65"]
NAMED = ["Table 1: Sentences", "2005 2006", "Men", "Under 18 401 399", "Over 18 853 938", "Women", "Under 18 132 148"]
BARRED = [
    "Rates",
    "| Region | Homes | Rate (%) |",
    "|---|---|---|",
    "| London | 3,160 | 24.7 |",
    "| Wales | 38 | 3.0 |",
]
TABBED = ["Region\t2012\t2013", "London\t12\t14", "Wales\t3\t4"]
SPACED = ["Region        2012     2013", "London          12       14", "North East       3        4"]
BROKEN = ["Year Q uarter 1 Q uarter 2 Total", "2005-06 285 277 562", "2006-07 300 313 613"]
HEADS = [
    (SPANNED, ["Dover Fatal", "Dover Serious", "Kent Fatal", "Kent Serious"], ["2001", "2002"]),
    (
        REPEATED,
        [f"{year} {head}" for year in ("2002-03", "2003-04") for head in ("No. of cases", "Rate per 1,000")],
        ["Arson", "Fraud"],
    ),
    (MONTHS, ["Men", "Women"], ["May 2008", "June 2008", "July 2008"]),
    (NAMED, ["2005", "2006"], ["Men Under 18", "Men Over 18", "Women Under 18"]),
    (BARRED, ["Homes", "Rate (%)"], ["London", "Wales"]),
    (TABBED, ["2012", "2013"], ["London", "Wales"]),
    (SPACED, ["2012", "2013"], ["London", "North East"]),
    (BROKEN, ["Quarter 1", "Quarter 2", "Total"], ["2005-06", "2006-07"]),
]
PROSE = [
    ["The minister was born in 1950.", "She joined in 1972.", "She left in 1999."],
    ["Some 300 people came.", "They stayed for 3 hours."],
    ["Contents", "Introduction 3"],
    [],
]


@pytest.mark.parametrize(("lines", "columns", "rows"), HEADS)
def test_heads_and_labels_are_read(lines: list[str], columns: list[str], rows: list[str]) -> None:
    [table] = read_tables(lines)
    assert [head.words for head in table.columns] == columns
    assert [row.head.words for row in table.rows] == rows
    assert all(cell is not None for row in table.rows for cell in row.cells)
    assert is_row_of_figures(lines[-1])


@pytest.mark.parametrize("lines", PROSE)
def test_prose_is_no_table(lines: list[str]) -> None:
    assert read_tables(lines) == ()
    assert not any(map(is_row_of_figures, lines))


def test_cells_stand_where_they_are_written() -> None:
    [table] = read_tables(SPANNED)
    cells = [cell for row in table.rows for cell in row.cells if cell is not None]
    assert [SPANNED[cell.place][cell.span.start : cell.span.end] for cell in cells[-2:]] == ["95", "1,175"]


def test_years_over_two_tables_part_them() -> None:
    lines = [*REPEATED, "2004-05 2005-06", *REPEATED[2:]]
    first, second = read_tables(lines)
    assert [head.words[:7] for head in first.columns[::2]] == ["2002-03", "2003-04"]
    assert [head.words[:7] for head in second.columns[::2]] == ["2004-05", "2005-06"]


def test_notes_empty_cells_and_rules_are_no_figures() -> None:
    lines = ["Band Cars Vans Share", "Heavy(1) 384 .. 0.6%", "Light 71 8 0.1%"]
    [table] = read_tables(lines)
    assert [row.head.words for row in table.rows] == ["Heavy", "Light"]
    assert [str(cell.value) if cell else "" for cell in table.rows[0].cells] == ["384", "", "0.6"]
    assert read_line(0, "--- | ---") is None
