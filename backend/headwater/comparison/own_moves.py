"""A move that a claim tells one way, with figures of its own that go the other: "rose to 433,000, from 511,000".

The two figures may be the source's to the digit: then the word is wrong. No source is needed to see it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from headwater.comparison.contexts import Context
from headwater.domain.quantities import Direction, Role

REACH = 90  # characters between the two figures: one clause
LATER = frozenset({Role.LEVEL, Role.CHANGE_TO})


@cache
def _pattern(name: str) -> re.Pattern[str]:
    table = tomllib.loads(Path(__file__).with_name("own_moves.toml").read_text("utf-8"))
    return re.compile(table[name], re.IGNORECASE)


def find_turned_moves(contexts: Sequence[Context]) -> Iterator[tuple[int, int, Direction]]:
    """Yield figures that moved the other way than their sentence says.

    Args:
        contexts: The figures of a claim, in order.

    Yields:
        The place of what something moved to, of what it moved from, and the way that the claim tells.
    """
    for at, base in enumerate(contexts):
        for later in (at - 1, at + 1):
            if 0 <= later < len(contexts):
                way = _told_way(contexts[later], base)
                gone = _goes(contexts[later], base)
                if way is not None and gone is not None and gone is not way and not _says(contexts[later], gone):
                    yield later, at, way


def _told_way(later: Context, base: Context) -> Direction | None:
    """Return which way the claim says that one figure moved from another, or None where it says nothing of the two."""
    mine, theirs = later.figure, base.figure
    if later.sentence != base.sentence or mine.unit != theirs.unit or mine.role not in LATER:
        return None
    between = later.text[min(mine.span.end, theirs.span.end) : max(mine.span.start, theirs.span.start)]
    words = later.sentence.slice(later.text)
    if len(between) > REACH or _pattern("turned").search(words) or _pattern("apart").search(between):
        return None
    if theirs.role is Role.CHANGE_FROM:
        ways = {side.direction for side in (mine, theirs)} - {None}
        return ways.pop() if len(ways) == 1 else None
    if theirs.span.start < mine.span.end or theirs.role is not Role.LEVEL:
        return None
    told = [way for name, way in (("up", Direction.UP), ("down", Direction.DOWN)) if _pattern(name).search(between)]
    return told[0] if len(told) == 1 else None


def _says(later: Context, way: Direction) -> bool:
    """Say whether the sentence has a word of the way that its figures go: "had come down from a peak" is no rise."""
    return bool(_pattern(f"any_{way.value}").search(later.sentence.slice(later.text)))


def _goes(later: Context, base: Context) -> Direction | None:
    """Return which way two figures go; None where they are equal, a range, or below nought."""
    mine, theirs = later.figure, base.figure
    if mine.upper is not None or theirs.upper is not None or min(mine.value, theirs.value) < 0:
        return None
    if mine.value == theirs.value:
        return None
    return Direction.UP if mine.value > theirs.value else Direction.DOWN
