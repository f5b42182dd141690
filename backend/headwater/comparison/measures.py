"""Two figures brought to one measure, or the reason why they cannot be."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from headwater.comparison.figure_outcomes import Outcome
from headwater.domain.quantities import Dimension, Direction, Quantity, Role, Unit

HUNDRED = Decimal(100)
FRACTION_STEP = Decimal(1)  # percentage points: a fraction in words is no finer than a whole per cent
CHANGES = frozenset({Role.CHANGE_BY})


@dataclass(frozen=True, slots=True)
class Measure:
    """One side in the measure that both share.

    Args:
        value: The value, or the lower end.
        upper: The upper end, or None.
        step: One unit of the last stated digit.
        fraction: Whether it was written as a fraction ("a fifth").
    """

    value: Decimal
    upper: Decimal | None
    step: Decimal
    fraction: bool = False

    @property
    def grain(self) -> Decimal:
        """One unit of the last digit that is not nought: 100 for 9,400, never below the stated step."""
        if not self.value:
            return self.step
        exponent = self.value.normalize().as_tuple().exponent
        return max(self.step, Decimal(1).scaleb(exponent)) if isinstance(exponent, int) else self.step


@dataclass(frozen=True, slots=True)
class Measured:
    """Both sides in one measure; `converted` where the claim was written in another unit."""

    claimed: Measure
    official: Measure
    converted: bool


@cache
def tables() -> dict[str, Any]:
    """Return the tables of measures.toml."""
    return tomllib.loads((Path(__file__).parent / "measures.toml").read_text("utf-8"))


@cache
def whereabouts() -> dict[str, frozenset[str]]:
    """Return, by a noun for persons, the words of which one in a sentence makes its "people" such persons."""
    return {noun: frozenset(words.split()) for noun, words in tables()["whereabouts"].items()}


@cache
def group(dimension: Dimension) -> str:
    """Return the group of dimensions whose figures may speak of one thing.

    >>> group(Dimension.PROPORTION) == group(Dimension.PERCENT)
    True
    >>> group(Dimension.CURRENCY) == group(Dimension.COUNT)
    False
    """
    for name, dimensions in tables()["groups"].items():
        if dimension.value in dimensions:
            return str(name)
    return dimension.value


def measure(claimed: Quantity, official: Quantity) -> Measured | Outcome:
    """Bring two figures to the official side's unit.

    Args:
        claimed: The figure of the text in hand.
        official: The source's figure.

    Returns:
        Both in one measure, or the outcome that says why there is none.
    """
    mine, theirs = claimed.unit, official.unit
    if group(mine.dimension) != group(theirs.dimension):
        return Outcome.UNIT
    if mine == theirs and mine.dimension not in {Dimension.PROPORTION, Dimension.MULTIPLE}:
        return Measured(_plain(claimed, Decimal(1)), _plain(official, Decimal(1)), converted=False)
    if group(mine.dimension) == "share":
        return _shares(claimed, official)
    if mine.dimension is Dimension.TEMPERATURE:
        return _temperatures(claimed, official)
    return _scaled(claimed, official)


def _scaled(claimed: Quantity, official: Quantity) -> Measured | Outcome:
    """Bring two figures of one dimension to one unit by their factors and rates."""
    if claimed.unit.dimension is Dimension.CURRENCY and not _one_currency(claimed, official):
        return Outcome.CURRENCY
    rate = _rate(claimed.unit, official.unit)
    if rate is None or not official.unit.factor:
        return Outcome.UNIT
    ratio = claimed.unit.factor / official.unit.factor * rate
    other = _name(claimed.unit) != _name(official.unit)
    return Measured(_plain(claimed, ratio), _plain(official, Decimal(1)), converted=other and ratio != 1)


def _name(unit: Unit) -> tuple[str, str | None, Decimal]:
    return unit.code, unit.per, unit.per_amount


def _plain(quantity: Quantity, ratio: Decimal) -> Measure:
    upper = quantity.upper * ratio if quantity.upper is not None else None
    return Measure(quantity.value * ratio, upper, abs(quantity.step * ratio))


def _one_currency(claimed: Quantity, official: Quantity) -> bool:
    if claimed.unit.code == official.unit.code:
        return True
    dollars = tables()["dollars"]
    pair = {claimed.unit.code, official.unit.code}
    bare = any(re.search(dollars["bare"], side.surface.lower()) for side in (claimed, official))
    return bare and pair <= set(dollars["codes"])


def _rate(claimed: Unit, official: Unit) -> Decimal | None:
    """Return what the claimed rate is to be multiplied by, or None where the two are no rates of one kind."""
    if not claimed.per or not official.per:
        return Decimal(1)  # that one of them is a rate is told apart from the amount
    amounts = official.per_amount / claimed.per_amount if claimed.per_amount else Decimal(1)
    mine, other = _denominator(claimed.per), _denominator(official.per)
    if mine == other:
        return amounts
    periods = tables()["periods"]
    if mine in periods and other in periods:
        return Decimal(periods[other]) / Decimal(periods[mine]) * amounts
    # "per 100,000" against "per 100,000 people": one names the denominator, the other leaves it out.
    return amounts if claimed.per_amount > 1 and official.per_amount > 1 else None


def _denominator(per: str) -> str:
    words = [word[:-1] if word.endswith("s") and len(word) > 3 else word for word in per.lower().split()]
    periods = [word for word in words if word in tables()["periods"]]  # "a day on average"
    return periods[0] if periods else "".join(words[-1:])


def _shares(claimed: Quantity, official: Quantity) -> Measured | Outcome:
    points = [side.unit.dimension is Dimension.PERCENTAGE_POINTS for side in (claimed, official)]
    if any(points):
        if not all(points):
            return Outcome.POINTS
        ratio = claimed.unit.factor / official.unit.factor if official.unit.factor else Decimal(1)
        other = claimed.unit.code != official.unit.code
        return Measured(_plain(claimed, ratio), _plain(official, Decimal(1)), converted=other)
    multiples = [side.unit.dimension is Dimension.MULTIPLE for side in (claimed, official)]
    if all(multiples):
        return Measured(_plain(claimed, Decimal(1)), _plain(official, Decimal(1)), converted=False)
    if any(multiples) and (claimed if multiples[1] else official).role not in CHANGES:
        return Outcome.UNIT
    mine, theirs = _per_cent(claimed), _per_cent(official)
    return Measured(mine, theirs, converted=claimed.unit.dimension is not official.unit.dimension)


def _per_cent(quantity: Quantity) -> Measure:
    """Return a percentage, a fraction or a multiple as per cent; a multiple as the change that makes it."""
    if quantity.unit.dimension is Dimension.MULTIPLE:
        return Measure(abs(quantity.value - 1) * HUNDRED, None, FRACTION_STEP, fraction=True)
    if quantity.unit.dimension is Dimension.PROPORTION:
        upper = quantity.upper * HUNDRED if quantity.upper is not None else None
        return Measure(quantity.value * HUNDRED, upper, FRACTION_STEP, fraction=True)
    return _plain(quantity, Decimal(1))


def _temperatures(claimed: Quantity, official: Quantity) -> Measured:
    mine, theirs = _scale_of(claimed.unit), _scale_of(official.unit)
    if mine == theirs:
        return Measured(_plain(claimed, Decimal(1)), _plain(official, Decimal(1)), converted=False)
    difference = any(side.role in CHANGES for side in (claimed, official))
    ratio = _degree(mine) / _degree(theirs)
    value = _celsius(claimed.value, mine, difference=difference)
    upper = _celsius(claimed.upper, mine, difference=difference) if claimed.upper is not None else None
    return Measured(
        Measure(
            _from_celsius(value, theirs, difference=difference),
            _from_celsius(upper, theirs, difference=difference) if upper is not None else None,
            claimed.step * ratio,
        ),
        _plain(official, Decimal(1)),
        converted=True,
    )


def _scale_of(unit: Unit) -> str:
    code = unit.code.lower()
    return "fahrenheit" if "fahr" in code else "kelvin" if "kelvin" in code else "celsius"


def _degree(scale: str) -> Decimal:
    return Decimal(5) / Decimal(9) if scale == "fahrenheit" else Decimal(1)


def _offset(scale: str) -> Decimal:
    return {"fahrenheit": Decimal(32), "kelvin": Decimal("273.15")}.get(scale, Decimal(0))


def _celsius(value: Decimal, scale: str, *, difference: bool) -> Decimal:
    return (value - (0 if difference else _offset(scale))) * _degree(scale)


def _from_celsius(value: Decimal, scale: str, *, difference: bool) -> Decimal:
    return value / _degree(scale) + (0 if difference else _offset(scale))


def moved(quantity: Quantity) -> Direction | None:
    """Return which way a figure moved, a minus sign on a change counted as down."""
    if quantity.role in CHANGES and quantity.value < 0:
        return Direction.UP if quantity.direction is Direction.DOWN else Direction.DOWN
    return quantity.direction
