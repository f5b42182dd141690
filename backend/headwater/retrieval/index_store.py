"""The index of one model's vectors in its folder: what is read at start, checked, appended to and written anew."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from headwater.corpus.contract import Ids, VectorMark
from headwater.retrieval.dense import DenseIndex, Owners
from headwater_embeddings.errors import IndexDamagedError
from headwater_embeddings.index_bits import columns_of, pack_bits
from headwater_embeddings.index_files import Column, ColumnFiles
from headwater_embeddings.index_rows import VectorRows

_FOLDER = re.compile(r"[0-9a-f]{16}")

SAMPLED = 512  # rows whose bits are made again at start: tells a file that is not the one the bits came from


@dataclass(frozen=True, slots=True, eq=False)
class IndexState:
    """An index, and how far it has come.

    Args:
        index: The vectors and the passages that have them.
        numbers: Of the vectors, ascending. Shape: (v,).
        number_rows: The row of each. Shape: (v,).
        mark: What has been seen of the database.
        source: Identity of the database.
        change: Its change number then.
        kept: How much of it lies in the files: vectors and rows.
    """

    index: DenseIndex
    numbers: Ids
    number_rows: Ids
    mark: VectorMark
    source: str = ""
    change: int = 0
    kept: tuple[int, int] = (0, 0)

    @classmethod
    def empty(cls, dimensions: int, mark: VectorMark | None = None) -> IndexState:
        """Return an index of nothing."""
        nothing = np.zeros(0, dtype=np.int64)
        index = DenseIndex.of(VectorRows.empty(dimensions), Owners(nothing, nothing, nothing))
        return cls(index, nothing, nothing, mark or VectorMark())


class IndexStore:
    """The files of one model's index.

    Args:
        folder: Where the indexes of a corpus lie.
        model: Identifier of the model; each has a folder of its own.
        dimensions: Width of its vectors.
    """

    def __init__(self, folder: Path, model: str, dimensions: int) -> None:
        self._model, self._dimensions = model, dimensions
        self._files = ColumnFiles(folder / folder_name(model), _columns(dimensions))

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self._files.folder

    def size(self) -> int:
        """Return the bytes of the files."""
        return self._files.size()

    def verify(self) -> None:
        """Read what was not read at start; see `ColumnFiles.verify`."""
        self._files.verify()

    def is_current(self) -> bool:
        """Say whether the files are as they were last read or written here."""
        return self._files.is_current()

    def lock(self) -> AbstractContextManager[bool]:
        """Try to become the one process that writes here; see `ColumnFiles.lock`."""
        return self._files.lock()

    def load(self) -> IndexState | None:
        """Return the index as it was last committed, or None where there is none.

        Raises:
            IndexDamagedError: If the files are not what they say they are, or of another model.
        """
        if not self._files.load():
            return None
        facts = self._files.facts
        if facts.get("model") != self._model or facts.get("dimensions") != self._dimensions:
            raise IndexDamagedError(self.folder, "it is of another model")
        read = self._files.read
        rows = VectorRows.of_files(read("rows"), read("bits"), read("values"))
        self._check_rows(rows)
        owners = Owners.of(_integers(read("passages")), _integers(read("versions")), _integers(read("owned")))
        owners = owners.without(_integers(read("removed")))
        numbers, number_rows = _integers(read("numbers")), _integers(read("number_rows"))
        if (len(owners.rows) and owners.rows.max() >= len(rows)) or len(numbers) != len(number_rows):
            raise IndexDamagedError(self.folder, "its parts do not fit together")
        return IndexState(
            DenseIndex.of(rows, owners),
            numbers,
            number_rows,
            VectorMark(**facts["mark"]),
            facts["source"],
            facts["change"],
            kept=(len(numbers), len(rows)),
        )

    def append(self, state: IndexState, added: Owners, removed: Ids) -> IndexState:
        """Write what an index has more than the files, and return it with its rows mapped.

        Args:
            state: The index.
            added: Passages that the files do not have.
            removed: Passages that the files have and the index has no more.

        Raises:
            OSError: If the files cannot be written; they stand as they stood.
        """
        vectors, rows = state.kept
        parts = self._parts(state.index.rows, rows) | {
            "numbers": state.numbers[vectors:],
            "number_rows": state.number_rows[vectors:],
            "passages": added.ids,
            "versions": added.versions,
            "owned": added.rows,
            "removed": removed,
        }
        self._files.append(parts, self._facts(state))
        return self._mapped(state)

    def replace(self, state: IndexState) -> IndexState:
        """Write an index anew, and return it with its rows mapped.

        Args:
            state: The index.

        Raises:
            OSError: If the files cannot be written; they stand as they stood.
        """
        owners = state.index.owners
        parts = self._parts(state.index.rows, 0) | {
            "numbers": state.numbers,
            "number_rows": state.number_rows,
            "passages": owners.ids,
            "versions": owners.versions,
            "owned": owners.rows,
        }
        self._files.replace(parts, self._facts(state))
        return self._mapped(state)

    def _mapped(self, state: IndexState) -> IndexState:
        rows = state.index.rows.with_file(self._files.read("rows"))
        kept = (len(state.numbers), len(rows))
        index = DenseIndex.of(rows, state.index.owners)
        return IndexState(index, state.numbers, state.number_rows, state.mark, state.source, state.change, kept)

    def _parts(self, rows: VectorRows, start: int) -> dict[str, Any]:
        stored = rows.read(start)
        return {"rows": stored, "bits": rows.columns[:, start:].T, "values": rows.values[start:]}

    def _facts(self, state: IndexState) -> Mapping[str, Any]:
        return {
            "model": self._model,
            "dimensions": self._dimensions,
            "mark": asdict(state.mark),
            "source": state.source,
            "change": state.change,
        }

    def _check_rows(self, rows: VectorRows) -> None:
        some = np.unique(np.linspace(0, max(0, len(rows) - 1), min(SAMPLED, len(rows))).astype(np.intp))
        if len(some) and (pack_bits(rows.take(some)) != rows.columns[:, some].T).any():
            raise IndexDamagedError(self.folder, "its rows are not those of its bits")


def folder_name(model: str) -> str:
    """Return what the folder of a model's index is called."""
    return blake2b(model.encode(), digest_size=8).hexdigest()


def drop_unused(folder: Path, models: Iterable[str]) -> None:
    """Delete the indexes of models that have no vectors any more; what cannot be deleted is left for the next time.

    Args:
        folder: Where the indexes of a corpus lie.
        models: Identifiers of the models that have vectors.
    """
    kept = set(map(folder_name, models))
    for path in folder.glob("*"):
        if _FOLDER.fullmatch(path.name) and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _columns(dimensions: int) -> tuple[Column, ...]:
    return (
        Column("rows", "<i2", dimensions, is_summed=False),
        Column("bits", "<u8", columns_of(dimensions)),
        Column("values", "<u8"),
        Column("numbers", "<i8"),
        Column("number_rows", "<i4"),
        Column("passages", "<i8"),
        Column("versions", "<i8"),
        Column("owned", "<i4"),
        Column("removed", "<i8"),
    )


def _integers(stored: Any) -> Ids:
    return np.array(stored, dtype=np.int64)
