"""The shapes of answers: `headwater.report.json` makes the values, these types hold it to them.

All spans are half-open ranges of Unicode code points.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from headwater.api.coverage_answers import CorpusScopeAnswer
from headwater.api.series_answers import ComputedAnswer
from headwater.domain.claims import ClaimKind
from headwater.domain.documents import DocumentStatus, PassageKind
from headwater.domain.findings import Effect, Lane, Severity
from headwater.domain.repairs import RepairKind
from headwater.domain.verdicts import CheckReport, Verdict
from headwater.report.json import report_to_json
from headwater.report.linked import MEDIA_TYPE as LINKED_TYPE
from headwater.report.linked import LinkedArticle, write_linked
from headwater.report.text import make_console, print_report

UNKNOWN_ARTICLE = LinkedArticle()


class Answer(BaseModel):
    """Base of all answers: no field that is not declared ever leaves."""

    model_config = ConfigDict(extra="forbid")


class TextSpan(Answer):
    """A half-open range of Unicode code points, counted from 0."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class SideAnswer(Answer):
    """One side of a finding: the words as written, where they stand, and the value that was read."""

    text: str
    span: TextSpan
    value: str


class FindingAnswer(Answer):
    """One difference, or one agreement worth showing."""

    rule: str = Field(description="Identifier of the rule, stable across versions.")
    lane: Lane
    kind: str = Field(description="The outcome in the lane's own words.")
    effect: Effect
    severity: Severity
    explanation: str = Field(description="One line that a reporter understands.")
    claimed: SideAnswer = Field(description="The text in hand; its span is of the text that was sent.")
    official: SideAnswer | None = Field(description="The official words; the span is of the stored document.")
    passage_id: int | None
    evidence: list[SideAnswer] = Field(description="Further official words that were used.")
    edit: str = Field(description='Inside a quotation: "insert", "delete" or "replace"; else "".')


class DocumentSummary(Answer):
    """What a passage cites: who published what, when, where, under which licence."""

    id: str
    version: int = Field(ge=1)
    is_latest: bool
    title: str
    publisher: str
    document_type: str
    url: str
    language: str
    first_published: datetime | None
    updated: datetime | None
    valid_from: datetime | None = Field(description="When the words of this version appeared.")
    superseded: datetime | None = Field(description="When the next version took their place; null for the latest.")
    retrieved: datetime | None
    licence: str
    attribution: str = Field(description="The line to show with the words, from the licence.")
    sha256: str = Field(description="Of the document's text in UTF-8.")
    change_note: str
    withdrawn: str = Field(description='The withdrawal notice, or "".')
    status: DocumentStatus = Field(description="What became of the document; it stays in the corpus whatever it is.")
    status_since: datetime | None = Field(description="When it came to that; null where nobody says.")
    status_note: str = Field(description="What the publisher says of it.")
    moved_to: str = Field(description="The address that took its place.")
    speaker: str


class PassageAnswer(Answer):
    """An exact slice of a stored document."""

    id: int
    text: str
    span: TextSpan
    kind: PassageKind
    heading: str
    speaker: str = Field(description='Who says it, or "" for narration.')


class LinkedPassage(PassageAnswer):
    """A passage with its address."""

    link: str = Field(
        description="Address of the passage: its document's, with its place there (a text fragment, a page's number)"
        ' where that can be named; "" where the document has no address.'
    )


class FoundPassage(LinkedPassage):
    """A passage found for a claim."""

    similarity: float = Field(description="Fused relevance from 0 to 2; for ordering, not a measure of agreement.")
    cosine: float | None
    coverage: float
    probability: float | None = Field(
        description="That it speaks of the same matter, calibrated; null where no corpus was searched."
    )
    also_at: list[DocumentSummary] = Field(description="Where else the same text stands; `document` is the original.")
    document: DocumentSummary


class ComputedFigureAnswer(ComputedAnswer):
    """A figure worked out from an official series, with the claim's words and the document of the series."""

    claimed: SideAnswer
    document: DocumentSummary | None


class ClaimAnswer(Answer):
    """What was decided for one claim."""

    id: str
    text: str
    span: TextSpan
    kind: ClaimKind
    speaker: str
    verdict: Verdict
    reason: str
    topic_known: bool = Field(description="Whether the corpus holds anything on the topic at all.")
    findings: list[FindingAnswer] = Field(description="Highest severity first.")
    missing: list[str] = Field(description="The parts of the claim that no passage states, as written.")
    computed: list[ComputedFigureAnswer] = Field(
        description="What official series say of figures that the document does not state; no part of the verdict."
    )
    evidence: list[FoundPassage] = Field(description="The passages the verdict rests on, best first.")
    nearest: list[FoundPassage] = Field(description="The nearest passages; never a support by themselves.")


class OmissionAnswer(Answer):
    """Something the source says and the text leaves out."""

    text: str
    span: TextSpan
    reason: str
    passage: LinkedPassage
    document: DocumentSummary


class RepairAnswer(Answer):
    """What was mended in the text before it was read."""

    kind: RepairKind
    span: TextSpan
    text: str
    repaired: str


class Versions(Answer):
    """What judged, and by what: two answers with equal versions and texts are equal."""

    service: str
    rules: str
    model: str
    corpus: str


class CheckAnswer(Answer):
    """The answer to one check."""

    summary: dict[Verdict, int] = Field(description="Claims by verdict.")
    claims: list[ClaimAnswer] = Field(description="In order of appearance.")
    omissions: list[OmissionAnswer]
    repairs: list[RepairAnswer]
    notices: list[str] = Field(description="Degraded work and other remarks.")
    coverage: CorpusScopeAnswer | None = Field(
        description="What was looked through; null where a text was compared with one given source."
    )
    versions: Versions
    elapsed_ms: dict[str, float] = Field(description="Milliseconds by stage.")


class VersionSummary(Answer):
    """One version of a document. Notes on changes and withdrawals stand here, apart from the words."""

    version: int = Field(ge=1)
    is_latest: bool
    title: str
    valid_from: datetime | None = Field(description="When its words appeared.")
    superseded: datetime | None = Field(description="When the next version took their place; null for the latest.")
    retrieved: datetime | None
    sha256: str
    change_note: str
    withdrawn: str


class NoteAnswer(Answer):
    """What a publisher says of a change to a document, apart from its words."""

    note: str
    at: datetime | None = Field(description="When the change was published.")
    kind: str = Field(description="change, correction or withdrawal.")


class DocumentAnswer(DocumentSummary):
    """A stored document with its text, its passages and its versions."""

    text: str
    notes: list[NoteAnswer] = Field(description="All that its publisher says of changes, newest first.")
    versions: list[VersionSummary] = Field(description="All that are stored, oldest first.")
    passages: list[PassageAnswer]


class Alive(Answer):
    """The process runs."""

    status: str


class Ready(Answer):
    """Every part the service needs, and its state."""

    ready: bool
    checks: dict[str, str]


class VersionAnswer(Answer):
    """What is running, on how many documents."""

    service: str
    rules: str
    model: str
    corpus: str
    documents: int


class InvalidPlace(Answer):
    """A place of a request that does not fit its schema."""

    location: str
    message: str


class ProblemAnswer(BaseModel):
    """A problem (RFC 9457). `type` is relative to the service, and the page there describes it."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[InvalidPlace] | None = None
    checks: dict[str, str] | None = None


def answer_bytes(report: CheckReport) -> bytes:
    """Return the report as the body of an answer, held to its schema."""
    return CheckAnswer.model_validate(report_to_json(report)).model_dump_json().encode()


def text_bytes(report: CheckReport) -> bytes:
    """Return the report as a page of plain text, as the command line prints it."""
    page = io.StringIO()
    print_report(report, make_console(page))
    return page.getvalue().encode()


def media_types(accept: str) -> set[str]:
    """Return the media types that the header `Accept` names, without what they are weighed by."""
    return {part.split(";")[0].strip().lower() for part in accept.split(",")}


def choose_rendering(
    accept: str, article: LinkedArticle = UNKNOWN_ARTICLE
) -> tuple[Callable[[CheckReport], bytes], str]:
    """Return how an answer is made and its media type: JSON unless text or linked data is asked for and JSON is not.

    Args:
        accept: The header `Accept`.
        article: What linked data say of the article.

    Returns:
        What makes the body, and its media type.
    """
    wanted = media_types(accept)
    if "application/json" in wanted:
        return answer_bytes, "application/json"
    if LINKED_TYPE in wanted:
        return lambda report: write_linked(report_to_json(report), article).encode(), LINKED_TYPE
    return (text_bytes, "text/plain") if "text/plain" in wanted else (answer_bytes, "application/json")
