"""Statements sent in one go, prepared when they come again, and rows stored in binary."""

from collections.abc import Iterator

import numpy as np
import pytest
from pg8000 import dbapi
from sqlalchemy import make_url

from corpus_factories import make_record
from headwater.corpus.postgres import driver
from headwater.corpus.postgres.address import connection_arguments
from headwater.corpus.postgres.driver import ServerConnection
from headwater.corpus.postgres.store import PostgresStore
from headwater.corpus.postgres.types import written_vector
from headwater.domain.errors import CorpusUnavailableError
from postgres_server import TestServer


@pytest.fixture
def connection(server: TestServer) -> Iterator[ServerConnection]:
    connection = driver.connect(connection_arguments(make_url(server.url("postgres"))))
    yield connection
    connection.close()


def prepared(connection: ServerConnection) -> int:
    return int(connection.run("SELECT count(*) FROM pg_prepared_statements").rows[0][0])


def test_a_statement_that_comes_again_is_prepared(connection: ServerConnection) -> None:
    for number in range(4):
        cursor = connection.cursor()
        cursor.execute("SELECT $1::int + 1 AS one, $2::text AS two", (number, "it''s"))
        assert [column[0] for column in cursor.description or ()] == ["one", "two"]
        assert (cursor.fetchall(), cursor.rowcount) == ([[number + 1, "it''s"]], 1)
        assert prepared(connection) == (number > 0)


def test_only_so_many_are_held(connection: ServerConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "PREPARED_AT_MOST", 3)
    for number in range(9):
        for _ in range(2):
            assert connection.run(f"SELECT $1::int + {number}", (1,)).rows == [[1 + number]]
    assert prepared(connection) == 3
    assert connection.run("SELECT $1::int + 0", (5,)).rows == [[5]]


def test_after_an_error_it_goes_on(connection: ServerConnection) -> None:
    for _ in range(3):
        with pytest.raises(dbapi.DatabaseError, match="division by zero"):
            connection.run("SELECT 1 / $1::int", (0,))
    assert connection.run("SELECT 1 / $1::int", (1,)).rows == [[1]]
    with pytest.raises(dbapi.DatabaseError, match="nothing"):
        connection.run("SELECT * FROM nothing WHERE $1::int = 1", (1,))
    assert connection.run("SELECT $1::int", (None,)).rows == [[None]]


def test_a_plan_that_has_gone_out_of_date_is_made_again(connection: ServerConnection) -> None:
    connection.run("CREATE TEMP TABLE held (one int)")
    connection.run("INSERT INTO held VALUES ($1)", (1,))
    for _ in range(3):
        assert connection.run("SELECT * FROM held WHERE one = $1", (1,)).rows == [[1]]
    connection.run("ALTER TABLE held ADD two text DEFAULT 'x'")
    with pytest.raises(dbapi.DatabaseError, match="cached plan"):
        connection.run("SELECT * FROM held WHERE one = $1", (1,))
    assert connection.run("SELECT * FROM held WHERE one = $1", (1,)).rows == [[1, "x"]]


def test_a_closed_connection_says_so(connection: ServerConnection) -> None:
    connection.close()
    connection.close()
    for values in ((), (1,)):
        with pytest.raises(dbapi.InterfaceError, match="connection is closed"):
            connection.run("SELECT 1", values)


def test_a_connection_that_is_cut_says_so(server: TestServer, connection: ServerConnection) -> None:
    (process,) = connection.run("SELECT pg_backend_pid()").rows[0]
    server.run(f"SELECT pg_terminate_backend({process}, 5000)")
    with pytest.raises(dbapi.InterfaceError, match="network error"):
        connection.run("SELECT $1::int", (1,))


def test_vectors_are_written_without_a_loss() -> None:
    vector = np.random.default_rng(3).normal(size=384).astype(np.float32)
    vector[:3] = 0, 1e-30, -3.4e38
    read = np.array([float(one) for one in written_vector(vector)[1:-1].split(",")], dtype=np.float32)
    np.testing.assert_array_equal(read, vector)


def test_a_copy_that_fails_stores_nothing_and_the_next_works(database_url: str) -> None:
    with PostgresStore(database_url) as store:
        store.add_documents([make_record()])
        with (
            pytest.raises(CorpusUnavailableError, match="duplicate key"),
            store._database.write() as connection,
        ):
            connection.exec_driver_sql("INSERT INTO corpus_meta VALUES ('x', 'y')")
            from headwater.corpus.postgres.words import store_words

            store_words(connection, [(1, 1, "Once more.")])
        with store._database.read() as connection:
            assert connection.exec_driver_sql("SELECT 1 FROM corpus_meta WHERE name = 'x'").all() == []
        assert store.add_documents([make_record(url="https://a.gov.uk/2")]).added == 1
