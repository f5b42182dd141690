import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from corpus_factories import make_record
from headwater.corpus.engine import Database, driver_warning, load_driver
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import CorpusUnavailableError


def test_an_old_sqlite_is_warned_of() -> None:
    old: Any = SimpleNamespace(sqlite_version="3.40.1", sqlite_version_info=(3, 40, 1))
    assert "3.40.1" in driver_warning(old)
    assert driver_warning(load_driver()) == "" or load_driver() is sqlite3


def test_settings_of_both_kinds_of_connection(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.sqlite3")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    with database.read() as connection:
        assert connection.execute(text("PRAGMA query_only")).scalar_one() == 1
    database.close()


def test_readers_cannot_write(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.sqlite3")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    with pytest.raises(CorpusUnavailableError, match="readonly"), database.read() as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
    database.close()


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.sqlite3")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    with pytest.raises(RuntimeError), database.write() as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
        raise RuntimeError
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM t")).scalar_one() == 0
    database.close()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("This is not a database, it is a letter. " * 50, encoding="utf-8")
    with pytest.raises(CorpusUnavailableError, match=r"notes\.txt"):
        CorpusStore(tmp_path / "notes.txt")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CorpusUnavailableError, match="folder"):
        CorpusStore(tmp_path / "file" / "corpus.sqlite3")


def test_closing_folds_the_log_into_the_file(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite3"
    with CorpusStore(path) as store:
        store.add_documents([make_record()])
    log = path.with_name(path.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
