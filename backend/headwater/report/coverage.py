"""What the corpus holds, as plain JSON values."""

from __future__ import annotations

from typing import Any

from headwater.corpus.coverage import CorpusCoverage, HeldOf, most_common
from headwater.corpus.sync_records import FindCounts, SyncState
from headwater.report.scope import describe_scope


def coverage_to_json(coverage: CorpusCoverage, titles: dict[str, str]) -> dict[str, Any]:
    """Return what the corpus holds, in full.

    Args:
        coverage: Of the corpus.
        titles: Of sources, by name.
    """
    scope = coverage.scope
    return {
        "line": describe_scope(scope),
        "corpus": coverage.revision,
        "documents": coverage.documents,
        "versions": sum(held.versions for held in coverage.publishers),
        "passages": coverage.passages,
        "first_day": scope.first_day.isoformat() if scope.first_day else None,
        "last_day": scope.last_day.isoformat() if scope.last_day else None,
        "last_sync": scope.last_sync.isoformat() if scope.last_sync else None,
        "statuses": coverage.statuses,
        "languages": _counted(coverage.languages),
        "document_types": _counted(coverage.document_types),
        "publishers": [_held(held) for held in coverage.publishers],
        "sources": [_source(state, coverage.finds.get(state.source), titles) for state in coverage.syncs],
    }


def _held(held: HeldOf) -> dict[str, Any]:
    return {
        "publisher": held.publisher,
        "documents": held.documents.total(),
        "versions": held.versions,
        "document_types": _counted(held.documents),
        "languages": _counted(held.languages),
        "first_day": held.first_day or None,
        "last_day": held.last_day or None,
    }


def _counted(counted: Any) -> list[dict[str, Any]]:
    return [{"name": name, "documents": count} for name, count in most_common(counted)]


def _source(state: SyncState, finds: FindCounts | None, titles: dict[str, str]) -> dict[str, Any]:
    counts = finds or FindCounts()
    return {
        "name": state.source,
        "title": titles.get(state.source, state.source),
        "last_sync": state.finished.isoformat() if state.finished else None,
        "listed_until": state.listed.isoformat() if state.listed else None,
        "not_before": state.not_before.isoformat() if state.not_before else None,
        "read": counts.read,
        "waiting": counts.waiting,
        "failed": counts.failed,
    }
