import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headwater.domain.quantities import DateMention
from headwater.extraction.dates import extract_dates, find_date_order

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("date_cases.toml").read_text(encoding="utf-8"))[
    "case"
]


def _shown(mention: DateMention) -> str:
    days = [str(mention.first or "?"), str(mention.last or "?")]
    if mention.kind.value == "day" and days[0] == days[1]:
        days = days[:1]
    words = [mention.surface, mention.kind.value, *days]
    return " | ".join(
        [*words, *(["base"] if mention.base else []), *([mention.unresolved] if mention.unresolved else [])]
    )


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_every_phrase_of_the_bank_is_read(case: dict[str, Any]) -> None:
    mentions = extract_dates(case["text"], published=case.get("published"), order=case.get("order", "uk"))
    assert [_shown(mention) for mention in mentions] == case["expect"]
    assert all(mention.span.slice(case["text"]) == mention.surface for mention in mentions)


def test_the_bank_is_large_enough() -> None:
    assert sum(max(len(case["expect"]), 1) for case in CASES) >= 160


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Laid on 13/11/2024 and again on 07/11/2024.", "uk"),
        ("Filed 11/13/2024.", "us"),
        ("On November 7, 2024, the Board met. By Nov. 8 it had left.", "us"),
        ("On 7 November 2024 the Board met.", "uk"),
        ("On 07/11/2024 it rained.", None),
        ("No date at all, and 1/2 of it 3-2.", None),
    ],
)
def test_the_order_of_numeric_dates_is_found_in_the_document(text: str, order: str | None) -> None:
    assert find_date_order(text) == order


def test_a_relative_mention_says_so() -> None:
    today, plain = extract_dates("today and 7 November 2024", published=date(2024, 11, 7))
    assert today.relative and not plain.relative


@pytest.mark.xfail(strict=True, reason="two texts guessed to be of two countries would differ on the same words")
def test_an_australian_financial_year_begins_in_july() -> None:
    (year,) = extract_dates("The Australian Government spent A$3bn in 2014-15.")
    assert (year.first, year.last) == (date(2014, 7, 1), date(2015, 6, 30))
