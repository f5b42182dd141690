"""Rows of the tables that a newsroom reads: figures, quotations, and names and dates, each with both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from headwater.alignment.passages import PassageReader
from headwater.comparison.figure_periods import find_period
from headwater.domain.documents import Passage
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Lane, Side
from headwater.domain.quantities import Dimension, Quantity
from headwater.domain.verdicts import ClaimReport
from headwater.report.json import readable

Json = dict[str, Any]
PLACES = Decimal("0.1")  # of a relative difference, in percent: more says nothing in a newsroom
SHOWN_DIGITS = 12  # of a difference: what a division leaves behind is cut
COMPARABLE = {Effect.AGREES, Effect.SHIFTS, Effect.CONTRADICTS}
PARTICULARS = {Lane.NAME, Lane.DATE, Lane.ATTRIBUTION}
UNITLESS = {Dimension.COUNT, Dimension.PROPORTION, Dimension.MULTIPLE, Dimension.SCORE}
TABLES = ("figures", "quotations", "particulars")


class RowReader:
    """Makes the rows of claims; official passages are read again for the values behind their words.

    Args:
        reader: Reads passages and remembers them.
    """

    def __init__(self, reader: PassageReader | None = None) -> None:
        self._reader = reader or PassageReader()

    def rows_of(self, report: ClaimReport) -> dict[str, list[Json]]:
        """Return the rows of one claim by table; `finding` is the place of the finding in the claim's list.

        Args:
            report: What was decided for the claim.
        """
        passages = {hit.passage.id: hit.passage for hit in (*report.nearest, *report.evidence)}
        rows: dict[str, list[Json]] = {name: [] for name in TABLES}
        for number, finding in enumerate(report.findings):
            row = _row(report, number, finding)
            if finding.lane is Lane.FIGURE:
                rows["figures"].append(row | self._figure(report.claim.content, finding, passages))
            elif finding.lane is Lane.QUOTATION:
                rows["quotations"].append(row | {"speaker": _speaker(report, finding), "edit": finding.edit})
            elif finding.lane in PARTICULARS:
                rows["particulars"].append(row)
        return rows

    def _figure(self, content: Annotated, finding: Finding, passages: dict[int, Passage]) -> Json:
        claimed = find_quantity(content, finding.claimed)
        official = None
        if finding.official is not None and finding.passage_id in passages:
            official = find_quantity(self._reader.read(passages[finding.passage_id]), finding.official)
        difference: Json = {"difference": "", "relative": ""}
        if claimed and official and finding.effect in COMPARABLE:
            difference = differ(claimed, official)
        return {
            "value": _number(claimed.value) if claimed else "",
            "official_value": _number(official.value) if official else "",
            "unit": _unit(claimed) if claimed else "",
            "counted": readable(claimed.counted) if claimed else "",
            "period": readable(_period(content, claimed)) if claimed else "",
            **difference,
        }


def find_quantity(text: Annotated, side: Side) -> Quantity | None:
    """Return the figure that a side of a finding was made from, or None.

    Args:
        text: That the side is of.
        side: With its place in the original.
    """
    placed = [(text.side(quantity.span).span, quantity) for quantity in text.facts.quantities]
    exact = next((quantity for span, quantity in placed if span == side.span), None)
    return exact or next((quantity for span, quantity in placed if side.span.contains(span)), None)


def differ(claimed: Quantity, official: Quantity) -> Json:
    """Return how much one figure differs from another, in the unit of the first, and in percent of the second.

    Args:
        claimed: Of the text in hand.
        official: Of the source.

    Returns:
        `difference` and `relative`; "" where two figures cannot be subtracted (pounds and euros, a range).
    """
    here, there = claimed.unit, official.unit
    alike = here.dimension is there.dimension and here.per == there.per
    if here.dimension in {Dimension.CURRENCY, Dimension.OTHER, Dimension.TEMPERATURE}:
        alike = alike and here.code == there.code
    if not alike or claimed.upper is not None or official.upper is not None or claimed.vague or official.vague:
        return {"difference": "", "relative": ""}
    scale = there.factor / here.factor * (here.per_amount / there.per_amount)
    base = official.value * scale
    moved = claimed.value - base
    relative = f"{(moved / abs(base) * 100).quantize(PLACES):+f}%" if base and moved else "0%" if not moved else ""
    return {"difference": f"{'+' if moved > 0 else ''}{_number(moved)}", "relative": relative}


def _row(report: ClaimReport, number: int, finding: Finding) -> Json:
    return {
        "claim": report.claim.id,
        "finding": number,
        "lane": finding.lane.value,
        "kind": finding.kind,
        "article": readable(finding.claimed.surface),
        "official": readable(finding.official.surface) if finding.official else "",
        "verdict": finding.effect.value,
        "severity": finding.severity.value,
        "explanation": readable(finding.explanation),
    }


def _speaker(report: ClaimReport, finding: Finding) -> str:
    content = report.claim.content
    for quotation in content.facts.quotations:
        if quotation.speaker and content.side(quotation.span).span.overlaps(finding.claimed.span):
            return readable(quotation.speaker)
    return readable(report.claim.speaker)


def _unit(quantity: Quantity) -> str:
    unit = quantity.unit
    name = unit.code or ("" if unit.dimension in UNITLESS else unit.dimension.value)
    if unit.per is None:
        return name
    amount = "" if unit.per_amount == 1 else f"{_number(unit.per_amount)} "
    return f"{name} per {amount}{unit.per}".strip()


def _period(content: Annotated, quantity: Quantity) -> str:
    facts = content.facts
    others = [other.span for other in facts.quantities if other is not quantity]
    found = find_period(quantity, content.text, facts.dates, others)
    return found.surface if found else ""


def _number(value: Decimal) -> str:
    """Return a value without exponent and without what a division leaves behind.

    >>> _number(Decimal("7.5E+7")), _number(Decimal(1) / 3)
    ('75000000', '0.333333333333')
    """
    rounded = round(value, SHOWN_DIGITS).normalize()
    return f"{rounded:f}" if rounded else "0"


def gather(rows: Iterable[dict[str, list[Json]]]) -> dict[str, list[Json]]:
    """Return the tables of a whole text.

    Args:
        rows: Of its claims, in order.
    """
    tables: dict[str, list[Json]] = {name: [] for name in TABLES}
    for one in rows:
        for name in TABLES:
            tables[name] += one[name]
    return tables


def told(rows: Sequence[Json]) -> Iterator[Json]:
    """Yield the rows that a reader is shown: an agreement of a name is worth no line."""
    for row in rows:
        if row["verdict"] != Effect.AGREES.value or row["lane"] != Lane.NAME.value:
            yield row
