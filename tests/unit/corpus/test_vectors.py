import numpy as np
import pytest
from numpy.typing import NDArray

from corpus_factories import make_record
from headwater.corpus.store import CorpusStore


def unit_vectors(count: int, dimensions: int = 8) -> NDArray[np.float32]:
    made = np.random.default_rng(count).normal(size=(count, dimensions)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(autouse=True)
def _documents(store: CorpusStore) -> None:
    store.add_documents(
        [
            make_record(url="https://a.gov.uk/1", text="Same words.\n\nOne."),
            make_record(url="https://a.gov.uk/2", text="Same words.\n\nTwo."),
        ]
    )


def test_a_text_is_encoded_once(store: CorpusStore) -> None:
    wanted = store.passages_without_vector("m", 10)
    assert [text for _, text in wanted] == ["Same words.", "One.", "Two."]
    assert store.texts_without_vector("m") == 3
    assert store.counts().passages == 4


def test_vectors_come_back_for_every_passage(store: CorpusStore) -> None:
    wanted = store.passages_without_vector("m", 10)
    matrix = unit_vectors(3)
    assert store.put_vectors("m", [number for number, _ in wanted], matrix) == 3
    ids, vectors = store.vectors("m")
    assert ids.dtype == np.int64
    assert vectors.dtype == np.float32
    assert ids.tolist() == [1, 2, 3, 4]
    np.testing.assert_array_equal(vectors, matrix[[0, 1, 0, 2]])
    assert store.passages_without_vector("m", 10) == []
    assert store.stored_models() == {"m": 3}


def test_part_of_the_work_is_kept_and_gone_on_with(store: CorpusStore) -> None:
    first = store.passages_without_vector("m", 1)
    store.put_vectors("m", [first[0][0]], unit_vectors(1))
    assert [text for _, text in store.passages_without_vector("m", 10)] == ["One.", "Two."]
    assert [text for _, text in store.passages_without_vector("m", 10, after=2)] == ["Two."]
    assert store.vectors("m")[0].tolist() == [1, 3]


def test_models_are_apart(store: CorpusStore) -> None:
    store.put_vectors("m", [1], unit_vectors(1))
    assert len(store.passages_without_vector("other", 10)) == 3
    assert store.vectors("other")[1].shape == (0, 0)
    assert store.reset_vectors("m") == 1
    assert store.stored_models() == {}


def test_vectors_change_the_revision_once(store: CorpusStore) -> None:
    before = store.revision()
    store.put_vectors("m", [1], unit_vectors(1))
    after = store.revision()
    assert after != before
    assert store.put_vectors("m", [3], unit_vectors(1)) == 0  # the same words
    assert store.revision() == after


@pytest.mark.parametrize("shape", [(1, 8), (3, 8), (2, 8, 1)])
def test_shapes_must_fit(store: CorpusStore, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="2 passages"):
        store.put_vectors("m", [1, 2], np.ones(shape, dtype=np.float32))


def test_dimensions_must_fit_what_is_stored(store: CorpusStore) -> None:
    store.put_vectors("m", [1], unit_vectors(1, 8))
    with pytest.raises(ValueError, match="16 dimensions, but m has 8"):
        store.put_vectors("m", [2], unit_vectors(1, 16))
    assert store.put_vectors("m", [], np.empty((0, 16), dtype=np.float32)) == 0
