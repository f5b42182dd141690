# Two figures brought to one measure, or the reason why they cannot be.
from decimal import Decimal

import pytest

from headwater.comparison.contexts import read_contexts
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.measures import Measured, measure
from unit.comparison.reading import read


def measured(claim: str, official: str) -> Measured | Outcome:
    return measure(read_contexts(read(claim))[0].figure, read_contexts(read(official))[0].figure)


@pytest.mark.parametrize(
    ("claim", "official", "value"),
    [
        ("It is 100 miles long.", "It is 160 kilometres long.", "160.9344"),
        ("It reached 68F.", "It reached 20C.", "20"),
        ("A quarter of firms closed.", "30% of firms closed.", "25"),
        ("Rates fell by 50 basis points.", "Rates fell by 0.25 percentage points.", "0.5"),
        ("Clinics gave 45,500 doses a week.", "Clinics gave 6,500 doses a day.", "6500"),
    ],
)
def test_the_claim_is_brought_to_the_official_unit(claim: str, official: str, value: str) -> None:
    both = measured(claim, official)
    assert isinstance(both, Measured)
    assert both.converted
    assert both.claimed.value.quantize(Decimal("0.0001")) == Decimal(value)


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        ("It cost £5.", "It cost €5.", Outcome.CURRENCY),
        ("It rose by 5 percentage points.", "It rose by 5%.", Outcome.POINTS),
        ("It took 5 days.", "It took 5 people.", Outcome.UNIT),
    ],
)
def test_no_common_measure(claim: str, official: str, expected: Outcome) -> None:
    assert measured(claim, official) is expected


def test_a_bare_dollar_is_any_dollar() -> None:
    assert isinstance(measured("It cost A$5 million.", "It cost $5 million."), Measured)
    assert measured("It cost A$5 million.", "It cost US$5 million.") is Outcome.CURRENCY


def test_grain_is_the_last_digit_that_is_not_nought() -> None:
    both = measured("9,400 left.", "120 left.")
    assert isinstance(both, Measured)
    assert (both.claimed.grain, both.official.grain) == (100, 10)
