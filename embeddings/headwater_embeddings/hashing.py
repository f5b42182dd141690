"""The hashing encoder: no model, the same vectors everywhere and always; for tests and machines without weights.

Each word stem and each group of letters inside a word adds its weight, with a sign, to one of the dimensions
(Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009). Texts that share words get
similar vectors; texts that share meaning alone do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
import Stemmer

from headwater_embeddings.encoder import Vectors, to_unit_length, to_valid_unicode

RECIPE = 1  # raise it when the same text would get another vector
GRAM = 4  # letters in a group: short enough to survive an ending, long enough to mean something
GRAM_WEIGHT = 0.3  # a word of eight letters has seven groups: together they weigh about twice the word itself
LONGEST_WORD = 64  # nothing longer is a word; bounds the groups taken from one run of letters

_WORD = re.compile(r"\w++")


class HashingEncoder:
    """Signed feature hashing of word stems and of the groups of letters inside words.

    Args:
        dimensions: Width of a vector.

    Raises:
        ValueError: If `dimensions` is below 1.
    """

    def __init__(self, dimensions: int = 384) -> None:
        if dimensions < 1:
            raise ValueError(f"dimensions must be at least 1, not {dimensions}")
        self.dimensions = dimensions
        self.model_id = f"hashing-{dimensions}@{RECIPE}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts; one without any word gets a row of zeros.

        Args:
            texts: Any texts.

        Returns:
            One row a text, in order. Shape: (len(texts), dimensions).
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        stemmer = Stemmer.Stemmer("english")  # not shared: a stemmer may not be used by two threads at once
        for row, text in zip(vectors, texts, strict=True):
            for feature, weight in _features(text, stemmer):
                place, sign = self._place(feature)
                row[place] += sign * weight
        return to_unit_length(vectors)

    def _place(self, feature: str) -> tuple[int, int]:
        digest = int.from_bytes(blake2b(feature.encode("utf-8"), digest_size=8).digest(), "little")
        return (digest >> 1) % self.dimensions, 1 if digest & 1 else -1


def _features(text: str, stemmer: Stemmer.Stemmer) -> Iterator[tuple[str, float]]:
    for word in _WORD.findall(to_valid_unicode(text).lower()):
        yield f"w:{stemmer.stemWord(word)}", 1.0
        marked = f"<{word[:LONGEST_WORD]}>"
        for start in range(len(marked) - GRAM + 1):
            yield f"g:{marked[start : start + GRAM]}", GRAM_WEIGHT
