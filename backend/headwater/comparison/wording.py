"""What the sentences around two figures explain away: a hedge, a rate or a "to" that one side puts in other words."""

from __future__ import annotations

import re
from dataclasses import replace

from headwater.comparison.contexts import Context, plain_words
from headwater.comparison.figure_outcomes import FigureOutcome, Outcome
from headwater.comparison.phrasing import explain
from headwater.comparison.vocabulary import concept, is_rate_of_change
from headwater.domain.quantities import Dimension, Role

PERCENTAGES = frozenset({Dimension.PERCENT, Dimension.PERCENTAGE_POINTS})
_GAP = re.compile(r" (?:above|below|ahead|behind|short|over|under|(?:higher|lower|more|less) than)\b")
_REVISED = re.compile(r"\brevis(?:ed|ion|ions|ing)\b", re.IGNORECASE)
READINGS = frozenset({"figure", "number", "reading"})  # "the figure drops to 1.4%" where prices rose by 1.4%


def settle(claimed: Context, official: Context, outcome: FigureOutcome) -> FigureOutcome:
    """Return the outcome of two figures in the light of the words around them.

    Five differences are none: the source's hedge in a word of the claim's own ("cap costs at" for "capped at"); a rate
    whose denominator the claim names elsewhere ("a litre of petrol costs 134p" for "134p per litre"); and "inflation
    rose to 2.3%" for "prices rose by 2.3%", for a rate of change stands at what prices rise by; and a distance that
    the claim has as what it moved from: "its lead narrowed from 28%" for "28% above"; and a change that was revised,
    told by its figures alone: "the fall was revised from 0.8% to 0.5%" for "revised from a fall of 0.8% to one of 0.5%"

    Args:
        claimed: The claimed figure in its sentence.
        official: The official figure in its sentence.
        outcome: What comparing the two figures alone came to.
    """
    explained = {
        Outcome.HEDGE_DROPPED: _hedges_otherwise,
        Outcome.RATE: _names_denominator,
        Outcome.BY_TO: _is_level_of_change,
        Outcome.DIRECTION: _is_rate_of_change,
    }.get(outcome.outcome)
    if explained is None or not explained(claimed, official):
        return outcome
    equal = not outcome.absolute
    if not equal:
        return outcome
    words = explain(Outcome.EQUAL, claimed.figure, official.figure)
    return replace(outcome, outcome=Outcome.EQUAL, explanation=words)


def _hedges_otherwise(claimed: Context, official: Context) -> bool:
    return any(concept(word) in claimed.told for word in official.figure.qualifier_surface.split())


def _names_denominator(claimed: Context, official: Context) -> bool:
    bare, rate = (claimed, official) if official.figure.unit.per else (official, claimed)
    words = plain_words(bare)
    return any(word in words for word in (rate.figure.unit.per or "").lower().split())


def _is_level_of_change(claimed: Context, official: Context) -> bool:
    sentences = (one.sentence.slice(one.text) for one in (claimed, official))
    revised = all(_REVISED.search(sentence) for sentence in sentences)
    return revised or _is_rate_of_change(claimed, official) or _is_gap_that_moved(claimed, official)


def _is_gap_that_moved(claimed: Context, official: Context) -> bool:
    """Say whether one side has a distance, and the other what it was before it moved: "28% above", "down from 28%"."""
    sides = {claimed.figure.role: claimed, official.figure.role: official}
    gap = sides.get(Role.CHANGE_BY)
    moved = Role.CHANGE_FROM in sides or Role.CHANGE_TO in sides
    return gap is not None and moved and bool(_GAP.match(gap.text, gap.figure.span.end))


def _is_rate_of_change(claimed: Context, official: Context) -> bool:
    """Say whether one side gives the level of a rate of change, and the other the change itself."""
    sides = {claimed.figure.role: claimed, official.figure.role: official}
    by, to = sides.get(Role.CHANGE_BY), sides.get(Role.CHANGE_TO)
    if by is None or to is None or {claimed.figure.unit.dimension, official.figure.unit.dimension} - PERCENTAGES:
        return False
    return any(is_rate_of_change(word) or word in READINGS for word in plain_words(to))
