"""The word index of PostgreSQL is that of SQLite: the same stems, the same counts, the same passages in like order."""

from pathlib import Path

import pytest

from corpus_factories import make_record, real_fields
from headwater.corpus.filters import PassageFilters
from headwater.corpus.postgres import words
from headwater.corpus.postgres.store import PostgresStore
from headwater.corpus.postgres.words import LONGEST_STEM, words_of
from headwater.corpus.store import CorpusStore
from headwater.sources.records import parse_record

QUERIES = [
    ("returned", "people"),
    ("small", "boats", "crossings"),
    ("co-operation", "France"),
    ("the", "a", "of"),
    ("9,400",),
    ("statistics", "immigration", "quarterly", "home", "office"),
    ("isle", "channel", "detected", "dinghies", "weather"),
]


def test_words_have_their_places_in_order() -> None:
    (indexed,) = words_of(["Returned people’s boats returned."])
    assert indexed.length == 5
    assert indexed.places == {"return": [1, 5], "peopl": [2], "s": [3], "boat": [4]}


@pytest.mark.parametrize(
    "text", ["", "null NULL", "w " * 600, "…", "\\' \\\\ ''", "x" * 5_000, " ".join(f"w{n}" for n in range(20_000))]
)
def test_any_words_can_be_stored_and_found(database_url: str, text: str) -> None:
    with PostgresStore(database_url) as store:
        store.add_documents([make_record(text=f"{text}\n\nBoats.")])
        assert store.document_frequencies(["boats"]) == {"boats": 1}
        for word in text.split()[:3]:
            held = store.document_frequencies([word])[word]
            assert held == len(store.lexical_search([word], 1_000))
            assert bool(held) == any(map(str.isalnum, word))


def test_long_words_are_cut_alike_on_both_sides(database_url: str) -> None:
    with PostgresStore(database_url) as store:
        store.add_documents([make_record(text="x" * (LONGEST_STEM + 100))])
        assert len(store.lexical_search(["x" * (LONGEST_STEM + 100)], 9)) == 1
        assert store.lexical_search(["x" * (LONGEST_STEM - 1)], 9) == []


def test_counts_go_down_with_what_is_removed(database_url: str) -> None:
    with PostgresStore(database_url) as store:
        store.add_documents([make_record(), make_record(url="https://a.gov.uk/2", text="The people of the coast.")])
        first = store.passages([1])[1].document.id
        store.remove_documents([first])
        assert store.document_frequencies(["people", "coast", "government"]) == {
            "people": 1,
            "coast": 1,
            "government": 0,
        }
        assert [number for number, _ in store.lexical_search(["people", "government"], 9)] == [3]
        assert store.passage_count() == 1


@pytest.fixture(scope="module")
def records() -> list[object]:
    fields = real_fields("uk_government/govuk_small_boats_versions")
    return [parse_record(one, "boats", line) for line, one in enumerate(fields, 1) if line <= 30]


def test_real_documents_are_found_alike(database_url: str, tmp_path: Path, records: list[object]) -> None:
    with PostgresStore(database_url) as postgres, CorpusStore(tmp_path / "corpus.sqlite3") as sqlite:
        for store in (postgres, sqlite):
            store.add_documents(records)  # type: ignore[arg-type]
        assert postgres.revision() == sqlite.revision()
        assert postgres.counts() == sqlite.counts()
        for terms in QUERIES:
            assert postgres.stems(terms) == sqlite.stems(terms)
            assert postgres.document_frequencies(terms) == sqlite.document_frequencies(terms)
            for filters in (PassageFilters(), PassageFilters(latest_only=True)):
                every, other = (store.lexical_search(terms, 5_000, filters) for store in (postgres, sqlite))
                assert {number for number, _ in every} == {number for number, _ in other}
                best, others_best = (max((weight for _, weight in found), default=0) for found in (every, other))
                assert best == pytest.approx(others_best, rel=0.02)


def test_passages_with_one_frequent_word_are_left_unread(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"Boats {number}." for number in range(20)] + [f"Coasts {number}." for number in range(20)]
    lines += ["Boats off coasts.", "Dinghies."]
    with PostgresStore(database_url) as store:
        store.add_documents([make_record(text="\n\n".join(lines))])
        terms = ["dinghies", "boats", "coasts"]
        assert len(store.lexical_search(terms, 100)) == 42
        monkeypatch.setattr(words, "ALONE", 5)
        found = [number for number, _ in store.lexical_search(terms, 100)]
        assert [one.text for one in store.passages(found).values()] == ["Dinghies.", "Boats off coasts."]
        assert len(store.lexical_search(["boats"], 100)) == 21  # the rarest there is
