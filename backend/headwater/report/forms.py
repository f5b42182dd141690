"""The forms that a report is taken away in: a page by itself, Markdown, JSON, and the figures as CSV.

All are made of the plain values that `assembled` puts together, so that a stored check renders as a fresh one does.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from headwater.report.linked import MEDIA_TYPE, linked_of_check
from headwater.report.markdown import render_markdown
from headwater.report.page import render_page
from headwater.report.shown import decision_of

Json = dict[str, Any]
BOM = "\ufeff"  # spreadsheets read CSV without it in the encoding of their country
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would work out a cell that begins so
FIGURE_COLUMNS = (
    "claim", "article", "official", "value", "official_value", "unit", "difference", "relative", "counted", "period",
    "verdict", "severity", "explanation", "decision", "reason", "who",
)  # fmt: skip
NUMBERS = {"value", "official_value", "difference", "relative"}  # of our own making: a minus is no formula


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the end of its file's name, its media type, and what makes it of a report."""

    suffix: str
    media_type: str
    render: Callable[[Json], str]


def render_json(report: Json) -> str:
    """Return a report as JSON, with a line's end at its end."""
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def render_csv(report: Json) -> str:
    """Return the figures of a report as CSV for a spreadsheet, which finds no formula in it.

    Args:
        report: As `assemble` returns it.
    """
    held = StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(FIGURE_COLUMNS)
    for figure in report["tables"]["figures"]:
        row = figure | decision_of(report, figure["claim"], figure["finding"])
        writer.writerow([row[name] if name in NUMBERS else _cell(str(row[name])) for name in FIGURE_COLUMNS])
    return BOM + held.getvalue()


def _cell(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA_STARTS) else line


FORMS = {
    "html": Form("html", "text/html; charset=utf-8", render_page),
    "markdown": Form("md", "text/markdown; charset=utf-8", render_markdown),
    "json": Form("json", "application/json", render_json),
    "csv": Form("csv", "text/csv; charset=utf-8", render_csv),
    "linked": Form("jsonld", MEDIA_TYPE, linked_of_check),
}
