from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus_factories import RELEASE, make_record
from headwater.corpus.filters import PassageFilters
from headwater.corpus.store import CorpusStore
from headwater.retrieval import cards as cards_module
from headwater.retrieval import postings, word_search
from headwater.retrieval.candidates import Candidate, to_candidate
from headwater.retrieval.cards import CardIndex
from headwater.retrieval.following import IndexFollower
from headwater.retrieval.lexical import weigh_words
from headwater.retrieval.postings import WordSearch
from headwater.retrieval.retriever import HybridRetriever, Query
from headwater.retrieval.word_search import WordIndex
from headwater_embeddings.hashing import HashingEncoder

ENCODER = HashingEncoder(64)
MODEL = ENCODER.model_id


def add(store: CorpusStore, text: str, **changes: object) -> None:
    store.add_documents([make_record(**{"url": f"https://a.gov.uk/{hash(text)}", "text": text} | changes)])
    wanted = store.passages_without_vector(MODEL, 10_000)
    store.put_vectors(MODEL, [one for one, _ in wanted], ENCODER.encode([text for _, text in wanted]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        add(store, RELEASE.read_text("utf-8"), title="New deals", speaker="The Prime Minister")
        add(store, "Ferries sailed to Calais.\n\nThe ferries’ co-operation grew.", publisher="Transport")
        yield store


def words_of(store: CorpusStore) -> tuple[WordIndex, WordSearch | None]:
    index = IndexFollower(store, MODEL).latest().index
    cards = CardIndex(store)
    words = WordIndex(store, cards)
    cards.follow(index.owners)
    for thread in threading.enumerate():
        if thread.name == "cards":
            thread.join()
    return words, words.search_in(index, store.passage_count())


def search_of(store: CorpusStore) -> WordSearch:
    search = words_of(store)[1]
    assert search is not None
    return search


def found(store: CorpusStore, text: str, filters: PassageFilters | None = None) -> list[str]:
    search = search_of(store)
    (words,) = weigh_words([text], search.frequencies, store.passage_count())
    versions = store.version_numbers(filters or PassageFilters())
    return [passage.text for passage in store.passages(search.search(words, 5, versions)).values()]


def assert_same(card: Candidate, passage: Candidate) -> None:
    for name in ("codes", "voiced", "around"):
        np.testing.assert_array_equal(getattr(card, name), getattr(passage, name))
    for name in ("is_heading", "document", "version", "copy_of"):
        assert getattr(card, name) == getattr(passage, name)


@pytest.mark.parametrize("round", ["made", "read again"])
def test_a_card_is_what_the_passage_would_give(store: CorpusStore, round: str) -> None:
    for _ in range(1 if round == "made" else 2):
        index = CardIndex(store)
        index.follow(IndexFollower(store, MODEL).latest().index.owners)
    passages = store.passages(range(1, 1_000))
    made = index.get(list(passages), str(store.change()))
    assert list(made) == list(passages)
    for one, passage in passages.items():
        assert_same(made[one], to_candidate(passage))


def test_a_card_of_another_title_is_passed_over(store: CorpusStore) -> None:
    index = CardIndex(store)
    index.follow(IndexFollower(store, MODEL).latest().index.owners)
    cards = index.latest
    assert cards is not None
    facts = store.version_facts([1])[1]
    assert list(cards.candidates({7: 0}, {0: facts})) == [7]
    assert cards.candidates({7: 0}, {0: replace(facts, title="Other deals")}) == {}


def test_cards_are_void_when_words_are_coded_otherwise(store: CorpusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    search_of(store)
    monkeypatch.setattr(cards_module, "_recipe", lambda: "another")
    monkeypatch.setattr(CardIndex, "_make", lambda *_: None)
    index = CardIndex(store)
    index.follow(IndexFollower(store, MODEL).latest().index.owners)
    assert index.latest is not None
    assert len(index.latest.ids) == 0


def test_passages_are_found_by_their_words(store: CorpusStore) -> None:
    assert found(store, "The ferry to Calais")[0] == "Ferries sailed to Calais."
    assert found(store, "cooperation of ferries")[0] == "The ferries’ co-operation grew."
    assert found(store, "zebra") == []
    assert found(store, "ferries", PassageFilters(publishers=("Home Office",))) == []
    assert len(found(store, "ferries", PassageFilters(publishers=("Transport",)))) == 2


def test_words_found_are_those_of_the_database(store: CorpusStore) -> None:
    search = search_of(store)
    for passage in store.passages(range(1, 1_000)).values():
        (words,) = weigh_words([passage.text], search.frequencies, store.passage_count())
        ids = search.search(words, 1)
        assert not words.total or store.passages(ids)[ids[0]].text == passage.text


@pytest.mark.parametrize("later", [0, 1_000])
def test_what_comes_later_is_found_and_what_is_gone_is_not(
    store: CorpusStore, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    monkeypatch.setattr(word_search, "LATER", later)
    monkeypatch.setattr(word_search, "LATER_SHARE", 0)
    search_of(store)
    add(store, "A zebra sailed to Calais.")
    assert found(store, "zebra") == ["A zebra sailed to Calais."]
    gone = next(iter(store.passages([len(search_of(store).cards.ids)]).values())).document.id
    store.remove_documents([gone])
    assert found(store, "zebra") == []
    assert found(store, "sailing to Calais")[0] == "Ferries sailed to Calais."


def test_the_database_is_asked_while_a_card_is_missing(store: CorpusStore) -> None:
    store.add_documents([make_record(url="https://a.gov.uk/new", text="A zebra without a vector.")])
    assert words_of(store)[1] is None
    hits = HybridRetriever(store, MODEL).retrieve([Query("zebra", None)], limit=1).hits
    assert hits[0][0].passage.text == "A zebra without a vector."


@pytest.mark.parametrize(
    ("folder", "column"),
    [("cards", column.name) for column in cards_module.COLUMNS]
    + [("postings", column.name) for column in postings.COLUMNS],
)
def test_damaged_words_are_made_again(store: CorpusStore, folder: str, column: str) -> None:
    search_of(store)
    (path,) = ((store.index_folder or Path()) / folder).glob(f"{column}-*.bin")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    for _ in range(2):
        assert found(store, "Calais") == ["Ferries sailed to Calais."]


def test_common_words_alone_are_bounded(store: CorpusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "MOST_OF_A_TERM", 1)
    assert found(store, "Calais") == ["Ferries sailed to Calais."]
    assert found(store, "ferries") == []


def test_searches_give_the_same_with_files_and_without(store: CorpusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The government returned people with no right to be here"
    query = Query(text, ENCODER.encode([text])[0])
    kept = HybridRetriever(store, MODEL).retrieve([query], limit=5).hits
    monkeypatch.setattr(CorpusStore, "index_folder", None)
    bare = HybridRetriever(store, MODEL).retrieve([query], limit=5).hits
    assert kept[0][0].passage == bare[0][0].passage
    assert kept[0][0].cosine == pytest.approx(bare[0][0].cosine)
