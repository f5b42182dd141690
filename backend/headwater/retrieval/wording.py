"""The order of words: what a text and a passage say in the same turns of phrase, which single words do not show."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from headwater.retrieval.words import split_words

REMEMBERED = 4_096  # texts: about 30 MB

Pairs = frozenset[int]


@lru_cache(maxsize=REMEMBERED)
def word_pairs(text: str) -> Pairs:
    """Return the pairs of words that follow each other in a text, as numbers that hold within this process."""
    return frozenset(map(hash, pairwise(split_words(text))))


def shared_wording(text: str, passage: str) -> float:
    """Return which share of a text's pairs of words a passage has, from 0 to 1.

    >>> shared_wording("ministers met in Paris", "On Friday ministers met in Rome")
    0.6666666666666666
    """
    pairs = word_pairs(text)
    return len(pairs & word_pairs(passage)) / len(pairs) if pairs else 0.0
