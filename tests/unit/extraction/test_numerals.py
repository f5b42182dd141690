"""Numbers in digits and words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from headwater.extraction.number_fractions import find_fraction
from headwater.extraction.numeral_types import Form
from headwater.extraction.numerals import find_numeral, parse_digits
from headwater.extraction.tokens import Tokens


def _read(text: str, *, money: bool = False) -> tuple[str, str, int] | None:
    tokens = Tokens(text, 0, len(text))
    numeral = find_numeral(tokens, 0, money=money)
    return None if numeral is None else (f"{numeral.value:f}", f"{numeral.step:f}", numeral.end)


@pytest.mark.parametrize(
    ("surface", "value", "step"),
    [
        ("1,234.50", "1234.50", "0.01"),
        ("1 234 567", "1234567", "1"),
        ("1'234", "1234", "1"),
        ("1.234.567", "1234567", "1"),
        ("12,34,567", "1234567", "1"),
        ("3·5", "3.5", "0.1"),
        (".5", "0.5", "0.1"),
        ("007", "7", "1"),
    ],
)
def test_digits(surface: str, value: str, step: str) -> None:
    assert parse_digits(surface) == (Decimal(value), Decimal(step))


@pytest.mark.parametrize("surface", ["", "1" * 31, "1x", "²"])
def test_digits_that_are_no_figure(surface: str) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        parse_digits(surface)


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("31,247", "31247", "1"),
        ("31,000", "31000", "1"),
        ("75 million", "75000000", "1000000"),
        ("3.5 billion", "3500000000", "100000000"),
        ("30k", "30000", "1000"),
        ("five", "5", "1"),
        ("twenty-three", "23", "1"),
        ("three hundred", "300", "100"),
        ("one hundred and twenty-three thousand", "123000", "1000"),
        ("six and a half million", "6500000", "100000"),
        ("half a million", "500000", "100000"),
        ("a dozen", "12", "1"),
        ("fifteen hundred", "1500", "100"),
        ("one million two hundred thousand and six", "1200006", "1"),
        ("three point one four", "3.14", "0.01"),
        ("2½", "2.5", "0.1"),
    ],
)
def test_value_and_step(text: str, value: str, step: str) -> None:
    read = _read(text)
    assert read is not None
    assert (Decimal(read[0]), Decimal(read[1])) == (Decimal(value), Decimal(step))


@pytest.mark.parametrize(
    "text", ["nineteen eighty-four", "twenty twenty", "million", "hundred", "people", "a man", "several men"]
)
def test_words_that_are_no_number(text: str) -> None:
    assert _read(text) is None


@pytest.mark.parametrize(
    ("text", "money", "value"),
    [("5m", True, "5000000"), ("5m", False, "5"), ("2t", True, "2000000000000"), ("2t", False, "2")],
)
def test_letters_are_scales_behind_money_alone(text: str, money: bool, value: str) -> None:
    read = _read(text, money=money)
    assert read is not None
    assert read[0] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two-thirds", Decimal(2) / 3),
        ("a quarter", Decimal("0.25")),
        ("nine tenths", Decimal("0.9")),
        ("one half", Decimal("0.5")),
    ],
)
def test_fractions(text: str, value: Decimal) -> None:
    tokens = Tokens(text, 0, len(text))
    fraction = find_fraction(tokens, 0)
    assert fraction is not None
    assert (fraction.value, fraction.form) == (value, Form.FRACTION)


@pytest.mark.parametrize("text", ["two quarters", "five thirds", "a third party", "two halves"])
def test_no_fraction_above_one(text: str) -> None:
    tokens = Tokens(text, 0, len(text))
    fraction = find_fraction(tokens, 0)
    assert fraction is None or fraction.value < 1
