"""Backups: one instant of a corpus in use, checked, never written over, and put back as it was."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus_factories import make_record
from headwater.corpus import backups
from headwater.corpus.backups import (
    BackupFaultyError,
    restore_backup,
    save_backup,
    verify_backup,
    verify_corpus_file,
)
from headwater.corpus.engine import load_driver
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.migrating import HEAD, check_known
from headwater.corpus.store import CorpusStore
from headwater.corpus.verifying import silent
from headwater.domain.errors import CorpusUnavailableError, InvalidInputError
from headwater.sources.embedding import embed_passages
from headwater_embeddings.hashing import HashingEncoder

ENCODER = HashingEncoder(64)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        store.add_documents([make_record(), make_record(url="https://a.gov.uk/2", text="Ferries sailed.\n\nFew sank.")])
        embed_passages(store, ENCODER)
        yield store


@pytest.fixture
def backup(store: CorpusStore, tmp_path: Path) -> Path:
    path = tmp_path / "kept" / "backup.sqlite3"
    save_backup(store.path, path, silent)
    return path


def change(path: Path, *statements: str) -> None:
    with closing(load_driver().connect(path)) as connection:
        for statement in statements:
            connection.execute(statement).close()
        connection.commit()


def test_what_is_put_back_is_what_was_there(store: CorpusStore, tmp_path: Path) -> None:
    key = open_keys(store).create(KeyTerms("Desk"))
    manifest = save_backup(store.path, tmp_path / "backup.sqlite3", silent)
    revision, counts = store.revision(), store.counts()
    assert (manifest.tables, manifest.revision, manifest.counts["documents"]) == (HEAD, revision, 2)
    store.add_documents([make_record(url="https://a.gov.uk/later", text="Said later.")])
    restored = tmp_path / "elsewhere" / "corpus.sqlite3"
    assert restore_backup(tmp_path / "backup.sqlite3", restored, silent, check_known).faults == ()
    with CorpusStore(restored) as again:
        assert (again.revision(), again.counts()) == (revision, counts)
        assert [one.key_id for one in open_keys(again).all()] == [key.key_id]
        assert [number for number, _ in again.lexical_search(["ferries"], 5)] != []
        assert again.vectors(ENCODER.model_id)[1].shape == (4, 64)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in {".part", ".json"}) == [
        "backup.sqlite3.json"
    ]


def test_a_backup_is_one_instant_while_others_write(store: CorpusStore, tmp_path: Path) -> None:
    stop, stored = threading.Event(), []

    def write() -> None:
        number = 0
        while not stop.is_set():
            store.add_documents([make_record(url=f"https://b.gov.uk/{number}", text=f"Ship {number} sailed." * 50)])
            stored.append(number)
            number += 1

    begun = threading.Event()

    def step(what: str, _done: int, _of: int) -> None:
        if what == "pages copied" and not begun.is_set():
            begun.set()
            held = len(stored)
            while len(stored) < held + 3:  # others go on while it is copied
                stop.wait(0.01)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        while not stored:
            stop.wait(0.01)
        manifest = save_backup(store.path, tmp_path / "backup.sqlite3", step)
    finally:
        stop.set()
        thread.join()
    assert begun.is_set()
    assert 3 <= manifest.counts["documents"] < store.counts().documents
    assert verify_backup(tmp_path / "backup.sqlite3", silent).faults == ()


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_nothing_is_written_over(store: CorpusStore, backup: Path, tmp_path: Path, end: str) -> None:
    taken = tmp_path / f"taken.sqlite3{end}"
    taken.write_bytes(b"mine")
    with pytest.raises(InvalidInputError, match="nothing is ever written over"):
        save_backup(store.path, tmp_path / "taken.sqlite3", silent)
    with pytest.raises(InvalidInputError, match="nothing is ever written over"):
        restore_backup(backup, tmp_path / "taken.sqlite3", silent, check_known)
    assert taken.read_bytes() == b"mine"


DAMAGES: list[tuple[str, str]] = [
    ("UPDATE versions SET text = text || '!' WHERE id = 1", "text of version 1 is not the one"),
    ("UPDATE versions SET title = 'Other' WHERE id = 1", "fingerprint"),
    ("UPDATE versions SET is_latest = 0 WHERE id = 1", "1 documents have no latest version"),
    ("UPDATE passages SET text = 'Other.' WHERE id = 1", "passage 1 is not what stands at its place"),
    ("UPDATE passages SET text_hash = x'00' WHERE id = 1", "passage 1 is not the text that its hash names"),
    ("DELETE FROM vectors WHERE id = 1", "3 vectors are stored, and 4 were counted"),
    ("UPDATE vectors SET vector = zeroblob(256) WHERE id = 1", "vector 1 is not of unit length"),
    ("DELETE FROM passage_words_docsize WHERE id = 1", "1 passages are not in the word index"),
    ("DELETE FROM versions WHERE id = 1", "belongs to a row of versions that is not there"),
]


@pytest.mark.parametrize(("damage", "says"), DAMAGES)
def test_what_does_not_agree_is_named_and_not_backed_up(
    store: CorpusStore, tmp_path: Path, damage: str, says: str
) -> None:
    change(store.path, damage)
    assert any(says in fault for fault in verify_corpus_file(store.path, silent).faults)
    with pytest.raises(BackupFaultyError, match=says):
        save_backup(store.path, tmp_path / "backup.sqlite3", silent)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("backup")] == []


def test_a_text_without_a_word_may_have_a_vector_of_zeros(tmp_path: Path) -> None:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        store.add_documents([make_record(text="Ships sailed in March.\n\n* * *\n\nNone sank.")])
        embed_passages(store, HashingEncoder(64))
        assert verify_corpus_file(store.path, silent).faults == ()
        save_backup(store.path, tmp_path / "backup.sqlite3", silent)


def test_words_that_the_index_has_otherwise_are_found(store: CorpusStore, tmp_path: Path) -> None:
    change(store.path, "INSERT INTO passage_words(passage_words, rowid, text) VALUES('delete', 1, 'almost nothing')")
    with pytest.raises(BackupFaultyError, match="word index"):
        save_backup(store.path, tmp_path / "backup.sqlite3", silent)


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def spoil_note(path: Path) -> None:
    path.with_name(f"{path.name}.json").write_text("{")


@pytest.mark.parametrize("damage", [flip_a_byte, cut_short, spoil_note])
def test_a_backup_that_changed_is_not_put_back(backup: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    damage(backup)
    for use in (
        lambda: verify_backup(backup, silent),
        lambda: restore_backup(backup, tmp_path / "new.sqlite3", silent, check_known),
    ):
        with pytest.raises(BackupFaultyError, match=r"has changed since it was made|beside the backup cannot be read"):
            use()
    assert not (tmp_path / "new.sqlite3").exists()


@pytest.mark.parametrize("content", [b"", b"no database " * 1_000])
def test_what_is_no_backup_is_not_put_back(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.sqlite3"
    other.write_bytes(content)
    with pytest.raises(CorpusUnavailableError, match=r"holds no corpus|not a database"):
        restore_backup(other, tmp_path / "new.sqlite3", silent, check_known)
    assert [path.name for path in tmp_path.iterdir()] == ["other.sqlite3"]


def test_a_backup_without_its_note_is_looked_through_all_the_same(backup: Path, tmp_path: Path) -> None:
    backup.with_name(f"{backup.name}.json").unlink()
    change(backup, "UPDATE passages SET text = 'Other.' WHERE id = 1")
    assert verify_backup(backup, silent).faults != ()
    with pytest.raises(BackupFaultyError, match="passage 1"):
        restore_backup(backup, tmp_path / "new.sqlite3", silent, check_known)


def test_a_backup_of_a_newer_program_is_not_put_back(store: CorpusStore, tmp_path: Path) -> None:
    change(store.path, "UPDATE alembic_version SET version_num = '0999'")
    save_backup(store.path, tmp_path / "backup.sqlite3", silent)
    with pytest.raises(CorpusUnavailableError, match="newer Headwater"):
        restore_backup(tmp_path / "backup.sqlite3", tmp_path / "new.sqlite3", silent, check_known)
    assert not (tmp_path / "new.sqlite3").exists()


def test_an_index_of_the_corpus_that_was_is_not_taken_for_the_new_ones(backup: Path, tmp_path: Path) -> None:
    old = tmp_path / "new.sqlite3-index" / "model"
    old.mkdir(parents=True)
    restore_backup(backup, tmp_path / "new.sqlite3", silent, check_known)
    assert not old.exists()


def test_nothing_is_left_where_the_disk_is_full(
    store: CorpusStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.os, "fsync", full)
    with pytest.raises(CorpusUnavailableError, match="No space left"):
        save_backup(store.path, tmp_path / "backup.sqlite3", silent)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("backup")] == []


def test_a_backup_is_read_where_nothing_can_be_written(backup: Path) -> None:
    before = sorted(path.name for path in backup.parent.iterdir())
    assert verify_backup(backup, silent).counts["documents"] == 2
    assert sorted(path.name for path in backup.parent.iterdir()) == before
    assert json.loads(backup.with_name(f"{backup.name}.json").read_text())["counts"]["passages"] == 4


def test_a_copy_made_by_hand_with_its_log_is_read_whole(store: CorpusStore, tmp_path: Path) -> None:
    store.add_documents([make_record(url="https://a.gov.uk/3", text="Only in the log.")])
    copy = tmp_path / "by hand" / "corpus.sqlite3"
    copy.parent.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{store.path}{end}", f"{copy}{end}")
    assert verify_backup(copy, silent).counts["documents"] == 3
