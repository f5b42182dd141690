"""What every form of a report shows, in the order a newsroom reads it: worked out once from the report's values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from headwater.domain.findings import Effect, Lane, Severity
from headwater.domain.verdicts import Verdict
from headwater.report.rows import told
from headwater.report.wording import EFFECT_WORDS, SEVERITY_WORD, VERDICT_WORDING

Json = dict[str, Any]
ORDER = {severity.value: place for place, severity in enumerate(reversed(Severity))}  # highest first


def verdict_counts(report: Json) -> list[Json]:
    """Return the verdicts with their words, meanings and numbers of claims."""
    return [
        {"verdict": verdict.value, "count": report["summary"][verdict.value], "wording": VERDICT_WORDING[verdict]}
        for verdict in Verdict
    ]


def differences(report: Json) -> list[Json]:
    """Return the findings that are no agreement, highest severity first, each with its claim's id and its place."""
    dismissed = {(one["claim"], one["finding"]): one for one in report.get("decisions") or ()}
    found = [
        {**finding, "claim": claim["id"], "place": place, "decided": dismissed.get((claim["id"], place))}
        for claim in report["claims"]
        for place, finding in enumerate(claim["findings"])
        if finding["effect"] not in {Effect.AGREES.value, Effect.UNDECIDED.value}
        and finding["severity"] != Severity.INFO.value
    ]
    return sorted(found, key=lambda finding: ORDER[finding["severity"]])


def decisions(report: Json) -> list[Json]:
    """Return what readers decided, in order, each with what it is about: `lane` and `explanation`."""
    claims = {claim["id"]: claim for claim in report["claims"]}
    return [{**one, **_decided_on(claims.get(one["claim"]), one["finding"])} for one in report.get("decisions") or ()]


def _decided_on(claim: Json | None, finding: int | None) -> Json:
    if claim is None or (finding is not None and finding >= len(claim["findings"])):
        return {"lane": "", "explanation": ""}
    if finding is None:  # the claim as a whole
        return {"lane": Lane.CONTENT.value, "explanation": claim["reason"]}
    return {name: claim["findings"][finding][name] for name in ("lane", "explanation")}


def decision_of(report: Json, claim: str, finding: int) -> Json:
    """Return what was decided on a finding; empty fields where nothing was.

    Args:
        report: With its decisions.
        claim: Id of the claim.
        finding: Place of the finding in the claim's list.
    """
    nothing = {"decision": "", "reason": "", "who": "", "at": ""}
    held = (one for one in report.get("decisions") or () if (one["claim"], one["finding"]) == (claim, finding))
    return next(held, nothing)


def not_in_source(report: Json) -> Iterator[Json]:
    """Yield the claims that the source does not state: what is missing, and the nearest passage, no support."""
    for claim in report["claims"]:
        if claim["verdict"] == Verdict.NOT_IN_SOURCE.value:
            yield {
                "claim": claim["id"],
                "text": claim["text"],
                "missing": claim["missing"],
                "nearest": claim["nearest"][0] if claim["nearest"] and claim["topic_known"] else None,
            }


def table_rows(report: Json, table: str) -> list[Json]:
    """Return the rows of a table with their verdict and severity in words."""
    return [
        {
            **row,
            "verdict_words": EFFECT_WORDS[Effect(row["verdict"])],
            "severity_word": "" if row["verdict"] == Effect.AGREES.value else SEVERITY_WORD[Severity(row["severity"])],
        }
        for row in told(report["tables"][table])
    ]


def name_of(report: Json) -> str:
    """Return what a report is called: the article's headline, or its file's name, or just that it is one."""
    article = report.get("article") or {}
    return article.get("title") or article.get("name") or "Article"


def cited(passage: Json) -> str:
    """Return a line that names the document of a passage: publisher, title, day, version."""
    document = passage["document"]
    day = (document["first_published"] or "")[:10]
    version = f"version {document['version']}" if document["version"] > 1 or not document["is_latest"] else ""
    title = f"“{document['title']}”" if document["title"] else ""
    return ", ".join(part for part in (document["publisher"], title, day, version) if part) or "the official text given"


def worst(report: Json) -> str:
    """Return the highest severity among the differences that nobody dismissed, or "" where there is none."""
    open_ones = [one for one in differences(report) if (one["decided"] or {}).get("decision") != "dismiss"]
    return str(open_ones[0]["severity"]) if open_ones else ""
