"""The corpus indexed anew by another model, on both databases; `unit/sources` has what may go wrong on the way."""

from __future__ import annotations

import numpy as np
import pytest

from corpus_factories import make_record
from headwater.corpus.model_choice import ModelInUse
from headwater.corpus.store import CorpusStore
from headwater.retrieval.query import Query
from headwater.retrieval.retriever import HybridRetriever
from headwater.sources.embedding import embed_passages
from headwater.sources.reindexing import reindex
from headwater_embeddings.hashing import HashingEncoder

OLD, NEW = HashingEncoder(32), HashingEncoder(16)
TEXTS = [f"In month {number} the office counted {number * 17} ferries." for number in range(12)]


def assert_answers(retriever: HybridRetriever, encoder: HashingEncoder) -> None:
    for text in TEXTS[::5]:
        found = retriever.retrieve([Query(text, encoder.encode([text])[0])], limit=1)
        assert (found.hits[0][0].passage.text, found.notices) == (text, ())
        assert found.hits[0][0].cosine == pytest.approx(1, abs=1e-3)


def test_a_corpus_is_indexed_by_another_model(store: CorpusStore) -> None:
    store.add_documents([make_record(url=f"https://a.gov.uk/{text}", text=text) for text in TEXTS])
    embed_passages(store, OLD)
    assert store.models.use(ModelInUse("old", OLD.model_id))
    retriever = HybridRetriever(store, OLD.model_id)
    assert_answers(retriever, OLD)
    some = store.passages_without_vector(NEW.model_id, 5)
    store.put_vectors(NEW.model_id, [one for one, _ in some], NEW.encode([text for _, text in some]))
    assert not store.models.use(ModelInUse("new", NEW.model_id))
    assert_answers(retriever, OLD)  # while the new index is made
    assert reindex(store, NEW, "new", wait=lambda _: assert_answers(retriever, OLD)).encoded == 7
    assert store.models.in_use() == ModelInUse("new", NEW.model_id)
    assert store.stored_models() == {NEW.model_id: 12}
    assert_answers(HybridRetriever(store, NEW.model_id), NEW)
    np.testing.assert_allclose(store.vectors(NEW.model_id)[1], NEW.encode(TEXTS), atol=1e-3)
