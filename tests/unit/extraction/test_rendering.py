"""Quantities written out in every style."""

from __future__ import annotations

from decimal import Decimal

import pytest

from headwater.domain.quantities import Dimension, Quantity, Unit
from headwater.domain.spans import Span
from headwater.extraction.rendering import Style, render, render_number
from headwater.extraction.units import COUNT, UNITS

_POUNDS = Unit(Dimension.CURRENCY, "GBP")


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        ("75000000", Style.PLAIN, "75000000"),
        ("75000000", Style.GROUPED, "75,000,000"),
        ("75000000", Style.SCALED, "75 million"),
        ("1234567", Style.SCALED, "1,234,567"),
        ("75000000", Style.WORDS, "seventy-five million"),
        ("100001", Style.WORDS, "one hundred thousand and one"),
        ("0", Style.WORDS, "zero"),
        ("-2.5", Style.GROUPED, "-2.5"),
        ("-3", Style.WORDS, "minus three"),
        ("2.5", Style.WORDS, "2.5"),
    ],
)
def test_numbers(value: str, style: Style, text: str) -> None:
    assert render_number(Decimal(value), style) == text


@pytest.mark.parametrize(
    ("quantity", "style", "text"),
    [
        (Quantity("", Span(0, 0), Decimal(75_000_000), _POUNDS), Style.SCALED, "£75 million"),
        (Quantity("", Span(0, 0), Decimal(-5), _POUNDS), Style.GROUPED, "-£5"),
        (Quantity("", Span(0, 0), Decimal(5), _POUNDS, upper=Decimal(10)), Style.GROUPED, "£5 to £10"),
        (Quantity("", Span(0, 0), Decimal(5), Unit(Dimension.CURRENCY, "CHF")), Style.GROUPED, "CHF 5"),
        (Quantity("", Span(0, 0), Decimal(5), _POUNDS), Style.WORDS, "five GBP"),
        (Quantity("", Span(0, 0), Decimal(19), UNITS["percent"]), Style.GROUPED, "19%"),
        (Quantity("", Span(0, 0), Decimal(6), UNITS["foot"]), Style.WORDS, "six feet"),
        (Quantity("", Span(0, 0), Decimal(12), COUNT, counted="boats"), Style.GROUPED, "12 boats"),
        (Quantity("", Span(0, 0), Decimal(65), Unit(Dimension.AGE, "year")), Style.GROUPED, "aged 65"),
        (
            Quantity("", Span(0, 0), Decimal(23), Unit(Dimension.COUNT, per="person", per_amount=Decimal(100000))),
            Style.GROUPED,
            "23 per 100,000 people",
        ),
    ],
)
def test_quantities(quantity: Quantity, style: Style, text: str) -> None:
    assert render(quantity, style) == text
