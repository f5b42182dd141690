"""Dense search: the vectors of the corpus in memory, each different one once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headwater_embeddings.index import FlatIndex

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]

MOST_COPIES = 200  # passages answered for one vector: a sentence may stand in every version of a page


class DenseIndex:
    """Vectors of passages, searched by their different values: ninety copies of a sentence are one neighbour.

    Args:
        ids: Of the passages, ascending. Shape: (n,).
        vectors: Unit vectors. Shape: (n, dimensions).
    """

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        self._ids = ids
        firsts, self._groups = _group_equal(vectors)
        self._index = FlatIndex(np.arange(len(firsts)), vectors[firsts]) if len(ids) else FlatIndex.empty(0)
        self._by_group = np.argsort(self._groups, kind="stable")
        self._group_starts = np.searchsorted(self._groups[self._by_group], np.arange(len(firsts) + 1))

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, queries: Vectors, k: int, *, allowed: Ids | None = None) -> list[Ids]:
        """Find the passages nearest to each query: all copies of its `k` nearest different vectors.

        Args:
            queries: Unit vectors. Shape: (q, dimensions).
            k: Different vectors wanted of each.
            allowed: Passages that may be answered, or None for all. Shape: (any,).

        Returns:
            For each query the identifiers of passages, nearest first. Shapes: (any,).
        """
        if not len(self):
            return [np.zeros(0, dtype=np.int64) for _ in queries]
        groups = None if allowed is None else np.unique(self._groups[np.isin(self._ids, allowed)])
        found, _ = self._index.search(queries, k, allowed=groups)
        answers = [np.concatenate([self._copies(group) for group in row]) if len(row) else row for row in found]
        return answers if allowed is None else [ids[np.isin(ids, allowed)] for ids in answers]

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
            places = np.minimum(np.searchsorted(self._ids, ids), len(self) - 1)
            there = self._ids[places] == ids
            answer[there] = self._index.cosines(query[None, :], self._groups[places[there]])[0]
        return answer

    def _copies(self, group: int) -> Ids:
        start, end = self._group_starts[group : group + 2]
        return self._ids[self._by_group[max(start, end - MOST_COPIES) : end]]  # the latest stored


def _group_equal(vectors: Vectors) -> tuple[Ids, Ids]:
    """Return where each different vector stands first, and which of them each vector is. Shapes: (m,) and (n,)."""
    if not len(vectors):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    halves = np.ascontiguousarray(vectors, dtype=np.float32).view(np.uint32)
    factors = np.random.default_rng(0).integers(1, 2**63, size=halves.shape[1], dtype=np.uint64)
    sums = np.einsum("ij,j->i", halves, factors, dtype=np.uint64)  # equal rows, equal sums: integers wrap exactly
    _, firsts, groups = np.unique(sums, return_index=True, return_inverse=True)
    return firsts, groups
