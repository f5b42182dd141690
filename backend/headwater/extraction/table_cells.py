"""One line of a table: its label and its cells, whether bars, tabs, wide gaps or single blanks part them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from headwater.domain.spans import Span

LONGEST = 400  # characters: a longer line with figures at its end is prose
MOST = 60  # cells of one line
_NUMBER = (
    r"(?:\(\s?[0-9a-z]{1,2}\s?\))?(?P<sign>[-−–+]?)(?P<money>[£$€]?)"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?P<percent>%?)"
)
_NOTE = r"(?:\s?\(\s?[0-9a-z]{1,2}\s?\)|\s?\[[^\]]{1,12}\]|(?<=[0-9%])[prR*†‡]|\*{1,2})?"
_VALUE = re.compile(_NUMBER + _NOTE)
_EMPTY = re.compile(
    r"(?:\(\s?[0-9a-z]{1,2}\s?\))?(?:[-–—−]{1,2}|\*|:|\.{2,3}|\(?(?:n/?a|nil|x|z|c)\)?|~|\[[a-z]\])", re.IGNORECASE
)
_SPOILT = re.compile(r"[0-9]{1,3}[/;][0-9]{3}|[0-9]{1,4}(?:,[0-9]{1,4})+")  # "6/412", "4,0206": scanned badly
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\s?[-–/]\s?(?:(?:19|20)?[0-9]{2}))?" + _NOTE)
_RULE = re.compile(r"[\s|:+=-]*-{2,}[\s|:+=-]*")  # the line under the head of a table in Markdown
_GAP = re.compile(r"\t+|\s{2,}")
_TOKEN = re.compile(r"\S+")
# What a number behind it belongs to: "Aged 16 to 24", "Over 65", "Band 2".
_LEADS = frozenset(
    {"to", "under", "over", "aged", "age", "below", "above", "than", "least", "most", "and", "or", "band", "level"}
    | {"grade", "stage", "phase", "class", "type", "category", "quarter", "week", "month", "year", "no", "table"}
)
_MARK = re.compile(r"\s{0,3}\(\s?[0-9]{1,2}\s?\)|[*†‡]{1,4}(?=\s|$)")  # a note's number behind a word


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table.

    Args:
        place: The line it stands in.
        span: In that line.
        value: As written, no scale multiplied in.
        step: One unit of its last digit.
        surface: As written.
        percent: Whether it is written with a per cent sign.
    """

    place: int
    span: Span
    value: Decimal
    step: Decimal
    surface: str
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may be of a table.

    Args:
        place: Which line it is.
        parts: Its cells as written, the label among them; of a line without marks between cells, its words.
        spans: Where they stand.
        parted: Whether marks stand between the cells, so that their number is sure.
        values: How many parts at the end are figures, or stand for none.
    """

    place: int
    parts: tuple[str, ...]
    spans: tuple[Span, ...]
    parted: bool
    values: int


def read_line(place: int, text: str) -> Line | None:
    """Part a line into cells; None where it can be of no table.

    Args:
        place: Which line it is.
        text: The line.

    >>> line = read_line(0, "North East | 21 | 13.5%")
    >>> line.parts, line.parted, line.values
    (('North East', '21', '13.5%'), True, 2)
    >>> read_line(0, "Band B: 101-110 620 0.8 0.8").values
    3
    """
    if not text.strip() or len(text) > LONGEST or _RULE.fullmatch(text):
        return None
    cuts = _cuts(text)
    spans = [_stripped(text, start, end) for start, end in cuts][:MOST]
    parts = tuple(span.slice(text) for span in spans)
    values = 0
    for part in reversed(parts):
        if not (is_value(part) or _EMPTY.fullmatch(part) or _SPOILT.fullmatch(part) or (values and not part)):
            break
        values += 1
    parted = _is_parted(text)
    return Line(place, parts, tuple(spans), parted, values if parted else _without_label(parts, values))


def _without_label(parts: Sequence[str], values: int) -> int:
    """Return how many figures a line without marks has, the number left out that ends its label: "16 to 24 110 5"."""
    first = len(parts) - values
    label = parts[first - 1].lower().strip("(.") if first > 0 else ""
    return values - 1 if values > 1 and label in _LEADS and parts[first].isdigit() else values


def _is_parted(text: str) -> bool:
    return "|" in text or "\t" in text.strip() or _GAP.search(text.strip()) is not None


def _cuts(text: str) -> list[tuple[int, int]]:
    if "|" in text:
        marks = [match.start() for match in re.finditer(r"\|", text)]
        edges = [-1, *marks, len(text)]
        cells = [(start + 1, end) for start, end in pairwise(edges)]
        if cells and not text[slice(*cells[0])].strip() and len(cells) > 2 and text.rstrip().endswith("|"):
            cells = cells[1:]  # a bar at both ends
        return cells[:-1] if cells and not text[slice(*cells[-1])].strip() else cells
    if _is_parted(text):
        gaps = [(0, 0), *(match.span() for match in _GAP.finditer(text)), (len(text), len(text))]
        return [(one[1], other[0]) for one, other in pairwise(gaps) if text[one[1] : other[0]].strip()]
    return [match.span() for match in _TOKEN.finditer(text)]


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    return Span(start + lead, max(start + lead, start + len(words.rstrip())))


def is_value(part: str) -> bool:
    """Say whether a cell holds one figure.

    Args:
        part: The cell as written.
    """
    return _VALUE.fullmatch(part) is not None


def is_year(part: str) -> bool:
    """Say whether a cell is a year, of the calendar or of an account: "2008-09".

    Args:
        part: The cell as written.
    """
    return _YEAR.fullmatch(part) is not None


def read_cell(line: Line, at: int) -> Cell | None:
    """Return the figure of one of a line's parts, or None where it holds none.

    Args:
        line: The line.
        at: Which of its parts.
    """
    found = _VALUE.fullmatch(line.parts[at])
    if found is None:
        return None
    value = Decimal(found["number"].replace(",", ""))
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    start = line.spans[at].start
    span = Span(start + found.start("sign"), start + found.end("percent"))
    minus = found["sign"] not in ("", "+")
    return Cell(line.place, span, -value if minus else value, step, found[0], percent=bool(found["percent"]))


def without_notes(label: str) -> str:
    """Return a label without the numbers of notes: "Requirements( 1)" is "Requirements".

    Args:
        label: Words of a head.
    """
    return " ".join(_MARK.sub("", label).split())
