"""Whether "twice as many" or "tripled" can follow from the source: from two of its figures, or one change.

Any two figures are some multiple of each other, so agreement is never found here. What can be seen is that none of the
figures beside each other in the first passages, or beside one that the claim names, comes near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from headwater.comparison.contexts import Context
from headwater.comparison.derivations import Placed
from headwater.comparison.measures import HUNDRED, group
from headwater.comparison.pairing import Candidate
from headwater.comparison.reckoning import Key, are_beside, are_of_a_kind, is_operand
from headwater.domain.quantities import Dimension, Qualifier, Role

NEAR = Decimal("0.1")  # "three times" of 2.7 to 3.3
HEDGED = Decimal("0.2")  # "about twice", and "almost three times" of 2.5
OPEN = Decimal("0.5")  # "more than double" of what nearly trebled
OPERANDS = 24  # figures looked at
RELATED = 0.25  # share of the claim's content that the passage's sentence has to hold: it speaks of the matter
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def is_of_no_pair(
    claimed: Context, figures: Sequence[Placed], named: Mapping[Key, Placed], ranked: Sequence[Candidate]
) -> bool:
    """Say whether a multiple has figures that it would have to follow from, and follows from none of them.

    Args:
        claimed: A figure that the source does not state.
        figures: The source's figures, each with its passage's place in the list.
        named: Source figures that other figures of the claim agree with, by passage and beginning.
        ranked: The official figures that it may face.
    """
    if claimed.figure.unit.dimension is not Dimension.MULTIPLE or claimed.figure.upper is not None:
        return False
    operands = [placed for placed in figures if is_operand(placed)][:OPERANDS]
    ratios = list(_ratios(operands, named))
    spoken = bool(named) or any(one.passage == 0 and one.binding.coverage >= RELATED for one in ranked)
    told = [*ratios, *_changes(operands), *_own(claimed)]
    return bool(ratios) and spoken and not any(_fits(claimed, ratio) for ratio in told)


def _ratios(operands: Sequence[Placed], named: Mapping[Key, Placed]) -> Iterator[Decimal]:
    for pair in combinations(operands, 2):
        one, other = (placed[1].figure for placed in pair)
        if are_of_a_kind(one.unit, other.unit) and are_beside(pair, named):
            small, large = sorted((one.value * one.unit.factor, other.value * other.unit.factor))
            yield large / small


def _changes(operands: Sequence[Placed]) -> Iterator[Decimal]:
    """Yield what a change in per cent makes of a thing: 108 per cent more is 2.08 times as much."""
    for _, context in operands:
        figure = context.figure
        share = figure.unit.dimension is Dimension.PERCENT
        if figure.unit.dimension is Dimension.MULTIPLE:
            yield figure.value
        elif share and figure.value < HUNDRED:
            yield HUNDRED / (HUNDRED - figure.value)
        if share and (figure.role is Role.CHANGE_BY or figure.value >= HUNDRED):
            yield 1 + figure.value / HUNDRED
        if group(figure.unit.dimension) == "share" and not share and figure.value:
            yield 1 / figure.value  # "half" of it is what twice as much was


def _own(claimed: Context) -> Iterator[Decimal]:
    """Yield the ratios of the numbers of the claim's own sentence: "doubles, from 15 hours to 30"."""
    written = _NUMBER.findall(claimed.sentence.slice(claimed.text))
    numbers = [Decimal(one.replace(",", "")) for one in written[:OPERANDS]]
    yield from (max(pair) / min(pair) for pair in combinations(numbers, 2) if min(pair) > 0)


def _fits(claimed: Context, ratio: Decimal) -> bool:
    value, hedge = claimed.figure.value, claimed.figure.qualifier
    value = 1 / value if 0 < value < 1 else value  # "halved"
    if hedge in {Qualifier.ABOVE, Qualifier.AT_LEAST}:
        return value * (1 - NEAR / 2) <= ratio <= value * (1 + OPEN)
    if hedge in {Qualifier.BELOW, Qualifier.AT_MOST}:
        return value * (1 - HEDGED) <= ratio <= value * (1 + NEAR / 2)
    return abs(ratio - value) <= value * (NEAR if hedge is Qualifier.EXACT else HEDGED)
