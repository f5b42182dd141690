"""Ranges that one side writes so that the reader takes one end alone: "zero to 0.25%", "2, 3 and 4 bedroom homes"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from headwater.comparison.contexts import Context
from headwater.comparison.figure_outcomes import FigureOutcome, Outcome
from headwater.comparison.phrasing import explain
from headwater.extraction.quantities import extract_quantities

REMEMBERED = 512  # short strings: an article's passages are compared with each of its claims in turn
BESIDE = 40  # characters beside the figure: "between zero and", "from 159,200 offenders to"


def settle_ends(claimed: Context, official: Context, outcome: FigureOutcome) -> FigureOutcome:
    """Return the outcome of a range against one figure, where the other end stands right before that figure.

    Args:
        claimed: The claimed figure in its sentence.
        official: The official figure in its sentence.
        outcome: What comparing the two figures alone came to.
    """
    sides = (claimed, official)
    ranges = [side for side in sides if side.figure.upper is not None]
    if outcome.outcome is not Outcome.RANGE_POINT or len(ranges) != 1:
        return outcome
    (point,) = (side for side in sides if side.figure.upper is None)
    low, high = ranges[0].figure.value, ranges[0].figure.upper
    value = point.figure.value
    if not (value == high and low in _numbers_before(point)) and not (value == low and high in _numbers_behind(point)):
        return outcome
    return replace(outcome, outcome=Outcome.EQUAL, explanation=explain(Outcome.EQUAL, claimed.figure, official.figure))


def _numbers_before(context: Context) -> frozenset[Decimal]:
    start = max(context.sentence.start, context.figure.span.start - BESIDE)
    return _numbers(context.text[start : context.figure.span.start])


def _numbers_behind(context: Context) -> frozenset[Decimal]:
    end = min(context.sentence.end, context.figure.span.end + BESIDE)
    behind = context.text[context.figure.span.end : end]
    return _numbers(behind.rsplit(" ", 1)[0] if end < context.sentence.end else behind)


@lru_cache(maxsize=REMEMBERED)
def _numbers(words: str) -> frozenset[Decimal]:
    zero = {Decimal(0)} if {"zero", "nought", "nil"} & set(words.lower().split()) else set()
    return frozenset(
        zero | {Decimal(word) for word in words.replace(",", " ").split() if word.isascii() and word.isdigit()}
    ) | frozenset(quantity.value for quantity in extract_quantities(words))
