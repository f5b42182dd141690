"""Deep links: the address of a document, and where in it a passage stands, as far as that can be told rightly.

A fragment of text for pages, the page's number for PDF files; an address that names a place already (a contribution in
Hansard) is left as it is. A superseded version has no place any more: its page shows other words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePosixPath
from threading import Lock
from urllib.parse import urlsplit

from headwater.domain.documents import Document, Passage, PassageKind
from headwater.domain.verdicts import ClaimReport, Omission
from headwater.text.fragments import PageWords

MOST_PASSAGES = 20_000  # of the documents remembered: about 20 MB, as much as is remembered of what they say
ADDRESSES = 4_096  # of documents, looked at once: under a megabyte
WALL = ""  # a block of its own: what stands before and behind it is not beside each other on the page
CELL_MARK = " | "  # between the cells of a table's row, as stored
# stays wide on the page: no words are matched across it
WIDE_BLANK = re.compile(r"\u00a0\s++|(?<![^\S\u00a0])[^\S\u00a0]++\u00a0\s*+")
# What a browser saves or shows without words to scroll to.
NO_PAGES = frozenset({".csv", ".doc", ".docx", ".json", ".ods", ".odt", ".xls", ".xlsx", ".xml", ".zip"})

PassagesOf = Callable[[str, int], Sequence[Passage]]


class _Page:
    """A document's words as its page shows them, and the place of each passage that was asked for."""

    def __init__(self, words: PageWords, blocks: Mapping[int, tuple[int, int]]) -> None:
        self._words = words
        self._blocks = blocks  # of each passage by its ordinal: first and last
        self._fragments: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._blocks)

    def find_fragment(self, passage: Passage) -> str:
        """Return the fragment of a passage as it stands in an address, or ""."""
        if passage.ordinal not in self._fragments:
            self._fragments[passage.ordinal] = self._find(passage)
        return self._fragments[passage.ordinal]

    def _find(self, passage: Passage) -> str:
        blocks = self._blocks.get(passage.ordinal)
        if blocks is None:
            return ""
        fragment = self._words.find_fragment(*blocks, is_repeated=passage.kind is PassageKind.HEADING)
        try:
            return fragment.encode() if fragment else ""
        except UnicodeEncodeError:  # half a character, as a page may send it: no address can hold it
            return ""


class DeepLinks:
    """Makes links to passages. Safe to share between threads: a lost race reads twice.

    Args:
        passages_of: All passages of a document's version.
    """

    def __init__(self, passages_of: PassagesOf) -> None:
        self._passages_of = passages_of
        self._lock = Lock()
        self._held = 0  # passages of all pages
        self._pages: OrderedDict[tuple[str, str], _Page] = OrderedDict()

    def learn(self, passages: Sequence[Passage]) -> None:
        """Take in a document that is stored nowhere.

        Args:
            passages: All of it.
        """
        if passages:
            self._remember(passages[0].document, _read_page(passages))

    def linked(self, report: ClaimReport) -> ClaimReport:
        """Return a report whose passages carry their links."""
        return replace(
            report,
            evidence=tuple(replace(hit, link=self.to(hit.passage)) for hit in report.evidence),
            nearest=tuple(replace(hit, link=self.to(hit.passage)) for hit in report.nearest),
        )

    def linked_omissions(self, omissions: Sequence[Omission]) -> tuple[Omission, ...]:
        """Return what a text leaves out with links to it."""
        return tuple(replace(omission, link=self.to(omission.passage)) for omission in omissions)

    def to(self, passage: Passage) -> str:
        """Return the link to a passage: the plain address where no place in it can be named, "" without address.

        Args:
            passage: Of a document.
        """
        document = passage.document
        address = document.url if _is_followed(document.url) else ""
        if not address or not document.is_latest:
            return address
        if not shows_text(address):
            return address + _page_of(passage)
        page = self._pages.get(_key(document)) or self._remember(
            document, _read_page(self._passages_of(document.id, document.version))
        )
        return address + page.find_fragment(passage)

    def _remember(self, document: Document, page: _Page) -> _Page:
        with self._lock:
            self._held += len(page) - len(self._pages.pop(_key(document), ()))
            self._pages[_key(document)] = page
            while self._held > MOST_PASSAGES and len(self._pages) > 1:
                self._held -= len(self._pages.popitem(last=False)[1])
        return page


def _key(document: Document) -> tuple[str, str]:
    return document.id, document.sha256


@lru_cache(maxsize=ADDRESSES)
def shows_text(address: str) -> bool:
    """Say whether a text fragment may be added to an address: it names no place yet, and leads to a page.

    Args:
        address: Of a document.

    >>> shows_text("https://www.gov.uk/news/1"), shows_text("https://a.uk/Commons#contribution-1"), shows_text("a.csv")
    (True, False, False)
    """
    parts = urlsplit(address)
    return "#" not in address and PurePosixPath(parts.path).suffix.lower() not in NO_PAGES | {".pdf"}


def _page_of(passage: Passage) -> str:
    """Return "#page=N" for a passage of a PDF file whose pages are known, else ""."""
    document = passage.document
    starts = document.provenance.page_starts
    if not starts or "#" in document.url or not urlsplit(document.url).path.lower().endswith(".pdf"):
        return ""
    return f"#page={max(1, bisect_right(starts, passage.span.start))}"


@lru_cache(maxsize=ADDRESSES)
def _is_followed(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # a broken address, as a record may hold it
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _read_page(passages: Sequence[Passage]) -> _Page:
    blocks: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    for passage in passages:
        mine = [block for block in _blocks(passage) if block.strip() or block == WALL]
        spoken = [place for place, block in enumerate(mine) if block != WALL]
        if spoken:
            places[passage.ordinal] = len(blocks) + spoken[0], len(blocks) + spoken[-1]
            blocks += mine
    title = passages[0].document.title if passages else ""
    return _Page(PageWords(blocks, beside=(title,)), places)


def _blocks(passage: Passage) -> Iterator[str]:
    in_row = passage.kind is PassageKind.TABLE_ROW
    stretches = passage.text.split(CELL_MARK) if in_row else _between_marks(passage)
    for stretch in stretches:
        if "\u00a0" in stretch:
            yield from filter(None, WIDE_BLANK.split(stretch))
        else:
            yield stretch


def _between_marks(passage: Passage) -> list[str]:
    """Return the words of a passage between the marks of its footnotes, without the word that a mark is set at.

    The page shows "ports1 and" or "ports[1] and", of which a browser makes one word, or two.
    """
    marks = passage.document.provenance.note_marks
    begin, end = passage.span.start, passage.span.end
    inside = [mark - begin for mark in marks[bisect_right(marks, begin) : bisect_right(marks, end)]]
    if not inside:
        return [passage.text]
    stretches = [passage.text[one:other] for one, other in pairwise((0, *inside))]
    kept = [part for stretch in stretches for part in (" ".join(stretch.split()[:-1]), WALL)]
    return [part for part in (*kept, passage.text[inside[-1] :]) if part == WALL or any(map(str.isalnum, part))]
