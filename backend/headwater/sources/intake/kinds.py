"""What a file is, told by its bytes: its name only helps where bytes cannot tell, and is doubted where they can."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from headwater.sources.intake.errors import UnreadableFileError

PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,64}(?:<\?xml[^>]{0,200}>\s{0,64})?(?:<!--[^>]{0,2000}-->\s{0,64})?"
    rb"<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.IGNORECASE,
)
PDF_START = b"%PDF-"
PDF_WITHIN = 1024  # bytes of anything may stand before it, and readers open such files
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
MARKDOWN_MARKS = re.compile(
    r"\A---[ \t]*\n[A-Za-z_][\w-]{0,40}:|^#{1,6}[ \t]+\S|\[[^\[\]\n]{1,200}\]\(https?://", re.MULTILINE
)
LOOKED_AT = 4096  # characters: marks of Markdown, and of bytes that are no text, stand early
CONTROLS_IN_TEXT = 0.02  # share of the first bytes: a text has line ends and tabs, and next to nothing else of the kind
TEXT_CONTROLS = b"\t\n\r\f\x1b"
_TABLE = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
_FOREIGN = [(bytes.fromhex(row["starts"]), row.get("at", 0), row) for row in _TABLE["foreign"]]


class FileKind(StrEnum):
    """The kinds that are read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    suffixes: tuple[str, ...]


NAMED = {kind: _Named(row["name"], tuple(row["suffixes"])) for kind in FileKind for row in [_TABLE["named"][kind]]}


def tell_kind(raw: bytes, name: str) -> FileKind:
    """Tell what a file is; an archive counts as .docx until it is opened, a text as plain until it is decoded.

    Args:
        raw: The file.
        name: Of the file, for messages and to know a bare fragment of a page; "" where there is none.

    Raises:
        UnreadableFileError: If it is of a kind that is not read.
    """
    if PDF_START in raw[:PDF_WITHIN]:
        return FileKind.PDF
    if raw.startswith(ZIP_STARTS):
        return FileKind.DOCX
    for starts, at, row in _FOREIGN:
        if raw.startswith(starts, at):
            raise UnreadableFileError(name, f"this is {row['name']}, which is not read: {row['advice']}")
    if PAGE_START.match(raw) or (promised_kind(name) is FileKind.HTML and b"<" in raw[:LOOKED_AT]):
        return FileKind.HTML
    if _is_binary(raw[:LOOKED_AT]):
        raise UnreadableFileError(name, "this is no text: give a text, a web page, a .docx or a PDF")
    return FileKind.TEXT


def is_markdown(text: str, name: str) -> bool:
    """Say whether a text is Markdown: its name says so, or a heading, a link or fields at its head do."""
    return promised_kind(name) is FileKind.MARKDOWN or MARKDOWN_MARKS.search(text[:LOOKED_AT]) is not None


def promised_kind(name: str) -> FileKind | None:
    """Return the kind that a name promises, or None where it promises nothing that is known."""
    suffix = PurePath(name).suffix.lower()
    return next((kind for kind, named in NAMED.items() if suffix and suffix in named.suffixes), None)


def describe_wrong_name(kind: FileKind, name: str) -> str:
    """Return what is wrong with a name that promises another kind, or ""; Markdown and plain text pass for each other.

    >>> describe_wrong_name(FileKind.HTML, "release.docx")
    'release.docx: the name promises a Word document (.docx), and it is a web page; it was read as that'
    """
    promised = promised_kind(name)
    texts = {FileKind.TEXT, FileKind.MARKDOWN}
    if promised in {None, kind} or {promised, kind} <= texts:
        return ""
    assert promised is not None  # noqa: S101 - None was left above
    return f"{name}: the name promises {NAMED[promised].name}, and it is {NAMED[kind].name}; it was read as that"


def describe_archive(parts: list[str]) -> str:
    """Return what an archive that is no .docx is, and what to do about it.

    Args:
        parts: The names in it.
    """
    for row in _TABLE["packed"]:
        if any(part.startswith(row["part"]) for part in parts):
            return f"this is {row['name']}, which is not read: {row['advice']}"
    return "this is an archive, which is not read: unpack it first"


def _is_binary(head: bytes) -> bool:
    """Say whether bytes are no text: UTF-16 and UTF-32 hold zeros at every second byte, and are texts."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    even, odd = head[::2].count(0), head[1::2].count(0)
    if head and max(even, odd) > 0.3 * len(head) / 2 and min(even, odd) < 0.1 * max(even, odd):
        return False  # letters of the west in UTF-16 without a mark
    controls = sum(byte < 32 and byte not in TEXT_CONTROLS for byte in head)
    return controls > CONTROLS_IN_TEXT * len(head)
