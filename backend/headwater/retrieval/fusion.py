"""The scorer: how near a passage is to a query, from what it means and from the words it shares.

similarity = cosine + coverage squared. Dense search alone loses near-verbatim quotations, lexical search alone loses
paraphrase, and fusing their ranks at fixed weights spoils one or the other. Coverage is squared because a passage that
holds half of a query's words is usually about something else, and one that holds nearly all of them is the source.
Half of the square counts words found around the passage too: in its heading, its document's title, its speaker's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headwater.retrieval.candidates import Candidate
from headwater.retrieval.lexical import WeighedWords
from headwater.retrieval.words import Codes

COSINE_AT_NONE, COSINE_AT_ALL = 0.2, 0.9  # expected of a passage without a vector, at coverage 0 and 1
AROUND = 0.5  # weight of coverage by the words around a passage, beside those in it
LOW_BITS = 16  # of a code: a table of 64 kB, which is in the cache by the second look
LOW = np.uint32((1 << LOW_BITS) - 1)
HEADING = 0.8  # a heading names the topic in few words and so lies near, but there is nothing to compare in it

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """How near passages are to one query.

    Args:
        similarities: From 0 to 2; a little below 0 where nothing is shared. Shape: (n,).
        cosines: Not-a-number where a passage has no vector. Shape: (n,).
        coverages: By the words in the passages, from 0 to 1. Shape: (n,).
    """

    similarities: Shares
    cosines: Shares
    coverages: Shares

    def joined(self, other: Scores) -> Scores:
        """Return the scores of further passages behind these."""
        return Scores(
            np.concatenate([self.similarities, other.similarities]),
            np.concatenate([self.cosines, other.cosines]),
            np.concatenate([self.coverages, other.coverages]),
        )


def score(query: WeighedWords, candidates: Sequence[Candidate], cosines: Shares) -> Scores:
    """Score passages for one query.

    Args:
        query: Its words.
        candidates: The passages.
        cosines: Of the query with them; not-a-number where a passage has no vector. Shape: (len(candidates),).
    """
    inside = cover(query, [candidate.codes for candidate in candidates])
    around = cover(query, [candidate.around for candidate in candidates])
    meant = np.where(np.isnan(cosines), COSINE_AT_NONE + (COSINE_AT_ALL - COSINE_AT_NONE) * inside, cosines)
    kinds = np.array([HEADING if candidate.is_heading else 1.0 for candidate in candidates])
    return Scores(kinds * (meant + (1 - AROUND) * inside**2 + AROUND * around**2), cosines, inside)


def cover(query: WeighedWords, passages: Sequence[Codes]) -> Shares:
    """Return which share of a query's words, by weight, each passage holds.

    Args:
        query: Its words.
        passages: Codes of the words of each, each once.

    Returns:
        From 0 to 1. Shape: (len(passages),).
    """
    total = query.total
    if not total:
        return np.zeros(len(passages))
    owners, places = match(query.codes, passages)
    sums = np.bincount(owners, query.weights[places], minlength=len(passages))
    return np.asarray(np.clip(sums / total, 0.0, 1.0))


def match(wanted: Codes, passages: Sequence[Codes]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find codes in passages.

    Args:
        wanted: Ascending. Shape: (n,).
        passages: Codes of the words of each, each once.

    Returns:
        For each code found the passage that holds it and its place in `wanted`. Shapes: (m,) and (m,).
    """
    nothing = np.zeros(0, dtype=np.int64)
    held = np.concatenate(passages) if passages else nothing
    if not len(wanted) or not len(held):
        return nothing, nothing
    may_be = np.zeros(1 << LOW_BITS, dtype=np.bool_)  # by their low bits: one in a thousand others passes
    may_be[wanted & LOW] = True
    at = np.flatnonzero(may_be[held & LOW])
    codes = held[at]
    places = np.minimum(np.searchsorted(wanted, codes), len(wanted) - 1)
    found = wanted[places] == codes
    ends = np.cumsum(np.fromiter(map(len, passages), dtype=np.int64, count=len(passages)))
    return np.searchsorted(ends, at[found], side="right"), places[found]
