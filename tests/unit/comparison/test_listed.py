"""What a reporter counts and the source lists."""

from __future__ import annotations

import pytest
from tests.unit.comparison.reading import read

from headwater.comparison.contexts import read_contexts
from headwater.comparison.listed import find_listed, tells_its_list

PROJECTS = "The Scottsdale, North Esk, Southern Highlands, Circular Head and Swan Valley irrigation projects are in it."
STEPS = "Its steps are:\n- to inform\n- to warn\n- to protect\n- to repair\n- to repay\n- to report"
BOARD = "The full membership of the board is:\n- Ada Moss (Chair)\n- Tom Reed\n- Eva Lund\n- Ian Cole\n- Una Roe"
VOTES = (
    "Voting for it were Ada P. Moss, Chair; Tom C. Reed, Vice Chair; Eva S. Lund; Ian W. Cole; Una D. Roe; "
    "and Max J. Orr."
)
LISTED = [
    ("The five members start work today.", BOARD),
    ("Six policymakers voted for it.", VOTES),
    ("It was backed by Ada Moss and five colleagues.", VOTES),
    ("Five irrigation projects get money.", PROJECTS),
    ("The first nine priority groups come first.", "We hope to reach everyone in cohorts 1 to 9 by April."),
    ("Four countries signed.", "The countries that signed are Norway, Iceland, Liechtenstein and Malta."),
    ("The plan has six steps.", STEPS),
    ("Three ministers went.", "The ministers for health, trade and defence travelled to Oslo."),
    ("It names seven schools.", "The schools are Ashby, Barrow, Colne, Denby, Epworth, Frome, and Goole."),
]
NOT_LISTED = [
    ("The six members start work today.", BOARD),
    ("Seven policymakers voted for it.", VOTES),
    ("It was backed by five policymakers.", VOTES),
    ("It was backed by Ada Moss and four colleagues.", VOTES),
    ("Five boats start work today.", BOARD),
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


@pytest.mark.parametrize(
    ("claimed", "found"),
    [
        ("The four members start work today.", True),
        ("The three members start work today.", False),
        ("The five members start work today.", False),
        ("Four boats start work today.", False),
    ],
)
def test_items_whose_bullets_are_gone_are_counted(claimed: str, found: bool) -> None:
    lines = ["The full membership of the panel is as follows;", "Mr Tom Reed (Chair)", "Ms Eva Lund", "Dr Ian Cole"]
    passages = [read(line) for line in ("The panel meets in May.", *lines, "The Hon Una Roe MP", "14 May 2015")]
    assert (find_listed(read_contexts(read(claimed))[0], passages) is not None) is found


@pytest.mark.parametrize(
    ("claimed", "told"),
    [
        ("Four governments - Kent, Ohio, Utah and the Northern Territory - have not signed.", True),
        ("Three states, Ohio, Utah and Iowa, signed.", True),
        ("It brings in five countries: Nauru, Samoa, Tonga, Fiji and Palau.", True),
        ("Four states, Ohio, Utah and Iowa, signed.", False),
        ("Two states, among them Ohio, signed.", False),
        ("Four states signed, and Ohio said no.", False),
        ("Some 4,000 people, Ohio said, signed.", False),
    ],
)
def test_a_claim_that_names_as_many_as_it_counts(claimed: str, told: bool) -> None:
    assert tells_its_list(read_contexts(read(claimed))[0]) is told


@pytest.mark.parametrize(
    ("claimed", "found"),
    [
        ("Two of its eight policymakers voted no.", True),
        ("Two of its nine policymakers voted no.", False),
        ("Six policymakers voted yes.", True),
    ],
)
def test_those_for_and_those_against_are_counted_together(claimed: str, found: bool) -> None:
    against = "Voting against it were Kit Vane, who preferred a cut; and Liv Dahl."
    passages = [read(VOTES), read(against), read("The next meeting is in May.")]
    figures = [one for one in read_contexts(read(claimed)) if one.figure.counted_head]
    assert any(find_listed(figure, passages) is not None for figure in figures) is found
