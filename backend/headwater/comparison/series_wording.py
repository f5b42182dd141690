"""What was worked out from an official series, and from what, on one line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from headwater.comparison.series_questions import SeriesQuestion
from headwater.comparison.series_working import change_in_percent, extreme_since
from headwater.domain.series import Agreement, ComputedFigure, Operation, PeriodFigure, Series, Step

ROWS = {
    Step.DAY: "daily", Step.WEEK: "weekly", Step.MONTH: "monthly", Step.QUARTER: "quarterly", Step.YEAR: "yearly",
    Step.FINANCIAL_YEAR: "yearly", Step.ROLLING_YEAR: "yearly",
}  # fmt: skip
SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}


def explain(question: SeriesQuestion, answer: ComputedFigure) -> str:
    """Return one line for a reporter: the official figure, its period, what it was worked out from, the year before.

    Args:
        question: What the claim asks.
        answer: What was worked out.
    """
    figure, series = answer.figure, answer.series
    parts = [f"{_lead(answer)} {in_words(figure.value, series)} for {period_in_words(figure)}{_made_of(answer)}"]
    if answer.operation is Operation.AVERAGE:
        unit = "day" if question.days == 1 else "week"
        parts[0] = f"{_lead(answer)} {answer.value:,} a {unit} for {period_in_words(figure)}{_made_of(answer)}"
    if answer.before is not None and (question.compared or answer.operation is Operation.CHANGE):
        parts.append(_against(figure, answer.before, series))
    elif question.compared:
        parts.append("the rows do not say what it was a year before")
    if question.since is not None:
        parts.append(_extreme(question, answer, question.since))
    if answer.agreement is Agreement.DIFFERS:
        parts.append("the text says otherwise")
    return "; ".join(parts) + "."


def in_words(value: Decimal, series: Series) -> str:
    """Return a figure of a series as it is written.

    Args:
        value: The figure.
        series: It tells the unit.
    """
    plain = f"{value.normalize():f}" if value != value.to_integral_value() else f"{value.to_integral_value():f}"
    whole, _, rest = plain.partition(".")
    grouped = f"{int(whole):,}" + (f".{rest}" if rest else "")
    grouped = f"-{grouped}" if plain.startswith("-0") else grouped
    if series.unit == "percent":
        return f"{grouped}%"
    return f"{SIGNS.get(series.unit, '')}{grouped}"


def period_in_words(figure: PeriodFigure) -> str:
    """Return a period: "1 January to 6 November 2024", "May 2015", "2023"."""
    first, last = figure.first, figure.last
    if first == last:
        return _day(first)
    after = date.fromordinal(last.toordinal() + 1)
    if first.day == 1 and after.day == 1:
        if (first.month, after.month) == (1, 1) and first.year == last.year:
            return str(first.year)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
        begun = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
        return f"{begun} to {last:%B %Y}"
    begun = f"{first.day} {first:%B}" if first.year == last.year else _day(first)
    return f"{begun} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _lead(answer: ComputedFigure) -> str:
    return "The official series gives" if answer.operation is Operation.VALUE else "The official series comes to"


def _made_of(answer: ComputedFigure) -> str:
    rows, measure = answer.figure.points, f"“{answer.series.measure}”"
    if len(rows) == 1:
        return f" ({measure})"
    return f" (the sum of {len(rows):,} {ROWS[answer.series.step]} rows of {measure})"


def _against(figure: PeriodFigure, before: PeriodFigure, series: Series) -> str:
    change = change_in_percent(figure, before)
    then = f"{in_words(before.value, series)} for {period_in_words(before)}"
    if change is None or series.unit == "percent":
        return f"a year before it was {then}"
    if not round(change, 1):
        return f"a year before it was the same, {then}"
    size = f"{abs(change):.1f}".removesuffix(".0") if abs(change) < 10 else f"{abs(change):.0f}"
    return f"a year before it was {then}, so it {'rose' if change > 0 else 'fell'} by {size}%"


def _extreme(question: SeriesQuestion, answer: ComputedFigure, since: date) -> str:
    word = "highest" if question.highest else "lowest"
    beyond = extreme_since(answer.series, answer.figure, since, highest=question.highest)
    if beyond is not None:
        there = PeriodFigure(beyond.first, beyond.last, beyond.value, (beyond,))
        return f"it was not the {word} since {_day(since)}: {period_in_words(there)} had {beyond.surface}"
    if not answer.series.points or answer.series.points[0].first > since:
        return f"the rows do not reach back to {_day(since)}"
    return f"no later row since {_day(since)} is {'higher' if question.highest else 'lower'}"
