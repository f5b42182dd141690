# The weekday of saying against the day of publication.
from datetime import date

import pytest

from headwater.comparison.dates import compare_dates, look_up_dates
from unit.comparison.reading import read

MONDAY = date(2024, 11, 4)
RELEASE = "The department has today published its figures on school meals. Some 2.1 million pupils are eligible."
OTHER_DAYS = [
    "Some 2.1 million pupils are eligible, the department said on Thursday.",
    "Figures published on Wednesday show that 2.1 million pupils are eligible.",
]
LEFT_ALONE = [
    ("Some 2.1 million pupils are eligible, the department said on Monday.", RELEASE),
    ("Some 2.1 million pupils are eligible, the department said on Tuesday.", RELEASE),
    ("Some 2.1 million pupils are eligible, the department said on Sunday.", RELEASE),
    ("Pupils will be served from Thursday.", RELEASE),
    ("Some 2.1 million are eligible, ministers said on Thursday.", RELEASE + " It was debated on Thursday 7 November."),
    ("More pupils must be fed, she said on Thursday.", "I am glad to be here. I want to thank my hosts."),
]


def kinds(claim: str, official: str) -> list[str]:
    text, document = read(claim, MONDAY), [read(official, MONDAY, 1)]
    findings = compare_dates(text, document)
    return [one.kind for one in look_up_dates(text, findings, document, [1], days=[MONDAY])]


@pytest.mark.parametrize("claim", OTHER_DAYS)
def test_a_day_of_saying_far_from_the_publication_is_told(claim: str) -> None:
    assert kinds(claim, RELEASE) == ["other_weekday"]


@pytest.mark.parametrize(("claim", "official"), LEFT_ALONE)
def test_other_days_are_left_alone(claim: str, official: str) -> None:
    assert "other_weekday" not in kinds(claim, official)
