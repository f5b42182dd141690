from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from headwater.domain.documents import Document, Passage
from headwater.retrieval import coherence
from headwater.retrieval.candidates import Candidate, to_candidate
from headwater.retrieval.coherence import affinities_of, lift, tell_apart, vote
from headwater.retrieval.lexical import WeighedWords, weigh_words


def weighed(text: str) -> WeighedWords:
    return weigh_words([text], lambda terms: dict.fromkeys(terms, 1), 100)[0]


@pytest.fixture
def candidates(passage: Callable[..., Passage], document: Callable[..., Document]) -> list[Candidate]:
    """Two passages of document "release", one each of twelve others."""
    release = document("release")
    mine = [
        passage(1, "The summit will discuss migration with Serbia", release),
        passage(2, "The minister praised the summit in the release of today", release),
    ]
    return [to_candidate(one) for one in mine] + [
        to_candidate(passage(10 + number, "The summit will discuss fishing", document(f"other {number}")))
        for number in range(12)
    ]


def test_a_claim_votes_for_what_lies_above_the_background(candidates: list[Candidate]) -> None:
    similarities = np.array([0.6, 0.9, *(0.8, 0.75), *([0.7] * 10)])
    assert vote(similarities, candidates) == pytest.approx({"release": 1.0, "other 0": 1.0, "other 1": 0.5})


def test_all_documents_alike_get_no_vote(candidates: list[Candidate]) -> None:
    assert vote(np.full(14, 0.7), candidates) == {}


def test_with_few_documents_there_is_no_background(candidates: list[Candidate]) -> None:
    assert vote(np.array([0.05, 0.04, -0.2]), candidates[:3]) == pytest.approx({"release": 0.5})
    assert vote(np.zeros(0), []) == {}


def test_a_claims_own_vote_does_not_count_for_it() -> None:
    votes = [{"a": 1.0}, {"a": 0.5, "b": 1.0}, {"b": 0.5}]
    assert affinities_of(votes, 0) == pytest.approx({"b": 0.75, "a": 0.25})
    assert affinities_of(votes, 1) == pytest.approx({"a": 0.5, "b": 0.25})


def test_few_votes_and_followers_lead_nothing() -> None:
    votes = [{}, *({"often": 1.0} for _ in range(9)), {"once": 1.0, "often": 0.2}]
    assert list(affinities_of(votes, 0)) == ["often"]
    many = [{}, {f"document {number}": 1 - number / 10 for number in range(6)}]
    assert list(affinities_of(many, 0)) == ["document 0", "document 1", "document 2"]


@pytest.mark.parametrize("votes", [[], [{"a": 1.0}]])
def test_a_claim_alone_has_no_affinities(votes: list[dict[str, float]]) -> None:
    assert affinities_of(votes, 0) == {}


def test_a_leading_document_is_lifted_above_its_equals(candidates: list[Candidate]) -> None:
    lifted = lift(np.full(14, 0.7), candidates, weighed("The summit will discuss several topics"), {"release": 1.0})
    assert lifted.argmax() == 0
    assert lifted[0] == pytest.approx(0.7 + coherence.LIFT * (1 - 0.7 / 2))
    assert lifted[2:].tolist() == pytest.approx([0.7] * 12)


def test_inside_a_document_the_words_decide_that_tell_its_passages_apart(candidates: list[Candidate]) -> None:
    telling = tell_apart(candidates[:2], weighed("The summit praised by the minister"))
    assert telling[1] > telling[0] > 0


def test_a_verbatim_hit_elsewhere_stays_first(candidates: list[Candidate]) -> None:
    similarities = np.array([0.8, 0.7, 1.9, *([0.5] * 11)])
    lifted = lift(similarities, candidates, weighed("The summit will discuss fishing"), {"release": 1.0})
    assert lifted.argmax() == 2
    assert lifted.max() <= 2


def test_nothing_to_lift(candidates: list[Candidate]) -> None:
    similarities = np.full(14, 0.7)
    assert lift(similarities, candidates, weighed("summit"), {}).tolist() == similarities.tolist()
    assert lift(similarities, candidates, weighed("summit"), {"absent": 1.0}).tolist() == similarities.tolist()
    assert tell_apart(candidates[:2], weighed("nothing shared")).tolist() == [0, 0]
