from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from corpus_factories import make_record
from headwater.corpus.contract import VectorChanges, VectorMark
from headwater.corpus.filters import PassageFilters
from headwater.corpus.store import CorpusStore

START = VectorMark()


def embed(store: CorpusStore, *, seed: int = 0) -> None:
    wanted = store.passages_without_vector("m", 1_000)
    made = np.random.default_rng(seed).normal(size=(len(wanted), 8)).astype(np.float32)
    store.put_vectors("m", [number for number, _ in wanted], made)


def add(store: CorpusStore, number: int, text: str) -> None:
    store.add_documents([make_record(url=f"https://a.gov.uk/{number}", text=text)])


def owners(changes: VectorChanges) -> dict[int, int]:
    return dict(zip(changes.passages.tolist(), changes.owned.tolist(), strict=True))


def everything(store: CorpusStore, since: VectorMark, limit: int) -> tuple[VectorMark, dict[int, int], set[int]]:
    owned: dict[int, int] = {}
    numbers: set[int] = set()
    while True:
        changes = store.vector_changes("m", since, limit)
        owned |= owners(changes)
        assert not numbers & set(changes.numbers.tolist())
        numbers |= set(changes.numbers.tolist())
        since = changes.mark
        if changes.is_last:
            return since, owned, numbers


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_parts_of_any_size_come_to_the_same(store: CorpusStore, limit: int) -> None:
    add(store, 1, "One.\n\nTwo.\n\nOne.")
    embed(store)
    add(store, 2, "Two.\n\nThree.")
    embed(store, seed=1)
    add(store, 3, "Four, without a vector.\n\nThree.")
    mark, owned, numbers = everything(store, START, limit)
    assert owned == {1: 1, 2: 2, 3: 1, 4: 2, 5: 3, 7: 3}
    assert numbers == {1, 2, 3}
    assert mark == VectorMark(passage=7, vector=3, stored=2)


def test_only_what_is_new_comes_again(store: CorpusStore) -> None:
    add(store, 1, "One.\n\nTwo.")
    embed(store)
    mark, _, _ = everything(store, START, 100)
    assert everything(store, mark, 100) == (mark, {}, set())
    add(store, 2, "One.\n\nThree.")  # "One." has its vector already, "Three." gets it later
    mark, owned, numbers = everything(store, mark, 100)
    assert (owned, numbers) == ({3: 1}, set())
    embed(store)
    assert everything(store, mark, 100)[1:] == ({4: 3}, {3})


def test_removals_are_told_once_and_numbers_never_given_again(store: CorpusStore) -> None:
    add(store, 1, "One.\n\nTwo.")
    add(store, 2, "One.\n\nThree.")
    embed(store)
    mark, _, _ = everything(store, START, 100)
    last = store.passages([4])[4].document.id
    assert store.remove_documents([last, "absent"]) == 1
    changes = store.vector_changes("m", mark, 100)
    assert changes.removed.tolist() == [3, 4]
    assert store.vector_changes("m", changes.mark, 100).removed.tolist() == []
    add(store, 2, "One.\n\nThree.")
    assert owners(store.vector_changes("m", changes.mark, 100)) == {5: 1, 6: 3}
    assert store.passages([3, 4]) == {}
    assert owners(store.vector_changes("m", START, 100)) == {1: 1, 2: 2, 5: 1, 6: 3}


def test_removed_words_are_forgotten(store: CorpusStore) -> None:
    add(store, 1, "A dinghy sank.")
    add(store, 2, "A dinghy was found.")
    assert store.document_frequencies(["dinghy"]) == {"dinghy": 2}
    revision = store.revision()
    store.remove_documents([store.passages([1])[1].document.id])
    assert [one for one, _ in store.lexical_search(["dinghy", "sank"], 5)] == [2]
    assert store.document_frequencies(["dinghy", "sank"]) == {"dinghy": 1, "sank": 0}
    assert store.revision() != revision
    assert store.counts().documents == 1


def test_deleted_vectors_begin_a_new_count(store: CorpusStore) -> None:
    add(store, 1, "One.")
    add(store, 2, "Two.")
    embed(store)
    mark, _, _ = everything(store, START, 100)
    store.remove_documents([store.passages([1])[1].document.id])
    assert store.prune_vectors() == 1
    assert store.prune_vectors() == 0
    changes = store.vector_changes("m", mark, 100)
    assert changes.mark.resets == 1
    assert owners(changes) == {2: 2}
    store.reset_vectors("m")
    assert store.vector_changes("m", changes.mark, 100).mark.resets == 2


def test_the_change_number_rises_with_changes_alone(store: CorpusStore) -> None:
    numbers = [store.change()]
    add(store, 1, "One.")
    numbers.append(store.change())
    identity = store.identity()
    embed(store)
    numbers.append(store.change())
    store.remove_documents([store.passages([1])[1].document.id])
    numbers.append(store.change())
    assert numbers == [0, 1, 2, 3]
    store.remove_documents(["absent"])
    store.reset_vectors("other")
    assert store.change() == 3
    assert identity
    assert store.identity() == identity


def test_versions_and_passages_pass_filters(store: CorpusStore) -> None:
    add(store, 1, "One.\n\nTwo.")
    store.add_documents([make_record(url="https://a.gov.uk/2", text="Three.", publisher="Treasury")])
    treasury = PassageFilters(publishers=("Treasury",))
    assert store.version_numbers(PassageFilters()) is None
    numbers = store.version_numbers(treasury)
    assert numbers is not None
    assert numbers.tolist() == [2]
    assert store.passing([3, 1, 2], treasury) == [3]
    assert store.passing([3, 1, 99], PassageFilters()) == [3, 1, 99]


@pytest.mark.parametrize(("day", "passing"), [(6, []), (7, [1]), (8, [1]), (9, [2]), (30, [2])])
def test_the_version_in_force_on_a_day(store: CorpusStore, day: int, passing: list[int]) -> None:
    for moment, text in ((7, "Old words."), (9, "New words.")):
        published = datetime(2024, 11, moment, tzinfo=UTC)
        store.add_documents(
            [make_record(text=text, first_published=datetime(2024, 11, 7, tzinfo=UTC), updated=published)]
        )
    assert store.passing([1, 2], PassageFilters(as_of=date(2024, 11, day))) == passing
