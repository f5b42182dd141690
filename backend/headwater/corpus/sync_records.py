"""What is known of sources, of their syncs and of what they listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from headwater.corpus.statuses import StatusChange
from headwater.domain.documents import DocumentRecord


@dataclass(frozen=True, slots=True)
class AddedSource:
    """A source that a user added.

    Args:
        name: Unique.
        title: What people call it.
        reader: Kind of its reader.
        options: What the reader has to know.
    """

    name: str
    title: str
    reader: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SyncState:
    """Where the sync of a source stands; None where there was no such moment. All times are UTC.

    Args:
        source: Its name.
        begun: When the listing that is under way began; None where none is.
        since: From when that lists; None where it lists everything.
        cursor: Where it can be gone on with, or "".
        listed: Until when everything has been listed.
        finished: End of the last sync in which everything could be read.
        not_before: Until when the publisher wants to be left alone.
        problem: Of the last sync, or "".
    """

    source: str
    begun: datetime | None = None
    since: datetime | None = None
    cursor: str = ""
    listed: datetime | None = None
    finished: datetime | None = None
    not_before: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class StoredFind:
    """A document that a source listed, and what is known of it.

    Args:
        key: Identifies it in its source.
        url: That is fetched first.
        details: What its reader needs besides.
        updated: As the listing says, ISO 8601, or "".
        etag: Validator of the last answer, or "".
        last_modified: Likewise.
        reader: Version of the reader that read it, or "".
        checked: When it was last read or visited, ISO 8601 in UTC, or "".
        attempts: That failed since it was last read.
    """

    key: str
    url: str
    details: str = ""
    updated: str = ""
    etag: str = ""
    last_modified: str = ""
    reader: str = ""
    checked: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """What reading a find came to.

    Args:
        records: Of its documents.
        departures: Identifiers of documents that are no longer shown, and what became of them. One whose identifier is
            "" stands for all documents that the find was read into before and that the records do not hold.
        etag: Validator of the answer.
        last_modified: Likewise.
        reader: Version of the reader.
        is_unchanged: The publisher says that nothing changed: what was read before is shown as ever.
    """

    records: Sequence[DocumentRecord] = ()
    departures: Sequence[tuple[str, StatusChange]] = ()
    etag: str = ""
    last_modified: str = ""
    reader: str = ""
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class FindCounts:
    """How many finds of a source there are, by state."""

    waiting: int = 0
    read: int = 0
    failed: int = 0
