"""How like the words of a claim are to the words of a passage: the same word, or one that means much the same there.

"Reduce" and "cut" share no letter; the model sees each word among its neighbours and gives both nearly one vector.
A word alone would not do: "cut" is a cut of meat as well.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from headwater.domain.spans import Span
from headwater.text.tokens import STOPWORDS, spoken, token_stems
from headwater.text.typography import fold

REMEMBERED = 256  # texts; of about 100 words and 384 numbers: 40 MB
UNLIKE = 0.3  # cosine of two words of one topic that say different things, the mean over official passages

Shares = NDArray[np.float64]


class TokenVectors(Protocol):
    """The tokens of a text: where each begins and ends, and its vector among the others."""

    @property
    def starts(self) -> NDArray[np.int32]: ...  # noqa: D102
    @property
    def ends(self) -> NDArray[np.int32]: ...  # noqa: D102
    @property
    def vectors(self) -> NDArray[np.float32]: ...  # noqa: D102


EncodeTokens = Callable[[str], TokenVectors | None]


class TextWords:
    """The words and numbers of a text.

    Args:
        text: Working text.
        encode: Gives the vectors of its tokens; None where no model is at hand.
    """

    def __init__(self, text: str, encode: EncodeTokens | None = None) -> None:
        tokens = [(span, token, parts) for span, token in spoken(text) if (parts := token_stems(token))]
        self.spans: tuple[Span, ...] = tuple(span for span, _, _ in tokens)
        self.stems: tuple[tuple[str, ...], ...] = tuple(parts for _, _, parts in tokens)
        self.content = np.array([token.lower() not in STOPWORDS for _, token, _ in tokens], dtype=np.bool_)
        self._text, self._encode = text, encode
        self._vectors: NDArray[np.float32] | None = None
        self._is_encoded = encode is None or not self.spans

    @cached_property
    def present(self) -> frozenset[str]:
        """All stems."""
        return frozenset(chain.from_iterable(self.stems))

    @property
    def vectors(self) -> NDArray[np.float32] | None:
        """Of length 1, or None where no model is at hand: asked for only where words differ. Shape: (n, dimensions)."""
        # No `cached_property`: up to Python 3.11 it lets one thread in at a time, whatever the text.
        if not self._is_encoded and self._encode is not None:
            plain = fold(self._text)  # how a keyboard or a site sets its marks tells nothing of the words
            self._vectors = _of_words(self.spans, self._encode(plain))
            self._is_encoded = True
        return self._vectors


class Likeness:
    """Compare texts word by word, remembering those read lately. Safe to share between threads.

    Args:
        encode_tokens: Gives vectors of a text's tokens; without it only the same words are alike.
    """

    def __init__(self, encode_tokens: EncodeTokens | None = None) -> None:
        self._encode = encode_tokens
        self._known: OrderedDict[str, TextWords] = OrderedDict()

    def words(self, text: str) -> TextWords:
        """Return the words of a text.

        Args:
            text: Working text.
        """
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = TextWords(text, self._encode)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    def held(self, claim: TextWords, passage: TextWords) -> Shares:
        """Return how far a passage holds each word of a claim, from 0 to 1.

        Args:
            claim: The words that are looked for.
            passage: The words that are looked at.

        Returns:
            1 where the passage has the word in whatever inflection. Shape: (words of the claim,).
        """
        same = same_words(claim, passage).astype(np.float64)
        if claim.vectors is None or passage.vectors is None or not passage.content.any():
            return same
        nearest = (claim.vectors @ passage.vectors[passage.content].T).max(axis=1)
        return np.asarray(np.maximum(same, np.clip((nearest - UNLIKE) / (1 - UNLIKE), 0.0, 1.0)), dtype=np.float64)


def same_words(claim: TextWords, passage: TextWords) -> NDArray[np.bool_]:
    """Return which words of a claim a passage has in whatever inflection. Shape: (words of the claim,).

    Args:
        claim: The words that are looked for.
        passage: The words that are looked at.
    """
    return np.array([passage.present.issuperset(parts) for parts in claim.stems], dtype=np.bool_)


def _of_words(spans: tuple[Span, ...], encoded: TokenVectors | None) -> NDArray[np.float32] | None:
    """Return one vector a word, the mean of its tokens; of zeros for words beyond the model's limit."""
    if encoded is None:
        return None
    firsts = np.searchsorted(encoded.ends, [span.start for span in spans], side="right")
    lasts = np.searchsorted(encoded.starts, [span.end for span in spans], side="left")
    rows = np.zeros((len(spans), encoded.vectors.shape[1]), dtype=np.float32)
    for row, first, last in zip(rows, firsts, lasts, strict=True):
        if first < last:
            mean = encoded.vectors[first:last].mean(axis=0)
            row[:] = mean / max(float(np.linalg.norm(mean)), 1e-9)  # an all-zero row stays what it is
    return rows
