"""The bank of phrases: every figure with value, unit, qualifier, what it counts, direction, role and whole.

`figure_bank.jsonl` holds one phrase a line: its kind, the text, and its figures in the notation of `figure_notation`.
Kinds that begin with "real:" are sentences of official documents (fixtures/corpus/README.md names their licences).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from figure_notation import describe
from headwater.domain.spans import Span
from headwater.extraction.quantities import extract_quantities

_BANK = [
    json.loads(line) for line in (Path(__file__).parent / "figure_bank.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", _BANK, ids=[f"{case['kind']}: {case['text'][:50]}" for case in _BANK])
def test_bank(case: dict[str, object]) -> None:
    text = str(case["text"])
    quantities = extract_quantities(text)
    assert [describe(quantity, text) for quantity in quantities] == case["figures"]
    assert all(quantity.span.slice(text) == quantity.surface for quantity in quantities)


def test_bank_is_large_and_varied() -> None:
    assert len(_BANK) >= 600
    assert len({case["kind"] for case in _BANK}) >= 30


def test_excluded_spans_hold_no_figure() -> None:
    text = "12 people came in 3 weeks"
    (people,) = extract_quantities(text, exclude=[Span(18, 25)])
    assert people.surface == "12"


@pytest.mark.parametrize("text", ["", "\n", "   ", "no figure here", "\u0000", "-", "£", "%", "1" * 200])
def test_text_without_a_figure(text: str) -> None:
    assert extract_quantities(text) == ()


def test_a_figure_never_crosses_a_line() -> None:
    first, second = extract_quantities("It cost £5\nmillion more, 12\npeople said")
    assert (first.surface, second.surface, second.counted) == ("£5", "12", "")


def test_spans_are_of_the_whole_text() -> None:
    text = "A heading\n\nSome 40 people. " + "Nothing here. " * 900 + "Then £3m was lost.\nAnd 5% more."
    assert [quantity.span.slice(text) for quantity in extract_quantities(text)] == ["40", "£3m", "5%"]


_GAPS = [
    ("The profit was 3 million and a half.", ["3500000"], "a fraction behind a scale in digits"),
    ("Shares cost ten dollars and fifty cents.", ["10.5"], "money in two units is read as two amounts"),
    ("The loss was ($99.99).", ["-99.99"], "negative numbers of accountants"),
    ("A gallon of milk costs more.", ["1"], "the article as a number before a unit"),
    ("Children in sets 1 to 3 were tested.", [], "labels that no table lists"),
]


@pytest.mark.parametrize(("text", "values", "why"), _GAPS, ids=[why for *_, why in _GAPS])
@pytest.mark.xfail(strict=True, reason="known gap, named in the case")
def test_known_gap(text: str, values: list[str], why: str) -> None:
    assert [str(quantity.value) for quantity in extract_quantities(text)] == values, why


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("The number working part-time fell by around 770 to 108,790.", ["770", "108,790"]),
        ("Its fleet rose by nearly 40 to 560 ships.", ["40", "560"]),
        ("Costs will rise by around 5 to 7 per cent.", ["5 to 7 per cent"]),
        ("Some 40 to 560 ships were counted each day.", ["40 to 560"]),
    ],
)
def test_a_hedged_change_and_what_it_led_to_are_no_range(text: str, surfaces: list[str]) -> None:
    assert [quantity.surface for quantity in extract_quantities(text)] == surfaces


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Collections rose from $8 to $11.8 billion.", 8_000_000_000),
        ("The bill fell from £12 to £11 million.", 12_000_000),
        ("It grew from €2.5 to €3bn in a year.", 2_500_000_000),
        ("Fees went from $500 to $1 million.", 500),
        ("The price went from $3 to $4.", 3),
        ("A gift of $8 grew to $11.8 billion.", 8),
    ],
)
def test_a_sum_that_leaves_its_scale_to_the_next(text: str, value: int) -> None:
    assert extract_quantities(text)[0].value == value


@pytest.mark.parametrize(
    ("text", "qualifiers"),
    [
        ("Nine have had one dose and upwards of 141,000 both.", ["exact", "exact", "above"]),
        ("The club has 30 members and over 300 fans.", ["exact", "above"]),
        ("Those aged 65 and over were told.", ["at_least"]),
    ],
)
def test_what_stands_before_the_next_figure_is_its_own(text: str, qualifiers: list[str]) -> None:
    assert [quantity.qualifier.value for quantity in extract_quantities(text)] == qualifiers


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It brought in 50 billion euros in extra tax, and may bring in 200 billion more.", ["EUR", "EUR"]),
        ("It raised $3 billion and may raise 5 million more.", ["USD", "USD"]),
        ("The fund gave £40 million and will give 60 million extra.", ["GBP", "GBP"]),
        ("With $3 billion it feeds 5 million.", ["USD", ""]),
        ("It cost $3 billion. The city needs 5 million more.", ["USD", ""]),
        ("It gave $2 billion to the city and 3 million people more.", ["USD", ""]),
    ],
)
def test_a_sum_told_by_its_scale_alone(text: str, units: list[str]) -> None:
    assert [figure.unit.code for figure in extract_quantities(text)] == units


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("That is one person in a thousand.", ["one person in a thousand"]),
        ("Barely one household in ten was workless.", ["one household in ten"]),
        ("One job in six is at risk, they said.", ["One job in six"]),
        ("One town in 1998 was flooded.", ["One"]),
        ("One goal in five games is too few.", ["One", "five"]),
        ("One ship in a storm was lost.", ["One"]),
    ],
)
def test_one_of_so_many_of_whatever_noun(text: str, surfaces: list[str]) -> None:
    assert [figure.surface for figure in extract_quantities(text)][: len(surfaces)] == surfaces
