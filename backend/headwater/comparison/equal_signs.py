"""Signs that an equal figure somewhere in a document is the claimed one, or is equal by chance."""

from __future__ import annotations

from decimal import Decimal

from headwater.comparison.contexts import Context
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.measures import group
from headwater.comparison.pairing import Candidate
from headwater.domain.quantities import Dimension, Quantity, Role

SIZE = 3  # times larger or smaller: of one size
ALIKE = 0.5  # of the words nearest to two figures


def is_written(candidate: Candidate) -> bool:
    """Say whether the document has a measured figure to the digit: that it does not state it would be untrue."""
    unit = candidate.official.figure.unit
    measured = unit.dimension in {Dimension.PERCENT, Dimension.CURRENCY, Dimension.PERCENTAGE_POINTS}
    return measured and candidate.outcome.outcome is Outcome.EQUAL


def stated(context: Context) -> tuple[Decimal, str]:
    """Return what a figure says: its amount and its unit."""
    return context.figure.value * context.figure.unit.factor, context.figure.unit.code


def is_rival(mine: Quantity, theirs: Quantity) -> bool:
    """Say whether a figure is of the kind and size of a claimed one: such are equal by chance."""
    if group(mine.unit.dimension) != group(theirs.unit.dimension):
        return False
    if (mine.role is Role.CHANGE_BY) is not (theirs.role is Role.CHANGE_BY):
        return False
    one, other = abs(mine.value * mine.unit.factor), abs(theirs.value * theirs.unit.factor)
    return mine.unit.code != theirs.unit.code or (one <= SIZE * other and other <= SIZE * one)


def is_parallel(one: Context, other: Context) -> bool:
    """Say whether two figures stand in sentences built alike: rows of one list."""
    if one.figure.unit.dimension is not other.figure.unit.dimension or one.sentence == other.sentence:
        return False
    shared = sum(told for word, told in one.closest.items() if word in other.closest)
    return bool(shared) and shared >= ALIKE * max(sum(one.closest.values()), sum(other.closest.values()))
