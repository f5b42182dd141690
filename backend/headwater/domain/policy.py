"""Thresholds of judgement, as one frozen value handed to the pipeline: no rule reads the environment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """How a check is made.

    Args:
        candidates: Passages taken from each of the two searches before fusion.
        aligned: Passages compared with each claim.
        shown: Passages shown per claim.
        topic_probability: Probability of the same matter below which the corpus is said to hold nothing on the topic.
        topic_nearness: The same for a given source, by cosine plus squared coverage: no corpus, no probability.
        matter_probability: Probability that a document speaks of a claim's matter below which it answers nothing.
        max_characters: Longest text that is checked, in code points.
        house_style: Switches of house style that are on unless a check says otherwise.
    """

    candidates: int = 100  # ENGINE.md section 3: union of 100 dense and 100 lexical
    aligned: int = 8  # a sentence may rest on three passages, and one document may crowd the first places
    shown: int = 3
    max_characters: int = 1_000_000  # a long book chapter; an article has under 50,000
    topic_nearness: float = 0.45  # background sentences of labelled rewrites reach 0.44 at most, once in fourteen
    matter_probability: float = 0.5  # more probable than not: three of 805 claims with their document lie below it
    topic_probability: float = 0.25  # 95 to 97 of 100 claims with their document present lie above it
    house_style: tuple[str, ...] = ()
