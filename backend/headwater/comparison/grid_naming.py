"""Which strands and posts of a table a sentence names, and in which cells a claimed figure stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from headwater.comparison.contexts import Context
from headwater.comparison.derivations import PER_CENT
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import EQUAL_VALUES, Outcome
from headwater.comparison.grids import Grid, Words, is_of_unit, scales_of
from headwater.comparison.measures import HUNDRED
from headwater.domain.quantities import DateMention, Dimension, PeriodKind, Qualifier, Quantity
from headwater.extraction.table_cells import Cell

NAMED = 0.5  # of what tells a strand from the others: a sentence that has so much names it
FULLY = 0.6  # of what tells its row from others: "Bexley" names "Bexley LB"
NEAR = Decimal("0.12")  # relative distance beyond which no rounding is looked for
SMALL = 10  # what every table has
HUNDREDTH = Decimal(1)  # of a hundred: "eight in ten" is read to the per cent
LIKE_LENGTH = 40  # days by which a year of the calendar and one of accounts may differ in length
UNASKED = frozenset({Dimension.AGE, Dimension.DURATION, Dimension.SCORE, Dimension.MULTIPLE})
LOOSE = frozenset({Outcome.HEDGE_FLIPPED, Outcome.RATE})
_YEAR_ALONE = re.compile(r"^since ((?:19|20)\d\d)$", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:year|month|quarter|week|day)s? (?:before|earlier|ago|previously)\b"
    r"|\b(?:previous|preceding|prior|past) (?:financial |calendar )?(?:year|month|quarter|week|day)\b"
    r"|\bon the (?:year|month|quarter)\b|\b(?:year|month|quarter)[- ]on[- ](?:year|month|quarter)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell that has a claimed figure's value, and the scale that it is written on."""

    grid: int
    strand: int
    post: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Naming:
    """What a sentence names of one table.

    Args:
        strong: Strands that it names for sure, none of them said less fully than another.
        whole: The sum of all, where the sentence names no strand: what it speaks of may be in other words.
        loose: Strands of which it has any telling word at all.
        held: How much of each strand's words it has.
        full: Strands of which it has every telling word.
    """

    strong: tuple[int, ...]
    whole: tuple[int, ...]
    loose: frozenset[int]
    held: tuple[Words, ...]
    full: frozenset[int] = frozenset()


def name_strands(grid: Grid, words: Words) -> Naming:
    """Tell which strands of a table words name.

    Args:
        grid: The table.
        words: Of a sentence, as `label_words` gives them.
    """
    held = tuple(frozenset(w for w in strand.words & words if grid.weights[w] > 0) for strand in grid.strands)
    shares = []
    for strand, own in zip(grid.strands, held, strict=True):
        most = sum(grid.weights[word] for word in strand.words - {"#total"})
        shares.append(min(sum(grid.weights[word] for word in own) / most, 1.0) if most else float(bool(own)))
    full = [at for at, one in enumerate(held) if one and not any(one < other for other in held)]
    strong = _by_rows(grid, words, [at for at in full if shares[at] >= NAMED])
    whole = tuple(at for at, strand in enumerate(grid.strands) if _says_whole(grid, at)) if not full else ()
    loose = frozenset(at for at, one in enumerate(held) if one)
    return Naming(strong, whole, loose, held, frozenset(at for at in strong if shares[at] == 1.0))


def _by_rows(grid: Grid, words: Words, strong: Sequence[int]) -> tuple[int, ...]:
    """Leave out rows named by half, where others are named in full: "the best rate in London" is not the City's."""
    rows = {at: grid.strands[at].words - grid.strands[at].column for at in strong if grid.strands[at].column}
    told = [at for at, row in rows.items() if row & words]
    if rows and not told:  # "the average": of no row more than of another
        return _of_columns(grid, strong)
    named = {at for at, row in rows.items() if sum(map(grid.weights.__getitem__, row & words)) >= _most(grid, row)}
    return tuple(at for at in strong if not named or at in named or at not in rows)


def _of_columns(grid: Grid, strong: Sequence[int]) -> tuple[int, ...]:
    """Return all strands of the columns that some strands are named by."""
    columns = {grid.strands[at].column for at in strong}
    return tuple(at for at, strand in enumerate(grid.strands) if at in strong or strand.column in columns)


def _most(grid: Grid, row: Words) -> float:
    return max(sum(map(grid.weights.__getitem__, row)) * FULLY, 0.01)


def _says_whole(grid: Grid, strand: int) -> bool:
    """Say whether a strand is the sum of all others, named by nothing else."""
    alone = not any(grid.weights[word] > 0 for word in grid.strands[strand].words - {"#total"})
    return len(grid.strands) == 1 or (grid.strands[strand].total and alone)


def posts_of(grid: Grid, mention: DateMention | None) -> tuple[int, ...]:
    """Return the posts that a date names, more than one where the year of accounts is left open.

    Args:
        grid: The table.
        mention: A date of the claim, or None.
    """
    if mention is None or not grid.dated:
        return ()
    if mention.first is None:  # "April", where nothing says of which year
        return tuple(at for at, post in enumerate(grid.posts) if post.label.lower() == mention.surface.lower())
    exact = tuple(at for at, post in enumerate(grid.posts) if (post.first, post.last) == (mention.first, mention.last))
    if exact:
        return exact
    if mention.kind is PeriodKind.SINCE or mention.last is None:
        begins = tuple(at for at, post in enumerate(grid.posts) if post.first == mention.first)
        return begins or _within_year(grid, mention)
    length = (mention.last - mention.first).days
    found: list[int] = []
    within: list[int] = []
    for at, post in enumerate(grid.posts):
        if post.first is None or post.last is None:
            continue
        alike = abs((post.last - post.first).days - length) < LIKE_LENGTH and length > LIKE_LENGTH * 2
        inside = mention.first <= post.first and post.last <= mention.last
        if alike and post.first <= mention.last and mention.first <= post.last:
            found.append(at)
        elif inside:
            within.append(at)
    return tuple(found) or (tuple(within) if len(within) == 1 else ())


def _within_year(grid: Grid, mention: DateMention) -> tuple[int, ...]:
    """Return the one post of a year that something has been so since: 31 March 1997 of "since 1997"."""
    named = _YEAR_ALONE.search(mention.surface)
    posts = [at for at, post in enumerate(grid.posts) if named and post.first and post.first.year == int(named[1])]
    return tuple(posts) if len(posts) == 1 else ()


def ends_of(grid: Grid, mention: DateMention) -> tuple[int, ...]:
    """Return the first and the last post of a stretch of several: "between 2014 and 2017".

    Args:
        grid: The table.
        mention: A date of the claim.
    """
    if mention.kind is PeriodKind.YEAR_TO:
        return _year_ago(grid, mention)
    first = [at for at, post in enumerate(grid.posts) if post.first is not None and post.first == mention.first]
    last = [at for at, post in enumerate(grid.posts) if post.last is not None and post.last == mention.last]
    return (first[0], last[0]) if grid.dated and first and last and first != last else ()


def _year_ago(grid: Grid, mention: DateMention) -> tuple[int, ...]:
    """Return the days at both ends of a year: 31 March 2008 and 2009 of "the year to March 2009"."""
    if mention.last is None or not grid.dated:
        return ()
    ends = ((mention.last.year - 1, mention.last.month), (mention.last.year, mention.last.month))
    days = [
        [
            at
            for at, post in enumerate(grid.posts)
            if post.first and post.first == post.last and _month(post.first) == end
        ]
        for end in ends
    ]
    return (days[0][0], days[1][0]) if all(len(found) == 1 for found in days) else ()


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def looks_back(text: str) -> bool:
    """Say whether a sentence compares with the period before: "than a year earlier".

    Args:
        text: The sentence.
    """
    return _BACK.search(text) is not None


def is_back(mention: DateMention) -> bool:
    """Say whether a date is that of the period before another.

    Args:
        mention: A date of the claim.
    """
    return _BACK.search(mention.surface) is not None


def find_spots(context: Context, grids: Sequence[Grid]) -> tuple[Spot, ...]:
    """Return the cells that have a claimed figure's value in its unit.

    Args:
        context: The figure.
        grids: The tables of the document.
    """
    figure = context.figure
    if figure.upper is not None or figure.unit.dimension in UNASKED:
        return ()
    if figure.unit.dimension is Dimension.PROPORTION and not figure.unit.per:
        figure = replace(figure, value=figure.value * HUNDRED, step=HUNDREDTH, unit=PER_CENT)
    return tuple(spot for at, grid in enumerate(grids) for spot in _spots(figure, at, grid))


def _spots(figure: Quantity, at: int, grid: Grid) -> Iterator[Spot]:
    fitting = {place: scales_of(strand) for place, strand in enumerate(grid.strands) if is_of_unit(strand, figure.unit)}
    for (strand, post), cell in grid.cells.items():
        for scale in fitting.get(strand, ()):
            value = cell.value * scale
            if abs(value - abs(figure.value)) <= NEAR * abs(figure.value) and is_stated(figure, cell, scale):
                yield Spot(at, strand, post, cell)
                break


def is_stated(figure: Quantity, cell: Cell, scale: Decimal) -> bool:
    """Say whether a cell has a figure's value.

    Args:
        figure: The claimed figure.
        cell: The cell.
        scale: What its figure is to be multiplied by.
    """
    return outcome_of(figure, cell, scale) in EQUAL_VALUES - LOOSE


def outcome_of(figure: Quantity, cell: Cell, scale: Decimal) -> Outcome:
    """Return how a figure stands to a cell.

    Args:
        figure: The claimed figure.
        cell: The cell.
        scale: What its figure is to be multiplied by.
    """
    official = replace(
        figure, value=abs(cell.value) * scale, step=cell.step * scale, qualifier=Qualifier.EXACT, qualifier_surface=""
    )
    return compare_quantities(replace(figure, value=abs(figure.value)), official).outcome
