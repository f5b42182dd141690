import tomllib
from pathlib import Path

import pytest

from headwater.comparison.polarity import compare_polarity
from headwater.comparison.turned_words import are_opposite
from headwater.domain.findings import Effect
from unit.comparison.reading import read

BANK = tomllib.loads((Path(__file__).parent / "banks" / "turned_words.toml").read_text("utf-8"))


def rows(name):
    return [pytest.param(*pair, id=f"{group}: {pair[0][:40]}") for group, lists in BANK.items() for pair in lists[name]]


def contradicted(claimed, official):
    return [f for f in compare_polarity(read(claimed), [read(official)]) if f.effect is Effect.CONTRADICTS]


@pytest.mark.parametrize(("claimed", "official"), rows("speaks"))
def test_a_word_turned_round_is_contradicted(claimed, official):
    assert contradicted(claimed, official)


@pytest.mark.parametrize(("claimed", "official"), rows("silent"))
def test_a_faithful_rewording_is_not(claimed, official):
    assert not [finding.explanation for finding in contradicted(claimed, official)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("shallow", "deep", True),
        ("permanent", "temporary", True),
        ("accepted", "rejected", True),
        ("patented", "unpatented", True),
        ("raise", "lower", True),
        ("raise", "lift", False),
        ("to", "into", False),
        ("form", "inform", False),
        ("vest", "invest", False),
        ("council", "county", False),
    ],
)
def test_words_are_opposite_in_either_order(one, other, expected):
    assert are_opposite(one, other) is expected
    assert are_opposite(other, one) is expected
