"""What the heads of a table say of each of its columns: years, spanning heads, heads that no mark parts.

A head whose words cannot be given to columns for sure says nothing of them: a column without a name is looked up by
its row alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from headwater.extraction.table_cells import Line, is_year, without_notes

JOINERS = frozenset(
    {"of", "and", "the", "in", "for", "per", "to", "by", "at", "on", "from", "or", "with", "&", "than", "under", "over"}
)
LONGEST = 8  # words of the head of an only column
_ENUMERATED = re.compile(r"\((?:[ivx]{1,4}|[a-h])\)\s*")
_SPLIT_LETTER = re.compile(r"\b([B-HJ-Z]) (?=[a-z]{3,})")  # "Q uarter 1": a letter parted from its word by the printer
_SPLIT_YEAR = re.compile(r"\b((?:19|20)[0-9]{2}) ?[-–] ?([0-9]) ?([0-9])(?![0-9])")  # "2008 - 09", "2001- 0 2"
_OPENS = re.compile(r"[A-Z£$€%]|\([A-Z£$€%]")
_ACRONYM = re.compile(r"[A-Z]{2,4}")
_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)", re.IGNORECASE
)
_RANGE_OF_YEARS = re.compile(r"\b(?:19|20)[0-9]{2}(?:-[0-9]{2})? (?:to|and) (?:19|20)[0-9]{2}", re.IGNORECASE)
_UNIT = re.compile(r"(?<=\)) +(?=[A-Z£$€%])")  # behind a bracket
# The heads of labels, where nothing parts them from the head of the first column.
_LABELS = re.compile(
    r"^(?:(?:(?:financial |academic |calendar )?year|date|month|quarter|period|region|area|country|[A-Z]\w+ type"
    r"|category|name|force|(?:local )?authority) (?=[A-Z£$€]))++",
    re.IGNORECASE,
)
_BAND = re.compile(
    r"(?:under|over|aged?|below|above) [0-9]{1,3}|[0-9]{1,3} (?:to|and|or) (?:[0-9]{1,3}|under|over|above|older|below)"
    r"|[0-9]{1,3} ?[-–] ?[0-9]{1,3}|[0-9]{1,3}\+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the heads of a table have to name.

    Args:
        width: Columns of figures.
        groups: How many heads a line above the lowest one has to hold: one for each run of heads below it.
        labels: Heads before those of the figures: two where rows are labelled by a name and a year.
    """

    width: int
    groups: int
    labels: int = 1


def assign_heads(line: Line | None, text: str, shape: Shape, around: str = "") -> list[str] | None:
    """Give the words of one line over a table to its columns; None where that cannot be told.

    Args:
        line: The line, parted.
        text: The same as it stands.
        shape: How many columns there are, and how many heads the line must hold.
        around: What stands near the table: a name that it holds is not parted.

    >>> assign_heads(None, "Period City of York England", Shape(2, 2), "")
    ['City of York', 'England']
    >>> assign_heads(None, "(i) York (ii) Humber", Shape(4, 2), "")
    ['York', 'York', 'Humber', 'Humber']
    """
    each = shape.width // shape.groups
    if line is not None and line.parted:
        found = _fit([without_notes(part) for part in line.parts], shape)
        return found if found is not None or shape.groups in {1, shape.width} else _carried(line, shape)
    text = _SPLIT_YEAR.sub(r"\1-\2\3", _SPLIT_LETTER.sub(r"\1", text))
    words = without_notes(text).split()
    found = _years(words, shape.groups) or _enumerated(text, shape.groups)
    if found is None and each == 1:
        found = _repeated(words, shape.width)
    if found is None:
        found = _bracketed(text, shape.groups) or _unmarked(words, around, shape)
    return None if found is None else [head for head in found for _ in range(each)]


def _fit(parts: Sequence[str], shape: Shape) -> list[str] | None:
    """Return as many heads as columns: as they are, without that of the labels, or each spread over some columns."""
    count = len(parts)
    if count == shape.width:
        return list(parts)
    if count == shape.width + 1:
        return list(parts[1:])
    for kept in (parts, parts[1:] if count > 1 and not parts[0] else ()):
        if len(kept) > 1 and len(kept) == shape.groups:
            return [part for part in kept for _ in range(shape.width // len(kept))]
    return None


def _carried(line: Line, shape: Shape) -> list[str] | None:
    """Return heads with cells left empty behind them: "| 2007 | | 2008 | |"."""
    parts = [without_notes(part) for part in line.parts if part]
    return [part for part in parts for _ in range(shape.width // shape.groups)] if len(parts) == shape.groups else None


def _unmarked(words: Sequence[str], around: str, shape: Shape) -> list[str] | None:
    """Return the heads of a line that no mark parts, as many as are asked for or, before them, those of labels."""
    if _RANGE_OF_YEARS.search(" ".join(words)) or any(word.endswith(",") for word in words[-1:]):
        return None  # a title: "Grants 2008 to 2011"
    if shape.width == 1 and len(words) <= LONGEST:
        return [" ".join(words)]
    parts = _segments(words, around, shape.groups + shape.labels - 1)
    if any(part.endswith(",") for part in parts):
        return None
    short = _joined(list(parts), shape.groups, lambda one, _: _ACRONYM.fullmatch(one) is not None)
    if len(short) == shape.groups:
        return short
    if shape.groups < shape.width:
        return None  # the head of labels stands in the lowest line
    before = len(parts) - shape.groups
    return parts[before:] if before in {1, shape.labels} else None


def _bracketed(text: str, count: int) -> list[str] | None:
    """Part a line whose every head ends in brackets: "HQ* (£000) Courts (£000)"."""
    parts = _UNIT.split(without_notes(text)) if text.rstrip().endswith(")") else []
    if len(parts) != count or count < 2:
        return None
    return [_LABELS.sub("", parts[0].strip()), *(part.strip() for part in parts[1:])]


def _years(words: Sequence[str], wanted: int) -> list[str] | None:
    count = 0
    while count < len(words) and is_year(words[-1 - count]):
        count += 1
    return list(words[-count:]) if count == wanted else None


def _enumerated(text: str, wanted: int) -> list[str] | None:
    parts = [without_notes(part.strip()) for part in _ENUMERATED.split(text)[1:]]
    return parts if len(parts) == wanted > 1 else None


def _repeated(words: Sequence[str], width: int) -> list[str] | None:
    """Read "Group No. Rate No. Rate" over four columns: two heads, said twice, under a year each or under none."""
    masked = ["#" if is_year(word) else word.lower() for word in words]
    for times in range(width, 1, -1):
        if width % times or len(words) < width:
            continue
        for size in range(len(words) // times, 0, -1):
            if masked[-size * times :] != masked[-size * times :][:size] * times:
                continue
            runs = [words[at : at + size] for at in range(len(words) - size * times, len(words), size)]
            parts = [_parted_run(run, width // times) for run in runs]
            if all(parts):
                return [head for part in parts for head in part or ()]
    return None


def _parted_run(words: Sequence[str], count: int) -> list[str] | None:
    """Part one run of heads; a year at its beginning is said of all of them."""
    if not is_year(words[0]) or len(words) == 1:
        return None if any(map(is_year, words[1:])) else _parted(words, count)
    parts = _parted(words[1:], count)
    return None if parts is None else [f"{words[0]} {part}" for part in parts]


def _parted(words: Sequence[str], count: int) -> list[str] | None:
    if count == 1:
        return [" ".join(words)]
    parts = _capitals(words)
    if len(parts) == count:
        return parts
    bands = _BAND.findall(" ".join(words))
    return bands if len(bands) == count and " ".join(bands) == " ".join(words) else None


def _capitals(words: Sequence[str]) -> list[str]:
    """Part a line before each capital that no joining word goes before; days, months and years stay together."""
    parts: list[list[str]] = []
    for at, word in enumerate(words):
        last = words[at - 1] if at else ""
        joined = last.lower() in JOINERS or last.endswith("-") or (_MONTH.fullmatch(word) and last.isdigit())
        dated = (is_year(word) and not _MONTH.fullmatch(last)) or (
            is_year(last) and not (at > 1 and _MONTH.fullmatch(words[at - 2]) and not _OPENS.match(word))
        )
        if not parts or ((dated or (_OPENS.match(word) and not joined)) and not _in_bracket(parts[-1])):
            parts.append([])
        parts[-1].append(word)
    return [" ".join(part) for part in parts]


def _in_bracket(words: Sequence[str]) -> bool:
    so_far = " ".join(words)
    return so_far.count("(") > so_far.count(")")


def _segments(words: Sequence[str], around: str, wanted: int) -> list[str]:
    """Part a line into heads; brackets with a unit or a year belong to the head before, known names stay whole."""
    parts: list[str] = []
    for part in _capitals(words):
        if parts and (part.startswith("(") or len(part) == 1):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    known = around.lower()
    return _joined(parts, wanted, lambda one, other: f"{one} {other}".lower() in known)


def _joined(parts: list[str], wanted: int, is_one: Callable[[str, str], bool]) -> list[str]:
    at = 0
    while at + 1 < len(parts) and len(parts) > wanted:
        one, other = parts[at : at + 2]
        if not is_year(one) and not is_year(other.split()[0]) and is_one(one, other):
            parts[at : at + 2] = [f"{one} {other}"]
        else:
            at += 1
    return parts
