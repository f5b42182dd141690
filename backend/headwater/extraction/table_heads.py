"""What the heads of a table say of each of its columns: years, spanning heads, heads that no mark parts.

A head whose words cannot be given to columns for sure says nothing of them: a column without a name is looked up by
its row alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from headwater.extraction.table_cells import Line, is_year, without_notes

JOINERS = frozenset(
    {"of", "and", "the", "in", "for", "per", "to", "by", "at", "on", "from", "or", "with", "&", "than", "under", "over"}
)
SHORT = 4  # words of a head that spans columns
_ENUMERATED = re.compile(r"\((?:[ivx]{1,4}|[a-h])\)\s*")
_SPLIT_LETTER = re.compile(r"\b([B-HJ-Z]) (?=[a-z]{3,})")  # "Q uarter 1": a letter parted from its word by the printer
_OPENS = re.compile(r"[A-Z£$€%]|\([A-Z£$€%]")


def assign_heads(line: Line | None, text: str, width: int, around: str, *, labels: int = 1) -> list[str] | None:
    """Give the words of one line over a table to its columns; None where that cannot be told.

    Args:
        line: The line, parted.
        text: The same as it stands.
        width: Columns of figures.
        around: What stands near the table: a name that it holds is not parted.
        labels: Heads before those of the figures: two where rows are labelled by a name and a year.

    >>> assign_heads(None, "Period City of York England", 2, "")
    ['City of York', 'England']
    >>> assign_heads(None, "(i) York (ii) Humber", 4, "")
    ['York', 'York', 'Humber', 'Humber']
    """
    if line is not None and line.parted:
        return _fit([without_notes(part) for part in line.parts], width, labelled=True)
    words = without_notes(_SPLIT_LETTER.sub(r"\1", text)).split()
    return (
        _years(words, width)
        or _enumerated(text, width)
        or _repeated(words, width)
        or _fit_unmarked(_segments(words, around, width + labels - 1), width, labels=labels)
    )


def _fit(parts: Sequence[str], width: int, *, labelled: bool) -> list[str] | None:
    """Return as many heads as columns: as they are, without that of the labels, or each spread over some columns."""
    count = len(parts)
    if count == width:
        return list(parts)
    if labelled and count == width + 1:
        return list(parts[1:])
    for kept in (parts, parts[1:] if labelled and count > 1 and not parts[0] else ()):
        if len(kept) > 1 and width % len(kept) == 0:
            return [part for part in kept for _ in range(width // len(kept))]
    return None


def _fit_unmarked(parts: Sequence[str], width: int, *, labels: int) -> list[str] | None:
    """Fit heads that no mark parts; long ones over several columns each are a title, and no heads."""
    if labels > 1 and len(parts) == width + labels:
        return list(parts[labels:])
    spread = len(parts) not in {width, width + 1}
    if spread and any(len(part.split()) > SHORT for part in parts):
        return None
    return _fit(parts, width, labelled=True)


def _years(words: Sequence[str], width: int) -> list[str] | None:
    count = 0
    while count < len(words) and is_year(words[-1 - count]):
        count += 1
    if count == width and count:
        return list(words[-count:])
    if count > 1 and width % count == 0:
        return [word for word in words[-count:] for _ in range(width // count)]
    return None


def _enumerated(text: str, width: int) -> list[str] | None:
    parts = [part.strip() for part in _ENUMERATED.split(text)[1:]]
    return _fit([without_notes(part) for part in parts], width, labelled=False) if len(parts) > 1 else None


def _repeated(words: Sequence[str], width: int) -> list[str] | None:
    """Read "Group No. Rate No. Rate" over four columns: two heads, said twice."""
    for times in range(width, 1, -1):
        if width % times or len(words) < width:
            continue
        for size in range(len(words) // times, 0, -1):
            tail = list(words[-size * times :])
            if tail == tail[:size] * times:
                each = width // times
                parts = _parted(tail[:size], each)
                if parts is not None:
                    return parts * times
    return None


def _parted(words: Sequence[str], count: int) -> list[str] | None:
    if count == 1:
        return [" ".join(words)]
    parts = _capitals(words)
    return parts if len(parts) == count else None


def _capitals(words: Sequence[str]) -> list[str]:
    """Part a line before each capital that no joining word goes before."""
    parts: list[list[str]] = []
    for at, word in enumerate(words):
        joined = at > 0 and (words[at - 1].lower() in JOINERS or words[at - 1].endswith("-"))
        dated = is_year(word) or (at > 0 and is_year(words[at - 1]))
        if not parts or ((dated or (_OPENS.match(word) and not joined)) and not _in_bracket(parts[-1])):
            parts.append([])
        parts[-1].append(word)
    return [" ".join(part) for part in parts]


def _in_bracket(words: Sequence[str]) -> bool:
    so_far = " ".join(words)
    return so_far.count("(") > so_far.count(")")


def _segments(words: Sequence[str], around: str, width: int) -> list[str]:
    """Part a line into heads; brackets with a unit or a year belong to the head before, known names stay whole."""
    parts: list[str] = []
    for part in _capitals(words):
        if parts and (part.startswith("(") or len(part) == 1):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    at = 0
    while at + 1 < len(parts) and len(parts) > width:
        pair = f"{parts[at]} {parts[at + 1]}"
        if pair in around:
            parts[at : at + 2] = [pair]
        else:
            at += 1
    return parts
