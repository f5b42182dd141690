# Claims looked up in tables: rows, columns, years, changes, shares and ranks. Half must stay silent.
import pytest

from headwater.comparison.figures import compare_figures
from headwater.comparison.in_tables import look_up_tables
from headwater.comparison.whole_document import ask_whole_document, read_whole
from headwater.domain.findings import Effect, Finding, Severity
from unit.comparison.reading import read

LANDINGS = [
    "The following table shows landings of fish by port, in tonnes.",
    "Port 2014 2015 2016 2017",
    "Peterhead 11,870 12,310 13,940 16,250",
    "Lerwick 4,120 3,980 4,410 4,530",
    "Newlyn 2,260 2,310 2,050 1,730",
    "Brixham 2,910 3,440 3,610 3,520",
    "Total 21,160 22,040 24,010 26,030",
]
LOANS = [
    "Loans of public libraries are given below.",
    "Year | Books | Films",
    "2009-10 | 309,500 | 31,200",
    "2010-11 | 300,200 | 27,900",
    "2011-12 | 287,500 | 24,100",
    "2012-13 | 262,700 | 19,600",
]
GRANTS = [
    "Grants to museums in each year are as follows:",
    "£ million",
    "Year Leeds Bradford",
    "2003 1.20 3.31",
    "2004 1.48 3.05",
    "2005 2.96 2.87",
    "2006 2.61 2.44",
]
HOURS = [
    "Waits at clinics, per cent of patients seen within four hours",
    "Clinic | Quarter 1 | Quarter 2 | Quarter 3",
    "Northgate | 81.2 | 84.6 | 79.9",
    "Southmead | 90.4 | 91.3 | 92.8",
    "Eastfield | 72.5 | 70.1 | 74.4",
]
WRONG = [
    ("Boats landed 4,530 tonnes at Newlyn in 2017.", LANDINGS, "4,530 tonnes"),
    ("Newlyn took in 2,310 tonnes in 2016.", LANDINGS, "2,310 tonnes"),
    ("Landings at Peterhead rose by 40 per cent between 2014 and 2017.", LANDINGS, "40 per cent"),
    ("Landings at Newlyn rose from 1,730 tonnes to 2,260.", LANDINGS, "1,730 tonnes"),
    ("Peterhead accounted for more than three quarters of the total in 2017.", LANDINGS, "three quarters"),
    ("Lerwick was the largest port in 2017, with 4,530 tonnes.", LANDINGS, "largest"),
    ("Brixham peaked at 3,520 tonnes in 2017.", LANDINGS, "peaked"),
    ("Libraries lent 27,900 films in 2012-13.", LOANS, "27,900"),
    ("Loans of books fell by a third between 2009-10 and 2012-13.", LOANS, "a third"),
    ("Loans of films more than doubled from 2009-10 to 2012-13.", LOANS, "doubled"),
    ("Museums in Leeds got £3.05 million in 2004.", GRANTS, "£3.05 million"),
    ("Leeds got the lowest grant in 2006.", GRANTS, "lowest"),
    ("At Northgate 92.8 per cent were seen in time in the third quarter.", HOURS, "92.8 per cent"),
]
RIGHT = [
    ("Boats landed 4,530 tonnes at Lerwick in 2017.", LANDINGS),
    ("Newlyn took in 2,050 tonnes in 2016, down from 2,310 the year before.", LANDINGS),
    ("Landings at Peterhead rose by 37 per cent between 2014 and 2017.", LANDINGS),
    ("Landings at Newlyn fell from 2,260 tonnes to 1,730.", LANDINGS),
    ("Peterhead accounted for more than three fifths of the total in 2017.", LANDINGS),
    ("Peterhead was the largest port in 2017, with 16,250 tonnes.", LANDINGS),
    ("Brixham peaked at 3,610 tonnes in 2016.", LANDINGS),
    ("Brixham was third with 3,520 tonnes in 2017.", LANDINGS),
    ("Libraries lent 19,600 films in 2012-13.", LOANS),
    ("Loans of books fell by 15 per cent between 2009-10 and 2012-13.", LOANS),
    ("Loans of films fell by more than a third from 2009-10 to 2012-13.", LOANS),
    ("Museums in Leeds got £1.48 million in 2004.", GRANTS),
    ("Museums in Leeds got £1.5 million in 2004, and twice as much the next year.", GRANTS),
    ("Leeds got the lowest grant in 2003.", GRANTS),
    ("At Southmead 92.8 per cent were seen in time in the third quarter.", HOURS),
    ("The harbour took 12,310 tonnes, the best catch for years.", LANDINGS),
]


def findings_of(claim: str, lines: list[str]) -> tuple[Finding, ...]:
    passages = [read(text, passage=place) for place, text in enumerate(lines)]
    document = read_whole(passages)
    first = compare_figures(read(claim), passages[:1])
    return look_up_tables(read(claim), ask_whole_document(read(claim), first, document), passages, document.grids)


@pytest.mark.parametrize(("claim", "lines", "surface"), WRONG)
def test_another_row_column_or_result_is_named(claim: str, lines: list[str], surface: str) -> None:
    wrong = [one for one in findings_of(claim, lines) if one.effect is Effect.CONTRADICTS]
    assert surface in {one.claimed.surface for one in wrong}
    assert all(one.official is not None and one.official.value in one.explanation for one in wrong)


@pytest.mark.parametrize(("claim", "lines"), RIGHT)
def test_what_a_table_bears_out_raises_no_alarm(claim: str, lines: list[str]) -> None:
    loud = [one for one in findings_of(claim, lines) if one.severity in {Severity.MEDIUM, Severity.HIGH}]
    assert loud == []
