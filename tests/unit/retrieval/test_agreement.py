from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from headwater.domain.documents import Passage
from headwater.domain.verdicts import ScoredPassage
from headwater.extraction.quantities import extract_quantities
from headwater.retrieval.agreement import may_tell, rerank
from headwater.retrieval.query import Query

DAY = date(2024, 11, 7)  # of the documents made here


def hit(passage: Passage, similarity: float = 1.0) -> ScoredPassage:
    return ScoredPassage(passage, similarity, 0.5, 0.5)


@pytest.mark.parametrize(
    ("claimed", "right", "wrong"),
    [
        ("Some 250 people arrived", "Number of migrants detected: 252", "Number of migrants detected: 74"),
        ("Sales rose by 2.4% to £3.1 million", "up 2.4% to £3,100,000", "up 4.1% to £9,700,000"),
        ("A fifth of adults smoke", "20 per cent of adults smoke", "50 per cent of adults smoke"),
        ("Seven boats came", "Number of boats detected: 7", "Number of boats detected: 3"),
        ("It happened on 6 July 2022", "24 hours to 6 July 2022", "24 hours to 8 July 2022"),
    ],
)
def test_of_equals_the_passage_with_the_figures_of_the_claim_goes_first(
    passage: Callable[..., Passage], claimed: str, right: str, wrong: str
) -> None:
    found = [hit(passage(1, wrong)), hit(passage(2, right))]
    ranked = rerank(Query(claimed, None), found)
    assert [one.passage.id for one in ranked] == [2, 1]


def test_a_wrong_figure_costs_nothing(passage: Callable[..., Passage]) -> None:
    found = (hit(passage(1, "Costs are £75 million"), 0.9), hit(passage(2, "Nothing at all"), 0.8))
    assert rerank(Query("It costs £33 million", None), found) == found


def test_of_equals_the_passage_in_the_same_words_goes_first(passage: Callable[..., Passage]) -> None:
    found = [hit(passage(1, "Boats came, and the ministers met")), hit(passage(2, "The ministers met, and boats came"))]
    ranked = rerank(Query("Ministers met and boats came on", None), found)
    assert [one.passage.id for one in ranked] == [2, 1]
    assert ranked[1].similarity >= found[0].similarity


def test_a_few_pairs_of_words_tell_only_where_no_text_tells_the_document(passage: Callable[..., Passage]) -> None:
    found = (hit(passage(1, "Nothing at all")), hit(passage(2, "The ministers met")))
    query = Query("Ministers met to talk of boats that came", None)
    assert [one.passage.id for one in rerank(query, found, is_led=False)] == [2, 1]
    assert rerank(query, found) == found


def test_a_verbatim_passage_stays_first(passage: Callable[..., Passage]) -> None:
    found = [hit(passage(1, "Words alone"), 2.0), hit(passage(2, "7 boats"), 1.9)]
    assert [one.passage.id for one in rerank(Query("7 boats", None), found)] == [1, 2]


def test_without_figures_and_days_the_order_stays(passage: Callable[..., Passage]) -> None:
    found = (hit(passage(1, "7 boats"), 0.5), hit(passage(2, "8 boats"), 0.4))
    assert rerank(Query("boats came", None), found) == found


@pytest.mark.parametrize(
    ("claimed", "text", "expected"),
    [
        ("252 people", "the number was 252", True),
        ("252 people", "a quarter of a thousand", True),
        ("252 people", "the number was 7,000", False),
        ("252 people", "no number at all", False),
        ("nobody", "the number was 7", False),
        ("9.9 million people", "10,100,000 people", True),
    ],
)
def test_a_look_at_the_digits_leaves_out_what_cannot_agree(claimed: str, text: str, expected: bool) -> None:
    assert may_tell(extract_quantities(claimed), text) is expected
