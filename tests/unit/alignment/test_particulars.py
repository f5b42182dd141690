"""Names that a document states elsewhere, or that are its own, are not called missing."""

from __future__ import annotations

from datetime import UTC, datetime

from headwater.alignment.particulars import Particulars
from headwater.domain.documents import Document, Passage
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.spans import Span

WHEN = datetime(2024, 5, 1, tzinfo=UTC)
DOCUMENT = Document(
    "d1", 1, True, "Ministry of Ferries", "news", "", "Harbour works", "en", "", "", WHEN, WHEN, WHEN, "sha"
)
PASSAGES = [Passage(1, DOCUMENT, 0, "Captain Aune opened the quay in Bergen.", Span(0, 39))]


def missed(name: str, lane: Lane = Lane.NAME) -> Finding:
    side = Side(name, Span(0, len(name)))
    return Finding("TEST", lane, "not_stated", Effect.NOT_STATED, Severity.MEDIUM, side, None, "explained")


def kept(*findings: Finding) -> list[str]:
    known = Particulars(lambda _document, _version: PASSAGES)
    return [finding.claimed.surface for finding in known.without_known_names(findings, DOCUMENT)]


def test_a_name_of_the_document_or_of_its_other_passages_is_known() -> None:
    assert kept(missed("Ministry of Ferries"), missed("Bergen"), missed("Oslo")) == ["Oslo"]


def test_other_lanes_are_left_alone() -> None:
    assert kept(missed("Bergen", Lane.FIGURE)) == ["Bergen"]


def test_the_document_is_read_only_when_a_name_is_missed_and_once() -> None:
    asked = []

    def passages_of(identifier: str, version: int) -> list[Passage]:
        asked.append((identifier, version))
        return PASSAGES

    known = Particulars(passages_of)
    known.without_known_names([missed("Bergen", Lane.DATE)], DOCUMENT)
    assert asked == []
    for _ in range(2):
        known.without_known_names([missed("Bergen")], DOCUMENT)
    assert asked == [("d1", 1)]
