"""Opening the database: driver, settings, one writer behind a lock, any number of readers that cannot write."""

from __future__ import annotations

import importlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, Select, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from headwater.corpus.quick import QuickStatements, Row, Rows
from headwater.domain.errors import CorpusUnavailableError

SAFE_SQLITE = (3, 51, 3)  # first release without the WAL-reset race, which can lose committed writes
BUSY_MS = 5_000  # how long a connection waits for another process to finish writing
WIPE_MS = 500  # how long the log's emptying waits for readers, and writers for it
READER_POOL = 4  # connections kept open for readers; more are opened under load and closed after

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL lost acknowledged documents in replayed power cuts
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)
READER_PRAGMAS = (
    *PRAGMAS[2:],
    "PRAGMA query_only=ON",
    "PRAGMA mmap_size=268435456",
)  # 256 MiB mapped: vectors load fast

CURES = {
    "disk is full": "nothing of what was stored before is lost: make room, and run it again",
    "readonly database": "the disk or the file is read-only: what is stored can be searched, and nothing be added",
    "unable to open": "the file or its folder cannot be read, or not be written beside",
    "disk I/O error": "the disk does not take or give what it is asked for: look at its room, its limits and its log",
    "malformed": "the file is damaged: put a backup in its place, or ingest the documents into a new one",
    "not a database": "it is another kind of file, or damaged: put a backup in its place, or choose another path",
}


def load_driver() -> ModuleType:
    """Return the SQLite driver: the bundled, current one where it is installed, else Python's own."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def driver_warning(driver: ModuleType) -> str:
    """Return what is wrong with the SQLite library behind a driver, or ""."""
    if tuple(driver.sqlite_version_info) >= SAFE_SQLITE:
        return ""
    wanted = ".".join(map(str, SAFE_SQLITE))
    return (
        f"SQLite {driver.sqlite_version} has a fault that can lose committed writes when two processes use the corpus; "
        f"{wanted} or later is free of it: install pysqlite3"
    )


class CorpusDatabase(Protocol):
    """What a store asks of a database; this module has the SQLite kind, `postgres.engine` the other."""

    @property
    def warning(self) -> str:
        """What an operator should know about the database, or ""."""
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """Open a connection that sees one state of the corpus until it is closed, and cannot write."""
        ...

    def quick(self) -> AbstractContextManager[Rows]:
        """Open what reads rows of one state of the corpus until it is closed, as `read` does, with less ado."""
        ...

    def write(self) -> AbstractContextManager[Connection]:
        """Open a writing connection; everything done in the block is kept together or not at all."""
        ...

    def wipe_log(self) -> None:
        """Leave nothing of what was deleted in a log beside the database, where there is one."""
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class Database:
    """One SQLite file.

    Args:
        path: Of the file; its folder is made if need be.

    Raises:
        CorpusUnavailableError: If the folder cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CorpusUnavailableError(f"cannot make the folder of the corpus: {error.strerror}") from error
        self._driver = driver = load_driver()
        self.warning = driver_warning(driver)
        self._writer = _engine(path, driver, begin="BEGIN IMMEDIATE", pragmas=PRAGMAS, pool_size=1)
        self._reader = _engine(
            path, driver, begin="BEGIN", pragmas=READER_PRAGMAS, pool_size=READER_POOL, is_frozen=is_frozen_file(path)
        )
        self._statements = QuickStatements(self._reader.dialect)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the corpus until it is closed, and cannot write.

        Yields:
            Connection: In a transaction.

        Raises:
            CorpusUnavailableError: If the database cannot be opened or read.
        """
        with _named_errors(self.path), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def quick(self) -> Iterator[Rows]:
        """Open what reads rows of one state of the corpus until it is closed, as `read` does, with less ado.

        Yields:
            Rows: In a transaction.

        Raises:
            CorpusUnavailableError: If the database cannot be opened or read.
        """
        with _named_errors(self.path, self._driver.Error):
            held = self._reader.raw_connection()
            try:
                driver: Any = held.driver_connection
                driver.execute("BEGIN")

                def rows(wanted: Select[Any], **values: Any) -> Sequence[Row]:
                    return driver.execute(*self._statements.of(wanted, values)).fetchall()  # type: ignore[no-any-return]

                yield rows
            finally:
                held.close()  # back into the pool, which ends the transaction

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open the one writing connection; everything done in the block is kept together or not at all.

        Yields:
            Connection: In a transaction that holds the database's write lock.

        Raises:
            CorpusUnavailableError: If the database cannot be opened or written.
        """
        with self._lock, _named_errors(self.path), self._writer.connect() as connection, connection.begin():
            yield connection

    def wipe_log(self) -> None:
        """Fold the log into the database file and empty it; while somebody reads, it waits for the next time."""
        with self._lock:
            try:
                with self._writer.connect() as connection:
                    driver_connection = connection.connection.driver_connection
                    if driver_connection is not None:
                        driver_connection.execute(f"PRAGMA busy_timeout={WIPE_MS}").fetchall()
                        driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                        driver_connection.execute(f"PRAGMA busy_timeout={BUSY_MS}").fetchall()
            except (SQLAlchemyError, self._driver.Error):  # a full or read-only disk
                pass  # the log stays beside the file and is read at the next opening: nothing is lost

    def close(self) -> None:
        """Fold the log into the database file and close all connections."""
        with self._lock:
            self._reader.dispose()
            self.wipe_log()
            self._writer.dispose()


def is_frozen_file(path: Path) -> bool:
    """Say whether a database lies on a read-only disk, whole in its one file.

    SQLite would not open it, because it cannot make its files beside it; told that nothing changes, it does.
    """
    if not path.exists() or not hasattr(os, "statvfs"):
        return False
    log = path.with_name(f"{path.name}-wal")
    is_read_only = bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
    return is_read_only and not (log.exists() and log.stat().st_size)


def _engine(
    path: Path,
    driver: ModuleType,
    *,
    begin: str,
    pragmas: tuple[str, ...],
    pool_size: int,
    is_frozen: bool = False,
) -> Engine:
    where = URL.create("sqlite", database=str(path))
    if is_frozen:
        where = URL.create("sqlite", database=f"{path.absolute().as_uri()}?immutable=1", query={"uri": "true"})
    engine = create_engine(
        where,
        module=driver,
        pool_size=pool_size,
        max_overflow=0 if pool_size == 1 else 12,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # parameters are people's text
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun by the statement below, not by the driver
        for pragma in pragmas:
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _with_cure(error: BaseException | None) -> str:
    """Return what the driver says, and what to do about it where that is known."""
    said = str(error)
    return next((f"{said}; {cure}" for symptom, cure in CURES.items() if symptom in said), said)


@contextmanager
def _named_errors(path: Path, driver_error: type[Exception] | tuple[()] = ()) -> Iterator[None]:
    try:
        yield
    except driver_error as error:  # of what is sent past SQLAlchemy
        raise CorpusUnavailableError(f"the corpus {path.name} cannot be used: {_with_cure(error)}") from error
    except DBAPIError as error:
        raise CorpusUnavailableError(f"the corpus {path.name} cannot be used: {_with_cure(error.orig)}") from error
    except SQLAlchemyError as error:
        raise CorpusUnavailableError(f"the corpus {path.name} cannot be used: {type(error).__name__}") from error
