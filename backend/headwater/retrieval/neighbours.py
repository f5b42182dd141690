"""Sentences that follow each other mostly flow from passages that follow each other.

"Another treatment might keep those sharing a home from catching it" shares no word with its source. The sentences
before and after it do with theirs, and its source stands beside them: in the same passage, or soon after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from headwater.retrieval.candidates import Candidate
from headwater.retrieval.coherence import TOP
from headwater.retrieval.fusion import Shares
from headwater.retrieval.query import Query

# In 67 labelled rewrites a sentence flows from the passage of the one before in 30 of 100, the next one in 26, the
# second or third after it in 13, the one or two before it in 8. Shares in that order gain on both halves of the cases
# and on rewrites put aside: recall@1 of whole articles, beside one passage to each side in full, .875 to .881, .876 to
# .885 and .857 to .868. It is flat from DRAW 0.15 to 0.25.
DRAW = 0.25
ONWARD = {-2: 0.3, -1: 0.6, 0: 1.0, 1: 1.0, 2: 0.6, 3: 0.4}  # share of DRAW by the passages from one source to the next
FIRM = 0.15  # of similarity, before the next best passage: from here on a sentence's source is held to be known
RIVALS = 10  # passages looked at for the next best: more are copies of the best


@dataclass(frozen=True, slots=True)
class Landing:
    """Where the source of a sentence stands.

    Args:
        passage: Identifier of the passage; those of a version follow each other.
        document: Identifier of its document.
        version: Number of its version.
        firmness: From 0 to 1.
    """

    passage: int
    document: str
    version: int
    firmness: float


def landing_of(ids: Sequence[int], candidates: Sequence[Candidate], similarities: Shares) -> Landing | None:
    """Return where the source of a sentence stands, or None where two passages are as near as each other.

    Args:
        ids: Of the passages found for it.
        candidates: The passages.
        similarities: Of each. Shape: (len(ids),).
    """
    if not len(ids):
        return None
    best, *others = np.argsort(-similarities, kind="stable")[:RIVALS].tolist()
    mine = candidates[best]
    rivals = (one for one in others if not np.array_equal(candidates[one].codes, mine.codes))
    ahead = float(similarities[best]) - max((float(similarities[one]) for one in rivals), default=0.0)
    firmness = min(1.0, ahead / FIRM)
    return Landing(ids[best], mine.document, mine.version, firmness) if firmness > 0 else None


@dataclass(frozen=True, slots=True)
class Beside:
    """Where the sources of the sentences before and after one stand, as far as they are known."""

    before: Landing | None = None
    after: Landing | None = None


def draw(similarities: Shares, ids: Sequence[int], candidates: Sequence[Candidate], beside: Beside) -> Shares:
    """Lift the passages near those that the sentences before and after flow from.

    Args:
        similarities: Of a claim's candidates. Shape: (len(ids),).
        ids: Of the passages.
        candidates: The passages.
        beside: Where the sentences before and after stand.

    Returns:
        Similarities to rank by. Shape: (len(ids),).
    """
    gained = np.zeros(len(ids))
    numbers = np.asarray(ids, dtype=np.int64)
    for one, direction in ((beside.before, 1), (beside.after, -1)):
        if one is None:
            continue
        steps = direction * (numbers - one.passage)
        for place in np.flatnonzero((steps >= min(ONWARD)) & (steps <= max(ONWARD))).tolist():
            if (candidates[place].document, candidates[place].version) == (one.document, one.version):
                gained[place] += ONWARD[int(steps[place])] * one.firmness
    if not gained.any():
        return similarities
    return np.asarray(similarities + DRAW * gained * (1 - similarities / TOP))


def landings_beside(query: Query, landings: Mapping[int, Landing | None]) -> Beside:
    """Return where the sentences before and after a query stand.

    Args:
        query: One of a text.
        landings: By the sentence's place in the text.
    """
    if query.place is None:
        return Beside()
    return Beside(landings.get(query.place - 1), landings.get(query.place + 1))
