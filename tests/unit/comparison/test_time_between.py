# Stretches of time that dates of either text give, that stand in a figure's place, and that come from nowhere.
from datetime import date

import pytest

from headwater.comparison.figures import compare_figures
from headwater.comparison.whole_document import ask_whole_document, read_whole
from unit.comparison.reading import read

DAY = date(2016, 4, 5)
COUNTED = [
    ("Five years later, on April 2, 1972, he destroyed the bridge.", ["He joined in 1967."]),
    ("The first closure lasts four days, from June 15 through June 18.", ["It is closed from June 15 to June 18."]),
    ("The judge, chief since 2008, had spent 22 years on the court.", ["He was chief from 2008.", "He came in 1986."]),
    ("It ran for 20 months, two months longer than before.", ["It ran for 20 months, up from 18 months."]),
    ("Its two years in the seat will cover 2013 and 2014.", ["It holds the seat in 2013 and 2014."]),
    ("Wages have stood still for a little over three years.", ["Wages were frozen in January 2013."]),
    ("The treaty has held for 242 years, it said.", ["The treaty was ratified in 1774."]),
]
NOT_COUNTED = [
    ("The scheme runs for eight years.", ["The scheme opens on 3 June 2016.", "It closes on 3 June 2018."]),
    ("The club has waited 40 years for a pitch.", ["The club was founded in 2009.", "It bought land in 2014."]),
    ("The treaty has held for 742 years, it said.", ["The treaty was ratified in 1774."]),
    ("Repairs took nine months.", ["Repairs began on 3 May 2015 and ended on 20 May 2015."]),
]


def finding(claim: str, passages: list[str]) -> tuple[str, str]:
    official = [read(text, DAY, passage=place + 1) for place, text in enumerate(passages)]
    said = read(claim, DAY)
    found = ask_whole_document(said, compare_figures(said, ()), read_whole(official), days=[DAY])
    return found[0].kind, found[0].severity.value


@pytest.mark.parametrize(("claim", "passages"), COUNTED)
def test_a_stretch_between_two_dates_is_left_alone(claim: str, passages: list[str]) -> None:
    assert finding(claim, passages)[1] in {"info", "low"}


@pytest.mark.parametrize(("claim", "passages"), NOT_COUNTED)
def test_a_stretch_that_no_dates_give_is_told(claim: str, passages: list[str]) -> None:
    assert finding(claim, passages)[1] in {"medium", "high"}


def test_hours_are_counted_by_no_dates() -> None:
    assert finding("The sitting lasted nine hours.", ["The sitting was on 3 May 2015."]) == ("may_be_worked_out", "low")
