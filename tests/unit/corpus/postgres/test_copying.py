"""A SQLite corpus copied into PostgreSQL: whole, stopped at any instant, killed, repeated, and refused."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus_factories import make_record, real_fields
from headwater.corpus.copying import copy_file
from headwater.corpus.postgres import copying
from headwater.corpus.postgres.store import PostgresStore
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import CorpusUnavailableError
from headwater.sources.records import parse_record
from postgres_server import TestServer

MODEL = "m"


class Heard:
    """Hears how far a copy is, and stops it at its nth word."""

    def __init__(self, stop_at: int = 0) -> None:
        self.words: list[str] = []
        self._stop_at = stop_at

    def rows_copied(self, title: str, rows: int, total: int) -> None:
        self._hear(f"{title} {rows}/{total}")

    def stage_begun(self, title: str) -> None:
        self._hear(title)

    def _hear(self, word: str) -> None:
        self.words.append(word)
        if len(self.words) == self._stop_at:
            raise KeyboardInterrupt


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Twenty documents, one of them removed again, all passages with vectors."""
    path = tmp_path / "corpus.sqlite3"
    records = [
        parse_record(one, "boats", line)
        for line, one in enumerate(real_fields("uk_government/govuk_small_boats_versions"), 1)
        if line <= 8
    ]
    with CorpusStore(path) as store:
        store.add_documents(records)
        store.add_documents([make_record(url=f"https://a.gov.uk/é{n}", text=f"Page {n}.\n\nBoats.") for n in range(12)])
        every = store.passages(range(1, 5_000)).values()
        store.remove_documents([one.document.id for one in every if one.text == "Page 3."])
        wanted = store.passages_without_vector(MODEL, 10_000)
        made = np.random.default_rng(1).normal(size=(len(wanted), 24)).astype(np.float32)
        store.put_vectors(MODEL, [number for number, _ in wanted], made / np.linalg.norm(made, axis=1, keepdims=True))
    return path


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    small = tuple(copying.CopiedTable(one.table, one.key, 9, one.title) for one in copying.COPIED)
    monkeypatch.setattr(copying, "COPIED", small)


@pytest.fixture
def url(server: TestServer) -> Iterator[str]:
    with server.database() as url:
        yield url


def check_same(file: Path, url: str) -> None:
    with CorpusStore(file) as old, PostgresStore(url) as new:
        assert new.revision() == old.revision()
        assert new.counts() == old.counts()
        assert new.change() == old.change()
        assert new.passage_count() == old.passage_count()
        assert new.stored_models() == old.stored_models()
        assert new.coverage.read() == old.coverage.read()
        ids, vectors = old.vectors(MODEL)
        new_ids, new_vectors = new.vectors(MODEL)
        np.testing.assert_array_equal(new_ids, ids)
        np.testing.assert_array_equal(new_vectors, vectors)
        assert new.passages(ids.tolist()) == old.passages(ids.tolist())
        terms = ["boats", "people", "page", "crossings"]
        assert new.document_frequencies(terms) == old.document_frequencies(terms)
        search = new.dense_search(MODEL)
        assert search is not None
        assert len(search) == len(ids)
        assert search.search(vectors[:1], 1)[0][0] == ids[0]


def test_the_copy_is_the_same_and_can_be_gone_on_with(file: Path, url: str) -> None:
    heard = Heard()
    outcome = copy_file(file, url, heard)
    check_same(file, url)
    assert outcome.copied == sum(outcome.rows.values()) > 100
    assert outcome.rows["removals"] > 0
    assert "passages 9/" in "\n".join(heard.words)
    record = make_record(url="https://a.gov.uk/new", text="Something new.")
    with CorpusStore(file) as old, PostgresStore(url) as new:
        for store in (old, new):
            store.add_documents([record])
        assert new.revision() == old.revision()
        assert new.lexical_search(["something"], 5)[0][0] == old.lexical_search(["something"], 5)[0][0]


def test_a_second_run_compares_and_changes_nothing(file: Path, url: str) -> None:
    copy_file(file, url, Heard())
    heard = Heard()
    again = copy_file(file, url, heard)
    assert (again.copied, again.begun_anew) == (0, False)
    assert heard.words == ["comparing both"]
    check_same(file, url)


def test_it_can_be_stopped_after_every_batch(file: Path, url: str) -> None:
    stops = 0
    while True:
        try:
            copy_file(file, url, Heard(stop_at=2))
            break
        except KeyboardInterrupt:
            stops += 1
            with pytest.raises(CorpusUnavailableError, match=r"not whole yet: .*sqlite-to-postgres"):
                PostgresStore(url)
            if stops > 15:
                copy_file(file, url, Heard())
                break
    assert stops > 10
    check_same(file, url)


COPIER = """
    import sys
    from pathlib import Path
    from headwater.corpus.copying import copy_file
    from headwater.corpus.postgres import copying

    class Silent:
        def rows_copied(self, title, rows, total): print(title, flush=True)
        def stage_begun(self, title): print(title, flush=True)

    copying.COPIED = tuple(copying.CopiedTable(one.table, one.key, 9, one.title) for one in copying.COPIED)
    copy_file(Path(sys.argv[1]), sys.argv[2], Silent())
"""


def test_it_can_be_killed(file: Path, url: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for words in (3, 8, 12):
        command = [sys.executable, "-c", textwrap.dedent(COPIER), str(file), url]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as copier:
            assert copier.stdout is not None
            for _ in range(words):
                copier.stdout.readline()
            time.sleep(0.003 * words)  # into the next batch
            copier.send_signal(signal.SIGKILL)
    outcome = copy_file(file, url, Heard())
    assert outcome.copied < sum(outcome.rows.values())  # the last one may have come to its end before it was killed
    check_same(file, url)


def test_a_file_that_changed_meanwhile_is_copied_anew(file: Path, url: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        copy_file(file, url, Heard(stop_at=12))
    with CorpusStore(file) as store:
        store.add_documents([make_record(url="https://a.gov.uk/aaa", text="It came later.")])
    assert copy_file(file, url, Heard()).begun_anew
    check_same(file, url)


def test_a_database_that_holds_something_else_is_refused(file: Path, url: str, tmp_path: Path) -> None:
    with CorpusStore(tmp_path / "other.sqlite3") as other:
        other.add_documents([make_record()])
    with pytest.raises(KeyboardInterrupt):
        copy_file(tmp_path / "other.sqlite3", url, Heard(stop_at=2))
    with pytest.raises(CorpusUnavailableError, match="part of a copy of another corpus"):
        copy_file(file, url, Heard())
    copy_file(tmp_path / "other.sqlite3", url, Heard())
    with pytest.raises(CorpusUnavailableError, match="another corpus already"):
        copy_file(file, url, Heard())
    check = CorpusStore(tmp_path / "other.sqlite3")
    with check, PostgresStore(url) as store:
        assert store.revision() == check.revision()


def test_a_row_that_differs_is_found(file: Path, server: TestServer, url: str) -> None:
    copy_file(file, url, Heard())
    name = url.rpartition("/")[2] if "?" not in url else url.partition("?")[0].rpartition("/")[2]
    server.run("UPDATE passages SET speaker = 'Nobody' WHERE id = (SELECT max(id) FROM passages)", database=name)
    with pytest.raises(CorpusUnavailableError, match="differs in passages"):
        copy_file(file, url, Heard())


def test_signs_that_postgres_cannot_hold_are_replaced(tmp_path: Path, url: str) -> None:
    file = tmp_path / "corpus.sqlite3"
    with CorpusStore(file) as store:
        store.add_documents([make_record(text="It is 84.")])
        with store._database.write() as connection:  # as a corpus may have it that was made before they were replaced
            connection.exec_driver_sql("UPDATE passages SET text = 'It is' || char(0) || '84.'")
            connection.exec_driver_sql("UPDATE versions SET text = 'It is' || char(0) || '84.'")
    assert copy_file(file, url, Heard()).rows["passages"] == 1
    with PostgresStore(url) as new:
        assert new.passages([1])[1].text == "It is\ufffd84."
