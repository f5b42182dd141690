# Equal values in exchanged words: how common the value is, and how far down the passage.
import pytest

from headwater.comparison.chance import is_hardly_chance, weigh
from headwater.comparison.contexts import read_contexts
from headwater.comparison.pairing import Candidate, rank_candidates
from unit.comparison.reading import read


def candidate(claim: str, official: str, place: int) -> tuple[object, Candidate]:
    (claimed,) = read_contexts(read(claim))
    (context,) = read_contexts(read(official))
    return claimed, rank_candidates(claimed, [(place, context)])[0]


@pytest.mark.parametrize(
    ("claim", "official", "place", "expected"),
    [
        ("Some 4.3 million drivers signed up.", "Around 4.3 million motorists have registered.", 0, True),
        ("Some 4.3 million drivers signed up.", "Around 4.3 million motorists have registered.", 5, False),
        ("The steepest drop was 8.5%.", "The largest annual fall was 8.5%.", 0, True),
        ("The clean-up comes to £38.6m.", "Remediation has cost £38.6 million.", 1, True),
        ("Only two ships came.", "Officials met two inspectors.", 0, False),
        ("Drivers gained 50%.", "The scheme covers 50% of schools.", 3, False),
    ],
)
def test_is_hardly_chance(claim: str, official: str, place: int, expected: bool) -> None:
    claimed, other = candidate(claim, official, place)
    assert is_hardly_chance(claimed, other) is expected


def test_a_second_equal_figure_in_the_passage_tells() -> None:
    claimed, other = candidate("Drivers gained 50%.", "The scheme covers 50% of schools.", 0)
    assert not is_hardly_chance(claimed, other)
    assert is_hardly_chance(claimed, other, beside=True)


def test_opposite_ways_speak_against() -> None:
    same = weigh(*candidate("Crime rose by 14%.", "Offences increased by 14%.", 0))
    opposite = weigh(*candidate("Crime rose by 14%.", "Offences decreased by 14%.", 0))
    assert same > opposite
