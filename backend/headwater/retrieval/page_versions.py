"""Which version of a page is meant: the one that holds the words in which the versions differ.

"252 people in 7 boats on 23 May 2022" rests on three passages of one version, each of which says nearly the same in
ninety others. Only together do they tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from headwater.retrieval.candidates import Candidate
from headwater.retrieval.fusion import Shares, cover, match
from headwater.retrieval.lexical import WeighedWords, inverse_frequency
from headwater.retrieval.words import Codes

REACH = 3  # passages on each side: an item of a short list and the line that leads it in
APART = 0.3  # what a version loses that holds none of the telling words, beside one that holds them all


def near_versions(ids: Sequence[int], candidates: Sequence[Candidate]) -> list[int]:
    """Return the passages just around those found in several versions of one document, ascending.

    Args:
        ids: Of the passages found; those of a version follow each other.
        candidates: The passages.
    """
    found = [ids[place] for versions in _several(candidates) for mine in versions.values() for place in mine]
    return sorted({near for one in found for near in range(one - REACH, one + REACH + 1)})


def tell_versions_apart(candidates: Sequence[Candidate], near: Iterable[Candidate], query: WeighedWords) -> Shares:
    """Return what each passage loses because another version of its document answers better, 0 or below.

    Args:
        candidates: Passages found for the query.
        near: Passages around them.
        query: Its words.

    Returns:
        Shape: (len(candidates),).
    """
    lost = np.zeros(len(candidates))
    around: dict[tuple[str, int], list[Codes]] = {}
    for one in near:
        around.setdefault((one.document, one.version), []).append(one.codes)
    for versions in _several(candidates):
        held = [
            np.unique(
                np.concatenate(
                    [candidates[one].codes for one in mine] + around.get((candidates[mine[0]].document, version), [])
                )
            )
            for version, mine in versions.items()
        ]
        shares = cover(_local(query, held), held)
        for mine, share in zip(versions.values(), shares - shares.max(), strict=True):
            lost[mine] = APART * share
    return lost


def _several(candidates: Sequence[Candidate]) -> list[dict[int, list[int]]]:
    """Places of candidates by version, of each document that several versions of were found."""
    firsts: dict[str, int] = {}
    several = {one.document for one in candidates if firsts.setdefault(one.document, one.version) != one.version}
    if not several:
        return []
    places: dict[str, dict[int, list[int]]] = {}
    for place, candidate in enumerate(candidates):
        if candidate.document not in several:
            continue
        places.setdefault(candidate.document, {}).setdefault(candidate.version, []).append(place)
    return list(places.values())


def _local(query: WeighedWords, versions: Sequence[Codes]) -> WeighedWords:
    """Weigh the figures and names of a query by how few versions hold them; what none or all hold tells nothing.

    Not its other words: of each version other passages were found, and so other words.
    """
    counts = np.bincount(match(query.codes, versions)[1], minlength=len(query.codes)).tolist()
    telling = query.figures | query.names
    weights = [
        inverse_frequency(count, len(versions)) if int(code) in telling and 0 < count < len(versions) else 0.0
        for code, count in zip(query.codes, counts, strict=True)
    ]
    return replace(query, weights=np.array(weights))
