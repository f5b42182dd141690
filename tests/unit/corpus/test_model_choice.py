from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_factories import make_record
from headwater.corpus.contract import VectorMark
from headwater.corpus.model_choice import ModelInUse
from headwater.corpus.store import CorpusStore
from headwater_embeddings.hashing import HashingEncoder

OLD, NEW = HashingEncoder(16), HashingEncoder(8)
SMALL = ModelInUse("small", NEW.model_id)


def embed(store: CorpusStore, encoder: HashingEncoder, limit: int = 100) -> None:
    wanted = store.passages_without_vector(encoder.model_id, limit)
    store.put_vectors(encoder.model_id, [one for one, _ in wanted], encoder.encode([text for _, text in wanted]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        store.add_documents([make_record()])
        embed(store, OLD)
        yield store


def test_nothing_is_chosen_at_first(store: CorpusStore) -> None:
    assert (store.models.in_use(), store.models.wanted()) == (None, "")


def test_a_model_is_used_once_every_passage_has_its_vector(store: CorpusStore) -> None:
    store.models.want("small")
    change = store.change()
    assert not store.models.use(SMALL)
    embed(store, NEW, 1)
    assert not store.models.use(SMALL)
    assert (store.models.in_use(), store.models.wanted()) == (None, "small")
    embed(store, NEW)
    assert store.models.use(SMALL)
    assert (store.models.in_use(), store.models.wanted()) == (SMALL, "")
    assert store.change() == change + 3  # twice vectors, once the choice


def test_using_what_is_in_use_changes_nothing(store: CorpusStore) -> None:
    embed(store, NEW)
    store.models.use(SMALL)
    change = store.change()
    assert store.models.use(SMALL)
    assert store.change() == change


def test_the_choice_is_kept_with_the_corpus(store: CorpusStore) -> None:
    embed(store, NEW)
    store.models.use(SMALL)
    with CorpusStore(store.path) as again:
        assert again.models.in_use() == SMALL


def test_vectors_of_another_model_are_not_looked_through(store: CorpusStore) -> None:
    first = store.vector_changes(OLD.model_id, VectorMark(), 10)
    embed(store, NEW)
    then = store.vector_changes(OLD.model_id, first.mark, 10)
    assert (then.mark, len(then.numbers), then.is_last) == (first.mark, 0, True)
    store.add_documents([make_record(url="https://a.gov.uk/b", text="Ships sank.")])
    embed(store, OLD)
    assert store.vector_changes(OLD.model_id, then.mark, 10).numbers.tolist() == [5]
