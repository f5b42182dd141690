"""Figures written short: a claim that leaves out the unit ("to 13.8", "80 for morphine"), and the numbers in a share.

A bare number in news often leans on a unit named before, or known to all ("under 16"); the same number with its unit in
the first aligned passages is then the one meant. And "eight out of 21 hospitals" says that there are 21 hospitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from headwater.comparison.contexts import Context
from headwater.domain.quantities import Dimension, Qualifier, Quantity, Role, Unit
from headwater.domain.spans import Span
from headwater.extraction.quantities import extract_quantities

NEAREST = 3  # passages: those that the search and the coverage have bound the claim to
LARGE = 100  # what counts something of its own and yet equals a measured number is one by chance below this
COUNT = Unit(Dimension.COUNT)
# Their numbers are never written without the sign or the word; a share in words has no number of its own.
SIGNED = frozenset({Dimension.COUNT, Dimension.CURRENCY, Dimension.PROPORTION, Dimension.MULTIPLE, Dimension.SCORE})
# After a number, a noun to come: "12 such applications" has no unit to supply.
_COUNTS = re.compile(r"\s(?:such|other|more|fewer|further|additional|extra|new|different|separate|similar)\b")
_IN = re.compile(r"(?: [^\W\d]++)?? in (?:every )?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s(?:out of|of|in)\s(?:every\s|the\s)?", re.IGNORECASE)
Placed = tuple[int, Context]


def with_unit(claimed: Context, figures: Sequence[Placed]) -> Iterator[Context]:
    """Yield readings of a bare number with the unit that the nearest passages give the same number.

    Args:
        claimed: A figure of the claim.
        figures: The source's figures, each with its passage's place in the list.
    """
    mine = claimed.figure
    named = bool(mine.counted) and abs(mine.value) < LARGE
    if mine.unit != COUNT or named or _COUNTS.match(claimed.text, mine.span.end):
        return
    tried: set[Unit] = set()
    for place, official in figures:
        theirs = official.figure
        if place < NEAREST and theirs.unit.dimension not in SIGNED and theirs.unit not in tried and _same(mine, theirs):
            tried.add(theirs.unit)
            yield replace(claimed, figure=replace(mine, unit=theirs.unit, counted="", counted_head=""), counted="")


def _same(mine: Quantity, theirs: Quantity) -> bool:
    return (mine.value, mine.upper) == (theirs.value, theirs.upper)


def join_shares(contexts: Sequence[Context]) -> tuple[Context, ...]:
    """Read "one case in eight" as the share it is, where it was read as two numbers; each keeps its own place.

    Args:
        contexts: The figures of a text, in order.
    """
    joined = list(contexts)
    for place, (first, second) in enumerate(pairwise(contexts)):
        between = first.text[first.figure.span.end : second.figure.span.start]
        numbers = first.figure.value, second.figure.value
        if not _IN.fullmatch(between) or not numbers[0] < numbers[1] or second.figure.unit != COUNT:
            continue
        share = next(iter(extract_quantities(f"{numbers[0]:f} in {numbers[1]:f}")), None)
        if share is not None and share.unit.dimension is Dimension.PROPORTION:
            joined[place : place + 2] = [_as_share(first, share, first), _as_share(second, share, first)]
    return tuple(joined)


def _as_share(own: Context, share: Quantity, first: Context) -> Context:
    hedge = first.figure.qualifier, first.figure.qualifier_surface
    read = replace(own.figure, value=share.value, unit=share.unit, step=share.step, counted="", counted_head="")
    return replace(own, figure=replace(read, qualifier=hedge[0], qualifier_surface=hedge[1]), counted="")


def numbers_within(official: Context) -> Iterator[Context]:
    """Yield the numbers that a share is written with, as counts of their own: 8 and 21 for "eight out of 21".

    Args:
        official: A figure of the source.
    """
    figure = official.figure
    if figure.unit.dimension is not Dimension.PROPORTION:
        return
    between = _BETWEEN.search(figure.surface)
    if between is None:
        return
    for start, end in ((0, between.start()), (between.end(), len(figure.surface))):
        for number in extract_quantities(figure.surface[start:end])[:1]:
            span = Span(figure.span.start + start + number.span.start, figure.span.start + start + number.span.end)
            if number.unit.dimension is Dimension.COUNT and number.value > Decimal(1):
                count = replace(number, span=span, counted=figure.counted, counted_head=figure.counted_head)
                role = Role.LEVEL if start else Role.PART
                yield replace(official, figure=replace(count, qualifier=Qualifier.EXACT, role=role))
