"""Reading JSONL: one record a line, each good or bad by itself."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO

import orjson

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.compressed import DAMAGED, open_bytes
from headwater.sources.records import parse_record

LONGEST_LINE = 32 * 1024 * 1024  # bytes: a text of 10 million words; a longer line is no record
BOM = b"\xef\xbb\xbf"


def read_jsonl(path: Path, *, name: str = "") -> Iterator[DocumentRecord | UnreadableRecordError]:
    """Yield the records of a file in order, and an error for each line that holds none.

    Args:
        path: A JSONL file, plain or compressed.
        name: How messages call the file; its path if empty.

    Yields:
        DocumentRecord | UnreadableRecordError: One for each line that is not blank.
    """
    name = name or str(path)
    seen: dict[bytes, int] = {}
    line_number = 0
    try:
        with open_bytes(path) as stream:
            for line_number, line in _lines(stream):
                if line is None:
                    yield UnreadableRecordError(name, line_number, f"longer than {LONGEST_LINE >> 20} MiB")
                elif line:
                    yield _read_line(line, name, line_number, seen)
    except DAMAGED as error:
        yield UnreadableRecordError(name, line_number + 1, f"cannot be read on from here: {_reason(error)}")


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield numbered lines without white space around them; None for a line too long to hold."""
    number = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        too_long = len(raw) == LONGEST_LINE and not raw.endswith(b"\n")
        while too_long and (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield number, None if too_long else raw.removeprefix(BOM if number == 1 else b"").strip()


def _read_line(line: bytes, name: str, number: int, seen: dict[bytes, int]) -> DocumentRecord | UnreadableRecordError:
    try:
        record = parse_record(orjson.loads(line), name, number)
    except orjson.JSONDecodeError as error:
        return UnreadableRecordError(name, number, f"no JSON: {error.msg} at column {error.colno}")
    except UnreadableRecordError as error:
        return error
    first = seen.setdefault(_identity(record), number)
    if first != number:
        return UnreadableRecordError(name, number, f"repeats line {first}: same document, date and text")
    return record


def _identity(record: DocumentRecord) -> bytes:
    parts = (record.external_id or record.url, record.language, str(record.updated or record.first_published))
    return sha256("\0".join((*parts, record.text)).encode()).digest()


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error) or type(error).__name__
