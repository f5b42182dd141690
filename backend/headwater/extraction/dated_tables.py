"""Series read from the tables of a text: columns of figures whose rows, or rows of figures whose columns, carry dates.

Tables are lines of cells parted by "|". What cannot be told for sure is left out: a column without a name, two rows of
one period, a figure that is no plain number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from headwater.domain.series import Series, SeriesPoint, Step
from headwater.domain.spans import Span
from headwater.extraction.column_natures import ColumnNature, is_missing, is_remark, read_nature
from headwater.extraction.row_periods import RowPeriod, RowPeriods, find_order

CELL = re.compile(r"[^|]+")
FIGURE = re.compile(
    r"(?P<sign>[-−–]?)\s?(?P<currency>[£$€]?)(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)\s?(?P<percent>%?)"
    r"(?:\s?(?:\((?:p|r|e)\)|\[[^\]]{1,12}\]|[prerR*†]))?"
)
DATE_COLUMNS = ((0,), (0, 1), (1,), (2,))  # where labels stand: "2014 | May" takes two cells
MOST_COLUMNS = 200  # a wider table is no table of a page
LEAST_POINTS = 2
MOSTLY = 0.6  # of a column's cells: of that many it is a column of figures, or of dates
NEARLY_ALL = 0.9  # of a column's rows: a name in that many parts the rows into categories
LONGEST_CAPTION = 160  # characters: a table's title; a longer line before it is a paragraph


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its words, and where they stand in the text."""

    text: str
    span: Span


_Row = tuple[_Cell, ...]


def extract_series(text: str, *, title: str = "") -> tuple[Series, ...]:
    r"""Read the series of a text.

    Args:
        text: Of a document as stored; spans are of it.
        title: Of the document: it may say what is counted, where the table does not.

    Returns:
        In the order of their tables and columns.

    >>> [found] = extract_series("Day | Boats arrived\n1 May 2024 | 3\n2 May 2024 | 1,004")
    >>> found.measure, found.step.value, found.nature.value, [int(point.value) for point in found.points]
    ('Boats arrived', 'day', 'flow', [3, 1004])
    """
    found: list[Series] = []
    for caption, rows in _tables(text):
        if rows and len(rows[0]) <= MOST_COLUMNS:
            about = (caption, title)
            found += _down(rows, about) or _across(rows, about)
    return tuple(found)


def _tables(text: str) -> Iterator[tuple[str, list[_Row]]]:
    """Yield the tables of a text, each with the line over it."""
    caption, rows, start = "", [], 0
    for line in [*text.split("\n"), ""]:
        if "|" in line:
            rows.append(_cells(line, start))
        else:
            if rows:
                yield caption, rows
                caption, rows = "", []
            if line.strip():
                bare = line.strip().removesuffix(":")
                caption = bare if len(bare) <= LONGEST_CAPTION and not bare.endswith(".") else ""
        start += len(line) + 1


def _cells(line: str, start: int) -> _Row:
    # An empty first cell leaves its mark alone: "| Jun | 128.3".
    lead = (_Cell("", Span(start, start)),) if line.lstrip().startswith("|") else ()
    cells = []
    for found in CELL.finditer(line):
        words = found[0].strip()
        at = start + found.start() + found[0].find(words) if words else start + found.start()
        if words or found.start() > 0:
            cells.append(_Cell(words, Span(at, at + len(words))))
    return (*lead, *cells)


def _down(rows: Sequence[_Row], about: tuple[str, str]) -> list[Series]:
    """Series of a table whose rows carry dates."""
    columns, periods = max(((columns, _periods(rows, columns)) for columns in DATE_COLUMNS), key=_count)
    places = [place for place, period in enumerate(periods) if period is not None]
    if len(places) < LEAST_POINTS or len(places) < MOSTLY * (len(rows) - places[0]):
        return []
    width = max(len(rows[place]) for place in places)
    names = _names(rows[: places[0]], width)
    dated = [(period, rows[place]) for place in places if (period := periods[place]) is not None]
    free = [column for column in range(width) if column not in columns and not is_remark(names[column])]
    figures = [column for column in free if _holds_figures([row for _, row in dated], column)]
    kinds = [column for column in free if column not in figures and _names_categories(dated, column)]
    gathered: dict[tuple[int, tuple[str, ...], Step], list[tuple[RowPeriod, _Cell]]] = defaultdict(list)
    for period, row in dated:
        category = tuple(row[column].text if column < len(row) else "" for column in kinds)
        for column in figures:
            if column < len(row):
                gathered[column, category, period.step].append((period, row[column]))
    found = (
        _series(", ".join(filter(None, (names[column], *category))), about, step, cells)
        for (column, category, step), cells in gathered.items()
        if names[column] or category
    )
    return [series for series in found if series is not None]


def _count(tried: tuple[tuple[int, ...], list[RowPeriod | None]]) -> int:
    return sum(period is not None for period in tried[1])


def _periods(rows: Sequence[_Row], columns: tuple[int, ...]) -> list[RowPeriod | None]:
    labels = [
        " ".join(filter(None, (row[column].text for column in columns))) if len(row) > columns[-1] else ""
        for row in rows
    ]
    reader = RowPeriods(find_order(labels))
    return [reader.find(label) for label in labels]


def _names(head: Sequence[_Row], width: int) -> list[str]:
    """Return the names of the columns: the cells of all rows above the figures that have a cell for each column."""
    fitting = [row for row in head if len(row) >= width]  # a last column may be empty in all rows
    names = []
    for column in range(width):
        parts = dict.fromkeys(row[column].text.lstrip("#").strip() for row in fitting)
        names.append(" ".join(part for part in parts if part))
    return names


def _holds_figures(rows: Sequence[_Row], column: int) -> bool:
    cells = [row[column].text for row in rows if column < len(row) and not is_missing(row[column].text)]
    return bool(cells) and sum(FIGURE.fullmatch(cell) is not None for cell in cells) >= MOSTLY * len(cells)


def _names_categories(dated: Sequence[tuple[RowPeriod, _Row]], column: int) -> bool:
    named = sum(column < len(row) and any(map(str.isalpha, row[column].text)) for _, row in dated)
    return named >= NEARLY_ALL * len(dated)


def _across(rows: Sequence[_Row], about: tuple[str, str]) -> list[Series]:
    """Series of a table whose columns carry dates."""
    head = rows[0]
    reader = RowPeriods(find_order([cell.text for cell in head]))
    periods = [reader.find(cell.text) for cell in head]
    first = next((place for place, period in enumerate(periods) if period is not None), 0)
    if first == 0 or sum(period is not None for period in periods) < LEAST_POINTS:
        return []
    found = []
    for row in rows[1:]:
        if len(row) != len(head):
            continue
        name = ", ".join(filter(None, (cell.text for cell in row[:first])))
        gathered: dict[Step, list[tuple[RowPeriod, _Cell]]] = defaultdict(list)
        for period, cell in zip(periods, row, strict=True):
            if period is not None:
                gathered[period.step].append((period, cell))
        found += [_series(name, about, step, cells) for step, cells in gathered.items() if name]
    return [series for series in found if series is not None]


def _series(
    measure: str, about: tuple[str, str], step: Step, cells: Sequence[tuple[RowPeriod, _Cell]]
) -> Series | None:
    nature = read_nature(measure, *about)
    points = [point for period, cell in cells if (point := _point(period, cell, nature)) is not None]
    points.sort(key=lambda point: (point.first, point.last))
    spans = {(point.first, point.last) for point in points}
    if len(points) < LEAST_POINTS or len(spans) < len(points):
        return None
    signs = [FIGURE.fullmatch(cell.text) for _, cell in cells]
    if any(sign is not None and sign["percent"] for sign in signs):
        nature = nature.of_percent()
    return Series(measure, about[0], step, nature.nature, nature.unit, tuple(points), scale=nature.scale)


def _point(period: RowPeriod, cell: _Cell, nature: ColumnNature) -> SeriesPoint | None:
    figure = FIGURE.fullmatch(cell.text)
    if figure is None:
        return None
    value = Decimal(figure["number"].replace(",", "")) * nature.scale
    return SeriesPoint(period.first, period.last, -value if figure["sign"] else value, cell.text, cell.span)
