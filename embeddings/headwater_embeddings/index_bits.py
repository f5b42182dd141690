"""Vectors as bits, one a dimension, and the search among them: where a vector points, in a thirty-second of its size.

Two unit vectors differ in about as many signs as the angle between them says, so that the nearest by bits hold the
nearest by cosine, if one looks among enough of them. Bits stand column by column, 64 dimensions to a column, because
whole columns are what numpy goes through at the speed of memory.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Places = NDArray[np.intp]

WORD = 64  # bits of a column
BLOCK = 65_536  # rows gone through at once: what is worked on stays in the processor's cache
SAMPLE = 16  # every so-many-th distance is looked at to guess how far the wanted number reaches
MARGIN = 1.5  # by which the guess is wider than needed, so that it hardly ever has to be made again
FAR = np.iinfo(np.uint16).max  # distance of rows that may not be answered


def columns_of(dimensions: int) -> int:
    """Return how many columns hold the bits of that many dimensions."""
    return -(-dimensions // WORD)


def pack_bits(vectors: NDArray[np.float32] | NDArray[np.int16]) -> Bits:
    """Return the signs of vectors.

    Args:
        vectors: Shape: (n, dimensions).

    Returns:
        Shape: (n, columns).
    """
    width = columns_of(vectors.shape[1]) * WORD // 8
    packed = np.packbits(vectors > 0, axis=1)
    padded = np.zeros((len(vectors), width), dtype=np.uint8)
    padded[:, : packed.shape[1]] = packed
    return padded.view(np.dtype("<u8")).astype(np.uint64, copy=False)


def nearest_bits(columns: Bits, query: Bits, count: int, allowed: NDArray[np.bool_] | None = None) -> Places:
    """Return the rows that differ least from a query, in no order; the last ones at equal distance are left to chance.

    Args:
        columns: Bits of the rows. Shape: (columns, n).
        query: Shape: (columns,).
        count: How many are wanted.
        allowed: Rows that may be answered, or None for all. Shape: (n,).

    Returns:
        Shape: (at most count,).
    """
    distances = _distances(columns, query)
    if allowed is not None:
        distances[~allowed] = FAR
    n = len(distances)
    if n > count * SAMPLE:
        wanted = int(count / SAMPLE * MARGIN) + 1
        reach = np.partition(distances[::SAMPLE], wanted)[wanted]
        near = np.flatnonzero(distances <= reach) if reach < FAR else np.flatnonzero(distances < FAR)
        if len(near) < count and reach < FAR:
            near = np.flatnonzero(distances < FAR)
    else:
        near = np.flatnonzero(distances < FAR)
    if len(near) <= count:
        return near
    return near[np.argpartition(distances[near], count - 1)[:count]]


def _distances(columns: Bits, query: Bits) -> NDArray[np.uint16]:
    n = columns.shape[1]
    distances = np.empty(n, dtype=np.uint16)
    block = min(n, BLOCK)
    differing, counts = np.empty(block, dtype=np.uint64), np.empty(block, dtype=np.uint8)
    for start in range(0, n, BLOCK):
        part = distances[start : start + BLOCK]
        some, few = differing[: len(part)], counts[: len(part)]
        for place, word in enumerate(query):
            np.bitwise_xor(columns[place, start : start + BLOCK], word, out=some)
            np.bitwise_count(some, out=few)
            if place:
                np.add(part, few, out=part)
            else:
                part[:] = few
    return distances
