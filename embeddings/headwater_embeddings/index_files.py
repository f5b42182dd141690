"""Arrays that only grow, in files: appended to, mapped into memory, whole up to the last commit whatever happens.

A commit is one small file, put in place by renaming, that says how many rows of each array are whole and what they
add up to. What stands behind the rows committed is left from a write that was cut off, and is written over. Rows once
committed never change, so that readers of this and other processes may keep them mapped; arrays that are to lose rows
are written anew under the next generation's names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from headwater_embeddings.errors import IndexDamagedError

FORMAT = 1  # raised by every change to the files; an index of another format is built again
COMMIT, LOCK = "commit.json", "lock"
CRC_BLOCK = 1 << 24  # bytes added up at once

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One of the arrays.

    Args:
        name: Of its file.
        dtype: Of its cells, with its byte order: "<f2".
        width: Cells of a row, or 0 where a row is one cell and the array has one dimension.
        is_summed: Whether it is added up when it is opened. The largest array is not, because reading it would take
            longer than the rest of the start; its reader samples it instead, and has it verified later.
    """

    name: str
    dtype: str
    width: int = 0
    is_summed: bool = True

    @property
    def row_bytes(self) -> int:
        """Bytes of a row."""
        return np.dtype(self.dtype).itemsize * max(1, self.width)

    def shape(self, rows: int) -> tuple[int, ...]:
        """Return the shape of that many rows."""
        return (rows, self.width) if self.width else (rows,)


@dataclass(frozen=True, slots=True)
class Commit:
    """What is whole.

    Args:
        generation: Part of the files' names.
        rows: Of each array.
        sums: CRC-32 of the bytes of each array.
        facts: What the owner has to know of them.
    """

    generation: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    sums: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


class ColumnFiles:
    """A folder of arrays. One thread and, by `lock`, one process at a time may write.

    Args:
        folder: Made when something is written.
        columns: The arrays.
    """

    def __init__(self, folder: Path, columns: Sequence[Column]) -> None:
        self.folder = folder
        self._columns = {column.name: column for column in columns}
        self._commit = Commit()

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was given with the last commit read or written; empty where there is none."""
        return self._commit.facts

    def load(self) -> bool:
        """Read the last commit, and say whether there is one.

        Raises:
            IndexDamagedError: If the arrays are not what the commit says.
        """
        try:
            text = (self.folder / COMMIT).read_text("utf-8")
        except FileNotFoundError:
            return False
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamagedError(self.folder, f"{COMMIT} cannot be read: {error}") from error
        commit = self._parse(text)
        for name, column in self._columns.items():
            self._check(column, commit, self._path(name, commit.generation))
        self._commit = commit
        return True

    def verify(self) -> None:
        """Add up the arrays that are not added up when they are opened; what another process replaced is passed over.

        Raises:
            IndexDamagedError: If one is not what the commit says.
        """
        commit = self._commit
        for name, column in self._columns.items():
            wanted = commit.rows.get(name, 0) * column.row_bytes
            path = self._path(name, commit.generation)
            with suppress(FileNotFoundError):
                if wanted and not column.is_summed and _sum_file(path, wanted) != commit.sums[name]:
                    raise IndexDamagedError(self.folder, f"{path.name} does not add up")

    def is_current(self) -> bool:
        """Say whether the last commit in the folder is the one this object read or wrote."""
        try:
            return self._parse((self.folder / COMMIT).read_text("utf-8")) == self._commit
        except (OSError, UnicodeDecodeError, IndexDamagedError):
            return False

    def read(self, name: str) -> Array:
        """Return an array as committed, mapped from its file.

        Args:
            name: Of the array.

        Raises:
            IndexDamagedError: If its file cannot be mapped.
        """
        column, rows = self._columns[name], self._commit.rows.get(name, 0)
        if not rows:
            return np.zeros(column.shape(0), dtype=column.dtype)
        path = self._path(name, self._commit.generation)
        try:
            return np.memmap(path, dtype=column.dtype, mode="r", shape=column.shape(rows))
        except (OSError, ValueError) as error:
            raise IndexDamagedError(self.folder, f"{path.name} cannot be mapped: {error}") from error

    def append(self, parts: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
        """Add rows and commit them; on an error the last commit stands.

        Args:
            parts: Rows by array; arrays that are not named stay as they are.
            facts: For the owner, in place of the former ones.

        Raises:
            OSError: If the files cannot be written.
        """
        self._write(self._commit, parts, facts)

    def replace(self, parts: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
        """Write all arrays anew and commit them; on an error the last commit stands.

        Args:
            parts: All rows by array; arrays that are not named become empty.
            facts: For the owner.

        Raises:
            OSError: If the files cannot be written.
        """
        self._write(Commit(self._next_generation()), parts, facts)
        self._drop_other_generations()

    @contextmanager
    def lock(self) -> Iterator[bool]:
        """Try to become the one process that writes.

        Yields:
            bool: Whether this is it; the lock is let go when the block, or the process, ends.

        Raises:
            OSError: If the folder cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK).open("ab") as file:
            yield _try_lock(file.fileno())

    def size(self) -> int:
        """Return the bytes of all arrays as committed."""
        return sum(self._columns[name].row_bytes * rows for name, rows in self._commit.rows.items())

    def _path(self, name: str, generation: int) -> Path:
        return self.folder / f"{name}-{generation}.bin"

    def _parse(self, text: str) -> Commit:
        try:
            held = json.loads(text)
            body, seal = held["commit"], held["seal"]
            if held["format"] != FORMAT:
                raise IndexDamagedError(self.folder, f"its format is {held['format']}, this program writes {FORMAT}")
            if _seal(body) != seal:
                raise IndexDamagedError(self.folder, f"{COMMIT} is not as it was written")
            commit = Commit(**body)
            if set(commit.rows) != set(self._columns):
                raise IndexDamagedError(self.folder, "it has other arrays")
        except (ValueError, TypeError, KeyError) as error:
            raise IndexDamagedError(self.folder, f"{COMMIT} is no commit") from error
        return commit

    def _check(self, column: Column, commit: Commit, path: Path) -> None:
        wanted = commit.rows[column.name] * column.row_bytes
        try:
            held = path.stat().st_size if wanted else 0
            if held < wanted:
                raise IndexDamagedError(self.folder, f"{path.name} has {held:,} bytes of {wanted:,}")
            if column.is_summed and _sum_file(path, wanted) != commit.sums[column.name]:
                raise IndexDamagedError(self.folder, f"{path.name} does not add up")
        except OSError as error:
            raise IndexDamagedError(self.folder, f"{path.name} cannot be read: {error}") from error

    def _write(self, base: Commit, parts: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        rows, sums = {}, {}
        for name, column in self._columns.items():
            rows[name], sums[name] = base.rows.get(name, 0), base.sums.get(name, 0)
            part = parts.get(name)
            if part is not None and len(part):
                content = np.ascontiguousarray(part, dtype=column.dtype)
                content = content.reshape(column.shape(len(part)))
                _write_at(self._path(name, base.generation), rows[name] * column.row_bytes, content)
                rows[name] += len(part)
                sums[name] = crc32(content.data.cast("B"), sums[name])
        body = {"generation": base.generation, "rows": rows, "sums": sums, "facts": dict(facts)}
        self._put_commit({"format": FORMAT, "commit": body, "seal": _seal(body)})
        self._commit = Commit(**body)  # type: ignore[arg-type]

    def _put_commit(self, record: Mapping[str, Any]) -> None:
        path = self.folder / COMMIT
        beside = path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump(record, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_folder(self.folder)

    def _next_generation(self) -> int:
        held = [int(path.stem.rpartition("-")[2]) for path in self._files()]
        return max([self._commit.generation, *held]) + 1

    def _drop_other_generations(self) -> None:
        for path in self._files():
            if not path.stem.endswith(f"-{self._commit.generation}"):
                with suppress(OSError):  # another process has it mapped, and the system minds: the next one drops it
                    path.unlink()

    def _files(self) -> list[Path]:
        return [path for path in self.folder.glob("*-*.bin") if path.stem.rpartition("-")[2].isdigit()]


def _seal(body: Mapping[str, Any]) -> str:
    return blake2b(json.dumps(body, sort_keys=True).encode(), digest_size=16).hexdigest()


def _sum_file(path: Path, length: int) -> int:
    total = 0
    if length:
        with path.open("rb") as file:
            while length > 0 and (block := file.read(min(length, CRC_BLOCK))):
                total = crc32(block, total)
                length -= len(block)
    return total


def _write_at(path: Path, offset: int, content: Array) -> None:
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(content.data.cast("B"))
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system lets a folder be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - of that system alone

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - of those systems alone

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
