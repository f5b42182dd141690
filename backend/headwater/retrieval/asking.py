"""How a check asks for passages: what it needs of an encoder and a searcher, and the queries of its claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from headwater.alignment.hits import searched_texts
from headwater.corpus.filters import PassageFilters
from headwater.domain.claims import Claim
from headwater.retrieval.query import Query, RetrievalResult


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


def queries_of(claims: Sequence[Claim], encoder: Encoder, *, title: str, day: date | None) -> list[Query]:
    """Make one query for each claim, and one for each sentence that was parted into several.

    Args:
        claims: Of one text.
        encoder: Text to vectors.
        title: The text's headline, or "".
        day: The text's day, or None.

    Returns:
        The queries, each text once.
    """
    texts = searched_texts(claims)
    vectors = encoder.encode(list(texts))
    return [
        Query(text, vector, extra=" ".join(filter(None, (before, title))), day=day)
        for (text, before), vector in zip(texts.items(), vectors, strict=True)
    ]
