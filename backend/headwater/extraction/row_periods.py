"""The period that a row of a table is of, read from its label: a day, a month, a quarter, a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from headwater.domain.quantities import DateMention, PeriodKind
from headwater.domain.series import Step
from headwater.extraction.dates import extract_dates

STEPS = {
    PeriodKind.DAY: Step.DAY,
    PeriodKind.WEEK: Step.WEEK,
    PeriodKind.MONTH: Step.MONTH,
    PeriodKind.QUARTER: Step.QUARTER,
    PeriodKind.YEAR: Step.YEAR,
    PeriodKind.FINANCIAL_YEAR: Step.FINANCIAL_YEAR,
    PeriodKind.YEAR_TO: Step.ROLLING_YEAR,
}
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
MONTH = rf"(?:(?:{MONTHS})\.?|january|february|march|april|june|july|august|september|october|november|december)"
YEAR_FIRST = re.compile(rf"((?:19|20)[0-9]{{2}})[ ,-]+({MONTH}|q[1-4])", re.IGNORECASE)
WITHOUT_YEAR = re.compile(rf"(?:{MONTH}|q[1-4])", re.IGNORECASE)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WEEK_END = re.compile(r"(?:w/e|week ending|wk ending|7 days to)\s+(.+)", re.IGNORECASE)
# Marks that follow a label without changing it: provisional, revised, a note's number.
MARKS = re.compile(
    r"(?<!\s)\s*+(?:\((?:p|r|e|provisional|revised|estimate)\)|\[[^\]]{1,12}\]|(?<!\*)\*++|†|‡)\s*+$", re.IGNORECASE
)
TWO_WAYS = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.](?:[0-9]{2}){1,2}")
MONTHS_A_YEAR = 12
DAYS_A_WEEK = 7
LONGEST_LABEL = 40  # characters: "Week ending Sunday 13 September 2026 (p)" fits


@dataclass(frozen=True, slots=True)
class RowPeriod:
    """A period with its step: first and last day, inclusive."""

    step: Step
    first: date
    last: date


class RowPeriods:
    """Reads the labels of one table from top to bottom: a month without a year is of the year above it.

    Args:
        order: How days and months written in figures follow each other, "uk" or "us"; "" where the table does not tell.
    """

    def __init__(self, order: str = "") -> None:
        self._order = order
        self._year: int | None = None
        self._place = 0  # of the last month or quarter within its year, to see where the next year begins

    def find(self, label: str) -> RowPeriod | None:
        """Return the period of the next row, or None where its label is none.

        Args:
            label: The cells before the figures, joined by blanks.
        """
        bare = " ".join(MARKS.sub("", label).split())
        if not bare or len(bare) > LONGEST_LABEL:
            return None
        if self._year is None and not any(map(str.isdigit, bare)):
            return None
        if ISO_DAY.fullmatch(bare):
            return self._iso(bare)
        turned = YEAR_FIRST.fullmatch(bare)
        if turned:
            bare = f"{turned[2]} {turned[1]}"
        elif WITHOUT_YEAR.fullmatch(bare):
            return self._within_year(bare)
        return self._settle(self._read(bare))

    def _iso(self, label: str) -> RowPeriod | None:
        try:
            day = date.fromisoformat(label)
        except ValueError:
            return None
        return RowPeriod(Step.DAY, day, day)

    def _read(self, label: str) -> RowPeriod | None:
        week = WEEK_END.fullmatch(label)
        if week:
            end = self._read(week[1])
            return RowPeriod(Step.WEEK, end.last - timedelta(DAYS_A_WEEK - 1), end.last) if end else None
        written = TWO_WAYS.fullmatch(label)
        if written and not self._order and max(int(written[1]), int(written[2])) <= MONTHS_A_YEAR:
            return None  # 3/4 is a day in March or one in April
        found = extract_dates(label, order="us" if self._order == "us" else "uk")
        return _whole(found, label)

    def _within_year(self, label: str) -> RowPeriod | None:
        if self._year is None:
            return None
        here = self._read(f"{label} {self._year}")
        if here is not None and here.first.month <= self._place:
            here = self._read(f"{label} {self._year + 1}")
        return self._settle(here)

    def _settle(self, period: RowPeriod | None) -> RowPeriod | None:
        if period is not None:
            self._year = period.first.year
            self._place = period.first.month if period.step in {Step.MONTH, Step.QUARTER} else 0
        return period


def _whole(found: tuple[DateMention, ...], label: str) -> RowPeriod | None:
    """Return the period of a label that is nothing else."""
    if len(found) != 1 or found[0].relative or found[0].base:
        return None
    [mention] = found
    if mention.first is None or mention.last is None or mention.kind not in STEPS or mention.surface != label:
        return None
    return RowPeriod(STEPS[mention.kind], mention.first, mention.last)


def find_order(labels: list[str]) -> str:
    """Return how days and months in figures follow each other in a column: "uk", "us", or "" where no row tells.

    Args:
        labels: The column's cells.

    >>> find_order(["03/04/2024", "13/04/2024"]), find_order(["03/04/2024"])
    ('uk', '')
    """
    written = [found for found in map(TWO_WAYS.fullmatch, labels) if found]
    if any(int(found[1]) > MONTHS_A_YEAR for found in written):
        return "uk"
    return "us" if any(int(found[2]) > MONTHS_A_YEAR for found in written) else ""
