"""How probable it is that a passage found speaks of a claim's matter at all: decides "no official source found"."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from headwater.domain.verdicts import ScoredPassage

FEW_QUERIES = 3  # from a fourth on, claims and sentences around them tell each other's document


@dataclass(frozen=True, slots=True)
class SameMatter:
    """A map from how near a passage is to a probability; it rises with both.

    Args:
        base: Log odds where nothing is shared.
        near: What cosine plus squared coverage adds, each whole.
        lift: What each whole adds that the ranker gave beyond that.
    """

    base: float
    near: float
    lift: float

    def probability(self, hit: ScoredPassage) -> float:
        """Return the probability that a passage speaks of the matter of the query it was found for."""
        near = (hit.cosine if hit.cosine is not None else hit.similarity - hit.coverage**2) + hit.coverage**2
        odds = self.base + self.near * near + self.lift * (hit.similarity - near)
        return 1 / (1 + math.exp(-odds))


_TABLE = tomllib.loads(Path(__file__).with_name("same_matter.toml").read_text(encoding="utf-8"))
ALONE, IN_A_TEXT = SameMatter(**_TABLE["alone"]), SameMatter(**_TABLE["in_a_text"])


def with_probabilities(hits: Sequence[ScoredPassage], queries: int) -> tuple[ScoredPassage, ...]:
    """Return hits with the probability of each.

    Args:
        hits: Of one query.
        queries: How many were asked together.
    """
    found = ALONE if queries <= FEW_QUERIES else IN_A_TEXT
    return tuple(replace(hit, probability=found.probability(hit)) for hit in hits)
