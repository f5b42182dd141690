from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from headwater.domain.documents import Document, Passage
from headwater.retrieval.candidates import Candidate, to_candidate
from headwater.retrieval.news import NEWS, news_tells, with_news


@pytest.fixture
def candidate(passage: Callable[..., Passage], document: Callable[..., Document]) -> Candidate:
    return to_candidate(passage(1, "They met in Paris", document("release")))  # of 7 November 2024


@pytest.mark.parametrize(
    ("day", "gains"),
    [
        (date(2024, 11, 6), True),
        (date(2024, 11, 7), True),
        (date(2024, 11, 10), True),
        (date(2024, 11, 5), False),
        (date(2024, 11, 11), False),
        (date(2023, 11, 7), False),
        (None, False),
    ],
)
def test_news_is_told_within_days_of_its_document(candidate: Candidate, day: date | None, gains: bool) -> None:
    lifted = with_news(np.array([0.5]), [candidate], day)
    assert lifted[0] == pytest.approx(0.5 + 0.75 * NEWS * gains)


def test_a_verbatim_passage_gains_nothing(candidate: Candidate) -> None:
    assert with_news(np.array([2.0]), [candidate], date(2024, 11, 7)).tolist() == [2.0]


@pytest.mark.parametrize(
    ("of_the_day", "others", "tells"), [(1, 9, math.log(10)), (5, 5, math.log(2)), (10, 0, 0.0), (0, 10, 0.0)]
)
def test_a_day_that_few_documents_share_tells_most(
    candidate: Candidate, of_the_day: int, others: int, tells: float
) -> None:
    same = [replace(candidate, document=f"same {one}") for one in range(of_the_day)]
    old = [replace(candidate, document=f"old {one}", days=(date(2001, 1, 1),)) for one in range(others)]
    assert news_tells([*same, *same, *old], date(2024, 11, 7)) == pytest.approx(tells)
    assert news_tells([*same, *old], None) == 0
