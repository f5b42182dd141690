"""A version's provenance as text in its row, and back. What is not known takes no room."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from headwater.domain.documents import ChangeNote, Provenance

NOTHING = Provenance()


def provenance_to_text(provenance: Provenance) -> str:
    """Return a provenance as it is stored, "" where nothing is known.

    Args:
        provenance: Of a record.
    """
    held = {
        field.name: _plain(value)
        for field in fields(provenance)
        if (value := getattr(provenance, field.name)) != getattr(NOTHING, field.name)
    }
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")) if held else ""


def provenance_from_text(stored: str) -> Provenance:
    """Return a stored provenance; what a newer program stored beside is passed over.

    Args:
        stored: As `provenance_to_text` made it.
    """
    if not stored:
        return NOTHING
    held: dict[str, Any] = json.loads(stored)
    known = {field.name for field in fields(Provenance)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in held.items() if name in known
    }
    if "notes" in values:
        values["notes"] = tuple(ChangeNote(note, _moment(at), kind) for note, at, kind in values["notes"])
    if "source_updated" in values:
        values["source_updated"] = _moment(values["source_updated"])
    return Provenance(**values)


def _plain(value: object) -> object:
    if isinstance(value, ChangeNote):
        return [value.note, _plain(value.at), value.kind]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
