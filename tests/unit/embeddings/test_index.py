from __future__ import annotations

import numpy as np
import pytest

from headwater_embeddings.encoder import Vectors, to_unit_length
from headwater_embeddings.errors import VectorShapeError
from headwater_embeddings.index import FlatIndex


def unit_vectors(count: int, seed: int, dimensions: int = 8) -> Vectors:
    return to_unit_length(np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32))


@pytest.fixture
def index() -> FlatIndex:
    return FlatIndex(np.arange(100, 0, -1), unit_vectors(100, seed=1))


def expected(index_ids: np.ndarray, vectors: Vectors, query: Vectors, k: int) -> list[int]:
    return [int(index_ids[place]) for place in np.argsort(-(vectors @ query), kind="stable")[:k]]


def test_search_finds_the_nearest_in_order(index: FlatIndex) -> None:
    queries = unit_vectors(5, seed=2)
    ids, cosines = index.search(queries, 10)
    for row, query in enumerate(queries):
        assert ids[row].tolist() == expected(np.arange(100, 0, -1), unit_vectors(100, seed=1), query, 10)
    assert (np.diff(cosines, axis=1) <= 0).all()


def test_blocks_do_not_change_the_answer(index: FlatIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    queries = unit_vectors(5, seed=2)
    whole = index.search(queries, 7)
    monkeypatch.setattr("headwater_embeddings.index.BLOCK_CELLS", 250)
    for got, wanted in zip(index.search(queries, 7), whole, strict=True):
        np.testing.assert_allclose(got, wanted, atol=1e-6)


def test_only_allowed_ids_are_answered(index: FlatIndex) -> None:
    allowed = np.array([3, 50, 97, 4000])
    ids, cosines = index.search(unit_vectors(2, seed=3), 10, allowed=allowed)
    assert ids.shape == cosines.shape == (2, 3)
    assert {*ids[0].tolist()} == {3, 50, 97}


def test_nothing_allowed_answers_nothing(index: FlatIndex) -> None:
    ids, _ = index.search(unit_vectors(2, seed=3), 10, allowed=np.zeros(0, dtype=np.int64))
    assert ids.shape == (2, 0)


def test_added_vectors_are_found_and_removed_ones_are_not(index: FlatIndex) -> None:
    new = unit_vectors(1, seed=9)
    index.add(np.array([500]), new)
    assert index.search(new, 1)[0].tolist() == [[500]]
    index.remove(np.array([500, 12345]))
    assert len(index) == 100
    assert index.search(new, 1)[0].tolist() != [[500]]


def test_adding_a_known_id_replaces_its_vector(index: FlatIndex) -> None:
    new = unit_vectors(1, seed=9)
    index.add(np.array([7]), new)
    assert len(index) == 100
    ids, cosines = index.search(new, 1)
    assert ids.tolist() == [[7]]
    assert cosines[0, 0] == pytest.approx(1, abs=1e-6)


def test_cosines_of_given_ids(index: FlatIndex) -> None:
    query = unit_vectors(1, seed=4)
    cosines = index.cosines(query, np.array([100, 999, 1]))
    assert cosines[0, 0] == pytest.approx(float(unit_vectors(100, seed=1)[0] @ query[0]), abs=1e-6)
    assert cosines[0, 2] == pytest.approx(float(unit_vectors(100, seed=1)[99] @ query[0]), abs=1e-6)
    assert np.isnan(cosines[0, 1])


def test_an_empty_index_answers_nothing() -> None:
    index = FlatIndex.empty(8)
    assert index.search(unit_vectors(1, seed=1), 5)[0].shape == (1, 0)
    assert np.isnan(index.cosines(unit_vectors(1, seed=1), np.array([1]))).all()


@pytest.mark.parametrize("wrong", [np.zeros((1, 9), dtype=np.float32), np.zeros(8, dtype=np.float32)])
def test_vectors_of_another_width_are_refused(index: FlatIndex, wrong: Vectors) -> None:
    with pytest.raises(VectorShapeError, match=r"\(n, 8\) expected"):
        index.search(wrong, 1)
    with pytest.raises(VectorShapeError):
        index.add(np.array([1]), wrong)


def test_one_vector_for_each_id() -> None:
    with pytest.raises(VectorShapeError):
        FlatIndex(np.array([1, 2]), unit_vectors(3, seed=1))
