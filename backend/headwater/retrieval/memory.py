"""Passages of one given text, searched without a corpus: the same scorer, all passages being candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from headwater.corpus.filters import PassageFilters
from headwater.domain.documents import Passage
from headwater.retrieval.agreement import RERANKED, rerank
from headwater.retrieval.candidates import to_candidate
from headwater.retrieval.lexical import WeighedWords, weigh_words
from headwater.retrieval.pool import Pool, to_hits
from headwater.retrieval.query import Query, RetrievalResult
from headwater.retrieval.words import code_of

UNKNOWN = 1.0  # a word that the one source does not hold counts in full: its silence lowers every coverage


class InMemoryRetriever:
    """Finds passages of one given text.

    Args:
        passages: Of the text.
        vectors: Of the passages, unit length, or None to search by words alone. Shape: (len(passages), dimensions).

    Raises:
        ValueError: If there is not one vector for each passage.
    """

    def __init__(self, passages: Sequence[Passage], vectors: NDArray[np.float32] | None = None) -> None:
        if vectors is not None and len(vectors) != len(passages):
            raise ValueError(f"{len(passages)} passages, but {len(vectors)} vectors")
        self._passages = {passage.id: passage for passage in passages}
        self._candidates = {passage.id: to_candidate(passage) for passage in passages}
        self._vectors = vectors
        self._held = Counter(int(code) for one in self._candidates.values() for code in one.voiced)

    def retrieve(
        self,
        queries: Sequence[Query],
        *,
        limit: int,
        filters: PassageFilters | None = None,  # noqa: ARG002 - there is one document, given by the caller
    ) -> RetrievalResult:
        """Find the best passages of each query.

        Args:
            queries: Of one text.
            limit: Passages wanted of each.
            filters: Of no effect: the caller chose the one document there is.
        """
        if not self._candidates:
            return RetrievalResult(tuple(() for _ in queries))
        asked = [query for query in queries if not query.only_votes]
        words = weigh_words([query.text for query in asked], self._frequencies, len(self._candidates), unknown=UNKNOWN)
        pools = [self._pool(query, weighed) for query, weighed in zip(asked, words, strict=True)]
        found = [to_hits(pool, pool.best(max(limit, RERANKED)), self._passages) for pool in pools]
        ranked = iter([rerank(query, hits)[:limit] for query, hits in zip(asked, found, strict=True)])
        return RetrievalResult(tuple(() if query.only_votes else next(ranked) for query in queries))

    def _pool(self, query: Query, words: WeighedWords) -> Pool:
        if query.vector is None or self._vectors is None:
            cosines = np.full(len(self._candidates), np.nan)
        else:
            cosines = np.asarray(self._vectors @ query.vector, dtype=np.float64)
        pool = Pool.of(words, self._candidates, cosines)
        return pool.lifted({candidate.document: 1.0 for candidate in pool.candidates}, by=0.0)

    def _frequencies(self, terms: Sequence[str]) -> Mapping[str, int]:
        return {term: 0 if "-" in term else self._held[code_of(term)] for term in terms}
