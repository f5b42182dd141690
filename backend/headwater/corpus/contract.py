"""What searching asks of a corpus, whatever database holds it: the one interface between retrieval and storage.

A store either searches vectors itself (`dense_search` returns something: PostgreSQL with pgvector) or hands its vectors
out by number (`vector_changes`), and retrieval keeps an index of its own beside or without the database. Either way the
database is the truth: an index is derived, carries the mark it has come to, and follows from there.

Numbers of passages, vectors and removals only ever rise and are never given twice, and a number is visible only
when all lower ones are: so a mark says exactly what has been seen. A store whose transactions may commit out of order
has to hold numbers back until that is so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from headwater.corpus.filters import PassageFilters
from headwater.domain.documents import Passage

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class VectorMark:
    """How far an index has followed the vectors of one model: the highest numbers it has seen.

    Args:
        resets: How often vectors of the model were deleted; where it differs, the index has to begin anew.
        passage: Of passages.
        vector: Of vectors.
        removal: Of removals of passages.
        stored: How often vectors of the model were stored; where it is the store's, there are none to look for, be
            there ever so many of other models.
    """

    resets: int = 0
    passage: int = 0
    vector: int = 0
    removal: int = 0
    stored: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class VectorChanges:
    """What an index has missed since a mark, or the first part of it.

    A vector belongs to a text: all passages with the same words share one. Passages whose text has no vector yet are
    left out, and come with the vector when it is stored.

    Args:
        mark: Where the index stands after these changes.
        is_last: Whether nothing more was stored when they were read.
        numbers: Of new vectors, ascending. Shape: (m,).
        vectors: The new vectors, unit length. Shape: (m, dimensions).
        passages: That have a vector, new ones and older ones whose vector is new. Shape: (n,).
        versions: Row number of the version each of them is in. Shape: (n,).
        owned: Number of the vector of each of them, new or older. Shape: (n,).
        removed: Passages that are not stored any more. Shape: (any,).
    """

    mark: VectorMark
    is_last: bool
    numbers: Ids
    vectors: Vectors
    passages: Ids
    versions: Ids
    owned: Ids
    removed: Ids


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What scoring has to know of a version of a document.

    Args:
        document: Identifier of the document.
        number: Of the version.
        title: Of the document.
        speaker: Of the whole document, or "".
        days: On which the document appeared and this version was made, as far as they are known.
    """

    document: str
    number: int
    title: str
    speaker: str
    days: tuple[date, ...] = ()


class DenseSearch(Protocol):
    """The vectors of one model at one moment, searched by nearness."""

    def __len__(self) -> int:
        """Passages that have a vector."""
        ...

    def search(self, queries: Vectors, k: int, filters: PassageFilters = ...) -> list[Ids]:
        """Find the passages nearest to each query: all copies of its `k` nearest different vectors.

        Args:
            queries: Unit vectors. Shape: (q, dimensions).
            k: Different vectors wanted of each.
            filters: Which passages may be answered; a filter never costs recall.

        Returns:
            For each query the identifiers of passages, nearest first. Shapes: (any,).
        """
        ...

    def cosines(self, query: Vectors, ids: Ids) -> NDArray[np.float64]:
        """Return the cosine of a query with passages; not-a-number for those without a vector.

        Args:
            query: A unit vector. Shape: (dimensions,).
            ids: Of the passages. Shape: (n,).

        Returns:
            Shape: (n,).
        """
        ...


class VectorStore(Protocol):
    """Where vectors come from."""

    @property
    def index_folder(self) -> Path | None:
        """Where an index may keep its files, or None where it has to live in memory. It need not exist yet."""
        ...

    def change(self) -> int:
        """Return a number that rises with every change of documents or vectors, and never falls. Cheap."""
        ...

    def identity(self) -> str:
        """Return what tells this corpus from any other, "" where it was never given."""
        ...

    def passage_count(self) -> int:
        """Return how many passages there are."""
        ...

    def stored_models(self) -> Mapping[str, int]:
        """Return the models that have vectors here, with how many each."""
        ...

    def dense_search(self, model: str) -> DenseSearch | None:
        """Return the store's own search among the vectors of a model, or None where it has none."""
        ...

    def vector_changes(self, model: str, since: VectorMark, limit: int) -> VectorChanges:
        """Return what was stored and removed since a mark, at most `limit` vectors and passages of it.

        Args:
            model: Identifier of the model.
            since: What the index has seen; if its `resets` is not the store's, the answer begins at the beginning,
                with the store's `resets` in its mark, and what the index held is void.
            limit: Of new vectors, and of passages.
        """
        ...

    def version_numbers(self, filters: PassageFilters) -> Ids | None:
        """Return row numbers of the versions that pass, ascending, or None where the filters limit nothing."""
        ...


class PassageStore(VectorStore, Protocol):
    """Where words and passages come from too: all that a retriever asks."""

    def document_frequencies(self, terms: Sequence[str]) -> Mapping[str, int]:
        """Return for each term in how many passages it stands."""
        ...

    def lexical_search(
        self, terms: Sequence[str], limit: int, filters: PassageFilters = ...
    ) -> Sequence[tuple[int, float]]:
        """Return the passages that hold any of the terms, best first, with their weights (higher is better).

        Args:
            terms: Words or short phrases as written; nothing in them is read as query syntax. The caller has chosen
                those that are worth looking up.
            limit: How many at most.
            filters: Which passages may be returned.
        """
        ...

    def passing(self, ids: Sequence[int], filters: PassageFilters) -> Sequence[int]:
        """Return those of some passages that pass, in their order."""
        ...

    def version_facts(self, numbers: Sequence[int]) -> Mapping[int, VersionFacts]:
        """Return what scoring has to know of some versions, by row number; those not stored are left out."""
        ...

    def passages(self, ids: Sequence[int]) -> Mapping[int, Passage]:
        """Return the passages that are stored, in the order asked for."""
        ...

    def passages_of(self, identifier: str) -> Sequence[Passage]:
        """Return the passages of the latest version of a document, in order."""
        ...
