from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from headwater.domain.documents import Document, Passage, PassageKind
from headwater.retrieval.candidates import to_candidate
from headwater.retrieval.coherence import TOP
from headwater.retrieval.fusion import AROUND, AROUND_SQUARED, HEADING, INSIDE, MEANT, cover, score
from headwater.retrieval.lexical import WeighedWords
from headwater.retrieval.words import code_of, codes_of


def words(**weights: float) -> WeighedWords:
    coded = sorted((code_of(word), weight) for word, weight in weights.items())
    return WeighedWords(
        np.array([code for code, _ in coded], dtype=np.uint32),
        np.array([weight for _, weight in coded]),
        frozenset(),
        frozenset(),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gangs smuggle people.", 1.0),
        ("the gang", 0.5),
        ("people, people, people", 0.2),
        ("nothing of the kind", 0.0),
        ("", 0.0),
    ],
)
def test_coverage_is_the_share_of_weight(text: str, expected: float) -> None:
    query = words(gangs=5.0, smuggle=3.0, people=2.0)
    assert cover(query, [codes_of("gangs"), codes_of(text)]).tolist() == pytest.approx([0.5, expected])


def test_a_query_without_weight_covers_nothing() -> None:
    assert cover(words(gangs=0.0), [codes_of("gangs")]).tolist() == [0]
    assert cover(words(), [codes_of("gangs")]).tolist() == [0]
    assert cover(words(gangs=1.0), []).shape == (0,)


def test_every_shared_word_counts_in_a_corpus_and_nearly_all_inside_a_known_document(
    passage: Callable[..., Passage],
) -> None:
    query = words(gangs=6.0, smuggle=4.0)
    scores = score(query, [to_candidate(passage(1, "the gangs"))], np.array([0.5]))
    assert scores.coverages.tolist() == pytest.approx([0.6])
    assert scores.similarities.tolist() == pytest.approx(
        [MEANT * 0.5 + (INSIDE + AROUND) * 0.6 + AROUND_SQUARED * 0.36]
    )
    assert scores.within.tolist() == pytest.approx([0.5 + 0.36])


def test_a_passage_with_all_of_the_words_and_the_meaning_leaves_room_for_their_order(
    passage: Callable[..., Passage],
) -> None:
    scores = score(words(gangs=1.0), [to_candidate(passage(1, "gangs"))], np.array([1.0]))
    assert 1.5 < scores.similarities[0] < TOP - 0.4
    assert scores.within[0] == pytest.approx(TOP)


def test_words_around_count_too(passage: Callable[..., Passage], document: Callable[..., Document]) -> None:
    query = words(gangs=6.0, smuggle=4.0)
    texts = [
        passage(1, "the gangs", document("d", "Smuggled goods")),
        passage(2, "the gangs", heading="Smuggling"),
        passage(3, "the gangs", speaker="Minister for Smuggling"),
    ]
    scores = score(query, [to_candidate(one) for one in texts], np.full(3, 0.5))
    assert scores.within.tolist() == pytest.approx([0.5 + 0.18 + 0.5] * 3)
    assert scores.similarities.tolist() == pytest.approx([MEANT * 0.5 + INSIDE * 0.6 + AROUND + AROUND_SQUARED] * 3)
    assert scores.coverages.tolist() == pytest.approx([0.6] * 3)


def test_headings_stand_back(passage: Callable[..., Passage]) -> None:
    texts = [passage(1, "gangs"), passage(2, "gangs", kind=PassageKind.HEADING)]
    plain, heading = score(words(gangs=1.0), [to_candidate(one) for one in texts], np.full(2, 0.5)).similarities
    assert heading == pytest.approx(plain * HEADING)


def test_a_passage_without_a_vector_is_scored_by_its_words(passage: Callable[..., Passage]) -> None:
    texts = [passage(1, "gangs smuggle"), passage(2, "gangs"), passage(3, "nothing")]
    scores = score(words(gangs=1.0, smuggle=1.0), [to_candidate(one) for one in texts], np.full(3, np.nan))
    assert np.isnan(scores.cosines).all()
    assert scores.similarities[0] > scores.similarities[1] > scores.similarities[2] >= 0
