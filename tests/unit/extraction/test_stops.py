"""Full stops as grouping marks and as decimal points."""

from decimal import Decimal

import pytest

from headwater.extraction.quantities import extract_quantities

CASES = [
    ("Nearly 100.000 people crossed.", "100000", "1"),
    ("About 12.345 people came to the fair.", "12345", "1"),
    ("He paid £250.000 for the house.", "250000", "1"),
    ("The firm hired 4.000 drivers.", "4000", "1"),
    ("It weighs 1.000 kg.", "1.000", "0.001"),
    ("The rate was 2.000 per cent.", "2.000", "0.001"),
    ("Petrol costs £1.459 a litre.", "1.459", "0.001"),
    ("It is 3.125 times the limit.", "3.125", "0.001"),
    ("The fund holds £1.5 million.", "1500000.0", "100000.0"),
]


@pytest.mark.parametrize(("text", "value", "step"), CASES)
def test_a_full_stop_groups_only_where_it_can_be_no_decimal_point(text: str, value: str, step: str) -> None:
    [quantity] = extract_quantities(text)
    assert (quantity.value, quantity.step) == (Decimal(value), Decimal(step))
