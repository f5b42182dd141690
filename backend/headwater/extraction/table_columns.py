"""The heads of a table's columns, read from the lowest line upwards: what spans columns spans runs of those below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from headwater.extraction.row_periods import RowPeriods
from headwater.extraction.table_cells import Line, is_year, without_notes
from headwater.extraction.table_heads import Shape, assign_heads

AROUND = 4_000  # characters before a table in which its names may stand
MOST_LINES = 400  # of those
NAME = 8  # words: a longer line over rows is no name of them
# A line of units alone: "£000", "Percentage".
UNITS = re.compile(
    r"\W{0,4}(?:(?:percentages?|per cent|numbers?|thousands?|millions?|'?000s?|m|bn)\W{0,4})?", re.IGNORECASE
)
CAPTION = 2  # lines over the heads
_YEAR = re.compile(r"(?<![\d,.-])(?:19|20)[0-9]{2}(?![\d,-])")
_WHOLE_YEARS = re.compile(r"((?:19|20)[0-9]{2})\s?-\s?(?:19|20)([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Head:
    """What a row or a column is called.

    Args:
        words: All of it, spanning heads included.
        own: Its own words alone.
        first: First day of the period it names, or None.
        last: Last day of that period, or None.
        group: Of a row that names a period: what else its label says, or the last one above it that says anything.
    """

    words: str
    own: str = ""
    first: date | None = None
    last: date | None = None
    group: str = ""


def read_columns(
    lines: Sequence[str], parted: Sequence[Line | None], heads: Sequence[int], shape: Shape
) -> tuple[tuple[Head, ...], list[int]]:
    """Read the heads of columns.

    Args:
        lines: All lines of the text.
        parted: The same, parted.
        heads: The places of the lines that may be heads, from the highest to the lowest.
        shape: How many columns there are.

    Returns:
        A head for each column, without words where it cannot be told, and the places of the lines that were read.
    """
    levels: list[list[str]] = []
    read: list[int] = []
    for place in reversed(heads):
        if UNITS.fullmatch(lines[place]):
            continue
        line = parted[place]
        marked = line is not None and line.parted
        groups = shape.width // _cycle(levels, shape.width) if levels else shape.width
        # Under two lines of different heads each one would be a title, years apart.
        lone = bool(levels) and groups == 1 and not marked
        words = assign_heads(
            line, lines[place], replace(shape, groups=shape.width if lone else groups), _around(lines, place)
        )
        if words is None or (lone and not all(map(is_year, words))):
            continue
        levels.insert(0, words)
        read.insert(0, place)
    reader = RowPeriods()
    over = heads[0] if heads else 0
    years = set(_YEAR.findall("\n".join(lines[max(0, over - CAPTION) : over + len(heads)])))
    if len(years) == 1:  # "April May June" under "2009"
        reader.find(years.pop())
    return tuple(_head([level[at] for level in levels], reader) for at in range(shape.width)), read


def _around(lines: Sequence[str], place: int) -> str:
    """Return what stands before a line, others of the same words left out."""
    near: list[str] = []
    left = AROUND
    for line in reversed(lines[max(0, place - MOST_LINES) : place]):
        if line != lines[place]:
            near.append(without_notes(line[:left]))
            left -= len(line)
        if left <= 0:
            break
    return "\n".join(near)


def _cycle(levels: Sequence[Sequence[str]], width: int) -> int:
    """Return after how many columns the heads read so far begin again."""
    columns = [tuple(level[at] for level in levels) for at in range(width)]
    sizes = (size for size in range(1, width) if width % size == 0)
    return next((size for size in sizes if columns == columns[:size] * (width // size)), width)


def _head(parts: Sequence[str], reader: RowPeriods) -> Head:
    words = list(dict.fromkeys(part for part in parts if part))
    found = (reader.find(plain_year(word)) for part in words for word in (part, part.split()[0]))
    period = next((one for one in found if one is not None), None)
    own = words[-1] if words else ""
    return Head(" ".join(words), own, period.first if period else None, period.last if period else None)


def plain_year(words: str) -> str:
    """Return a head as the reader of periods knows it: "1999-2000" and "2003/04" as "1999-00" and "2003-04".

    Args:
        words: A head or a label.
    """
    bare = without_notes(words)
    if not is_year(bare):
        return bare
    return _WHOLE_YEARS.sub(r"\1-\2", bare.replace("/", "-").replace("–", "-"))
