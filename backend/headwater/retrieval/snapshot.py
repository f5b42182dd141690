"""The corpus as retrieval holds it: vectors in memory, and what is to be said of them; read again when it changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from headwater.domain.errors import EmptyCorpusError, ModelMismatchError
from headwater.retrieval.dense import DenseIndex, Ids, Vectors

NO_VECTORS = "searched by words alone: the corpus has no embeddings yet, run `headwater embed`"
SOME_VECTORS = (
    "{missing:,} of {passages:,} passages were searched by words alone: "
    "they have no embeddings yet, run `headwater embed`"
)


class VectorStore(Protocol):
    """Where vectors come from; see `headwater.corpus.store`."""

    def revision(self) -> str:
        """Return what changes whenever documents or vectors do."""

    def vectors(self, model: str) -> tuple[Ids, Vectors]:
        """Return passage identifiers, ascending, and unit vectors. Shapes: (n,) and (n, dimensions)."""

    def passage_count(self) -> int:
        """Return how many passages there are."""

    def stored_models(self) -> Mapping[str, int]:
        """Return the models that have vectors here, with how many each."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The corpus at one revision.

    Args:
        revision: Of the corpus.
        passages: How many there are.
        index: Their vectors.
        notices: What is missing, in words.
    """

    revision: str
    passages: int
    index: DenseIndex
    notices: tuple[str, ...]


class Snapshots:
    """Keeps the latest snapshot for one model. Safe to share between threads.

    Args:
        store: The corpus.
        model: Identifier of the model.
    """

    def __init__(self, store: VectorStore, model: str) -> None:
        self._store, self._model = store, model
        self._lock = threading.Lock()
        self._latest: Snapshot | None = None

    def latest(self) -> Snapshot:
        """Return the corpus as it is now.

        Raises:
            EmptyCorpusError: If it holds no passage.
            ModelMismatchError: If all its vectors are another model's.
        """
        revision = self._store.revision()
        latest = self._latest
        if latest is None or latest.revision != revision:
            with self._lock:  # one thread reads; those that come meanwhile wait and take what it read
                latest = self._latest
                if latest is None or latest.revision != revision:
                    latest = self._latest = self._read(revision)
        return latest

    def _read(self, revision: str) -> Snapshot:
        passages = self._store.passage_count()
        if not passages:
            raise EmptyCorpusError
        ids, vectors = self._store.vectors(self._model)
        if not len(ids):
            others = [model for model, held in self._store.stored_models().items() if held]
            if others:
                raise ModelMismatchError(others[0], self._model)
        return Snapshot(revision, passages, DenseIndex(ids, vectors), _notices(len(ids), passages))


def _notices(held: int, passages: int) -> tuple[str, ...]:
    if not held:
        return (NO_VECTORS,)
    missing = passages - held
    return (SOME_VECTORS.format(missing=missing, passages=passages),) if missing > 0 else ()
