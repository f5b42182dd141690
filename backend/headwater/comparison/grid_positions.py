"""Figures of another row or column: the table has the value, and the claim's words name another place in it.

Silent wherever the place cannot be told: where no strand is named for sure, where the value stands at a named place
too, or where the words that name the other strand may be said of the one that has the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.comparison.grid_naming import Naming, Spot
from headwater.comparison.grid_reading import Reading, is_base_figure
from headwater.comparison.grids import Grid, is_of_unit, label_words
from headwater.domain.quantities import Dimension, Role, Unit

SMALL = 10  # a value that every table has by chance
FEW = 2  # strands: more named at once name none


@dataclass(frozen=True, slots=True)
class Displaced:
    """A claimed figure of another place: where the table has it, and what it has at the place that is named."""

    spot: Spot
    strand: int
    post: int


def find_displaced(reading: Reading, at: int) -> Displaced | None:
    """Find the cell that a claim names, where its figure is that of another.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
    """
    spots = reading.spots[at]
    context = reading.contexts[at]
    if not spots or context.figure.role is Role.CHANGE_BY:
        return None
    if context.figure.unit.dimension is Dimension.COUNT and abs(context.figure.value) < SMALL:
        return None
    if any(may_be_meant(reading, at, spot) for spot in spots):
        return None
    found = [one for spot in spots if (one := _displaced(reading, at, spot)) is not None]
    return found[0] if found and len({(one.spot.grid, one.strand, one.post) for one in found}) == 1 else None


def may_be_meant(reading: Reading, at: int, spot: Spot) -> bool:
    """Say whether the place of a value may be the one that the claim speaks of.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
        spot: A cell that has its value.
    """
    naming = reading.namings[spot.grid]
    grid = reading.grids[spot.grid]
    # A strand of which the sentence has a word that no named strand has may be meant.
    extra = naming.held[spot.strand] - frozenset().union(*(naming.held[one] for one in naming.strong))
    in_strand = not naming.strong or spot.strand in naming.strong or bool(extra)
    return in_strand and _at_post(reading, at, spot, grid)


def _at_post(reading: Reading, at: int, spot: Spot, grid: Grid) -> bool:
    own = reading.own_posts(spot.grid, at)
    if not grid.dated:
        named = [place for place, post in enumerate(grid.posts) if _names_post(reading, spot.grid, place)]
        return not named or spot.post in named or (grid.posts[spot.post].total and not named)
    if not own or spot.post in own:
        return True
    others = reading.dated(spot.grid) - set(own)
    if spot.post in others:
        return True
    return reading.back and is_base_figure(reading.contexts[at])


def _names_post(reading: Reading, grid: int, post: int) -> bool:
    words = reading.grids[grid].posts[post].words
    told = frozenset().union(*(one.words for one in reading.grids[grid].strands))
    own = words - told
    return bool(own) and own <= label_words(reading.text)


def _displaced(reading: Reading, at: int, spot: Spot) -> Displaced | None:
    naming = reading.namings[spot.grid]
    grid = reading.grids[spot.grid]
    strands = _meant(naming, grid, spot, reading.contexts[at].figure.unit)
    own = reading.own_posts(spot.grid, at)
    if not strands or len(strands) > FEW:
        return None
    posts = own if len(own) == 1 else (spot.post,)
    if len(own) > 1:
        return None
    places = [(strand, post) for strand in strands for post in posts if (strand, post) in grid.cells]
    places = [place for place in places if place != (spot.strand, spot.post)]
    if len(places) != 1:
        return None
    return Displaced(spot, *places[0])


def _meant(naming: Naming, grid: Grid, spot: Spot, unit: Unit) -> Sequence[int]:
    """Return the strands that the claim names, of the unit of the one that has the value."""
    if not naming.strong:
        return (spot.strand,) if spot.strand in naming.whole or len(grid.strands) == 1 else ()
    if spot.strand in naming.strong:
        return (spot.strand,)
    return tuple(at for at in naming.strong if is_of_unit(grid.strands[at], unit))


def find_differing(reading: Reading, at: int) -> tuple[int, int, int] | None:
    """Find the one cell that a claim names for a figure that no table has: its table, strand and post.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
    """
    context = reading.contexts[at]
    if reading.spots[at] or context.figure.role is Role.CHANGE_BY or context.figure.upper is not None:
        return None
    found = set()
    for place, grid in enumerate(reading.grids):
        own = reading.own_posts(place, at)
        strands = reading.strands(place, context.figure.unit)
        if len(own) == 1 and len(strands) == 1 and (strands[0], own[0]) in grid.cells:
            found.add((place, strands[0], own[0]))
    return found.pop() if len(found) == 1 else None
