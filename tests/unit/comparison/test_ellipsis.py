# Units left out, and the numbers that shares are written with.
import pytest

from headwater.comparison.contexts import read_contexts
from headwater.comparison.ellipsis import join_shares, numbers_within, with_unit
from headwater.domain.quantities import Dimension
from unit.comparison.reading import read


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        ("It came down to 13.8.", "The wait was 13.8 weeks.", ["week"]),
        ("Nobody under 16 may buy it.", "A person less than 16 years old may not buy it.", ["year"]),
        ("In all 12 such applications came.", "The 12-month rate fell.", []),
        ("It cost £16.", "The scheme ran for 16 weeks.", []),
        ("It came down to 13.8.", "The wait was 14 weeks.", []),
    ],
)
def test_with_unit(claim: str, official: str, expected: list[str]) -> None:
    figures = [(0, context) for context in read_contexts(read(official))]
    readings = with_unit(read_contexts(read(claim))[0], figures)
    assert [reading.figure.unit.code for reading in readings] == expected


def test_a_far_passage_supplies_no_unit() -> None:
    figures = [(3, context) for context in read_contexts(read("The wait was 13.8 weeks."))]
    assert list(with_unit(read_contexts(read("It came down to 13.8."))[0], figures)) == []


@pytest.mark.parametrize(
    ("official", "expected"),
    [("Eight out of 21 hospitals met it.", ["Eight", "21"]), ("A third of hospitals met it.", []), ("It met 21.", [])],
)
def test_numbers_within(official: str, expected: list[str]) -> None:
    text = read(official)
    numbers = [number for context in read_contexts(text) for number in numbers_within(context)]
    assert [number.figure.surface for number in numbers] == expected
    assert [number.figure.span.slice(official) for number in numbers] == expected


@pytest.mark.parametrize(
    ("claim", "shares"),
    [
        ("Dates are fixed in roughly one case in eight.", 1),  # read as one figure
        ("Dates are fixed in roughly three cases in eight.", 2),
        ("It emitted about three tonnes in every ten.", 2),
        ("It made 12 cars in 2 days.", 0),
        ("They won three medals, and ten more came.", 0),
    ],
)
def test_join_shares(claim: str, shares: int) -> None:
    joined = join_shares(read_contexts(read(claim)))
    assert sum(context.figure.unit.dimension is Dimension.PROPORTION for context in joined) == shares
    assert [context.figure.span for context in joined] == [figure.span for figure in read(claim).facts.quantities]
