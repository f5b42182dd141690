"""Figures worked out from official series: as plain JSON values, and as lines for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from headwater.domain.series import Agreement, ComputedFigure, PeriodFigure, SeriesPoint

MOST_ROWS = 400  # of one period in an answer: a year of days; beyond, the first and the last are given
EDGE_ROWS = 3  # shown to a reader at either end
AGREEMENT_WORDS = {
    Agreement.AGREES: "agrees with an official series",
    Agreement.DIFFERS: "an official series says otherwise",
    Agreement.OPEN: "an official series says",
}


def computed_to_json(computed: ComputedFigure) -> dict[str, Any]:
    """Return a figure worked out from a series, without the claim's side and the document."""
    series = computed.series
    return {
        "operation": computed.operation.value,
        "agreement": computed.agreement.value,
        "explanation": computed.explanation,
        "value": _number(computed.value),
        "figure": _figure(computed.figure),
        "before": _figure(computed.before) if computed.before else None,
        "series": {
            "measure": series.measure,
            "caption": series.caption,
            "step": series.step.value,
            "nature": series.nature.value,
            "unit": series.unit,
            "rows": len(series.points),
            "first": series.points[0].first.isoformat(),
            "last": series.points[-1].last.isoformat(),
        },
    }


def describe_rows(figure: PeriodFigure) -> str:
    """Return the rows of a figure on one line: all where they are few, else the first and the last ones.

    Args:
        figure: Worked out from them.
    """
    rows = figure.points
    if len(rows) <= 2 * EDGE_ROWS + 1:
        return "; ".join(map(_row_in_words, rows))
    first, last = "; ".join(map(_row_in_words, rows[:EDGE_ROWS])), "; ".join(map(_row_in_words, rows[-EDGE_ROWS:]))
    return f"{first}; … {last} ({len(rows):,} rows)"


def _row_in_words(point: SeriesPoint) -> str:
    days = _day(point.first) if point.first == point.last else f"{_day(point.first)} to {_day(point.last)}"
    return f"{days}: {point.surface}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _figure(figure: PeriodFigure) -> dict[str, Any]:
    points = figure.points
    given = points if len(points) <= MOST_ROWS else [*points[: MOST_ROWS // 2], *points[-MOST_ROWS // 2 :]]
    return {
        "first": figure.first.isoformat(),
        "last": figure.last.isoformat(),
        "value": _number(figure.value),
        "row_count": len(points),
        "rows": _rows(given),
    }


def _rows(points: Sequence[SeriesPoint]) -> list[dict[str, Any]]:
    return [
        {
            "first": point.first.isoformat(),
            "last": point.last.isoformat(),
            "text": point.surface,
            "span": {"start": point.span.start, "end": point.span.end},
        }
        for point in points
    ]


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
