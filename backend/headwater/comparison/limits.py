"""Bounds put in nouns: "a maximum penalty of $5,000" bounds as "up to $5,000" does, "a minimum fine" the other way."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from headwater.comparison.contexts import Context
from headwater.comparison.figure_outcomes import FigureOutcome, Outcome
from headwater.comparison.phrasing import explain
from headwater.domain.quantities import Qualifier

REACH = 60  # characters before a figure: "a maximum penalty on conviction of"
SIDES = {
    Qualifier.AT_MOST: "most",
    Qualifier.BELOW: "most",
    Qualifier.AT_LEAST: "least",
    Qualifier.ABOVE: "least",
}


def settle_limits(claimed: Context, official: Context, outcome: FigureOutcome) -> FigureOutcome:
    """Return the outcome of two figures of one value, bounds in nouns taken into account.

    Args:
        claimed: The claimed figure in its sentence.
        official: The official figure in its sentence.
        outcome: What comparing the two figures alone came to.
    """
    if outcome.absolute or outcome.outcome not in {Outcome.EQUAL, Outcome.BOUND_ADDED, Outcome.HEDGE_DROPPED}:
        return outcome
    if outcome.outcome is Outcome.BOUND_ADDED and _written(official) == limit(claimed):
        return replace(
            outcome, outcome=Outcome.EQUAL, explanation=explain(Outcome.EQUAL, claimed.figure, official.figure)
        )
    mine, theirs = limit(claimed), limit(official)
    if not mine or not theirs or (mine == SIDES.get(claimed.figure.qualifier) and outcome.outcome is Outcome.EQUAL):
        return outcome
    settled = Outcome.EQUAL if mine == theirs else Outcome.HEDGE_FLIPPED
    return replace(outcome, outcome=settled, explanation=explain(settled, claimed.figure, official.figure))


def limit(context: Context) -> str:
    """Return "most" or "least" where a figure is given as a bound, by its hedge or by a noun before it, else "".

    Args:
        context: A figure in its sentence.
    """
    hedge = SIDES.get(context.figure.qualifier, "")
    if hedge:
        return hedge
    before = context.text[max(context.sentence.start, context.figure.span.start - REACH) : context.figure.span.start]
    return next((side for side in ("most", "least") if _nouns(side).search(before)), "")


def _written(context: Context) -> str:
    """Return the side of a hedge right before a figure that the reader took for something else ("in over 50 years")."""
    before = context.text[max(context.sentence.start, context.figure.span.start - REACH) : context.figure.span.start]
    return next((side for side in ("most", "least") if _nouns(f"written_{side}").search(before)), "")


@cache
def _nouns(side: str) -> re.Pattern[str]:
    table = tomllib.loads((Path(__file__).parent / "limits.toml").read_text("utf-8"))
    return re.compile(table[side], re.IGNORECASE)
