from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from headwater.domain.claims import Claim
from headwater.extraction.facts import ReadingContext
from headwater.retrieval.asking import EACH_SIDE, Around, queries_of, words_around
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
    assert found == Around(
        before=("The summit met on Thursday.", "Ministers from nine countries took part in it."),
        after=("The deals follow months of talks in London.", "More is to be said next week."),
        title="Fewer boats cross the Channel",
    )


@pytest.mark.parametrize(
    ("prefix", "suffix", "title"),
    [
        ("", "", ""),
        ("of it. ", " And so", "Boats"),  # rests of sentences that were cut off, and a title that says nothing
        ("\n \n", "\u200b", " "),
    ],
)
def test_what_says_nothing_is_left_out(prefix: str, suffix: str, title: str) -> None:
    assert words_around(surround(HIGHLIGHT, prefix, suffix), title) == Around()


def test_only_the_nearest_sentences_are_taken() -> None:
    told = tuple(f"On day {number} the ferries sailed late." for number in range(20))
    text = " ".join(told)
    found = words_around(surround(HIGHLIGHT, f"{text} ", f" {text}"))
    assert found == Around(told[-EACH_SIDE:], told[:EACH_SIDE])


def test_claims_are_answered_and_what_stands_around_them_votes() -> None:
    encoder = HashingEncoder(64)
    around = Around((BEFORE, HIGHLIGHT), (AFTER,), "Fewer boats cross the Channel")
    queries = queries_of(claims_of(HIGHLIGHT), encoder, around=around, day=DAY)
    first = queries[0].place
    assert first is not None
    assert [(query.text, query.only_votes, query.place) for query in queries] == [
        (HIGHLIGHT, False, first),
        (BEFORE, True, first - 2),
        (AFTER, True, first + 1),
        (around.title, True, None),
    ]
    assert {query.day for query in queries} == {DAY}
    for query in queries:
        assert query.vector is not None
        np.testing.assert_allclose(query.vector, encoder.encode([query.text])[0])


def test_parts_of_a_sentence_share_its_place() -> None:
    claims = claims_of("Exports rose by 3% in May, and imports fell by 2% in June. Trade grew in all of the regions.")
    places = {query.text: query.place for query in queries_of(claims, HashingEncoder(64))}
    assert all(places[claim.sentence] == claim.sentence_id for claim in claims)
    assert len(set(places.values())) == 2
