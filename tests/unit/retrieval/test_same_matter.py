from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from headwater.domain.documents import Document, Passage
from headwater.domain.verdicts import ScoredPassage
from headwater.retrieval.query import Query
from headwater.retrieval.same_matter import (
    ALONE,
    FEW_QUERIES,
    IN_A_TEXT,
    Asked,
    SameMatter,
    signs_of,
    with_probabilities,
)

ASKED = Query("Almost 100,000 people crossed the Balkans.", None)
Found = Callable[..., ScoredPassage]


@pytest.fixture
def found(passage: Callable[..., Passage], document: Callable[..., Document]) -> Found:
    def make(
        similarity: float, *, where: str = "release", text: str = "Almost 100,000 crossed.", cosine: float | None = 0.4
    ) -> ScoredPassage:
        return ScoredPassage(passage(1, text, document(where)), similarity=similarity, cosine=cosine, coverage=0.5)

    return make


def probabilities(hits: list[ScoredPassage], queries: int) -> list[float]:
    return [hit.probability or 0 for hit in with_probabilities(ASKED, hits, queries)]


@pytest.mark.parametrize("found_by", [ALONE, IN_A_TEXT])
def test_the_probability_rises_with_nearness_and_lift(found: Found, found_by: SameMatter) -> None:
    assert found_by.base < 0 < min(found_by.near, found_by.lift, found_by.ahead)
    queries = FEW_QUERIES if found_by is ALONE else FEW_QUERIES + 1
    hits = [found(0.2, cosine=0.1), found(0.65), found(1.5)]
    far, near, lifted = probabilities(hits, queries)
    assert 0 < far < near < lifted < 1


@pytest.mark.parametrize("queries", [1, 9])
def test_what_many_documents_say_alike_is_of_no_certain_one(found: Found, queries: int) -> None:
    one_of_many = [found(0.9), found(0.88, where="another")]
    the_only_one = [found(0.9), found(0.5, where="another")]
    assert probabilities(one_of_many, queries)[0] < probabilities(the_only_one, queries)[0]


def test_the_lead_is_over_other_documents_and_never_more_than_was_looked_at(found: Found) -> None:
    of_one = [found(0.9), found(0.8), found(0.7)]
    assert signs_of(ASKED, of_one)[0].ahead == pytest.approx(0.2)
    of_two = [found(0.9), found(0.8), found(0.7, where="another"), found(0.1)]
    assert {round(signs.ahead, 6) for signs in signs_of(ASKED, of_two)} == {0.2}
    assert signs_of(ASKED, []) == []


def test_figures_told_are_a_sign_of_their_own(found: Found) -> None:
    told, other = signs_of(ASKED, [found(0.9), found(0.9, text="Exports rose a little.")])
    assert (told.figures, other.figures) == (1.0, 0.0)
    assert told.near == other.near
    without = found(0.9, cosine=None)
    assert signs_of(ASKED, [without])[0].lift == 0


def test_what_says_little_is_held_whole_by_many(found: Found) -> None:
    (little,), (much,) = (signs_of(ASKED, [found(0.9)], Asked(weight)) for weight in (1.0, 10.0))
    assert (little.held, much.held) == (0.5, 5.0)
    assert ALONE.probability(little) < ALONE.probability(much)


def test_the_day_speaks_for_a_document_of_it_and_against_none(found: Found) -> None:
    of_the_day = replace(ASKED, day=date(2024, 11, 8))  # the document is of the day before
    years_later = replace(ASKED, day=date(2026, 11, 8))
    signs = [signs_of(query, [found(0.9)], Asked(2.0, 4.0))[0] for query in (of_the_day, years_later, ASKED)]
    assert [one.day for one in signs] == [4.0, 0.0, 0.0]
    told, old, unknown = map(ALONE.probability, signs)
    assert told > old == unknown


def test_the_only_passage_there_is_leads_by_all_of_its_nearness(found: Found) -> None:
    assert signs_of(ASKED, [found(0.9)])[0].ahead == 0.9
