# How far back a figure is compared: "a year before" is no month.
from datetime import date

import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read

DAY = date(2015, 6, 12)
MONTH = "In April 2015 output of new homes increased by 5.4% compared with March 2015."
BOTH = (
    "New orders in quarter 1 (Jan to Mar) 2015 were estimated to have increased by 0.4% compared with quarter 4 "
    "(Oct to Dec) 2014 and by 8.0% compared with quarter 1 (Jan to Mar) 2014."
)
YEAR = "In May 2015 the price of bread was 3.2% lower than in May 2014."
WEEK = "The hospitals admitted 1,240 patients, 17% more than in the previous week."
OTHERWISE = [
    ("Output of new homes was 5.4 per cent higher than a year before.", MONTH),
    ("New homes: output was up 5.4% year on year.", MONTH),
    ("New orders were 0.4 per cent up on a year ago.", BOTH),
    ("New orders were up by 8 per cent on the quarter before.", BOTH),
    ("The price of bread was 3.2% lower than a month earlier.", YEAR),
    ("The price of bread fell 3.2% on the month.", YEAR),
    ("Hospitals admitted 17% more patients than a year ago.", WEEK),
]
ALIKE = [
    ("Output of new homes was 5.4 per cent higher than the month before.", MONTH),
    ("New homes: output was up 5.4% month on month.", MONTH),
    ("New orders were 8 per cent up on a year ago.", BOTH),
    ("New orders were up by 0.4 per cent on the previous quarter.", BOTH),
    ("The price of bread was 3.2% lower than a year earlier.", YEAR),
    ("The price of bread fell 3.2% in May.", YEAR),
    ("Hospitals admitted 17% more patients than the week before.", WEEK),
    ("Hospitals admitted 17% more patients than they had the week before last.", WEEK),
]


def kinds(claim: str, passage: str) -> list[str]:
    return [finding.kind for finding in compare_figures(read(claim, DAY), [read(passage, DAY, passage=1)])]


@pytest.mark.parametrize(("claim", "passage"), OTHERWISE)
def test_a_change_over_another_time_is_another_base(claim: str, passage: str) -> None:
    assert "base_period_differs" in kinds(claim, passage)


@pytest.mark.parametrize(("claim", "passage"), ALIKE)
def test_a_change_over_the_same_time_agrees(claim: str, passage: str) -> None:
    assert kinds(claim, passage) in (["equal"], ["equal", "not_stated"])
