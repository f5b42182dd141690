from __future__ import annotations

import numpy as np
import pytest

from headwater.retrieval import dense
from headwater.retrieval.dense import DenseIndex
from headwater_embeddings.encoder import to_unit_length


def unit_vectors(count: int) -> dense.Vectors:
    return to_unit_length(np.random.default_rng(3).normal(size=(count, 8)).astype(np.float32))


@pytest.fixture
def index() -> DenseIndex:
    vectors = unit_vectors(6)[[0, 1, 2, 1, 3, 1, 4, 5]]  # 11, 13 and 15 are copies
    return DenseIndex(np.arange(10, 18), vectors)


def test_copies_are_one_neighbour(index: DenseIndex) -> None:
    (found,) = index.search(unit_vectors(6)[1:2], 2)
    assert found[:3].tolist() == [11, 13, 15]
    assert len(found) == 4


def test_filters_hold_for_copies(index: DenseIndex) -> None:
    (found,) = index.search(unit_vectors(6)[1:2], 8, allowed=np.array([13, 16, 99]))
    assert found.tolist() == [13, 16]


def test_only_the_latest_of_very_many_copies_are_answered(monkeypatch: pytest.MonkeyPatch, index: DenseIndex) -> None:
    monkeypatch.setattr(dense, "MOST_COPIES", 2)
    (found,) = index.search(unit_vectors(6)[1:2], 1)
    assert found.tolist() == [13, 15]


def test_cosines_of_given_passages(index: DenseIndex) -> None:
    vectors = unit_vectors(6)
    cosines = index.cosines(vectors[0], np.array([15, 9, 10, 99]))
    assert cosines[0] == pytest.approx(float(vectors[1] @ vectors[0]), abs=1e-4)
    assert cosines[2] == pytest.approx(1, abs=1e-4)
    assert np.isnan(cosines[[1, 3]]).all()


def test_an_empty_index() -> None:
    index = DenseIndex(np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float32))
    assert len(index) == 0
    assert [found.tolist() for found in index.search(unit_vectors(2), 5)] == [[], []]
    assert np.isnan(index.cosines(unit_vectors(1)[0], np.array([1]))).all()
