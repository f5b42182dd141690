"""Where a sentence is parted into assertions, and where it must stay whole."""

import pytest

from headwater.domain.spans import Span
from headwater.segmentation.clauses import split_clauses

PARTED = [
    (
        "The scheme will cut delays on the line, which have grown since spring.",
        ["The scheme will cut delays on the line", "which have grown since spring."],
    ),
    (
        "The agency said profits fell 3%, but it warned that costs would rise.",
        ["The agency said profits fell 3%", "but it warned that costs would rise."],
    ),
    (
        "Although the grant ends in March, the council will keep the service open.",
        ["Although the grant ends in March", "the council will keep the service open."],
    ),
    (
        "Unemployment rose to 4.3% in the quarter; the Bank said it would wait.",
        ["Unemployment rose to 4.3% in the quarter", "the Bank said it would wait."],
    ),
    (
        "Exports to the bloc fell by a tenth, while imports from it were flat.",
        ["Exports to the bloc fell by a tenth", "while imports from it were flat."],
    ),
    (
        "The court heard the case in May, and it will rule before the summer.",
        ["The court heard the case in May", "and it will rule before the summer."],
    ),
]

WHOLE = [
    "They bought apples, oranges, and pears were sold by the others.",
    "The minister, who is 54, resigned.",
    "Police, fire and ambulance crews were called to the scene at noon.",
    "The deal covers steel, aluminium, and the cars that are made of them.",
    "Wages rose.",
    "Nearly half of those asked said that they had changed supplier since 2020, often more than once.",
]


@pytest.mark.parametrize(("sentence", "expected"), PARTED)
def test_parts_two_assertions(sentence: str, expected: list[str]) -> None:
    assert [span.slice(sentence) for span in split_clauses(sentence)] == expected


@pytest.mark.parametrize("sentence", WHOLE)
def test_leaves_one_assertion_whole(sentence: str) -> None:
    assert [span.slice(sentence) for span in split_clauses(sentence)] == [sentence]


def quoted(sentence: str, words: str) -> Span:
    start = sentence.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("sentence", "quotation", "expected"),
    [
        ("They stated, “We will sign it this week.”", "“We will sign it this week.”", ["“We will sign it this week.”"]),
        (
            "“We will sign it this week,” the Prime Minister told reporters.",
            "“We will sign it this week,”",
            ["“We will sign it this week,”"],
        ),
        (
            "Although the fund pays for the works, the mayor said that “we cannot do it alone”.",
            "“we cannot do it alone”",
            ["Although the fund pays for the works", "“we cannot do it alone”"],
        ),
    ],
)
def test_a_quotation_is_a_claim_of_its_own_and_its_lead_in_is_none(
    sentence: str, quotation: str, expected: list[str]
) -> None:
    spans = split_clauses(sentence, [quoted(sentence, quotation)])
    assert [span.slice(sentence) for span in spans] == expected
