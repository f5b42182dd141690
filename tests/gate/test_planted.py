"""Changes planted in the seed article, each alone: the whole article goes through the real service every time."""

from __future__ import annotations

import numpy as np
import pytest
from tests.gate.gold import GoldPair, seed_pair

from headwater.checking import FactChecker
from headwater.domain.findings import Effect, Finding
from headwater.domain.spans import Span
from headwater.retrieval.memory import InMemoryRetriever
from headwater_embeddings.registry import load_encoder

pytestmark = pytest.mark.model

RETURNS = "The government returned 9,400 people, including 2,590 enforced returns, up 19% on the same period in {}."
HEADING = "How Many People Have Attempted Small Boat Crossings in 2024?"

SAID = "minister said: “We need to go further and faster, alongside"

# find, replace, lane, kind or effect of the finding, words that its claimed side shows: surface, or value
PLANTED = [
    # Change 4, its year: the base of a comparison.
    (HEADING, f"{RETURNS.format(2022)}\n\n{HEADING}", "date", "contradicts", "2022"),
    # Change 9: the Prime Minister's words given to the Home Secretary.
    (
        f"The prime {SAID}",
        f"The home secretary{SAID.removeprefix('minister')}",
        "attribution",
        "misattributed",
        "home secretary",
    ),
]
# find, replace, lane: no finding of the lane says anything but that the source agrees, where the new words stand
KEPT = [
    (HEADING, f"{RETURNS.format(2023)}\n\n{HEADING}", "date"),
]


@pytest.fixture(scope="module")
def checker() -> FactChecker:
    encoder = load_encoder("minilm")
    return FactChecker(encoder, InMemoryRetriever((), np.zeros((0, encoder.dimensions), dtype=np.float32)))


@pytest.fixture(scope="module")
def pair() -> GoldPair:
    return seed_pair()


def findings_at(checker: FactChecker, pair: GoldPair, change: tuple[str, str], lane: str) -> list[Finding]:
    """The findings of a lane in the claims that overlap the changed words."""
    old, new = change
    start = pair.article.index(old)
    report = checker.compare(pair.article.replace(old, new, 1), pair.release)
    return [
        finding
        for claim in report.claims
        if claim.claim.span.overlaps(Span(start, start + len(new)))
        for finding in claim.findings
        if finding.lane == lane
    ]


@pytest.mark.parametrize(("old", "new", "lane", "expected", "at"), PLANTED)
def test_a_planted_change_is_named(
    checker: FactChecker, pair: GoldPair, old: str, new: str, lane: str, expected: str, at: str
) -> None:
    found = findings_at(checker, pair, (old, new), lane)
    assert [f for f in found if expected in {f.kind, f.effect.value} and at in f"{f.claimed.surface} {f.claimed.value}"]


@pytest.mark.parametrize(("old", "new", "lane"), KEPT)
def test_a_change_that_keeps_the_sense_is_not(
    checker: FactChecker, pair: GoldPair, old: str, new: str, lane: str
) -> None:
    found = findings_at(checker, pair, (old, new), lane)
    assert not [f for f in found if f.effect in {Effect.SHIFTS, Effect.CONTRADICTS}]
