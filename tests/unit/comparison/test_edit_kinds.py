# What words changed inside a quotation do, and how much a reader is misled.
import pytest

from headwater.comparison.edit_kinds import changes_polarity, classify_words, is_opposite

KINDS = [
    ("economic", "national", "word high"),
    ("the", "", "word medium"),
    ("", "really", "word medium"),
    ("very big", "", "word medium"),
    ("new shiny red", "", "word high"),
    ("of", "in", "word medium"),
    ("networks", "network", "word medium"),
    ("can", "cannot", "polarity high"),
    ("", "not", "polarity high"),
    ("won't", "will", "polarity high"),
    ("rose", "fell", "polarity high"),
    ("lawful", "unlawful", "polarity high"),
    ("more", "fewer", "polarity high"),
    ("may", "will", "meaning high"),
    ("all", "some", "meaning high"),
    ("", "only", "meaning medium"),
    ("nearly", "", "meaning medium"),
    ("we", "they", "meaning high"),
    ("if", "when", "meaning high"),
    ("do not", "don't", "word low"),
    ("12", "21", "figure high"),
    ("", "21", "figure medium"),
    ("£75000000", "$75000000", "figure high"),
    ("%19", "19", "figure high"),
]


@pytest.mark.parametrize(("claimed", "official", "expected"), KINDS)
def test_kind_and_severity(claimed: str, official: str, expected: str) -> None:
    found = classify_words(claimed.split(), official.split())
    assert f"{found.kind} {found.severity.value}" == expected


def test_two_negations_are_none() -> None:
    assert not changes_polarity(["never", "not"], [])
    assert changes_polarity(["not"], [])


@pytest.mark.parametrize(("one", "other"), [("increase", "decreased"), ("supports", "opposed"), ("able", "unable")])
def test_opposites_hold_both_ways(one: str, other: str) -> None:
    assert is_opposite(one, other)
    assert is_opposite(other, one)


@pytest.mark.parametrize(("one", "other"), [("form", "inform"), ("press", "impress"), ("cover", "discover")])
def test_a_longer_word_is_no_opposite(one: str, other: str) -> None:
    assert not is_opposite(one, other)
