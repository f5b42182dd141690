"""A highlight between its surroundings: what it maps to, and that nothing reaches across."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.domain.spans import Span
from headwater.text.normalise import normalise
from headwater.text.surroundings import surround

CASES = [  # prefix, highlight, suffix, working text of all three
    ("", "Work goes on.", "", "Work goes on."),
    ("He said: ", "Work goes on.", "", "He said: Work goes on."),
    ("He said:\n\n", "Work goes on.", " So be it.", "He said:\nWork goes on. So be it."),
    ("mber wi", "ll sign", " it, ", "mber will sign it,"),
    ("Â", "£75 million", "", "Â£75 million"),
    ("  ", "Work goes on.", "\n", "Work goes on."),
]


@pytest.mark.parametrize(("prefix", "text", "suffix", "working"), CASES)
def test_the_three_parts_are_joined(prefix: str, text: str, suffix: str, working: str) -> None:
    found = surround(text, prefix, suffix)
    assert found.mapped.text == working
    assert found.within.slice(working) == normalise(text).text
    assert found.mapped.original == text


def test_repairs_are_those_of_the_highlight() -> None:
    found = surround("an extra ÂŁ75 million", "It is ÂŁ9 million, ")
    assert [(repair.surface, repair.span) for repair in found.repairs] == [("ÂŁ", Span(9, 11))]


@given(prefix=st.text(), text=st.text(), suffix=st.text())
def test_the_highlight_is_read_as_if_it_stood_alone(prefix: str, text: str, suffix: str) -> None:
    found, alone = surround(text, prefix, suffix), normalise(text)
    assert found.within.slice(found.mapped.text) == alone.text
    for at in range(len(alone.text)):
        there = found.mapped.to_original(Span(at, at + 1).shift(found.within.start))
        assert there == alone.mapped.to_original(Span(at, at + 1))
