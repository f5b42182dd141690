from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import numpy as np
import pytest

from headwater_embeddings import index_files
from headwater_embeddings.errors import IndexDamagedError
from headwater_embeddings.index_files import Column, ColumnFiles

COLUMNS = (Column("ids", "<i8"), Column("rows", "<i2", 3, is_summed=False))


def parts(start: int, count: int) -> dict[str, np.ndarray]:
    ids = np.arange(start, start + count, dtype=np.int64)
    return {"ids": ids, "rows": np.repeat(ids[:, None], 3, axis=1).astype(np.int16)}


@pytest.fixture
def files(tmp_path: Path) -> ColumnFiles:
    files = ColumnFiles(tmp_path / "index", COLUMNS)
    files.append(parts(0, 5), {"mark": 1})
    return files


def opened(files: ColumnFiles) -> ColumnFiles:
    again = ColumnFiles(files.folder, COLUMNS)
    assert again.load()
    return again


def test_nothing_was_written_yet(tmp_path: Path) -> None:
    files = ColumnFiles(tmp_path / "absent", COLUMNS)
    assert not files.load()
    assert files.read("rows").shape == (0, 3)
    assert not (tmp_path / "absent").exists()


def test_what_was_appended_is_read(files: ColumnFiles) -> None:
    files.append(parts(5, 2), {"mark": 2})
    files.append({}, {"mark": 3})
    again = opened(files)
    assert again.facts == {"mark": 3}
    assert again.read("ids").tolist() == list(range(7))
    assert again.read("rows")[6].tolist() == [6, 6, 6]
    assert again.size() == 7 * (8 + 6)


def test_rows_behind_the_commit_are_written_over(files: ColumnFiles) -> None:
    with (files.folder / "ids-0.bin").open("ab") as file:
        file.write(b"half a row of a write that was cut off")
    again = opened(files)
    assert again.read("ids").tolist() == list(range(5))
    again.append(parts(5, 1), {})
    assert opened(again).read("ids").tolist() == list(range(6))
    assert (files.folder / "ids-0.bin").stat().st_size == 6 * 8


def test_a_replaced_generation_leaves_readers_their_rows(files: ColumnFiles) -> None:
    before = files.read("ids")
    files.replace(parts(100, 2), {"mark": 9})
    assert before.tolist() == list(range(5))
    assert opened(files).read("ids").tolist() == [100, 101]
    assert sorted(path.name for path in files.folder.glob("*.bin")) == ["ids-1.bin", "rows-1.bin"]


@pytest.mark.parametrize("name", ["ids-0.bin", "rows-0.bin"])
def test_a_truncated_file_is_damage(files: ColumnFiles, name: str) -> None:
    os.truncate(files.folder / name, 20)
    with pytest.raises(IndexDamagedError, match="20 bytes of"):
        ColumnFiles(files.folder, COLUMNS).load()


@pytest.mark.parametrize("name", ["ids-0.bin", "rows-0.bin"])
def test_a_missing_file_is_damage(files: ColumnFiles, name: str) -> None:
    (files.folder / name).unlink()
    with pytest.raises(IndexDamagedError, match="cannot be read"):
        ColumnFiles(files.folder, COLUMNS).load()


def test_a_changed_byte_is_damage(files: ColumnFiles) -> None:
    path = files.folder / "ids-0.bin"
    content = bytearray(path.read_bytes())
    content[9] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexDamagedError, match="does not add up"):
        ColumnFiles(files.folder, COLUMNS).load()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": 1, "commit": {}, "seal": ""}', '{"format": 0}', "\x00"]
)
def test_a_commit_that_is_none_is_damage(files: ColumnFiles, text: str) -> None:
    (files.folder / "commit.json").write_text(text, "utf-8")
    with pytest.raises(IndexDamagedError):
        ColumnFiles(files.folder, COLUMNS).load()


def test_a_commit_changed_by_hand_is_damage(files: ColumnFiles) -> None:
    path = files.folder / "commit.json"
    held = json.loads(path.read_text("utf-8"))
    held["commit"]["rows"]["ids"] = 4
    path.write_text(json.dumps(held), "utf-8")
    with pytest.raises(IndexDamagedError, match="not as it was written"):
        ColumnFiles(files.folder, COLUMNS).load()


def test_other_columns_are_damage(files: ColumnFiles) -> None:
    with pytest.raises(IndexDamagedError, match="other arrays"):
        ColumnFiles(files.folder, COLUMNS[:1]).load()


def test_a_full_disk_leaves_the_last_commit(files: ColumnFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(index_files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.append(parts(5, 2), {"mark": 2})
    monkeypatch.undo()
    assert files.read("ids").tolist() == list(range(5))
    assert opened(files).facts == {"mark": 1}
    files.append(parts(5, 1), {"mark": 2})
    assert opened(files).read("ids").tolist() == list(range(6))


def test_one_writer_at_a_time(files: ColumnFiles) -> None:
    other = opened(files)
    with files.lock() as mine, other.lock() as theirs:
        assert mine
        assert not theirs
    with other.lock() as theirs:
        assert theirs


def test_another_commit_is_noticed(files: ColumnFiles) -> None:
    other = opened(files)
    assert other.is_current()
    files.append(parts(5, 1), {})
    assert not other.is_current()
    assert files.is_current()
