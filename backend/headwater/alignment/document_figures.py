"""The figures and days of whole documents, read once each: asked for only when a figure is missed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from headwater.alignment.passages import annotate_figures
from headwater.domain.documents import Document, Passage
from headwater.domain.facts import Annotated
from headwater.extraction.table_reading import is_row_of_figures

REMEMBERED = 64  # documents; an article is compared with a handful
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

    @staticmethod
    def has_tables(passages: Sequence[Passage]) -> bool:
        """Say whether a document may hold tables of figures that a claim speaks of: a row is among its passages.

        Args:
            passages: Those that the search found for the claim.
        """
        return any(is_row_of_figures(passage.text) for passage in passages)

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
