"""Whose name a document need not give."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from headwater.alignment.incumbents import is_incumbent
from headwater.domain.documents import Document

WHEN = datetime(2025, 3, 1, tzinfo=UTC)
DOCUMENT = Document("d1", 1, True, "Ministry of Ferries", "news", "", "Works", "en", "", "", WHEN, WHEN, WHEN, "sha")
HOUSE = replace(DOCUMENT, publisher="The White House", url="https://www.whitehouse.gov/x")
DOWNING = replace(DOCUMENT, publisher="Prime Minister’s Office, 10 Downing Street", url="https://www.gov.uk/x")


@pytest.mark.parametrize(
    ("canonical", "document", "year", "expected"),
    [
        ("trump", HOUSE, 2025, True),
        ("donald j trump", HOUSE, 2025, True),
        ("biden", HOUSE, 2025, False),
        ("joe biden", HOUSE, 2024, True),
        ("jill biden", HOUSE, 2024, False),
        ("trump", DOCUMENT, 2025, False),
        ("trump", replace(HOUSE, publisher=""), 2025, True),
        ("trump", replace(HOUSE, publisher="", url="https://notwhitehouse.gov/x"), 2025, False),
        ("boris johnson", DOWNING, 2021, True),
        ("johnson", DOWNING, 2016, False),
        ("sturgeon", replace(DOCUMENT, publisher="Scottish Government"), 2021, True),
        ("trump", replace(HOUSE, speaker="Melania Trump"), 2025, False),
        ("", HOUSE, 2025, False),
    ],
)
def test_the_holder_of_the_day_is_known(canonical: str, document: Document, year: int, *, expected: bool) -> None:
    dated = replace(document, first_published=datetime(year, 3, 1, tzinfo=UTC))
    assert is_incumbent(canonical, dated) is expected


def test_nobody_holds_an_office_on_no_day() -> None:
    assert not is_incumbent("trump", replace(HOUSE, first_published=None))
