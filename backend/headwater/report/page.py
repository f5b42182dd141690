"""A report as one page that needs nothing else: no network, no script, its style inside, hostile text as text."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from headwater.domain.findings import Severity
from headwater.domain.verdicts import Verdict
from headwater.report import shown
from headwater.report.json import readable
from headwater.report.markdown import FIGURES, PARTICULARS, QUOTATIONS
from headwater.report.wording import SEVERITY_WORD, VERDICT_WORDING, in_marks

Json = dict[str, Any]
FOLDER = Path(__file__).with_name("templates")
STYLE = (FOLDER / "check.css").read_text(encoding="utf-8")
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; form-action 'none'"
TABLES = (
    ("Figures", "figures", FIGURES),
    ("Quotations", "quotations", QUOTATIONS),
    ("Names and dates", "particulars", PARTICULARS),
)


def render_page(report: Json) -> str:
    """Return a report as a page.

    Args:
        report: As `assemble` returns it, with its receipt.
    """
    tables = [(title, columns, shown.table_rows(report, name)) for title, name, columns in TABLES]
    return _TEMPLATES.get_template("check.html").render(
        report=report,
        name=shown.name_of(report),
        counts=shown.verdict_counts(report),
        differences=shown.differences(report),
        decisions=shown.decisions(report),
        missing=list(shown.not_in_source(report)),
        tables=tables,
        receipt=report.get("receipt"),
        receipt_text=json.dumps(report.get("receipt"), ensure_ascii=False, indent=1),
        style=STYLE,
        policy=POLICY,
    )


def safe_link(address: str) -> str:
    """Return the address where a browser may follow it, else ""."""
    return address if address.startswith(("https://", "http://")) else ""


def _encodable(value: object) -> object:
    return readable(value) if type(value) is str else value


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_encodable,
    )
    environment.filters.update(cited=shown.cited, in_marks=in_marks, safe_link=safe_link)
    environment.globals.update(
        severity_word={severity.value: SEVERITY_WORD[severity] for severity in Severity},
        verdict_wording={verdict.value: VERDICT_WORDING[verdict] for verdict in Verdict},
    )
    return environment


_TEMPLATES = _templates()
