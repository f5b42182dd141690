"""Figures of another row or column: the table has the value, and the claim's words name another place in it.

Silent wherever the place cannot be told: where no strand is named for sure, where the value stands at a named place
too, or where the words that name the other strand may be said of the one that has the value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from headwater.comparison.grid_naming import UNASKED, Spot, is_back, posts_of
from headwater.comparison.grid_reading import Reading, before, is_base_figure, latest
from headwater.comparison.grids import Grid, is_of_unit, label_words, scales_of, title_words
from headwater.domain.quantities import DateMention, Dimension, Role

SMALL = 10  # a value that every table has by chance
FEW = 2  # strands: more named at once name none
_REST = re.compile(
    r"\b(?:all but|all except|except(?: for)?|apart from|other than|save for) (?:about |some |only |just |the )?\Z",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d,.£$€])(?:19|20)\d\d(?!\d|,\d|%|\.\d)")  # "in the quietest year, 2004, ..."
# Words that take a sentence to another time than the one before it.
_OTHER_TIME = re.compile(
    r"\b(?:ago|earlier|before|previous\w*|former\w*|since|once|then|had been|was once|used to|until|peak\w*|high|low"
    r"|highest|lowest|record|worst|best|average|first|next|later|will|would|expected|forecast\w*|projected|from)\b",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:before|then|later|ago|earlier|peak\w*|high|low|until|by|following|next|will|would|expected|forecast\w*"
    r"|projected|(?:in|over|within) \w+ (?:years|months|quarters))\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:than|compared (?:with|to)|ahead of|behind|short of)\b", re.IGNORECASE)
_OF = re.compile(r"\bof (?:the|its|all|a total of|an overall|some|about|their)?\s*$", re.IGNORECASE)
_A_YEAR = re.compile(r"\byear\b|\b(?:twelve|12) months\b", re.IGNORECASE)
TWICE = 2  # a column whose figure is further off is of another thing
BEHIND = 24  # characters between a figure and "the year before"


@dataclass(frozen=True, slots=True)
class Displaced:
    """A claimed figure of another place: where the table has it, and what it has at the place that is named."""

    spot: Spot
    strand: int
    post: int
    grid: int = -1

    @property
    def place(self) -> tuple[int, int, int]:
        """The cell that is named: its table, strand and post."""
        return self.spot.grid if self.grid < 0 else self.grid, self.strand, self.post


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
    if any(may_be_meant(reading, at, spot) for spot in spots) or _is_of_the_rest(reading, at):
        return None
    found = [one for spot in spots if (one := _displaced(reading, at, spot)) is not None]
    return found[0] if found and len({one.place for one in found}) == 1 else None


def may_be_meant(reading: Reading, at: int, spot: Spot) -> bool:
    """Say whether the place of a value may be the one that the claim speaks of.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
        spot: A cell that has its value.
    """
    if find_twin(reading, at, spot) is not None:
        return False
    return _may_be_strand(reading, at, spot) and _at_post(reading, at, spot)


def _may_be_strand(reading: Reading, at: int, spot: Spot) -> bool:
    naming = reading.namings[spot.grid]
    strong = free_strands(reading, at, spot.grid, spot.post)
    # A strand of which the sentence has a word that no named strand has may be meant.
    extra = naming.held[spot.strand] - frozenset().union(*(naming.held[one] for one in naming.strong))
    whole = reading.grids[spot.grid].strands[spot.strand].total and (not naming.full or _is_of_all(reading, at))
    return not strong or spot.strand in naming.strong or bool(extra) or whole


def _is_of_the_rest(reading: Reading, at: int) -> bool:
    """Say whether a figure counts those of whom something is not said: "all but 30 ended in a conviction"."""
    context = reading.contexts[at]
    return _REST.search(context.text[context.sentence.start : context.figure.span.start]) is not None


def _is_of_all(reading: Reading, at: int) -> bool:
    """Say whether a figure is that of which others are a part: "a fifth of the 26,030 tonnes"."""
    context = reading.contexts[at]
    return _OF.search(context.text[context.sentence.start : context.figure.span.start]) is not None


def find_twin(reading: Reading, at: int, spot: Spot) -> tuple[int, int, int] | None:
    """Find the cell of another table of the same form, where the claim names that table and not the spot's.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
        spot: A cell that has its value.
    """
    own = reading.grids[spot.grid]
    period = reading.contexts[at].period
    if period is None or period.first is None:
        words = title_words(reading.text)
    else:
        words = label_words(reading.text) | title_words(str(period.first.year))
    if not own.topic or own.topic & words:
        return None
    label, post = own.strands[spot.strand].label, own.posts[spot.post].label
    found = []
    for place, grid in enumerate(reading.grids):
        if place == spot.grid or not grid.topic & words:
            continue
        found += [
            (place, strand, there)
            for strand, there in grid.cells
            if (grid.strands[strand].label, grid.posts[there].label) == (label, post)
        ]
    return found[0] if len(found) == 1 else None


def free_strands(reading: Reading, at: int, grid: int, post: int) -> tuple[int, ...]:
    """Return the strands that a claim names and in which no other of its figures stands at the same post.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
        grid: Which of the tables.
        post: Of that table.
    """
    taken = {
        spot.strand
        for other, spots in enumerate(reading.spots)
        if other != at and reading.contexts[other].sentence == reading.contexts[at].sentence
        for spot in spots
        if (spot.grid, spot.post) == (grid, post) and _at_post(reading, other, spot)
    }
    taken |= _compared_with(reading, at, grid)
    return tuple(one for one in reading.namings[grid].strong if one not in taken)


def _compared_with(reading: Reading, at: int, grid: int) -> set[int]:
    """Return the strands that are named only behind "than": "£2,240, £50 less than students across England"."""
    context = reading.contexts[at]
    found = _COMPARES.search(context.text, context.figure.span.end, context.sentence.end)
    if found is None or not reading.namings[grid].strong:
        return set()
    of_grid = reading.grids[grid]
    told = label_words(context.text[: found.start()])
    return {
        one
        for one in reading.namings[grid].strong
        if not any(word in told for word in of_grid.strands[one].words - of_grid.strands[one].column)
    }


def _at_post(reading: Reading, at: int, spot: Spot) -> bool:
    grid = reading.grids[spot.grid]
    if not grid.dated:
        named = [place for place in range(len(grid.posts)) if _names_post(reading, grid, place)]
        return not named or spot.post in named or (grid.posts[spot.post].total and not named)
    earlier = _post_before(reading, at, spot)
    if earlier is not None:
        return spot.post == earlier
    own = reading.own_posts(spot.grid, at)
    now = _post_now(reading, at, spot)
    if now is not None:
        return spot.post == now
    if not own or spot.post in own:
        return True
    return spot.post in reading.dated(spot.grid) - set(own) or (reading.back and is_base_figure(reading.contexts[at]))


def _post_now(reading: Reading, at: int, spot: Spot) -> int | None:
    """Return the last post of a strand, where the sentence before speaks of it and a claim names no other time."""
    context = reading.contexts[at]
    last = latest(reading.grids[spot.grid], spot.strand)
    if _goes_to_now(reading, at):
        return last
    silent = not reading.dates and not reading.own_posts(spot.grid, at) and not _OTHER_TIME.search(reading.text)
    silent = silent and _YEAR.search(reading.text) is None
    if not reading.current or not silent or is_base_figure(context):
        return None
    return last if last is not None and reading.current[spot.grid] == last else None


def _goes_to_now(reading: Reading, at: int) -> bool:
    """Say whether a figure is what has been reached, and only what it came from is dated: "from 35 in 1997 to 50"."""
    bases = [other for other, one in enumerate(reading.contexts) if one.figure.role is Role.CHANGE_FROM]
    dated = [reading.beside(other) for other in bases]
    alone = bool(reading.dates) and all(mention in dated for mention in reading.dates)
    return reading.contexts[at].figure.role is Role.CHANGE_TO and alone and not _THEN.search(reading.text)


def _post_before(reading: Reading, at: int, spot: Spot) -> int | None:
    """Return the post of "the year before" that stands behind a figure, where the claim's other figures tell it."""
    context = reading.contexts[at]
    behind = [m for m in reading.dates if 0 <= m.span.start - context.figure.span.end <= BEHIND and is_back(m)]
    if not behind or not _goes_back_a_year(behind[0]):
        return None
    named = {
        post
        for mention in reading.dates
        if not is_back(mention) and len(posts_of(reading.grids[spot.grid], mention)) == 1
        for post in posts_of(reading.grids[spot.grid], mention)
    }
    others = {
        one.post
        for other, spots in enumerate(reading.spots)
        if other != at and reading.contexts[other].sentence == context.sentence
        for one in spots
        if (one.grid, one.strand) == (spot.grid, spot.strand)
    }
    anchors = named & others if named & others else named or others
    if len(anchors) != 1:
        return None
    return before(reading.grids[spot.grid], spot.strand, anchors.pop())


def _goes_back_a_year(mention: DateMention) -> bool:
    return _A_YEAR.search(mention.surface) is not None


def _names_post(reading: Reading, grid: Grid, post: int) -> bool:
    words = grid.posts[post].words
    told = frozenset().union(*(one.words for one in grid.strands))
    own = words - told
    return bool(own) and own <= label_words(reading.text)


def _displaced(reading: Reading, at: int, spot: Spot) -> Displaced | None:
    twin = find_twin(reading, at, spot)
    if twin is not None:
        return Displaced(spot, *twin[1:], grid=twin[0])
    grid = reading.grids[spot.grid]
    strands = _meant(reading, at, spot)
    earlier = _post_before(reading, at, spot)
    now = _post_now(reading, at, spot)
    known = earlier if earlier is not None else now
    own = (known,) if known is not None else reading.own_posts(spot.grid, at)
    if not strands or len(strands) > FEW or len(own) > 1:
        return None
    post = own[0] if own else spot.post
    places = [(strand, post) for strand in strands if (strand, post) in grid.cells]
    places = [place for place in places if place != (spot.strand, spot.post)]
    if not places and len(own) == 1 and (spot.strand, post) in grid.cells and len(reading.spots[at]) == 1:
        # Another row is named by half and has nothing there: the one that has the value may be meant.
        return Displaced(spot, spot.strand, post) if _may_be_strand(reading, at, spot) and post != spot.post else None
    # "A and B, at 54,000 each": neither has it.
    every = len(places) == 2 and "each" in reading.contexts[at].figure.surface
    return Displaced(spot, *places[0]) if len(places) == 1 or every else None


def _meant(reading: Reading, at: int, spot: Spot) -> tuple[int, ...]:
    """Return the strands that the claim may mean, of the unit of the one that has the value."""
    naming, grid = reading.namings[spot.grid], reading.grids[spot.grid]
    strong = free_strands(reading, at, spot.grid, spot.post)
    if spot.strand in naming.strong:
        return (spot.strand,)
    if not strong:
        # Nothing names a strand: the value itself tells it, where no other cell has it.
        alone = {(one.grid, one.strand) for one in reading.spots[at]} == {(spot.grid, spot.strand)}
        return (spot.strand,) if alone else ()
    unit = reading.contexts[at].figure.unit
    return tuple(one for one in strong if is_of_unit(grid.strands[one], unit))


def find_differing(reading: Reading, at: int) -> tuple[int, int, int] | None:
    """Find the one cell that a claim names for a figure that no table has: its table, strand and post.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
    """
    context = reading.contexts[at]
    figure = context.figure
    unasked = figure.upper is not None or figure.role is Role.CHANGE_BY or figure.unit.dimension in UNASKED
    if reading.spots[at] or unasked:
        return None
    found = set()
    for place, grid in enumerate(reading.grids):
        own = reading.own_posts(place, at) if grid.dated else _titled_posts(reading, at, place)
        free = free_strands(reading, at, place, own[0]) if len(own) == 1 else ()
        strands = [one for one in reading.strands(place, figure.unit) if one in free]
        if len(strands) == 1 and (strands[0], own[0]) in grid.cells:
            found.add((place, strands[0], own[0]))
    return found.pop() if len(found) == 1 else None


def _titled_posts(reading: Reading, at: int, place: int) -> tuple[int, ...]:
    """Return the column that a figure may be of in a table whose title alone names the figure's year."""
    grid, period = reading.grids[place], reading.contexts[at].period
    if period is None or period.first is None or f"#y{period.first.year}" not in grid.topic:
        return ()
    named = tuple(post for post in range(len(grid.posts)) if _names_post(reading, grid, post))
    if named:
        return named
    value = abs(reading.contexts[at].figure.value)
    strands = reading.strands(place, reading.contexts[at].figure.unit)
    near = {
        post
        for strand, post in grid.cells
        if strand in strands
        for scale in scales_of(grid.strands[strand])
        if value / TWICE <= abs(grid.cells[strand, post].value) * scale <= value * TWICE
    }
    return tuple(near)


def find_labelled(reading: Reading, at: int) -> tuple[int, int, int] | None:
    """Find a strand that the claim names and whose label has a figure's number: "up to 100g" of "Band A: Up to 100".

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
    """
    number = f"{reading.contexts[at].figure.value.normalize():f}"
    written = re.compile(rf"(?<![\d.,]){re.escape(number)}(?![\d.,])")
    for place, grid in enumerate(reading.grids):
        for strand, post in grid.cells:
            named = strand in reading.namings[place].loose
            if named and written.search(grid.strands[strand].label.replace(",", "")):
                return place, strand, post
    return None


def find_years(reading: Reading, at: int) -> tuple[int, int, int] | None:
    """Find a cell of a table that has as many years as a figure counts, or between two of which they lie.

    Args:
        reading: The claim beside the tables.
        at: Which of its figures.
    """
    figure = reading.contexts[at].figure
    if figure.unit.dimension is not Dimension.DURATION or "year" not in figure.surface.lower():
        return None
    for place, grid in enumerate(reading.grids):
        posts = [one for one, post in enumerate(grid.posts) if post.first is not None]
        last = max((cell for cell in grid.cells if cell[1] in posts), key=lambda cell: cell[1], default=None)
        if grid.dated and last is not None and 1 < figure.value <= len(posts):
            return place, *last
    return None
