from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from headwater.corpus.filters import PassageFilters
from headwater.domain.documents import Document, Passage
from headwater.domain.errors import ModelMismatchError
from headwater.domain.policy import CheckPolicy
from headwater.retrieval.retriever import HybridRetriever, Query

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

RELEASE = [
    "The Prime Minister will announce new agreements with Serbia, North Macedonia and Kosovo.",
    "Almost 100,000 migrants transited through the Western Balkans last year.",
    "The deals will increase intelligence sharing and co-operation against criminal gangs.",
    "He will chair a meeting on migration with fellow European leaders at the summit in Budapest.",
]
OTHERS = [
    "Inflation fell to 2.3 per cent in the twelve months to October.",
    "The summit in Jakarta was about fisheries.",
    "Ministers opened a railway bridge between two towns in the north of England.",
    "The committee kept the interest rate unchanged at its meeting in March.",
    "Flood defences protect 31,000 homes along the river.",
    "Police officers seized drugs worth millions in the port.",
    "The department will publish its accounts in July.",
    "A new hospital was opened by the health secretary.",
    "Teachers will receive a pay rise of five per cent.",
    "Farmers may apply for the grant until the end of May.",
    "The survey counted fewer hedgehogs than in the year before.",
    "The museum received a record number of visitors in summer.",
]


@pytest.fixture
def corpus(passage: Callable[..., Passage], document: Callable[..., Document]) -> list[Passage]:
    release = document("release", "Action on migration", publisher="Downing Street")
    return [passage(number, text, release) for number, text in enumerate(RELEASE, 1)] + [
        passage(number, text, document(f"other {number}")) for number, text in enumerate(OTHERS, 101)
    ]


@pytest.fixture
def retriever(store_of: Any, corpus: list[Passage], model_id: str) -> HybridRetriever:
    return HybridRetriever(store_of(corpus), model_id)


@pytest.fixture
def ask(encode: Encode) -> Callable[..., list[Query]]:
    def make(*texts: str, around: Sequence[str] = (), day: date | None = None) -> list[Query]:
        vectors = encode([*texts, *around])
        return [
            Query(text, vector, day, only_votes=place >= len(texts))
            for place, (text, vector) in enumerate(zip((*texts, *around), vectors, strict=True))
        ]

    return make


Ask = Callable[..., list[Query]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nearly 100,000 people crossed the Western Balkans last year", 2),
        ("Accords with Kosovo, Serbia and North Macedonia will be announced", 1),
        ("He chairs a meeting of leaders in Budapest", 4),
        ("cooperation against gangs grows", 3),
        ("inflation at 2.3 per cent", 101),
    ],
)
def test_the_right_passage_comes_first(retriever: HybridRetriever, ask: Ask, text: str, expected: int) -> None:
    (hits,) = retriever.retrieve(ask(text), limit=3).hits
    assert hits[0].passage.id == expected
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)
    assert len(hits) == 3


def test_a_wrong_figure_does_not_push_the_right_passage_away(retriever: HybridRetriever, ask: Ask) -> None:
    (hits,) = retriever.retrieve(ask("Almost 31,000 migrants transited through the Western Balkans"), limit=1).hits
    assert hits[0].passage.id == 2


def test_a_verbatim_passage_scores_two(retriever: HybridRetriever, ask: Ask) -> None:
    (hits,) = retriever.retrieve(ask(RELEASE[1]), limit=1).hits
    assert hits[0].similarity == pytest.approx(2, abs=1e-4)
    assert hits[0].cosine == pytest.approx(1, abs=1e-4)
    assert hits[0].coverage == pytest.approx(1)


def test_the_claims_around_decide_which_document_is_meant(retriever: HybridRetriever, ask: Ask) -> None:
    vague = "What the summit covered"
    (alone,) = retriever.retrieve(ask(vague), limit=1).hits
    assert alone[0].passage.id == 102
    _, _, _, together = retriever.retrieve(ask(*RELEASE[:3], vague), limit=1).hits
    assert together[0].passage.id == 4


def test_the_words_around_a_single_claim_decide_too(retriever: HybridRetriever, ask: Ask) -> None:
    hits, *others = retriever.retrieve(ask("What the summit covered", around=RELEASE[:2]), limit=1).hits
    assert hits[0].passage.id == 4
    assert others == [(), ()]


def test_documents_of_the_texts_days_have_the_vote(
    store_of: Any, passage: Callable[..., Passage], document: Callable[..., Document], model_id: str, ask: Ask
) -> None:
    statements = ["The committee decided to keep its rate unchanged.", "Its members expect prices to fall."]
    held = []
    for month in range(1, 12):
        issue = replace(document(f"issue {month}"), first_published=datetime(2024, month, 7, tzinfo=UTC), updated=None)
        held += [passage(10 * month + place, text, issue) for place, text in enumerate(statements)]
    retriever = HybridRetriever(store_of(held), model_id)
    for month in (2, 9):
        queries = ask("Rates stay as they are, the committee decided", "Prices fall", day=date(2024, month, 8))
        hits = retriever.retrieve(queries, limit=1).hits
        assert [found[0].passage.id for found in hits] == [10 * month, 10 * month + 1]


def test_every_query_is_answered_in_order(retriever: HybridRetriever, ask: Ask) -> None:
    hits = retriever.retrieve(ask(OTHERS[4], RELEASE[0], OTHERS[0], OTHERS[11]), limit=1).hits
    assert [found[0].passage.id for found in hits] == [105, 1, 101, 112]
    assert retriever.retrieve([], limit=3).hits == ()


def test_filters_hold_for_all_ways_in(retriever: HybridRetriever, ask: Ask) -> None:
    downing_street = PassageFilters(publishers=("Downing Street",))
    home_office = PassageFilters(publishers=("Home Office",))
    queries = ask(*RELEASE)
    for hits in retriever.retrieve(queries, limit=20, filters=downing_street).hits:
        assert {hit.passage.id for hit in hits} == {1, 2, 3, 4}
    for hits in retriever.retrieve(queries, limit=20, filters=home_office).hits:
        assert {hit.passage.document.publisher for hit in hits} == {"Home Office"}
    nobody = retriever.retrieve(queries, limit=20, filters=PassageFilters(publishers=("Nobody",)))
    assert nobody.hits == ((), (), (), ())


def test_of_copies_in_versions_only_the_latest_is_given(
    store_of: Any, model_id: str, ask: Ask, passage: Callable[..., Passage], document: Callable[..., Document]
) -> None:
    versions = [passage(number, RELEASE[1], document("page", version=number)) for number in (1, 3, 2)]
    elsewhere = passage(9, RELEASE[1], replace(document("another page"), first_published=None))
    retriever = HybridRetriever(store_of([*versions, elsewhere]), model_id)
    (hits,) = retriever.retrieve(ask(RELEASE[1]), limit=5).hits
    assert sorted((hit.passage.document.id, hit.passage.document.version) for hit in hits) == [
        ("another page", 1),
        ("page", 3),
    ]


def test_without_vectors_words_alone_are_searched_and_it_is_said(
    store_of: Any, corpus: list[Passage], model_id: str, ask: Ask
) -> None:
    found = HybridRetriever(store_of(corpus, encoded=0), model_id).retrieve(ask(RELEASE[1]), limit=2)
    assert found.hits[0][0].passage.id == 2
    assert found.hits[0][0].cosine is None
    assert found.notices[0].startswith("searched by words alone")


def test_passages_not_yet_encoded_are_found_by_their_words(
    store_of: Any, corpus: list[Passage], model_id: str, ask: Ask
) -> None:
    found = HybridRetriever(store_of(corpus, encoded=4), model_id).retrieve(ask(OTHERS[0]), limit=1)
    assert found.hits[0][0].passage.id == 101
    assert found.notices == (
        "12 of 16 passages were searched by words alone: they have no embeddings yet, run `headwater embed`",
    )


def test_a_query_without_vector_is_searched_by_words(retriever: HybridRetriever) -> None:
    found = retriever.retrieve([Query(RELEASE[2], None)], limit=1)
    assert found.hits[0][0].passage.id == 3
    assert found.notices == ()


def test_what_is_added_is_found_and_what_is_removed_is_not(
    store_of: Any, corpus: list[Passage], model_id: str, ask: Ask, passage: Callable[..., Passage]
) -> None:
    store = store_of(corpus)
    retriever = HybridRetriever(store, model_id)
    queries = ask("Badgers sleep underground in winter")
    assert retriever.retrieve(queries, limit=1).hits[0][0].passage.id != 500
    store.add(passage(500, "Badgers sleep underground in winter."))
    assert retriever.retrieve(queries, limit=1).hits[0][0].passage.id == 500
    store.remove(500)
    assert retriever.retrieve(queries, limit=1).hits[0][0].passage.id != 500


def test_few_candidates_suffice_for_a_small_answer(
    store_of: Any, corpus: list[Passage], model_id: str, ask: Ask
) -> None:
    retriever = HybridRetriever(store_of(corpus), model_id, CheckPolicy(candidates=2))
    assert retriever.retrieve(ask(RELEASE[1]), limit=1).hits[0][0].passage.id == 2


@pytest.mark.parametrize("text", ["", "  ", "?!", "\ud800", 'AND OR NOT "x" NEAR(', "a" * 100_000, "مرحبا بالعالم"])
def test_odd_queries_are_answered(retriever: HybridRetriever, ask: Ask, text: str) -> None:
    hits, _ = retriever.retrieve(ask(text, around=[text]), limit=2).hits
    assert len(hits) <= 2


def test_another_model_is_refused(store_of: Any, corpus: list[Passage], ask: Ask) -> None:
    with pytest.raises(ModelMismatchError, match="embedded by hashing-128@1"):
        HybridRetriever(store_of(corpus), "another@1").retrieve(ask("anything"), limit=1)


def test_threads_get_the_same_answers(retriever: HybridRetriever, ask: Ask) -> None:
    queries = ask(*RELEASE, *OTHERS)
    expected = retriever.retrieve(queries, limit=3).hits
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: retriever.retrieve(queries, limit=3), range(12)):
            assert found.hits == expected


@pytest.mark.parametrize(("figure", "expected"), [("1,200", 2), ("3,400", 5)])
def test_a_figure_tells_where_the_sentence_after_has_its_source(
    figure: str,
    expected: int,
    store_of: Any,
    model_id: str,
    encode: Encode,
    passage: Callable[..., Passage],
    document: Any,
) -> None:
    release = document("homes")
    texts = [
        "The council built 1,200 homes in the county.",
        "Work there will go on for a year.",
        "Ferries sailed.",
        "The council built 3,400 homes in the county.",
        "For a year work there will go on.",
    ]
    corpus = [passage(number, text, release) for number, text in enumerate(texts, 1)]
    corpus += [passage(number, text, document(f"other {number}")) for number, text in enumerate(OTHERS, 101)]
    asked = [f"The council has built {figure} homes in the county.", "Work goes on there."]
    queries = [
        Query(text, vector, place=place) for place, (text, vector) in enumerate(zip(asked, encode(asked), strict=True))
    ]
    hits = HybridRetriever(store_of(corpus), model_id).retrieve(queries, limit=3).hits
    assert [hits[0][0].passage.id, hits[1][0].passage.id] == [expected - 1, expected]
