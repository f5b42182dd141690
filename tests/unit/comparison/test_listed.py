"""What a reporter counts and the source lists."""

from __future__ import annotations

import pytest
from tests.unit.comparison.reading import read

from headwater.comparison.contexts import read_contexts
from headwater.comparison.listed import find_listed

PROJECTS = "The Scottsdale, North Esk, Southern Highlands, Circular Head and Swan Valley irrigation projects are in it."
STEPS = "Its steps are:\n- to inform\n- to warn\n- to protect\n- to repair\n- to repay\n- to report"
LISTED = [
    ("Five irrigation projects get money.", PROJECTS),
    ("The first nine priority groups come first.", "We hope to reach everyone in cohorts 1 to 9 by April."),
    ("Four countries signed.", "The countries that signed are Norway, Iceland, Liechtenstein and Malta."),
    ("The plan has six steps.", STEPS),
    ("Three ministers went.", "The ministers for health, trade and defence travelled to Oslo."),
    ("It names seven schools.", "The schools are Ashby, Barrow, Colne, Denby, Epworth, Frome, and Goole."),
]
NOT_LISTED = [
    ("Six irrigation projects get money.", PROJECTS),
    ("Five hospitals get money.", PROJECTS),
    (
        "Four countries signed.",
        "The countries are Norway and Malta, which the minister said was good news, long due.",
    ),
    ("The plan has five steps.", STEPS),
    ("About five projects get money.", PROJECTS),
    ("The first eight priority groups come first.", "We hope to reach everyone in cohorts 1 to 9 by April."),
]


@pytest.mark.parametrize(("claimed", "official"), LISTED)
def test_a_list_of_as_many_members_is_found(claimed: str, official: str) -> None:
    figure = read_contexts(read(claimed))[0]

    found = find_listed(figure, [read("The weather was fine."), read(official)])

    assert found is not None
    assert found.passage == 1
    assert found.span.slice(official)


@pytest.mark.parametrize(("claimed", "official"), NOT_LISTED)
def test_a_list_of_another_length_or_of_other_things_is_none(claimed: str, official: str) -> None:
    figure = read_contexts(read(claimed))[0]

    assert find_listed(figure, [read(official)]) is None
