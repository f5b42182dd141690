"""Reaching the server, losing it, and finding it again."""

import subprocess
import sys
import textwrap
from collections.abc import Callable

import pytest

from corpus_factories import make_record
from headwater.corpus.postgres.engine import parse_database_url
from headwater.corpus.postgres.store import PostgresStore
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import CorpusUnavailableError
from postgres_server import SHARED, TestServer

Open = Callable[[], CorpusStore]


@pytest.mark.parametrize("url", ["", "corpus.sqlite3", "sqlite:///x", "mysql://user:secret@host/x", "postgresql//x"])
def test_other_addresses_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(CorpusUnavailableError, match="must be written as postgresql://") as raised:
        parse_database_url(url)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("url", ["postgres://a@b/c", "postgresql://a@b/c", "postgresql+asyncpg://a@b/c"])
def test_the_usual_ways_of_writing_it_are_taken(url: str) -> None:
    assert parse_database_url(url).drivername == "postgresql+pg8000"


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(CorpusUnavailableError, match=r"news \(PostgreSQL\) cannot be used: .*refused") as raised:
        PostgresStore("postgresql://reporter:secret@127.0.0.1:1/news")
    assert "secret" not in str(raised.value)


def test_readers_cannot_write(database_url: str) -> None:
    with (
        PostgresStore(database_url) as store,
        pytest.raises(CorpusUnavailableError, match="read-only transaction"),
        store._database.read() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM passages")


def test_a_failed_write_leaves_nothing(database_url: str) -> None:
    with PostgresStore(database_url) as store:
        with pytest.raises(RuntimeError), store._database.write() as connection:
            connection.exec_driver_sql("INSERT INTO corpus_meta VALUES ('x', 'y')")
            raise RuntimeError
        store.add_documents([make_record()])
        with store._database.read() as connection:
            assert connection.exec_driver_sql("SELECT 1 FROM corpus_meta WHERE name = 'x'").all() == []


def test_what_people_wrote_is_in_no_message(database_url: str) -> None:
    with (
        PostgresStore(database_url) as store,
        pytest.raises(CorpusUnavailableError) as raised,
        store._database.write() as connection,
    ):
        for _ in range(2):
            connection.exec_driver_sql("INSERT INTO documents VALUES ('private words', 'a', 'b', 'c')")
    assert "private" not in str(raised.value)


def test_a_restart_of_the_server_is_told_and_then_forgotten(server: TestServer, database_url: str) -> None:
    with PostgresStore(database_url) as store:
        store.add_documents([make_record()])
        server.halt()
        try:
            for _ in range(2):
                with pytest.raises(CorpusUnavailableError, match="cannot be used"):
                    store.counts()
                with pytest.raises(CorpusUnavailableError, match="cannot be used"):
                    store.add_documents([make_record(url="https://a.gov.uk/2")])
        finally:
            server.resume()
        assert store.counts().documents == 1  # the same store, nothing opened anew
        store.add_documents([make_record(url="https://a.gov.uk/2")])
        assert len(store.lexical_search(["people"], 10)) == 4


def test_a_connection_that_is_cut_in_the_middle_stores_nothing(server: TestServer, database_url: str) -> None:
    with PostgresStore(database_url) as store:
        with pytest.raises(CorpusUnavailableError), store._database.write() as connection:
            connection.exec_driver_sql("INSERT INTO corpus_meta VALUES ('x', 'y')")
            server.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid()",
                database=SHARED,
            )
            connection.exec_driver_sql("SELECT 1")
        store.add_documents([make_record()])
        assert store.counts().documents == 1


WRITER = """
    import sys
    from corpus_factories import make_record
    from headwater.corpus.postgres.store import PostgresStore

    with PostgresStore(sys.argv[1]) as store:
        for number in range(12):
            part = sys.argv[2]
            text = f"Boats {part}.\\n\\nPeople of {number}."
            store.add_documents([make_record(url=f"https://a.gov.uk/{part}-{number}", text=text)])
"""


def test_several_processes_store_and_all_see_it(database_url: str) -> None:
    with PostgresStore(database_url) as store:
        before = store.change()
        writers = [
            subprocess.Popen([sys.executable, "-c", textwrap.dedent(WRITER), database_url, part], env=environment())
            for part in "abc"
        ]
        seen = {store.change()}
        while any(writer.poll() is None for writer in writers):
            seen.add(store.change())
        assert [writer.wait() for writer in writers] == [0, 0, 0]
        assert store.change() == before + 36  # every batch was counted: none read a number another was about to raise
        assert len(seen) > 1
        assert store.counts().documents == 36
        assert store.document_frequencies(["boats", "people"]) == {"boats": 36, "people": 36}
        with store._database.read() as connection:
            numbers = connection.exec_driver_sql("SELECT count(*), min(id), max(id) FROM passages").one()
        assert tuple(numbers) == (72, 1, 72)


def environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
