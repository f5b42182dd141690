"""Where a claim is parted once more before its verdict, and where it is one assertion."""

import pytest

from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts
from headwater.segmentation.claims import segment_claims
from headwater.segmentation.parts import split_claim, split_parts

PARTED = [
    (
        "The bridge was approved in March and will carry trams from next year.",
        ["The bridge was approved in March", "and will carry trams from next year."],
    ),
    (
        "Harbour fees will rise to £90 a day, with half the money going to repairs.",
        ["Harbour fees will rise to £90 a day", "with half the money going to repairs."],
    ),
    (
        "Visitor numbers rose to 2.9 million last year, the highest since the museum opened.",
        ["Visitor numbers rose to 2.9 million last year", "the highest since the museum opened."],
    ),
    (
        "In all, 67 ships were inspected at sea, down 51 per cent on the year before.",
        ["In all, 67 ships were inspected at sea", "down 51 per cent on the year before."],
    ),
    (
        "The pump is old and was last serviced in 2009, but can be repaired within a week.",
        ["The pump is old", "and was last serviced in 2009", "but can be repaired within a week."],
    ),
]
WHOLE = [
    "The bridge was approved in March.",
    "The minister met farmers and fishermen from the north.",
    "She travelled with the mayor of Leeds to the site.",
    "The library is open and is free.",
    "Nurses, with help, coped.",
    "Prices went up and down through the summer months.",
]


@pytest.mark.parametrize(("text", "expected"), PARTED)
def test_parts_two_assertions(text: str, expected: list[str]) -> None:
    assert [span.slice(text) for span in split_parts(text, extract_facts(text))] == expected


@pytest.mark.parametrize("text", WHOLE)
def test_leaves_one_assertion_whole(text: str) -> None:
    assert [span.slice(text) for span in split_parts(text, extract_facts(text))] == [text]


def test_parts_point_into_the_original_and_keep_their_facts() -> None:
    text = "Harbour fees will rise to £90 a day, with £3 million going to repairs."
    (claim,) = segment_claims(MappedText.identity(text))
    parts = split_claim(claim)
    assert [part.text for part in parts] == [part.span.slice(text) for part in parts]
    assert [[fact.surface for fact in part.content.facts.quantities] for part in parts] == [
        ["£90 a day"],
        ["£3 million"],
    ]
    for part in parts:
        assert all(fact.span.slice(part.content.text) == fact.surface for fact in part.content.facts.quantities)


def test_a_quotation_is_never_parted() -> None:
    text = "“The bridge was approved in March and will carry trams from next year,” she said."
    for claim in segment_claims(MappedText.identity(text)):
        assert split_claim(claim) == (claim,)
