"""Figures worked out from the rows of an official series: only from rows that cover a period whole."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from headwater.domain.series import Nature, PeriodFigure, Series, SeriesPoint, Step

ONE_DAY = timedelta(days=1)
HUNDRED = Decimal(100)
# How far the last row may lie back where a claim runs up to its own day: figures come out late.
LATENESS = {
    Step.DAY: timedelta(days=10),
    Step.WEEK: timedelta(days=21),
    Step.MONTH: timedelta(days=75),
    Step.QUARTER: timedelta(days=200),
}


def find_figure(series: Series, first: date, last: date) -> PeriodFigure | None:
    """Return the figure of a period: that of the one row of just this period, or the sum of the rows that make it up.

    Args:
        series: The series.
        first: First day.
        last: Last day.

    Returns:
        None where no rows cover the period exactly, or where they must not be added up.
    """
    points = points_within(series, first, last)
    if len(points) == 1 and (points[0].first, points[0].last) == (first, last):
        return PeriodFigure(first, last, points[0].value, points)
    if not points or series.nature is not Nature.FLOW or series.step is Step.ROLLING_YEAR:
        return None
    if points[0].first != first or points[-1].last != last:
        return None
    if any(after.first != before.last + ONE_DAY for before, after in pairwise(points)):
        return None
    return PeriodFigure(first, last, sum((point.value for point in points), Decimal(0)), points)


def points_within(series: Series, first: date, last: date) -> tuple[SeriesPoint, ...]:
    """Return the rows that lie wholly within a period, in order."""
    start = bisect_left(series.points, first, key=lambda point: point.first)
    found = []
    for point in series.points[start:]:
        if point.first > last:
            break
        if point.last <= last:
            found.append(point)
    return tuple(found)


def find_last_day(series: Series, first: date, day: date) -> date | None:
    """Return to which day rows reach that had ended before a day, or None where they end too early to speak of it.

    Args:
        series: The series.
        first: Where the period begins.
        day: Of the text: what happened on it is in no official figure yet.
    """
    ended = [point.last for point in series.points if point.first >= first and point.last < day]
    if not ended or series.step not in LATENESS or day - ended[-1] > LATENESS[series.step]:
        return None
    return ended[-1]


def a_year_before(day: date) -> date:
    """Return the same day a year before; for 29 February the day before it."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def find_year_before(series: Series, figure: PeriodFigure) -> PeriodFigure | None:
    """Return the figure of the same days a year before, or None where the rows do not reach back or do not fit."""
    first, last = a_year_before(figure.first), a_year_before(figure.last)
    if (figure.last + ONE_DAY).day == 1:  # whole months stay whole: February's end moves
        last = a_year_before(figure.last + ONE_DAY) - ONE_DAY
    return find_figure(series, first, last)


def change_in_percent(figure: PeriodFigure, before: PeriodFigure) -> Decimal | None:
    """Return by how many per cent a figure is above an earlier one, or None where that was nought or below."""
    return (figure.value - before.value) / before.value * HUNDRED if before.value > 0 else None


def extreme_since(series: Series, figure: PeriodFigure, since: date, *, highest: bool) -> SeriesPoint | None:
    """Return the first row since a day that is beyond the figure's own, or None where there is none.

    Args:
        series: The series.
        figure: Of one row.
        since: The day; the figure's own row and later ones are not looked at.
        highest: Whether it is said to be the highest, else the lowest.
    """
    between = [point for point in series.points if since < point.first < figure.first]
    beyond = [point for point in between if (point.value > figure.value) == highest and point.value != figure.value]
    return beyond[0] if beyond else None
