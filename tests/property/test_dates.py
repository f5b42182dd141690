from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from headwater.comparison.dates import compare_dates, compare_periods
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect
from headwater.domain.quantities import DateMention, PeriodKind
from headwater.domain.spans import MappedText
from headwater.extraction.calendar import easter_sunday, unit_around
from headwater.extraction.dates import extract_dates, find_date_order

DAYS = st.dates(date(1500, 1, 1), date(2100, 12, 31))
NEWS_DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
WORDS = [*Path(__file__).with_name("date_words.txt").read_text(encoding="utf-8").split(), "\n"]
MONTHS = [f"{date(2024, month, 1):%B}" for month in range(1, 13)]


def _written(day: date) -> list[tuple[str, str]]:
    month = MONTHS[day.month - 1]
    suffix = "th" if 10 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return [
        (f"{day.day} {month} {day.year}", "uk"),
        (f"{day.day}{suffix} of {month} {day.year}", "uk"),
        (f"{month} {day.day}, {day.year}", "us"),
        (f"{month[:3]}. {day.day}, {day.year}", "us") if month != "May" else (f"May {day.day}, {day.year}", "us"),
        (f"{day.day:02}/{day.month:02}/{day.year}", "uk"),
        (f"{day.month:02}/{day.day:02}/{day.year}", "us"),
        (f"{day.year}-{day.month:02}-{day.day:02}", "uk"),
    ]


@given(DAYS)
def test_a_day_written_in_any_style_is_read_back(day: date) -> None:
    for written, order in _written(day):
        (mention,) = extract_dates(f"It was signed on {written}.", order=order)  # type: ignore[arg-type]
        assert (mention.surface, mention.kind, mention.first, mention.last) == (written, PeriodKind.DAY, day, day)


@given(DAYS, st.integers(0, 400))
def test_a_range_written_out_is_read_back(day: date, length: int) -> None:
    last = min(day + timedelta(days=length), date(2100, 12, 31))
    first_words, last_words = _written(day)[0][0], _written(last)[0][0]
    (mention,) = extract_dates(f"It ran from {first_words} to {last_words}.")
    assert (mention.first, mention.last) == (day, last)


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), st.none() | st.dates())
@settings(max_examples=400)
@example("in the last decade and 9999 years ago", date.min)
@example("next century, winter 9999, 31 February 2024, the next 999 years", date.max)
def test_no_text_raises_and_mentions_are_slices_in_order(text: str, published: date | None) -> None:
    for order in ("uk", "us"):
        end = 0
        for mention in extract_dates(text, published=published, order=order):  # type: ignore[arg-type]
            assert mention.span.start >= end
            assert mention.span.slice(text) == mention.surface
            assert mention.first is None or mention.last is None or mention.first <= mention.last
            assert (mention.last is None) == bool(mention.unresolved)
            end = mention.span.end
    assert find_date_order(text) in (None, "uk", "us")


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), NEWS_DAYS)
@settings(max_examples=200)
def test_without_the_documents_date_nothing_relative_is_resolved(text: str, published: date) -> None:
    dated = {mention.span: mention for mention in extract_dates(text, published=published)}
    for mention in extract_dates(text):
        if mention.relative:
            assert mention.unresolved
        else:
            same = dated[mention.span]
            assert (same.first, same.last) == (mention.first, mention.last)


@given(NEWS_DAYS, st.sampled_from(["today", "yesterday", "this week", "last month", "this year", "last year"]))
def test_a_relative_stretch_lies_around_or_before_the_documents_date(published: date, words: str) -> None:
    (mention,) = extract_dates(f"It was so {words}.", published=published)
    assert mention.first is not None and mention.last is not None
    assert mention.first <= published
    assert (mention.last >= published) == (words.startswith("this") or words == "today")


@given(NEWS_DAYS, st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]))
def test_a_weekday_lies_within_a_week_on_the_side_of_the_tense(published: date, weekday: str) -> None:
    (past,) = extract_dates(f"Ministers met on {weekday}.", published=published)
    (future,) = extract_dates(f"Ministers will meet on {weekday}.", published=published)
    assert past.first is not None and future.first is not None
    assert f"{past.first:%A}" == f"{future.first:%A}" == weekday
    assert 0 <= (published - past.first).days <= 6
    assert 0 <= (future.first - published).days <= 6


MENTION = st.builds(
    lambda text, published: extract_dates(text, published=published),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.none() | NEWS_DAYS,
)


@given(MENTION, MENTION)
@settings(max_examples=300)
def test_any_two_periods_compare_and_mirror(ours: tuple[DateMention, ...], theirs: tuple[DateMention, ...]) -> None:
    mirrored = {"contains": "inside", "inside": "contains"}
    for one in ours:
        for other in theirs:
            there, back = compare_periods(one, other), compare_periods(other, one)
            assert back.relation.value == mirrored.get(there.relation.value, there.relation.value)
            if there.days is not None and back.days is not None:
                assert there.days == -back.days


@given(MENTION)
def test_a_resolved_period_is_the_same_as_itself(mentions: tuple[DateMention, ...]) -> None:
    for mention in mentions:
        if mention.first is not None and mention.last is not None:
            assert compare_periods(mention, mention).relation.value == "same"


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.none() | NEWS_DAYS)
def test_a_text_never_contradicts_itself(text: str, published: date | None) -> None:
    side = Annotated(MappedText.identity(text), Facts(dates=extract_dates(text, published=published)))
    findings = compare_dates(side, [side])
    assert len(findings) == len(side.facts.dates)
    assert all(finding.effect is not Effect.CONTRADICTS for finding in findings)


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_in_its_five_weeks(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@given(st.dates(), st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade", "century"]))
def test_a_unit_holds_the_day_it_is_around(day: date, unit: str) -> None:
    first, last = unit_around(day, unit)
    assert first <= day <= last or unit == "weekend"


@pytest.mark.parametrize(
    "part", ["end of ", "2024 ", "1/", "year to ", "the ", "Monday, ", "7 ", "since ", "2,024-", "May "]
)
def test_a_long_repetition_is_read_to_its_end(part: str) -> None:
    text = part * (100_000 // len(part)) + "\nSigned on 7 November 2024."  # a quadratic pattern would take minutes
    assert extract_dates(text, published=date(2024, 11, 7))[-1].surface == "7 November 2024"


def test_a_guess_years_from_a_stated_year_lies_outside_it_from_both_sides() -> None:
    [year], [feast] = (
        extract_dates("2024", published=date(2024, 5, 1)),
        extract_dates("Easter", published=date(2000, 3, 1)),
    )
    assert {compare_periods(year, feast).relation.value, compare_periods(feast, year).relation.value} == {"disjoint"}
