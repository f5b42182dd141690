"""A figure in a row of a table whose unit stands elsewhere: in the caption, the head, or a row above.

"$205" of a row "| 1/10 oz | 205.00 |", "79%" of a row "Both standards met 62 67 70 69 71 76 79" under "Percentages of
services". Rows come one a passage, so that no row says what its numbers are of; found here they are a remark that
shows the cell, not an agreement: which column was meant is left to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from headwater.comparison.contexts import Context
from headwater.comparison.derivations import PER_CENT
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import EQUAL_VALUES
from headwater.comparison.measures import HUNDRED
from headwater.comparison.same_words import SameWords
from headwater.comparison.vocabulary import concept
from headwater.domain.facts import Annotated
from headwater.domain.quantities import Dimension, Qualifier, Role
from headwater.domain.spans import Span

ROWS = 60  # above a row, in which its table's head may stand
CAPTION = 4  # lines above the first row that say what the table is of
SMALL = 10  # a whole number of one digit stands in every table
SCALES = (1, 1_000, 1_000_000, 1_000_000_000)
HUNDREDTH = Decimal(1)  # of a hundred: "eight in ten" is read to the per cent
TABLED = frozenset({Dimension.CURRENCY, Dimension.PERCENT, Dimension.PERCENTAGE_POINTS, Dimension.COUNT})
LONGEST = 400  # characters of a row; a longer line with bars in it is no table of figures

_CELL = re.compile(r"(?<![\w.,/-])[£$€]?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?%?(?![\w,/-]|\.\d)")
_NUMBER = re.compile(r"[£$€]?+(?:\d[\d,.]*+%?+|\.{2}|[-–—*:]|n/?a)")  # a cell, or what stands for an empty one
_NUMBERED = re.compile(r"\s{0,8}\d{1,2}[.)]\s")
_WHOLE = re.compile(
    r"\b(?:total|all|both|overall|average)\b", re.IGNORECASE
)  # a row that other rows' words are said of
_WORD = re.compile(r"[^\W\d_]{2,}")
_SHARE = re.compile(r"\bper ?cent|%|\bproportion|\bshare|\brates?\b", re.IGNORECASE)
_SIGNS = {"GBP": r"£|\bpounds?\b", "EUR": r"€|\beuros?\b", "USD": r"\$|\bdollars?\b", "AUD": r"\$|\bdollars?\b"}
_THOUSANDS = re.compile(r"\bthousands?\b|\b000s?\b|[£$€]k\b", re.IGNORECASE)
_MILLIONS = re.compile(r"\bmillions?\b|[£$€] ?m\b|\bmn\b", re.IGNORECASE)
_BILLIONS = re.compile(r"\bbillions?\b|[£$€] ?bn\b", re.IGNORECASE)


def find_tabled(claimed: Context, passages: Sequence[Annotated]) -> SameWords | None:
    """Find the cell of a table that has a claimed figure's number, where the table is of its unit and its subject.

    Args:
        claimed: A figure that the source does not state.
        passages: The whole document, in order.
    """
    figure = claimed.figure
    if figure.unit.dimension is Dimension.PROPORTION:
        claimed = replace(claimed, figure=replace(figure, value=figure.value * HUNDRED, step=HUNDREDTH, unit=PER_CENT))
    if figure.upper is not None or claimed.figure.unit.dimension not in TABLED:
        return None
    for place, passage in enumerate(passages):
        found = _cell(claimed, passages, place) if is_row(passage.text) else None
        if found is not None:
            return SameWords(place, found)
    return None


def _cell(claimed: Context, passages: Sequence[Annotated], place: int) -> Span | None:
    """Return the cell of one row that has the number, or the row's end where two cells differ by it."""
    text = passages[place].text
    label = _NUMBERED.match(text)
    cells = list(_CELL.finditer(text, label.end() if label else 0))
    numbers = [Decimal(cell.group(1).replace(",", "")) for cell in cells]
    stated = [(cell, scale) for cell, one in zip(cells, numbers, strict=True) for scale in _scales(claimed, one)]
    gap = _is_gap(claimed, numbers)
    if not (stated or gap):
        return None
    head = _head(passages, place)
    if not _is_of_subject(claimed, passages, place, head):
        return None
    if gap and _told(claimed, text) and _is_of_unit(claimed, 1, head):
        return Span(cells[0].start(), cells[-1].end())
    return next((Span(*cell.span(1)) for cell, scale in stated if _is_of_unit(claimed, scale, head)), None)


def _scales(claimed: Context, number: Decimal) -> list[int]:
    if (
        abs(claimed.figure.value) < SMALL and not claimed.figure.value % 1
    ) or claimed.figure.unit.dimension is Dimension.PERCENTAGE_POINTS:
        return []
    return [scale for scale in SCALES if _states(claimed, number, scale)]


def _is_gap(claimed: Context, numbers: Sequence[Decimal]) -> bool:
    """Say whether a change is that between two cells that stand side by side, or at the row's ends."""
    figure = claimed.figure
    if figure.role is not Role.CHANGE_BY and figure.unit.dimension is not Dimension.PERCENTAGE_POINTS:
        return False
    pairs = [*pairwise(numbers), *([(numbers[0], numbers[-1])] if len(numbers) > 2 else [])]
    return any(one != other and _states(claimed, abs(one - other), 1) for one, other in pairs)


def is_row(text: str) -> bool:
    """Say whether a line is a row of a table: cells parted by bars, or a label and numbers.

    Args:
        text: A passage.
    """
    if len(text) > LONGEST or "\n" in text.strip():
        return False
    last = text.split()[-2:]
    return text.count("|") > 1 or (len(last) > 1 and all(_NUMBER.fullmatch(word) for word in last))


def _states(claimed: Context, number: Decimal, scale: int) -> bool:
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * scale
    cell = replace(claimed.figure, value=number * scale, step=step, qualifier=Qualifier.EXACT, qualifier_surface="")
    return compare_quantities(claimed.figure, cell).outcome in EQUAL_VALUES


def _head(passages: Sequence[Annotated], place: int) -> list[str]:
    """Return the lines that say what a table is of: its rows above this one, and what stands above the first."""
    lines = list(_above(passages, place))
    return [passages[place].text, *lines]


def _above(passages: Sequence[Annotated], place: int) -> Iterator[str]:
    left = CAPTION
    for at in range(place - 1, max(-1, place - 1 - ROWS), -1):
        text = passages[at].text
        yield text
        left -= not is_row(text)
        if left == 0:
            return


def _is_of_unit(claimed: Context, scale: int, head: Sequence[str]) -> bool:
    words = "\n".join(head)
    scaled = {1: None, 1_000: _THOUSANDS, 1_000_000: _MILLIONS, 1_000_000_000: _BILLIONS}[scale]
    if scaled is not None and not scaled.search(words):
        return False
    unit = claimed.figure.unit
    if unit.dimension in {Dimension.PERCENT, Dimension.PERCENTAGE_POINTS}:
        return scale == 1 and bool(_SHARE.search(words))
    if unit.dimension is Dimension.CURRENCY:
        return bool(re.search(_SIGNS.get(unit.code, re.escape(unit.code)), words, re.IGNORECASE))
    return True


def _is_of_subject(claimed: Context, passages: Sequence[Annotated], place: int, head: Sequence[str]) -> bool:
    """Say whether row or head speak of something that the claim speaks of, and no other row of the table does more."""
    own = _told(claimed, passages[place].text)
    if not own and not any(_told(claimed, line) for line in head):
        return False
    if _WHOLE.search(passages[place].text) and _WHOLE.search(claimed.sentence.slice(claimed.text)):
        return True
    others = (_told(claimed, text) for text in _block(passages, place))
    return own >= max(others, default=0.0)


def _told(claimed: Context, line: str) -> float:
    return sum(claimed.told.get(word, 0.0) for word in {concept(word) for word in _WORD.findall(line)})


def _block(passages: Sequence[Annotated], place: int) -> Iterator[str]:
    """Yield the rows of the same table, the row itself and lines of another form left out."""
    for way in (-1, 1):
        at = place + way
        while 0 <= at < len(passages) and abs(at - place) <= ROWS and is_row(passages[at].text):
            yield passages[at].text
            at += way
