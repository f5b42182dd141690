"""Dense search: the vectors of the corpus, each different one once, and the passages that have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from headwater.corpus.contract import Ids, Vectors
from headwater.corpus.filters import PassageFilters
from headwater_embeddings.index_rows import VectorRows

__all__ = ["DenseIndex", "FilteredIndex", "Ids", "Owners", "Vectors"]

MOST_COPIES = 200  # passages answered for one vector: a sentence may stand in every version of a page
KNOWN_FILTERS = 32  # remembered with what they pass: a megabyte each at a million passages
NO_FILTERS = PassageFilters()

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Owners:
    """The passages that have a vector.

    Args:
        ids: Ascending. Shape: (n,).
        versions: Row number of the version each is in. Shape: (n,).
        rows: Row of its vector. Shape: (n,).
    """

    ids: Ids
    versions: Ids
    rows: Ids

    @classmethod
    def of(cls, ids: Ids, versions: Ids, rows: Ids) -> Owners:
        """Return passages given in any order."""
        if (np.diff(ids) < 0).any():
            order = np.argsort(ids, kind="stable")
            ids, versions, rows = ids[order], versions[order], rows[order]
        return cls(ids, versions, rows)

    def with_more(self, other: Owners) -> Owners:
        """Return these and other passages; they share none."""
        if not len(other.ids):
            return self
        return Owners.of(
            np.concatenate([self.ids, other.ids]),
            np.concatenate([self.versions, other.versions]),
            np.concatenate([self.rows, other.rows]),
        )

    def without(self, removed: Ids) -> Owners:
        """Return the passages that are not among those removed."""
        if not len(removed):
            return self
        kept = ~np.isin(self.ids, removed)
        return self if kept.all() else Owners(self.ids[kept], self.versions[kept], self.rows[kept])

    @cached_property
    def by_row(self) -> NDArray[np.intp]:
        """Places of the passages in order of their rows, then of their identifiers. Shape: (n,)."""
        return np.argsort(self.rows, kind="stable")


class DenseIndex:
    """Vectors of passages, searched by their different values: ninety copies of a sentence are one neighbour.

    Args:
        ids: Of the passages, ascending. Shape: (n,).
        vectors: Unit vectors. Shape: (n, dimensions).
    """

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        rows, owned = VectorRows.empty(vectors.shape[1]).with_more(vectors)
        self._set(rows, Owners.of(np.asarray(ids), np.zeros(len(ids), dtype=np.int64), owned))

    @classmethod
    def of(cls, rows: VectorRows, owners: Owners) -> DenseIndex:
        """Return the index of a table of vectors.

        Args:
            rows: The vectors; rows that no passage owns are not answered.
            owners: The passages.
        """
        index = cls.__new__(cls)
        index._set(rows, owners)
        return index

    def _set(self, rows: VectorRows, owners: Owners) -> None:
        self.rows, self.owners = rows, owners
        counts = np.bincount(owners.rows, minlength=len(rows))
        self._starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
        self._owned = None if counts.all() else counts > 0

    def __len__(self) -> int:
        return len(self.owners.ids)

    def search(self, queries: Vectors, k: int, *, allowed: Ids | None = None) -> list[Ids]:
        """Find the passages nearest to each query: all copies of its `k` nearest different vectors.

        Args:
            queries: Unit vectors. Shape: (q, dimensions).
            k: Different vectors wanted of each.
            allowed: Passages that may be answered, or None for all. Shape: (any,).

        Returns:
            For each query the identifiers of passages, nearest first. Shapes: (any,).
        """
        return self.search_among(queries, k, None if allowed is None else np.isin(self.owners.ids, allowed))

    def search_among(self, queries: Vectors, k: int, among: Mask | None) -> list[Ids]:
        """Find the passages nearest to each query among some of them.

        Args:
            queries: Unit vectors. Shape: (q, dimensions).
            k: Different vectors wanted of each.
            among: Which passages, by place, or None for all. Shape: (n,).

        Returns:
            For each query the identifiers of passages, nearest first. Shapes: (any,).
        """
        if not len(self):
            return [np.zeros(0, dtype=np.int64) for _ in queries]
        allowed = self._owned
        if among is not None:
            allowed = np.zeros(len(self.rows), dtype=np.bool_)
            allowed[self.owners.rows[among]] = True
        return [self._passages(self.rows.nearest(query, k, allowed)[0], among) for query in queries]

    def in_versions(self, versions: Ids) -> Mask:
        """Return which passages stand in some versions.

        Args:
            versions: Row numbers, ascending. Shape: (any,).

        Returns:
            By place. Shape: (n,).
        """
        return np.isin(self.owners.versions, versions)

    def cosines(self, query: Vectors, ids: Ids) -> NDArray[np.float64]:
        """Return the cosine of a query with passages; not-a-number for those without a vector.

        Args:
            query: A unit vector. Shape: (dimensions,).
            ids: Of the passages. Shape: (n,).

        Returns:
            Shape: (n,).
        """
        answer = np.full(len(ids), np.nan)
        if len(self) and len(ids):
            places = np.minimum(np.searchsorted(self.owners.ids, ids), len(self) - 1)
            there = self.owners.ids[places] == ids
            vectors = self.rows.take(self.owners.rows[places[there]])
            answer[there] = np.einsum("ij,j->i", vectors, np.asarray(query, dtype=np.float32))
        return answer

    def _passages(self, rows: NDArray[np.intp], among: Mask | None) -> Ids:
        if not len(rows):
            return np.zeros(0, dtype=np.int64)
        starts = self._starts[rows]
        counts = self._starts[rows + 1] - starts
        if among is not None or counts.max() > MOST_COPIES:
            return np.concatenate([self._copies(int(row), among) for row in rows])
        shifts = np.repeat(starts - (np.cumsum(counts) - counts), counts)
        return self.owners.ids[self.owners.by_row[shifts + np.arange(len(shifts))]]

    def _copies(self, row: int, among: Mask | None) -> Ids:
        places = self.owners.by_row[self._starts[row] : self._starts[row + 1]]
        if among is not None:
            places = places[among[places]]
        return self.owners.ids[places[-MOST_COPIES:]]  # the latest stored


class FilteredIndex:
    """An index and what filters pass of it; a `DenseSearch`. Safe to share between threads.

    Args:
        index: Of the vectors.
        versions: Gives the versions that filters pass, ascending, or None where they limit nothing.
    """

    def __init__(self, index: DenseIndex, versions: Callable[[PassageFilters], Ids | None]) -> None:
        self.index, self._versions = index, versions
        self._known: dict[PassageFilters, Mask | None] = {}

    def __len__(self) -> int:
        return len(self.index)

    def search(self, queries: Vectors, k: int, filters: PassageFilters = NO_FILTERS) -> list[Ids]:
        """Find the passages nearest to each query; see `DenseSearch`."""
        return self.index.search_among(queries, k, self._among(filters))

    def cosines(self, query: Vectors, ids: Ids) -> NDArray[np.float64]:
        """Return the cosine of a query with passages; see `DenseSearch`."""
        return self.index.cosines(query, ids)

    def _among(self, filters: PassageFilters) -> Mask | None:
        if filters.is_empty:
            return None
        known = self._known
        if filters not in known:
            if len(known) >= KNOWN_FILTERS:
                self._known = known = {}
            versions = self._versions(filters)
            known[filters] = None if versions is None else self.index.in_versions(versions)
        return known[filters]
