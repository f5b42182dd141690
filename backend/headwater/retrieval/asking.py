"""How a check asks for passages: what it needs of an encoder and a searcher, and the queries of its claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from headwater.alignment.hits import searched_texts
from headwater.corpus.filters import PassageFilters
from headwater.domain.claims import Claim
from headwater.retrieval.query import Query, RetrievalResult
from headwater.text.sentences import split_sentences
from headwater.text.surroundings import Surrounded

EACH_SIDE = 4  # sentences around a highlight that vote: each costs as much as a claim, and those beyond tell less
LEAST_WORDS = 4  # of such a sentence: the rest of one that was cut off says nothing


class Encoder(Protocol):
    """Text to unit vectors; see `headwater_embeddings.encoder`."""

    model_id: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text. Shape: (len(texts), dimensions)."""


class Searcher(Protocol):
    """Official passages for queries; see `headwater.retrieval.retriever`."""

    def retrieve(
        self, queries: Sequence[Query], *, limit: int, filters: PassageFilters | None = None
    ) -> RetrievalResult:
        """Return the best passages of each query, best first."""


def queries_of(
    claims: Sequence[Claim], encoder: Encoder, *, around: Sequence[str] = (), day: date | None = None
) -> list[Query]:
    """Make one query for each claim, one for each sentence that was parted into several, and one for each around them.

    Args:
        claims: Of one text.
        encoder: Text to vectors.
        around: From `words_around`: these vote for documents, and are not answered.
        day: The text's day, or None.

    Returns:
        The queries, each text once.
    """
    searched = list(searched_texts(claims))
    texts = list(dict.fromkeys([*searched, *around]))
    vectors = encoder.encode(texts)
    return [
        Query(text, vector, day=day, only_votes=place >= len(searched))
        for place, (text, vector) in enumerate(zip(texts, vectors, strict=True))
    ]


def words_around(surrounded: Surrounded, title: str = "") -> tuple[str, ...]:
    """Return the sentences nearest to a highlight, and the headline it stands under.

    Args:
        surrounded: The highlight.
        title: The headline, or "".
    """
    text, within = surrounded.mapped.text, surrounded.within
    before = [*_sentences(text[: within.start])][-EACH_SIDE:]
    after = [*_sentences(text[within.end :])][:EACH_SIDE]
    return tuple(dict.fromkeys([*before, *after, *_sentences(title)]))


def _sentences(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        for span in split_sentences(line):
            sentence = span.slice(line).strip()
            if len(sentence.split()) >= LEAST_WORDS:
                yield sentence
