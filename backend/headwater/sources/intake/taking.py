"""A file that somebody hands over, to the text in it: the one way in for the command line, the API and the desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from headwater.domain.repairs import EncodingRepair
from headwater.sources.html import declared_encoding, read_html
from headwater.sources.intake.apart import read_pdf_apart
from headwater.sources.intake.docx import read_docx
from headwater.sources.intake.errors import FileTooLargeError, UnreadableFileError
from headwater.sources.intake.kinds import FileKind, describe_wrong_name, is_markdown, tell_kind
from headwater.sources.intake.limits import LIMITS, IntakeLimits
from headwater.sources.markdown import read_markdown
from headwater.sources.records import RecordFaultError, parse_moment
from headwater.text.decoding import decode


@dataclass(frozen=True, slots=True)
class TakenText:
    """The text of a file.

    Args:
        text: Of a text as it stands, of other files the words of the document; places are counted in it.
        kind: What the file is.
        name: Of the file, or "".
        encoding: Of a text, or "".
        title: As the file states it, or "".
        published: The day that the file states for machines, or None.
        publisher: As the file states it, or "".
        repairs: Of bytes.
        notices: In words: a name that promises another kind.
        url: Address of the official document that it is, or "".
        document: Its identifier in the corpus, or "".
        version: The number of its version there, or None.
        speaker: Who speaks in it as "I" and "we", or "".
        licence: Identifier of the licence of its text, or "".
        block_quotes: The quotations that its page sets as block quotes, without marks.
        page_starts: Of a PDF, where each of its pages begins in the text.
    """

    text: str
    kind: FileKind
    name: str = ""
    encoding: str = ""
    title: str = ""
    published: date | None = None
    publisher: str = ""
    repairs: tuple[EncodingRepair, ...] = ()
    notices: tuple[str, ...] = ()
    url: str = ""
    document: str = ""
    version: int | None = None
    speaker: str = ""
    licence: str = ""
    block_quotes: tuple[str, ...] = ()
    page_starts: tuple[int, ...] = ()


def take_in(raw: bytes, name: str = "", limits: IntakeLimits = LIMITS) -> TakenText:
    """Return the text of a file.

    Args:
        raw: The file.
        name: As its owner calls it, or ""; shown in messages, and never opened.
        limits: How large it may be.

    Raises:
        UnreadableFileError: If it is damaged, locked, of a kind that is not read, or holds no words.
        FileTooLargeError: If it is too large, packed or unpacked.
    """
    if len(raw) > limits.file_bytes:
        raise FileTooLargeError(name, _too_large(limits))
    kind = tell_kind(raw, name)
    taken = _READERS[kind](raw, name, limits)
    if taken.kind is not FileKind.TEXT and not any(character.isalnum() for character in taken.text):
        raise UnreadableFileError(name, "there is no word in it")
    wrong = describe_wrong_name(taken.kind, name)
    return replace(taken, notices=(wrong,)) if wrong else taken


def take_in_file(path: Path, limits: IntakeLimits = LIMITS) -> TakenText:
    """Return the text of a file on disk; of one that is too large no more is read than tells so.

    Args:
        path: Of the file.
        limits: How large it may be.

    Raises:
        OSError: If it cannot be read.
        UnreadableFileError: As `take_in`.
        FileTooLargeError: As `take_in`.
    """
    with path.open("rb") as stream:
        return take_in_stream(stream, path.name, limits)


def take_in_stream(stream: BinaryIO, name: str = "", limits: IntakeLimits = LIMITS) -> TakenText:
    """Return the text of what a stream gives, as `take_in` does; no more is read than the limit."""
    return take_in(stream.read(limits.file_bytes + 1), name, limits)


def _too_large(limits: IntakeLimits) -> str:
    return f"the file is larger than {limits.file_bytes / 1_000_000:,.0f} MB, which is the limit"


def _read_text(raw: bytes, name: str, limits: IntakeLimits) -> TakenText:
    decoded = decode(raw)
    if len(decoded.text) > limits.characters:
        raise FileTooLargeError(name, f"it holds more than {limits.characters:,} characters")
    if not is_markdown(decoded.text, name):
        return TakenText(decoded.text, FileKind.TEXT, name, decoded.encoding, repairs=decoded.repairs)
    fields = read_markdown(decoded.text)
    text, title = str(fields["text"]), str(fields.get("title", ""))
    shown = f"{title}\n\n{text}" if title and title not in text[: len(title) + 8] else text
    return TakenText(shown, FileKind.MARKDOWN, name, decoded.encoding, **_stated(fields))


def _read_page(raw: bytes, name: str, limits: IntakeLimits) -> TakenText:
    page = decode(raw, declared_encoding(raw))
    try:
        fields = read_html(page.text)
    except RecordFaultError as fault:
        raise UnreadableFileError(name, str(fault)) from None
    text = str(fields["text"])
    if len(text) > limits.characters:
        raise FileTooLargeError(name, f"it holds more than {limits.characters:,} characters")
    return TakenText(text, FileKind.HTML, name, page.encoding, **_stated(fields))


def _read_word(raw: bytes, name: str, limits: IntakeLimits) -> TakenText:
    found = read_docx(raw, name, limits)
    return TakenText(found.text, FileKind.DOCX, name, title=found.title)


def _read_pdf(raw: bytes, name: str, limits: IntakeLimits) -> TakenText:
    found = read_pdf_apart(raw, name, limits)
    return TakenText(found.text, FileKind.PDF, name, title=found.title, page_starts=found.page_starts)


def _stated(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": str(fields.get("title", "")),
        "publisher": str(fields.get("publisher", "")),
        "published": _day(str(fields.get("first_published_at", ""))),
    }


def _day(stated: str) -> date | None:
    try:
        return parse_moment(stated).date() if stated else None
    except (RecordFaultError, ValueError):
        return None


_READERS = {
    FileKind.TEXT: _read_text,
    FileKind.HTML: _read_page,
    FileKind.DOCX: _read_word,
    FileKind.PDF: _read_pdf,
}
