from __future__ import annotations

import pytest

from headwater.retrieval.wording import shared_wording, word_pairs


@pytest.mark.parametrize(
    ("text", "passage", "expected"),
    [
        ("The ministers met in Paris.", "“The ministers met in Paris,” it said.", 1.0),
        ("100,000 people", "Some 100 000 people", 0.0),
        ("ministers met in Paris", "In Paris, ministers met", 2 / 3),
        ("Paris met ministers", "ministers met Paris", 0.0),
        ("", "anything at all", 0.0),
        ("one", "one", 0.0),
        ("?! …", "?! …", 0.0),
    ],
)
def test_pairs_of_words_are_shared(text: str, passage: str, expected: float) -> None:
    assert shared_wording(text, passage) == pytest.approx(expected)


def test_typography_parts_no_pair() -> None:
    assert word_pairs("the UK’s co-operation") == word_pairs("The UK's cooperation")
