import shutil
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from corpus_factories import make_record
from headwater.corpus import backups, migrating
from headwater.corpus.check_tables import CHECKS, DECISIONS, STEPS
from headwater.corpus.engine import Database, load_driver
from headwater.corpus.key_tables import KEYS
from headwater.corpus.postgres.engine import PostgresDatabase
from headwater.corpus.postgres.store import PostgresStore
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import DocumentStatus
from headwater.domain.errors import CorpusUnavailableError
from postgres_server import TestServer

RELEASED = Path(__file__).with_name("released_0001.sql")


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A corpus as the first release left it."""
    path = tmp_path / "corpus.sqlite3"
    with closing(load_driver().connect(path)) as connection:
        connection.executescript(RELEASED.read_text("utf-8"))
        connection.commit()
    return path


def stand_at(path: Path, revision: str) -> None:
    database = Database(path)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
    database.close()


def dump(path: Path) -> list[tuple[object, ...]]:
    with closing(load_driver().connect(path)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY 1").fetchall()
        return [*tables, *connection.execute("SELECT * FROM corpus_meta ORDER BY 1").fetchall()]


def test_the_head_is_the_newest_step() -> None:
    assert migrating.revisions()[-1] == migrating.HEAD
    assert migrating.revisions()[0] == migrating.FIRST


def test_the_history_leads_to_the_tables_of_the_program(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite3"
    CorpusStore(path).close()
    database = Database(path)
    with database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or "passage_" not in name}
        )
        assert compare_metadata(context, SQLModel.metadata) == []
        assert migrating.read_state(connection) == migrating.HEAD
        assert inspect(connection).has_table("passage_words")
        assert all(inspect(connection).has_table(table.name) for table in (KEYS, CHECKS, DECISIONS, STEPS))
    database.close()


def test_a_corpus_of_the_first_release_is_upgraded_where_it_is(released: Path) -> None:
    with CorpusStore(released) as store:
        assert store.backup == released.with_name("corpus.sqlite3.backup-0001")
        assert store.document("a1b2c3d4e5f60718").title == "Boats"
        assert [number for number, _ in store.lexical_search(["returning"], 5)] == [2]
        assert store.vectors("m")[1].tolist() == [[1.0, 0.0]]
        store.add_documents([make_record()])
        assert store.remove_documents(["a1b2c3d4e5f60718"]) == 1
    with CorpusStore(released) as store:
        assert store.backup is None
        assert store.counts().documents == 1


def test_documents_under_a_notice_are_known_as_withdrawn_after_the_upgrade(released: Path) -> None:
    with closing(load_driver().connect(released)) as connection:
        connection.execute("UPDATE versions SET withdrawn = 'Out of date.' WHERE is_latest")
        connection.commit()
    with CorpusStore(released) as store:
        document = store.document("a1b2c3d4e5f60718")
        assert (document.status, document.status_note) == (DocumentStatus.WITHDRAWN, "Out of date.")


def test_the_backup_is_the_corpus_as_it_was(released: Path, tmp_path: Path) -> None:
    with CorpusStore(released) as store:
        store.add_documents([make_record()])
        assert store.backup is not None
        restored = tmp_path / "restored.sqlite3"
        shutil.copy(store.backup, restored)
    with closing(load_driver().connect(restored)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert "removals" not in tables
    assert "alembic_version" not in tables
    with CorpusStore(restored) as store:
        assert store.counts().documents == 1


def test_a_new_corpus_needs_no_backup(tmp_path: Path) -> None:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        assert store.backup is None
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == []


def test_nothing_is_changed_where_no_backup_can_be_written(released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(released)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(backups.os, "fsync", full)
        with pytest.raises(CorpusUnavailableError, match=r"no backup of it can be written first: .*No space left"):
            CorpusStore(released)
    assert dump(released) == before
    assert [path.name for path in released.parent.iterdir() if "backup" in path.name] == []
    with CorpusStore(released) as store:
        assert store.counts().documents == 1


def test_an_upgrade_that_fails_leaves_the_corpus_as_it_was(released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(migrating.meta, "write_meta", fail)  # after all steps have run
        with pytest.raises(RuntimeError):
            CorpusStore(released)
    database = Database(released)
    with database.read() as connection:
        assert migrating.read_state(connection) == "0001"
        assert not inspect(connection).has_table("removals")
    database.close()


@pytest.mark.parametrize("revision", ["0999", "ffff"])
def test_a_corpus_of_a_newer_program_is_refused(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "corpus.sqlite3"
    CorpusStore(path).close()
    stand_at(path, revision)
    with pytest.raises(CorpusUnavailableError, match=f"version {revision}.*newer Headwater.*backup"):
        CorpusStore(path)


def test_a_program_of_before_migrations_would_refuse_the_corpus(released: Path) -> None:
    CorpusStore(released).close()
    with closing(load_driver().connect(released)) as connection:
        assert connection.execute("SELECT content FROM corpus_meta WHERE name = 'schema'").fetchone() != ("1",)


@pytest.fixture
def empty_url(server: TestServer) -> Iterator[str]:
    with server.database() as url:
        yield url


def test_an_empty_postgres_database_is_given_its_tables_by_whoever_comes_first(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as workers:
        stores = list(workers.map(lambda _: PostgresStore(empty_url), range(4)))
    stores[0].add_documents([make_record()])
    assert [store.counts().documents for store in stores] == [1, 1, 1, 1]
    for store in stores:
        store.close()


def test_the_history_leads_to_the_tables_of_the_program_in_postgres_too(database_url: str) -> None:
    database = PostgresDatabase(database_url)
    own = {"vector_counts", "passage_words", "passage_vocabulary", "passage_bits"}
    with database.read() as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the types that pgvector and full-text search bring are strange to SQLAlchemy
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name not in own}
        )
        differences = [one for one in compare_metadata(context, SQLModel.metadata) if "ix_vectors_near" not in str(one)]
        assert differences == []
        assert migrating.read_state(connection) == migrating.HEAD
    database.close()


def test_an_older_postgres_database_is_upgraded_by_command_only(server: TestServer, empty_url: str) -> None:
    name = empty_url.partition("?")[0].rpartition("/")[2]
    PostgresStore(empty_url).close()
    server.run(
        "DROP FUNCTION keep_bits_vectors_insert, keep_bits_vectors_delete, keep_bits_passages_insert, "
        "keep_bits_passages_delete CASCADE",
        "DROP TABLE passage_bits",
        "ALTER TABLE vector_counts DROP number",
        "DROP TABLE saved_checks, saved_steps, saved_decisions",
        "DROP TABLE api_keys, removals, series_words, series, sources, syncs, sync_finds, sync_leases",
        "ALTER TABLE documents DROP status, DROP status_since, DROP status_note, DROP moved_to",
        "ALTER TABLE versions DROP provenance",
        "ALTER TABLE passages DROP speaker_basis",
        "UPDATE alembic_version SET version_num = '0001'",
        database=name,
    )
    with pytest.raises(
        CorpusUnavailableError, match=r"version 0001, this program needs .* `headwater migrate upgrade`"
    ):
        PostgresStore(empty_url)
    database = PostgresDatabase(empty_url)
    assert migrating.upgrade_server(database) == "0001"
    assert migrating.upgrade_server(database) == migrating.HEAD
    database.close()
    with PostgresStore(empty_url) as store:
        store.add_documents([make_record()])
    server.run("UPDATE alembic_version SET version_num = '0999'", database=name)
    with pytest.raises(CorpusUnavailableError, match=r"version 0999.*newer Headwater"):
        PostgresStore(empty_url)
