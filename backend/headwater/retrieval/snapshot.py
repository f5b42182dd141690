"""The corpus as retrieval holds it: its vectors, searched, and what is to be said of them; renewed by changes."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, replace

from headwater.corpus.contract import DenseSearch, VectorStore
from headwater.domain.errors import EmptyCorpusError, ModelMismatchError
from headwater.retrieval.beside import start_beside
from headwater.retrieval.cards import CardIndex
from headwater.retrieval.dense import DenseIndex, FilteredIndex
from headwater.retrieval.following import IndexFollower

NO_VECTORS = "searched by words alone: the corpus has no embeddings yet, run `headwater embed`"
SOME_VECTORS = (
    "{missing:,} of {passages:,} passages were searched by words alone: "
    "they have no embeddings yet, run `headwater embed`"
)

# For the moment that a service takes to load the new model; for longer where it was told by hand which one to use.
ANOTHER_MODEL = (
    "the corpus has been indexed anew by another model: the index held in memory answers, and documents stored since "
    "are found by words alone; if this stays so, choose no model by HEADWATER_MODEL, or start the service again"
)
VERIFIED_AFTER = 5.0  # seconds: a command that asks one thing has ended by then


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The corpus at one change number.

    Args:
        change: Of the corpus.
        passages: How many there are.
        index: Their vectors, searched.
        notices: What is missing, in words.
    """

    change: int
    passages: int
    index: DenseSearch
    notices: tuple[str, ...]


class Snapshots:
    """Keeps the latest snapshot for one model. Safe to share between threads.

    Args:
        store: The corpus.
        model: Identifier of the model.
        cards: Of the passages, kept up with the index, or None.
    """

    def __init__(self, store: VectorStore, model: str, cards: CardIndex | None = None) -> None:
        self._store, self._model, self._cards = store, model, cards
        self._follower = IndexFollower(store, model)
        self._lock = threading.Lock()
        self._followed: DenseIndex | None = None  # the index that the cards have been made for
        self._latest: Snapshot | None = None
        self._is_damaged = False
        self._is_verified = False

    def latest(self) -> Snapshot:
        """Return the corpus as it is now; while another thread reads a change, as it was.

        Raises:
            EmptyCorpusError: If it holds no passage.
            ModelMismatchError: If all its vectors are another model's.
        """
        latest = self._latest
        if latest is not None and latest.change == self._store.change() and not self._is_damaged:
            return latest
        if not self._lock.acquire(blocking=latest is None):
            return self.latest() if latest is None else latest
        try:
            change = self._store.change()
            if self._latest is None or self._latest.change != change or self._is_damaged:
                self._is_damaged = False
                self._latest = self._read(change)
            return self._latest
        finally:
            self._lock.release()

    def _read(self, change: int) -> Snapshot:
        passages = self._store.passage_count()
        if not passages:
            raise EmptyCorpusError
        index = self._store.dense_search(self._model) or self._own_index()
        if not len(index):
            others = [model for model, held in self._store.stored_models().items() if held and model != self._model]
            if others and self._latest is not None and len(self._latest.index):
                return replace(self._latest, change=change, notices=(ANOTHER_MODEL,))
            if others:
                raise ModelMismatchError(others[0], self._model)
        return Snapshot(change, passages, index, _notices(len(index), passages))

    def _own_index(self) -> FilteredIndex:
        index = self._follower.latest().index
        if self._cards is not None and index is not self._followed and self._cards.follow(index.owners):
            self._followed = index
        if not self._is_verified:
            self._is_verified = True
            start_beside(self._verify, "verify")
        return FilteredIndex(index, self._store.version_numbers)

    def _verify(self, ending: threading.Event) -> None:
        """Read the files whole beside the searches: at start only a part of them is, so that it is quick."""
        if ending.wait(VERIFIED_AFTER):
            return
        with suppress(OSError):
            whole = self._follower.verify()
            if self._cards is not None and not self._cards.verify():
                whole, self._followed = False, None
            self._is_damaged = not whole


def _notices(held: int, passages: int) -> tuple[str, ...]:
    if not held:
        return (NO_VECTORS,)
    missing = passages - held
    return (SOME_VECTORS.format(missing=missing, passages=passages),) if missing > 0 else ()
