from pathlib import Path

import pytest

from headwater.text.sentences import split_sentences

CASES = [
    line
    for line in (Path(__file__).parent / "sentence_cases.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def sentences(text: str) -> list[str]:
    return [span.slice(text) for span in split_sentences(text)]


@pytest.mark.parametrize("case", CASES)
def test_tricky_sentences(case: str) -> None:
    expected = case.split("| ")
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n \n", []),
        ("no stop", ["no stop"]),
        ("Why It Matters\nThe plan is new.", ["Why It Matters", "The plan is new."]),
        ("  One.   Two.  \n  Three. ", ["One.", "Two.", "Three."]),
        ("Home Secretary said:\n“We act.", ["Home Secretary said:", "“We act."]),
        ("It ended.The House rose.", ["It ended.", "The House rose."]),  # a blank lost between two paragraphs
        ("It is on gov.uk and at example.Com too.", ["It is on gov.uk and at example.Com too."]),
        ("It fell by 3%.12 The next fall was worse.", ["It fell by 3%.12 The next fall was worse."]),
        ("It fell again.12 The next fall was worse.", ["It fell again.12", "The next fall was worse."]),
        ("It fell.[3] Prices rose.", ["It fell.[3]", "Prices rose."]),
        ("Purpose. (a) The Secretary shall act.", ["Purpose.", "(a) The Secretary shall act."]),
        ("1990 .......... 29.8 A", ["1990 .......... 29.8 A"]),
        ("它开始了。它结束了。", ["它开始了。", "它结束了。"]),
        ("كيف حالك؟ بخير. شكرا.", ["كيف حالك؟", "بخير.", "شكرا."]),
        ("Broken \ud800 text. It goes on.", ["Broken \ud800 text.", "It goes on."]),
        ("...", ["..."]),
        ("? ! .", ["? ! ."]),
    ],
)
def test_lines_and_odd_text(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.xfail(strict=True, reason="a place abbreviation before a capital that opens a sentence looks like a name")
def test_place_abbreviation_before_a_new_sentence() -> None:
    assert sentences("He flew to Washington, D.C. Ministers met him.") == [
        "He flew to Washington, D.C.",
        "Ministers met him.",
    ]
