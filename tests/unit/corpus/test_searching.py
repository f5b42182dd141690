import pytest

from corpus_factories import make_record
from headwater.corpus.store import CorpusStore

INJECTIONS = [
    'people" OR "x',
    '"',
    '""',
    "people*",
    "NEAR(people year, 2)",
    "text:people",
    "AND",
    "OR NOT AND",
    "^people",
    "{people}",
    "people) OR (x",
    "-people",
    "+",
    "'; DROP TABLE passages; --",
    "people\0year",
    "\0",
    "\ud800people",
    "%",
    "_",
    "\\",
    "(" * 5_000,
    "x" * 100_000,
    "\u202epeople",
    "👨‍👩‍👧",
]


@pytest.fixture(autouse=True)
def _documents(store: CorpusStore) -> None:
    store.add_documents(
        [
            make_record(),
            make_record(url="https://a.gov.uk/2", text="The people of the coast.\n\nCo-operation with France grew."),
            make_record(url="https://a.gov.uk/3", text="A café opened."),
        ]
    )


def texts(store: CorpusStore, *terms: str) -> list[str]:
    return [passage.text for passage in store.passages([hit for hit, _ in store.lexical_search(terms, 10)]).values()]


def test_forms_of_a_word_are_found_best_first(store: CorpusStore) -> None:
    assert texts(store, "returning", "peoples")[0] == "The government returned 9,400 people."
    assert texts(store, "cafe") == ["A café opened."]
    assert texts(store, "co-operation") == ["Co-operation with France grew."]


def test_weights_fall(store: CorpusStore) -> None:
    weights = [weight for _, weight in store.lexical_search(["people", "coast", "government"], 10)]
    assert weights == sorted(weights, reverse=True)
    assert min(weights) > 0


def test_the_limit_holds(store: CorpusStore) -> None:
    assert len(store.lexical_search(["people"], 2)) == 2
    assert store.lexical_search(["people"], 0) == []
    assert store.lexical_search([], 5) == []


@pytest.mark.parametrize("term", INJECTIONS)
def test_no_term_is_read_as_syntax(store: CorpusStore, term: str) -> None:
    alone = store.lexical_search([term], 10)
    beside = store.lexical_search([term, "café"], 10)
    assert {number for number, _ in alone} <= {number for number, _ in beside}
    assert "A café opened." in [passage.text for passage in store.passages([number for number, _ in beside]).values()]
    assert store.document_frequencies([term])[term] <= store.passage_count()


def test_thousands_of_terms_are_searched(store: CorpusStore) -> None:
    assert len(store.lexical_search([f"word{n}" for n in range(3_000)] + ["café"], 10)) == 1


def test_frequencies_count_passages_in_any_form(store: CorpusStore) -> None:
    assert store.document_frequencies(["people", "People's", "opening", "absent", "co-operation", "—"]) == {
        "people": 3,
        "People's": 0,  # its "s" stands nowhere
        "opening": 1,
        "absent": 0,
        "co-operation": 1,
        "—": 0,
    }


def test_stems_are_those_of_the_index(store: CorpusStore) -> None:
    assert store.stems(["Returned", "co-operation", "CAFÉ", "…"]) == {
        "Returned": ("return",),
        "co-operation": ("co", "oper"),
        "CAFÉ": ("cafe",),
        "…": (),
    }


def test_frequencies_follow_the_corpus(store: CorpusStore) -> None:
    assert store.document_frequencies(["people", "dinghy"]) == {"people": 3, "dinghy": 0}
    store.add_documents([make_record(url="https://a.gov.uk/4", text="A dinghy of 12 people.")])
    assert store.document_frequencies(["people", "dinghy"]) == {"people": 4, "dinghy": 1}
