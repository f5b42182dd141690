"""The figures and days of whole documents, read once each: asked for only when a figure is missed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from headwater.alignment.passages import annotate_figures
from headwater.domain.documents import Document, Passage
from headwater.domain.facts import Annotated
from headwater.extraction.table_reading import holds_rows

REMEMBERED = 64  # documents; an article is compared with a handful
MANY = 1024  # documents of which it is remembered whether they hold tables
LONGEST_TEXT = 60_000  # characters read for figures: about 25 printed pages

PassagesOf = Callable[[str, int], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """Passages of one document with their figures; both sequences are of one order.

    Args:
        passages: As stored.
        figures: The same, read for figures and days only.
    """

    passages: tuple[Passage, ...]
    figures: tuple[Annotated, ...]


class DocumentFigures:
    """Reads whole documents for their figures. Safe to share between threads: a lost race reads twice.

    Args:
        passages_of: All passages of a document's version.
    """

    def __init__(self, passages_of: PassagesOf) -> None:
        self._passages_of = passages_of
        self._given: OrderedDict[tuple[str, str], tuple[Passage, ...]] = OrderedDict()
        self._read: OrderedDict[tuple[str, str], ReadDocument] = OrderedDict()
        self._tabled: OrderedDict[tuple[str, str], bool] = OrderedDict()

    def learn(self, passages: Sequence[Passage]) -> None:
        """Take in a document that is stored nowhere.

        Args:
            passages: All of it.
        """
        if passages:
            key = _key(passages[0].document)
            self._given[key] = tuple(passages)
            self._read.pop(key, None)  # the same words may have come with another day
            _forget(self._given)

    def has_tables(self, document: Document) -> bool:
        """Say whether a document may hold tables of figures.

        Args:
            document: The document.
        """
        key = _key(document)
        if key not in self._tabled:
            passages = self._given.get(key) or self._passages_of(document.id, document.version)
            self._tabled[key] = holds_rows([passage.text for passage in passages])
            while len(self._tabled) > MANY:
                self._tabled.popitem(last=False)
        return self._tabled[key]

    def of(self, document: Document) -> ReadDocument:
        """Return a document read for its figures; it is empty where nothing is stored of it.

        Args:
            document: The document.
        """
        key = _key(document)
        known = self._read.get(key)
        if known is None:
            passages = self._given.get(key) or tuple(self._passages_of(document.id, document.version))
            ends = accumulate(len(passage.text) for passage in passages)
            kept = passages[: sum(1 for _ in takewhile(lambda end: end <= LONGEST_TEXT, ends))]
            known = self._read[key] = ReadDocument(kept, tuple(annotate_figures(passage) for passage in kept))
            _forget(self._read)
        return known


def _key(document: Document) -> tuple[str, str]:
    return document.id, document.sha256


def _forget(
    known: OrderedDict[tuple[str, str], tuple[Passage, ...]] | OrderedDict[tuple[str, str], ReadDocument],
) -> None:
    while len(known) > REMEMBERED:
        known.popitem(last=False)
