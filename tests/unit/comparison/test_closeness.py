# The arithmetic of hedges and rounding where the pairwise table does not reach: slips of scale, swapped digits.
from decimal import Decimal

import pytest

from headwater.comparison.closeness import has_swapped_digits, is_near, is_scale_slip
from headwater.domain.quantities import Dimension, Qualifier, Quantity, Unit
from headwater.domain.spans import Span


@pytest.mark.parametrize(
    ("claimed", "official", "step", "expected"),
    [
        ("75e9", "75e6", "0", True),
        ("75e6", "75e9", "0", True),
        ("37e9", "37.2e6", "1e9", True),
        ("37e9", "39.9e6", "1e9", False),
        ("100", "10", "0", False),
        ("-75e9", "75e6", "0", False),
        ("0", "75", "0", False),
    ],
)
def test_scale_slip(claimed: str, official: str, step: str, expected: bool) -> None:
    assert is_scale_slip(Decimal(claimed), Decimal(official), Decimal(step)) is expected


@pytest.mark.parametrize(
    ("claimed", "official", "expected"),
    [
        ("2950", "2590", True),
        ("57000000", "75000000", True),
        ("12.4", "14.2", True),
        ("2950", "2951", False),
        ("2950", "295", False),
        ("2950", "2950", False),
    ],
)
def test_swapped_digits(claimed: str, official: str, expected: bool) -> None:
    assert has_swapped_digits(Decimal(claimed), Decimal(official)) is expected


@pytest.mark.parametrize(
    ("words", "expected"), [("Almost", True), ("just  over", True), ("less than", False), ("", False)]
)
def test_near_hedges(words: str, expected: bool) -> None:
    quantity = Quantity("100", Span(0, 3), Decimal(100), Unit(Dimension.COUNT), Qualifier.BELOW, words)
    assert is_near(quantity) is expected
