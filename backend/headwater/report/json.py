"""A check's report as plain JSON values: the one conversion that the service, its page and `--json` share.

Spans are half-open ranges of Unicode code points, not bytes and not UTF-16 units. A claim's and a repair's span
is of the text that was sent; a passage's and an official side's span is of the stored document's text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from headwater import __version__
from headwater.domain.documents import ChangeNote, Document, Passage
from headwater.domain.findings import Finding, Side
from headwater.domain.repairs import EncodingRepair
from headwater.domain.series import ComputedFigure
from headwater.domain.spans import Span
from headwater.domain.verdicts import CheckReport, ClaimReport, Omission, ScoredPassage, Verdict
from headwater.report.scope import scope_to_json
from headwater.report.series import computed_to_json

Json = dict[str, Any]  # JSON has no static shape here; api/schemas.py gives it one
DECIMALS = 4  # of similarities: more would differ between machines


def report_to_json(report: CheckReport) -> Json:
    """Return the report as values that `json.dumps` takes, in the order a reader wants them."""
    return {
        "summary": {verdict.value: count for verdict, count in count_verdicts(report).items()},
        "claims": [_claim(claim) for claim in report.claims],
        "omissions": [_omission(omission) for omission in report.omissions],
        "repairs": [_repair(repair) for repair in report.repairs],
        "notices": [readable(notice) for notice in report.notices],
        "coverage": scope_to_json(report),
        "versions": {
            "service": __version__,
            "rules": report.rule_version,
            "model": report.model,
            "corpus": report.corpus_version,
        },
        "elapsed_ms": _rounded(report.elapsed_ms),
    }


def document_to_json(document: Document, passages: Sequence[Passage] = (), versions: Sequence[Document] = ()) -> Json:
    """Return a stored document with its text, its passages and its versions.

    Args:
        document: With its text.
        passages: Of this version, in order.
        versions: All that are stored, oldest first.
    """
    ends = [version.valid_from or version.retrieved for version in versions[1:]]
    dated = [replace(one, superseded=end) for one, end in zip(versions, [*ends, None], strict=False)]
    here = next((one for one in dated if one.version == document.version), document)
    return {
        **_document(replace(document, superseded=here.superseded)),
        "text": readable(document.text),
        "notes": [_note(note) for note in document.provenance.notes],
        "versions": [_version(version) for version in dated],
        "passages": [_passage(passage) for passage in passages],
    }


def count_verdicts(report: CheckReport) -> Counter[Verdict]:
    """Count the claims by verdict, every verdict named, in the order of the enumeration."""
    counts = Counter(dict.fromkeys(Verdict, 0))
    counts.update(claim.verdict for claim in report.claims)
    return counts


def has_discrepancy(report: CheckReport) -> bool:
    """Say whether an official source says otherwise, or something moved on the way from it."""
    return any(claim.verdict in {Verdict.SHIFTED, Verdict.CONTRADICTED} for claim in report.claims)


def readable(text: str) -> str:
    """Replace each lone surrogate, which UTF-8 cannot carry, by U+FFFD; positions stay as they are."""
    return LONE_SURROGATE.sub("\ufffd", text)


LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _claim(report: ClaimReport) -> Json:
    claim = report.claim
    return {
        "id": claim.id,
        "text": readable(claim.text),
        "span": _span(claim.span),
        "kind": claim.kind.value,
        "speaker": readable(claim.speaker),
        "verdict": report.verdict.value,
        "reason": readable(report.reason),
        "topic_known": report.topic_known,
        "findings": [_finding(finding) for finding in report.findings],
        "missing": [readable(part) for part in report.missing],
        "computed": [_computed(computed) for computed in report.computed],
        "evidence": [_scored(passage) for passage in report.evidence],
        "nearest": [_scored(passage) for passage in report.nearest],
    }


def _computed(computed: ComputedFigure) -> Json:
    document = computed.series.document
    return {
        **computed_to_json(computed),
        "claimed": _side(computed.claimed),
        "document": _document(document) if document else None,
    }


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "lane": finding.lane.value,
        "kind": finding.kind,
        "effect": finding.effect.value,
        "severity": finding.severity.value,
        "explanation": readable(finding.explanation),
        "claimed": _side(finding.claimed),
        "official": _side(finding.official) if finding.official else None,
        "passage_id": finding.passage_id,
        "evidence": [_side(side) for side in finding.evidence],
        "edit": finding.edit,
    }


def _side(side: Side) -> Json:
    return {"text": readable(side.surface), "span": _span(side.span), "value": readable(side.value)}


def _scored(scored: ScoredPassage) -> Json:
    return {
        **_passage(scored.passage),
        "link": scored.link,
        "similarity": round(scored.similarity, DECIMALS),
        "cosine": None if scored.cosine is None else round(scored.cosine, DECIMALS),
        "coverage": round(scored.coverage, DECIMALS),
        "probability": None if scored.probability is None else round(scored.probability, DECIMALS),
        "also_at": [_document(document) for document in scored.also_at],
        "document": _document(scored.passage.document),
    }


def _passage(passage: Passage) -> Json:
    return {
        "id": passage.id,
        "text": readable(passage.text),
        "span": _span(passage.span),
        "kind": passage.kind.value,
        "heading": readable(passage.heading),
        "speaker": readable(passage.speaker),
    }


def _document(document: Document) -> Json:
    return {
        "id": document.id,
        "version": document.version,
        "is_latest": document.is_latest,
        "title": readable(document.title),
        "publisher": document.publisher,
        "document_type": document.document_type,
        "url": document.url,
        "language": document.language,
        "first_published": _moment(document.first_published),
        "updated": _moment(document.updated),
        "valid_from": _moment(document.valid_from),
        "superseded": _moment(document.superseded),
        "retrieved": _moment(document.retrieved),
        "licence": document.licence,
        "attribution": document.attribution,
        "sha256": document.sha256,
        "change_note": document.change_note,
        "withdrawn": document.withdrawn,
        "status": document.status.value,
        "status_since": _moment(document.status_since),
        "status_note": readable(document.status_note),
        "moved_to": document.moved_to,
        "speaker": document.speaker,
    }


def _version(document: Document) -> Json:
    """What tells the versions of a document apart; notes stand here, and in no passage."""
    named = (
        "version", "is_latest", "title", "valid_from", "superseded", "retrieved", "sha256", "change_note", "withdrawn",
    )  # fmt: skip
    return {name: value for name, value in _document(document).items() if name in named}


def _note(note: ChangeNote) -> Json:
    return {"note": readable(note.note), "at": _moment(note.at), "kind": note.kind}


def _omission(omission: Omission) -> Json:
    return {
        "text": readable(omission.surface),
        "span": _span(omission.span),
        "reason": readable(omission.reason),
        "passage": {**_passage(omission.passage), "link": omission.link},
        "document": _document(omission.passage.document),
    }


def _repair(repair: EncodingRepair) -> Json:
    return {
        "kind": repair.kind.value,
        "span": _span(repair.span),
        "text": readable(repair.surface),
        "repaired": readable(repair.repaired),
    }


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _moment(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    # The schema promises an offset; a source that states none is read as UTC, as the corpus orders versions.
    stated = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return stated.isoformat().replace("+00:00", "Z")


def _rounded(elapsed_ms: Mapping[str, float]) -> dict[str, float]:
    return {stage: round(elapsed, 1) for stage, elapsed in elapsed_ms.items()}
