"""Documents read lately."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from headwater.corpus import remembering
from headwater.corpus.remembering import RememberedPassages
from headwater.domain.documents import Passage


class Store:
    def __init__(self) -> None:
        self.reads: list[tuple[str, int | None]] = []
        self.number = 1
        self.length = 3

    def read(self, identifier: str, version: int | None) -> tuple[Passage, ...]:
        self.reads.append((identifier, version))
        document = SimpleNamespace(version=version or 2, is_latest=version in {None, 2})
        return (SimpleNamespace(document=document),) * self.length  # type: ignore[return-value]

    def change(self) -> int:
        return self.number


def test_a_document_is_read_once() -> None:
    store = Store()
    passages_of = RememberedPassages(store.read, store.change)

    assert passages_of("a", 1) == passages_of("a", 1)
    assert passages_of("a")  # the latest version
    assert passages_of("a", 2) == passages_of("a")  # asked for by its number, or without
    assert store.reads == [("a", 1), ("a", None)]


def test_a_change_of_the_corpus_forgets_everything() -> None:
    store = Store()
    passages_of = RememberedPassages(store.read, store.change)
    passages_of("a", 1)
    store.number, store.length = 2, 4

    assert len(passages_of("a", 1)) == 4
    assert len(store.reads) == 2


def test_memory_is_bounded_and_one_long_document_is_still_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST_PASSAGES", 7)
    store = Store()
    passages_of = RememberedPassages(store.read, store.change)
    for name in "abc":
        passages_of(name, 1)
    passages_of("c", 1)
    passages_of("a", 1)

    assert store.reads == [("a", 1), ("b", 1), ("c", 1), ("a", 1)]
    store.length = 50
    assert len(passages_of("d", 1)) == 50
