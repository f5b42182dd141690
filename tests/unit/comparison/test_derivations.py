# Arithmetic on the source's figures: only what the claim asks for, and only over figures that the sentence relates.
import pytest

from headwater.comparison.contexts import read_contexts
from headwater.comparison.derivations import Derivation, find_derivation, find_turned
from unit.comparison.reading import read


def derived(claim: str, official: str) -> Derivation | None:
    return find_derivation(read_contexts(read(claim))[0], [(0, context) for context in read_contexts(read(official))])


RETURNS = "The government has returned 9,400 people, including 2,590 enforced returns."
COST = "The cost of the scheme rose from £80 million to £100 million."
FLOODS = "In Kent 900 homes were flooded and in Surrey 600 homes were flooded."


@pytest.mark.parametrize(
    ("claim", "official", "right"),
    [
        ("More than a quarter of the people returned were enforced returns.", RETURNS, True),
        ("27.6% of the people returned were enforced returns.", RETURNS, True),
        ("Half of the people returned were enforced returns.", RETURNS, False),
        ("The cost of the scheme rose by £20 million.", COST, True),
        ("The cost of the scheme rose by 25%.", COST, True),
        ("The cost of the scheme rose by 20%.", COST, False),
        ("The cost of the scheme fell by 25%.", COST, False),
        ("Altogether 1,500 homes were flooded in Kent and Surrey.", FLOODS, True),
        ("Altogether 1,600 homes were flooded in Kent and Surrey.", FLOODS, False),
    ],
)
def test_right_and_wrong(claim: str, official: str, right: bool) -> None:
    derivation = derived(claim, official)
    assert derivation is not None
    assert derivation.right is right
    assert len(derivation.sources) == 2


@pytest.mark.parametrize(
    ("claim", "official"),
    [
        ("1,500 homes were flooded in Kent and Surrey.", FLOODS),  # no word asks for a sum
        ("The scheme in Leeds costs £20 million.", COST),  # a level asks for no difference
        ("More than a quarter of the museums closed.", RETURNS),  # another subject
        ("More than a quarter of the people returned were enforced returns.", "9,400 people were returned."),
        ("Half of the people returned by ship.", "Of people 9,400 were returned. By ship 4,700 people left."),
    ],
)
def test_no_numerology(claim: str, official: str) -> None:
    assert derived(claim, official) is None


PUPILS = "There are 560 pupils at the school, compared with 600 pupils in 2012."
WARDS = "Now 15,043 patients are on the wards, compared to 15,359 patients on Monday."


@pytest.mark.parametrize(
    ("claim", "official", "working"),
    [
        ("The number of pupils rose by 40 to 560.", PUPILS, "560 is 40 less than 600"),
        ("Pupil numbers at the school are up 40.", PUPILS, "560 is 40 less than 600"),
        ("The number of patients on the wards rose by 316.", WARDS, "15,043 is 316 less than 15,359"),
        (
            "Sales of tickets dropped by 30,000.",
            "Sales of tickets came to 150,000, against 120,000 in 2011.",
            "150,000 is 30,000 more than 120,000",
        ),
    ],
)
def test_a_change_the_other_way(claim: str, official: str, working: str) -> None:
    placed = [(0, context) for context in read_contexts(read(official))]
    turned = find_turned(read_contexts(read(claim))[0], placed)
    assert turned is not None
    assert not turned.right
    assert turned.working == working


@pytest.mark.parametrize(
    ("claim", "official"),
    [
        ("The number of pupils fell by 40 to 560.", PUPILS),
        ("The school has 40 pupils fewer.", PUPILS),
        ("The number of patients on the wards fell by 316.", WARDS),
        ("The number of teachers rose by 40.", "Prices stand at 560, compared with 600 in 2012."),
        (
            "The number of pupils rose by 40.",
            PUPILS + " In May the school had 560 pupils, against 520 pupils.",
        ),
        ("There are 40 pupils in the choir.", PUPILS),
    ],
)
def test_no_change_the_other_way(claim: str, official: str) -> None:
    placed = [(0, context) for context in read_contexts(read(official))]
    assert find_turned(read_contexts(read(claim))[0], placed) is None
