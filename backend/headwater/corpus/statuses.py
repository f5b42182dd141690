"""What became of documents: shown, withdrawn, gone, moved. A document that left its site stays in the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, select, update

from headwater.corpus.meta import FINGERPRINT_BITS, add_to_fingerprint
from headwater.corpus.rows import storable
from headwater.corpus.tables import DOCUMENTS, VERSIONS
from headwater.domain.documents import DocumentStatus

STATUS_COLUMNS = (DOCUMENTS.c.status, DOCUMENTS.c.status_since, DOCUMENTS.c.status_note, DOCUMENTS.c.moved_to)


@dataclass(frozen=True, slots=True)
class StatusChange:
    """What became of a document.

    Args:
        status: From now on.
        since: When it came to this, or None where nobody says.
        note: What the publisher says of it, or "".
        moved_to: The address that took its place, or "".
    """

    status: DocumentStatus
    since: datetime | None = None
    note: str = ""
    moved_to: str = ""


LIVE = StatusChange(DocumentStatus.LIVE)


def set_status(connection: Connection, identifier: str, change: StatusChange) -> bool:
    """Set the status of a document, and say whether that changed anything.

    A time that is known stays where the new status is the old one and gives none.

    Args:
        connection: The writing connection.
        identifier: Of the document; one that is not stored is passed over.
        change: Its status.
    """
    held = connection.execute(select(*STATUS_COLUMNS).where(DOCUMENTS.c.id == identifier)).mappings().one_or_none()
    if held is None:
        return False
    since = change.since.isoformat() if change.since else ""
    if not since and held["status"] == change.status.value:
        since = held["status_since"]
    values = {
        "status": change.status.value,
        "status_since": since,
        "status_note": storable(change.note),
        "moved_to": storable(change.moved_to),
    }
    if values == dict(held):
        return False
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == identifier).values(values))
    add_to_fingerprint(connection, _part(identifier, values) - _part(identifier, dict(held)))
    return True


def follow_notice(connection: Connection, identifier: str) -> None:
    """Let a document's status follow the withdrawal notice of its latest version; what is gone stays gone.

    Args:
        connection: The writing connection.
        identifier: Of the document.
    """
    mine = (VERSIONS.c.document_id == identifier, VERSIONS.c.is_latest)
    notice = connection.execute(select(VERSIONS.c.withdrawn).where(*mine)).scalar_one_or_none()
    status = connection.execute(select(DOCUMENTS.c.status).where(DOCUMENTS.c.id == identifier)).scalar_one_or_none()
    if notice is not None and status in {DocumentStatus.LIVE, DocumentStatus.WITHDRAWN}:
        set_status(connection, identifier, StatusChange(DocumentStatus.WITHDRAWN, note=notice) if notice else LIVE)


def status_part(row: Any) -> int:
    """Return the part that a document's status has in the corpus's fingerprint: none where the document is still shown.

    Args:
        row: Columns of a document row by name.
    """
    return _part(row["id"], {column.name: row[column.name] for column in STATUS_COLUMNS})


def _part(identifier: str, values: dict[str, str]) -> int:
    if values["status"] in {DocumentStatus.LIVE, DocumentStatus.WITHDRAWN}:
        return 0  # a notice is in the part of its version
    fields = "\0".join([identifier, *(values[column.name] for column in STATUS_COLUMNS)])
    return int.from_bytes(blake2b(fields.encode(), digest_size=FINGERPRINT_BITS // 8).digest())
