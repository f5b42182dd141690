"""Opening a PostgreSQL database: any number of processes read, one at a time writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from headwater.domain.errors import CorpusUnavailableError

WRITER_LOCK = 0x48_45_41_44  # "HEAD": the advisory lock that makes writers of all processes take turns
LOCK_MS = 60_000  # how long a writer waits for another: a batch of an index's vectors takes seconds
CONNECT_SECONDS = 5  # until a server that does not answer is given up
POOL = 4  # connections kept open; more are opened under load and closed after
POOL_OVERFLOW = 12

CONNECTION = {
    "connect_timeout": CONNECT_SECONDS,
    "application_name": "headwater",
    "tcp_user_timeout": 30_000,  # ms: a server that has gone while a statement ran is noticed, not waited for
}
SESSION = (
    "SET jit = off",  # compiling costs more than any query here takes
    "SET max_parallel_workers_per_gather = 0",  # so does starting workers, and other requests want the cores
)


class PostgresDatabase:
    """One PostgreSQL database. Safe to share between threads.

    Args:
        url: Its address, as libpq writes it: "postgresql://user:password@host/name".

    Raises:
        CorpusUnavailableError: If the address cannot be read, or the driver is not installed.
    """

    def __init__(self, url: str) -> None:
        self._url = parse_database_url(url)
        self._lock = threading.RLock()
        self.name = self._url.database or "postgres"
        self.warning = ""
        try:
            self._engine = _engine(self._url)
            self._driver_error: type[Exception] = import_module("psycopg").Error
        except ImportError as error:
            raise CorpusUnavailableError(
                "a PostgreSQL corpus needs a driver that is not installed: pip install 'headwater[postgres]'"
            ) from error
        self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the corpus until it is closed, and cannot write.

        Yields:
            Connection: In a transaction.

        Raises:
            CorpusUnavailableError: If the database cannot be reached or read.
        """
        with self._named_errors(), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a writing connection; everything done in the block is kept together or not at all.

        Writers of all processes take turns: numbers of rows then become visible in the order they were given.

        Yields:
            Connection: In a transaction that holds the corpus's write lock.

        Raises:
            CorpusUnavailableError: If the database cannot be reached or written.
        """
        with self._lock, self._named_errors(), self._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_MS}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
            yield connection

    def forget_connections(self) -> None:
        """Close idle connections: those opened before the vector type was there do not know it."""
        self._engine.dispose()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            reason = error_reason(error.orig)
            raise CorpusUnavailableError(f"the corpus {self.name} (PostgreSQL) cannot be used: {reason}") from error
        except self._driver_error as error:  # of what is sent past SQLAlchemy
            raise CorpusUnavailableError(
                f"the corpus {self.name} (PostgreSQL) cannot be used: {error_reason(error)}"
            ) from error
        except SQLAlchemyError as error:
            raise CorpusUnavailableError(
                f"the corpus {self.name} (PostgreSQL) cannot be used: {type(error).__name__}"
            ) from error


def parse_database_url(url: str) -> URL:
    """Return the address of a PostgreSQL database, with the driver that is used.

    Args:
        url: "postgresql://user:password@host:port/name"; "postgres://" is taken, too.

    Raises:
        CorpusUnavailableError: If it is none. The message does not repeat it: it may hold a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.drivername.partition("+")[0] not in {"postgresql", "postgres"}:
        raise CorpusUnavailableError(
            "the address of the database must be written as postgresql://user:password@host:port/name"
        )
    return parsed.set(drivername="postgresql+psycopg")


def error_reason(error: BaseException | None) -> str:
    """Return what the server or the driver says is wrong: the first line, which never holds values of rows."""
    primary = getattr(getattr(error, "diag", None), "message_primary", None)
    lines = str(primary or error or "").strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_size=POOL,
        max_overflow=POOL_OVERFLOW,
        pool_pre_ping=True,  # after a restart of the server the next call gets a new connection, not an error
        connect_args=CONNECTION,
        hide_parameters=True,  # parameters are people's text
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        from pgvector.psycopg import register_vector  # noqa: PLC0415 - the driver is optional
        from psycopg.types import TypeInfo  # noqa: PLC0415

        connection.autocommit = True
        for statement in SESSION:
            connection.execute(statement)
        if TypeInfo.fetch(connection, "vector") is not None:
            register_vector(connection)
        connection.autocommit = False

    return engine
