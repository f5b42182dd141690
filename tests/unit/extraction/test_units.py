"""Units, their factors, and the way to the base unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from headwater.domain.quantities import Dimension
from headwater.extraction.tokens import Tokens
from headwater.extraction.units import UNITS, american, find_unit, to_base


@pytest.mark.parametrize(
    ("value", "code", "base"),
    [
        ("1", "mile", "1609.344"),
        ("1", "pint", "0.56826125"),
        ("68", "fahrenheit", "20.00"),
        ("300", "kelvin", "26.85"),
        ("25", "basis_point", "0.25"),
        ("1", "ton", "1016.0469088"),
        ("2", "kilowatt_hour", "7200000"),
        ("60", "mile_per_hour", "26.8224"),
        ("1", "acre", "4046.8564224"),
    ],
)
def test_to_base(value: str, code: str, base: str) -> None:
    assert round(to_base(Decimal(value), UNITS[code]), 8) == Decimal(base)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("km", "kilometre"),
        ("square miles", "square_mile"),
        ("sq ft", "square_foot"),
        ("square-foot", "square_foot"),
        ("MW", "megawatt"),
        ("per cent", "percent"),
        ("°C", "celsius"),
        ("mph", "mile_per_hour"),
    ],
)
def test_find_unit(text: str, code: str) -> None:
    found = find_unit(Tokens(text, 0, len(text)), 0, Decimal(5))
    assert found is not None
    assert found[0].code == code


@pytest.mark.parametrize("text", ["people", "mw", "in the morning", "second place", "ft2x", "points"])
def test_no_unit(text: str) -> None:
    assert find_unit(Tokens(text, 0, len(text)), 0, Decimal(5)) is None


def test_american_names_mean_american_measures() -> None:
    assert american(UNITS["gallon"]).code == "us_gallon"
    assert american(UNITS["mile"]) is UNITS["mile"]


def test_every_unit_has_a_positive_factor_and_a_dimension() -> None:
    assert len(UNITS) > 100
    assert all(unit.factor > 0 and unit.dimension is not Dimension.COUNT for unit in UNITS.values())
