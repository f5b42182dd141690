import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.extraction import date_tokens, quantities
from headwater.text.letters import letter_runs


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("", set()),
        ("12.5 % – £3", set()),
        ("Two-thirds of the UK’s ports", {"two", "thirds", "of", "the", "uk", "s", "ports"}),
        ("café", {"caf"}),
    ],
)
def test_runs_of_letters(text: str, held: set[str]) -> None:
    assert letter_runs(text) == held


@given(st.text(alphabet="aAiIıİſsKkfive 1½-'’é\n", max_size=30))
def test_whatever_matches_without_case_is_held(text: str) -> None:
    for word in ("a", "i", "five", "k", "s"):
        found = re.search(rf"(?<![^\W_]){word}(?![^\W_])", text, re.IGNORECASE)
        assert found is None or word in letter_runs(text)


WORDS = [
    "May",
    "a",
    "third",
    "half",
    "£",
    "5",
    "½",
    "over",
    "last night",
    "the",
    "number",
    "of",
    "Monday",
    "hallowe'en",
]


@given(st.lists(st.sampled_from([*WORDS, "-", "’s", "year", "ſun", "dozen", "same time", "\n"]), max_size=9))
def test_a_text_passed_over_holds_nothing(parts: list[str]) -> None:
    text = " ".join(parts)
    if not date_tokens.may_hold_anchor(text):
        assert date_tokens.ANCHOR.search(text) is None
    if not quantities.may_hold_figure(text):
        assert quantities._read_lines(text, ()) == ()
