"""What a program hands over: files, official texts in any of their forms, and the options of a check."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypedDict


@dataclass(frozen=True, slots=True)
class File:
    """A file of any kind that the service reads: plain text, Markdown, a web page, .docx or PDF.

    Args:
        content: Its bytes, which tell what it is.
        name: Shown in messages.
    """

    content: bytes
    name: str = ""

    @classmethod
    def of(cls, path: Path | str) -> File:
        """Read a file from disk.

        Args:
            path: Of the file.

        Raises:
            OSError: If it cannot be read.
        """
        return cls(Path(path).read_bytes(), Path(path).name)


@dataclass(frozen=True, slots=True)
class Article:
    """A text in hand, with what is known of it.

    Args:
        words: The text, or a file.
        title: Its headline.
        published: Its day, so that "last year" can be read.
        publisher: Who published it.
    """

    words: str | File
    title: str = ""
    published: date | None = None
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Official:
    """An official text: sent along, fetched from its address, or a document of the corpus.

    Args:
        words: The text or a file; None where it is named by its address or its document.
        url: Its address; without words it is fetched from there, if its host is an official one.
        document: Identifier or address of a document of the corpus.
        version: Of that document; the latest unless given.
        title: Its headline.
        published: Its day.
        publisher: Who published it.
    """

    words: str | File | None = None
    url: str = ""
    document: str = ""
    version: int | None = None
    title: str = ""
    published: date | None = None
    publisher: str = ""


class CheckOptions(TypedDict, total=False):
    """How a check is to be made."""

    save: bool
    as_of: date
    limit: int
    house_style: Sequence[str]
    receipt: Mapping[str, Any]


class Particulars(TypedDict, total=False):
    """What is known of an official document; what the service can read in it need not be said."""

    url: str
    title: str
    publisher: str
    document_type: str
    language: str
    licence: str
    description: str
    speaker: str
    first_published: date | datetime
    updated: date | datetime
    change_note: str
    withdrawn: str


def words_of(words: str | File | None) -> dict[str, str]:
    """Return a text or a file as the service takes it in JSON."""
    if words is None:
        return {}
    if isinstance(words, str):
        return {"text": words}
    return {"content_base64": b64encode(words.content).decode(), "name": words.name}


def known_of(given: Article | Official) -> dict[str, Any]:
    """Return an article or an official text as the service takes it in JSON; what is not said is left out."""
    names = [name for name in ("url", "document", "version", "title", "published", "publisher") if hasattr(given, name)]
    return words_of(given.words) | plain({name: getattr(given, name) for name in names})


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON has them, without those that say nothing."""
    said = {name: value for name, value in values.items() if value is not None and value != ""}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
