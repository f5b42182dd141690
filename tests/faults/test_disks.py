"""A full disk and a read-only one: said clearly, nothing lost, and everything goes on once there is room."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_factories import make_record
from faults.conftest import Disk, MountedDisk
from headwater.corpus.model_choice import ModelInUse
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import CorpusUnavailableError
from headwater.retrieval.following import IndexFollower
from headwater.retrieval.query import Query
from headwater.retrieval.retriever import HybridRetriever
from headwater.sources.embedding import embed_passages
from headwater.sources.reindexing import reindex
from headwater_embeddings import registered
from headwater_embeddings.hashing import HashingEncoder

OLD, NEW = HashingEncoder(256), HashingEncoder(192)
TEXTS = [f"In month {number} the office counted {number * 17} ferries and {number * 3} ships." for number in range(60)]
FULL = r"make room|look at its room"


def add(store: CorpusStore, start: int, count: int) -> None:
    store.add_documents(
        [make_record(url=f"https://a.gov.uk/{number}", text=f"{TEXTS[0]} And {number}.\n\n" + "long " * 300)
         for number in range(start, start + count)]
    )  # fmt: skip


def assert_answers(store: CorpusStore, encoder: HashingEncoder) -> None:
    retriever = HybridRetriever(store, encoder.model_id)
    for text in TEXTS[::9]:
        found = retriever.retrieve([Query(text, encoder.encode([text])[0])], limit=1).hits[0][0]
        assert found.passage.text == text
        assert found.cosine == pytest.approx(1, abs=1e-3)


@pytest.fixture
def store(disk: Disk) -> Iterator[CorpusStore]:
    with CorpusStore(disk.path / "corpus.sqlite3") as store:
        store.add_documents([make_record(url=f"https://a.gov.uk/{text}", text=text) for text in TEXTS])
        embed_passages(store, OLD)
        store.models.use(ModelInUse("old", OLD.model_id))
        yield store


def test_documents_on_a_full_disk_are_stored_whole_or_not_at_all(disk: Disk, store: CorpusStore) -> None:
    disk.fill()
    stored = 0
    with pytest.raises(CorpusUnavailableError, match=FULL):
        while True:
            add(store, stored, 20)
            stored += 20
    assert store.counts().documents == 60 + stored
    assert_answers(store, OLD)
    disk.free()
    add(store, stored, 20)
    assert store.counts().documents == 80 + stored
    with CorpusStore(disk.path / "corpus.sqlite3") as again:
        assert again.counts().documents == 80 + stored


def test_a_corpus_that_cannot_be_folded_together_is_closed_and_read_again(disk: Disk, store: CorpusStore) -> None:
    add(store, 0, 100)
    held = store.counts()
    disk.fill()
    store.close()
    disk.free()
    with CorpusStore(disk.path / "corpus.sqlite3") as again:
        assert again.counts() == held
        assert_answers(again, OLD)


def test_an_index_on_a_full_disk_stays_in_memory(
    disk: Disk, store: CorpusStore, caplog: pytest.LogCaptureFixture
) -> None:
    add(store, 0, 100)
    embed_passages(store, OLD)
    disk.fill()
    follower = IndexFollower(store, OLD.model_id)
    assert len(follower.latest().index) == store.passage_count()
    assert_answers(store, OLD)
    assert "stays in memory until the next start" in caplog.text
    disk.free()
    caplog.clear()
    assert_answers(store, OLD)
    assert not caplog.text
    folder = store.index_folder
    assert folder is not None
    assert len(list(folder.glob("*/commit.json"))) == 3  # vectors, cards, postings


def test_a_corpus_indexed_anew_on_a_full_disk_answers_as_before(disk: Disk, store: CorpusStore) -> None:
    assert_answers(store, OLD)
    disk.fill()
    with pytest.raises(CorpusUnavailableError, match=FULL):
        reindex(store, NEW, "new")
    assert store.models.in_use() == ModelInUse("old", OLD.model_id)
    assert_answers(store, OLD)
    disk.free()
    reindex(store, NEW, "new")
    assert store.models.in_use() == ModelInUse("new", NEW.model_id)
    assert_answers(store, NEW)


def test_the_list_of_models_on_a_full_disk_stays_as_it_was(mounted_disk: MountedDisk) -> None:
    model = registered.RegisteredModel("own", Path("own"), "own/torch@1", 8, "mit", {"model.safetensors": "0" * 64})
    registered._write(mounted_disk.path, {"own": model})
    mounted_disk.fill()
    with pytest.raises(OSError, match="No space left"):
        registered._write(mounted_disk.path, {f"other {number}": model for number in range(1_000)})
    assert registered.read_registered(mounted_disk.path) == {"own": model}
    assert sorted(path.name for path in mounted_disk.path.iterdir()) == ["filling", registered.LIST]


@pytest.mark.parametrize("closed", [True, False], ids=["closed before", "killed before"])
def test_a_corpus_on_a_read_only_disk_answers_and_takes_nothing(mounted_disk: MountedDisk, closed: bool) -> None:
    path = mounted_disk.path / "corpus.sqlite3"
    with CorpusStore(path) as store:
        store.add_documents([make_record(url=f"https://a.gov.uk/{text}", text=text) for text in TEXTS])
        embed_passages(store, OLD)
        if not closed:  # what lies there when a process is killed: the file, its log, and what they share
            path = Path(shutil.copytree(mounted_disk.path, mounted_disk.path / "killed")) / path.name
    mounted_disk.set_writable(writable=False)
    with CorpusStore(path) as store:
        held = store.counts()
        assert_answers(store, OLD)  # the index in memory
        with pytest.raises(CorpusUnavailableError, match=r"read-only|not be written beside"):
            add(store, 0, 1)
        with pytest.raises(CorpusUnavailableError, match=r"read-only|not be written beside"):
            reindex(store, NEW, "new")
        with pytest.raises(CorpusUnavailableError, match=r"read-only|not be written beside"):
            store.models.want("new")
        assert store.counts() == held
        assert_answers(store, OLD)
    mounted_disk.set_writable(writable=True)
    with CorpusStore(path) as store:
        assert store.counts() == held
        reindex(store, NEW, "new")
        assert_answers(store, NEW)
