from datetime import date

import pytest
from pydantic import ValidationError

from headwater.api.schemas import Context, Filters, MatchRequest
from headwater.corpus.filters import PassageFilters


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-11-07", date(2024, 11, 7)),
        ("2024-11-07T23:59:59Z", date(2024, 11, 7)),
        ("2024-11-07T00:30:00+14:00", date(2024, 11, 7)),  # the day as its publisher writes it
        ("2024-11-07 10:30", date(2024, 11, 7)),
        (None, None),
    ],
)
def test_days(written: str | None, day: date | None) -> None:
    assert Context.model_validate({"published": written}).to_domain().published == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2024",
        "20241107",
        "2024-W45-4",
        "7 November 2024",
        "2024-13-01",
        "2024-11-07x",
        "0000-01-01",
        1730937600,
        True,
    ],
)
def test_what_is_no_day(written: object) -> None:
    with pytest.raises(ValidationError) as raised:
        Context.model_validate({"published": written})
    assert raised.value.errors()[0]["type"] == "date_type"


def test_filters_reach_the_corpus_as_they_are() -> None:
    filters = Filters(
        publishers=["Home Office"],
        document_types=["press_release"],
        published_from="2024-01-01",  # type: ignore[arg-type]
        published_to="2024-12-31",  # type: ignore[arg-type]
        language="en-GB",
        latest_only=True,
        as_of="2024-11-07",  # type: ignore[arg-type]
    )
    assert filters.to_domain() == PassageFilters(
        ("Home Office",), ("press_release",), date(2024, 1, 1), date(2024, 12, 31), "en-GB", True, date(2024, 11, 7)
    )
    assert Filters().to_domain().is_empty


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "a" * 5_000_000])
def test_a_text_passes_as_it_came(text: str) -> None:
    assert MatchRequest(text=text).text is text
