"""PDF: words in reading order, paragraphs told by where lines stand, the running heads of pages left out.

A PDF knows characters and places, and no paragraph. A new one begins where the distance between two lines is larger
than usual, where the size of type changes, at a mark of a list, and where a line ends a sentence before the margin.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from headwater.corpus.lines import BULLET, ENUMERATOR
from headwater.sources.records import RecordFaultError

MOST_PAGES = 5_000  # the longest inquiry report in one file has some 1,000
LINE_HYPHEN = "\ufffe"  # how the library marks a hyphen that a line's end made
SOFT_HYPHEN = "\u00ad"
HEAD_LINES = 2  # of a page, from the top and from the bottom: running heads and page numbers are among them
HEAD_SHARE = 0.3  # of the pages that have a line: one that stands on so many is the page's, not the document's
FEWEST_HEADS = 3  # pages: a line that stands on two may be two paragraphs' beginning
WIDE_GAP = 1.35  # times the usual distance of lines: a blank line, or what stands for one
TALLER = 1.08  # times the size of type: a heading
SHORT_LINE = 0.86  # of the column's width: a line that ends before it was not filled
SENTENCE_END = re.compile(r"[.!?:;][”’\"')\]]*$")
NUMBER = re.compile(r"(?:page\s+)?[ivxlc\d]{1,5}(?:\s+of\s+\d{1,4})?", re.IGNORECASE)
# from an entry of a table of contents to its page
LEADER = re.compile(r"(?<!\s)\s*+(?<![.…])[.…]{4,}+\s*+[ivxlc\d]{0,5}$")
DIGITS = re.compile(r"\d+")
CREATED = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:([+-])(\d{2})'?(\d{2})?)?")
OPEN_LICENCE = re.compile(r"open[\s-]government[\s-]licence(?:/version/|\s+v?)3", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF holds.

    Args:
        text: Paragraphs parted by blank lines.
        page_starts: Where each page begins in `text`: the first is page 1, whatever number is printed on it.
        title: As the file states it, or "".
        created: When the file says that it was made, or None.
        modified: Likewise, changed.
        licence: That its own words name, or "".
    """

    text: str
    page_starts: tuple[int, ...]
    title: str = ""
    created: datetime | None = None
    modified: datetime | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: `right` and `base` in points, `size` of its type; an entry is one of a table of contents."""

    words: str
    right: float
    base: float
    size: float
    is_entry: bool = False


def read_pdf(raw: bytes) -> PdfText:
    """Return what a PDF holds.

    Args:
        raw: The file.

    Raises:
        RecordFaultError: If it is damaged, locked or has more pages than any document.
    """
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise RecordFaultError(f"a PDF that cannot be opened: {error}") from None
    try:
        if len(document) > MOST_PAGES:
            raise RecordFaultError(f"a PDF of {len(document):,} pages; at most {MOST_PAGES:,} are read")
        pages = [_read_lines(document[number]) for number in range(len(document))]
        about = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:  # a page that is missing: the rest would pass for the whole
        raise RecordFaultError(f"a PDF whose pages cannot all be read: {error}") from None
    finally:
        document.close()
    text, starts = _join_pages(_without_heads(pages))
    licence = OPEN_LICENCE.search(text)
    return PdfText(
        text,
        starts,
        " ".join(about.get("Title", "").split()),
        _moment(about.get("CreationDate", "")),
        _moment(about.get("ModDate", "")),
        "OGL-UK-3.0" if licence else "",
    )


def pdf_fields(raw: bytes) -> dict[str, Any]:
    """Return what a PDF holds, in the form of a record; what it does not say is left out.

    Args:
        raw: The file.

    Raises:
        RecordFaultError: If it cannot be read.
    """
    found = read_pdf(raw)
    fields = {
        "text": found.text,
        "title": found.title,
        "document_type": "pdf",
        "licence": found.licence,
        "first_published_at": found.created.isoformat() if found.created else "",
        "updated_at": found.modified.isoformat() if found.modified else "",
        "page_starts": list(found.page_starts),
    }
    return {name: value for name, value in fields.items() if value or name == "text"}


def page_at(page_starts: Sequence[int], offset: int) -> int:
    """Return the number of the page that a place in the text is on, from 1, as `#page=` counts.

    Args:
        page_starts: Where each page begins.
        offset: In the text.
    """
    return max(1, sum(start <= offset for start in page_starts))


def _read_lines(page: pypdfium2.PdfPage) -> list[_Line]:
    textpage = page.get_textpage()
    count = textpage.count_chars()
    text = textpage.get_text_range(0, count) if count else ""
    lines: list[_Line] = []
    at = 0
    for raw in text.split("\r\n"):
        words = _clean(raw)
        if words:
            lead = len(raw) - len(raw.lstrip())
            tail = len(raw.rstrip()) - 1
            _, base, size = _place(textpage, at + lead)
            right, _, _ = _place(textpage, at + tail)
            entry = LEADER.sub("", words)
            if entry:
                lines.append(_Line(entry, right, base, size, is_entry=entry != words))
            elif lines:  # leaders on a line of their own end the entry above
                lines[-1] = replace(lines[-1], is_entry=True)
        at += len(raw) + 2
    textpage.close()
    page.close()
    return lines


def _clean(raw: str) -> str:
    """Return the words of a line; of the marks of parted words only one at its end is kept."""
    words = " ".join(raw.split())
    is_parted = words.endswith((LINE_HYPHEN, SOFT_HYPHEN))
    return words.replace(LINE_HYPHEN, "").replace(SOFT_HYPHEN, "") + (SOFT_HYPHEN if is_parted else "")


def _place(textpage: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float]:
    """Return where a character stands, and the size of its type."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(textpage.raw, index, x, y)
    return x.value, y.value, float(pdfium.FPDFText_GetFontSize(textpage.raw, index))


def _without_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Return the pages without the lines that stand at the top or bottom of many of them, and without their numbers."""
    edges = Counter(_folded(line.words) for page in pages for line in {id(one): one for one in _edge(page)}.values())
    filled = sum(1 for page in pages if page)
    heads = {words for words, count in edges.items() if count >= max(FEWEST_HEADS, HEAD_SHARE * filled)}
    return [
        [
            line
            for line in page
            if not (line in _edge(page) and (_folded(line.words) in heads or NUMBER.fullmatch(line.words)))
        ]
        for page in pages
    ]


def _edge(page: list[_Line]) -> list[_Line]:
    """Return the lines at the top and at the bottom of a page, wherever in its text they stand."""
    ordered = sorted(page, key=lambda line: line.base)
    return [*ordered[:HEAD_LINES], *ordered[HEAD_LINES:][-HEAD_LINES:]]


def _folded(words: str) -> str:
    return DIGITS.sub("#", words.casefold())


def _join_pages(pages: list[list[_Line]]) -> tuple[str, tuple[int, ...]]:
    """Return the text of all pages and where each begins; a paragraph goes on over a page's end."""
    gaps = [gap for page in pages for before, after in pairwise(page) if (gap := _gap(before, after)) > 0]
    usual = median(gaps) if gaps else 0.0
    joined = _Joined()
    last: _Line | None = None
    for page in pages:
        width = max((line.right for line in page), default=0.0)
        for number, line in enumerate(page):
            is_new = last is None or _begins(last, line, (usual, width), is_first=not number)
            joined.add(line.words, is_new=is_new, opens_page=not number)
            last = line
        if not page:  # a page without a word begins where the next does
            joined.starts.append(len(joined.text))
    return joined.text.removesuffix(SOFT_HYPHEN), tuple(joined.starts)


class _Joined:
    """The text as it grows: lines go on the one before, or begin a paragraph."""

    def __init__(self) -> None:
        self.text = ""
        self.starts: list[int] = []

    def add(self, words: str, *, is_new: bool, opens_page: bool) -> None:
        """Add a line; a word that a line's end parted is made whole."""
        whole = self.text.removesuffix(SOFT_HYPHEN)
        glue = ("\n\n" if whole else "") if is_new else "" if whole != self.text else " "
        if opens_page:
            self.starts.append(len(whole) + len(glue))
        self.text = whole + glue + words


def _gap(before: _Line, after: _Line) -> float:
    return before.base - after.base


def _begins(before: _Line, line: _Line, measures: tuple[float, float], *, is_first: bool) -> bool:
    """Say whether a line begins a paragraph."""
    usual, width = measures
    if BULLET.match(line.words) or before.is_entry:
        return True
    if max(before.size, line.size) > TALLER * min(before.size, line.size) and min(before.size, line.size) > 0:
        return True
    ended = SENTENCE_END.search(before.words) is not None
    is_short = before.right < SHORT_LINE * width
    if ENUMERATOR.match(line.words) and (ended or is_short):  # "1.5 million" may well begin a line
        return True
    if is_first:
        return ended or is_short
    if usual and (_gap(before, line) > WIDE_GAP * usual or _gap(before, line) < 0):
        return True
    return ended and is_short


def _moment(stated: str) -> datetime | None:
    found = CREATED.match(stated)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in found.groups()[:6])
    offset = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0)) * (-1 if found[7] == "-" else 1)
    try:
        return datetime(year, month or 1, day or 1, hour, minute, second, tzinfo=timezone(offset))
    except ValueError:
        return None
