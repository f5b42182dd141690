"""Reports to take away: whole without a network, hostile text as text, figures that no spreadsheet works out."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from factories import ARTICLE, HOSTILE, OFFICIAL_TEXT, make_report
from headwater.report.assembled import assemble, whole_to_json
from headwater.report.forms import FORMS
from headwater.report.page import POLICY
from headwater.report.receipt import Checked, make_receipt
from headwater.report.rows import RowReader
from headwater.report.shown import worst

WORDS = {"text", "explanation", "reason", "title", "publisher", "speaker"}
NASTY = f"{HOSTILE} =cmd|' /C calc'!A0 | `x` [a](https://evil.example) <img src=x onerror=alert(1)>"


@pytest.fixture
def report() -> dict[str, Any]:
    whole = whole_to_json(make_report(), RowReader())
    decisions = [{"claim": "c2", "finding": 0, "decision": "dismiss", "reason": NASTY, "who": NASTY, "at": "now"}]
    about = {"name": "a.txt", "title": NASTY, "notices": [NASTY]}
    receipt = make_receipt(Checked(ARTICLE, OFFICIAL_TEXT), whole, decisions=decisions)
    return {**whole, "article": about, "source": None, "decisions": decisions, "receipt": receipt, "changes": [NASTY]}


def poisoned(value: Any) -> Any:
    """The same report with hostile words wherever words of a text stand."""
    if isinstance(value, dict):
        return {
            key: NASTY if key in WORDS and isinstance(one, str)
            else "javascript:alert(1)" if key in {"url", "link"} else poisoned(one)
            for key, one in value.items()
        }  # fmt: skip
    return [poisoned(one) for one in value] if isinstance(value, list) else value


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(page)
    return parser.seen


def test_a_page_needs_no_network_and_runs_nothing(report: dict[str, Any]) -> None:
    page = FORMS["html"].render(poisoned(report))
    seen = elements(page)
    assert {tag for tag, _ in seen} & {"script", "img", "link", "iframe", "object", "svg", "base", "form"} == set()
    assert not [name for _, attributes in seen for name in attributes if name.startswith("on") or name == "style"]
    assert all((attributes["href"] or "").startswith("#") for tag, attributes in seen if tag == "a")
    (policy,) = [one["content"] for _, one in seen if one.get("http-equiv") == "Content-Security-Policy"]
    assert policy == POLICY
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "&lt;script&gt;" in page


def test_a_page_has_the_parts_that_a_reader_needs(report: dict[str, Any]) -> None:
    page = FORMS["html"].render(report)
    seen = elements(page)
    heads = [int(tag[1]) for tag, _ in seen if re.fullmatch("h[1-6]", tag)]
    assert heads[0] == 1
    assert heads.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(heads))
    identifiers = [attributes["id"] for _, attributes in seen if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    links = [attributes["href"] or "" for tag, attributes in seen if tag == "a"]
    targets = {link[1:] for link in links if link.startswith("#")}
    assert targets <= set(identifiers)
    assert all("scope" in attributes for tag, attributes in seen if tag == "th")
    assert [attributes["lang"] for tag, attributes in seen if tag == "html"] == ["en"]
    for words in ("Differences", "Figures", "Not in the source", "Left out by the article", "Receipt", "£57 million"):
        assert words in page
    assert "print" in page


def test_markdown_shows_marks_as_text(report: dict[str, Any]) -> None:
    text = FORMS["markdown"].render(poisoned(report))
    assert not re.search(r"(?<!\\)<", text)
    assert "](https" not in text
    assert "\x1b" not in text
    assert "https://" not in text
    rows = [line for line in text.splitlines() if line.startswith("| c")]
    assert rows
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 10 for row in rows[:2])


def test_json_is_the_report(report: dict[str, Any]) -> None:
    assert json.loads(FORMS["json"].render(report)) == report


def test_figures_are_no_formulas(report: dict[str, Any]) -> None:
    for row in report["tables"]["figures"]:
        row |= {"article": "=1+1", "official": "@SUM(A1)", "difference": "-18000000", "counted": "+x\r\n,y"}
    text = FORMS["csv"].render(report)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == len(report["tables"]["figures"]) == 2
    assert rows[0]["article"] == "'=1+1"
    assert rows[0]["official"] == "'@SUM(A1)"
    assert (rows[0]["difference"], rows[0]["counted"]) == ("-18000000", "'+x ,y")


@pytest.mark.parametrize("form", ["html", "markdown", "json", "csv"])
def test_every_form_says_who_decided_what_and_why(report: dict[str, Any], form: str) -> None:
    report["decisions"] = [
        {"claim": claim, "finding": 0, "decision": "dismiss", "reason": f"{who} knows", "who": who, "at": "now"}
        for claim, who in (("c1", "B. Editor"), ("c2", "A. Editor"))
    ]
    text = FORMS[form].render(report).replace("\\", "")
    for words in ("A. Editor", "B. Editor knows", "dismiss"):
        assert words in text
    report["decisions"] = [{**report["decisions"][0], "finding": 99}]
    assert FORMS[form].render(report)
    report["decisions"] = [{**report["decisions"][0], "claim": "c3", "finding": None, "reason": "told at the hearing"}]
    if form != "csv":
        assert "told at the hearing" in FORMS[form].render(report).replace("\\", "")


def test_parts_make_the_whole() -> None:
    rows = RowReader()
    made = make_report()
    from headwater.domain.verdicts import CheckStep
    from headwater.report.assembled import rest_to_json, step_to_json

    steps = [step_to_json(CheckStep(n, 6, (claim,)), rows) for n, claim in enumerate(made.claims, 1)]
    assert assemble(steps, rest_to_json(made)) == whole_to_json(made, rows)


def test_the_worst_finding_counts_unless_it_was_dismissed(report: dict[str, Any]) -> None:
    assert worst({**report, "decisions": []}) == "high"
    claims = [claim for claim in report["claims"] if claim["id"] in {"c1", "c2"}]
    assert worst({**report, "claims": claims}) == ""


def test_a_report_without_a_claim_renders() -> None:
    empty = replace(make_report(), claims=(), omissions=(), notices=())
    whole = whole_to_json(empty, RowReader())
    whole |= {"receipt": make_receipt(Checked("x"), whole), "article": None, "source": None, "changes": None}
    assert all(form.render(whole) for form in FORMS.values())
