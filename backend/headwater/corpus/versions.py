"""Versions of a document: when words are new, in which order versions stand, and on which days they appeared.

Order is by date, not by arrival: an older version that arrives late takes its place among the others. Same words
under a newer date are no new version; words that return after others had replaced them are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from headwater.domain.documents import DocumentRecord


class Outcome(StrEnum):
    """What storing a record comes to."""

    ADDED = "added"  # the first version of a document
    NEW_VERSION = "new_version"
    REFRESHED = "refreshed"  # same words, newer particulars (a withdrawal, a later date)
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """What is needed of a stored version to place another one.

    Args:
        row: Its row number.
        sha256: Of its text.
        moment: When its words appeared: its own date, or the time it was stored where it has none.
        dated: Whether `moment` is its own date.
    """

    row: int
    sha256: str
    moment: datetime
    dated: bool


@dataclass(frozen=True, slots=True)
class Placement:
    """What to do with a record: `row` is the stored version it equals, or None; `rank` its place, from 0, if new."""

    outcome: Outcome
    row: int | None = None
    rank: int = 0


def in_utc(moment: datetime) -> datetime:
    """Return a time as UTC; a time without an offset is read as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def moment_of(record: DocumentRecord) -> datetime | None:
    """Return when the record's words appeared (UTC), or None where the source does not say."""
    stated = record.updated or record.first_published
    return None if stated is None else in_utc(stated)


def place_record(sha256: str, moment: datetime | None, now: datetime, stored: Sequence[StoredVersion]) -> Placement:
    """Decide whether a record is a new version, and where it stands.

    Args:
        sha256: Of the record's text.
        moment: When its words appeared (UTC), or None.
        now: The time of storing (UTC).
        stored: The document's versions, oldest first.
    """
    if not stored:
        return Placement(Outcome.ADDED)
    same = [version for version in stored if version.sha256 == sha256]
    if moment is None:
        # Undated text that was stored before is that version: files read twice must never double.
        return Placement(Outcome.UNCHANGED, same[-1].row) if same else _new(stored, now)
    for version in same:
        if version.moment == moment and version.dated:
            return Placement(Outcome.UNCHANGED, version.row)
    rank = sum(version.moment <= moment for version in stored)
    before, after = stored[rank - 1] if rank else None, stored[rank] if rank < len(stored) else None
    if before is not None and before.sha256 == sha256:
        return Placement(Outcome.REFRESHED, before.row)
    if after is not None and after.sha256 == sha256:
        return Placement(Outcome.UNCHANGED, after.row)
    return Placement(Outcome.NEW_VERSION, rank=rank)


def _new(stored: Sequence[StoredVersion], moment: datetime) -> Placement:
    return Placement(Outcome.NEW_VERSION, rank=sum(version.moment <= moment for version in stored))


def days_of(record: DocumentRecord, *, is_first: bool) -> tuple[str | None, str | None]:
    """Return the earliest and latest day (YYYY-MM-DD) on which a version's words may have appeared.

    The first version known may be as old as the document; a later one appeared on its own date.

    Args:
        record: The version.
        is_first: Whether no older version is stored.
    """
    days = sorted(when.date().isoformat() for when in (record.first_published, record.updated) if when is not None)
    if not days:
        return None, None
    return (days[0], days[-1]) if is_first else (days[-1], days[-1])
