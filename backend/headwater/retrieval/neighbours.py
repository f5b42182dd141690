"""Sentences that follow each other mostly flow from passages that follow each other.

"Another treatment might keep those sharing a home from catching it" shares no word with its source. The sentences
before and after it do with theirs, and its source stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from headwater.retrieval.candidates import Candidate
from headwater.retrieval.coherence import TOP
from headwater.retrieval.fusion import Shares
from headwater.retrieval.query import Query

# Set on the dev cases within their own documents; recall@1 is flat from DRAW 0.15 to 0.25 and falls at 0.35, and both
# halves of the cases gain (.889 to .898 and .812 to .839). Two passages to each side are no better than one.
DRAW = 0.2
FIRM = 0.15  # of similarity, before the next best passage: from here on a sentence's source is held to be known
REACH = 1  # passages to each side
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


def draw(similarities: Shares, ids: Sequence[int], candidates: Sequence[Candidate], near: Iterable[Landing]) -> Shares:
    """Lift the passages beside those that the sentences before and after flow from.

    Args:
        similarities: Of a claim's candidates. Shape: (len(ids),).
        ids: Of the passages.
        candidates: The passages.
        near: Where the sentences before and after stand.

    Returns:
        Similarities to rank by. Shape: (len(ids),).
    """
    gained: dict[int, float] = {}
    numbers = np.asarray(ids, dtype=np.int64)
    for one in near:
        for place in np.flatnonzero(np.abs(numbers - one.passage) <= REACH).tolist():
            if (candidates[place].document, candidates[place].version) == (one.document, one.version):
                gained[place] = max(gained.get(place, 0.0), one.firmness)
    if not gained:
        return similarities
    drawn = similarities.copy()
    places = np.fromiter(gained, dtype=np.intp, count=len(gained))
    firmness = np.fromiter(gained.values(), dtype=np.float64, count=len(gained))
    drawn[places] += DRAW * firmness * (1 - similarities[places] / TOP)
    return drawn


def landings_beside(query: Query, landings: Mapping[int, Landing | None]) -> list[Landing]:
    """Return where the sentences before and after a query stand.

    Args:
        query: One of a text.
        landings: By the sentence's place in the text.
    """
    if query.place is None:
        return []
    beside = (landings.get(query.place - 1), landings.get(query.place + 1))
    return [one for one in beside if one is not None]
