"""What the words of a claim weigh in one document: a word of its topic tells nothing, a word it lacks tells most."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from headwater.alignment.content import MOST_RARITY, rarity
from headwater.domain.documents import Document, Passage
from headwater.text.tokens import stems

REMEMBERED = 64  # documents; a long one has 5,000 different stems
LEAST_SHARE = 0.3  # of a word's weight that no commonness in general English takes away

PassagesOf = Callable[[str, int], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """In how many passages of a document each stem stands.

    Args:
        passages: How many there are.
        held: Stem to number of passages.
    """

    passages: int
    held: Mapping[str, int]

    def weight(self, parts: Sequence[str]) -> float:
        """Return the weight of a word: how rare it is in the document, times how rare it is in official English.

        Args:
            parts: Its stems; the rarest counts.
        """
        return max(self._rarity(part) * (LEAST_SHARE + rarity(part) / MOST_RARITY) for part in parts)

    def _rarity(self, part: str) -> float:
        held = self.held.get(part, 0)
        return math.log1p((self.passages - held + 0.5) / (held + 0.5))  # BM25's, which is never negative


def count_words(passages: Sequence[Passage]) -> DocumentWords:
    """Count the stems of a document.

    Args:
        passages: All of its version.
    """
    held = Counter(stem for passage in passages for stem in set(stems(passage.text)))
    return DocumentWords(len(passages), held)


class DocumentMemory:
    """Counts documents when they are asked for. Safe to share between threads: a lost race counts twice.

    Args:
        passages_of: All passages of a document's version.
    """

    def __init__(self, passages_of: PassagesOf) -> None:
        self._passages_of = passages_of
        self._known: OrderedDict[tuple[str, str], DocumentWords] = OrderedDict()

    def learn(self, passages: Sequence[Passage]) -> None:
        """Count a document that is stored nowhere.

        Args:
            passages: All of it.
        """
        if passages:
            self._remember(passages[0].document, passages)

    def words_of(self, document: Document, at_hand: Sequence[Passage]) -> DocumentWords:
        """Return the words of a document.

        Args:
            document: The document.
            at_hand: Passages of it that stand for the whole where the whole is not known.
        """
        known = self._known.get((document.id, document.sha256))
        if known is None:
            stored = self._passages_of(document.id, document.version)
            known = self._remember(document, stored) if stored else count_words(at_hand)
        return known

    def _remember(self, document: Document, passages: Sequence[Passage]) -> DocumentWords:
        known = self._known[document.id, document.sha256] = count_words(passages)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known
