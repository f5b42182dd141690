from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from headwater.domain.documents import Passage
from headwater.retrieval.memory import InMemoryRetriever
from headwater.retrieval.query import Query

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

TEXTS = [
    "Almost 100,000 migrants transited through the Western Balkans last year.",
    "The deals will increase intelligence sharing and co-operation.",
    "These agreements build on the partnership between the UK and Albania.",
    "We cannot do it in isolation.",
]


@pytest.fixture
def retriever(passage: Callable[..., Passage], encode: Encode) -> InMemoryRetriever:
    return InMemoryRetriever([passage(number, text) for number, text in enumerate(TEXTS)], encode(TEXTS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nearly 100,000 people crossed the Western Balkans", 0),
        ("cooperation and the sharing of intelligence", 1),
        ("The UK shares intelligence with Turkey and Albania in the partnership", 2),
        ("“we cannot do it in isolation”", 3),
    ],
)
def test_the_right_passage_comes_first(retriever: InMemoryRetriever, encode: Encode, text: str, expected: int) -> None:
    (hits,) = retriever.retrieve([Query(text, encode([text])[0])], limit=2).hits
    assert hits[0].passage.id == expected
    assert len(hits) == 2


def test_what_stands_around_a_claim_is_not_answered(retriever: InMemoryRetriever) -> None:
    hits = retriever.retrieve([Query("isolation", None), Query(TEXTS[0], None, only_votes=True)], limit=1).hits
    assert [[hit.passage.id for hit in found] for found in hits] == [[3], []]


def test_what_the_source_does_not_hold_lowers_coverage(retriever: InMemoryRetriever) -> None:
    (said,), (unsaid,) = retriever.retrieve(
        [Query("migrants transited", None), Query("migrants transited Patagonia by hovercraft", None)], limit=1
    ).hits
    assert said.coverage == pytest.approx(1)
    assert unsaid.coverage < 0.6
    assert unsaid.similarity < said.similarity


def test_without_vectors_words_decide(passage: Callable[..., Passage], encode: Encode) -> None:
    retriever = InMemoryRetriever([passage(number, text) for number, text in enumerate(TEXTS)])
    found = retriever.retrieve([Query(TEXTS[2], encode([TEXTS[2]])[0])], limit=1)
    assert found.hits[0][0].passage.id == 2
    assert found.hits[0][0].cosine is None


def test_a_verbatim_passage_scores_two(retriever: InMemoryRetriever, encode: Encode) -> None:
    (hits,) = retriever.retrieve([Query(TEXTS[0], encode([TEXTS[0]])[0])], limit=4).hits
    assert hits[0].similarity == pytest.approx(2, abs=1e-5)
    assert all(hit.similarity <= 2 for hit in hits)


def test_an_empty_text_answers_nothing(encode: Encode) -> None:
    retriever = InMemoryRetriever([], encode([]))
    assert retriever.retrieve([Query("one", None), Query("two", None)], limit=3).hits == ((), ())


def test_one_vector_for_each_passage(passage: Callable[..., Passage], encode: Encode) -> None:
    with pytest.raises(ValueError, match="1 passages, but 4 vectors"):
        InMemoryRetriever([passage(1, "one")], encode(TEXTS))
