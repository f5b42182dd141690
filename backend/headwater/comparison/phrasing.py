"""Amounts and differences in words: what a reporter reads beside a finding."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from headwater.domain.quantities import Dimension, Direction, Quantity, Role, Unit

PLACES = Decimal("0.01")  # amounts below a million are shown to at most two decimals
SHARE_PLACES = Decimal("0.1")  # a relative difference is shown to one decimal below ten per cent
ROLES = {
    Role.CHANGE_BY: "the size of a change",
    Role.CHANGE_TO: "what it changed to",
    Role.CHANGE_FROM: "what it changed from",
}
FEW, MANY = Decimal("0.01"), Decimal(1)  # below one per cent, and more than twice: said in other words


@cache
def phrases() -> dict[str, Any]:
    """Return the tables of phrases.toml."""
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text("utf-8"))


def number(value: Decimal) -> str:
    """Write a number with its scale word, no digit more than is needed.

    >>> number(Decimal(18_000_000)), number(Decimal("9400")), number(Decimal("0.300"))
    ('18 million', '9,400', '0.3')
    """
    for word, size in phrases()["scales"].items():
        if abs(value) >= size:
            return f"{_short(value / size)} {word}"
    return _short(value)


def _short(value: Decimal) -> str:
    fine = abs(value) < PLACES
    text = f"{value:,.6f}" if fine else f"{value.quantize(PLACES):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Decimal, unit: Unit) -> str:
    """Write an amount with its unit.

    >>> amount(Decimal(18_000_000), Unit(Dimension.CURRENCY, "GBP"))
    '£18 million'
    >>> amount(Decimal(19), Unit(Dimension.PERCENT, "percent"))
    '19%'
    """
    table = phrases()
    if unit.dimension is Dimension.CURRENCY:
        symbol = table["symbols"].get(unit.code)
        text = f"{symbol}{number(value)}" if symbol else f"{unit.code} {number(value)}"
    elif unit.dimension in {Dimension.PROPORTION, Dimension.MULTIPLE}:
        text = number(value)
    else:
        word = table["units"].get(unit.dimension.value) or table["units"].get(unit.code) or _plural(unit.code, value)
        text = f"{number(value)}{word}" if word == "%" else f"{number(value)} {word}".rstrip()
    if not unit.per:
        return text
    return f"{text} per {number(unit.per_amount)} {unit.per}" if unit.per_amount != 1 else f"{text} a {unit.per}"


def _plural(code: str, value: Decimal) -> str:
    word = code.replace("_", " ")
    return word if not word or abs(value) == 1 or word.endswith("s") else f"{word}s"


def share(relative: Decimal) -> str:
    """Write a relative difference as a percentage.

    >>> share(Decimal("-0.24")), share(Decimal("0.0127"))
    ('24%', '1.3%')
    """
    per_cent = abs(relative) * 100
    if per_cent >= 10:
        return f"{per_cent:,.0f}%"
    return "under 0.1%" if per_cent < SHARE_PLACES else f"{per_cent.quantize(SHARE_PLACES).normalize():f}%"


def times(ratio: Decimal) -> str:
    """Write a factor: "1,000 times", "a thousandth of".

    >>> times(Decimal(1000)), times(Decimal("0.001"))
    ('1,000 times', 'one 1,000th of')
    """
    if ratio >= 1:
        return f"{ratio.quantize(Decimal(1)):,f} times"
    return f"one {(1 / ratio).quantize(Decimal(1)):,f}th of" if ratio > 0 else "not"


def difference(absolute: Decimal, relative: Decimal | None, unit: Unit) -> str:
    """Write how far one side is from the other.

    >>> difference(Decimal(-18_000_000), Decimal("-0.24"), Unit(Dimension.CURRENCY, "GBP"))
    '£18 million (24%) less than'
    """
    way = "less than" if absolute < 0 else "more than"
    size = amount(abs(absolute), _difference_unit(unit))
    if relative is None:
        return f"{size} {way}"
    if relative >= MANY:
        return f"{size} more than ({_short(relative + 1)} times)"
    return f"{size} ({share(relative)}) {way}"


def _difference_unit(unit: Unit) -> Unit:
    """Return the unit a difference is in: two percentages differ by points."""
    shares = {Dimension.PERCENT, Dimension.PROPORTION, Dimension.MULTIPLE, Dimension.PERCENTAGE_POINTS}
    return Unit(Dimension.PERCENTAGE_POINTS, "percentage_point") if unit.dimension in shares else unit


def figure(quantity: Quantity) -> str:
    """Write a figure as its own text does, hedge included, in one line.

    >>> from headwater.domain.quantities import Qualifier
    >>> from headwater.domain.spans import Span
    >>> nearly = dict(qualifier=Qualifier.BELOW, qualifier_surface="nearly")
    >>> figure(Quantity("100,000", Span(0, 7), Decimal(100000), Unit(Dimension.COUNT), **nearly))
    'nearly 100,000'
    """
    hedge = " ".join(quantity.qualifier_surface.split()).lower()
    surface = " ".join(quantity.surface.split())
    if not hedge or hedge in surface.lower():
        return surface
    after = hedge.startswith("or ") or hedge in {"plus", "+", "or so", "odd"}
    return f"{surface} {hedge}" if after else f"{hedge} {surface}"


def explain(outcome: str, claimed: Quantity, official: Quantity | None, **words: str) -> str:
    """Fill the sentence of an outcome.

    Args:
        outcome: Its name in phrases.toml.
        claimed: The figure of the text in hand.
        official: The source's figure, or None where there is none.
        **words: What the sentence asks for besides the two figures.
    """
    filled = {
        "claimed": figure(claimed),
        "official": figure(official) if official else "",
        "gap": "",
        "swapped": "",
        "role": role(claimed),
        "other_role": role(official) if official else "",
        "way": direction(claimed.direction),
        "other_way": direction(official.direction) if official else "",
    }
    return str(phrases()["sentences"][outcome]).format(**(filled | words))


def role(quantity: Quantity) -> str:
    """Say what part a figure plays in a change."""
    return ROLES.get(quantity.role, "a level")


def direction(way: Direction | None) -> str:
    """Say which way a figure goes."""
    return way.value if way else "no way"
