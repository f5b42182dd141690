"""Tokens of a line, and the windows a text is read in."""

from __future__ import annotations

import pytest

from headwater.extraction.quantities import extract_quantities
from headwater.extraction.tokens import MASKED, NUMBER, PAD, WORD, Tokens, iterate_windows


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("£1,234.50m", ["£", "1,234.50", "m"]),
        ("1 234 567 people", ["1 234 567", "people"]),
        ("in 40 1 280 4", ["in", "40", "1", "280", "4"]),
        ("12,34,567", ["12,34,567"]),
        ("two-thirds", ["two", "-", "thirds"]),
        ("2½km²", ["2", "½", "km²"]),
        ("the EU's 27", ["the", "EU's", "27"]),
        ("1.2.3", ["1.2", ".", "3"]),
        ("٣٤ men", ["٣٤", "men"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    tokens = Tokens(text, 0, len(text))
    assert tokens.words[: tokens.count] == words
    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)][: tokens.count] == words


def test_look_around_beyond_the_ends_reads_nothing() -> None:
    tokens = Tokens("5 men", 0, 5)
    assert [tokens.words[at] for at in (-PAD, -1, 2, tokens.count + PAD - 1)] == ["", "", "", ""]
    assert not tokens.glued(0)
    assert not tokens.glued(tokens.count)


def test_masked_tokens_are_blank() -> None:
    tokens = Tokens("12 May and 5", 0, 12, [(0, 6)])
    assert tokens.kinds[:4] == [MASKED, MASKED, WORD, NUMBER]
    assert tokens.lower[0] == ""


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("This was 0.6%4 of the total.", ["0.6%"]),
        ("In all 179,0005 (64%) had one.", ["179,000", "64%"]),
        ("There were 3,500,00012 visitors.", ["3,500,000"]),
        ("Some 1.6 million2 people came.", ["1.6 million"]),
        ("It cost £4.5 billion3.", ["£4.5 billion"]),
        ("The share was 81%5.", ["81%"]),
        # and what is no mark of a note
        ("It rose to 12.3%, 5 more than before.", ["12.3%", "5"]),
        ("There were 1,234,567 visitors.", ["1,234,567"]),
        ("It rose by 64%. 5 of them left.", ["64%", "5"]),
        ("It raised 12,34,567 rupees.", ["12,34,567 rupees"]),
        ("Of 3,000, 5 were left.", ["3,000", "5"]),
    ],
)
def test_marks_of_notes_set_against_a_figure_are_no_part_of_it(text: str, figures: list[str]) -> None:
    assert [figure.surface for figure in extract_quantities(text)] == figures


@pytest.mark.parametrize(
    ("text", "at", "ends"), [("He won. Two", 2, True), ("No. 5", 1, False), ("U.S. 5", 3, False), ("5.", 1, True)]
)
def test_sentence_ends(text: str, at: int, ends: bool) -> None:
    assert Tokens(text, 0, len(text)).ends_sentence(at) is ends


@pytest.mark.parametrize("text", ["", "one\ntwo\n\nthree", "a sentence. " * 3000, "x" * 20000, "no blank\n" * 5000])
def test_windows_cover_the_text_in_order(text: str) -> None:
    last = 0
    for start, end in iterate_windows(text):
        assert last <= start <= end
        assert text[last:start].strip("\n") == ""
        assert "\n" not in text[start:end]
        last = end
    assert text[last:].strip("\n") == ""
