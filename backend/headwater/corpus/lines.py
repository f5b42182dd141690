"""The paragraphs of a document, one a line of working text, and what each looks like by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from headwater.domain.spans import MappedText, Span
from headwater.text.normalise import normalise

LONGEST_HEADING = 120  # characters: GOV.UK's own limit for a title is 65, ONS headings run to 110
LONGEST_HEADING_WORDS = 16
LONGEST_LABEL_WORDS = 6  # "SUMMARY:", "Notes to editors:"; longer lines before a colon introduce a list
LONGEST_HEADING_RUN = 3  # title, section, subsection; more such lines in a row are an address or a list
TABLE_MARK = " | "
BULLET = re.compile(r"[-*•‣▪◦–—●○■][ \t]+(?=\S)")
ENUMERATOR = re.compile(r"(?:\(?(?:[0-9]{1,3}|[ivxlc]{1,6}|[a-z])[.)]|[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}\.?)[ \t]+(?=\S)")
SENTENCE_ENDS = (".", "!", ";", ",", "…", "”", '"', "’", "»", "。", "؟", "۔")


class Look(Enum):
    """What a line looks like by itself; its neighbours may decide otherwise."""

    PROSE = auto()
    HEADING = auto()
    BULLET = auto()
    NUMBERED = auto()
    TABLE_ROW = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of working text.

    Args:
        text: Without white space around it, and without a bullet.
        span: Of `text` in the working text.
        look: What it looks like.
    """

    text: str
    span: Span
    look: Look


def read_lines(text: str) -> tuple[MappedText, tuple[Line, ...]]:
    """Return the working text of a document and its paragraphs in order; blank lines are left out.

    Args:
        text: As stored: paragraphs parted by blank lines or line ends, or wrapped at a fixed width.
    """
    mapped = normalise(text).mapped
    return mapped, tuple(_settle(list(_lines(mapped.text))))


def _lines(working: str) -> Iterator[Line]:
    start = 0
    for raw in working.split("\n"):
        stripped = raw.strip()
        at = start + len(raw) - len(raw.lstrip())
        start += len(raw) + 1
        if not stripped:
            continue
        bullet = BULLET.match(stripped)
        if bullet is not None:
            stripped, at = stripped[bullet.end() :], at + bullet.end()
        yield Line(stripped, Span(at, at + len(stripped)), Look.BULLET if bullet else _look(stripped))


def _look(line: str) -> Look:
    if TABLE_MARK in line:
        return Look.TABLE_ROW
    if ENUMERATOR.match(line):
        return Look.NUMBERED
    return Look.HEADING if looks_like_heading(line) else Look.PROSE


def looks_like_heading(line: str) -> bool:
    """Say whether a line is short, begins like a title and ends without a sentence's mark.

    >>> looks_like_heading("Notes to editors"), looks_like_heading("It rose by 3%.")
    (True, False)
    """
    words = line.split()
    if len(line) > LONGEST_HEADING or len(words) > LONGEST_HEADING_WORDS or line.endswith(SENTENCE_ENDS):
        return False
    if line.endswith(":") and len(words) > LONGEST_LABEL_WORDS:
        return False
    first = next((character for character in line if character.isalpha()), "")
    return bool(first) and not first.islower()


def _settle(lines: list[Line]) -> Iterator[Line]:
    """Decide what a line is by its neighbours: numbered headings or items, headings or an address."""
    for index, line in enumerate(lines):
        if line.look is Look.NUMBERED:
            yield Line(line.text, line.span, _settle_numbered(lines, index))
        elif line.look is Look.HEADING and (_introduces_list(lines, index) or _stands_in_run(lines, index)):
            yield Line(line.text, line.span, Look.PROSE)
        else:
            yield line


def _settle_numbered(lines: list[Line], index: int) -> Look:
    neighbours = lines[max(0, index - 1) : index] + lines[index + 1 : index + 2]
    if any(line.look is Look.NUMBERED for line in neighbours):
        return Look.NUMBERED
    return Look.HEADING if looks_like_heading(lines[index].text) and index + 1 < len(lines) else Look.PROSE


def _introduces_list(lines: list[Line], index: int) -> bool:
    """Say whether a line before a colon has a list under it: it is the beginning of each item's sentence."""
    following = lines[index + 1].look if index + 1 < len(lines) else Look.PROSE
    return lines[index].text.endswith(":") and following in {Look.BULLET, Look.NUMBERED}


def _stands_in_run(lines: list[Line], index: int) -> bool:
    """Say whether a heading has nothing under it: too many such lines in a row, or the document's last line."""
    end = index
    while end < len(lines) and lines[end].look is Look.HEADING and end - index <= LONGEST_HEADING_RUN:
        end += 1
    start = index
    while start > 0 and lines[start - 1].look is Look.HEADING and end - start <= LONGEST_HEADING_RUN:
        start -= 1
    return end - start > LONGEST_HEADING_RUN or (end == len(lines) and len(lines) == 1)
