from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from headwater.domain.documents import Document, Passage
from headwater.domain.verdicts import ScoredPassage
from headwater.retrieval.same_release import gather_copies

RELEASE = [
    "The Home Office will announce new agreements with Serbia, North Macedonia and Kosovo on migration.",
    "Almost 100,000 migrants transited through the Western Balkans last year, the latest figures show.",
]
FOOT = "These estimates are provisional and may be revised in the next release of this bulletin."


def place(document: Document, site: str, day: int = 7, publisher: str = "Home Office") -> Document:
    when = datetime(2024, 11, day, tzinfo=UTC)
    return replace(document, url=f"https://{site}/{document.id}", first_published=when, publisher=publisher)


@pytest.fixture
def found(passage: Callable[..., Passage], document: Callable[..., Document]) -> dict[str, list[Passage]]:
    """One release at two sites, the copy found first, and two bulletins that end with the same sentence."""
    copy = place(document("copy"), "news.example", publisher="Newswire")
    original = place(document("original"), "gov.example")
    one, other = place(document("march"), "one.example"), place(document("april"), "two.example")
    return {
        "copy": [passage(1, RELEASE[0].replace(",", " -"), copy), passage(2, RELEASE[1], copy)],
        "original": [passage(11, RELEASE[0], original), passage(12, RELEASE[1], original)],
        "march": [
            passage(21, "Exports of copper and tin rose a little in all regions of the country.", one),
            passage(22, FOOT, one),
        ],
        "april": [
            passage(31, "Fewer hedgehogs were counted by volunteers than in any spring before.", other),
            passage(32, FOOT, other),
        ],
    }


def scored(passage: Passage) -> ScoredPassage:
    return ScoredPassage(passage, 1.0, 0.6, 0.6)


def test_a_release_on_two_sites_is_one_answer_of_its_publisher(found: dict[str, list[Passage]]) -> None:
    hits = [scored(found[name][place]) for place in (0, 1) for name in ("copy", "original")]
    answers = gather_copies(hits, lambda document: found[document])
    assert [one.passage.id for one in answers] == [11, 12]
    assert [[each.id for each in one.also_at] for one in answers] == [["copy"], ["copy"]]


def test_an_earlier_day_makes_the_original(found: dict[str, list[Passage]]) -> None:
    early = replace(found["copy"][0], document=place(found["copy"][0].document, "news.example", 6, "Newswire"))
    (answer,) = gather_copies([scored(found["original"][0]), scored(early)], lambda document: found[document])
    assert answer.passage.id == 1


def test_a_sentence_that_two_documents_share_makes_no_copy(found: dict[str, list[Passage]]) -> None:
    hits = [scored(found["march"][1]), scored(found["april"][1])]
    assert gather_copies(hits, lambda document: found[document]) == tuple(hits)


def test_a_statement_made_twice_on_one_site_is_one_answer(found: dict[str, list[Passage]]) -> None:
    twice = _at(found, "gov.example", "gov.example")
    (answer,) = gather_copies([scored(twice["copy"][1]), scored(twice["original"][1])], lambda one: twice[one])
    assert [each.id for each in answer.also_at] != []


def test_of_two_days_on_one_site_neither_is_a_copy(found: dict[str, list[Passage]]) -> None:
    twice = _at(found, "gov.example", "gov.example", day=8)
    hits = [scored(twice["copy"][1]), scored(twice["original"][1])]
    assert gather_copies(hits, lambda one: twice[one]) == tuple(hits)


def test_a_form_filled_in_for_another_is_no_copy(found: dict[str, list[Passage]]) -> None:
    forms = _at(found, "gov.example", "gov.example")
    for name, who in (("copy", "Cleaver"), ("original", "Superior")):
        text = f"{RELEASE[1]} {who} asked for a waiver, and the petition of {who} is made public now."
        forms[name] = [*forms[name], *(replace(forms[name][0], text=text) for _ in range(2))]
    hits = [scored(forms["copy"][1]), scored(forms["original"][1])]
    assert gather_copies(hits, lambda one: forms[one]) == tuple(hits)


@pytest.mark.parametrize(("old", "new"), [("100,000", "10,000"), ("Balkans", "Alps")])
def test_a_copy_with_another_figure_or_name_is_none(found: dict[str, list[Passage]], old: str, new: str) -> None:
    other = replace(found["copy"][1], text=found["copy"][1].text.replace(old, new))
    hits = [scored(found["original"][1]), scored(other)]
    assert gather_copies(hits, lambda one: found[one]) == tuple(hits)


def _at(found: dict[str, list[Passage]], copy: str, original: str, day: int = 7) -> dict[str, list[Passage]]:
    """Return the release at two addresses, word for word."""
    documents = {
        "copy": place(found["copy"][0].document, copy, day),
        "original": place(found["original"][0].document, original),
    }
    return {
        name: [replace(one, document=document, id=one.id + 100 * (name == "copy")) for one in found["original"]]
        for name, document in documents.items()
    }
