"""Signs that an equal figure somewhere in a document is the claimed one, or is equal by chance."""

from __future__ import annotations

from decimal import Decimal

from headwater.comparison.contexts import Context
from headwater.comparison.figure_outcomes import EQUAL_VALUES, Outcome
from headwater.comparison.measures import group
from headwater.comparison.pairing import Candidate
from headwater.domain.quantities import Dimension, Quantity, Role

MEASURED = frozenset({Dimension.PERCENT, Dimension.CURRENCY, Dimension.PERCENTAGE_POINTS})
LARGE = 1000
ROUNDED = frozenset({Outcome.ROUNDED_BARE, Outcome.FINER, Outcome.BOUND_LOOSE})
NEARLY = Decimal("0.01")  # of the value: "more than 5,100" of 5,135
SIZE = 3  # times larger or smaller: of one size
ALIKE = 0.5  # of the words nearest to two figures


def is_written(candidate: Candidate) -> bool:
    """Say whether the document has a figure to the digit: that it does not state it would be untrue.

    Measured figures, and numbers too large to be equal by chance.
    """
    figure, outcome = candidate.official.figure, candidate.outcome
    if outcome.absolute is None or abs(outcome.relative or Decimal(0)) > NEARLY:
        return False
    if outcome.outcome not in EQUAL_VALUES | ROUNDED or outcome.outcome is Outcome.HEDGE_FLIPPED:
        return False  # "more than 35,800" is no 35,781, and 5,136 no 5,135
    if figure.unit.dimension in MEASURED:
        sum_of_money = figure.unit.dimension is Dimension.CURRENCY and abs(figure.value) >= LARGE
        return outcome.outcome is Outcome.EQUAL or (sum_of_money and outcome.outcome is Outcome.SAME_ROUNDED)
    return figure.unit.dimension is Dimension.COUNT and abs(figure.value) >= LARGE


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
