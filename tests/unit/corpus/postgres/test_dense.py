"""Search among vectors in the database: against the exact answer, filtered and not."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import event

from corpus_factories import make_record
from headwater.corpus.contract import DenseSearch
from headwater.corpus.filters import PassageFilters
from headwater.corpus.postgres import dense
from headwater.corpus.postgres.engine import PostgresDatabase
from headwater.corpus.postgres.store import PostgresStore
from headwater.corpus.store import CorpusStore
from headwater.retrieval.query import Query
from headwater.retrieval.retriever import HybridRetriever
from postgres_server import TestServer

MODEL = "all-MiniLM-L6-v2/onnx-int8@0123"
Vectors = NDArray[np.float32]


def unit(rows: int, dimensions: int = 32, seed: int = 5) -> Vectors:
    made = np.random.default_rng(seed).normal(size=(rows, dimensions)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def filled_url(server: TestServer) -> Iterator[str]:
    """Sixty documents of ten passages; the first passage of each is the same in all."""
    with server.database() as url:
        with PostgresStore(url) as store:
            fill(store)
        yield url


@pytest.fixture
def filled(filled_url: str) -> Iterator[PostgresStore]:
    """To be read only."""
    with PostgresStore(filled_url) as store:
        yield store


@pytest.fixture
def changeable(database_url: str) -> Iterator[PostgresStore]:
    with PostgresStore(database_url) as store:
        fill(store)
        yield store


def fill(store: PostgresStore) -> None:
    records = []
    for document in range(60):
        lines = ["Boats are dangerous."] + [f"Line {line} of {document}." for line in range(9)]
        publisher = "Rare Office" if document % 20 == 0 else "Home Office"
        records.append(make_record(url=f"https://a.gov.uk/{document}", text="\n\n".join(lines), publisher=publisher))
    store.add_documents(records)
    wanted = store.passages_without_vector(MODEL, 1_000)
    store.put_vectors(MODEL, [number for number, _ in wanted], unit(len(wanted)))


def searched(store: CorpusStore, model: str = MODEL) -> DenseSearch:
    found = store.dense_search(model)
    assert found is not None
    return found


def exact(store: CorpusStore, query: Vectors, k: int, filters: PassageFilters) -> list[set[int]]:
    """Passages of each of the nearest texts, nearest first."""
    ids, vectors = store.vectors(MODEL)
    allowed = store.passage_ids(filters)
    groups: dict[bytes, set[int]] = {}
    for number, vector in zip(ids.tolist(), vectors, strict=True):
        if allowed is None or number in allowed:
            groups.setdefault(vector.tobytes(), set()).add(number)
    near = sorted(groups, key=lambda stored: -float(np.frombuffer(stored, np.float32) @ query))
    return [groups[stored] for stored in near[:k]]


FILTERS = [
    PassageFilters(),
    PassageFilters(publishers=("Rare Office",)),
    PassageFilters(publishers=("Home Office",)),
    PassageFilters(published_from=date(2030, 1, 1)),
    PassageFilters(latest_only=True, language="en"),
]


WAYS = {"from the few alone": (5_000, 0), "by their signs": (0, 1), "through the graph": (0, 0)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
def test_the_nearest_texts_come_with_all_their_passages(
    filled: PostgresStore, filters: PassageFilters, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, wide = WAYS[way]
    monkeypatch.setattr(dense, "FEW_PASSAGES", few)
    monkeypatch.setattr(dense, "WIDE_SHARE", wide)
    queries = unit(6, seed=9)
    for query, found in zip(queries, searched(filled).search(queries, 20, filters), strict=True):
        wanted = exact(filled, query, 20, filters)
        assert set(found.tolist()) == set().union(*wanted) if wanted else not len(found)
        places = {number: place for place, group in enumerate(wanted) for number in group}
        assert [places[number] for number in found.tolist()] == sorted(places.values())


def test_where_the_graph_gives_up_the_rest_is_answered_exactly(
    filled: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "FEW_PASSAGES", 0)
    monkeypatch.setattr(dense, "WIDE_SHARE", 0)
    monkeypatch.setattr(dense, "SCANNED_AT_MOST", 1)
    monkeypatch.setattr(dense, "SEARCH_WIDTH", 20)
    rare = PassageFilters(publishers=("Rare Office",))
    query = unit(1, seed=3)
    (found,) = searched(filled).search(query, 20, rare)
    assert set(found.tolist()) == set().union(*exact(filled, query[0], 20, rare))


def signs(store: CorpusStore) -> dict[tuple[int, int], str]:
    with store._database.read() as connection:
        rows = connection.exec_driver_sql("SELECT passage_id, version_id, bits::text FROM passage_bits").all()
    assert len(rows) == len({row[0] for row in rows})
    return {(row[0], row[1]): row[2] for row in rows}


def wanted_signs(store: CorpusStore) -> dict[tuple[int, int], str]:
    ids, vectors = store.vectors(MODEL)
    with store._database.read() as connection:
        versions = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT id, version_id FROM passages")}
    found = zip(ids.tolist(), vectors, strict=True)
    return {(one, versions[one]): "".join("1" if number > 0 else "0" for number in vector) for one, vector in found}


def test_the_signs_follow_whatever_is_stored_and_deleted(changeable: PostgresStore) -> None:
    assert signs(changeable) == wanted_signs(changeable)
    changeable.add_documents([make_record(url="https://a.gov.uk/x", text="Boats are dangerous.\n\nNew words.")])
    (new,) = changeable.passages_without_vector(MODEL, 10)
    changeable.put_vectors(MODEL, [new[0]], unit(1, seed=8))
    changeable.remove_documents([changeable.passages([1])[1].document.id])
    changeable.prune_vectors()
    assert len(signs(changeable)) == 592
    assert signs(changeable) == wanted_signs(changeable)
    changeable.put_vectors("another", [new[0]], unit(1, 8, seed=8))
    assert changeable.reset_vectors("another") == 1
    assert signs(changeable) == wanted_signs(changeable)
    changeable.reset_vectors(MODEL)
    assert signs(changeable) == {}


def test_copies_of_one_text_do_not_keep_others_away(filled: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "FEW_PASSAGES", 0)
    monkeypatch.setattr(dense, "WIDE_SHARE", 1)
    monkeypatch.setattr(dense, "ROUGHLY_BEST", 20)  # all of them the passages of one text, which stands in sixty
    filters = PassageFilters(publishers=("Rare Office", "Home Office"))
    ids, vectors = filled.vectors(MODEL)
    (found,) = searched(filled).search(vectors[ids == 1], 10, filters)
    assert set(found.tolist()) == set().union(*exact(filled, vectors[ids == 1][0], 10, filters))


def test_cosines(filled: PostgresStore) -> None:
    ids, vectors = filled.vectors(MODEL)
    query = unit(1, seed=4)[0]
    asked = np.array([ids[7], 999_999, ids[0], ids[7]])
    found = searched(filled).cosines(query, asked)
    np.testing.assert_allclose(found[[0, 2, 3]], (vectors @ query)[[7, 0, 7]], atol=1e-6)
    assert np.isnan(found[1])
    assert searched(filled).cosines(query, np.zeros(0, dtype=np.int64)).shape == (0,)


def test_nothing_asked_is_nothing_found(filled: PostgresStore) -> None:
    assert searched(filled).search(np.zeros((0, 32), dtype=np.float32), 5) == []
    assert searched(filled).search(unit(1), 0)[0].shape == (0,)


def test_how_many_passages_have_a_vector_is_kept_right(changeable: PostgresStore) -> None:
    assert len(searched(changeable)) == 600
    changeable.add_documents([make_record(url="https://a.gov.uk/x", text="Boats are dangerous.\n\nNew words.")])
    assert len(searched(changeable)) == 601
    (new,) = changeable.passages_without_vector(MODEL, 10)
    changeable.put_vectors(MODEL, [new[0]], unit(1, seed=8))
    assert len(searched(changeable)) == 602
    changeable.remove_documents([changeable.passages([1])[1].document.id])
    assert len(searched(changeable)) == 592
    assert changeable.prune_vectors() == 9
    assert len(searched(changeable)) == 592
    assert changeable.stored_models() == {MODEL: 60 * 9 + 1 + 1 - 9}


def test_without_vectors_there_is_no_search(changeable: PostgresStore) -> None:
    assert changeable.dense_search("another") is None
    assert changeable.reset_vectors(MODEL) == 541
    assert changeable.dense_search(MODEL) is None


@pytest.mark.parametrize("model", ["o'model", 'a "b"', "100%s of %(x)s", "a:b", "ü" * 40])
def test_any_name_of_a_model_has_an_index_of_its_own(database_url: str, model: str) -> None:
    with PostgresStore(database_url) as store:
        store.add_documents([make_record()])
        store.put_vectors("plain", [1, 2], unit(2, 8, seed=1))
        store.put_vectors(model, [1, 2], unit(2, 16, seed=2))
        assert searched(store, model).search(unit(2, 16, seed=2), 1)[0].tolist() == [1]
        with store._database.read() as connection:
            statement = "SELECT indexdef FROM pg_indexes WHERE indexname LIKE 'ix_vectors_near_%%'"
            assert len(connection.exec_driver_sql(statement).all()) == 2
        store.reset_vectors(model)
        assert store.stored_models() == {"plain": 2}


def test_a_search_goes_through_the_graph(filled: PostgresStore) -> None:
    """A condition that did not match the index's own would scan the table, and nobody would notice but by the time."""
    sent: list[tuple[str, Any]] = []
    database = filled._database
    assert isinstance(database, PostgresDatabase)
    event.listen(
        database._engine, "before_cursor_execute", lambda _c, _d, words, values, *_: sent.append((words, values))
    )
    searched(filled).search(unit(1), 5)
    ((statement, values),) = [(words, values) for words, values in sent if "halfvec" in words]
    with database.read() as connection:
        for node in ("seqscan", "sort", "bitmapscan"):  # so few rows would be read through and put in order
            connection.exec_driver_sql(f"SET LOCAL enable_{node} = off")
        plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)]
    assert any("Index Scan using ix_vectors_near_" in line for line in plan)


def test_a_service_can_search_by_an_index_of_its_own(filled: PostgresStore, filled_url: str) -> None:
    queries = [Query(f"line {n}", vector) for n, vector in enumerate(unit(5, seed=7))]
    with PostgresStore(filled_url, search_vectors=False) as own:
        assert own.dense_search(MODEL) is None
        answers = [HybridRetriever(store, MODEL).retrieve(queries, limit=3) for store in (filled, own)]
    first, other = ([[hit.passage.id for hit in hits] for hits in answer.hits] for answer in answers)
    assert first == other
    assert answers[0].notices == answers[1].notices
