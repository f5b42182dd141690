"""The other ways to read a claimed figure: with the unit it leaves out, as an age, as the share it is a part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from headwater.comparison.contexts import Context
from headwater.comparison.derivations import PER_CENT, POINTS, Placed
from headwater.comparison.ellipsis import with_unit
from headwater.comparison.measures import HUNDRED
from headwater.comparison.operations import BARE, pattern
from headwater.domain.quantities import Dimension, Qualifier

OLDEST = 110


def readings_of(context: Context, contexts: Sequence[Context], figures: Sequence[Placed]) -> Iterator[Context]:
    """Yield a figure as it is read, with the unit it leaves out, and as the share it is a part of.

    Args:
        context: A figure of the claim.
        contexts: All of its figures.
        figures: The document's figures.
    """
    every = _of_every(context, contexts)
    if every is not None:
        yield every
        return
    yield context
    yield from with_unit(context, [(0, one) for _, one in figures])
    units = {other.figure.unit.dimension for other in contexts if other.sentence == context.sentence}
    yield from _ages(context, figures)
    if context.figure.unit == BARE and not context.counted:
        spoken = context.sentence.slice(context.text)
        gap = Dimension.PERCENTAGE_POINTS in units or bool(pattern("difference").search(spoken))
        if gap or units & {Dimension.PERCENT, Dimension.PROPORTION} or pattern("in_a_hundred").search(spoken):
            yield replace(context, figure=replace(context.figure, unit=PER_CENT))
        if gap:
            yield replace(context, figure=replace(context.figure, unit=POINTS))


def _ages(context: Context, figures: Sequence[Placed]) -> Iterator[Context]:
    """Read "below 65" as the age that it is in the document."""
    mine = context.figure
    if mine.unit != BARE or mine.qualifier is Qualifier.EXACT or not 1 < mine.value < OLDEST:
        return
    ages = (one.figure for _, one in figures if one.figure.unit.dimension is Dimension.AGE)
    same = next((age for age in ages if mine.value in (age.value, age.upper)), None)
    if same is not None:
        unit = replace(mine, unit=same.unit, counted="", counted_head="")
        yield replace(context, figure=unit, counted="")


def _of_every(context: Context, contexts: Sequence[Context]) -> Context | None:
    """Read "€95 of every €100" as the share it is."""
    for one, other in pairwise(contexts):
        between = one.text[one.figure.span.end : other.figure.span.start]
        if context not in (one, other) or not pattern("of_every").search(between):
            continue
        part, whole = one.figure, other.figure
        dollars = whole.unit == BARE and part.unit.dimension is Dimension.CURRENCY
        if (part.unit.code == whole.unit.code or dollars) and 0 < part.value < whole.value:
            share = replace(part, span=context.figure.span, surface=context.figure.surface, counted="", counted_head="")
            value = part.value / whole.value * HUNDRED
            step = min(Decimal(1), HUNDRED / whole.value)
            return replace(context, figure=replace(share, value=value, unit=PER_CENT, step=step), counted="")
    return None
