"""What is known of a text file beyond its words: a `.meta.json` beside it, else what the file says of itself."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.records import parse_record

SIDECAR = ".meta.json"
UNNAMED_PUBLISHER = "Local file"  # shown where neither the file nor anything beside it names one
UNNAMED_TYPE = "document"


def sidecar_of(path: Path) -> Path:
    """Return where the particulars of a text file are kept: "release.meta.json" for "release.txt"."""
    return path.with_name(path.name.removesuffix("".join(path.suffixes)) + SIDECAR)


def build_record(path: Path, name: str, found: dict[str, Any]) -> DocumentRecord:
    """Return the document of a text file.

    What stands beside the file goes before what was found in it, and that before the file's name. Without an address
    the file's own place is its identity, so that two files of one name never pass for versions of each other.

    Args:
        path: Of the file.
        name: How messages call it.
        found: What was found in the file, in the form of a record: at least its text.

    Raises:
        UnreadableRecordError: If the sidecar cannot be read, or the whole makes no record.
    """
    beside = _read_sidecar(path)
    stem = path.name.removesuffix("".join(path.suffixes)) or path.name
    fields: dict[str, Any] = {
        "publisher": UNNAMED_PUBLISHER,
        "document_type": UNNAMED_TYPE,
        "title": re.sub(r"[-_\s]+", " ", stem).strip().capitalize() or path.name,
        **{key: value for key, value in found.items() if value or key == "text"},
        **beside,
    }
    if not fields.get("url"):
        fields["url"] = f"urn:headwater:file:{quote(path.name)}"
        fields.setdefault("external_id", sha256(str(path.resolve()).encode()).hexdigest())
    return parse_record(fields, name)


def _read_sidecar(path: Path) -> dict[str, Any]:
    beside = sidecar_of(path)
    try:
        fields = orjson.loads(beside.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, orjson.JSONDecodeError) as error:
        raise UnreadableRecordError(str(beside), None, f"no JSON that can be read: {error}") from error
    if not isinstance(fields, dict):
        raise UnreadableRecordError(str(beside), None, "expected an object")
    return fields
