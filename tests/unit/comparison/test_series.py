"""Claims held against official series: what is worked out, and where nothing may be said."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from factories import make_document
from headwater.comparison.series_answers import find_computed
from headwater.domain.findings import Effect, Finding, Lane, Severity
from headwater.domain.series import ComputedFigure, Nature, Series, SeriesPoint, Step
from headwater.domain.spans import Span
from headwater.extraction.dated_tables import extract_series
from headwater.extraction.facts import ReadingContext
from headwater.segmentation.claims import segment_claims
from headwater.sources.csv_table import read_csv
from headwater.text.surroundings import surround

BANK: dict[str, Any] = tomllib.loads((Path(__file__).parent / "banks" / "series.toml").read_text("utf-8"))
BOATS = Path(__file__).parents[3] / "fixtures" / "series" / "small_boats_daily.csv"
DAY = date(2024, 11, 7)


@cache
def series_of(name: str) -> tuple[Series, ...]:
    if name == "boats":
        title, publisher = "Migrants detected crossing the English Channel in small boats: time series", "Home Office"
        text = read_csv(BOATS.read_text("utf-8"))["text"]
    else:
        title, publisher = BANK["tables"][name]["title"], BANK["tables"][name]["publisher"]
        text = BANK["tables"][name]["text"]
    document = make_document(id=name, title=title, publisher=publisher, text=text)
    return tuple(replace(one, document=document) for one in extract_series(text, title=title))


@cache
def every_series() -> tuple[Series, ...]:
    return tuple(one for name in ("boats", *BANK["tables"]) for one in series_of(name))


def computed(
    claim: str, *, before: str = "", day: date | None = DAY, series: Sequence[Series] | None = None
) -> list[ComputedFigure]:
    text = f"{before} {claim}".strip()
    found = every_series() if series is None else series
    claims = segment_claims(surround(text, "", "").mapped, ReadingContext(day))
    return [
        one
        for part in claims
        if part.span.start >= len(before)
        for one in find_computed(part, (), lambda _stems: found, day=day)
    ]


@pytest.mark.parametrize("case", BANK["answered"], ids=lambda case: case["claim"][:60])
def test_a_claim_is_answered_with_what_its_series_comes_to(case: dict[str, Any]) -> None:
    [answer] = computed(case["claim"], before=case.get("before", ""), day=case.get("day", DAY))
    assert answer.series.document is not None
    assert answer.series.document.id == case["series"]
    assert (answer.operation.value, answer.agreement.value) == (case["operation"], case["agreement"])
    if "value" in case:
        assert answer.value == Decimal(case["value"])
    if "last_year" in case:
        assert answer.before is not None
        assert answer.before.value == Decimal(case["last_year"])
    for words in case.get("says", ()):
        assert words in answer.explanation


@pytest.mark.parametrize("case", BANK["answered"], ids=lambda case: case["claim"][:60])
def test_every_row_is_the_cell_that_it_names(case: dict[str, Any]) -> None:
    [answer] = computed(case["claim"], before=case.get("before", ""), day=case.get("day", DAY))
    text = answer.series.document.text if answer.series.document else ""
    for figure in filter(None, (answer.figure, answer.before)):
        assert figure.points
        assert all(point.span.slice(text) == point.surface for point in figure.points)
        assert figure.value == sum(point.value for point in figure.points)
        assert figure.points[0].first == figure.first
        assert figure.points[-1].last == figure.last


@pytest.mark.parametrize("claim", BANK["silent"]["claims"])
def test_nothing_is_said_of_other_things(claim: str) -> None:
    assert computed(claim) == []
    assert (
        computed(claim, before="The number of people trying to cross the Channel in small boats has increased.") == []
    )


def test_without_its_day_a_text_asks_nothing() -> None:
    assert computed(BANK["answered"][0]["claim"], before=BANK["answered"][0]["before"], day=None) == []


def test_so_far_this_year_is_not_said_of_rows_that_ended_long_before() -> None:
    assert (
        computed("More than 500 people have crossed the Channel in small boats so far this year.", day=date(2027, 3, 1))
        == []
    )


def test_what_the_document_states_is_not_asked_again() -> None:
    claim = segment_claims(
        surround("In October 2024, 5,417 people crossed the Channel in small boats.", "", "").mapped,
        ReadingContext(DAY),
    )[0]
    [quantity] = claim.content.facts.quantities
    stated = Finding(
        "FIG-EQUAL", Lane.FIGURE, "equal", Effect.AGREES, Severity.INFO, claim.content.side(quantity.span), None, ""
    )
    assert find_computed(claim, [stated], lambda _stems: every_series()) == ()
    assert len(find_computed(claim, [replace(stated, effect=Effect.NOT_STATED)], lambda _stems: every_series())) == 1


def test_two_columns_that_fit_as_well_and_differ_settle_nothing() -> None:
    text = "Month | Ferries, by sea | Ferries, by air\nMay 2024 | 3 | 4\nJune 2024 | 5 | 6"
    document = make_document(title="Ferries", text=text)
    both = tuple(replace(one, document=document) for one in extract_series(text, title="Ferries"))
    alike = tuple(replace(one, measure="Ferries") for one in both)
    assert computed("In May 2024, 3 ferries sailed.", series=alike) == []


def test_a_sum_over_a_gap_is_never_made() -> None:
    points = tuple(
        SeriesPoint(date(2024, 5, day), date(2024, 5, day), Decimal(1), "1", Span(0, 1))
        for day in range(1, 32)
        if day != 9
    )
    document = make_document(title="Small boat arrivals in the Channel", publisher="Home Office")
    gap = Series("People arrived", "", Step.DAY, Nature.FLOW, "", points, document=document)
    claim = "In May 2024, 31 people arrived in small boats in the Channel."
    assert computed(claim, series=[gap]) == []
    whole = replace(
        gap,
        points=tuple(
            sorted(
                (*points, replace(points[0], first=date(2024, 5, 9), last=date(2024, 5, 9))),
                key=lambda point: point.first,
            )
        ),
    )
    assert [one.value for one in computed(claim, series=[whole])] == [31]
    assert computed(claim, series=[replace(whole, nature=Nature.LEVEL)]) == []


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2023, 11, 7)])
def test_of_a_period_that_has_not_begun_nothing_is_worked_out(day: date) -> None:
    assert computed("In 2024, 36,816 people crossed the Channel in small boats.", day=day) == []


def test_of_a_year_that_is_over_all_of_it_counts() -> None:
    [answer] = computed("In 2024, 36,816 people crossed the Channel in small boats.", day=date(2025, 1, 9))
    assert (answer.value, answer.agreement.value) == (Decimal(36_816), "agrees")
