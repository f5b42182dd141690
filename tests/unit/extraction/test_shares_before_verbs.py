# Shares in words that stand before a verb or a comparison, shares of a large number, and parts of a million.
from decimal import Decimal

import pytest

from headwater.domain.quantities import Dimension
from headwater.extraction.quantities import extract_quantities

SHARES = [
    ("Nearly a quarter made calls over the web.", "0.25"),
    ("Almost a third carried on after the storm.", "0.333"),
    ("Deaths run a third above the rest of the country.", "0.333"),
    ("Rents are a quarter below those in town.", "0.25"),
    ("About one person in 2,200 had the disease.", "0.000455"),
    ("The survey found it in 1 person in every 1,250.", "0.0008"),
]
NONE = [
    "He is about a third term away from a pension.",
    "She was a third child.",
    "They met in a quarter where sailors live.",
]
NUMBERS = [
    ("Over one-quarter million people came.", 250_000),
    ("A quarter million visitors came.", 250_000),
    ("Three and a quarter million came.", 3_250_000),
    ("Some 180 people in every 100,000 fell ill.", 180),
]


@pytest.mark.parametrize(("text", "value"), SHARES)
def test_a_share_is_read(text: str, value: str) -> None:
    (read,) = extract_quantities(text)
    assert read.unit.dimension is Dimension.PROPORTION
    assert round(float(read.value), 6) == pytest.approx(float(value), rel=0.01)


@pytest.mark.parametrize("text", NONE)
def test_an_ordinal_or_a_stretch_of_the_year_is_no_share(text: str) -> None:
    assert not extract_quantities(text)


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_is_read(text: str, value: int) -> None:
    (read,) = extract_quantities(text)
    assert read.unit.dimension is Dimension.COUNT
    assert read.value == Decimal(value)
