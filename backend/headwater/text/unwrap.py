"""Hard-wrapped lines joined to paragraphs.

A line break made by a program that wraps at a width has one mark: the next word would not have fitted. Where most
breaks of a text bear it and sentences run across them, the text is wrapped; then a break is real only if the next
word would have fitted and the line reads as an end, or where the layout says so: a blank line, a list item, a deeper
indent, another depth of e-mail quotation, a table row.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from headwater.text.rewriting import Edit

WIDEST = 120  # columns; text set wider than this is not wrapped by a program
NARROWEST = 40  # columns; shorter lines are verse, addresses and lists
_WIDE_SHARE = 0.05  # of lines: a few addresses and tables may stand out of a wrapped text
_NEAR = 12  # columns: a wrapped line stops short of the width by less than a long word
_NEAR_SHARE = 0.2  # of lines: in wrapped text about two lines in three end so near the width
_MANY = 3  # breaks that bear the mark: fewer are judged one by one
_CERTAIN = 8  # marked breaks: with fewer, a list of items of like length must be told from prose by its words
_LOOSE_SHARE = 0.5  # of marked breaks: unmarked ones beyond this make the text a list, verse or a table
_RUNNING_SHARE = 0.5  # of marked breaks: sentences run across them; capitals stand at most line starts elsewhere

_LINE = re.compile(r"(?m)^(?P<quote>(?:[ \t]?>)*+)(?P<indent>[ \t]*+)(?P<words>.*)$")
_TERMINAL = re.compile(r"[.!?:;…؟۔。][\"'”’»)\]]*\Z")
_INNER_END = re.compile(r"[.!?][\"'”’)]*+ [\"'“‘(]?[A-Z]")
_ENUMERATED = re.compile(r"[;,] (?:and|or)\Z")  # the last item but one
_TABLE = re.compile(r"\t|(?<=\S) \| |(?<![.!?:]) {3,}(?=\S)|\A\||\|\Z")
_RULE = re.compile(r"[\W_]++\Z")
_BULLET = re.compile(r"[•▪◦‣●○■□►➢✓✔⁃∙]|[*]\s")
_MARKER = re.compile(r"[-–—]\s|\(?(?:\d{1,3}(?:\.\d{1,2})*+|[a-z]|[ivx]{2,5}|[A-Z])[.)]\s")
_HYPHEN = re.compile(r"(?:[^\W_][-‐‑]|\w—|\d–)\Z")
_OPENING = "\"'“‘«„("
_SUSPENDED = re.compile(r"(?:and|or|to)\b")
_LAYOUT = re.compile(r"  |\t|\n[ >]|\A[ >]")


class _Line(NamedTuple):
    start: int
    end: int
    quote: str
    indent: int
    words: str

    @property
    def width(self) -> int:
        return self.indent + len(self.words)


class _Break(Enum):
    REAL = auto()
    MARKED = auto()  # the next word would not have fitted
    LOOSE = auto()  # it would have fitted, and yet the line does not read as an end
    END = auto()  # it would have fitted, and the line reads as an end


def unwrap(text: str) -> str:
    r"""Join hard-wrapped lines; text that is not wrapped comes back as it is.

    Args:
        text: Text with line feeds as line ends.

    >>> unwrap("He warned that organised immigration crime must be\ntreated in the same way as terrorism.")
    'He warned that organised immigration crime must be treated in the same way as terrorism.'
    >>> unwrap("Tyger Tyger, burning bright,\nIn the forests of the night;")
    'Tyger Tyger, burning bright,\nIn the forests of the night;'
    """
    pieces, at = [], 0
    for start, end, replacement in unwrap_edits(text):
        pieces += [text[at:start], replacement]
        at = end
    return "".join([*pieces, text[at:]])


def unwrap_edits(text: str) -> Iterator[Edit]:
    """Find the line breaks to join.

    Where a line is joined, or where the layout (indents, column gaps) is about to be lost, each remaining break
    becomes a blank line: the result is then read the same way however often it is unwrapped.

    Args:
        text: Text with line feeds as line ends; blanks not yet made uniform, for they show the layout.

    Returns:
        Edits in order: a blank or nothing for a joined break, two line feeds for a real one.
    """
    if "\n" not in text.strip("\n"):
        return
    lines = [_read_line(found) for found in _LINE.finditer(text)]
    joined = _joined_breaks(lines)
    if not any(joined) and _LAYOUT.search(text) is None:
        return
    for (before, after), is_joined in zip(pairwise(lines), joined, strict=True):
        if not before.words or not after.words:
            continue
        if is_joined:
            yield before.end, after.start, _joint(before.words, after.words)
        else:
            yield before.end, before.end + 1, "\n\n"


def _read_line(found: re.Match[str]) -> _Line:
    words = found["words"].rstrip(" \t")
    indent = len(found["indent"].expandtabs())
    start = found.start("words")
    return _Line(start, start + len(words), found["quote"].replace(" ", ""), indent if words else 0, words)


def _joined_breaks(lines: Sequence[_Line]) -> list[bool]:
    """Say of each break whether it is joined."""
    width = _find_width(lines)
    if width is None:
        return [False] * (len(lines) - 1)
    kinds = _classify(lines, width)
    marked = [at for at, kind in enumerate(kinds) if kind is _Break.MARKED and not _ends(lines[at])]
    loose = sum(kind is _Break.LOOSE for kind in kinds)
    if len(marked) < _MANY:
        is_prose = loose == 0 and any(_is_one_sentence(lines[at], lines[at + 1]) for at in marked)
        return [is_prose and at in marked and not _is_parallel(*lines[at : at + 2]) for at in range(len(kinds))]
    running = sum(_runs_on(lines[at], lines[at + 1]) for at in marked)
    if len(marked) < _CERTAIN and not any(_is_connected(lines[at], lines[at + 1]) for at in marked):
        return [False] * (len(lines) - 1)
    if loose > len(marked) * _LOOSE_SHARE or running < len(marked) * _RUNNING_SHARE:
        return [False] * (len(lines) - 1)
    ends = kinds.count(_Break.END)
    parted = ends > sum(len(_INNER_END.findall(line.words)) for line in lines)
    return [
        (kind is _Break.MARKED and not (parted and _ends(lines[at])))
        or (kind is _Break.LOOSE and _runs_on(lines[at], lines[at + 1]))
        for at, kind in enumerate(kinds)
    ]


def _find_width(lines: Sequence[_Line]) -> int | None:
    """Return the width that lines were wrapped at, or None where there is none."""
    widths = [
        line.width for at, line in enumerate(lines) if line.words and " " in line.words and _has_neighbour(lines, at)
    ]
    narrow = sorted((width for width in widths if width <= WIDEST), reverse=True)
    if not narrow or len(widths) - len(narrow) > len(widths) * _WIDE_SHARE:
        return None
    for at, width in enumerate(narrow):
        near = sum(1 for other in narrow[at : at + len(narrow)] if other > width - _NEAR) if at < _MANY else len(narrow)
        if near >= max(1 if len(narrow) <= _MANY else 2, len(narrow) * _NEAR_SHARE):
            return width if width >= NARROWEST else None
    return None


def _has_neighbour(lines: Sequence[_Line], at: int) -> bool:
    return bool((at and lines[at - 1].words) or (at + 1 < len(lines) and lines[at + 1].words))


def _classify(lines: Sequence[_Line], width: int) -> list[_Break]:
    kinds = []
    item = ""  # the list marker that the current paragraph opens with
    opener: _Line | None = None  # its first line
    quoted = 0  # quotation marks opened in it and not closed
    for before, after in pairwise(lines):
        if not before.words:
            opener = None
        if opener is None:
            opener, item, quoted = before, _marker(before.words), 0
        quoted += before.words.count("“") - before.words.count("”")
        kind = _classify_break(before, after, width)
        goes_on_quoting = quoted > 0 and after.words.startswith("“") and _ends(before)
        if kind is not _Break.REAL and (goes_on_quoting or _opens_paragraph(before, after, opener, item)):
            kind = _Break.REAL
        if kind is _Break.REAL or kind is _Break.END:
            opener = None
        kinds.append(kind)
    return kinds


def _classify_break(before: _Line, after: _Line, width: int) -> _Break:
    if not before.words or not after.words or before.quote != after.quote or before.width > width:
        return _Break.REAL
    if any(_TABLE.search(line.words) or _RULE.match(line.words) for line in (before, after)):
        return _Break.REAL
    if before.width + 1 + len(after.words.split(" ", 1)[0]) > width:
        return _Break.MARKED
    return _Break.END if _ends(before) else _Break.LOOSE


def _opens_paragraph(before: _Line, after: _Line, opener: _Line, item: str) -> bool:
    """Say whether layout or a list marker sets the second line apart from the first."""
    if after.indent > before.indent and not (item and before is opener):
        return True
    if after.indent < before.indent and before is not opener:
        return True
    if _BULLET.match(after.words):
        return True
    marker = _marker(after.words)
    return bool(marker) and (bool(item) or _ends(before))


def _marker(words: str) -> str:
    found = _BULLET.match(words) or _MARKER.match(words)
    return found[0] if found else ""


def _ends(line: _Line) -> bool:
    return _TERMINAL.search(line.words) is not None


def _runs_on(before: _Line, after: _Line) -> bool:
    """Say whether a sentence runs across the break."""
    start = after.words.lstrip(_OPENING)[:1]
    if start.islower() or _dangles(before) or before.words.endswith(","):
        return True
    return start.isalpha() and not start.isupper()  # a script without capitals


def _is_one_sentence(before: _Line, after: _Line) -> bool:
    """Say of a break in a text with few whether it certainly stands inside a sentence."""
    if _is_parallel(before, after):
        return False
    if _dangles(before):
        return after.words[:1].isalnum() or after.words[:1] in _OPENING
    if not after.words[:1].islower():
        return False
    starts_sentence = not before.words.lstrip(_OPENING)[:1].islower()
    return starts_sentence or before.words.endswith(",") or _is_connected(before, after)


def _is_parallel(before: _Line, after: _Line) -> bool:
    """Say whether two lines look like items of one list."""
    if _ENUMERATED.search(before.words):
        return True
    return before.words.split(" ", 1)[0] == after.words.split(" ", 1)[0]


def _is_connected(before: _Line, after: _Line) -> bool:
    """Say whether the words on both sides of a break hang together, as list items do not."""
    if _is_parallel(before, after):
        return False
    return (
        _dangles(before)
        or _INNER_END.search(before.words) is not None
        or after.words.split(" ", 1)[0] in _words("continuing")
    )


def _dangles(line: _Line) -> bool:
    """Say whether a line breaks off inside a word or after one that ends nothing."""
    return _HYPHEN.search(line.words) is not None or line.words.rsplit(" ", 1)[-1].lower() in _words("dangling")


def _joint(before: str, after: str) -> str:
    """Return what stands between two joined lines: nothing after a hyphen inside a word, else a blank."""
    is_divided = _HYPHEN.search(before) and after[:1].isalnum() and not _SUSPENDED.match(after)
    return "" if is_divided else " "


@cache
def _words(table: str) -> frozenset[str]:
    tables = tomllib.loads((Path(__file__).parent / "unwrapping.toml").read_text(encoding="utf-8"))
    return frozenset(tables[table].split())
