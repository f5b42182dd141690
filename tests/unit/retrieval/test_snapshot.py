from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from headwater.domain.documents import Passage
from headwater.domain.errors import EmptyCorpusError, ModelMismatchError
from headwater.retrieval.snapshot import Snapshots


@pytest.fixture
def passages(passage: Callable[..., Passage]) -> list[Passage]:
    return [passage(number, f"passage number {number}") for number in range(1, 5)]


def test_vectors_are_read_once_for_each_revision(store_of: Any, passages: list[Passage], model_id: str) -> None:
    store = store_of(passages[:3])
    snapshots = Snapshots(store, model_id)
    assert len(snapshots.latest().index) == 3
    assert snapshots.latest() is snapshots.latest()
    store.add(passages[3])
    assert len(snapshots.latest().index) == 4
    assert store.read == 2


def test_threads_that_come_together_read_once(store_of: Any, passages: list[Passage], model_id: str) -> None:
    store = store_of(passages)
    snapshots = Snapshots(store, model_id)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: snapshots.latest(), range(32)))
    assert {id(one) for one in found} == {id(found[0])}
    assert store.read == 1


def test_an_empty_corpus_is_named(store_of: Any, model_id: str) -> None:
    with pytest.raises(EmptyCorpusError):
        Snapshots(store_of([]), model_id).latest()


def test_vectors_of_another_model_are_refused(store_of: Any, passages: list[Passage], model_id: str) -> None:
    with pytest.raises(ModelMismatchError) as caught:
        Snapshots(store_of(passages, model="another@1"), model_id).latest()
    assert (caught.value.stored, caught.value.wanted) == ("another@1", model_id)


@pytest.mark.parametrize(
    ("encoded", "notice"),
    [
        (4, None),
        (3, "1 of 4 passages were searched by words alone"),
        (0, "searched by words alone: the corpus has no embeddings yet"),
    ],
)
def test_missing_vectors_are_noticed(
    store_of: Any, passages: list[Passage], model_id: str, encoded: int, notice: str | None
) -> None:
    notices = Snapshots(store_of(passages, encoded=encoded), model_id).latest().notices
    assert [text[: len(notice or "")] for text in notices] == ([notice] if notice else [])
