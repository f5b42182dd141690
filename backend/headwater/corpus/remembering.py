"""Documents read lately, kept while the corpus stays as it is: one check asks for the same few again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from headwater.domain.documents import Passage

MOST_PASSAGES = 20_000  # about 20 MB; a long document has 2,000

ReadPassages = Callable[[str, int | None], tuple[Passage, ...]]


class RememberedPassages:
    """Reads all passages of a document's version, once for as long as nothing is stored or deleted.

    Safe to share between threads: a lost race reads twice.

    Args:
        read: Of the store.
        change: Number of the corpus's last change.
    """

    def __init__(self, read: ReadPassages, change: Callable[[], int]) -> None:
        self._read = read
        self._change = change
        self._lock = Lock()
        self._seen: int | None = None
        self._held = 0
        self._known: OrderedDict[tuple[str, int | None], tuple[Passage, ...]] = OrderedDict()

    def __call__(self, identifier: str, version: int | None = None) -> tuple[Passage, ...]:
        """Return the passages of a document in order; empty if there is no such version.

        Args:
            identifier: Of the document.
            version: Number of the version, or None for the latest.
        """
        change, key = self._change(), (identifier, version)
        with self._lock:
            self._forget_if_changed(change)
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        passages = self._read(identifier, version)
        with self._lock:
            if self._seen == change and key not in self._known:
                self._keep(key, passages)
        return passages

    def _forget_if_changed(self, change: int) -> None:
        if self._seen != change:
            self._known.clear()
            self._seen, self._held = change, 0

    def _keep(self, key: tuple[str, int | None], passages: tuple[Passage, ...]) -> None:
        self._known[key] = passages
        self._held += len(passages)
        while self._held > MOST_PASSAGES and len(self._known) > 1:
            _, dropped = self._known.popitem(last=False)
            self._held -= len(dropped)
