"""The scorer: how near a passage is to a query, from what it means and from the words it shares.

Dense search alone loses near-verbatim quotations, lexical search alone loses paraphrase, and fusing their ranks at
fixed weights spoils one or the other. So the cosine and the share of the query's words that a passage holds are added
up. Words found around the passage count too: in its heading, its document's title, its speaker's name.

In a whole corpus every shared word tells, and that in the order of the query (see `agreement`). Inside a document that
is known to be the source, most words are shared by all its passages: there the shares are squared, because a passage
that holds half of the words is usually about something else, and one that holds nearly all of them is the source.
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
# Weights in a whole corpus, set on the odd dev cases asked alone and checked on the even ones and on 1,167 reworded
# passages; all three gain (recall@1 .711 to .731, .708 to .715, .889 to .905), and are flat around: two thirds of
# cosine + 0.3 inside + 0.7 around + 0.3 around squared, so that with the wording a verbatim passage comes near 2.
MEANT, INSIDE, AROUND, AROUND_SQUARED = 0.667, 0.2, 0.47, 0.2
AROUND_WITHIN = 0.5  # inside a known document: weight of the words around a passage, beside those in it
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
        within: Similarities to go by inside a document that is known to be the source. Shape: (n,).
    """

    similarities: Shares
    cosines: Shares
    coverages: Shares
    within: Shares

    def joined(self, other: Scores) -> Scores:
        """Return the scores of further passages behind these."""
        return Scores(
            np.concatenate([self.similarities, other.similarities]),
            np.concatenate([self.cosines, other.cosines]),
            np.concatenate([self.coverages, other.coverages]),
            np.concatenate([self.within, other.within]),
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
    shared = INSIDE * inside + AROUND * around + AROUND_SQUARED * around**2
    within = meant + (1 - AROUND_WITHIN) * inside**2 + AROUND_WITHIN * around**2
    return Scores(kinds * (MEANT * meant + shared), cosines, inside, kinds * within)


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
