"""Figures among the words of a quotation, read so far that equal values in other words are known as equal."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

_TABLE = tomllib.loads((Path(__file__).parent / "quotation_numbers.toml").read_text("utf-8"))
_UNITS: dict[str, int] = _TABLE["units"]
_SCALES: dict[str, int] = _TABLE["scales"]
_MEASURES: dict[str, str] = _TABLE["measures"]
_DIGITS = re.compile(r"([£$€¥]?)(\d++(?:\.\d++)*)(%|[a-z]{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")

Value = tuple[str, Decimal | str]


@lru_cache(maxsize=4096)
def is_figure_word(word: str) -> bool:
    """Say whether a folded word is a figure or part of one ("£75m", "twenty", "million")."""
    if word in _UNITS:
        return word != "one"  # "one" is a pronoun as often as a figure
    return (word in _SCALES and len(word) > 2) or bool(_DIGITS.fullmatch(word))


def figure_values(words: Sequence[str]) -> list[Value]:
    """Read the figures of some words: what is measured ("£", "%" or "") and the value, in order of size.

    Args:
        words: Folded words.
    """
    values: list[Value] = []
    measure, value, pending = "", Decimal(0), False
    for word in (*words, ""):
        digits = _DIGITS.fullmatch(word)
        if digits:
            if pending:
                values.append((measure, value))
            measure, value, pending = _of_digits(digits)
        elif word in _UNITS:
            value, pending = (value if pending else Decimal(0)) + _UNITS[word], True
        elif word in _SCALES and (pending or len(word) > 2):
            value, pending = (value if pending else Decimal(1)) * _SCALES[word], True
        elif word in _MEASURES:
            measure = _MEASURES[word]
        elif word in ("and", "per", "cent") and pending:
            measure = "%" if word == "cent" else measure
        elif pending:
            values.append((measure, value))
            measure, value, pending = "", Decimal(0), False
    return sorted(values, key=str)


def _of_digits(digits: re.Match[str]) -> tuple[str, Decimal, bool]:
    sign, number, unit = digits.groups()
    if number.count(".") > 1 or _GROUPED.fullmatch(number):
        number = number.replace(".", "")  # thousands parted by points: "100.000"
    measure = "%" if unit == "%" else sign
    return measure, Decimal(number) * _SCALES.get(unit or "", 1), True
