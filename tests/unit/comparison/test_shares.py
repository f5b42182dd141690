import pytest

from headwater.comparison.shares import compare_shares
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText

APART = [
    ("Every orchard sprayed its trees in spring.", "Most orchards sprayed their trees in spring.", "UP"),
    (
        "All clinics will open on Sundays from May.",
        "Clinics that have two doctors will open on Sundays: in clinics which have two doctors, doors open.",
        "UP",
    ),
    ("Each bridge in the county needs repair.", "Several bridges in the county need repair.", "UP"),
    ("All ferries are running on time.", "Ferries are mostly running on time.", "UP"),
    ("No orchards sprayed their trees.", "Some orchards sprayed their trees.", "DOWN"),
    ("Few clinics met the target for waiting.", "Most clinics met the target for waiting.", "DOWN"),
    ("It is the third bridge built of glass in Norway.", "It is the first bridge built of glass in Norway.", "DOWN"),
    (
        "She is the first woman to captain the lifeboat at Seahouses.",
        "She is the second woman to captain the lifeboat.",
        "UP",
    ),
    ("The grant covers the whole fee for every pupil.", "The grant covers the fee for certain pupils.", "UP"),
]
SILENT = [
    ("Every orchard sprayed its trees.", "All orchards sprayed their trees."),
    ("Nearly all orchards sprayed their trees.", "Most orchards sprayed their trees."),
    ("Every orchard was visited.", "Most clinics were visited."),
    ("All clinics open on Sundays.", "All clinics open on Sundays. Most clinics open on Saturdays."),
    ("Some orchards sprayed their trees.", "Many orchards sprayed their trees."),
    ("Growth slowed in the second quarter.", "Growth slowed in the first quarter of the year."),
    ("The first bridge was built of glass.", "The second bridge was built of stone."),
    ("The final ferries left at noon.", "The last ferries left at noon."),
    ("In the second half the team scored.", "In the first half the team scored."),
    ("Not every orchard sprayed its trees.", "Most orchards sprayed their trees."),
]


def read(text):
    return Annotated(MappedText.identity(text), Facts())


@pytest.mark.parametrize(("claimed", "official", "way"), APART)
def test_other_shares_of_the_same_things_are_found(claimed, official, way):
    assert [f.rule.rsplit("-", 1)[1] for f in compare_shares(read(claimed), [read(official)])] == [way]


@pytest.mark.parametrize(("claimed", "official"), SILENT)
def test_shares_that_can_pass_for_each_other_are_left_alone(claimed, official):
    assert not list(compare_shares(read(claimed), [read(official)]))
