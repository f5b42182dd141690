from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from headwater.domain.documents import Document, Passage
from headwater.retrieval.candidates import Candidate, to_candidate
from headwater.retrieval.neighbours import DRAW, FIRM, Landing, draw, landing_of, landings_beside
from headwater.retrieval.query import Query

IDS = (11, 12, 13, 21)


@pytest.fixture
def candidates(passage: Callable[..., Passage], document: Callable[..., Document]) -> list[Candidate]:
    """Three passages of one document and one of another."""
    release, other = document("release"), document("other")
    texts = ["Ferries sailed.", "Ministers met.", "Prices fell.", "Prices fell."]
    places = zip(IDS, texts, (release, release, release, other), strict=True)
    return [to_candidate(passage(number, text, where)) for number, text, where in places]


@pytest.mark.parametrize(
    ("similarities", "expected", "firmness"),
    [
        ([0.9, 0.5, 0.4, 0.3], 11, 1.0),
        ([0.5, 0.5 + FIRM / 3, 0.4, 0.3], 12, 1 / 3),
        ([0.2, 0.3, 0.9, 0.9], 13, 1.0),  # a copy elsewhere is no rival
    ],
)
def test_a_sentence_lands_where_one_passage_leads(
    candidates: list[Candidate], similarities: list[float], expected: int, firmness: float
) -> None:
    landing = landing_of(IDS, candidates, np.array(similarities))
    assert landing is not None
    assert (landing.passage, landing.document) == (expected, "release")
    assert landing.firmness == pytest.approx(firmness)


def test_a_sentence_lands_nowhere_between_equals(candidates: list[Candidate]) -> None:
    assert landing_of(IDS, candidates, np.array([0.5, 0.5, 0.1, 0.1])) is None
    assert landing_of((), (), np.zeros(0)) is None


def test_passages_beside_a_landing_are_drawn(candidates: list[Candidate]) -> None:
    similarities = np.array([0.4, 0.4, 1.0, 0.4])
    drawn = draw(similarities, IDS, candidates, [Landing(12, "release", 1, 0.5)])
    assert drawn == pytest.approx([0.4 + DRAW / 2 * 0.8, 0.4 + DRAW / 2 * 0.8, 1 + DRAW / 4, 0.4])
    assert similarities[0] == 0.4


def test_two_landings_draw_once_and_none_outside_their_version(candidates: list[Candidate]) -> None:
    similarities = np.full(4, 0.4)
    twice = draw(similarities, IDS, candidates, [Landing(11, "release", 1, 0.5), Landing(12, "release", 1, 1.0)])
    assert twice == pytest.approx([*[0.4 + DRAW * 0.8] * 3, 0.4])
    assert draw(similarities, IDS, candidates, [Landing(20, "release", 1, 1.0)]).tolist() == similarities.tolist()
    assert draw(similarities, IDS, candidates, []) is similarities


def test_the_sentences_before_and_after_count() -> None:
    here = Landing(11, "release", 1, 1.0)
    landings = {3: here, 4: here, 5: None}
    assert landings_beside(Query("it", None, place=4), landings) == [here]
    assert landings_beside(Query("it", None, place=7), landings) == []
    assert landings_beside(Query("it", None), landings) == []
