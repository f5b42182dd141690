"""What was looked through, in one line and as plain JSON values: it stands under an answer that found nothing."""

from __future__ import annotations

from typing import Any

from headwater.domain.coverage import CorpusScope
from headwater.domain.verdicts import CheckReport, Verdict

NAMED = 3  # publishers a line can name


def describe_scope(scope: CorpusScope) -> str:
    """Return one line that says what was looked through, so that finding nothing can be judged.

    >>> describe_scope(CorpusScope(documents=1, publishers=("Home Office",), publisher_count=1))
    'Looked through: 1 document of Home Office, undated; never synced with its publishers.'
    """
    if not scope.documents:
        return "Looked through: nothing, the corpus is empty."
    named = ", ".join(scope.publishers[:NAMED])
    others = scope.publisher_count - min(len(scope.publishers), NAMED)
    if others:
        named = f"{scope.publisher_count:,} publishers (most from {named})"
    documents = f"{scope.documents:,} document{'' if scope.documents == 1 else 's'}"
    span = dict.fromkeys(str(day) for day in (scope.first_day, scope.last_day) if day is not None)
    days = f"dated {' to '.join(span)}" if span else "undated"
    synced = f"last synced {scope.last_sync:%Y-%m-%d}" if scope.last_sync else "never synced with its publishers"
    return f"Looked through: {documents} of {named}, {days}; {synced}."


def find_scope_line(report: CheckReport) -> str | None:
    """Return what was looked through where no source was found for one of the claims, else None.

    Args:
        report: Of a check against the corpus.
    """
    if report.scope is None or all(is_found(claim.verdict, topic_known=claim.topic_known) for claim in report.claims):
        return None
    return describe_scope(report.scope)


def is_found(verdict: Verdict, *, topic_known: bool) -> bool:
    """Say whether a claim needs no look at what the corpus holds."""
    return verdict is Verdict.NOT_CHECKABLE or (verdict is not Verdict.NOT_IN_SOURCE and topic_known)


def scope_to_json(report: CheckReport) -> dict[str, Any] | None:
    """Return what the corpus holds, in short; None for a comparison of two given texts.

    Args:
        report: Of a check.
    """
    scope = report.scope
    if scope is None:
        return None
    return {
        "documents": scope.documents,
        "publishers": scope.publisher_count,
        "first_day": scope.first_day.isoformat() if scope.first_day else None,
        "last_day": scope.last_day.isoformat() if scope.last_day else None,
        "languages": list(scope.languages),
        "last_sync": scope.last_sync.isoformat() if scope.last_sync else None,
        "line": describe_scope(scope),
    }
