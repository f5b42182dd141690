"""A report put together from steps: claims as they are decided, and what stands at the end.

The same values go to a stream of events, into the store of saved checks, and into every form of a report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from headwater.domain.verdicts import CheckReport, CheckStep
from headwater.report.json import report_to_json
from headwater.report.rows import RowReader, gather
from headwater.report.totals import totals_of

Json = dict[str, Any]


def step_to_json(step: CheckStep, rows: RowReader) -> Json:
    """Return the claims of one more sentence with their rows of tables.

    Args:
        step: Of the check.
        rows: Makes the rows.
    """
    return {
        "decided": step.decided,
        "sentences": step.sentences,
        "claims": report_to_json(CheckReport(step.claims))["claims"],
        "tables": gather(rows.rows_of(claim) for claim in step.claims),
    }


def rest_to_json(report: CheckReport) -> Json:
    """Return what stands at the end of a check: everything but the claims.

    Args:
        report: The whole.
    """
    rest = report_to_json(report)
    del rest["claims"]
    return {**rest, "totals": totals_of(report)}


def assemble(steps: Sequence[Mapping[str, Any]], rest: Mapping[str, Any]) -> Json:
    """Return a whole report of its parts.

    Args:
        steps: All of them, in order.
        rest: What stands at the end.
    """
    claims = [claim for step in steps for claim in step["claims"]]
    return {**rest, "claims": claims, "tables": gather(step["tables"] for step in steps)}


def whole_to_json(report: CheckReport, rows: RowReader) -> Json:
    """Return a report that was made in one go, as `assemble` returns one.

    Args:
        report: The whole.
        rows: Makes the rows of tables.
    """
    count = len(report.claims)
    step = step_to_json(CheckStep(count, count, report.claims), rows)
    return assemble([step], rest_to_json(report))
