from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus_factories import make_record
from headwater.corpus.store import CorpusStore
from headwater.retrieval import following
from headwater.retrieval.following import IndexFollower
from headwater.retrieval.index_store import IndexState
from headwater_embeddings import index_files
from headwater_embeddings.hashing import HashingEncoder

ENCODER = HashingEncoder(64)
MODEL = ENCODER.model_id
FILES = ("rows", "bits", "values", "numbers", "number_rows", "passages", "versions", "owned")


def add(store: CorpusStore, *texts: str) -> None:
    store.add_documents([make_record(url=f"https://a.gov.uk/{text}", text=text) for text in texts])
    wanted = store.passages_without_vector(MODEL, 1_000)
    store.put_vectors(MODEL, [one for one, _ in wanted], ENCODER.encode([text for _, text in wanted]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        add(store, "Ships sank.\n\nPeople were saved.", "Rates rose.\n\nShips sank.", "Prices fell.")
        yield store


def assert_follows(state: IndexState, store: CorpusStore) -> None:
    """The index is what the database says: the same passages, each with the vector of its words."""
    ids, vectors = store.vectors(MODEL)
    assert state.index.owners.ids.tolist() == ids.tolist()
    np.testing.assert_allclose(state.index.rows.take(state.index.owners.rows), vectors, atol=5e-5)
    assert state.change == store.change()
    for one, vector in zip(ids.tolist(), vectors, strict=True):
        assert one in state.index.search(vector[None, :], 1)[0]


def folder(store: CorpusStore) -> Path:
    (found,) = [path for path in (store.index_folder or Path()).iterdir() if (path / "commit.json").exists()]
    return found


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x55
    path.write_bytes(content)


def test_an_index_is_built_and_read_again(store: CorpusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_follows(IndexFollower(store, MODEL).latest(), store)
    monkeypatch.setattr(following, "PART", 0)  # reading all again would never end
    again = IndexFollower(store, MODEL).latest
    monkeypatch.setattr(following, "PART", 50_000)
    assert_follows(again(), store)


@pytest.mark.parametrize("part", [1, 2, 100])
def test_parts_of_any_size_make_the_same_index(store: CorpusStore, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    monkeypatch.setattr(following, "PART", part)
    assert_follows(IndexFollower(store, MODEL).latest(), store)
    assert_follows(IndexFollower(store, MODEL).latest(), store)


def test_a_build_of_several_parts_says_how_far_it_is(
    store: CorpusStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger=following.__name__)
    IndexFollower(store, MODEL).latest()
    assert not caplog.messages  # one part: nobody waits
    shutil.rmtree(store.index_folder or Path())
    monkeypatch.setattr(following, "PART", 2)
    follower = IndexFollower(store, MODEL)
    follower.latest()
    assert caplog.messages[0] == "the index of the corpus is being built: 2 of 4 vectors"
    assert caplog.messages[-1] == "the index of the corpus is up to date: 4 of 4 vectors"
    caplog.clear()
    add(store, "One more.")
    follower.latest()
    assert not caplog.messages


def test_changes_are_followed_and_kept(store: CorpusStore) -> None:
    follower = IndexFollower(store, MODEL)
    first = follower.latest()
    assert follower.latest() is first
    add(store, "Votes were counted.\n\nRates rose.")
    assert_follows(follower.latest(), store)
    store.remove_documents([store.passages([1])[1].document.id])
    assert_follows(follower.latest(), store)
    add(store, "People were saved.")  # its vector is older than the mark
    assert_follows(follower.latest(), store)
    assert first.index.owners.ids.tolist() == [1, 2, 3, 4, 5]  # those that have it go on with it
    assert_follows(IndexFollower(store, MODEL).latest(), store)


def test_all_may_be_deleted_and_come_again(store: CorpusStore) -> None:
    follower = IndexFollower(store, MODEL)
    follower.latest()
    store.reset_vectors(MODEL)
    assert len(follower.latest().index) == 0
    add(store, "Votes were counted.")
    assert_follows(follower.latest(), store)
    store.remove_documents([store.passages([1])[1].document.id])
    store.prune_vectors()
    assert_follows(follower.latest(), store)
    assert_follows(IndexFollower(store, MODEL).latest(), store)


def test_rows_without_passages_are_dropped_and_come_back(store: CorpusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "UNOWNED", 1)
    follower = IndexFollower(store, MODEL)
    follower.latest()
    store.remove_documents([store.passages([3])[3].document.id, store.passages([5])[5].document.id])
    assert len(follower.latest().index.rows) == 2
    assert_follows(follower.latest(), store)
    add(store, "Prices fell.", "Votes were counted.")
    assert_follows(follower.latest(), store)
    assert_follows(IndexFollower(store, MODEL).latest(), store)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [flip, Path.unlink, lambda path: os.truncate(path, 3)])
def test_damaged_files_are_made_again(
    store: CorpusStore, caplog: pytest.LogCaptureFixture, name: str, damage: Callable[[Path], None]
) -> None:
    IndexFollower(store, MODEL).latest()
    damage(next(folder(store).glob(f"{name}-*.bin")))
    assert_follows(IndexFollower(store, MODEL).latest(), store)
    assert "made again from the database" in caplog.text
    caplog.clear()
    assert_follows(IndexFollower(store, MODEL).latest(), store)
    assert not caplog.text


@pytest.mark.parametrize("text", ["", "{}", "\x00\x01"])
def test_a_damaged_commit_is_made_again(store: CorpusStore, text: str) -> None:
    IndexFollower(store, MODEL).latest()
    (folder(store) / "commit.json").write_text(text, "utf-8")
    assert_follows(IndexFollower(store, MODEL).latest(), store)


def test_the_index_of_another_model_is_made_again(store: CorpusStore) -> None:
    IndexFollower(store, MODEL).latest()
    other = HashingEncoder(32)
    store.put_vectors(other.model_id, [1], other.encode(["Ships sank."]))
    theirs = folder(store)
    IndexFollower(store, other.model_id).latest()
    (mine,) = [path for path in theirs.parent.iterdir() if path != theirs]
    shutil.rmtree(theirs)
    mine.rename(theirs)
    assert_follows(IndexFollower(store, MODEL).latest(), store)


def test_a_database_restored_to_an_earlier_state_makes_the_index_again(store: CorpusStore, tmp_path: Path) -> None:
    store.close()
    shutil.copy(store.path, tmp_path / "backup")
    with CorpusStore(store.path) as later:
        add(later, "Votes were counted.")
        IndexFollower(later, MODEL).latest()
    shutil.copy(tmp_path / "backup", store.path)
    with CorpusStore(store.path) as restored:
        assert_follows(IndexFollower(restored, MODEL).latest(), restored)
        add(restored, "Seats were won.", "Seats were lost.")  # other words under the numbers the index knew
        add(restored, "A bridge was opened.")
        assert_follows(IndexFollower(restored, MODEL).latest(), restored)


def test_another_database_under_the_name_makes_the_index_again(store: CorpusStore) -> None:
    IndexFollower(store, MODEL).latest()
    store.close()
    store.path.unlink()
    with CorpusStore(store.path) as other:
        add(other, "Seats were won.", "Seats were lost.", "One.", "Two.", "Three.")
        assert_follows(IndexFollower(other, MODEL).latest(), other)


def test_a_disk_that_takes_nothing_leaves_the_index_in_memory(
    store: CorpusStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    follower = IndexFollower(store, MODEL)
    follower.latest()
    monkeypatch.setattr(index_files.os, "fsync", full)
    add(store, "Votes were counted.")
    assert_follows(follower.latest(), store)
    assert "stays in memory until the next start: [Errno 28] No space left on device" in caplog.text
    add(store, "Seats were won.")
    assert_follows(follower.latest(), store)
    monkeypatch.undo()
    assert_follows(IndexFollower(store, MODEL).latest(), store)


def test_a_folder_that_cannot_be_made_leaves_the_index_in_memory(store: CorpusStore) -> None:
    (store.index_folder or Path()).write_text("a file in its place", "utf-8")
    follower = IndexFollower(store, MODEL)
    assert_follows(follower.latest(), store)
    add(store, "Votes were counted.")
    assert_follows(follower.latest(), store)


def test_two_at_one_folder_both_follow(store: CorpusStore) -> None:
    one, other = IndexFollower(store, MODEL), IndexFollower(store, MODEL)
    for text in ("Votes were counted.", "Seats were won.", "A bridge was opened."):
        add(store, text)
        assert_follows(one.latest(), store)
        assert_follows(other.latest(), store)
    assert_follows(IndexFollower(store, MODEL).latest(), store)


KILLED = """
import os, signal, sys
from pathlib import Path
from headwater.corpus.store import CorpusStore
from headwater.retrieval import following
from headwater_embeddings import index_files
left = int(sys.argv[2])
write = index_files._write_at
def dying(path, offset, content):
    global left
    left -= 1
    if left == 0:
        with path.open("ab") as file:
            file.write(content.data.cast("B")[: content.nbytes // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    write(path, offset, content)
index_files._write_at = dying
following.PART = 2
with CorpusStore(Path(sys.argv[1])) as store:
    following.IndexFollower(store, sys.argv[3]).latest()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of that system are others")
@pytest.mark.parametrize("write", [1, 4, 9, 12, 18])
def test_a_process_killed_at_any_write_leaves_a_usable_index(store: CorpusStore, write: int) -> None:
    paths = os.pathsep.join(path for path in sys.path if path)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(store.path), str(write), MODEL],
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert_follows(IndexFollower(store, MODEL).latest(), store)
    assert_follows(IndexFollower(store, MODEL).latest(), store)
