"""Whether any cells of the tables that a claim may mean give a change or a share that it tells: if none does, none.

Everything is tried that a reporter may have taken: any row, the periods that the claim names or its other figures
stand at, sums of the rows it names, the rest to a hundred. One fit is enough to say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

from headwater.comparison.derivations import PER_CENT, RATIO
from headwater.comparison.grid_reading import Reading, amount_of
from headwater.comparison.grid_working import SHARES, Worked, is_far, is_share_of_all, kind_of_change, worked_out
from headwater.comparison.grids import Grid, is_of_unit, label_words
from headwater.comparison.measures import HUNDRED
from headwater.domain.quantities import Dimension, Unit

MOST = 400  # pairs: of more something always comes near
FEW = 4  # rows named, whose sums are tried
ROOM = Decimal("0.04")  # of the figure: what two roundings make of it

FEW_CELLS = 40  # of a table: of more, some two always give an average
_EACH = re.compile(r"\b(?:averag\w+|mean|per|each|apiece|a head|for every)\b", re.IGNORECASE)

Place = tuple[int, int, int]


def find_unworkable(reading: Reading, at: int) -> Place | None:
    """Find the cell that a claim's working must have begun from, where nothing that begins there gives its figure.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
    """
    tried = _tried(reading, at)
    unclear = any(not reading.grids[one.cells[0][0]].clear for one in tried)
    tied = tried and len(tried) <= MOST and not unclear and all(_is_off(reading, at, one) for one in tried)
    return tried[0].cells[0] if tied else None


def find_workable(reading: Reading, at: int) -> Worked | None:
    """Find two cells that give a change or a share, though nothing says that just these were meant.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
    """
    tried = [*_tried(reading, at, strict=True), *_beside(reading, at)]
    return next((one for one in tried if one.right), None) if len(tried) <= MOST else None


def _tried(reading: Reading, at: int, *, strict: bool = False) -> list[Worked]:
    """Return what can be worked out from the cells that a claim may mean, where strict in the way that it words."""
    figure = reading.contexts[at].figure
    asked = figure.unit.dimension in SHARES or figure.unit.dimension is Dimension.MULTIPLE
    if not asked or figure.upper is not None or figure.vague:
        return []
    places = range(len(reading.grids))
    starts = ((place, tuple(_cells(reading, at, place))) for place in places)
    return [one for place, cells in starts for one in _worked(reading, at, (place, cells), strict=strict)]


def _beside(reading: Reading, at: int) -> Iterator[Worked]:
    """Yield differences from the cells of a claim's other figures, and what falls on each: "the average cost"."""
    context = reading.contexts[at]
    unit = context.figure.unit
    if unit.dimension not in {Dimension.COUNT, Dimension.CURRENCY} or context.figure.upper is not None:
        return
    differs, each = kind_of_change(context) == "amount", _EACH.search(reading.text) is not None
    for place, grid in enumerate(reading.grids):
        for _, strand, post in _cells(reading, at, place) if differs else ():
            for other, _ in grid.across(post):
                if other != strand and is_of_unit(grid.strands[other], unit):
                    gap = abs(amount_of(grid, strand, post) - amount_of(grid, other, post))
                    yield worked_out(context, gap, unit, ((place, strand, post), (place, other, post)))
        for (strand, post), (other, same) in (
            permutations(grid.cells, 2) if each and len(grid.cells) <= FEW_CELLS else ()
        ):
            if post == same and is_of_unit(grid.strands[strand], unit) and amount_of(grid, other, post) > 0:
                share = amount_of(grid, strand, post) / amount_of(grid, other, post)
                yield worked_out(context, share, unit, ((place, strand, post), (place, other, post)))


def _is_off(reading: Reading, at: int, worked: Worked) -> bool:
    return not worked.right and is_far(reading.contexts[at].figure, worked, room=ROOM)


def _cells(reading: Reading, at: int, place: int) -> Iterator[Place]:
    """Yield the cells of one table that the working may begin from."""
    grid = reading.grids[place]
    anchors = {
        (spot.strand, spot.post)
        for other, spots in enumerate(reading.spots)
        if other != at and len({(one.grid, one.strand, one.post) for one in spots}) == 1
        for spot in spots
        if spot.grid == place
    }
    yield from ((place, *one) for one in sorted(anchors))
    if anchors or not grid.dated:
        return
    strands = reading.namings[place].strong or reading.namings[place].whole
    shared = label_words(reading.text) & (grid.caption | frozenset().union(*(one.words for one in grid.strands)))
    if shared and reading.dated(place):
        cells = ((strand, post) for strand in strands for post in sorted(reading.dated(place)))
        yield from ((place, *one) for one in cells if one in grid.cells)


def _worked(reading: Reading, at: int, start: tuple[int, tuple[Place, ...]], *, strict: bool) -> Iterator[Worked]:
    """Yield what can be worked out from cells and any other of their table."""
    place, cells = start
    grid, context = reading.grids[place], reading.contexts[at]
    kind = kind_of_change(context)
    strict = strict or bool(kind) or is_share_of_all(context)
    for _, strand, post in cells:
        mine = amount_of(grid, strand, post)
        for other in _others(grid, strand, post):
            theirs = amount_of(grid, *other)
            if mine > 0 and theirs > 0 and not (strict and not kind and grid.dated and other[1] != post):
                pair = (place, strand, post), (place, *other)
                for one, base in ((mine, theirs), (theirs, mine)):
                    yield from (
                        worked_out(context, value, unit, pair) for value, unit in _ways(one / base, kind, strict=strict)
                    )
    if not kind:
        yield from _sums(reading, at, place, cells)


def _ways(ratio: Decimal, kind: str, *, strict: bool) -> Iterator[tuple[Decimal, Unit]]:
    """Yield what a ratio may be told as: a multiple, a change, a share, what is left of the whole."""
    if kind in {"ratio", ""} or not strict:
        yield ratio, RATIO
    if kind in {"share", "ratio"} or not strict:
        yield (ratio - 1) * HUNDRED, PER_CENT
    if kind in {"part", ""} or not strict:
        yield ratio * HUNDRED, PER_CENT
        yield (1 - ratio) * HUNDRED, PER_CENT


def _others(grid: Grid, strand: int, post: int) -> Iterator[tuple[int, int]]:
    """Yield the cells that stand in the row or the column of one."""
    yield from ((strand, one) for one, _ in grid.along(strand) if one != post)
    if not grid.dated:
        yield from ((strand, one) for one in range(len(grid.posts)) if one != post and (strand, one) in grid.cells)
    yield from ((one, post) for one, _ in grid.across(post) if one != strand)


def _sums(reading: Reading, at: int, place: int, cells: tuple[Place, ...]) -> Iterator[Worked]:
    """Yield the shares that rows which a claim names make up together."""
    grid, context = reading.grids[place], reading.contexts[at]
    named = reading.namings[place].strong[:FEW]
    for _, whole, post in cells:
        total = amount_of(grid, whole, post)
        parts = [one for one in named if (one, post) in grid.cells and one != whole]
        for number in range(2, len(parts) + 1):
            for some in combinations(parts, number):
                amount = sum((amount_of(grid, one, post) for one in some), Decimal(0))
                if 0 < amount <= total:
                    pair = (place, some[0], post), (place, whole, post)
                    yield worked_out(context, amount / total * HUNDRED, PER_CENT, pair)
