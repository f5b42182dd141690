"""The words and symbols that all renderings share, read from `wording.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from headwater.domain.documents import Document, DocumentStatus
from headwater.domain.findings import Effect, Finding, Lane, Severity
from headwater.domain.repairs import RepairKind
from headwater.domain.verdicts import ClaimReport, Verdict

SIDE_CHARACTERS = 80  # of a side named before an explanation: enough to find it in the text
OPENING_MARKS = tuple("“‘\"'«„")
_TABLE = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class VerdictWording:
    """How a verdict is shown: a word, a symbol (`plain` where only ASCII can be shown), and what it means."""

    word: str
    symbol: str
    plain: str
    meaning: str


VERDICT_WORDING = {verdict: VerdictWording(**_TABLE["verdict"][verdict.value]) for verdict in Verdict}
SEVERITY_WORD: dict[Severity, str] = {severity: _TABLE["severity"][severity.value] for severity in Severity}
EFFECT_WORDS: dict[Effect, str] = {effect: _TABLE["effect"][effect.value] for effect in Effect}
REPAIR_WORDS: dict[RepairKind, str] = {kind: _TABLE["repair"][kind.value] for kind in RepairKind}


def cite(document: Document) -> str:
    """Return the line that names a document: publisher, title, date, and which version it is.

    >>> from datetime import UTC
    >>> cite(Document("d1", 2, True, "Home Office", "press_release", "", "New deals", "en", "", "",
    ...     datetime(2024, 11, 7, tzinfo=UTC), None, datetime(2026, 1, 1, tzinfo=UTC), ""))
    'Home Office, “New deals”, 7 November 2024, version 2'
    """
    parts = [document.publisher, f"“{document.title}”" if document.title else "", _day(document.first_published)]
    if document.version > 1 or not document.is_latest:
        parts.append(f"version {document.version}" + ("" if document.is_latest else " (a later one exists)"))
    if document.withdrawn:
        parts.append("withdrawn")
    return ", ".join(part for part in parts if part)


def notes_of(document: Document) -> tuple[str, ...]:
    """Return what has to be shown beside a passage, apart from its words: that they are superseded or withdrawn.

    >>> from datetime import UTC
    >>> notes_of(Document("d1", 1, False, "", "", "", "", "", "", "", datetime(2024, 11, 7, tzinfo=UTC), None,
    ...     datetime(2026, 1, 1, tzinfo=UTC), "", superseded=datetime(2024, 11, 9, tzinfo=UTC)))
    ('Superseded: published from 7 November 2024 until 9 November 2024; a later version is in force.',)
    """
    notes = []
    if not document.is_latest:
        days = [
            f"{word} {_day(at)}" for word, at in (("from", document.valid_from), ("until", document.superseded)) if at
        ]
        published = f": published {' '.join(days)}" if days else ""
        notes.append(f"Superseded{published}; a later version is in force.")
    if document.withdrawn or document.status is not DocumentStatus.LIVE:
        notes.append(_became(document))
    if document.change_note and document.version > 1:
        notes.append(f"Note on this version: {document.change_note}")
    return tuple(notes)


def _became(document: Document) -> str:
    """Return in words what became of a document that its publisher no longer shows as it did."""
    since = f" {_day(document.status_since)}" if document.status_since else ""
    told = document.withdrawn or document.status_note
    if document.status is DocumentStatus.REDIRECTED:
        return f"Moved by its publisher{since}, now at {document.moved_to}{f': {told}' if told else ''}"
    if document.status is DocumentStatus.GONE:
        return f"No longer shown by its publisher{f' since{since}' if since else ''}{f': {told}' if told else '.'}"
    return f"Withdrawn{since}: {told}"


def describe_version(document: Document) -> str:
    """Return one line for a version in a list of versions: number, day, and what its publisher says of it."""
    day = _day(document.valid_from) or f"stored {_day(document.retrieved)}"
    parts = [f"{document.version}, {day}", "in force" if document.is_latest else "", document.change_note]
    return "; ".join(
        part for part in (*parts, f"withdrawn: {document.withdrawn}" if document.withdrawn else "") if part
    )


def is_worth_telling(finding: Finding) -> bool:
    """Say whether a reader is shown a finding: of what agrees only figures, quotations and dates are; JSON has all."""
    return finding.effect is not Effect.AGREES or finding.lane in {Lane.FIGURE, Lane.QUOTATION, Lane.DATE}


def describe_finding(finding: Finding) -> str:
    """Return one line that says what differs, with the words of both sides.

    An agreement needs no more than its explanation, and an explanation that quotes a side already speaks for itself.
    """
    sides = [("article", finding.claimed.surface)]
    if finding.official is not None:
        sides.append(("source", finding.official.surface))
    explained = finding.explanation.casefold()
    if finding.effect is Effect.AGREES or any(surface.casefold() in explained for _, surface in sides if surface):
        return finding.explanation
    named = ", ".join(f"{label} “{_shortened(surface)}”" for label, surface in sides if surface)
    return f"{named}: {finding.explanation}" if named else finding.explanation


def in_marks(text: str) -> str:
    """Put a text in quotation marks, unless it is a quotation already.

    >>> in_marks("Almost 100,000 people")
    '“Almost 100,000 people”'
    >>> in_marks("“We need to go further.”")
    '“We need to go further.”'
    """
    return text if text[:1] in OPENING_MARKS else f"“{text}”"


def names_missing(report: ClaimReport) -> bool:
    """Say whether the unstated parts of a claim are worth showing: of a supported claim they are only its style."""
    return bool(report.missing) and report.verdict in {Verdict.NOT_IN_SOURCE, Verdict.SHIFTED}


def _shortened(surface: str) -> str:
    return surface if len(surface) <= SIDE_CHARACTERS else surface[:SIDE_CHARACTERS].rstrip() + " …"


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else ""
