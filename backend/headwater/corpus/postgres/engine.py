"""Opening a PostgreSQL database: any number of processes read, one at a time writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from headwater.corpus.postgres.address import connection_arguments, parse_database_url
from headwater.corpus.quick import Rows, rows_of
from headwater.domain.errors import CorpusUnavailableError

__all__ = ["PostgresDatabase", "error_reason", "parse_database_url"]

WRITER_LOCK = 0x48_45_41_44  # "HEAD": the advisory lock that makes writers of all processes take turns
LOCK_MS = 60_000  # how long a writer waits for another: a batch of an index's vectors takes seconds
POOL = 4  # connections kept open; more are opened under load and closed after
POOL_OVERFLOW = 12

SESSION = "; ".join((
    "SET jit = off",  # compiling costs more than any query here takes
    "SET max_parallel_workers_per_gather = 0",  # so does starting workers, and other requests want the cores
    "SET client_connection_check_interval = '10s'",  # a search nobody waits for any more ends
))  # fmt: skip
BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
BEGIN_WRITING = f"BEGIN; SET LOCAL lock_timeout = {LOCK_MS}; SELECT pg_advisory_xact_lock({WRITER_LOCK})"
CUT_OFF = ("network error", "connection is closed")  # the driver's words for it
BEGIN = "headwater_begin"  # the execution option that says which of them


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
            self._driver_error: type[Exception] = import_module("pg8000.dbapi").Error
        except ImportError as error:
            raise CorpusUnavailableError(
                "a PostgreSQL corpus needs a driver that is not installed: pip install 'headwater[postgres]'"
            ) from error
        self._reader = self._engine.execution_options(**{BEGIN: BEGIN_READING})
        self._writer = self._engine.execution_options(**{BEGIN: BEGIN_WRITING})

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
    def quick(self) -> Iterator[Rows]:
        """Open what reads rows of one state of the corpus until it is closed; here as `read` does it.

        Yields:
            Rows: In a transaction.

        Raises:
            CorpusUnavailableError: If the database cannot be reached or read.
        """
        with self.read() as connection:
            yield rows_of(connection)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a writing connection; everything done in the block is kept together or not at all.

        Writers of all processes take turns: numbers of rows then become visible in the order they were given.

        Yields:
            Connection: In a transaction that holds the corpus's write lock.

        Raises:
            CorpusUnavailableError: If the database cannot be reached or written.
        """
        with self._lock, self._named_errors(), self._writer.connect() as connection, connection.begin():
            yield connection

    def forget_connections(self) -> None:
        """Close idle connections: those opened before the vector type was there do not know it."""
        self._engine.dispose()

    def wipe_log(self) -> None:
        """Do nothing: the server keeps its log by itself, and its vacuum clears what was deleted."""

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


def error_reason(error: BaseException | None) -> str:
    """Return what the server or the driver says is wrong: the first line, which never holds values of rows."""
    said = error.args[0] if error is not None and error.args else ""
    if isinstance(said, dict):  # what the server answered, by the letters of its protocol: M is the message
        said = said.get("M", "")
    elif isinstance(error, Exception) and isinstance(error.__cause__, OSError):
        cause = error.__cause__
        said = f"the server cannot be reached, or the connection to it was lost: {cause.strerror or cause}"
    elif str(said) in CUT_OFF:
        said = "the connection to the server was lost"
    lines = str(said or error or "").strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _engine(url: URL) -> Engine:
    driver = import_module("headwater.corpus.postgres.driver")  # the driver behind it is optional

    engine = create_engine(
        url,
        creator=lambda: driver.connect(connection_arguments(url)),
        module=driver.dbapi,
        paramstyle="numeric_dollar",  # as the server reads them
        pool_size=POOL,
        max_overflow=POOL_OVERFLOW,
        pool_pre_ping=True,  # after a restart of the server the next call gets a new connection, not an error
        hide_parameters=True,  # parameters are people's text
    )
    engine.dialect.use_insertmanyvalues_wo_returning = True  # many rows a statement, where the driver sends one

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        connection.run(SESSION)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))

    return engine
