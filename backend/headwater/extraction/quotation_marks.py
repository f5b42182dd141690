"""Quotation marks told apart from apostrophes, elisions, and the marks of inches and feet.

Reading is by paragraph: each mark is judged by its neighbours alone, so that the cost is linear.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, zip_longest
from pathlib import Path

MARK = re.compile(r"``|''|’’|[“”„‟\"‘’‚‛'«»‹›]")
_ELISIONS = frozenset(tomllib.loads((Path(__file__).parent / "quotation_elisions.toml").read_text("utf-8"))["words"])
_FAMILIES = {
    **dict.fromkeys(("“", "”", "„", "‟", '"', "``", "''", "’’"), "double"),
    **dict.fromkeys("‘’‚‛'", "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "angle"),
}
_NEXT_WORD = re.compile(r"[^\W_]+")
_DECADE = re.compile(r"\d0s\b")
_OPENS_AFTER = frozenset(" \t\n([{—–-/“‘\"'„«‹¿¡…:")
_LEAD_IN = frozenset(",:—–-")  # what a quotation follows: "he said, ‘", "he said: ‘"
_SENTENCE_END = frozenset(".!?…")


class Shape(StrEnum):
    """What the neighbours of a mark say it does."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark: half-open `start` to `end` in the text, its family, and what its place says it does."""

    start: int
    end: int
    family: str
    shape: Shape


def find_marks(text: str, start: int, end: int) -> list[Mark]:
    """Read the quotation marks of one paragraph, in order, apostrophes and measures left out.

    Args:
        text: The whole text.
        start: Where the paragraph begins.
        end: Where it ends.
    """
    found: list[Mark] = []
    for match in MARK.finditer(text, start, end):
        found.extend(_marks_of(text, match, start, end))
    return _without_stray_singles(text, _without_inches(text, found), start)


def _marks_of(text: str, match: re.Match[str], start: int, end: int) -> list[Mark]:
    mark = match.group()
    before = text[match.start() - 1] if match.start() > start else "\n"
    after = text[match.end()] if match.end() < end else "\n"
    family = _FAMILIES[mark]
    if family == "single" and _is_apostrophe(text, match, before, after):
        return []
    return [Mark(match.start(), match.end(), family, _shape(mark, before, after))]


def _shape(mark: str, before: str, after: str) -> Shape:
    opens = before in _OPENS_AFTER and not (after.isspace())
    closes = not before.isspace() and not after.isalnum() and before not in "([{"
    if mark in "“‘„‚‟‛``":
        return Shape.CLOSES if closes and not opens and (before.isalnum() or before in _SENTENCE_END) else Shape.OPENS
    if mark in "”":
        return Shape.OPENS if before.isspace() and after.isalnum() else Shape.CLOSES
    if mark in ("''", "’’"):
        return Shape.OPENS if opens and not closes else Shape.CLOSES
    if opens == closes:
        return Shape.EITHER
    return Shape.OPENS if opens else Shape.CLOSES


def _is_apostrophe(text: str, match: re.Match[str], before: str, after: str) -> bool:
    mark, end = match.group(), match.end()
    if before.isalnum() and after.isalnum():
        return True
    if before.isdigit() and mark in "'’" and after in " -x×":
        return True  # feet, or minutes of arc
    if before.isalnum() or not after.isalnum():
        return False
    word = _NEXT_WORD.match(text, end, end + 12)
    if mark == "’" and (before.isspace() or before in _OPENS_AFTER):
        return True  # a right-hand mark before a word stands for lost letters: ’tis
    return bool(word and word.group().lower() in _ELISIONS) or bool(_DECADE.match(text, end))


def _without_inches(text: str, marks: list[Mark]) -> list[Mark]:
    """Drop straight double marks behind a digit that measure: no opener waits, or the next mark closes it."""
    kept: list[Mark] = []
    is_open = False
    for mark, after in zip_longest(marks, marks[1:]):
        measures = text[mark.start : mark.end] == '"' and mark.start > 0 and text[mark.start - 1].isdigit()
        if mark.family == "double" and measures and not is_open:
            continue
        if measures and after is not None and after.family == "double" and after.shape is Shape.CLOSES:
            continue
        if mark.family == "double":
            is_open = mark.shape is Shape.OPENS or (mark.shape is Shape.EITHER and not is_open)
        kept.append(mark)
    return kept


def _without_stray_singles(text: str, marks: list[Mark], start: int) -> list[Mark]:
    """Drop single marks that cannot pair: openers with no closer to come, possessives (s') inside a quotation."""
    last_closer = max((m.start for m in marks if m.family == "single" and m.shape is not Shape.OPENS), default=-1)
    kept = [
        mark
        for mark in marks
        if mark.family != "single"
        or mark.shape is Shape.CLOSES
        or mark.start < last_closer
        or (mark.shape is Shape.OPENS and _follows_lead_in(text, mark.start, start))
    ]
    singles = [mark for mark in kept if mark.family == "single"]
    possessive = {
        mark.start for mark, after in pairwise(singles) if _is_possessive(text, mark) and _surely_closes(text, after)
    }
    return [mark for mark in kept if mark.start not in possessive or mark.family != "single"]


def _follows_lead_in(text: str, at: int, start: int) -> bool:
    before = text[max(start, at - 3) : at].rstrip()
    return at == start or (bool(before) and before[-1] in _LEAD_IN)


def _is_possessive(text: str, mark: Mark) -> bool:
    return (
        mark.shape is Shape.CLOSES
        and text[mark.start - 1 : mark.start] == "s"
        and text[mark.end : mark.end + 1] == " "
        and text[mark.end + 1 : mark.end + 2].isalpha()
    )


def _surely_closes(text: str, mark: Mark) -> bool:
    return mark.shape is Shape.CLOSES and not _is_possessive(text, mark)


def is_reopening(text: str, at: int) -> bool:
    """Say whether an opening mark inside an open quotation begins a new paragraph of it (the break being lost).

    Args:
        text: The whole text.
        at: Where the mark stands.
    """
    before = text[max(0, at - 3) : at].rstrip()
    return not before or before[-1] in _SENTENCE_END
