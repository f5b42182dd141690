"""Nearest neighbours among unit vectors: what an index can do, and the exact one."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from headwater_embeddings.encoder import Vectors
from headwater_embeddings.errors import VectorShapeError

Ids = NDArray[np.int64]

BLOCK_CELLS = 8_000_000  # similarities held at once, 32 MB: more queries are searched in blocks


class VectorIndex(Protocol):
    """Finds the nearest of its vectors."""

    dimensions: int

    def __len__(self) -> int:
        """Vectors held."""
        ...

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors; one whose id is there already replaces it. Shapes: (n,) and (n, dimensions)."""
        ...

    def remove(self, ids: Ids) -> None:
        """Take vectors out; ids that are not there are passed over. Shape: (n,)."""
        ...

    def search(self, queries: Vectors, k: int, *, allowed: Ids | None = None) -> tuple[Ids, Vectors]:
        """Find the nearest vectors of each query, nearest first.

        Args:
            queries: Unit vectors. Shape: (q, dimensions).
            k: Neighbours wanted of each.
            allowed: Ids that may be answered, or None for all. Shape: (any,).

        Returns:
            Ids and cosines. Shapes: (q, m) and (q, m), where m is the smaller of `k` and the vectors allowed.
        """
        ...


class FlatIndex:
    """The exact index: one matrix in memory, every vector looked at.

    Reads and writes are not guarded against each other: build a new index and swap it in where both happen.

    Args:
        ids: Of the vectors. Shape: (n,).
        vectors: Unit vectors, kept without a copy where they are float32 and `ids` ascend. Shape: (n, dimensions).

    Raises:
        VectorShapeError: If there is not one vector for each id.
    """

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        if vectors.ndim != 2 or len(vectors) != len(ids):
            raise VectorShapeError(vectors.shape[-1] if vectors.ndim else 0, vectors.shape)
        self.dimensions = int(vectors.shape[1])
        self._ids: Ids = np.asarray(ids, dtype=np.int64)
        self._vectors: Vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        self._sort()

    @classmethod
    def empty(cls, dimensions: int) -> FlatIndex:
        """Return an index without any vector."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros((0, dimensions), dtype=np.float32))

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors; one whose id is there already replaces it.

        Args:
            ids: Shape: (n,).
            vectors: Shape: (n, dimensions).

        Raises:
            VectorShapeError: If the vectors are of another width, or their number is not that of the ids.
        """
        if vectors.shape != (len(ids), self.dimensions):
            raise VectorShapeError(self.dimensions, vectors.shape)
        self.remove(ids)
        self._ids = np.concatenate([self._ids, np.asarray(ids, dtype=np.int64)])
        self._vectors = np.concatenate([self._vectors, np.asarray(vectors, dtype=np.float32)])
        self._sort()

    def remove(self, ids: Ids) -> None:
        """Take vectors out; ids that are not there are passed over.

        Args:
            ids: Shape: (n,).
        """
        kept = ~np.isin(self._ids, ids)
        if not kept.all():
            self._ids, self._vectors = self._ids[kept], self._vectors[kept]

    def search(self, queries: Vectors, k: int, *, allowed: Ids | None = None) -> tuple[Ids, Vectors]:
        """Find the nearest vectors of each query, nearest first.

        Args:
            queries: Unit vectors. Shape: (q, dimensions).
            k: Neighbours wanted of each.
            allowed: Ids that may be answered, or None for all. Shape: (any,).

        Returns:
            Ids and cosines. Shapes: (q, m) and (q, m), where m is the smaller of `k` and the vectors allowed.

        Raises:
            VectorShapeError: If the queries are of another width.
        """
        if queries.ndim != 2 or queries.shape[1] != self.dimensions:
            raise VectorShapeError(self.dimensions, queries.shape)
        ids, vectors = self._allowed(allowed)
        m = max(0, min(k, len(ids)))
        found = np.zeros((len(queries), m), dtype=np.int64)
        cosines = np.zeros((len(queries), m), dtype=np.float32)
        if m:
            block = max(1, BLOCK_CELLS // len(ids))
            for start in range(0, len(queries), block):
                part = slice(start, start + block)
                places, cosines[part] = _nearest(queries[part] @ vectors.T, m)
                found[part] = ids[places]
        return found, cosines

    def cosines(self, queries: Vectors, ids: Ids) -> Vectors:
        """Return the cosine of each query with the vectors of some ids.

        Args:
            queries: Unit vectors. Shape: (q, dimensions).
            ids: Of vectors wanted. Shape: (n,).

        Returns:
            Not-a-number where an id has no vector here. Shape: (q, n).
        """
        answer = np.full((len(queries), len(ids)), np.nan, dtype=np.float32)
        if len(self):
            places = np.minimum(np.searchsorted(self._ids, ids), len(self) - 1)
            there = self._ids[places] == ids
            answer[:, there] = queries @ self._vectors[places[there]].T
        return answer

    def _sort(self) -> None:
        if (np.diff(self._ids) < 0).any():
            order = np.argsort(self._ids, kind="stable")
            self._ids, self._vectors = self._ids[order], self._vectors[order]

    def _allowed(self, allowed: Ids | None) -> tuple[Ids, Vectors]:
        if allowed is None:
            return self._ids, self._vectors
        kept = np.isin(self._ids, allowed)
        return self._ids[kept], self._vectors[kept]


def _nearest(cosines: Vectors, m: int) -> tuple[NDArray[np.intp], Vectors]:
    """Return places and values of the `m` greatest of each row, greatest first; equal ones in order of place."""
    places = np.argpartition(-cosines, m - 1, axis=1)[:, :m]
    values = np.take_along_axis(cosines, places, axis=1)
    order = np.lexsort((places, -values), axis=1)
    return np.take_along_axis(places, order, axis=1), np.take_along_axis(values, order, axis=1)
