"""A report as Markdown: text from outside is shown as text, whatever marks are in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from headwater.domain.findings import Severity
from headwater.report import shown
from headwater.report.text import visible
from headwater.report.wording import SEVERITY_WORD, in_marks

Json = dict[str, Any]
MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")
FIGURES = (
    ("Claim", "claim"), ("Article", "article"), ("Official", "official"), ("Difference", "difference"),
    ("Relative", "relative"), ("Counted", "counted"), ("Period", "period"), ("Verdict", "verdict_words"),
    ("Severity", "severity_word"),
)  # fmt: skip
QUOTATIONS = (
    ("Claim", "claim"), ("Speaker", "speaker"), ("Article", "article"), ("Official", "official"), ("Edit", "kind"),
    ("Verdict", "verdict_words"), ("Severity", "severity_word"),
)  # fmt: skip
PARTICULARS = (
    ("Claim", "claim"), ("Kind", "lane"), ("Article", "article"), ("Official", "official"),
    ("Verdict", "verdict_words"), ("Severity", "severity_word"),
)  # fmt: skip
TABLES = (("Figures", "figures", FIGURES), ("Quotations", "quotations", QUOTATIONS))
TABLES_OF_NAMES = ("Names and dates", "particulars", PARTICULARS)


def render_markdown(report: Json) -> str:
    """Return a report as Markdown.

    Args:
        report: As `assemble` returns it, with its receipt.
    """
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Json) -> Iterator[str]:
    yield f"# {_text(shown.name_of(report))}"
    yield ""
    counts = shown.verdict_counts(report)
    rows = [[one["wording"].word, str(one["count"]), one["wording"].meaning] for one in counts]
    yield from _table(("Verdict", "Claims", "What it means"), rows)
    yield from _section("Notices", [f"- {_text(notice)}" for notice in _notices(report)])
    yield from _section("Differences", [_difference(one) for one in shown.differences(report)])
    for title, name, columns in (*TABLES, TABLES_OF_NAMES):
        yield from _table_of(report, title, name, columns)
    yield from _section("Not in the source", [_missing(one) for one in shown.not_in_source(report)])
    omissions = [f"- {_text(in_marks(one['text']))}: {_text(one['reason'])}" for one in report["omissions"]]
    yield from _section("Left out by the article", omissions)
    yield from _section("Decisions", [_decision(one) for one in shown.decisions(report)])
    yield from _section("Receipt", list(_receipt(report)))


def _notices(report: Json) -> Iterator[str]:
    yield from report["notices"]
    yield from (report.get("article") or {}).get("notices", ())
    yield from (report.get("source") or {}).get("notices", ())
    yield from (f"Since the former check: {line}" for line in report.get("changes") or ())


def _difference(one: Json) -> str:
    official = f"; official: {_text(in_marks(one['official']['text']))}" if one["official"] else ""
    decided = one["decided"]
    note = f" — {decided['decision']}: {_text(decided['reason'])} ({_text(decided['who'])})" if decided else ""
    severity = SEVERITY_WORD[Severity(one["severity"])]
    words = f"article: {_text(in_marks(one['claimed']['text']))}{official}"
    return f"- **{severity}**, {one['claim']}, {one['lane']}: {_text(one['explanation'])} ({words}){note}"


def _decision(one: Json) -> str:
    reason = f" Reason: {_text(in_marks(one['reason']))}" if one["reason"] else ""
    who = _text(one["who"] or "unnamed")
    return (
        f"- {one['claim']}, {one['lane']}: {one['decision']} by {who}, {one['at']}. {_text(one['explanation'])}{reason}"
    )


def _missing(one: Json) -> str:
    parts = "; ".join(_text(in_marks(part)) for part in one["missing"])
    nearest = one["nearest"]
    line = f"- {one['claim']}: {_text(in_marks(one['text']))}" + (f" Not stated: {parts}." if parts else "")
    if nearest is None:
        return line
    return f"{line} Nearest passage, no support: {_text(in_marks(nearest['text']))} ({_text(shown.cited(nearest))})"


def _receipt(report: Json) -> Iterator[str]:
    receipt = report.get("receipt")
    if receipt is None:
        return
    for label in ("made", "headwater", "rules", "model", "corpus", "article_sha256", "source_sha256"):
        if receipt[label]:
            yield f"- {label}: `{receipt[label]}`"
    for one in receipt["documents"]:
        yield f"- {_text(one['title'] or one['url'] or one['id'])}, version {one['version']}: `{one['sha256']}`"


def _table_of(report: Json, title: str, name: str, columns: Sequence[tuple[str, str]]) -> Iterator[str]:
    rows = shown.table_rows(report, name)
    if rows:
        yield ""
        yield f"## {title}"
        yield ""
        cells = [[_text(str(row[key])) for _, key in columns] for row in rows]
        yield from _table([label for label, _ in columns], cells)


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"## {title}"
        yield ""
        yield from lines


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _text(text: str) -> str:
    """Return a text on one line, every mark of Markdown and of HTML in it escaped; no address becomes a link."""
    return MARKS.sub(r"\\\1", visible(text)).replace("://", "\\://")
