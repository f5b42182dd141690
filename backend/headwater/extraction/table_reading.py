"""The tables of a text that came line by line: rows with their labels, columns with their heads, and the caption.

A line is a row where figures stand at its end and its neighbours have as many. What stands between rows is a head of
those that follow ("Male"); what stands over them names the columns. Nothing is guessed: a column whose head cannot be
told has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from headwater.domain.spans import Span
from headwater.extraction.row_periods import RowPeriods
from headwater.extraction.table_cells import Cell, Line, is_year, read_cell, read_line, without_notes
from headwater.extraction.table_columns import NAME, UNITS, Head, plain_year, read_columns
from headwater.extraction.table_heads import Shape

__all__ = ["Head", "Row", "Table", "is_row_of_figures", "read_tables"]

ENDS = frozenset(".:;,?!")  # marks at the end of a line of prose
UNNAMED = "Total"  # what a last row without a label is called
HEADS = 5  # lines over the first row that may name its columns
CAPTION = 4  # lines over the heads that may say what a table is of
BETWEEN = 3  # such lines between two rows
LONGEST_HEAD = 300  # characters
FEWEST = 2  # rows
FEWEST_THIN = 3  # rows of a label and one figure: two may be lines of prose
_NOTE = re.compile(r"(?:notes?|sources?|footnotes?)\b|\(\s?[0-9a-z]{1,2}\s?\)|https?:|www\.", re.IGNORECASE)
_PERIOD_BEHIND = re.compile(r"(?<=\s)(?:19|20)[0-9]{2}(?:[-/–][0-9]{2,4})?+(?: Q[1-4])?+$")
_MEASURE = re.compile(r"\b(?:numbers?|rates?|totals?|per|percentages?|amounts?|cost|value|average|mean)\b|[%£$€]", re.I)
_CONTACT = re.compile(r"(?:tele)?(?:phone|fax|tel|mobile|textphone|switchboard|e-?mail)\b", re.IGNORECASE)
_PERIOD_BEFORE = re.compile(r"((?:19|20)[0-9]{2}(?:[-/–][0-9]{2,4})?+) (\D.*)")
_REMARK = re.compile(r"(?<=\S)\s?\([^()]*\)$")
_OF_WHICH = re.compile(r"(?:of which|of whom|including|comprising|and|plus|less|memo(?:randum)?):?", re.IGNORECASE)
LONGEST_ROW = 24  # words beside the figures of a row whose cells no mark parts


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its head, its figures by column (None where there is none), and the line it stands in."""

    head: Head
    cells: tuple[Cell | None, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        caption: The lines over it that say what it is of, and in which units.
        title: The lines that name it, heads among them.
        columns: Their heads; one without words where it cannot be told.
        rows: In order.
    """

    caption: str
    title: str
    columns: tuple[Head, ...]
    rows: tuple[Row, ...]


def read_tables(lines: Sequence[str]) -> tuple[Table, ...]:
    """Read the tables of a text.

    Args:
        lines: All of its lines, in order.

    >>> [table] = read_tables(["Deaths by year", "Region 2007 2008", "North East 21 13", "Wales 9 7"])
    >>> [head.words for head in table.columns], [row.head.words for row in table.rows]
    (['2007', '2008'], ['North East', 'Wales'])
    >>> table.rows[1].cells[1].value
    Decimal('7')
    """
    parted = [read_line(place, text) for place, text in enumerate(lines)]
    body = [line is not None and _is_row(line) for line in parted]
    return tuple(table for block in _blocks(lines, parted, body) if (table := _table(lines, parted, block)) is not None)


def is_row_of_figures(text: str) -> bool:
    """Say whether a line may be a row of a table: a label, and figures at its end.

    Args:
        text: A passage.

    >>> is_row_of_figures("North East 21 13"), is_row_of_figures("She came in 2007.")
    (True, False)
    """
    if not text or text[-1] in ENDS or "\n" in text:
        return False
    line = read_line(0, text)
    return line is not None and _is_row(line) and line.values > (not line.parted)


def _is_row(line: Line) -> bool:
    if _is_head_of_years(line) or not line.values or _CONTACT.match(line.parts[0]):
        return False
    label = len(line.parts) - line.values
    if line.parted:
        return label > 0 or line.values > 1
    return label <= LONGEST_ROW if label else line.values > 1


def _is_head_of_years(line: Line) -> bool:
    """Say whether a line ends in years that follow each other: a head and no row."""
    years = 0
    while years < len(line.parts) and is_year(line.parts[-1 - years]):
        years += 1
    if years < FEWEST or years < line.values:
        return False
    starts = [int(part[:4]) for part in line.parts[-years:]]
    size = next(size for size in range(1, years + 1) if starts == (starts[:size] * years)[:years])
    steps = {later - one for one, later in pairwise(starts[:size])}
    return steps <= {0, 1, 2, 5, 10} or steps <= {0, -1, -2, -5, -10}


def _blocks(
    lines: Sequence[str], parted: Sequence[Line | None], body: Sequence[bool]
) -> Iterator[tuple[list[Line], dict[int, str]]]:
    """Yield runs of rows with the heads of rows that stand between them, by the place of the row that follows."""
    rows: list[Line] = []
    names: dict[int, str] = {}
    between: list[int] = []
    for place, line in enumerate(parted):
        if line is not None and body[place]:
            fits = (
                not rows
                or (between == [] and _fits(rows, line))
                or _goes_on(lines, parted, rows, line=line, between=between)
            )
            if not fits:
                yield rows, names
                rows, names = [], {}
            named = [at for at in between if not _OF_WHICH.fullmatch(lines[at].strip())]
            if rows and named:
                names[place] = without_notes(lines[named[-1]])
            rows, between = [*rows, line], []
        elif lines[place].strip():
            between = [*between, place]
    if rows:
        yield rows, names


def _width(line: Line) -> int:
    """Return how many figures a line has, its label left out where that is a figure itself."""
    return line.values - (line.values == len(line.parts))


def _fits(rows: Sequence[Line], line: Line) -> bool:
    if line.parted != rows[-1].parted:
        return False
    one, other = sorted((_width(rows[-1]), _width(line)))
    return line.parted or one == other or (one > 1 and other - one == 1)


def _goes_on(
    lines: Sequence[str], parted: Sequence[Line | None], rows: Sequence[Line], *, line: Line, between: Sequence[int]
) -> bool:
    """Say whether a row goes on a table though other lines stand between: short ones that name what follows."""
    if not 0 < len(between) <= BETWEEN or not _fits(rows, line):
        return False
    for place in between:
        words = lines[place].split()
        here = parted[place]
        if _OF_WHICH.fullmatch(lines[place].strip()):
            continue
        if len(words) > NAME or lines[place].rstrip().endswith((".", ":", ";")) or lines[place].startswith("Table"):
            return False
        if here is not None and _is_head_of_years(here):
            return False
    return True


def _table(
    lines: Sequence[str], parted: Sequence[Line | None], block: tuple[list[Line], dict[int, str]]
) -> Table | None:
    rows, names = block
    rows = _with_year(rows)
    width = Counter(map(_width, rows)).most_common(1)[0][0]
    if rows[0].parted:
        width = max(map(_width, rows))
    if width == 0 or len(rows) < (1 if width > 1 else FEWEST if rows[0].parted else FEWEST_THIN):
        return None
    heads, over = _over(lines, parted, rows[0].place, width)
    width = _narrowed(rows, width, [line for place in heads if (line := parted[place]) is not None])
    caption = "\n".join(lines[max(0, over - CAPTION) : rows[0].place])
    label = "" if rows[0].parted else " ".join(rows[0].parts[:-width])
    labels = 2 if _label_and_period(label) or _PERIOD_BEFORE.match(label) else 1
    columns, first_name = _columns(lines, parted, heads, Shape(width, width, labels), named=bool(names))
    if len(rows) < FEWEST and not all(head.first for head in columns):
        return None
    read = [_row(row, width, name) for row, name in zip(rows, _names(rows, names, first_name), strict=True)]
    if read[-1] is None and len(rows[-1].parts) == width and len(rows) > FEWEST:
        read[-1] = _row(_labelled(rows[-1], UNNAMED), width, "")
    kept = _dated([row for row in read if row is not None])
    return (
        Table(caption, _title(lines, heads, rows[0].place), columns, kept)
        if len(kept) >= min(FEWEST, len(rows))
        else None
    )


def _title(lines: Sequence[str], heads: Sequence[int], first: int) -> str:
    """Return the lines right over a table and its heads, notes to another table left out."""
    top = heads[0] if heads else first
    near = [line.strip() for line in lines[max(0, top - 1) : first]]
    return "\n".join(line for line in near if line and not _NOTE.match(line))


def _narrowed(rows: Sequence[Line], width: int, heads: Sequence[Line]) -> int:
    """Return how many columns there are where years stand over them: "Under 18 | 401 | 399" under two years has two."""
    years = [sum(map(is_year, line.parts)) for line in heads if _is_head_of_years(line)]
    labelled = all(len(row.parts) > row.values for row in rows) and not rows[0].parted
    return width - 1 if labelled and years and years[-1] == width - 1 else width


def _with_year(rows: list[Line]) -> list[Line]:
    """Return rows of which the first figure is the year of the label before it as rows with that year's label."""
    firsts = [row.parts[-row.values] for row in rows if row.values < len(row.parts)]
    dated = len(firsts) == len(rows) and all(is_year(first) for first in firsts)
    if not dated or any(row.values < FEWEST for row in rows):
        return rows
    return [replace(row, values=row.values - 1) for row in rows]


def _over(lines: Sequence[str], parted: Sequence[Line | None], first: int, width: int) -> tuple[list[int], int]:
    """Return the places of the lines over the first row that may be heads, and where the caption begins."""
    heads: list[int] = []
    at = first - 1
    while at >= 0 and len(heads) < HEADS:
        text, line = lines[at].strip(), parted[at]
        if text and line is not None:
            if len(text) > LONGEST_HEAD or text.endswith((".", ":")) or text.startswith("Table"):
                break
            if _is_row(line) and (_width(line) == width or FEWEST < line.values < len(line.parts)):
                break
            heads.insert(0, at)
        at -= 1
    return heads, at + 1


def _columns(
    lines: Sequence[str], parted: Sequence[Line | None], heads: Sequence[int], shape: Shape, *, named: bool
) -> tuple[tuple[Head, ...], str]:
    """Return the heads of the columns, and the name of the first rows where the line right over them is one."""
    if named and len(heads) > 1 and _is_name(lines[heads[-1]]) and _MEASURE.search(lines[heads[-2]]):
        columns, read = read_columns(lines, parted, heads[:-1], shape)
        if read and read[-1] == heads[-2]:  # "Cases Rate" over "Bassetlaw Trust", and other names between the rows
            return columns, without_notes(lines[heads[-1]])
    columns, read = read_columns(lines, parted, heads, shape)
    over = len(heads) > 1 and heads[-1] not in read and _is_name(lines[heads[-1]])
    words = without_notes(lines[heads[-1]]) if over else ""
    return columns, words if named or len(words.split()) <= NAME // 2 else ""


def _is_name(text: str) -> bool:
    return len(text.split()) <= NAME and not _MEASURE.search(text) and not UNITS.fullmatch(text)


def _names(rows: Sequence[Line], names: dict[int, str], first: str) -> list[str]:
    name = first
    found = []
    for row in rows:
        name = names.get(row.place, name)
        found.append(name)
    return found


def _row(line: Line, width: int, name: str) -> Row | None:
    first = len(line.parts) - width
    if line.parted and line.values < len(line.parts) < width + 1:
        first = len(line.parts) - line.values
    if first < 1:
        return None
    label = without_notes(" ".join(line.parts[:first]))
    cells = [read_cell(line, at) for at in range(first, len(line.parts))]
    cells += [None] * (width - len(cells))
    return Row(Head(f"{name} {label}".strip(), label), tuple(cells[:width]), line.place) if label else None


def _labelled(line: Line, label: str) -> Line:
    """Return a row of figures alone with a label: the last one of a table adds the others up."""
    return replace(line, parts=(label, *line.parts), spans=(Span(0, 0), *line.spans))


def _label_and_period(label: str) -> tuple[str, str] | None:
    """Part a label that ends in a period: "No sentence before 2000 Q1"; None where it has no words of its own."""
    found = _PERIOD_BEHIND.search(label)
    words = label[: found.start()].strip() if found else ""
    return (words, found[0]) if found and any(map(str.isalpha, words)) else None


def _with_year_before(rows: Sequence[Row]) -> Sequence[Row]:
    """Return rows with the year that is written before the first of several: "2005 Men", "Women", "2006 Men"."""
    found = [_PERIOD_BEFORE.match(row.head.own) for row in rows]
    led = sum(one is not None for one in found)
    kinds = {(one[2] if one else row.head.own).lower() for one, row in zip(found, rows, strict=True)}
    if led < FEWEST or not found[0] or led == len(rows) or len(kinds) > len(rows) / led + 1:
        return rows
    year, told = "", []
    for one, row in zip(found, rows, strict=True):
        year = one[1] if one else year
        label = f"{one[2] if one else row.head.own} {year}"
        told.append(replace(row, head=replace(row.head, words=label, own=label)))
    return told


def _dated(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows with the periods that their labels name, where most of them name one."""
    rows = _with_year_before(rows)
    reader = RowPeriods()
    found = []
    group = ""
    for row in rows:
        label = row.head.own
        tail = _label_and_period(label)
        period = reader.find(plain_year(label)) or (reader.find(plain_year(tail[1])) if tail else None)
        period = period or reader.find(plain_year(_REMARK.sub("", label)))
        group = tail[0] if tail and reader.find(plain_year(label)) is None else group
        group = row.head.words.removesuffix(label).strip() or group
        head = replace(row.head, first=period.first, last=period.last, group=group) if period else row.head
        found.append(replace(row, head=head))
    dated = sum(row.head.first is not None for row in found)
    return tuple(found) if dated * 2 > len(found) else tuple(rows)
