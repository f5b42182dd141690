"""The tables of a document as a claim asks them: strands (what is counted), posts (when, or under which head), cells.

Whether years stand in rows or in columns makes no difference here: what carries periods are the posts, and everything
else that a figure is called by names its strand.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from headwater.comparison.vocabulary import concept
from headwater.domain.quantities import Dimension, Unit
from headwater.extraction.table_cells import Cell
from headwater.extraction.table_reading import Head, Table, read_tables

MOSTLY = 0.6  # of rows or columns: of that many dated ones the posts are periods
TWINS = 0.3  # of the strands of two tables that are of one form
COMMON = 0.6  # of the strands: a word that so many have tells none of them apart
ALIKE = 0.8  # of the rows of two tables: the second goes on where the first ends
STEM = 6  # letters: "violent" and "violence", "robberies" and "robbery" are one
FEWEST = 3  # strands that make up a sum
ROUNDED = Decimal("0.01")  # relative: by which a sum of rounded figures is off
REMEMBERED = 4096  # strands of the tables at hand, each asked again for every figure
MOST_CELLS = 20_000
_WORD = re.compile(r"[^\W_]++(?:['’](?!s\b)[^\W\d_]++)?")
_TOTAL = re.compile(r"\b(?:total|all|overall|altogether|combined|sum)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:quarter|phase|band|level|grade|class|group|year|key stage|q)\s?(\d{1,2}|[A-Z])\b", re.I)
_RANGE = re.compile(r"\b(\d{1,3})\s?(?:[-–]|to)\s?(\d{1,3})\b")
_OVER = re.compile(
    r"\b(\d{1,3})(?: years)?(?: and| or) (?:over|above|older|more)\b|\bover[ -](\d{1,3})s?\b", re.IGNORECASE
)
_UNDER = re.compile(r"\b(?:under|below|less than|fewer than)[ -](\d{1,3})s?\b", re.IGNORECASE)
_TOTALS = re.compile(r"\b(?:totals?|overall)\b", re.IGNORECASE)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - read as a list
_NUMBER_WORDS = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_MEASURED = re.compile(r"\b(\d{1,3})[ -](year|month|week|day|hour|minute)", re.IGNORECASE)
_QUARTER = re.compile(r"\b(first|opening|second|third|fourth|final|last) quarter\b", re.IGNORECASE)
_ORDINALS = {"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_SHARE = re.compile(
    r"\bper ?cent|%|\bpercentages?\b|\bproportion|\bshares?\b|\brates?\b(?! (?:and |or )?per\b| of pay)", re.IGNORECASE
)
_RATE = re.compile(r"\brates?\b|\bper (?:1,?000|10,?000|100,?000|million|head|person|capita)\b", re.IGNORECASE)
_CHANGE = re.compile(r"\bchange|\bgrowth|\bincrease|\bdecrease|\bdifference|[+]/-", re.IGNORECASE)
_SCALES = {
    Decimal(1_000): re.compile(r"\bthousands?\b|(?<![\d,])000s?\b|['’]000s?\b|[£$€]\s?k\b", re.IGNORECASE),
    Decimal(1_000_000): re.compile(r"\bmillions?\b|[£$€] ?m\b|\bmn\b|\(m\)", re.IGNORECASE),
    Decimal(1_000_000_000): re.compile(r"\bbillions?\b|[£$€] ?bn\b|\(bn\)", re.IGNORECASE),
}
# What says of which unit figures are, beyond doubt: "the cost of lower tax rates" is no rate.
_UNIT = re.compile(
    r"[£$€%]|\bper ?cent\b|\bpercentage|\bthousands?\b|['’ (]000s?\b|\b[mb]illions?\b|\bper 1", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?!\d|,\d)")
_MONEY = re.compile(
    r"\b(?:monetary|money|funding|funds?|cost|costs|expenditure|spend\w*|spent|investments?|grants?|payments?"
    r"|prices?|budgets?|income|revenue|earnings|salar\w+|wages?|fees?)\b",
    re.IGNORECASE,
)
_SIGNS = {"GBP": r"£|\bpounds?\b", "EUR": r"€|\beuros?\b", "USD": r"\$|\bdollars?\b", "AUD": r"\$|\bdollars?\b"}

# Units as the heads of tables write them.
_WRITTEN = {
    "kilogram": r"kilogram|kg\b",
    "gram": r"gram|g\b",
    "tonne": r"tonne|t\b|mt\b",
    "kilometre": r"kilomet|km\b",
    "metre": r"metre|meter|m\b",
    "hectare": r"hectare|ha\b",
    "megawatt": r"megawatt|mw\b",
    "gigawatt": r"gigawatt|gw\b",
    "litre": r"litre|liter|l\b",
}

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Strand:
    """What a line of figures is of.

    Args:
        label: As the table says it.
        words: What its content words are compared by.
        total: Whether it is the sum of others.
        unit: What its head says of units: words of the head, or of the caption where the head has none.
        own_unit: What the head alone says.
        column: Words of the head of its column, where rows and columns name it together: what it is ranked among.
    """

    label: str
    words: Words
    total: bool
    unit: str
    own_unit: str
    column: Words = frozenset()


@dataclass(frozen=True, slots=True)
class Post:
    """Where in its strand a figure stands: a period, or the head of a column."""

    label: str
    words: Words
    first: date | None
    last: date | None

    @property
    def total(self) -> bool:
        """Whether it is the sum of the others."""
        return self.first is None and _TOTAL.search(self.label) is not None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table turned so that periods are posts.

    Args:
        strands: What its lines of figures are of.
        posts: Where in them the figures stand.
        cells: The figures, by strand and post.
        caption: Words over it.
        dated: Whether its posts are periods.
        weights: How much each word tells a strand from the others.
        clear: Whether each cell has a name of its own; if not, nothing is called wrong by it.
        topic: Words of its title that tell it from another table of the same strands.
    """

    strands: tuple[Strand, ...]
    posts: tuple[Post, ...]
    cells: Mapping[tuple[int, int], Cell]
    caption: Words
    dated: bool
    weights: Mapping[str, float] = field(default_factory=dict)
    clear: bool = True
    topic: Words = frozenset()

    def along(self, strand: int) -> list[tuple[int, Cell]]:
        """Return the figures of a strand, in the order of its posts."""
        posts = [at for at, post in enumerate(self.posts) if not self.dated or post.first is not None]
        return [(post, self.cells[strand, post]) for post in posts if (strand, post) in self.cells]

    def across(self, post: int) -> list[tuple[int, Cell]]:
        """Return the figures at a post, in the order of the strands."""
        return [(one, self.cells[one, post]) for one in range(len(self.strands)) if (one, post) in self.cells]


def read_grids(lines: Sequence[str]) -> tuple[Grid, ...]:
    """Read the tables of a document.

    Args:
        lines: Its lines, one a passage.
    """
    tables: list[list[Table]] = []
    for table in read_tables(lines):
        if tables and _goes_on(tables[-1][-1], table):
            tables[-1].append(table)
        else:
            tables.append([table])
    return _with_topics(tuple(grid for parts in tables if (grid := _grid(parts)) is not None))


def _with_topics(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """Return grids with what their titles say that those of others of the same strands do not."""
    found = []
    for grid in grids:
        labels = {strand.label for strand in grid.strands}
        twins = [
            other
            for other in grids
            if other is not grid and len(labels & {s.label for s in other.strands}) > TWINS * len(labels)
        ]
        topic = grid.caption - frozenset().union(*(twin.caption for twin in twins)) if twins else frozenset()
        found.append(replace(grid, topic=topic))
    return tuple(found)


def label_words(text: str) -> Words:
    """Return what the words of a label are compared by, numbered things ("Quarter 1") as one word each.

    Args:
        text: A label, or a sentence that may name it.
    """
    words = {
        _key(_synonyms().get(concept(word), concept(word))) for word in _WORD.findall(text) if not word[0].isdigit()
    }
    text = _NUMBER_WORDS.sub(lambda found: str(_NUMBERS.index(found[0].lower()) + 1), text)
    numbered = {f"#{found[1].lower()}" for found in _NUMBERED.finditer(text)}
    quarters = {f"#{_ORDINALS[found[1].lower()]}" for found in _QUARTER.finditer(text)}
    ranges = {f"#{found[1]}-{found[2]}" for found in _RANGE.finditer(text)}
    ends = {f"#{found[1] or found[2]}+" for found in _OVER.finditer(text)} | {
        f"#<{found[1]}" for found in _UNDER.finditer(text)
    }
    whole = {"#total"} if _TOTALS.search(text) else set()
    measured = {f"#{found[1]}{found[2].lower()}" for found in _MEASURED.finditer(text)}
    return frozenset(words - {"", "total"} | measured | numbered | quarters | ranges | ends | whole)


@cache
def _synonyms() -> dict[str, str]:
    """Return by which word of its line each word of `grids.toml` is compared."""
    lines = tomllib.loads((Path(__file__).parent / "grids.toml").read_text("utf-8"))["synonyms"]
    return {concept(word): concept(line.split()[0]) for line in lines for word in line.split()}


def _key(word: str) -> str:
    return word[:STEM] if len(word) <= STEM + 2 else word


def title_words(text: str) -> Words:
    """Return the words of a title, the years that it is of among them.

    Args:
        text: A title, or a sentence that may name what it is of.
    """
    return label_words(text) | {f"#y{year}" for year in _YEAR.findall(text)}


def _goes_on(one: Table, other: Table) -> bool:
    mine, theirs = {row.head.own for row in one.rows}, {row.head.own for row in other.rows}
    dated = all(any(head.first for head in table.columns) for table in (one, other))
    apart = not {head.words for head in one.columns} & {head.words for head in other.columns}
    return dated and apart and len(mine & theirs) >= ALIKE * max(len(mine), len(theirs))


def _grid(parts: Sequence[Table]) -> Grid | None:
    """Turn tables that are one so that periods are posts."""
    found: dict[tuple[str, str], Cell] = {}
    strands: dict[str, Strand] = {}
    posts: dict[str, Post] = {}
    first, clear = parts[0], True
    by_columns = sum(head.first is not None for head in first.columns) >= MOSTLY * len(first.columns)
    by_rows = not by_columns and sum(row.head.first is not None for row in first.rows) >= MOSTLY * len(first.rows)
    periods = [row.head.first for row in first.rows if row.head.first is not None]
    grouped = by_rows and len(set(periods)) < len(periods)  # the years begin again under each name
    for table in parts:
        for row_head, column, cell, at_column in _cells(table):
            names, post = _turned(row_head, column, by_rows=by_rows, by_columns=by_columns)
            kind = _kind(column, names, by_rows=by_rows, by_columns=by_columns and bool(post.first))
            kind = kind or (column.words if grouped and row_head.group else "")
            names = f"{row_head.group} {names}".strip() if grouped else names
            key, at = names.lower(), post.label.lower()
            if key not in strands:
                strands[key] = _strand(names, table.caption, column.words, kind)
            posts.setdefault(at, post)
            if len(found) > MOST_CELLS:
                return None
            if (key, at) in found:  # two rows of one name: their words tell neither from the other
                clear = False
                key = f"{key} #{at_column if by_rows else cell.place}"
                strands[key] = _strand(names, table.caption, column.words, kind)
            found[key, at] = cell
    strand_at = {key: place for place, key in enumerate(strands)}
    ordered = sorted(posts, key=lambda key: posts[key].first or date.min)
    post_at = {key: place for place, key in enumerate(ordered)}
    cells = {(strand_at[key], post_at[at]): cell for (key, at), cell in found.items()}
    told = _with_totals(tuple(strands.values()), cells, len(ordered))
    return Grid(
        told,
        tuple(posts[key] for key in ordered),
        cells,
        title_words(first.title),
        by_rows or by_columns,
        _weights(told),
        clear=clear,
    )


def _with_totals(strands: tuple[Strand, ...], cells: Mapping[tuple[int, int], Cell], posts: int) -> tuple[Strand, ...]:
    """Return strands with the one marked as total that is the sum of all others at every post."""
    if len(strands) <= FEWEST or any(strand.total for strand in strands):
        return strands
    for at in (len(strands) - 1, 0):
        sums = []
        for post in range(posts):
            values = [cells[one, post].value for one in range(len(strands)) if (one, post) in cells and one != at]
            if (at, post) in cells and len(values) >= FEWEST:
                sums.append(abs(sum(values) - cells[at, post].value) <= ROUNDED * abs(cells[at, post].value))
        if sums and all(sums):
            return (*strands[:at], replace(strands[at], total=True), *strands[at + 1 :])
    return strands


def _cells(table: Table) -> Iterator[tuple[Head, Head, Cell, int]]:
    for row in table.rows:
        for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=False)):
            if cell is not None:
                yield row.head, column if column.words else Head(f"column {place + 1}"), cell, place


def _turned(row: Head, column: Head, *, by_rows: bool, by_columns: bool) -> tuple[str, Post]:
    """Return what a cell's strand is called, and its post."""
    if by_rows:
        return column.words, _post(Head(row.words.removeprefix(row.group).strip(), "", row.first, row.last))
    if by_columns and column.first is not None:
        year = next((word for word in column.words.split() if word[:4].isdigit()), "")
        rest = column.words.replace(year, "", 1).strip() if year else ""
        return f"{row.words} {rest}".strip(), _post(Head(year or column.words, "", column.first, column.last))
    return row.words, _post(column)


def _kind(column: Head, names: str, *, by_rows: bool, by_columns: bool) -> str:
    """Return the words of a column's head that say what is measured, where other words say of whom."""
    if by_rows:
        return column.own if column.own != column.words else ""
    year = next((word for word in column.words.split() if word[:4].isdigit()), "")
    rest = column.words.replace(year, "", 1).strip() if by_columns and year else ""
    return rest if names != rest else ""


def _post(head: Head) -> Post:
    return Post(head.words, label_words(head.words), head.first, head.last)


def _strand(names: str, caption: str, column: str, kind: str) -> Strand:
    total = _TOTAL.search(names) is not None
    own = f"{names} {column}"
    of_rates = any(pattern.search(own) for pattern in (_SHARE, _RATE)) and not _MONEY.search(own)
    told = of_rates or _UNIT.search(own) is not None
    return Strand(names, label_words(names), total, own if told else f"{own}\n{caption}", own, label_words(kind))


def _weights(strands: Sequence[Strand]) -> dict[str, float]:
    """Return how much each word tells a strand from the others; words that most have tell nothing."""
    counted = Counter(word for strand in strands for word in strand.words)
    number = len(strands)
    return {
        word: math.log(1 + number / count) if number == 1 or count < max(2, COMMON * number) else 0.0
        for word, count in counted.items()
    }


@lru_cache(maxsize=REMEMBERED)
def scales_of(strand: Strand) -> tuple[Decimal, ...]:
    """Return by what the figures of a strand may have to be multiplied.

    Args:
        strand: Of a grid.
    """
    if is_bare_money(strand):
        return (Decimal(1), *_SCALES)
    found = tuple(scale for scale, pattern in _SCALES.items() if pattern.search(strand.unit))
    return found or (Decimal(1),)


@lru_cache(maxsize=REMEMBERED)
def is_bare_money(strand: Strand) -> bool:
    """Say whether a table speaks of money and names neither its currency nor its scale.

    Args:
        strand: Of a grid.
    """
    told = re.search("[£$€%]", strand.unit) or any(pattern.search(strand.unit) for pattern in _SCALES.values())
    return not told and _MONEY.search(strand.unit) is not None


@lru_cache(maxsize=REMEMBERED)
def is_of_unit(strand: Strand, unit: Unit) -> bool:
    """Say whether the figures of a strand may be of a unit.

    Args:
        strand: Of a grid.
        unit: Of a claimed figure.
    """
    shares, rates = _SHARE.search(strand.unit) is not None, _RATE.search(strand.own_unit) is not None
    if unit.dimension in {Dimension.PERCENT, Dimension.PROPORTION, Dimension.PERCENTAGE_POINTS}:
        return shares
    if unit.dimension is Dimension.CURRENCY:
        signs = _SIGNS.get(unit.code, re.escape(unit.code))
        return re.search(signs, strand.unit, re.IGNORECASE) is not None or is_bare_money(strand)
    if unit.per is not None and unit.per_amount > 1:
        return rates
    if unit.dimension is Dimension.COUNT:
        return not rates and not _SHARE.search(strand.own_unit)
    written = _WRITTEN.get(unit.code, re.escape(unit.code))
    return bool(unit.code) and re.search(rf"\b(?:{written})", strand.unit, re.IGNORECASE) is not None


@lru_cache(maxsize=REMEMBERED)
def is_of_change(strand: Strand) -> bool:
    """Say whether the figures of a strand are changes themselves.

    Args:
        strand: Of a grid.
    """
    return _CHANGE.search(strand.own_unit) is not None
