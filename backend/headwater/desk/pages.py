"""The pages of the desk, rendered on the server: every value is escaped by the template engine, none needs a script."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from headwater.comparison.house_style import house_styles
from headwater.desk.assets import digest
from headwater.desk.cards import decisions_by_place, make_card
from headwater.desk.columns import article_blocks, documents, omission_places
from headwater.desk.seen import SeenCheck
from headwater.domain.findings import Lane, Severity
from headwater.domain.repairs import RepairKind
from headwater.domain.verdicts import Verdict
from headwater.report import shown
from headwater.report.json import readable
from headwater.report.wording import REPAIR_WORDS, SEVERITY_WORD, VERDICT_WORDING, in_marks

Json = dict[str, Any]
FIRST_LOOKS = 6  # of the summary: what is to be looked at first
LANES = tuple(lane.value for lane in Lane)
WEIGHTS = (*((one.value, SEVERITY_WORD[one]) for one in reversed(Severity)), ("absent", "not in source"))
FIGURE_COLUMNS = (
    ("Claim", "claim"), ("Article", "article"), ("Official", "official"), ("Difference", "difference"),
    ("Relative", "relative"), ("Counted", "counted"), ("Period", "period"), ("Verdict", "verdict_words"),
    ("Severity", "severity_word"),
)  # fmt: skip
QUOTATION_COLUMNS = (
    ("Claim", "claim"), ("Speaker", "speaker"), ("Article", "article"), ("Official", "official"), ("Edit", "kind"),
    ("Verdict", "verdict_words"), ("Severity", "severity_word"),
)  # fmt: skip
PARTICULAR_COLUMNS = (
    ("Claim", "claim"), ("Kind", "lane"), ("Article", "article"), ("Official", "official"),
    ("Verdict", "verdict_words"), ("Severity", "severity_word"),
)  # fmt: skip
TABLES = (
    ("Figures", "figures", FIGURE_COLUMNS),
    ("Quotations", "quotations", QUOTATION_COLUMNS),
    ("Names and dates", "particulars", PARTICULAR_COLUMNS),
)


class Said(Protocol):
    """A problem, as the table of problems has it."""

    @property
    def title(self) -> str:
        """In a few words."""

    @property
    def type(self) -> str:
        """Address of its page."""

    @property
    def advice(self) -> str:
        """What can be done."""


@dataclass(frozen=True, slots=True)
class DeskForm:
    """What stands in the form, as it was sent; files are not sent back.

    Args:
        fields: By name.
        house_style: Switches that are on.
        saved_days: Days that a saved check is kept.
        most_bytes: Of a file.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    house_style: Collection[str] = ()
    saved_days: int = 30
    most_bytes: int = 10_000_000

    def value(self, name: str) -> str:
        """Return what was sent in a field, or ""."""
        return self.fields.get(name, "")


def render_form(form: DeskForm, *, problem: Said | None = None, detail: str = "") -> str:
    """Render the form, with what went wrong above it.

    Args:
        form: What stands in it.
        problem: The row of the table of problems, or None.
        detail: What went wrong this time.
    """
    return _render("form.html", form=form, problem=problem, detail=detail, switches=house_styles().values())


def render_check(seen: SeenCheck) -> str:
    """Render a check as far as it is."""
    return _render(
        "check.html",
        **_common(seen),
        cards=_cards(seen, seen.claims),
        article_blocks=article_blocks(seen),
        documents=documents(seen),
    )


def render_parts(seen: SeenCheck, after: int) -> str:
    """Render what changed since a step: elements that stand in for those of the same id, and cards to be added.

    Args:
        seen: The check.
        after: Number of the last step that is shown.
    """
    fresh = [claim for step in seen.steps[after:] for claim in step["claims"]]
    return _render(
        "parts.html",
        **_common(seen),
        cards=_cards(seen, fresh),
        article_blocks=article_blocks(seen, fresh) if fresh else [],
        documents=documents(seen, fresh) if fresh else [],
    )


def render_problem(problem: Said, detail: str) -> str:
    """Render a page that says only what went wrong."""
    return _render("problem.html", problem=problem, detail=detail)


def render_problems(problems: Sequence[object]) -> str:
    """Render the description of problems."""
    return _render("problems.html", problems=problems)


def safe_link(address: str) -> str:
    """Return the address where a browser may follow it, else ""; a document's record is not to be trusted."""
    return address if address.startswith(("https://", "http://")) else ""


def _common(seen: SeenCheck) -> dict[str, Any]:
    report, claims = seen.report, seen.claims
    counted = {verdict.value: 0 for verdict in Verdict}
    for claim in claims:
        counted[claim["verdict"]] += 1
    body = {"summary": counted, "claims": claims, "decisions": seen.decisions}
    found = shown.differences(body)
    return {
        "seen": seen,
        "report": report,
        "counts": shown.verdict_counts(body),
        "weights": {one.value: sum(f["severity"] == one.value for f in found) for one in reversed(Severity)},
        "first_looks": found[:FIRST_LOOKS],
        "tables": [(title, name, columns, shown.table_rows(report, name)) for title, name, columns in TABLES]
        if report
        else [],
        "missing": list(shown.not_in_source(body)) if report else [],
        "places": omission_places(seen),
        "styles": [house_styles()[name].title for name in seen.house_style],
    }


def _cards(seen: SeenCheck, claims: Sequence[Json]) -> list[object]:
    decided = decisions_by_place(seen.decisions)
    return [make_card(claim, decided) for claim in claims]


def _render(template: str, **values: object) -> str:
    return _TEMPLATES.get_template(template).render(**values)


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
    environment.filters.update(cited=shown.cited, safe_link=safe_link, in_marks=in_marks)
    environment.globals.update(
        assets=f"/static/{digest()}",
        lanes=LANES,
        weight_words=WEIGHTS,
        verdict_wording={verdict.value: VERDICT_WORDING[verdict] for verdict in Verdict},
        severity_word={severity.value: SEVERITY_WORD[severity] for severity in Severity},
        repair_words={kind.value: REPAIR_WORDS[kind] for kind in RepairKind},
    )
    return environment


_TEMPLATES = _templates()
