"""Totals of an official series: what agrees is what adding the rows up gives, on any day and in any of these words."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_document
from headwater.comparison.series_answers import find_computed
from headwater.domain.series import ComputedFigure, Series
from headwater.extraction.dated_tables import extract_series
from headwater.extraction.facts import ReadingContext
from headwater.segmentation.claims import segment_claims
from headwater.sources.csv_table import read_csv
from headwater.text.surroundings import surround

BOATS = Path(__file__).parents[2] / "fixtures" / "series" / "small_boats_daily.csv"
FIRST, LAST = date(2019, 2, 1), date(2026, 8, 20)
TITLE = "Migrants detected crossing the English Channel in small boats: time series"
FRAMES = (
    "{figure} people have crossed the Channel in small boats so far this year.",
    "So far this year {figure} migrants have arrived in small boats across the Channel.",
    "Small boat crossings of the Channel have reached {figure} this year.",
    "The number of people crossing the Channel in small boats so far this year stands at {figure}.",
)
PASSED = (
    "The number of people crossing the Channel in small boats has passed {figure} so far this year.",
    "More than {figure} people have crossed the Channel in small boats so far this year.",
)
DAYS = st.dates(FIRST, LAST).filter(lambda day: (day.month, day.day) > (1, 20))


@cache
def people() -> dict[date, int]:
    """By day, read without any of the product's readers."""
    rows = list(csv.reader(BOATS.read_text("utf-8").splitlines()))
    column = next(place for place, name in enumerate(rows[0]) if "migrants" in name or "people" in name)
    return {date.fromisoformat(row[0]): int(row[column]) for row in rows[1:]}


@cache
def series() -> tuple[Series, ...]:
    text = read_csv(BOATS.read_text("utf-8"))["text"]
    document = make_document(title=TITLE, publisher="Home Office", text=text)
    return tuple(replace(one, document=document) for one in extract_series(text, title=TITLE))


def answers(claim: str, day: date) -> list[ComputedFigure]:
    claims = segment_claims(surround(claim, "", "").mapped, ReadingContext(day))
    return [one for part in claims for one in find_computed(part, (), lambda _stems: series(), day=day)]


def total(day: date) -> int:
    """Of the year of a day, to the day before."""
    return sum(count for one, count in people().items() if date(day.year, 1, 1) <= one < day)


@given(DAYS, st.sampled_from(FRAMES))
@settings(max_examples=60)
def test_the_total_to_the_day_before_agrees(day: date, frame: str) -> None:
    [answer] = answers(frame.format(figure=f"{total(day):,}"), day)
    assert (answer.value, answer.agreement.value) == (total(day), "agrees")
    assert answer.figure.last == day - timedelta(days=1)


@given(DAYS, st.sampled_from(FRAMES + PASSED), st.sampled_from([0.5, 0.8, 1.25, 2, 10]))
@settings(max_examples=60)
def test_another_total_never_agrees_unless_it_was_passed(day: date, frame: str, times: float) -> None:
    if frame in PASSED and times < 1:
        return
    for answer in answers(frame.format(figure=f"{round(total(day) * times) + 1:,}"), day):
        assert answer.value == total(day)
        assert answer.agreement.value == "differs"


@given(DAYS, st.sampled_from(FRAMES + PASSED), st.sampled_from(["asylum", "lorries", "Italy", "deaths", "children"]))
@settings(max_examples=40)
def test_another_population_or_place_is_never_answered(day: date, frame: str, other: str) -> None:
    claim = frame.format(figure=f"{total(day):,}").replace("the Channel", f"the Channel for {other}")
    assert answers(claim, day) == []
