"""Figures among the words of a quotation: read so far that equal values in other words are known as equal."""

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
_FIGURE = re.compile(r"[£$€¥%]?\d++(?:\.\d++)?")
_SHORTEST_SCALE_WORD = 3  # letters: "m" and "bn" count behind digits only
_TENS = 20  # from here on a number word takes units behind it: "twenty-four"
_TEN = 10
_MOST_WORDS = 12  # of one figure: "nine hundred and ninety-nine thousand nine hundred and ninety-nine pounds"


def is_figure(key: str) -> bool:
    """Say whether a folded word is a figure: "100000", "£75000000", "%19".

    Args:
        key: As `read_figure` makes it.
    """
    return bool(_FIGURE.fullmatch(key))


def figure_values(keys: Sequence[str]) -> list[str]:
    """Return the figures among folded words, sorted; "one" counts as one.

    Args:
        keys: Folded words.
    """
    return sorted("1" if key == "one" else key for key in keys if key == "one" or is_figure(key))


@lru_cache(maxsize=4096)
def begins_figure(word: str, following: str) -> bool:
    """Say whether a figure begins with a word.

    Args:
        word: Lower-case word, digits without separators.
        following: The next one, or "".
    """
    if word in ("a", "one"):
        return following in _SCALES and len(following) >= _SHORTEST_SCALE_WORD
    return word in _UNITS or bool(_DIGITS.fullmatch(word))


def figure_length(words: Sequence[str]) -> int:
    """Return how many words belong to the figure that the first of them begins.

    Args:
        words: Lower-case words, those behind the figure among them.
    """
    length = 1
    while length < min(len(words), _MOST_WORDS):
        if _goes_on(words[length - 1], words[length]):
            length += 1
        elif words[length] == "and" and words[length - 1] in _SCALES and words[length + 1 : length + 2] in _AFTER_AND:
            length += 2
        else:
            break
        if words[length - 1] in _MEASURES:
            break
    return length


def _goes_on(word: str, following: str) -> bool:
    if following in _MEASURES:
        return True
    digits = _DIGITS.fullmatch(word)
    if following in _SCALES:
        return bool(digits) or (
            len(following) >= _SHORTEST_SCALE_WORD and (word in _UNITS or word in _SCALES or word == "a")
        )
    if following not in _UNITS or digits:
        return False
    if word in _SCALES:
        return True
    return _UNITS.get(word, 0) >= _TENS and 0 < _UNITS[following] < _TEN


_AFTER_AND = [[unit] for unit in _UNITS]


def read_figure(words: Sequence[str]) -> str:
    """Return a figure's folded form: what is measured, and the value: "£75000000" for "£75", "million".

    Args:
        words: Lower-case words of one figure.
    """
    total, value, measure = Decimal(0), Decimal(0), ""
    for word in words:
        digits = _DIGITS.fullmatch(word)
        if digits:
            measure, value = _of_digits(digits)
        elif word in _UNITS:
            value += _UNITS[word]
        elif word in _SCALES:
            value = (value or Decimal(1)) * _SCALES[word]
            if _SCALES[word] > 100:
                total, value = total + value, Decimal(0)
        elif word in _MEASURES:
            measure = _MEASURES[word]
    number = f"{(total + value).normalize():f}"
    return f"{measure}{number}"


def _of_digits(digits: re.Match[str]) -> tuple[str, Decimal]:
    sign, number, unit = digits.groups()
    if number.count(".") > 1 or _GROUPED.fullmatch(number):
        number = number.replace(".", "")  # thousands parted by points: "100.000"
    measure = "%" if unit == "%" else sign
    return measure, Decimal(number) * _SCALES.get(unit or "", 1)
