import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus_factories import CORPUS, make_fields
from headwater.corpus.store import CorpusStore
from headwater.corpus.writing import AddOutcome
from headwater.domain.errors import UnreadableRecordError
from headwater.sources import ingest as ingesting
from headwater.sources.ingest import embed_passages, ingest

DOCUMENTS = 120

# Kills itself, as a power cut would: no clean-up runs. Batches of vectors are made small to be cut between two.
RUN = """
import os, signal, sys
from pathlib import Path
import numpy as np
from headwater.corpus.store import CorpusStore
from headwater.sources import embedding
from headwater.sources.ingest import SilentProgress, ingest

embedding.TEXTS_A_BATCH = 40
STOP = sys.argv[3]

class Fatal(SilentProgress):
    def documents_read(self, documents):
        self.stop(f"documents {documents}")
    def texts_encoded(self, encoded, texts):
        self.stop(f"encoded {encoded}")
    def stop(self, at):
        if at == STOP:
            os.kill(os.getpid(), signal.SIGKILL)

class Encoder:
    model_id = "letters@1"
    dimensions = 26
    def encode(self, texts):
        return np.eye(26, dtype=np.float32)[[len(text) % 26 for text in texts]]

with CorpusStore(Path(sys.argv[2])) as store:
    ingest([Path(sys.argv[1])], store, Encoder(), progress=Fatal())
"""


class PlainEncoder:
    """Unit vectors from the letters of a text; counts its calls."""

    model_id = "letters@1"
    dimensions = 26

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        counts = np.array([[text.lower().count(chr(97 + n)) + 0.01 for n in range(26)] for text in texts])
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), dtype=np.float32)


class HeardProgress:
    """Keeps what it hears, in order."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int, int]] = []

    def file_begun(self, path: Path, number: int, files: int) -> None:
        self.heard.append((path.name, number, files))

    def documents_read(self, documents: int) -> None:
        self.heard.append(("documents", documents, 0))

    def problem_found(self, problem: UnreadableRecordError) -> None:
        self.heard.append(("problem", problem.line or 0, 0))

    def texts_encoded(self, encoded: int, texts: int) -> None:
        self.heard.append(("encoded", encoded, texts))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    lines = [
        json.dumps(make_fields(url=f"https://a.gov.uk/{n}", text=f"Same words.\n\nIt is {n} boats of {n * 7}."))
        for n in range(DOCUMENTS)
    ]
    (made / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (made / "b.txt").write_text("It fell by 3%.", encoding="utf-8")
    return made


def test_everything_is_stored_and_encoded(store: CorpusStore, folder: Path) -> None:
    encoder, progress = PlainEncoder(), HeardProgress()
    summary = ingest([folder], store, encoder, progress=progress)
    assert (summary.files, summary.files_unchanged, summary.problems) == (2, 0, [])
    assert summary.outcome == AddOutcome(added=DOCUMENTS + 1)
    assert summary.encoded == len(encoder.encoded) == len(set(encoder.encoded)) == DOCUMENTS + 2
    assert store.vectors(encoder.model_id)[0].size == store.passage_count() == 2 * DOCUMENTS + 1
    assert progress.heard == [
        ("a.jsonl", 1, 2),
        ("documents", 50, 0),
        ("documents", 100, 0),
        ("documents", DOCUMENTS, 0),
        ("b.txt", 2, 2),
        ("documents", DOCUMENTS + 1, 0),
        ("encoded", DOCUMENTS + 2, DOCUMENTS + 2),
    ]


def test_the_second_time_nothing_is_read(store: CorpusStore, folder: Path) -> None:
    ingest([folder], store, PlainEncoder())
    before, encoder = store.revision(), PlainEncoder()
    summary = ingest([folder], store, encoder)
    assert (summary.files, summary.files_unchanged, summary.outcome.total, summary.encoded) == (0, 2, 0, 0)
    assert encoder.encoded == []
    assert store.revision() == before


def test_a_file_touched_but_not_changed_is_not_read(store: CorpusStore, folder: Path) -> None:
    ingest([folder], store, None)
    os.utime(folder / "a.jsonl", (1_000_000_000, 1_000_000_000))
    assert ingest([folder], store, None).files_unchanged == 2
    assert ingest([folder], store, None).files_unchanged == 2


def test_a_changed_file_adds_what_is_new(store: CorpusStore, folder: Path) -> None:
    ingest([folder], store, None)
    with (folder / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps(make_fields(url="https://a.gov.uk/new")))
    assert ingest([folder], store, None).outcome == AddOutcome(added=1, unchanged=DOCUMENTS)
    (folder / "b.txt").write_text("It fell by 4%.", encoding="utf-8")
    assert ingest([folder], store, None).outcome == AddOutcome(new_versions=1)


def test_a_changed_sidecar_is_noticed(store: CorpusStore, folder: Path) -> None:
    ingest([folder], store, None)
    (folder / "b.meta.json").write_text('{"title": "A fall"}', encoding="utf-8")
    assert ingest([folder], store, None).files == 1


def test_readers_that_read_better_read_again(store: CorpusStore, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest([folder], store, None)
    monkeypatch.setattr(ingesting, "READER_VERSION", "next")
    assert ingest([folder], store, None).outcome == AddOutcome(unchanged=DOCUMENTS + 1)


def test_faults_are_told_each_time_and_the_rest_goes_in(store: CorpusStore, folder: Path) -> None:
    with (folder / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n{\n" + json.dumps(make_fields(url="https://a.gov.uk/new")))
    progress = HeardProgress()
    for expected in (AddOutcome(added=DOCUMENTS + 2), AddOutcome(unchanged=DOCUMENTS + 1)):
        summary = ingest([folder, folder / "none.txt"], store, None, progress=progress)
        assert [problem.line for problem in summary.problems] == [DOCUMENTS + 1, None]
        assert summary.outcome == expected
    assert ("problem", DOCUMENTS + 1, 0) in progress.heard


def test_another_model_encodes_anew(store: CorpusStore, folder: Path) -> None:
    ingest([folder], store, PlainEncoder())
    other = PlainEncoder()
    other.model_id = "letters@2"
    assert embed_passages(store, other) == DOCUMENTS + 2
    assert store.stored_models() == {"letters@1": DOCUMENTS + 2, "letters@2": DOCUMENTS + 2}


def test_an_encoder_that_fails_leaves_the_words_searchable(store: CorpusStore, folder: Path) -> None:
    class Failing(PlainEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise RuntimeError(len(texts))

    with pytest.raises(RuntimeError):
        ingest([folder], store, Failing())
    assert len(store.lexical_search(["boats"], 500)) == DOCUMENTS
    assert ingest([folder], store, PlainEncoder()).encoded == DOCUMENTS + 2


@pytest.mark.parametrize("stop_at", ["documents 50", "documents 100", "encoded 40"])
def test_a_killed_run_is_gone_on_with(tmp_path: Path, folder: Path, stop_at: str) -> None:
    database = tmp_path / "killed.sqlite3"
    program = tmp_path / "run.py"
    program.write_text(RUN, encoding="utf-8")
    command = [sys.executable, str(program), str(folder), str(database), stop_at]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    with CorpusStore(database) as store:
        kept = store.counts()
        assert 50 <= kept.documents < DOCUMENTS + 1 or stop_at.startswith("encoded")
        assert len(store.lexical_search(["boats"], 500)) == min(kept.documents, DOCUMENTS)
        encoder = PlainEncoder()
        summary = ingest([folder], store, encoder)
        assert summary.outcome.added == DOCUMENTS + 1 - kept.documents
        assert summary.outcome.new_versions == 0
        assert store.counts().documents == store.counts().versions == DOCUMENTS + 1
        assert store.counts().passages == 2 * DOCUMENTS + 1
        assert store.vectors(encoder.model_id)[0].size == 2 * DOCUMENTS + 1
        assert len(encoder.encoded) == DOCUMENTS + 2 - (40 if stop_at.startswith("encoded") else 0)


@pytest.mark.slow
def test_the_uk_governments_part_of_the_corpus(store: CorpusStore) -> None:
    summary = ingest([CORPUS / "uk_government"], store, None)
    assert summary.problems == []
    assert summary.outcome.total == store.counts().versions == 500
    assert store.counts().documents == 410
    assert ingest([CORPUS / "uk_government"], store, None).files_unchanged == 4
