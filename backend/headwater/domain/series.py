"""Official series: tables whose rows carry dates, and figures that are worked out from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from headwater.domain.documents import Document
from headwater.domain.findings import Side
from headwater.domain.spans import Span


class Step(StrEnum):
    """How long the period of each row is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FINANCIAL_YEAR = "financial_year"
    ROLLING_YEAR = "rolling_year"  # "year ending June 2024": rows overlap, and are never added up


class Nature(StrEnum):
    """What the figures of a series are, which decides what may be worked out from them."""

    FLOW = "flow"  # events of a period: arrivals, deaths; may be added up
    SHARE = "share"  # percentages and rates: read, never added up
    LEVEL = "level"  # an index, a stock on a day, or what cannot be told: read, never added up


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One row: its period, its figure as a number and as written, and where the cell stands in the document's text."""

    first: date
    last: date
    value: Decimal
    surface: str
    span: Span


@dataclass(frozen=True, slots=True)
class Series:
    """A column of a dated table.

    Args:
        measure: The column's name and its categories, as written: "Migrants arrived".
        caption: What stands over the table (its title or the heading), or "".
        step: How long the period of each row is.
        nature: What its figures are.
        unit: "percent", a currency's code ("GBP"), or "" for counts and the like.
        scale: What each figure is multiplied by (1000 for "thousands"); already done in the points.
        points: Ascending; no two of one period, and none without a figure.
        document: The version it stands in, where it was read from a corpus.
        id: Row number in the corpus, 0 before it is stored.
    """

    measure: str
    caption: str
    step: Step
    nature: Nature
    unit: str
    points: tuple[SeriesPoint, ...] = field(repr=False)
    scale: Decimal = Decimal(1)
    document: Document | None = None
    id: int = 0


class Operation(StrEnum):
    """How a figure is worked out."""

    VALUE = "value"  # one row
    SUM = "sum"
    AVERAGE = "average"  # a day, week or month
    CHANGE = "change"  # against the same days a year before, in per cent
    HIGHEST_SINCE = "highest_since"
    LOWEST_SINCE = "lowest_since"


class Agreement(StrEnum):
    """How a claimed figure stands to the one that was worked out."""

    AGREES = "agrees"
    DIFFERS = "differs"
    OPEN = "open"  # neither can be said


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """A figure for a period, and the rows it was worked out from, in order."""

    first: date
    last: date
    value: Decimal
    points: Sequence[SeriesPoint] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ComputedFigure:
    """An answer to a figure claim that no document states: worked out from the rows of an official series.

    Args:
        claimed: The claim's figure.
        series: What it was worked out from; its document is known.
        operation: How.
        figure: The result, for the claim's period.
        value: The number to hold against the claim's: that of `figure`, or a change in per cent.
        before: The same for the same days a year before, where the rows reach back so far.
        agreement: How the claim stands to it.
        explanation: One line: the figure, its period, what it was worked out from.
    """

    claimed: Side
    series: Series
    operation: Operation
    figure: PeriodFigure
    value: Decimal
    before: PeriodFigure | None
    agreement: Agreement
    explanation: str
