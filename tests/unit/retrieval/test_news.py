from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from headwater.domain.documents import Document, Passage
from headwater.retrieval.candidates import Candidate, to_candidate
from headwater.retrieval.news import NEWS, with_news


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
