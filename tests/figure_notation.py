"""Write a figure on one line, for tables of cases: `2,590 = 2590 count of(enforced returns: return) part in(9,400)`."""

from __future__ import annotations

from headwater.domain.quantities import Dimension, Qualifier, Quantity, Role


def describe(quantity: Quantity, text: str) -> str:
    """Return everything read of a figure on one line: surface, value, unit, rate, qualifier, counted, direction, role.

    Args:
        quantity: The figure.
        text: The text it was read from.
    """
    upper = "" if quantity.upper is None else f"..{quantity.upper}"
    parts = [quantity.surface, "=", f"{quantity.value}{upper}", _unit(quantity)]
    if quantity.qualifier is not Qualifier.EXACT:
        parts.append(f"{quantity.qualifier.value}[{quantity.qualifier_surface}]")
    if quantity.counted:
        parts.append(f"of({quantity.counted}: {quantity.counted_head})")
    if quantity.direction is not None:
        parts.append(quantity.direction.value)
    if quantity.role is not Role.LEVEL:
        parts.append(quantity.role.value)
    if quantity.whole is not None:
        parts.append(f"in({quantity.whole.slice(text)})")
    if quantity.vague:
        parts.append("vague")
    return " ".join(parts)


def _unit(quantity: Quantity) -> str:
    unit = quantity.unit
    name = unit.code or unit.dimension.value
    if unit.dimension is Dimension.AGE:
        name = f"age in {unit.code}s"
    if unit.per is None:
        return name
    amount = "" if unit.per_amount == 1 else f"{unit.per_amount} "
    return f"{name} per {amount}{unit.per}"
