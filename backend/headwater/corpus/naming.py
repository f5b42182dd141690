"""A document of the corpus as people name it: by its identifier, or by the address it is published at."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import select

from headwater.corpus.store import CorpusStore
from headwater.corpus.tables import DOCUMENTS, VERSIONS
from headwater.domain.documents import Document
from headwater.domain.errors import NotFoundError

LONGEST_NAME = 4_000  # characters of an address
PREFERRED = "en"  # where one address holds the document in several languages


class NoSuchDocumentError(NotFoundError):
    """The corpus holds no document of that name, or not that version of it; the name is not repeated."""

    def __init__(self, reason: str) -> None:
        super().__init__("document", "")
        self.args = (reason,)


def find_named(store: CorpusStore, named: str, version: int | None = None, *, as_of: date | None = None) -> Document:
    """Return a document with its text.

    Args:
        store: The corpus.
        named: Its identifier, or its address as any of its versions stated it.
        version: Number of the version; unless given, the latest.
        as_of: A day whose version is wanted instead of the latest.

    Raises:
        NoSuchDocumentError: If there is none, or not that version of it.
        CorpusUnavailableError: If the corpus cannot be read.
    """
    written = named.strip()[:LONGEST_NAME]
    identifier = _find_by_address(store, written) if "://" in written else written
    if identifier is None:
        raise NoSuchDocumentError("the corpus holds no document of that address")
    if version is None and as_of is not None:
        version = _version_of_day(store, identifier, as_of)
    try:
        return store.document(identifier, version)
    except NotFoundError:
        is_held = version is not None and bool(store.documents([identifier]))
        what = f"no version {version} of that document" if is_held else "no document of that identifier"
        raise NoSuchDocumentError(f"the corpus holds {what}") from None


def holds_version(store: CorpusStore, identifier: str, version: int) -> bool:
    """Say whether the corpus holds a version of a document.

    Args:
        store: The corpus.
        identifier: Of the document.
        version: Number of the version.
    """
    try:
        return any(one.version == version for one in store.versions(identifier))
    except NotFoundError:
        return False


def _version_of_day(store: CorpusStore, identifier: str, day: date) -> int:
    try:
        versions = store.versions(identifier)
    except NotFoundError:
        raise NoSuchDocumentError("the corpus holds no document of that identifier") from None
    known = [one for one in versions if one.valid_from is None or one.valid_from.date() <= day]
    if not known:
        raise NoSuchDocumentError(f"the document had not appeared by {day.isoformat()}")
    return known[-1].version


def _find_by_address(store: CorpusStore, address: str) -> str | None:
    with store._database.read() as connection:
        rows = connection.execute(
            select(VERSIONS.c.document_id, DOCUMENTS.c.language, VERSIONS.c.is_latest)
            .join(DOCUMENTS, VERSIONS.c.document_id == DOCUMENTS.c.id)
            .where(VERSIONS.c.url.in_(_spellings(address)))
        ).all()
    ranked = sorted(rows, key=lambda row: (not row.is_latest, row.language != PREFERRED, row.document_id))
    return ranked[0].document_id if ranked else None


def _spellings(address: str) -> list[str]:
    """Return an address in the ways it may be stored: with and without its fragment, encryption and last slash."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return [address]
    whole = [address, parts._replace(fragment="").geturl()]
    schemes = [one.replace(f"{parts.scheme}://", f"{scheme}://", 1) for one in whole for scheme in ("https", "http")]
    return list(dict.fromkeys(one for each in schemes for one in (each, each.rstrip("/"), f"{each.rstrip('/')}/")))
