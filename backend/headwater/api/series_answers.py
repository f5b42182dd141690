"""The shapes of figures that were worked out from official series."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from headwater.domain.series import Agreement, Nature, Operation, Step


class SeriesPart(BaseModel):
    """Base: no field that is not declared ever leaves."""

    model_config = ConfigDict(extra="forbid")


class CellSpan(SeriesPart):
    """A half-open range of Unicode code points of the stored document."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class SeriesRowAnswer(SeriesPart):
    """One row that a figure was worked out from: its period, its figure as written, and the cell."""

    first: date
    last: date
    text: str
    span: CellSpan


class PeriodFigureAnswer(SeriesPart):
    """A figure for a period, with its rows."""

    first: date
    last: date
    value: str = Field(description="A decimal number.")
    row_count: int
    rows: list[SeriesRowAnswer] = Field(description="In order; of more than 400 the first and last 200.")


class SeriesSummary(SeriesPart):
    """A column of a dated table in an official document."""

    measure: str = Field(description="The column's name and its categories.")
    caption: str = Field(description='What stands over the table, or "".')
    step: Step
    nature: Nature = Field(description="Only flows are added up.")
    unit: str = Field(description='"percent", a currency\'s code, or "" for counts.')
    rows: int
    first: date
    last: date


class ComputedAnswer(SeriesPart):
    """What an official series says of a figure that the claim's own document does not state. It decides no verdict."""

    operation: Operation
    agreement: Agreement
    explanation: str = Field(description="One line: the figure, its period, what it was worked out from.")
    value: str = Field(description="The number to hold against the claim's: a sum, a value, a change in per cent.")
    figure: PeriodFigureAnswer
    before: PeriodFigureAnswer | None = Field(description="The same days a year before; null where rows are lacking.")
    series: SeriesSummary
