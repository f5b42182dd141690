"""Different vectors, each once: rows of 16 bits a number for exact cosines, and their bits to find the rows worth it.

The rows may lie in a mapped file with a tail in memory behind them, which is what was not, or could not be, written
yet. A table never changes: more vectors make another table, and threads go on with the one they have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headwater_embeddings.encoder import Vectors
from headwater_embeddings.errors import VectorShapeError
from headwater_embeddings.index_bits import Bits, Places, columns_of, nearest_bits, pack_bits

Values = NDArray[np.uint64]
Rows = NDArray[np.int16]

STORED = np.dtype("<i2")  # numbers of unit vectors, -1 to 1 in steps of 1/32,767
STEPS = 32_767  # a cosine from such rows differs from that of float32 in the fifth decimal, and half is read
# Rows rescored of those nearest by bits: with 2,000 nine in ten thousand of the true ten nearest are missed on 62,458
# real vectors, with 400 eighty-five; and a thousandth of all rows, because near ones crowd as there are more.
RESCORED, RESCORED_SHARE = 2_000, 0.002
RESCORED_OVER = 8  # and so many times the neighbours wanted
EXACT = 4_000  # rows that are all rescored: as fast as their bits


@dataclass(frozen=True, slots=True, eq=False)
class VectorRows:
    """A table of different vectors.

    Args:
        stored: The first rows. Shape: (m, dimensions).
        tail: The rows behind them. Shape: (n - m, dimensions).
        columns: Their bits. Shape: (columns, n).
        values: A number for each vector by which equal ones are known. Shape: (n,).
        order: Rows in order of `values`. Shape: (n,).
    """

    stored: Rows
    tail: Rows
    columns: Bits
    values: Values
    order: Places

    @classmethod
    def empty(cls, dimensions: int) -> VectorRows:
        """Return a table without any row."""
        nothing = np.zeros((0, dimensions), dtype=STORED)
        bits = np.zeros((columns_of(dimensions), 0), dtype=np.uint64)
        return cls(nothing, nothing, bits, np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.intp))

    @classmethod
    def of_files(cls, stored: NDArray[Any], bits: NDArray[Any], values: NDArray[Any]) -> VectorRows:
        """Return the table whose rows lie in a file.

        Args:
            stored: Mapped. Shape: (n, dimensions).
            bits: Shape: (n, columns).
            values: Shape: (n,).
        """
        held = np.array(values, dtype=np.uint64)
        columns = np.ascontiguousarray(np.asarray(bits).T, dtype=np.uint64)
        return cls(stored, np.zeros((0, stored.shape[1]), dtype=STORED), columns, held, np.argsort(held, kind="stable"))

    @property
    def dimensions(self) -> int:
        """Width of a vector."""
        return int(self.stored.shape[1])

    def __len__(self) -> int:
        return len(self.values)

    def with_more(self, vectors: Vectors) -> tuple[VectorRows, Places]:
        """Return the table with further vectors, and the row of each of them; equal vectors share a row.

        Args:
            vectors: Unit vectors. Shape: (n, dimensions).

        Raises:
            VectorShapeError: If they are of another width.
        """
        if vectors.ndim != 2 or vectors.shape[1] != self.dimensions:
            raise VectorShapeError(self.dimensions, vectors.shape)
        values = value_of(vectors)
        unique, firsts, which = np.unique(values, return_index=True, return_inverse=True)
        places = (
            np.searchsorted(self.values, unique, sorter=self.order) if len(self) else np.zeros(len(unique), np.intp)
        )
        held = np.minimum(places, max(0, len(self) - 1))
        rows = self.order[held] if len(self) else np.zeros(len(unique), dtype=np.intp)
        is_new = (self.values[rows] != unique) if len(self) else np.ones(len(unique), dtype=np.bool_)
        by_arrival = np.argsort(firsts[is_new], kind="stable")
        new = np.flatnonzero(is_new)[by_arrival]
        rows[new] = len(self) + np.arange(len(new))
        return self._grown(to_stored(vectors[firsts[new]]), unique[new]), rows[which]

    def take(self, rows: Places) -> Vectors:
        """Return some vectors.

        Args:
            rows: Shape: (n,).

        Returns:
            Shape: (n, dimensions).
        """
        return self._steps(rows) * np.float32(1 / STEPS)

    def read(self, start: int) -> Rows:
        """Return the rows from a place on, as they are stored."""
        behind = max(0, start - len(self.stored))
        held = self.stored[start:]
        return np.concatenate([held, self.tail[behind:]]) if len(held) else self.tail[behind:]

    def with_file(self, stored: NDArray[Any]) -> VectorRows:
        """Return the table with rows that now lie in a file, and the rest behind them.

        Args:
            stored: Mapped; the same rows, from the first on. Shape: (m, dimensions).
        """
        return replace(self, stored=stored, tail=self.read(len(stored)))

    def only(self, kept: Places) -> VectorRows:
        """Return a table of some of the rows, in memory.

        Args:
            kept: Ascending. Shape: (m,).
        """
        rows = np.concatenate(
            [self.stored[kept[kept < len(self.stored)]], self.tail[kept[kept >= len(self.stored)] - len(self.stored)]]
        )
        nothing = np.zeros((0, self.dimensions), dtype=STORED)
        values = self.values[kept]
        return VectorRows(nothing, rows, self.columns[:, kept], values, np.argsort(values, kind="stable"))

    def nearest(self, query: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> tuple[Places, Vectors]:
        """Return the rows nearest to a query, nearest first, and their cosines.

        Args:
            query: A unit vector. Shape: (dimensions,).
            k: How many are wanted.
            allowed: Rows that may be answered, or None for all. Shape: (n,).

        Returns:
            Shapes: (at most k,) and (at most k,).

        Raises:
            VectorShapeError: If the query is of another width.
        """
        if query.shape != (self.dimensions,):
            raise VectorShapeError(self.dimensions, query.shape)
        rows = self._worth_rescoring(query, k, allowed)
        if k < 1 or not len(rows):
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        rows = np.sort(rows)  # read in the order of the file
        # Not `@`: the threads of a linear algebra library wait for each other by spinning, which costs all callers.
        cosines = np.einsum("ij,j->i", self._steps(rows), np.asarray(query, dtype=np.float32) * np.float32(1 / STEPS))
        best = np.argpartition(-cosines, min(k, len(rows)) - 1)[:k]
        best = best[np.lexsort((rows[best], -cosines[best]))]
        return rows[best], cosines[best]

    def _worth_rescoring(self, query: Vectors, k: int, allowed: NDArray[np.bool_] | None) -> Places:
        if allowed is None and len(self) <= EXACT:
            return np.arange(len(self))
        if allowed is not None and np.count_nonzero(allowed) <= EXACT:
            return np.flatnonzero(allowed)
        count = max(RESCORED, RESCORED_OVER * k, int(RESCORED_SHARE * len(self)))
        return nearest_bits(self.columns, pack_bits(query[None, :])[0], count, allowed)

    def _steps(self, rows: Places) -> Vectors:
        if not len(self.tail):  # `take` of a plain array: a third quicker than picking from a mapped one
            return np.asarray(self.stored).take(rows, axis=0).astype(np.float32)
        taken = np.empty((len(rows), self.dimensions), dtype=np.float32)
        behind = rows >= len(self.stored)
        taken[~behind] = self.stored[rows[~behind]]
        taken[behind] = self.tail[rows[behind] - len(self.stored)]
        return taken

    def _grown(self, rows: Rows, values: Values) -> VectorRows:
        if not len(rows):
            return self
        every = np.concatenate([self.values, values])
        return VectorRows(
            self.stored,
            np.concatenate([self.tail, rows]),
            np.concatenate([self.columns, pack_bits(rows).T], axis=1),
            every,
            np.argsort(every, kind="stable"),
        )


def to_stored(vectors: Vectors) -> Rows:
    """Return vectors as they are stored. Shapes: (n, dimensions) and (n, dimensions)."""
    return np.rint(np.clip(vectors, -1, 1) * STEPS).astype(STORED)


def value_of(vectors: Vectors) -> Values:
    """Return a number for each vector: equal for equal vectors, and for others with a chance of one in 2 to the 64.

    Args:
        vectors: Shape: (n, dimensions).

    Returns:
        Shape: (n,).
    """
    halves = np.ascontiguousarray(vectors, dtype=np.float32).view(np.uint32)
    factors = np.random.default_rng(0).integers(1, 2**63, size=halves.shape[1], dtype=np.uint64) | np.uint64(1)
    sums: Values = np.einsum("ij,j->i", halves, factors, dtype=np.uint64)  # integers wrap: equal rows, equal sums
    return sums
