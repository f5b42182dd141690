"""A corpus in memory that can be read at a glance: what the retriever asks of the store, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from headwater.corpus.contract import VectorChanges, VectorMark
from headwater.corpus.filters import PassageFilters
from headwater.domain.documents import Document, Passage, PassageKind
from headwater.domain.spans import Span
from headwater.retrieval.words import code_of, split_words
from headwater_embeddings.hashing import HashingEncoder

ENCODER = HashingEncoder(128)
EVERYTHING = PassageFilters()
DAY = datetime(2024, 11, 7, tzinfo=UTC)


def make_document(identifier: str, title: str = "", *, version: int = 1, publisher: str = "Home Office") -> Document:
    return Document(
        id=identifier,
        version=version,
        is_latest=True,
        publisher=publisher,
        document_type="press_release",
        url=f"https://example.org/{identifier}",
        title=title,
        language="en",
        licence="OGL-UK-3.0",
        attribution="",
        first_published=DAY,
        updated=DAY,
        retrieved=DAY,
        sha256="",
    )


def make_passage(
    number: int,
    text: str,
    document: Document | None = None,
    *,
    kind: PassageKind = PassageKind.PARAGRAPH,
    heading: str = "",
    speaker: str = "",
) -> Passage:
    document = document or make_document("d")
    return Passage(number, document, number, text, Span(0, len(text)), kind, heading, speaker)


class FakeStore:
    """Passages and vectors in dictionaries."""

    def __init__(
        self, passages: Sequence[Passage], *, model: str = ENCODER.model_id, encoded: int | None = None
    ) -> None:
        self.held = {passage.id: passage for passage in passages}
        self.model = model
        self.encoded = len(passages) if encoded is None else encoded
        self.number = 1
        self.read = 0

    def add(self, *passages: Passage) -> None:
        self.held |= {passage.id: passage for passage in passages}
        self.encoded = len(self.held)
        self.number += 1

    def remove(self, identifier: int) -> None:
        del self.held[identifier]
        self.number += 1

    index_folder = None

    def change(self) -> int:
        return self.number

    def identity(self) -> str:
        return "fake"

    def dense_search(self, model: str) -> None:  # noqa: ARG002
        return None

    def version_numbers(self, filters: PassageFilters) -> NDArray[np.int64] | None:
        passing = self.passing(sorted(self.held), filters)
        return None if filters.is_empty else np.array(passing, dtype=np.int64)  # each in a version of its own

    def passing(self, ids: Sequence[int], filters: PassageFilters) -> list[int]:
        return [one for one in ids if self._passes(self.held[one], filters)]

    def vector_changes(self, model: str, since: VectorMark, limit: int) -> VectorChanges:
        self.read += limit > 1
        ids = np.array(sorted(self.held)[: self.encoded] if model == self.model else [], dtype=np.int64)
        mark = VectorMark(resets=self.number, passage=max(self.held, default=0))  # all anew with every change
        if since == mark:
            ids = ids[:0]
        vectors = ENCODER.encode([self.held[one].text for one in ids.tolist()])
        return VectorChanges(
            mark=mark,
            is_last=True,
            numbers=ids,
            vectors=vectors,
            passages=ids,
            versions=ids,
            owned=ids,
            removed=ids[:0],
        )

    def passage_count(self) -> int:
        return len(self.held)

    def stored_models(self) -> Mapping[str, int]:
        return {self.model: self.encoded} if self.encoded else {}

    def passages(self, ids: Sequence[int]) -> Mapping[int, Passage]:
        return {one: self.held[one] for one in ids if one in self.held}

    def passages_of(self, identifier: str) -> Sequence[Passage]:
        mine = [passage for passage in self.held.values() if passage.document.id == identifier]
        latest = max((passage.document.version for passage in mine), default=0)
        return [passage for passage in mine if passage.document.version == latest]

    def document_frequencies(self, terms: Sequence[str]) -> Mapping[str, int]:
        return {term: len(self._holding(term)) for term in terms}

    def lexical_search(
        self, terms: Sequence[str], limit: int, filters: PassageFilters = EVERYTHING
    ) -> Sequence[tuple[int, float]]:
        weights: dict[int, float] = {}
        for term in terms:
            for one in self._holding(term):
                if self._passes(self.held[one], filters):
                    weights[one] = weights.get(one, 0) + 1
        return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _holding(self, term: str) -> list[int]:
        if "-" in term:  # the fake knows joined spellings only
            return []
        return [one for one, passage in self.held.items() if code_of(term) in map(code_of, split_words(passage.text))]

    def _passes(self, passage: Passage, filters: PassageFilters) -> bool:
        return not filters.publishers or passage.document.publisher in filters.publishers


@pytest.fixture
def encode() -> Callable[[Sequence[str]], NDArray[np.float32]]:
    return ENCODER.encode


@pytest.fixture
def model_id() -> str:
    return ENCODER.model_id


@pytest.fixture
def store_of() -> type[FakeStore]:
    return FakeStore


@pytest.fixture
def passage() -> Callable[..., Passage]:
    return make_passage


@pytest.fixture
def document() -> Callable[..., Document]:
    return make_document
