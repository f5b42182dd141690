"""An index that follows the database: read from its files at start, checked, brought up to date with every change.

The database is the truth. Files that are damaged, of another corpus or from another time are made again from it; where
they cannot be written (a read-only or full disk, another process at it) the index is the same, in memory, until the
next start.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

import numpy as np

from headwater.corpus.contract import Ids, VectorChanges, VectorMark, VectorStore
from headwater.retrieval.dense import DenseIndex, Owners
from headwater.retrieval.index_store import IndexState, IndexStore
from headwater_embeddings.errors import IndexDamagedError

PART = 50_000  # vectors read at once: 77 MB at 384 dimensions, and what a killed build has to do again
SAMPLED = 8  # vectors compared with the database at start: tells a database restored to an earlier state and gone on
NEAR = 1e-4  # by which a number of a unit vector may differ from the row that is stored of it, and more
UNOWNED_SHARE, UNOWNED = 0.3, 10_000  # rows that no passage has any more, from which on they are dropped

_LOG = logging.getLogger(__name__)


class IndexFollower:
    """Keeps the index of one model's vectors as the database has them. Safe to share between threads.

    Args:
        store: The corpus.
        model: Identifier of the model.
    """

    def __init__(self, store: VectorStore, model: str) -> None:
        self._store, self._model = store, model
        self._lock = threading.Lock()
        self._state: IndexState | None = None
        self._files: IndexStore | None = None
        self._may_write = store.index_folder is not None
        self._anew = True  # the files hold nothing of the state
        self._is_slow, self._wanted = False, 0  # more than one part is being read: how many vectors there are
        self._added: list[Owners] = []
        self._removed: list[Ids] = []
        self._distrusted = False  # the files were found damaged after the index had been read from them

    def latest(self) -> IndexState:
        """Return the index as it is now; while another thread brings it up to date, as it was."""
        state = self._state
        if state is not None and state.change == self._store.change() and not self._distrusted:
            return state
        if not self._lock.acquire(blocking=state is None):
            return state if state is not None else self.latest()
        try:
            return self._catch_up()
        finally:
            self._lock.release()

    def verify(self) -> bool:
        """Read the files whole, and say whether they are as they were written; else the index is made again.

        Raises:
            OSError: If they cannot be read.
        """
        if self._files is None:
            return True
        try:
            self._files.verify()
        except IndexDamagedError as error:
            _LOG.warning("%s", error)
            self._distrusted = True
            return False
        return True

    def _catch_up(self) -> IndexState:
        if self._distrusted:
            self._state = None
        state = self._state or self._open()
        while state.change != (change := self._store.change()) or self._state is None:
            changes, before = self._store.vector_changes(self._model, state.mark, PART), state.mark
            is_new = _says_something(changes, before)
            state = self._apply(state, changes) if is_new else replace(state, mark=changes.mark)
            self._tell_progress(state, changes)
            if changes.is_last:
                state = replace(state, source=self._store.identity(), change=change)
            if is_new:
                state = self._keep(self._compacted(state))
            if changes.is_last:
                self._state = state
        return state

    def _tell_progress(self, state: IndexState, changes: VectorChanges) -> None:
        """Say how far the first reading of a large corpus is: searches wait for it."""
        if changes.is_last and not self._is_slow:
            return
        if not self._is_slow:
            self._is_slow, self._wanted = True, self._store.stored_models().get(self._model, 0)
        done = "the index of the corpus is up to date" if changes.is_last else "the index of the corpus is being built"
        _LOG.info("%s: %d of %d vectors", done, len(state.numbers), max(self._wanted, len(state.numbers)))
        self._is_slow = not changes.is_last

    def _open(self) -> IndexState:
        first = self._store.vector_changes(self._model, VectorMark(), 1)
        folder, dimensions = self._store.index_folder, first.vectors.shape[1]
        if folder is None or not dimensions:
            return IndexState.empty(dimensions)
        self._files = IndexStore(folder, self._model, dimensions)
        try:
            state = None if self._distrusted else self._files.load()
        except IndexDamagedError as error:
            _LOG.warning("%s", error)
            state = None
        if state is not None and not self._fits(state):
            _LOG.warning("the index in %s is of another state of the corpus; it is made again", self._files.folder)
            state = None
        self._anew, self._distrusted = state is None, False
        return replace(state, change=-1) if state is not None else IndexState.empty(dimensions)

    def _fits(self, state: IndexState) -> bool:
        store = self._store
        if state.source != store.identity() or state.change > store.change():
            return False
        if len(state.index) > store.passage_count():
            return False
        places = np.unique(np.linspace(0, max(0, len(state.numbers) - 1), SAMPLED).astype(np.intp))
        return all(self._is_stored(state, place) for place in places[: len(state.numbers)])

    def _is_stored(self, state: IndexState, place: int) -> bool:
        number = int(state.numbers[place])
        there = self._store.vector_changes(self._model, replace(state.mark, vector=number - 1, stored=0), 1)
        if there.mark.resets != state.mark.resets:
            return True  # all were deleted since, which the next step sees
        mine = state.index.rows.take(state.number_rows[place : place + 1])
        return bool(there.numbers.tolist() == [number] and (np.abs(there.vectors - mine) < NEAR).all())

    def _apply(self, state: IndexState, changes: VectorChanges) -> IndexState:
        began_anew = changes.mark.resets != state.mark.resets
        if began_anew or (len(changes.vectors) and changes.vectors.shape[1] != state.index.rows.dimensions):
            state = IndexState.empty(changes.vectors.shape[1], state.mark)
            self._anew, self._files = True, None
        rows, numbers, number_rows = state.index.rows, state.numbers, state.number_rows
        if len(changes.numbers):
            rows, new = rows.with_more(changes.vectors)
            numbers, number_rows = np.concatenate([numbers, changes.numbers]), np.concatenate([number_rows, new])
        state = replace(state, index=DenseIndex.of(rows, state.index.owners), numbers=numbers, number_rows=number_rows)
        state = self._with_dropped(state, changes)
        order = np.argsort(state.numbers, kind="stable")
        places = order[np.searchsorted(state.numbers, changes.owned, sorter=order)]
        added = Owners.of(changes.passages, changes.versions, state.number_rows[places])
        owners = state.index.owners.with_more(added)
        if len(changes.removed):
            owners = owners.without(changes.removed)
        if self._may_write:
            self._added.append(added)
            self._removed.append(changes.removed)
        return replace(state, index=DenseIndex.of(state.index.rows, owners), mark=changes.mark)

    def _with_dropped(self, state: IndexState, changes: VectorChanges) -> IndexState:
        """Read vectors again that were dropped when no passage had them, and that new passages have."""
        if not len(changes.owned):
            return state
        owned = np.unique(changes.owned)
        known = np.isin(owned, state.numbers)
        for number in owned[~known].tolist():
            found = self._store.vector_changes(self._model, replace(changes.mark, vector=number - 1, stored=0), 1)
            rows, new = state.index.rows.with_more(found.vectors)
            state = replace(
                state,
                index=DenseIndex.of(rows, state.index.owners),
                numbers=np.concatenate([state.numbers, found.numbers]),
                number_rows=np.concatenate([state.number_rows, new]),
            )
        return state

    def _compacted(self, state: IndexState) -> IndexState:
        rows, owners = state.index.rows, state.index.owners
        owned = np.unique(owners.rows)
        if len(rows) - len(owned) < max(UNOWNED, UNOWNED_SHARE * len(rows)):
            return state
        if not len(owners.ids):  # a build that has read vectors and no passages yet
            return state
        place = np.full(len(rows), -1, dtype=np.int64)
        place[owned] = np.arange(len(owned))
        kept = place[state.number_rows] >= 0
        moved = Owners(owners.ids, owners.versions, place[owners.rows])
        self._anew = True
        return replace(
            state,
            index=DenseIndex.of(rows.only(owned), moved),
            numbers=state.numbers[kept],
            number_rows=place[state.number_rows[kept]],
            kept=(0, 0),
        )

    def _keep(self, state: IndexState) -> IndexState:
        """Write what is new to the files, where they can be written, and return the index with its rows mapped."""
        folder, dimensions = self._store.index_folder, state.index.rows.dimensions
        if folder is None or not dimensions or not self._may_write:
            return state
        if self._files is None:
            self._files = IndexStore(folder, self._model, dimensions)
        try:
            with self._files.lock() as is_mine:
                if not is_mine:
                    self._stop_writing("another process writes it")
                    return state
                if not self._anew and not self._files.is_current():
                    self._stop_writing("another process wrote it")
                    return state
                return self._written(self._files, state)
        except (OSError, IndexDamagedError) as error:
            self._stop_writing(str(error))
            return state

    def _written(self, files: IndexStore, state: IndexState) -> IndexState:
        if self._anew:
            state = files.replace(state)
        else:
            added, removed = self._added[0], np.concatenate(self._removed)
            for more in self._added[1:]:
                added = added.with_more(more)
            state = files.append(state, added, removed)
        self._anew, self._added, self._removed = False, [], []
        return state

    def _stop_writing(self, reason: str) -> None:
        self._may_write = False
        self._added, self._removed = [], []
        _LOG.warning("the index of the corpus stays in memory until the next start: %s", reason)


def _says_something(changes: VectorChanges, since: VectorMark) -> bool:
    """Say whether the index differs after changes; those of documents alone, or of other models, leave it as it is."""
    mark = changes.mark
    return (mark.resets, mark.vector, mark.removal) != (since.resets, since.vector, since.removal) or any(
        map(len, (changes.numbers, changes.passages, changes.removed))
    )
