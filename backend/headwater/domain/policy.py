"""Thresholds of judgement, as one frozen value handed to the pipeline: no rule reads the environment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """How a check is made.

    Args:
        candidates: Passages taken from each of the two searches before fusion.
        shown: Passages shown per claim.
        topic_similarity: Fused similarity below which the corpus is said to hold nothing on the topic.
    """

    candidates: int = 100  # ENGINE.md section 3: union of 100 dense and 100 lexical
    shown: int = 3
    topic_similarity: float = 0.45
