"""One claim beside the tables of a document: strands and dates that its sentence names, cells that its figures have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from headwater.comparison.contexts import Context
from headwater.comparison.grid_naming import (
    Naming,
    Spot,
    ends_of,
    find_spots,
    is_back,
    looks_back,
    name_strands,
    posts_of,
)
from headwater.comparison.grids import Grid, Words, is_of_unit, label_words, scales_of
from headwater.domain.quantities import DateMention, Role, Unit

YEAR, SPARE = 365, 20  # days
NEAR = 24  # characters
_IN = re.compile(r" (?:\w+ )?(?:in|on|at|of|for|during) (?:the )?")
FROM_AND_TO = 2  # posts that a sentence tells a change between
_WRITTEN = re.compile(r"(?<![\d,.])\d[\d,]*\d(?:\.\d+)?(?![\d,]*\d)|(?<![\d,.])\d+\.\d+(?!\d)")
_BASE = re.compile(
    r"\b(?:from|than|on|since|against|compared (?:with|to)|over|up on|down on|above|below|behind|ahead of)"
    r"(?: (?:the|just|about|around|some|only|nearly|almost|more than|a|an))*\s*$",
    re.IGNORECASE,
)

_PRICES = re.compile(r" (?:prices|terms|money|pounds|dollars)\b")  # "at 2008-09 prices" says nothing of when
_YEAR = re.compile(
    r"(?<![\d,.£$€-])(?:19|20)\d{2}(?:-\d{2})?(?![\d,%-]|\.\d)(?! (?:prices|terms|money|pounds|dollars)\b)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim beside the tables of one document.

    Args:
        text: The claim.
        contexts: Its figures.
        grids: The tables.
        namings: What it names of each.
        spots: The cells of each figure's value.
        dates: Its dates.
        current: The post of each table that the sentence before speaks of, or None.
    """

    text: str
    contexts: tuple[Context, ...]
    grids: tuple[Grid, ...]
    namings: tuple[Naming, ...]
    spots: tuple[tuple[Spot, ...], ...]
    dates: tuple[DateMention, ...]
    current: tuple[int | None, ...] = ()

    def dated(self, grid: int) -> frozenset[int]:
        """Return the posts of a table that any date of the claim names."""
        return frozenset(
            post
            for mention in self.dates
            for post in posts_of(self.grids[grid], mention) or ends_of(self.grids[grid], mention)
        ) | frozenset(written_posts(self.text, self.grids[grid]))

    def own_posts(self, grid: int, at: int) -> tuple[int, ...]:
        """Return the posts that a figure's own date names."""
        mention = self.contexts[at].period
        mention = self.beside(at) or (mention if mention in self.dates else None)
        if mention is None and not self.dates and self.contexts[at].base is None:
            return written_posts(self.text, self.grids[grid])
        if mention is None or is_back(mention) or self._is_of_base(at, mention):
            return ()
        return posts_of(self.grids[grid], mention)

    def beside(self, at: int) -> DateMention | None:
        """Return the date that stands right behind a figure: "from 195 in July to 162".

        Args:
            at: Which of its figures.
        """
        end = self.contexts[at].figure.span.end
        near = (m for m in self.dates if 0 < m.span.start - end <= NEAR and _IN.fullmatch(self.text, end, m.span.start))
        return next(near, None)

    def _is_of_base(self, at: int, mention: DateMention) -> bool:
        """Say whether a date is that of the figure changed from: "from 62 in 2002 to 79"."""
        figure = self.contexts[at].figure
        if figure.role is not Role.CHANGE_TO:
            return False
        bases = (one.figure.span for one in self.contexts if one.figure.role is Role.CHANGE_FROM)
        return any(base.end <= mention.span.start and mention.span.end <= figure.span.start for base in bases)

    @property
    def back(self) -> bool:
        """Whether it compares with the period before."""
        return looks_back(self.text)

    def strands(self, grid: int, unit: Unit | None = None) -> tuple[int, ...]:
        """Return the strands that the claim names for sure, of a unit where one is asked for."""
        strong = self.namings[grid].strong
        if unit is None:
            return strong
        return tuple(at for at in strong if is_of_unit(self.grids[grid].strands[at], unit))


def written_posts(text: str, grid: Grid) -> tuple[int, ...]:
    """Return the periods of a table that a text has as they stand there, though it may read them as no date.

    Args:
        text: The claim.
        grid: The table.
    """
    if not grid.dated:
        return ()
    written = frozenset(match.group() for match in _YEAR.finditer(text))
    return tuple(at for at, post in enumerate(grid.posts) if post.label.replace("/", "-") in written)


def read_claim(
    text: str,
    contexts: Sequence[Context],
    dates: Sequence[DateMention],
    grids: Sequence[Grid],
    *,
    before: str = "",
) -> Reading:
    """Read a claim beside tables.

    Args:
        text: The claim.
        contexts: Its figures.
        dates: Its dates.
        grids: The tables.
        before: The sentence before it.
    """
    words: Words = label_words(text)
    return Reading(
        text,
        tuple(contexts),
        tuple(grids),
        tuple(name_strands(grid, words) for grid in grids),
        tuple(find_spots(context, grids) for context in contexts),
        tuple(mention for mention in dates if not _PRICES.match(text, mention.span.end)),
        tuple(_current(before, grid) for grid in grids) if before else (),
    )


def _current(before: str, grid: Grid) -> int | None:
    """Return the post at which the figures of the sentence before stand, the later one of a change."""
    if not grid.dated:
        return None
    written = {found.replace(",", "") for found in _WRITTEN.findall(before)}
    posts = {post for (_, post), cell in grid.cells.items() if cell.surface.strip("%").replace(",", "") in written}
    return max(posts) if 0 < len(posts) <= FROM_AND_TO else None


def is_base_figure(context: Context) -> bool:
    """Say whether a figure is what another is compared with: "up from 3", "against 3", "more than the 3 of 2007".

    Args:
        context: The figure.
    """
    before = context.text[max(context.sentence.start, context.figure.span.start - 40) : context.figure.span.start]
    return context.figure.role is Role.CHANGE_FROM or _BASE.search(before) is not None


def amount_of(grid: Grid, strand: int, post: int) -> Decimal:
    """Return what a cell comes to, its scale multiplied in.

    Args:
        grid: The table.
        strand: Of it.
        post: Of it.
    """
    return grid.cells[strand, post].value * scales_of(grid.strands[strand])[0]


def latest(grid: Grid, strand: int) -> int | None:
    """Return the last post at which a strand has a figure.

    Args:
        grid: The table.
        strand: Of it.
    """
    along = grid.along(strand)
    return along[-1][0] if along and grid.dated else None


def before(grid: Grid, strand: int, post: int, *, years: int = 1) -> int | None:
    """Return the post a year before another, where a strand has a figure at it; else None.

    Args:
        grid: The table.
        strand: Of it.
        post: Of it.
        years: How many years before; below nought, after.
    """
    here = grid.posts[post].first
    for at, _ in grid.along(strand):
        there = grid.posts[at].first
        if here is not None and there is not None and abs((here - there).days - YEAR * years) < SPARE:
            return at
    return None
