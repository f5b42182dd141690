"""Documents read lately, kept while the corpus stays as it is: one check asks for the same few again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

from headwater.domain.documents import Passage

MOST_PASSAGES = 20_000  # about 20 MB; a long document has 2,000

_Key = tuple[str, int | None]
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
        self._known: OrderedDict[_Key, tuple[Passage, ...]] = OrderedDict()

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
            for name in _names_of(key, passages) if self._seen == change else ():
                if name not in self._known:
                    self._keep(name, passages)
        return passages

    def _forget_if_changed(self, change: int) -> None:
        if self._seen != change:
            self._known.clear()
            self._seen, self._held = change, 0

    def _keep(self, key: _Key, passages: tuple[Passage, ...]) -> None:
        self._known[key] = passages
        self._held += len(passages)
        while self._held > MOST_PASSAGES and len(self._known) > 1:
            _, dropped = self._known.popitem(last=False)
            self._held -= len(dropped)


def _names_of(key: _Key, passages: Sequence[Passage]) -> Sequence[_Key]:
    """Return by what else the passages may be asked for: the latest version is asked for by its number as well."""
    if not passages:
        return (key,)
    document = passages[0].document
    return ((key[0], document.version), *([(key[0], None)] if document.is_latest else []))
