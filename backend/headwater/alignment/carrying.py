"""How far passages of one document carry a text: the share of its words that one passage holds, weighed.

Words gathered from several passages prove only that the document is about the same thing; one passage that holds the
telling ones says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headwater.alignment.document_words import DocumentWords
from headwater.alignment.frames import NO_FRAME, Frame
from headwater.alignment.likeness import Likeness, Shares, TextWords
from headwater.domain.spans import Span


@dataclass(frozen=True, slots=True, eq=False)
class Carrying:
    """What passages hold of a text, word by word.

    Args:
        words: Of the text.
        weights: Of the words in the document. Shape: (n,).
        held: How far each passage holds each word, from 0 to 1. Shape: (passages, n).
    """

    words: TextWords
    weights: Shares
    held: Shares

    def share(self, part: Span | None = None) -> float:
        """Return the largest share of the text that one passage holds; 1 for a text without a word.

        Args:
            part: Of the text; None for all of it.
        """
        chosen = self._inside(part)
        total = float(self.weights[chosen].sum())
        if not total or not len(self.held):
            return 0.0 if total else 1.0
        return float((self.held[:, chosen] @ self.weights[chosen]).max() / total)

    def weight(self, part: Span) -> float:
        """Return the share of the text's weight that is in a part.

        Args:
            part: Of the text.
        """
        total = float(self.weights.sum())
        return float(self.weights[self._inside(part)].sum()) / total if total else 0.0

    def best(self, word: Span) -> float:
        """Return how far any passage holds a word.

        Args:
            word: Its span in the text.
        """
        at = [place for place, span in enumerate(self.words.spans) if span.overlaps(word)]
        return float(self.held[:, at].max()) if at and len(self.held) else 0.0

    def _inside(self, part: Span | None) -> NDArray[np.bool_]:
        return np.array([part is None or part.contains(span) for span in self.words.spans], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Carrier:
    """Measures what passages of one document hold.

    Args:
        document: The document's words.
        likeness: Compares words.
    """

    document: DocumentWords
    likeness: Likeness

    def carry(self, text: str, passages: Sequence[str], frame: Frame = NO_FRAME) -> Carrying:
        """Compare a text with passages.

        Args:
            text: Working text.
            passages: Working texts.
            frame: Who tells it, and when.
        """
        words = self.likeness.words(text)
        weights = np.array([self.document.weight(parts) for parts in words.stems], dtype=np.float64)
        rows = [self.likeness.held(words, self.likeness.words(passage)) for passage in passages]
        held = np.array(rows, dtype=np.float64).reshape(len(rows), len(weights))
        dated = _within(words.spans, frame.dates)
        if rows:
            dated &= held.max(axis=0) < 1.0
        weights[_within(words.spans, frame.teller) | dated] = 0.0
        return Carrying(words, weights, held)


def _within(words: Sequence[Span], parts: Sequence[Span]) -> NDArray[np.bool_]:
    return np.array([any(part.contains(word) for part in parts) for word in words], dtype=np.bool_)
