"""The pages of the service, rendered on the server; every value is escaped by the template engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from headwater.api.problems import Problem
from headwater.domain.verdicts import CheckReport
from headwater.report.json import count_verdicts, readable
from headwater.report.scope import find_scope_line
from headwater.report.series import AGREEMENT_WORDS, describe_rows
from headwater.report.wording import (
    EFFECT_WORDS,
    REPAIR_WORDS,
    SEVERITY_WORD,
    VERDICT_WORDING,
    cite,
    describe_finding,
    in_marks,
    is_worth_telling,
    names_missing,
    notes_of,
)

STYLESHEET: Final = Path(__file__).with_name("static") / "style.css"
MAX_CLAIMS_SHOWN = 500  # a browser lays out a page of some thousand boxes slowly; the API has no such limit


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form, as it was sent."""

    text: str = ""
    source: str = ""
    published: str = ""
    as_of: str = ""


def render_form(form: Form, *, problem: Problem | None = None, detail: str = "") -> str:
    """Render the form, with what went wrong above it.

    Args:
        form: What stands in it.
        problem: The row of the table of problems, or None.
        detail: What went wrong this time.

    Returns:
        The page.
    """
    return _TEMPLATES.get_template("form.html").render(form=form, problem=problem, detail=detail)


def render_report(form: Form, report: CheckReport) -> str:
    """Render the form with the report below it."""
    return _TEMPLATES.get_template("report.html").render(
        form=form,
        problem=None,
        detail="",
        report=report,
        counts=count_verdicts(report),
        most=MAX_CLAIMS_SHOWN,
        scope_line=find_scope_line(report),
    )


def render_problems(problems: Sequence[Problem]) -> str:
    """Render the description of problems."""
    return _TEMPLATES.get_template("problems.html").render(problems=problems)


def safe_link(address: str) -> str:
    """Return the address where a browser may follow it, else ""; a document's record is not to be trusted."""
    return address if address.startswith(("https://", "http://")) else ""


def _encodable(value: object) -> object:
    # What a macro has rendered is a subclass of str, escaped already, and must stay what it is.
    return readable(value) if type(value) is str else value


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_encodable,
    )
    environment.filters.update(
        cite=cite,
        safe_link=safe_link,
        describe=describe_finding,
        in_marks=in_marks,
        names_missing=names_missing,
        notes=notes_of,
        rows=describe_rows,
    )
    environment.tests.update(worth_telling=is_worth_telling)
    environment.globals.update(
        agreement_words=AGREEMENT_WORDS,
        verdict_wording=VERDICT_WORDING,
        severity_word=SEVERITY_WORD,
        effect_words=EFFECT_WORDS,
        repair_words=REPAIR_WORDS,
    )
    return environment


_TEMPLATES = _templates()
