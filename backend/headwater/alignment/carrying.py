"""How far passages of one document carry a text: the share of its words that one passage holds, weighed.

Words gathered from several passages prove only that the document is about the same thing; one passage that holds the
telling ones says it.

Nothing is found out before it is asked for: a word that a passage has needs no model, and a text that one passage holds
word for word needs no weights either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from headwater.alignment.document_words import DocumentWords
from headwater.alignment.frames import NO_FRAME, Frame
from headwater.alignment.likeness import Likeness, Shares, TextWords, same_words
from headwater.domain.spans import Span


class Carrying:
    """What passages hold of a text, word by word.

    Args:
        words: Of the text.
        exact: Which of them each passage has in whatever inflection. Shape: (passages, n).
        weigh: Gives the weights of the words in the document. Shape: (n,).
        look: Gives how far a passage holds each word, those in other words too, from 0 to 1. Shape: (n,).
    """

    def __init__(
        self, words: TextWords, exact: NDArray[np.bool_], weigh: Callable[[], Shares], look: Callable[[int], Shares]
    ) -> None:
        self.words = words
        self._exact, self._weigh, self._look = exact, weigh, look
        self._looked_at: dict[int, Shares] = {}

    @cached_property
    def weights(self) -> Shares:
        """Of the words in the document. Shape: (n,)."""
        return self._weigh()

    def shares(self, part: Span | None = None) -> Iterator[float]:
        """Yield what passages hold of the text at least, what is known without the model first; the largest is right.

        Args:
            part: Of the text; None for all of it. Of a part only the telling words count: in a few words "the", "and"
                and "in" would outweigh what is said.
        """
        chosen = self._inside(part)
        if part is not None and (chosen & self.words.content).any():
            chosen &= self.words.content
        if self._exact[:, chosen].all(axis=1).any():
            yield 1.0
            return
        total = float(self.weights[chosen].sum())
        if not total or not len(self._exact):
            yield 0.0 if total else 1.0
            return
        weights = self.weights[chosen] / total
        for row in self._exact[:, chosen]:
            yield float(row @ weights)
        for row in self._rows():
            yield float(row[chosen] @ weights)

    def share(self, part: Span | None = None) -> float:
        """Return the largest share of the text that one passage holds; 1 for a text without a word.

        Args:
            part: Of the text; None for all of it.
        """
        return max(self.shares(part))

    def weight(self, part: Span) -> float:
        """Return the share of the text's weight that is in a part.

        Args:
            part: Of the text.
        """
        total = float(self.weights.sum())
        return float(self.weights[self._inside(part)].sum()) / total if total else 0.0

    def holds(self, word: Span, least: float) -> bool:
        """Say whether a passage holds a word so far.

        Args:
            word: Its span in the text.
            least: From 0 to 1.
        """
        at = [place for place, span in enumerate(self.words.spans) if span.overlaps(word)]
        if not at or not len(self._exact):
            return False
        return bool(self._exact[:, at].any()) or any(float(row[at].max()) >= least for row in self._rows())

    def _rows(self) -> Iterator[Shares]:
        """Yield how far each passage holds each word: those looked at already first."""
        yield from list(self._looked_at.values())
        for place in range(len(self._exact)):
            if place not in self._looked_at:
                self._looked_at[place] = self._look(place)
                yield self._looked_at[place]

    def _inside(self, part: Span | None) -> NDArray[np.bool_]:
        return np.array([part is None or part.contains(span) for span in self.words.spans], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Carrier:
    """Measures what passages of one document hold.

    Args:
        read_document: Gives the document's words.
        likeness: Compares words.
    """

    read_document: Callable[[], DocumentWords]
    likeness: Likeness

    def carry(self, text: str, passages: Sequence[str], frame: Frame = NO_FRAME) -> Carrying:
        """Compare a text with passages.

        Args:
            text: Working text.
            passages: Working texts.
            frame: Who tells it, and when.
        """
        words = self.likeness.words(text)
        faced = [self.likeness.words(passage) for passage in passages]
        rows = [same_words(words, one) for one in faced]
        exact = np.array(rows, dtype=np.bool_).reshape(len(rows), len(words.spans))

        def weigh() -> Shares:
            document = self.read_document()
            weights = np.array([document.weight(parts) for parts in words.stems], dtype=np.float64)
            dated = _within(words.spans, frame.dates)
            if len(exact):
                dated &= ~exact.any(axis=0)
            weights[_within(words.spans, frame.teller) | dated] = 0.0
            return weights

        return Carrying(words, exact, weigh, lambda place: self.likeness.held(words, faced[place]))


def _within(words: Sequence[Span], parts: Sequence[Span]) -> NDArray[np.bool_]:
    return np.array([any(part.contains(word) for part in parts) for word in words], dtype=np.bool_)
