from __future__ import annotations

import numpy as np
import pytest

from headwater_embeddings import index_rows
from headwater_embeddings.encoder import Vectors, to_unit_length
from headwater_embeddings.errors import VectorShapeError
from headwater_embeddings.index_bits import nearest_bits, pack_bits
from headwater_embeddings.index_rows import VectorRows

WIDTH = 48  # not a multiple of 64: the last column is filled up


def unit_vectors(count: int, seed: int = 3, width: int = WIDTH) -> Vectors:
    return to_unit_length(np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32))


def near(vectors: Vectors, seed: int = 4) -> Vectors:
    noise = np.random.default_rng(seed).normal(size=vectors.shape).astype(np.float32)
    return to_unit_length(vectors + 0.3 * to_unit_length(noise))


def test_bits_differ_as_signs_do() -> None:
    vectors = unit_vectors(300, width=100)
    bits = pack_bits(vectors)
    assert bits.shape == (300, 2)
    differing = ((vectors > 0) != (vectors[7] > 0)).sum(axis=1)
    found = nearest_bits(np.ascontiguousarray(bits.T), bits[7], 20)
    assert sorted(differing[found])[:19] == sorted(differing)[:19]
    assert 7 in found


@pytest.mark.parametrize("count", [1, 10, 299, 300, 1_000])
def test_bits_give_as_many_as_there_are(count: int) -> None:
    bits = pack_bits(unit_vectors(300))
    allowed = np.arange(300) % 3 == 0
    columns = np.ascontiguousarray(bits.T)
    assert len(nearest_bits(columns, bits[0], count)) == min(count, 300)
    found = nearest_bits(columns, bits[0], count, allowed)
    assert len(found) == min(count, 100)
    assert allowed[found].all()


def test_equal_bits_are_no_trouble() -> None:
    bits = np.zeros((1, 50_000), dtype=np.uint64)
    assert len(nearest_bits(bits, bits[:, 0], 100)) == 100


def test_equal_vectors_share_a_row() -> None:
    vectors = unit_vectors(6)
    rows, first = VectorRows.empty(WIDTH).with_more(vectors[[2, 0, 2, 1]])
    assert first.tolist() == [0, 1, 0, 2]
    rows, second = rows.with_more(vectors[[3, 1, 5, 3]])
    assert second.tolist() == [3, 2, 4, 3]
    assert len(rows) == 5
    np.testing.assert_allclose(rows.take(np.array([4, 0])), vectors[[5, 2]], atol=3e-5)


def test_neighbours_are_the_exact_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_rows, "EXACT", 0)
    monkeypatch.setattr(index_rows, "RESCORED", 300)
    vectors = unit_vectors(5_000)
    rows, _ = VectorRows.empty(WIDTH).with_more(vectors)
    for query in near(vectors[:20]):
        found, cosines = rows.nearest(query, 3)
        exact = vectors @ query
        assert found[0] == exact.argmax()
        np.testing.assert_allclose(cosines, exact[found], atol=1e-4)
        assert (np.diff(cosines) <= 0).all()


@pytest.mark.parametrize("share", [2, 50, 1_000])
def test_a_filter_costs_no_recall(monkeypatch: pytest.MonkeyPatch, share: int) -> None:
    monkeypatch.setattr(index_rows, "EXACT", 500)
    vectors = unit_vectors(5_000)
    rows, _ = VectorRows.empty(WIDTH).with_more(vectors)
    allowed = np.arange(5_000) % share == 0
    for query in near(vectors[:10]):
        found, _ = rows.nearest(query, 3, allowed)
        assert found[0] == np.where(allowed, vectors @ query, -2).argmax()


def test_rows_in_a_file_and_behind_it_are_one_table() -> None:
    vectors = unit_vectors(40)
    whole, _ = VectorRows.empty(WIDTH).with_more(vectors)
    part, _ = VectorRows.empty(WIDTH).with_more(vectors[:30])
    table = VectorRows.of_files(part.read(0), part.columns.T, part.values)
    table, added = table.with_more(vectors[25:])
    assert added.tolist() == list(range(25, 40))
    some = np.array([39, 3, 30, 29])
    np.testing.assert_array_equal(table.take(some), whole.take(some))
    np.testing.assert_array_equal(table.read(28), whole.read(28))
    np.testing.assert_array_equal(table.with_file(whole.read(0)).take(some), whole.take(some))
    np.testing.assert_array_equal(table.only(np.array([2, 31])).take(np.array([1])), whole.take(np.array([31])))
    assert table.nearest(vectors[35], 1)[0].tolist() == [35]


def test_nothing_is_found_among_nothing() -> None:
    empty = VectorRows.empty(WIDTH)
    assert empty.nearest(unit_vectors(1)[0], 5)[0].tolist() == []
    rows, _ = empty.with_more(unit_vectors(3))
    assert rows.nearest(unit_vectors(1)[0], 0)[0].tolist() == []
    assert rows.nearest(unit_vectors(1)[0], 2, np.zeros(3, dtype=np.bool_))[0].tolist() == []


def test_other_widths_are_refused() -> None:
    rows, _ = VectorRows.empty(WIDTH).with_more(unit_vectors(3))
    with pytest.raises(VectorShapeError):
        rows.with_more(unit_vectors(2, width=8))
    with pytest.raises(VectorShapeError):
        rows.nearest(unit_vectors(1, width=8)[0], 1)
