# Amounts and differences in words.
from decimal import Decimal

import pytest

from headwater.comparison.phrasing import amount, difference, number, share
from headwater.domain.quantities import Dimension, Unit

POUND = Unit(Dimension.CURRENCY, "GBP")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0", "0"), ("1.50", "1.5"), ("999999", "999,999"), ("1250000", "1.25 million"), ("0.0004", "0.0004")],
)
def test_number(value: str, expected: str) -> None:
    assert number(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("75000000", POUND, "£75 million"),
        ("75", Unit(Dimension.CURRENCY, "CHF"), "CHF 75"),
        ("1", Unit(Dimension.LENGTH, "mile"), "1 mile"),
        ("2", Unit(Dimension.LENGTH, "mile"), "2 miles"),
        ("6500", Unit(Dimension.COUNT, per="day"), "6,500 a day"),
        ("23.4", Unit(Dimension.COUNT, per="people", per_amount=Decimal(100000)), "23.4 per 100,000 people"),
    ],
)
def test_amount(value: str, unit: Unit, expected: str) -> None:
    assert amount(Decimal(value), unit) == expected


@pytest.mark.parametrize(
    ("absolute", "relative", "expected"),
    [
        ("-18000000", "-0.24", "£18 million (24%) less than"),
        ("74925000000", "999", "£74.92 billion more than (1,000 times)"),
        ("5", None, "£5 more than"),
    ],
)
def test_difference(absolute: str, relative: str | None, expected: str) -> None:
    words = difference(Decimal(absolute), Decimal(relative) if relative else None, POUND)
    assert words == expected


def test_share_of_next_to_nothing() -> None:
    assert share(Decimal("0.0001")) == "under 0.1%"
