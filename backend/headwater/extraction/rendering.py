"""Write a quantity out in words or digits, so that reading it again gives the same quantity."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cache

from headwater.domain.quantities import Dimension, Quantity, Unit
from headwater.extraction.currencies import load_signs
from headwater.extraction.numeral_types import SCALES, SMALL, TENS
from headwater.extraction.units import PLURAL_NAMES

_SCALE_NAMES = ("trillion", "billion", "million")
_LARGEST_IN_WORDS = Decimal(10) ** 15
_UNITS_IN_WORDS = {number: word for word, number in SMALL.items() if word not in {"nought", "nil"}}
_TENS_IN_WORDS = {number: word for word, number in TENS.items() if word != "fourty"}
_PEOPLE = {"person": "people"}


class Style(StrEnum):
    """How a quantity is written."""

    PLAIN = "plain"  # 75000000
    GROUPED = "grouped"  # 75,000,000
    SCALED = "scaled"  # 75 million
    WORDS = "words"  # seventy-five million


def render(quantity: Quantity, style: Style = Style.GROUPED) -> str:
    """Return a quantity as text: number, unit, rate and what is counted; qualifier and role are left out.

    A number that a style cannot write exactly ("75,000,001" in millions) is written in groups.

    Args:
        quantity: The quantity; of a range both ends are written.
        style: How to write the number.

    >>> from headwater.extraction.quantities import extract_quantities
    >>> (read,) = extract_quantities("an extra £75m a year")
    >>> [render(read, style) for style in (Style.GROUPED, Style.SCALED)]
    ['£75,000,000 per year', '£75 million per year']
    """
    text = render_number(quantity.value, style)
    if quantity.upper is not None:
        text = f"{text} to {_with_sign(render_number(quantity.upper, style), quantity.unit)}"
    text = _with_unit(_with_sign(text, quantity.unit), quantity)
    return text + _rate(quantity.unit, style)


def render_number(value: Decimal, style: Style = Style.GROUPED) -> str:
    """Return a number as text.

    Args:
        value: The number.
        style: How to write it.

    >>> [render_number(Decimal("2500000"), style) for style in (Style.PLAIN, Style.SCALED, Style.WORDS)]
    ['2500000', '2.5 million', 'two million five hundred thousand']
    """
    if value < 0:
        return ("minus " if style is Style.WORDS else "-") + render_number(-value, style)
    if style is Style.PLAIN:
        return f"{value:f}"
    if style is Style.SCALED:
        return _scaled(value)
    if style is Style.WORDS and value == value.to_integral_value() and value < _LARGEST_IN_WORDS:
        return _in_words(int(value))
    return f"{value:,f}"


def _scaled(value: Decimal) -> str:
    for name in _SCALE_NAMES:
        mantissa = (value / SCALES[name]).normalize()
        if mantissa >= 1 and mantissa == mantissa.quantize(Decimal("0.001")):
            return f"{mantissa:,f} {name}"
    return f"{value:,f}"


def _in_words(number: int) -> str:
    """Return a whole number below 10 to the 15th in British words."""
    if number < 20:
        return _UNITS_IN_WORDS[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS_IN_WORDS[tens * 10] + (f"-{_UNITS_IN_WORDS[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_UNITS_IN_WORDS[hundreds]} hundred" + (f" and {_in_words(rest)}" if rest else "")
    for name in (*_SCALE_NAMES, "thousand"):
        scale = int(SCALES[name])
        if number >= scale:
            head, rest = divmod(number, scale)
            joint = " and " if 0 < rest < 100 else " "
            return f"{_in_words(head)} {name}" + (f"{joint}{_in_words(rest)}" if rest else "")
    raise ValueError(f"no words for {number}")


@cache
def _signs_by_code() -> dict[str, str]:
    """Return the shortest sign of each currency that has one."""
    signs: dict[str, str] = {}
    for sign, code in load_signs().items():
        if len(sign) < len(signs.get(code, "    ")) and sign[-1] not in "￡＄￥₤":
            signs[code] = sign
    return signs


def _with_sign(text: str, unit: Unit) -> str:
    """Put the sign or the code of a currency before a number in digits or words."""
    if unit.dimension is not Dimension.CURRENCY:
        return text
    sign = _signs_by_code().get(unit.code)
    if sign is None or text[:1].isalpha():
        if text[:1].isalpha():
            return text
        return f"-{unit.code} {text[1:]}" if text.startswith("-") else f"{unit.code} {text}"
    return f"-{sign}{text[1:]}" if text.startswith("-") else f"{sign}{text}"


def _with_unit(text: str, quantity: Quantity) -> str:
    """Put the unit, the code of a currency in words, or what is counted behind a number."""
    unit = quantity.unit
    if unit.dimension is Dimension.CURRENCY:
        return f"{text} {unit.code}" if text[:1].isalpha() and unit.code not in text else text
    if unit.dimension is Dimension.AGE:
        return f"aged {text}"
    if unit.dimension is Dimension.COUNT:
        return f"{text} {quantity.counted}" if quantity.counted else text
    name = PLURAL_NAMES.get(unit.code, "")
    return f"{text}{name}" if name == "%" and text[-1:].isdigit() else f"{text} {name}" if name else text


def _rate(unit: Unit, style: Style) -> str:
    """Return " per 100,000 people" for a rate, else nothing."""
    if unit.per is None:
        return ""
    if unit.per_amount == 1:
        return f" per {unit.per}"
    plural = _PEOPLE.get(unit.per, f"{unit.per}s")
    return f" per {render_number(unit.per_amount, Style.PLAIN if style is Style.PLAIN else Style.GROUPED)} {plural}"
