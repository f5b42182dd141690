"""One record of a file to a `DocumentRecord`, or the reason why not. The form is that of the corpus's JSONL files.

Required: `url`, `publisher`, `document_type`, `title`, `text`. The publisher's `content_id` is not taken as identity:
published collections give one to several pages. A source that can vouch for its identifiers gives `external_id`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from headwater.corpus.versions import in_utc
from headwater.domain.documents import ChangeNote, DocumentRecord, Provenance
from headwater.domain.errors import UnreadableRecordError

REQUIRED = ("url", "publisher", "document_type", "title", "text")
OPTIONAL = ("language", "licence", "external_id", "description", "change_note")
KINDS = {str: "text", bool: "a truth value", int: "a number", float: "a number", list: "a list", dict: "an object"}
# "Rudd, Kevin": a register's form. One word, a comma, one or two words that are no letters after a name ("MP").
REGISTER_NAME = re.compile(r"(?P<family>[^\W\d_][\w’'-]+), (?P<given>[A-Z][a-zà-ÿ][\w’'-]*(?: [A-Z][\w.]*)?)")
DAY_MONTH_YEAR = re.compile(r"([0-9]{2})[-./]([0-9]{2})[-./]([0-9]{4})")
MONTHS = 12
SHOWN = 40  # characters of a wrong value shown in a message


class RecordFaultError(Exception):
    """Why a record cannot be read; `str()` names the field."""


def parse_record(fields: object, path: str, line: int | None = None) -> DocumentRecord:
    """Return the document of a record.

    Args:
        fields: The record as read from JSON.
        path: Of the file, for messages.
        line: In the file, from 1, or None.

    Raises:
        UnreadableRecordError: If a field is missing, empty or of a wrong type, a date cannot be read, or the text is
            not the one whose SHA-256 is given.
    """
    try:
        return _record(fields, path if line is None else f"{path}:{line}")
    except RecordFaultError as fault:
        raise UnreadableRecordError(path, line, str(fault)) from None


def parse_moment(value: str) -> datetime:
    """Return a date or time in ISO 8601, or a date of the form "18-12-2020" that can be read in one way only.

    Args:
        value: As the source states it; a date alone is its midnight.

    Raises:
        RecordFaultError: If it is neither.
    """
    reversed_date = DAY_MONTH_YEAR.fullmatch(value.strip())
    written = value.strip()
    if reversed_date is not None:
        first, second, year = reversed_date.groups()
        # "03-04-2020" is March in some countries and April in others: not read rather than read wrongly.
        days = {(day, month) for day, month in ((first, second), (second, first)) if int(month) <= MONTHS}
        if len(days) == 1:
            day, month = days.pop()
            written = f"{year}-{month}-{day}"
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise RecordFaultError(f"not a date or time in ISO 8601: {value[:SHOWN]!r}") from None


def _record(fields: object, origin: str) -> DocumentRecord:
    if not isinstance(fields, Mapping):
        raise RecordFaultError(f"expected an object, found {_kind(fields)}")
    required: dict[str, Any] = {name: _required(fields, name) for name in REQUIRED}
    _check_text(required["text"], _optional(fields, "content_sha256"))
    optional: dict[str, Any] = {name: value for name in OPTIONAL if (value := _optional(fields, name))}
    return DocumentRecord(
        **required,
        **{"change_note": _latest_change(fields), **optional},
        first_published=_moment(fields, "first_published_at"),
        updated=_moment(fields, "updated_at"),
        speaker="; ".join(_plain_name(name) for name in _texts(fields, "speaker")),
        withdrawn=_withdrawn(fields),
        block_quotes=_texts(fields, "blockquotes"),
        origin=origin,
        provenance=_provenance(fields, required["publisher"]),
    )


def _required(fields: Mapping[str, Any], name: str) -> str:
    if name not in fields:
        raise RecordFaultError(f"{name} is missing")
    value = _typed(fields, name)
    if not value.strip():
        raise RecordFaultError(f"{name} is empty")
    return value


def _optional(fields: Mapping[str, Any], name: str) -> str:
    return "" if fields.get(name) is None else _typed(fields, name)


def _typed(fields: Mapping[str, Any], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise RecordFaultError(f"{name} must be text, it is {_kind(value)}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise RecordFaultError(f"{name} holds half a character (a lone surrogate) at position {error.start}") from None
    return value


def _check_text(text: str, stated: str) -> None:
    if not any(character.isalnum() for character in text):
        raise RecordFaultError("text holds no word")
    if stated and sha256(text.encode()).hexdigest() != stated.lower():
        raise RecordFaultError("text is not the one whose content_sha256 is given: it was changed or cut on its way")


def _moment(fields: Mapping[str, Any], name: str) -> datetime | None:
    stated = _optional(fields, name)
    try:
        return parse_moment(stated) if stated else None
    except RecordFaultError as fault:
        raise RecordFaultError(f"{name} is {fault}") from None


def _texts(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if value is None:
        return ()
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list):
        raise RecordFaultError(f"{name} must be a list of texts, it is {_kind(value)}")
    return tuple(_typed({name: one}, name) for one in listed)


def _plain_name(name: str) -> str:
    turned = REGISTER_NAME.fullmatch(name)
    return name if turned is None else f"{turned['given']} {turned['family']}"


def _withdrawn(fields: Mapping[str, Any]) -> str:
    value = fields.get("withdrawn_notice")
    if not isinstance(value, Mapping):
        return _optional(fields, "withdrawn_notice")
    reason, moment = _optional(value, "explanation"), _optional(value, "withdrawn_at")
    return f"{reason or 'Withdrawn.'}{f' (withdrawn {moment[:10]})' if moment else ''}"


def _latest_change(fields: Mapping[str, Any]) -> str:
    history = fields.get("change_history") or []
    if not isinstance(history, list) or not all(isinstance(change, Mapping) for change in history):
        raise RecordFaultError("change_history must be a list of objects")
    latest: Mapping[str, Any] = max(history, key=lambda change: _optional(change, "public_timestamp"), default={})
    return _optional(latest, "note")


def _provenance(fields: Mapping[str, Any], publisher: str) -> Provenance:
    """Return what a record tells of where it comes from, beyond what every document has."""
    government = fields.get("government")
    is_past = fields.get("political") is True and isinstance(government, Mapping) and government.get("current") is False
    return Provenance(
        publishers=(publisher,),
        notes=_notes(fields),
        government=_optional(government, "title") if is_past and isinstance(government, Mapping) else "",
        page_starts=_places(fields.get("page_starts")),
        note_marks=_places(fields.get("note_marks")),
    )


def _places(value: object) -> tuple[int, ...]:
    return tuple(value) if isinstance(value, list) and all(type(one) is int for one in value) else ()


def _notes(fields: Mapping[str, Any]) -> tuple[ChangeNote, ...]:
    """Return the notes on changes, newest first; a time that cannot be read is left out, the note is not."""
    notes = [
        ChangeNote(_optional(change, "note"), _readable(_optional(change, "public_timestamp")))
        for change in fields.get("change_history") or []
        if _optional(change, "note")
    ]
    withdrawn = fields.get("withdrawn_notice")
    if isinstance(withdrawn, Mapping) and withdrawn:
        told = _optional(withdrawn, "explanation") or "Withdrawn."
        notes.append(ChangeNote(told, _readable(_optional(withdrawn, "withdrawn_at")), "withdrawal"))
    return tuple(sorted(notes, key=lambda note: in_utc(note.at).timestamp() if note.at else 0.0, reverse=True))


def _readable(stated: str) -> datetime | None:
    try:
        return parse_moment(stated) if stated else None
    except RecordFaultError:
        return None


def _kind(value: object) -> str:
    return "null" if value is None else KINDS.get(type(value), type(value).__name__)
