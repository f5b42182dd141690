"""Currencies by sign, code and name."""

from __future__ import annotations

import pytest

from headwater.extraction.currencies import find_after, find_before, load_codes, load_names, load_signs
from headwater.extraction.tokens import Tokens


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("£5", "GBP"),
        ("€5", "EUR"),
        ("US$5", "USD"),
        ("A$5", "AUD"),
        ("HK$5", "HKD"),
        ("R$5", "BRL"),
        ("CHF 5", "CHF"),
        ("Rs. 5", "INR"),
        ("₴5", "UAH"),
    ],
)
def test_before(text: str, code: str) -> None:
    found = find_before(Tokens(text, 0, len(text)), 0)
    assert found is not None
    assert found[0] == code


@pytest.mark.parametrize("text", ["ALL 5", "TOP 5", "TRY 5", "May 5", "the 5", "ABC 5"])
def test_words_that_are_no_currency(text: str) -> None:
    assert find_before(Tokens(text, 0, len(text)), 0) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pounds", "GBP"),
        ("US dollars", "USD"),
        ("Swiss francs", "CHF"),
        ("euros", "EUR"),
        ("yen", "JPY"),
        ("EUR", "EUR"),
        ("rupees", "INR"),
        ("New Zealand dollars", "NZD"),
    ],
)
def test_after(text: str, code: str) -> None:
    found = find_after(Tokens(text, 0, len(text)), 0)
    assert found is not None
    assert found[0] == code


def test_the_tables_are_those_of_cldr() -> None:
    assert {"GBP", "USD", "EUR", "JPY", "CHF"} <= load_codes()
    assert load_signs()["£"] == "GBP"
    assert load_names()["icelandic krónur"] == "ISK"
    assert len(load_names()) > 300
