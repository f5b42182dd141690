"""From paths to records: folders walked in order, each file read by its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.compressed import DAMAGED, open_bytes, plain_suffix
from headwater.sources.csv_table import read_csv
from headwater.sources.html import declared_encoding, read_html
from headwater.sources.jsonl import read_jsonl
from headwater.sources.markdown import read_markdown
from headwater.sources.plain import read_plain
from headwater.sources.publishers.pdf import pdf_fields
from headwater.sources.records import RecordFaultError
from headwater.sources.sidecars import build_record
from headwater.text.decoding import decode

LARGEST_TEXT = 64 * 1024 * 1024  # bytes of one document, uncompressed: forty times the King James Bible is no release
READERS: dict[str, Callable[[str], dict[str, Any]]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".csv": read_csv,
}
KINDS = (".jsonl", ".ndjson", *READERS, ".pdf")
ABOUT_THE_FOLDER = ("readme", "license", "licence", "changelog", "contributing")  # not read when a folder is


def list_files(path: Path) -> Iterator[Path]:
    """Yield the files to read under a path, sorted: the file itself, or those of a folder whose kind can be read.

    Hidden files and files about the folder itself (README, LICENSE) are left out of a folder.

    Args:
        path: A file or a folder.

    Yields:
        Path: Existing files, but for a path that was named and is not there.
    """
    if not path.is_dir():
        yield path
        return
    for found in sorted(path.rglob("*")):
        is_hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
        is_about = found.name.lower().startswith(ABOUT_THE_FOLDER)
        if not is_hidden and not is_about and found.is_file() and plain_suffix(found) in KINDS:
            yield found


def read_paths(paths: Sequence[Path]) -> Iterator[DocumentRecord | UnreadableRecordError]:
    """Yield the records under several paths, in order."""
    for path in paths:
        yield from read_path(path)


def read_path(path: Path) -> Iterator[DocumentRecord | UnreadableRecordError]:
    """Yield the records under a path, and an error for everything that holds none.

    Args:
        path: A file of a kind that can be read, plain or compressed, or a folder of such files.

    Yields:
        DocumentRecord | UnreadableRecordError: In the order of the files, and in them of the records.
    """
    for file in list_files(path):
        yield from read_file(file)


def read_file(path: Path) -> Iterator[DocumentRecord | UnreadableRecordError]:
    """Yield the records of one file, and an error for everything in it that is none.

    Args:
        path: Of the file.

    Yields:
        DocumentRecord | UnreadableRecordError: In the order in which they stand in the file.
    """
    kind = plain_suffix(path)
    if kind in {".jsonl", ".ndjson"}:
        yield from read_jsonl(path)
    elif kind == ".pdf":
        yield _read_document(path, None)
    elif kind in READERS:
        yield _read_document(path, READERS[kind])
    else:
        known = ", ".join(KINDS)
        yield UnreadableRecordError(str(path), None, f"files of this kind are not read; those that are: {known}")


def _read_document(path: Path, read: Callable[[str], dict[str, Any]] | None) -> DocumentRecord | UnreadableRecordError:
    """Read a file that holds one document; None reads PDF, which is no text."""
    try:
        with open_bytes(path) as stream:
            raw = stream.read(LARGEST_TEXT + 1)
    except DAMAGED as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        return UnreadableRecordError(str(path), None, f"cannot be read: {reason}")
    if len(raw) > LARGEST_TEXT:
        return UnreadableRecordError(str(path), None, f"larger than {LARGEST_TEXT >> 20} MiB")
    try:
        if read is None:
            return build_record(path, str(path), pdf_fields(raw))
        text = decode(raw, declared_encoding(raw) if read is read_html else None).text
        return build_record(path, str(path), read(text))
    except UnreadableRecordError as error:
        return error
    except RecordFaultError as fault:
        return UnreadableRecordError(str(path), None, str(fault))
