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
TITLED = ["Wardens and rangers , 1997 to 2009", "Date Full-time Part-time( 1) Total", "31 March 2008 985 22 1,007"]
TITLED += ["31 March 2009 996 31 1,027"]
LONG_SPANS = [
    "Waste collected per household (kg) Household recycling and composting rate",
    "Authority 2006-07 2007-08 2006-07 2007-08",
    "Bexley 507.50 483.60 40.00 41.64",
    "Barnet 443.10 440.20 29.50 30.10",
]
YEARS_BELOW = [
    "Pig Fish GM Animals( 1)",
    "2008 2007 2008 2007 2008 2007",
    "Surgery 3 4 171 36 70 74",
    "Tests 1 2 9 8 7 6",
]
YEARS_WITHIN = ["Borough Name 2003 Total Younger 2004 total Younger", "Barnet 515 168 47 20", "Bexley 90 21 43 9"]
BRACKETS = ["Year HQ* (£'000s) Courts Service (£'000s)", "2004-05 2,470 65", "2005-06 2,811 70"]
DAYS = ["Force Profiles as at 15 October 2009 Share of all (percentage)", "Scotland 271,693 4.6", "Wales 5,910 100.0"]
PLACES = ["Number of cases Rate per 100,000", "Bassetlaw Trust", "2007-08 52 47.6", "2008-09 41 37.1", "Ashfield Trust"]
PLACES += ["2007-08 20 9.1", "2008-09 13 7.4"]
SIZES = ["Firms by size", "Employer size 2005 - 06 2006 - 07( 1)", "1 to 49 400 18,200", "50 to 249 10 4,410"]
BANDS = [
    "2003/04 2004/05",
    "Class 21 and under Over 21 21 and under Over 21",
    "Managers 170 10 205 10",
    "Clerks 60 5 75 15",
]
YEAR_FIRST = ["Year Prices Cost Charges", "2006-07 Actual 32,165 8,875", "At 2008-09 prices 33,906 9,355"]
YEAR_FIRST += ["2007-08 actual 32,089 8,879", "At 2008-09 prices 32,876 9,097", "2008-09 Actual 39,241 10,358"]
UNCLEAR = [  # three heads and two over four runs: whose are the two?
    "Foreign lorries British lorries All lorries",
    "Left hand drive Right hand drive",
    "Accidents Deaths Accidents Deaths Accidents Deaths Accidents Deaths",
    "2005 1,014 291 85 6 10,063 341 11,162 638",
    "2006 952 259 91 5 9,423 360 10,466 624",
]
HEADS = [
    (TITLED, ["Full-time", "Part-time", "Total"], ["31 March 2008", "31 March 2009"]),
    (
        LONG_SPANS,
        [
            f"{head} {year}"
            for head in LONG_SPANS[0].replace(") H", ")|H").split("|")
            for year in ("2006-07", "2007-08")
        ],
        ["Bexley", "Barnet"],
    ),
    (
        YEARS_BELOW,
        [f"{head} {year}" for head in ("Pig", "Fish", "GM Animals") for year in (2008, 2007)],
        ["Surgery", "Tests"],
    ),
    (YEARS_WITHIN, ["2003 Total", "2003 Younger", "2004 total", "2004 Younger"], ["Barnet", "Bexley"]),
    (BRACKETS, ["HQ (£'000s)", "Courts Service (£'000s)"], ["2004-05", "2005-06"]),
    (DAYS, ["Profiles as at 15 October 2009", "Share of all (percentage)"], ["Scotland", "Wales"]),
    (
        PLACES,
        ["Number of cases", "Rate per 100,000"],
        [f"{place} Trust {year}" for place in ("Bassetlaw", "Ashfield") for year in ("2007-08", "2008-09")],
    ),
    (SIZES, ["2005-06", "2006-07"], ["1 to 49", "50 to 249"]),
    (
        BANDS,
        [f"{year} {band}" for year in ("2003/04", "2004/05") for band in ("21 and under", "Over 21")],
        ["Managers", "Clerks"],
    ),
    (
        YEAR_FIRST,
        ["Cost", "Charges"],
        [
            "Actual 2006-07",
            "At 2008-09 prices 2006-07",
            "actual 2007-08",
            "At 2008-09 prices 2007-08",
            "Actual 2008-09",
        ],
    ),
    (UNCLEAR, ["Accidents", "Deaths"] * 4, ["2005", "2006"]),
    (
        ["Cost of the scheme (£m)", "2010-11 2011-12", "Cost of relief 1,600 2,550"],
        ["2010-11", "2011-12"],
        ["Cost of relief"],
    ),
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
    ["Department of Health Services", "Telephone: 028 9052 3868", "Fax: 028 9052 3900"],
    ["Offices in London", "She moved there in 2007 2008"],
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
    lines = ["Band Cars Vans Share", "Heavy(1) 384 .. 0.6%", "Light 71 (2)8 0.1%", "Other 4,0206 n/a (5)-"]
    [table] = read_tables(lines)
    assert [row.head.words for row in table.rows] == ["Heavy", "Light", "Other"]
    cells = [[str(cell.value) if cell else "" for cell in row.cells] for row in table.rows]
    assert cells == [["384", "", "0.6"], ["71", "8", "0.1"], ["", "", ""]]
    assert read_line(0, "--- | ---") is None
