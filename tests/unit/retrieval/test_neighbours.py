from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from headwater.domain.documents import Document, Passage
from headwater.retrieval.candidates import Candidate, to_candidate
from headwater.retrieval.neighbours import DRAW, FIRM, ONWARD, Beside, Landing, draw, landing_of, landings_beside
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


def test_passages_near_a_landing_are_drawn(candidates: list[Candidate]) -> None:
    similarities = np.array([0.4, 0.4, 1.0, 0.4])
    drawn = draw(similarities, IDS, candidates, Beside(before=Landing(12, "release", 1, 0.5)))
    back, here, on = (DRAW * ONWARD[steps] / 2 for steps in (-1, 0, 1))
    assert drawn == pytest.approx([0.4 + back * 0.8, 0.4 + here * 0.8, 1 + on / 2, 0.4])
    assert similarities[0] == 0.4


def test_the_source_of_the_sentence_after_stands_onward(candidates: list[Candidate]) -> None:
    similarities = np.full(4, 0.4)
    drawn = draw(similarities, IDS, candidates, Beside(after=Landing(12, "release", 1, 1.0)))
    assert drawn[0] - 0.4 == pytest.approx(DRAW * ONWARD[1] * 0.8)
    assert drawn[2] - 0.4 == pytest.approx(DRAW * ONWARD[-1] * 0.8)
    assert drawn[0] > drawn[2]


def test_both_sides_draw_and_none_outside_their_version(candidates: list[Candidate]) -> None:
    similarities = np.full(4, 0.4)
    both = draw(similarities, IDS, candidates, Beside(Landing(11, "release", 1, 0.5), Landing(12, "release", 1, 1.0)))
    assert both[1] - 0.4 == pytest.approx(DRAW * 0.8 * (ONWARD[1] / 2 + ONWARD[0]))
    assert both[3] == 0.4
    far = Beside(Landing(21 + max(ONWARD) + 1, "release", 1, 1.0))
    assert draw(similarities, IDS, candidates, far) is similarities
    assert draw(similarities, IDS, candidates, Beside()) is similarities


def test_the_sentences_before_and_after_count() -> None:
    here = Landing(11, "release", 1, 1.0)
    landings = {3: here, 4: here, 5: None}
    assert landings_beside(Query("it", None, place=4), landings) == Beside(before=here)
    assert landings_beside(Query("it", None, place=2), landings) == Beside(after=here)
    assert landings_beside(Query("it", None, place=7), landings) == Beside()
    assert landings_beside(Query("it", None), landings) == Beside()
