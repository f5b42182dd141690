"""Full stops that group thousands, as much of Europe writes them: "100.000 people" are a hundred thousand."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from headwater.domain.quantities import Dimension, Quantity

# Three decimals that are all naught state a precision that neither money nor a count of things has.
_NAUGHTS = re.compile(r"[^\d.,]*[1-9]\d{0,2}\.000(?![\d.,]).*", re.DOTALL)
_GROUPS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_WHOLE = frozenset({"person"})  # what comes in whole ones only, so that any three decimals are a group


def read_stops(quantity: Quantity) -> Quantity:
    """Return the quantity with its full stops read as grouping, where nothing else makes sense.

    Args:
        quantity: As read, the first full stop taken for a decimal point.

    Returns:
        The same quantity where its full stop may be a decimal point.
    """
    if "." not in quantity.surface or quantity.upper is not None or quantity.unit.per is not None:
        return quantity
    found = None
    if quantity.unit.dimension is Dimension.COUNT and quantity.counted_head in _WHOLE:
        found = _GROUPS.fullmatch(quantity.surface)
    if found is None and (quantity.unit.dimension is Dimension.CURRENCY or quantity.counted_head):
        found = _NAUGHTS.fullmatch(quantity.surface)
    if found is None or quantity.unit.dimension not in {Dimension.COUNT, Dimension.CURRENCY} or quantity.step >= 1:
        return quantity
    return replace(quantity, value=quantity.value * 1000, step=Decimal(1))
