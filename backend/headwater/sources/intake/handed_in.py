"""An official document that somebody hands over, to the record of it: read as files on disk are read for the corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import InvalidInputError, UnreadableRecordError
from headwater.sources.html import declared_encoding, read_html
from headwater.sources.intake.apart import read_pdf_apart
from headwater.sources.intake.docx import read_docx
from headwater.sources.intake.errors import FileTooLargeError, UnreadableFileError
from headwater.sources.intake.kinds import FileKind, is_markdown, tell_kind
from headwater.sources.intake.limits import LIMITS, IntakeLimits
from headwater.sources.markdown import read_markdown
from headwater.sources.plain import read_plain
from headwater.sources.records import RecordFaultError, parse_moment, parse_record
from headwater.sources.sidecars import UNNAMED_TYPE
from headwater.text.decoding import decode

Fields = dict[str, Any]
MOMENTS = ("first_published_at", "updated_at")


def record_of_text(text: str, stated: Mapping[str, Any], limits: IntakeLimits = LIMITS) -> DocumentRecord:
    """Return the record of a plain text.

    Args:
        text: Its words, as they are to be cited.
        stated: What its sender says of it, in the form of a record: it goes before what the text itself shows.
        limits: How long it may be.

    Raises:
        InvalidInputError: If something that a record needs is neither stated nor shown.
        FileTooLargeError: If it is too long.
    """
    return _record(read_plain(text), stated, ("", limits))


def record_of_page(markup: str, stated: Mapping[str, Any], limits: IntakeLimits = LIMITS) -> DocumentRecord:
    """Return the record of a web page that is given as text.

    Args:
        markup: Of the page.
        stated: What its sender says of it, in the form of a record: it goes before what the page itself states.
        limits: How long its text may be.

    Raises:
        UnreadableFileError: If it holds no word, or is made to exhaust its reader.
        FileTooLargeError: If it is too long.
        InvalidInputError: If something that a record needs is neither stated nor in the page.
    """
    return _record(_page_fields(markup, str(stated.get("url", "")), ""), stated, ("", limits))


def record_of_file(raw: bytes, name: str, stated: Mapping[str, Any], limits: IntakeLimits = LIMITS) -> DocumentRecord:
    """Return the record of a file, whose kind is told by its bytes: plain text, Markdown, a web page, .docx or PDF.

    Args:
        raw: The file.
        name: As its owner calls it, or "".
        stated: What its sender says of it, in the form of a record: it goes before what the file itself states.
        limits: How large the file may be, packed and unpacked.

    Raises:
        UnreadableFileError: If it is damaged, locked, of a kind that is not read, or holds no words.
        FileTooLargeError: If it is too large.
        InvalidInputError: If something that a record needs is neither stated nor in the file.
    """
    if len(raw) > limits.file_bytes:
        raise FileTooLargeError(name, f"the file is larger than {limits.file_bytes / 1_000_000:,.0f} MB")
    found = _READERS[tell_kind(raw, name)](raw, name, str(stated.get("url", "")), limits)
    return _record(found, stated, (name, limits))


def _record(found: Fields, stated: Mapping[str, Any], file: tuple[str, IntakeLimits]) -> DocumentRecord:
    name, limits = file
    if len(found["text"]) > limits.characters:
        raise FileTooLargeError(name, f"it holds more than {limits.characters:,} characters")
    if not any(character.isalnum() for character in found["text"]):
        raise UnreadableFileError(name, "there is no word in it")
    fields = {
        "document_type": UNNAMED_TYPE,
        **{key: value for key, value in found.items() if value},
        **{key: value for key, value in stated.items() if value},
    }
    _require_moments(fields)
    try:
        return parse_record(fields, "handed in")
    except UnreadableRecordError as error:
        is_missing = error.reason.endswith(("is missing", "is empty"))
        raise InvalidInputError(error.reason + ": state it" * is_missing) from None


def _require_moments(fields: Fields) -> None:
    """Refuse what a file states as a moment and is none, without repeating it."""
    for field in MOMENTS:
        try:
            parse_moment(str(fields.get(field) or "2000-01-01"))
        except RecordFaultError:
            told = field.removesuffix("_at")
            raise InvalidInputError(f"the document states a moment that cannot be read: state {told}") from None


def _text_fields(raw: bytes, name: str, address: str, limits: IntakeLimits) -> Fields:  # noqa: ARG001
    text = decode(raw).text
    if len(text) > limits.characters:
        raise FileTooLargeError(name, f"it holds more than {limits.characters:,} characters")
    return read_markdown(text) if is_markdown(text, name) else read_plain(text)


def _html_fields(raw: bytes, name: str, address: str, limits: IntakeLimits) -> Fields:  # noqa: ARG001
    return _page_fields(decode(raw, declared_encoding(raw)).text, address, name)


def _page_fields(markup: str, address: str, name: str) -> Fields:
    try:
        return read_html(markup, address=address)
    except RecordFaultError as fault:
        raise UnreadableFileError(name, str(fault)) from None


def _word_fields(raw: bytes, name: str, address: str, limits: IntakeLimits) -> Fields:  # noqa: ARG001
    found = read_docx(raw, name, limits)
    return {"text": found.text, "title": found.title}


def _pdf_fields(raw: bytes, name: str, address: str, limits: IntakeLimits) -> Fields:  # noqa: ARG001
    found = read_pdf_apart(raw, name, limits)
    return {
        "text": found.text,
        "title": found.title,
        "document_type": "pdf",
        "licence": found.licence,
        "first_published_at": found.created,
        "updated_at": found.modified,
        "page_starts": list(found.page_starts),
    }


_READERS: dict[FileKind, Callable[[bytes, str, str, IntakeLimits], Fields]] = {
    FileKind.TEXT: _text_fields,
    FileKind.HTML: _html_fields,
    FileKind.DOCX: _word_fields,
    FileKind.PDF: _pdf_fields,
}
