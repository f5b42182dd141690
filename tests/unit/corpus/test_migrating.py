import shutil
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from corpus_factories import make_record
from headwater.corpus import backups, migrating
from headwater.corpus.answered_tables import ANSWERED
from headwater.corpus.backups import verify_corpus_file
from headwater.corpus.check_tables import CHECKS, DECISIONS, STEPS
from headwater.corpus.engine import Database, load_driver
from headwater.corpus.key_tables import KEYS
from headwater.corpus.postgres.engine import PostgresDatabase
from headwater.corpus.postgres.store import PostgresStore
from headwater.corpus.store import CorpusStore
from headwater.corpus.verifying import silent
from headwater.domain.documents import DocumentStatus
from headwater.domain.errors import CorpusUnavailableError, InvalidInputError
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
        assert all(inspect(connection).has_table(table.name) for table in (KEYS, CHECKS, DECISIONS, STEPS, ANSWERED))
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


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What every release keeps: documents, versions, passages, vectors and the words of passages."""
    columns = {
        "documents": "id, source, external_key, language",
        "versions": "id, document_id, number, is_latest, title, text, sha256",
        "passages": 'id, version_id, ordinal, start, "end", kind, heading, speaker, text_hash, text',
        "vectors": "id, model, text_hash, vector",
        "passage_words_docsize": "id, sz",
    }
    with closing(load_driver().connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT {names} FROM {table} ORDER BY 1").fetchall()  # noqa: S608
            for table, names in columns.items()
        }


def tables(path: Path) -> list[tuple[object, ...]]:
    with closing(load_driver().connect(path)) as connection:
        rows = connection.execute(
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        ).fetchall()
        return sorted(rows)


def test_every_step_leads_there_and_back_with_all_that_was_stored(released: Path) -> None:
    known = migrating.revisions()
    with CorpusStore(released) as store:
        store.add_documents([make_record()])
        store.put_vectors("m", [3], np.array([[0.0, 1.0]], dtype=np.float32))
    held, newest = contents(released), tables(released)
    faults = verify_corpus_file(released, silent).faults  # of the document made by hand, whose hashes are none
    assert len(held["documents"]) == 2
    for revision in reversed(known):
        database = Database(released)
        backup = migrating.roll_back(database, revision)
        database.close()
        assert (backup is None) == (revision == migrating.HEAD)
        assert contents(released) == held
    assert ("saved_checks", "check_id") not in tables(released)
    for revision in known:  # upgraded from wherever it was left
        path = released.with_name(f"from-{revision}.sqlite3")
        shutil.copy(released, path)
        with CorpusStore(path):
            pass
        assert (contents(path), tables(path)) == (held, newest)
        assert verify_corpus_file(path, silent).faults == faults
        database = Database(path)
        migrating.roll_back(database, revision)
        database.close()
        with CorpusStore(path) as store:
            assert store.counts().documents == 2
            assert [number for number, _ in store.lexical_search(["returned"], 5)] != []
        assert (contents(path), tables(path)) == (held, newest)


def test_the_way_back_leads_to_what_was_only(released: Path) -> None:
    database = Database(released)
    with pytest.raises(InvalidInputError, match="older than 0003"):
        migrating.roll_back(database, "0003")
    with pytest.raises(InvalidInputError, match="there are no tables of version 9"):
        migrating.roll_back(database, "9")
    database.close()
    assert [path.name for path in released.parent.iterdir() if "backup" in path.name] == []


def test_postgres_goes_back_and_forth_with_all_that_was_stored(empty_url: str) -> None:
    with PostgresStore(empty_url) as store:
        store.add_documents([make_record()])
        store.put_vectors("m", [1], np.array([[0.0, 1.0]], dtype=np.float32))
        held = store.counts()
    for revision in reversed(migrating.revisions()):
        database = PostgresDatabase(empty_url)
        assert migrating.roll_back(database, revision) is None
        migrating.upgrade_server(database)
        database.close()
        with PostgresStore(empty_url) as store:
            assert store.counts() == held
            assert store.stored_models() == {"m": 1}
            assert store.dense_search("m") is not None


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
    older = PostgresDatabase(empty_url)
    migrating.roll_back(older, "0001")
    older.close()
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
