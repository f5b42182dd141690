"""One given official text, searched a few claims at a time, so that the first are decided while the rest still wait.

Its passages are encoded beside the segmentation of the claims, on as many cores as the encoder says; and claims are
encoded and searched in blocks that grow, since no claim's passages depend on the other claims where there is but one
document. What is found is the same as if all were asked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headwater.domain.claims import Claim
from headwater.domain.documents import Passage
from headwater.domain.verdicts import ScoredPassage
from headwater.retrieval.asking import Encoder, queries_of
from headwater.retrieval.memory import InMemoryRetriever
from headwater.retrieval.query import Query, RetrievalResult

SMALLEST_SHARE = 8  # texts worth a thread of their own, as in the encoder
FIRST_BLOCK, LARGEST_BLOCK = 2, 32  # claims: the first are waited for, and large blocks cost less in all


class GivenText:
    """The passages of a given text; their vectors are made in the background from the start.

    Args:
        passages: Of the text.
        encoder: Text to vectors; `lanes` says how many calls at once make it faster.
    """

    def __init__(self, passages: Sequence[Passage], encoder: Encoder) -> None:
        self.passages, self._encoder = tuple(passages), encoder
        self._made: InMemoryRetriever | None = None
        texts = [passage.text for passage in passages]
        lanes = max(1, min(int(getattr(encoder, "lanes", 1)), len(texts) // SMALLEST_SHARE))
        pool = ThreadPoolExecutor(lanes, thread_name_prefix="passages")
        self._shares = [pool.submit(encoder.encode, texts[first::lanes]) for first in range(lanes)]
        pool.shutdown(wait=False)  # its threads end with their work

    def find(self, claims: Sequence[Claim], *, limit: int, day: date | None = None) -> Found:
        """Return what will be found for claims; nothing is searched before it is asked for.

        Args:
            claims: In the order in which they are decided.
            limit: Passages wanted of each.
            day: Of the text that makes the claims, or None.
        """
        return FoundInGiven(self, claims, limit, day)

    def search(self, claims: Sequence[Claim], limit: int, day: date | None) -> dict[str, tuple[ScoredPassage, ...]]:
        """Return the passages of some claims, by the text that is searched for each."""
        queries = queries_of(claims, self._encoder, day=day)
        hits = self._retriever.retrieve(queries, limit=limit).hits
        return dict(zip((query.text for query in queries), map(tuple, hits), strict=True))

    @property
    def _retriever(self) -> InMemoryRetriever:
        if self._made is None:
            self._made = InMemoryRetriever(self.passages, gather(self._shares))
        return self._made


class Found(Mapping[str, Sequence[ScoredPassage]]):
    """What was found for claims, by the text that was searched.

    Args:
        hits: Of each text.
        notices: What the search said of itself.
    """

    def __init__(self, hits: Mapping[str, Sequence[ScoredPassage]], notices: Sequence[str] = ()) -> None:
        self._found, self.notices = dict(hits), tuple(notices)

    @classmethod
    def of(cls, queries: Sequence[Query], answer: RetrievalResult) -> Found:
        """Return what a search of all claims at once found.

        Args:
            queries: That were asked.
            answer: To them, in order.
        """
        return cls(dict(zip((query.text for query in queries), answer.hits, strict=True)), answer.notices)

    def __getitem__(self, text: str) -> Sequence[ScoredPassage]:
        """Return the passages found for a text."""
        return self._found[text]

    def __iter__(self) -> Iterator[str]:
        """Yield the texts searched so far."""
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class FoundInGiven(Found):
    """What is found in a given text, by the text that is searched: searched block by block, as it is asked for.

    Args:
        given: The text.
        claims: In the order in which they are decided.
        limit: Passages wanted of each.
        day: Of the text that makes the claims, or None.
    """

    def __init__(self, given: GivenText, claims: Sequence[Claim], limit: int, day: date | None) -> None:
        super().__init__({})
        self._given, self._limit, self._day = given, limit, day
        self._blocks = blocks(claims)

    def __getitem__(self, text: str) -> Sequence[ScoredPassage]:
        """Return the passages found for a text, searching on as far as is needed."""
        while text not in self._found:
            block = next(self._blocks, None)
            if block is None:
                raise KeyError(text)
            self._found |= self._given.search(block, self._limit, self._day)
        return super().__getitem__(text)


def blocks(claims: Sequence[Claim]) -> Iterator[Sequence[Claim]]:
    """Yield claims in order, a few first, then more at a time."""
    begin, size = 0, FIRST_BLOCK
    while begin < len(claims):
        yield claims[begin : begin + size]
        begin, size = begin + size, min(2 * size, LARGEST_BLOCK)


def gather(shares: Sequence[Future[NDArray[np.float32]]]) -> NDArray[np.float32]:
    """Return the vectors of all texts in order, of which each share had every n-th one.

    Args:
        shares: Each with the vectors of its texts. Shapes: (texts of the share, dimensions).

    Returns:
        Shape: (texts, dimensions).
    """
    parts = [share.result() for share in shares]
    if len(parts) == 1:
        return parts[0]
    vectors = np.empty((sum(map(len, parts)), parts[0].shape[1]), dtype=np.float32)
    for first, part in enumerate(parts):
        vectors[first :: len(parts)] = part
    return vectors
