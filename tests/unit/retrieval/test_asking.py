from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from headwater.domain.claims import Claim
from headwater.extraction.facts import ReadingContext
from headwater.retrieval.asking import EACH_SIDE, queries_of, words_around
from headwater.segmentation.claims import segment_claims
from headwater.text.surroundings import surround
from headwater_embeddings.hashing import HashingEncoder

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

BEFORE = "The summit met on Thursday. Ministers from nine countries took part in it."
AFTER = "The deals follow months of talks in London. More is to be said next week."
HIGHLIGHT = "They stated that crossings had fallen by a third."
DAY = date(2024, 11, 7)


def claims_of(text: str) -> Sequence[Claim]:
    surrounded = surround(text)
    return segment_claims(surrounded.mapped, ReadingContext(DAY), within=surrounded.within)


def test_the_sentences_around_a_highlight_and_its_headline_are_found() -> None:
    found = words_around(surround(HIGHLIGHT, BEFORE + " ", " " + AFTER), "Fewer boats cross the Channel")
    assert found == (
        "The summit met on Thursday.",
        "Ministers from nine countries took part in it.",
        "The deals follow months of talks in London.",
        "More is to be said next week.",
        "Fewer boats cross the Channel",
    )


@pytest.mark.parametrize(
    ("prefix", "suffix", "title", "expected"),
    [
        ("", "", "", ()),
        ("of it. ", " And so", "Boats", ()),  # rests of sentences that were cut off, and a title that says nothing
        (f"{HIGHLIGHT} ", "", "", (HIGHLIGHT,)),
        ("\n \n", "\u200b", " ", ()),
    ],
)
def test_what_says_nothing_is_left_out(prefix: str, suffix: str, title: str, expected: tuple[str, ...]) -> None:
    assert words_around(surround(HIGHLIGHT, prefix, suffix), title) == expected


def test_only_the_nearest_sentences_are_taken() -> None:
    told = [f"On day {number} the ferries sailed late." for number in range(20)]
    text = " ".join(told)
    found = words_around(surround(HIGHLIGHT, f"{text} ", f" {text}"))
    assert found == (*told[-EACH_SIDE:], *told[:EACH_SIDE])


def test_claims_are_answered_and_what_stands_around_them_votes() -> None:
    encoder = HashingEncoder(64)
    queries = queries_of(claims_of(HIGHLIGHT), encoder, around=["The summit met on Thursday.", HIGHLIGHT], day=DAY)
    assert [(query.text, query.only_votes) for query in queries] == [
        (HIGHLIGHT, False),
        ("The summit met on Thursday.", True),
    ]
    assert {query.day for query in queries} == {DAY}
    for query in queries:
        assert query.vector is not None
        np.testing.assert_array_equal(query.vector, encoder.encode([query.text])[0])
