"""What the claims of one text tell about each other: most of them flow from one document, or a few.

"The summit will address several topics" could stand in a hundred documents. That the sentences around it come from one
of them decides. So each claim votes for documents; a document that many claims vote for lifts its passages for all the
others, and among its passages the choice is made by the words that tell them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from headwater.retrieval.candidates import Candidate
from headwater.retrieval.fusion import Shares, cover, match
from headwater.retrieval.lexical import WeighedWords, inverse_frequency

# The figures below were set on the labelled rewrites (the dev cases) and on reworded corpus passages put
# together to texts of eight claims, two of them from other documents. Recall is flat around them: the greatest slope
# is that of LIFT, where 0.3 loses four points on the rewrites, and 0.9 loses five on claims from another document.
# TELLING at 0.7 gains one to two points on rewrites over 1.0, and costs one of the 24 seed sentences (18 first).
BACKGROUND = 10  # documents that are near any claim by chance: only what lies above the next one is a vote
FULL_VOTE = 0.1  # similarity above the background at which a vote counts in full
LEADING = 3  # documents whose every passage becomes a candidate
LEAST_AFFINITY = 0.2  # a fifth of the claims; below it a document leads nothing
LIFT = 0.6  # what full affinity adds
SHORT_LIFT = 0.6  # what it adds besides for a claim that says next to nothing by itself
FULL_WEIGHT = 5.0  # of a claim, in words as rare as can be: from here on it needs no help from the text around it
TELLING = 0.7  # weight of the words that tell a document's passages apart
LENGTH_SHARE, SATURATION = 0.75, 1.2  # BM25's b and k1: a long passage holds more words by chance

TOP = 2.0  # of similarities: what is near it already is lifted less, so that a verbatim hit elsewhere stays first

Affinities = Mapping[str, float]


def vote(similarities: Shares, candidates: Sequence[Candidate]) -> dict[str, float]:
    """Return for which documents a claim speaks, and how firmly.

    Args:
        similarities: Of its candidates. Shape: (len(candidates),).
        candidates: The passages.

    Returns:
        Document to vote, above 0 and at most 1.
    """
    best: dict[str, float] = {}
    for similarity, candidate in zip(similarities.tolist(), candidates, strict=True):
        best[candidate.document] = max(best.get(candidate.document, 0.0), similarity)
    ranked = sorted(best.values(), reverse=True)
    background = ranked[BACKGROUND] if len(ranked) > BACKGROUND else 0.0
    return {
        document: min(1.0, (similarity - background) / FULL_VOTE)
        for document, similarity in best.items()
        if similarity > background
    }


def affinities_of(votes: Sequence[Mapping[str, float]], claim: int) -> dict[str, float]:
    """Return how much the other claims of a text speak for each document, the leading ones only, highest first.

    Args:
        votes: Of all claims.
        claim: Which one is asked for; its own vote does not count.

    Returns:
        Document to affinity, from `LEAST_AFFINITY` to 1.
    """
    others = [each for place, each in enumerate(votes) if place != claim]
    if not others:
        return {}
    sums: Counter[str] = Counter()
    for each in others:
        sums.update(each)
    ranked = sorted(((total / len(others), document) for document, total in sums.items()), key=lambda pair: -pair[0])
    return {document: affinity for affinity, document in ranked[:LEADING] if affinity >= LEAST_AFFINITY}


def lift(
    similarities: Shares,
    candidates: Sequence[Candidate],
    query: WeighedWords,
    affinities: Affinities,
    *,
    by: float = LIFT,
) -> Shares:
    """Lift the passages of documents that the text flows from.

    Args:
        similarities: Of a claim's candidates. Shape: (len(candidates),).
        candidates: The passages, those of the leading documents complete.
        query: Words of the claim.
        affinities: From `affinities_of`.
        by: What full affinity adds.

    Returns:
        Similarities to rank by, at most 2. Shape: (len(candidates),).
    """
    lifted = similarities.copy()
    for document, affinity in affinities.items():
        places = [place for place, candidate in enumerate(candidates) if candidate.document == document]
        if places:
            telling = tell_apart([candidates[place] for place in places], query)
            gain = affinity * (by + TELLING * (telling - telling.max()))
            lifted[places] += gain * (1 - similarities[places] / TOP)
    return np.minimum(lifted, TOP)


def lift_for(query: WeighedWords, passages: int) -> float:
    """Return what full affinity adds for a claim: the less it says by itself, the more its text has to say for it.

    "which take effect this summer" is near to many documents and flows from the one that its sentence flows from.

    Args:
        query: Words of the claim.
        passages: Number of all passages.
    """
    full = FULL_WEIGHT * inverse_frequency(0, passages)
    return LIFT + SHORT_LIFT * max(0.0, 1 - query.total / full)


def tell_apart(passages: Sequence[Candidate], query: WeighedWords) -> Shares:
    """Return how well passages of one document hold the words that tell them apart.

    Words that stand in none of them say nothing of which is meant, and words that stand in all of them hardly more.

    Args:
        passages: Of the document.
        query: Words of the claim.

    Returns:
        From 0 to about 1. Shape: (len(passages),).
    """
    voiced = [passage.voiced for passage in passages]
    held = np.bincount(match(query.codes, voiced)[1], minlength=len(query.codes)).tolist()
    weights = [
        query.adjust(int(code), inverse_frequency(count, len(passages))) if count else 0.0
        for code, count in zip(query.codes, held, strict=True)
    ]
    local = replace(query, weights=np.array(weights))
    lengths = np.array([len(codes) for codes in voiced], dtype=np.float64)
    relative = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(1.0, lengths.mean())
    return np.asarray(cover(local, voiced) * np.sqrt((1 + SATURATION) / (1 + SATURATION * relative)))
