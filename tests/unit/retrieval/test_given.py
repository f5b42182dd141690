"""A given text is searched a few claims at a time, and finds what asking for all at once would."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from headwater.alignment.hits import hits_of
from headwater.corpus.given import given_passages
from headwater.domain.spans import MappedText
from headwater.retrieval.asking import queries_of
from headwater.retrieval.given import FIRST_BLOCK, LARGEST_BLOCK, Found, GivenText, blocks
from headwater.retrieval.memory import InMemoryRetriever
from headwater.segmentation.claims import segment_claims
from headwater_embeddings.hashing import HashingEncoder

SOURCE = "\n\n".join(f"The {name} fund paid £{number} million to {number + 2} schools." for number, name in enumerate(
    ("roads", "rail", "ports", "farms", "homes", "hospitals", "courts", "parks", "buses", "mines") * 3, 10
))  # fmt: skip
ARTICLE = "\n\n".join(
    f"Ministers said the {name} fund gave £{number} million." for number, name in enumerate(("rail", "farms", "courts"))
)


class CountingEncoder(HashingEncoder):
    """Counts the texts of each call."""

    def __init__(self, lanes: int) -> None:
        super().__init__(64)
        self.lanes = lanes
        self.calls: list[int] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls.append(len(texts))
        return super().encode(texts)


@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_block_by_block_finds_what_all_at_once_does(lanes: int) -> None:
    encoder, passages = CountingEncoder(lanes), given_passages(SOURCE)
    claims = segment_claims(MappedText.identity(ARTICLE * 4))
    queries = queries_of(claims, encoder)
    vectors = encoder.encode([passage.text for passage in passages])
    at_once = Found.of(queries, InMemoryRetriever(passages, vectors).retrieve(queries, limit=4))
    encoder.calls.clear()
    by_blocks = GivenText(passages, encoder).find(claims, limit=4)
    assert [hits_of(claim, by_blocks) for claim in claims] == [hits_of(claim, at_once) for claim in claims]
    assert sum(sorted(encoder.calls)[-lanes:]) == len(passages)
    assert sorted(by_blocks) == sorted(at_once)


def test_nothing_is_encoded_of_claims_that_nobody_asks_for() -> None:
    encoder = CountingEncoder(1)
    passages = given_passages(SOURCE)
    claims = segment_claims(MappedText.identity(ARTICLE * 4))
    found = GivenText(passages, encoder).find(claims, limit=4)
    hits_of(claims[0], found)
    assert encoder.calls[0] == len(passages)
    assert sum(encoder.calls[1:]) <= 2 * FIRST_BLOCK
    with pytest.raises(KeyError):
        found["nobody asked for this"]


def test_blocks_grow_to_a_bound_and_hold_every_claim_once() -> None:
    claims = segment_claims(MappedText.identity(" ".join(f"The fund paid £{number} million." for number in range(150))))
    cut = list(blocks(claims))
    assert [claim for block in cut for claim in block] == list(claims)
    assert (len(cut[0]), max(map(len, cut))) == (FIRST_BLOCK, LARGEST_BLOCK)


def test_a_failing_encoder_is_the_checks_failure() -> None:
    class Broken(HashingEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:  # noqa: ARG002
            raise RuntimeError("no model")

    found = GivenText(given_passages(SOURCE), Broken(64)).find(segment_claims(MappedText.identity(ARTICLE)), limit=4)
    with pytest.raises(RuntimeError, match="no model"):
        found["anything"]
