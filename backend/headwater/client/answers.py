"""What the service answers, as typed values; a field that a later service adds is kept and does no harm."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Base of all: cannot be changed, and takes fields it does not know."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Span(Value):
    """A half-open range of Unicode code points, which are the indices of a Python text."""

    start: int
    end: int


class Side(Value):
    """One side of a finding."""

    text: str
    span: Span
    value: str


class Finding(Value):
    """One difference, or one agreement worth showing."""

    rule: str
    lane: str
    kind: str
    effect: str
    severity: str
    explanation: str
    claimed: Side
    official: Side | None


class DocumentSummary(Value):
    """What a passage cites."""

    id: str
    version: int
    title: str
    publisher: str
    document_type: str
    url: str
    first_published: datetime | None
    licence: str
    attribution: str


class Passage(Value):
    """Official words that were found for a claim."""

    id: int
    text: str
    span: Span
    speaker: str
    link: str
    document: DocumentSummary


class Claim(Value):
    """What was decided for one claim; a verdict says what the official source says, never whether a claim is right."""

    id: str
    text: str
    span: Span
    speaker: str
    verdict: Literal["supported", "shifted", "contradicted", "not_in_source", "not_checkable"]
    reason: str
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    evidence: tuple[Passage, ...]
    nearest: tuple[Passage, ...]


class Versions(Value):
    """What judged, and by what."""

    service: str
    rules: str
    model: str
    corpus: str


class Check(Value):
    """The answer to one check."""

    summary: dict[str, int]
    claims: tuple[Claim, ...]
    notices: tuple[str, ...]
    versions: Versions


class ClaimsStep(Value):
    """The claims of one more sentence, as soon as they are decided."""

    event: Literal["claims"]
    decided: int
    sentences: int
    claims: tuple[Claim, ...]


class SummaryStep(Value):
    """The last step of a check."""

    event: Literal["summary"]
    summary: dict[str, int]
    notices: tuple[str, ...]
    versions: Versions


class Problem(Value):
    """A problem inside an answer."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str


class BatchResult(Value):
    """What came of one text of a batch."""

    index: int
    answer: Check | None
    problem: Problem | None


class Batch(Value):
    """One result for each text, in their order."""

    results: tuple[BatchResult, ...]
    failed: int


class ListedDocument(Value):
    """A document in a list, without its text."""

    id: str
    version: int
    publisher: str
    document_type: str
    title: str
    url: str
    first_published: str | None


class DocumentPage(Value):
    """A page of a list; `next` begins the next one."""

    items: tuple[ListedDocument, ...]
    next: str | None


class Document(DocumentSummary):
    """A stored document with its text."""

    text: str
    is_latest: bool


class IngestedDocument(Value):
    """What became of a document that was handed over."""

    outcome: Literal["added", "new_version", "unchanged"]
    document: ListedDocument
    also: tuple[str, ...]
    encoded: int
    corpus: str


class Coverage(Value):
    """What the corpus holds."""

    line: str
    corpus: str
    documents: int
    versions: int
    passages: int


class ServiceVersions(Versions):
    """What a service runs with, and how many documents it has."""

    documents: int | None


class Readiness(Value):
    """Whether a check could be made now, and each part that it needs."""

    ready: bool
    checks: dict[str, str]


class Report(Check):
    """The report of a check that was made as a job."""

    totals: dict[str, Any]
    decisions: tuple[dict[str, Any], ...]
    receipt: dict[str, Any]
    changes: tuple[dict[str, Any], ...] | None


class Job(Value):
    """A check that is made as a job: how far it is, and its report once it is done."""

    id: str
    state: Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]
    saved: bool
    created: datetime
    ended: datetime | None
    expires: datetime
    decided: int
    sentences: int | None
    report: Report | None
    problem: Problem | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in {"waiting", "running"}


class JobEnd(Value):
    """The last event of a check that was watched."""

    event: Literal["done", "failed", "cancelled", "interrupted"]
    totals: dict[str, Any] | None
    problem: Problem | None


class Decisions(Value):
    """All decisions on the findings of a check that count."""

    decisions: tuple[dict[str, Any], ...]
