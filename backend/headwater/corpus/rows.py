"""Between rows and domain types: one converting function each way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from hashlib import blake2b, sha256
from typing import Any
from urllib.parse import urlsplit

from headwater.corpus.licences import attribution_line
from headwater.corpus.passages import PassageSlice
from headwater.corpus.provenances import provenance_from_text, provenance_to_text
from headwater.corpus.tables import PASSAGES
from headwater.corpus.versions import days_of
from headwater.domain.documents import Document, DocumentRecord, DocumentStatus, Passage, PassageKind, SpeakerBasis
from headwater.domain.spans import Span

ID_BYTES = 8  # 64 bits: two documents of a corpus of ten million share an identifier with a chance of 1 in 400,000
TEXT_HASH_BYTES = 16
PASSAGE_COLUMNS = tuple(
    PASSAGES.c[name]
    for name in (
        "id",
        "version_id",
        "ordinal",
        "start",
        "end",
        "kind",
        "heading",
        "speaker",
        "speaker_basis",
        "text",
    )
)
_KINDS = {kind.value: kind for kind in PassageKind}
_BASES = {basis.value: basis for basis in SpeakerBasis}
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal."""
    return sha256(text.encode()).hexdigest()


def storable_record(record: DocumentRecord) -> DocumentRecord:
    """Return a record with signs that both databases can hold: what is none becomes a replacement character.

    A NUL ends a text in PostgreSQL, and half a character of UTF-16 is no text at all. Spans stay where they are.

    Args:
        record: The document as its source yields it.
    """
    texts = {field.name: getattr(record, field.name) for field in fields(record)}
    changed = {name: storable(value) for name, value in texts.items() if storable(value) is not value}
    if not changed:
        return record
    return replace(record, block_quotes=tuple(storable(quote) for quote in record.block_quotes), **changed)


def storable(value: Any) -> Any:
    """Return a value of a column as both databases can hold it; only texts are ever changed."""
    return UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) and UNSTORABLE.search(value) else value


def document_key(record: DocumentRecord) -> dict[str, str]:
    """Return what names a record's document for good: its site, its identifier there (else its address), its language.

    Publishers are not part of it: pages pass from one department to another, and stay the same page.

    Args:
        record: The document as its source yields it.
    """
    return {
        "source": urlsplit(record.url).hostname or record.publisher,
        "external_key": record.external_id or record.url,
        "language": record.language,
    }


def document_id(record: DocumentRecord) -> str:
    """Return the public identifier of a record's document: the same for all its versions, and in every corpus."""
    return blake2b("\0".join(document_key(record).values()).encode(), digest_size=ID_BYTES).hexdigest()


def version_values(record: DocumentRecord, *, retrieved: datetime, is_first: bool) -> dict[str, Any]:
    """Return the columns of a version row, but for its place among the others.

    Args:
        record: The version.
        retrieved: When it is stored (UTC).
        is_first: Whether no older version is stored.
    """
    first_day, last_day = days_of(record, is_first=is_first)
    return {
        "document_id": document_id(record),
        "publisher": record.publisher,
        "document_type": record.document_type,
        "url": record.url,
        "title": record.title,
        "description": record.description,
        "licence": record.licence,
        "first_published": _iso(record.first_published),
        "updated": _iso(record.updated),
        "retrieved": retrieved.isoformat(),
        "first_day": first_day,
        "last_day": last_day,
        "sha256": text_sha256(record.text),
        "change_note": record.change_note,
        "withdrawn": record.withdrawn,
        "speaker": record.speaker,
        "provenance": storable(provenance_to_text(record.provenance)),
        "text": record.text,
    }


def passage_values(cut: PassageSlice, *, version_id: int, ordinal: int) -> dict[str, Any]:
    """Return the columns of a passage row.

    Args:
        cut: The passage.
        version_id: Row number of its version.
        ordinal: Its place among the passages of the version, from 0.
    """
    return {
        "version_id": version_id,
        "ordinal": ordinal,
        "start": cut.span.start,
        "end": cut.span.end,
        "kind": cut.kind.value,
        "heading": cut.heading,
        "speaker": cut.speaker,
        "speaker_basis": cut.speaker_basis.value,
        "text_hash": blake2b(cut.text.encode(), digest_size=TEXT_HASH_BYTES).digest(),
        "text": cut.text,
    }


def to_document(row: Mapping[Any, Any], *, text: str = "") -> Document:
    """Return the document of a joined row of versions and documents.

    Args:
        row: Columns by name.
        text: The version's text, where it was asked for.
    """
    published = _moment(row["first_published"]) or _moment(row["updated"])
    return Document(
        id=row["document_id"],
        version=row["number"],
        is_latest=bool(row["is_latest"]),
        publisher=row["publisher"],
        document_type=row["document_type"],
        url=row["url"],
        title=row["title"],
        language=row["language"],
        licence=row["licence"],
        attribution=attribution_line(row["licence"], published.year if published else None),
        first_published=_moment(row["first_published"]),
        updated=_moment(row["updated"]),
        retrieved=datetime.fromisoformat(row["retrieved"]),
        sha256=row["sha256"],
        change_note=row["change_note"],
        withdrawn=row["withdrawn"],
        speaker=row["speaker"],
        provenance=provenance_from_text(row["provenance"]),
        status=DocumentStatus(row["status"]),
        status_since=_moment(row["status_since"] or None),
        status_note=row["status_note"],
        moved_to=row["moved_to"],
        text=text,
    )


def to_passage(row: Sequence[Any], document: Document) -> Passage:
    """Return the passage of a row.

    Args:
        row: Values of `PASSAGE_COLUMNS`, in their order.
        document: The version it is in.
    """
    number, _version, ordinal, start, end, kind, heading, speaker, basis, text = row
    return Passage(
        id=number,
        document=document,
        ordinal=ordinal,
        text=text,
        span=Span(start, end),
        kind=_KINDS[kind],
        heading=heading,
        speaker=speaker,
        speaker_basis=_BASES[basis],
    )


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def to_days(stored: Iterable[str | None]) -> tuple[date, ...]:
    """Return the days of moments as stored; those that are not known are left out.

    Args:
        stored: Values of columns.
    """
    return tuple(when.date() for when in map(_moment, stored) if when is not None)


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored)
