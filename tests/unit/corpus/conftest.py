"""Every test that takes `store` runs twice: on SQLite, and on a real PostgreSQL with pgvector."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from headwater.corpus.postgres.store import PostgresStore
from headwater.corpus.store import CorpusStore
from postgres_server import SHARED, TestServer

Open = Callable[[], CorpusStore]


@pytest.fixture(scope="session")
def server() -> Iterator[TestServer]:
    server = TestServer()
    try:
        server.run(f"CREATE DATABASE {SHARED}")
        PostgresStore(server.url(SHARED)).close()
        yield server
    finally:
        server.stop()


@pytest.fixture
def database_url(server: TestServer) -> Iterator[str]:
    """An empty corpus in PostgreSQL: one database for all tests, emptied after each."""
    yield server.url(SHARED)
    server.empty(SHARED)


@pytest.fixture(params=["sqlite", "postgres"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens one empty corpus as often as it is called, in each of the databases."""
    with ExitStack() as stack:
        url = request.getfixturevalue("database_url") if request.param == "postgres" else ""

        def open_it() -> CorpusStore:
            return stack.enter_context(PostgresStore(url) if url else CorpusStore(tmp_path / "corpus.sqlite3"))

        yield open_it


@pytest.fixture
def store(open_store: Open) -> CorpusStore:
    return open_store()
