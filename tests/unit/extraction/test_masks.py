"""Stretches whose digits are no figures."""

from __future__ import annotations

import pytest

from headwater.extraction.masks import find_masks


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("on 3 May 2024 it", "3 May 2024"),
        ("on May 3rd, 2024 it", "May 3rd, 2024"),
        ("on October 12, 1492, he", "October 12, 1492"),
        ("in 2023/24 it", "2023/24"),
        ("the 1980s were", "1980s"),
        ("at 10.30am today", "10.30am"),
        ("at 14:30 today", "14:30"),
        ("by 8.30 this morning", "8.30 this morning"),
        ("call 020 7946 0958 now", "020 7946 0958"),
        ("dial +44 (0)1633 456756", "+44 (0)1633 456756"),
        ("see 18 U.S.C. 1001.", "18 U.S.C. 1001."),
        ("at SW1A 2AA today", "SW1A 2AA"),
        ("in Q3 2024 it", "Q3 2024"),
        ("v2.1.3 is", "v2.1.3"),
    ],
)
def test_masked(text: str, masked: str) -> None:
    assert [text[start:end] for start, end in find_masks(text, 0, len(text))] == [masked]


@pytest.mark.parametrize(
    "text",
    [
        "2.5 million",
        "1,234,567 people",
        "1.234.567 people",
        "over-60s",
        "2000-2500 people",
        "5-10%",
        "March 12%",
        "no digit",
    ],
)
def test_left_alone(text: str) -> None:
    assert find_masks(text, 0, len(text)) == []
