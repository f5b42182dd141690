"""One visit to one document: fetched only if it changed, read, and turned into what is stored of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from headwater.corpus.rows import document_id
from headwater.corpus.statuses import StatusChange
from headwater.corpus.sync_records import StoredFind, Visit
from headwater.domain.documents import DocumentRecord, DocumentStatus
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.publishers.contract import Departure, Found, SourceReader

NOT_MODIFIED = 304


class UnchangedError(Exception):
    """The first page of a find is as it was: ends its reading, and is no error."""


class VisitingFetcher:
    """Sends the validators of the last answer along with the first page of a find, and notes those of this one.

    Args:
        fetcher: Fetches.
        find: That is visited.
        is_known: Whether it was read before by the same version of the reader: otherwise it is read, changed or not.
        keep: Called before each fetch; raises where the sync is to end.
    """

    def __init__(self, fetcher: Fetcher, find: StoredFind, *, is_known: bool, keep: Callable[[], None]) -> None:
        self._fetcher, self._find, self._is_known, self._keep = fetcher, find, is_known, keep
        self.etag, self.last_modified = "", ""

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Return what the publisher answers.

        Args:
            url: Absolute.
            etag: The reader's own validator, which goes before the one that is known.
            last_modified: Likewise.

        Raises:
            UnchangedError: If it is the first page of the find, and unchanged.
        """
        self._keep()
        if url != self._find.url:
            return self._fetcher.fetch(url, etag=etag, last_modified=last_modified)
        own = not etag and not last_modified and self._is_known
        if own:
            etag, last_modified = self._find.etag, self._find.last_modified
        fetched = self._fetcher.fetch(url, etag=etag, last_modified=last_modified)
        if fetched.status == NOT_MODIFIED and own:
            raise UnchangedError
        self.etag, self.last_modified = fetched.etag, fetched.last_modified
        return fetched


def visit_find(reader: SourceReader, fetcher: Fetcher, find: StoredFind, keep: Callable[[], None]) -> Visit:
    """Return what reading a find comes to.

    Args:
        reader: Of its source.
        fetcher: Fetches.
        find: As it was stored.
        keep: Called before each fetch; raises where the sync is to end.

    Raises:
        HeadwaterError: If it cannot be fetched or read.
    """
    updated = datetime.fromisoformat(find.updated) if find.updated else None
    found = Found(find.key, find.url, updated, details=find.details)
    visiting = VisitingFetcher(fetcher, find, is_known=find.reader == reader.version, keep=keep)
    records: list[DocumentRecord] = []
    departures: list[tuple[str, StatusChange]] = []
    try:
        for item in reader.read(found, visiting):
            if isinstance(item, Departure):
                departures.append((departed_document(item), status_of(item)))
            else:
                records.append(item)
    except UnchangedError:
        return Visit(reader=reader.version, is_unchanged=True)
    return Visit(records, departures, visiting.etag, visiting.last_modified, reader=reader.version)


def departed_document(departure: Departure) -> str:
    """Return the identifier of the document that went, or "" where only its find tells which one that is."""
    if not departure.external_id:
        return ""
    named = DocumentRecord(
        publisher="",
        document_type="",
        url=departure.url,
        title="",
        text="",
        language=departure.language,
        external_id=departure.external_id,
    )
    return document_id(named)


def status_of(departure: Departure) -> StatusChange:
    """Return what a departure makes of a document."""
    status = DocumentStatus.REDIRECTED if departure.moved_to else DocumentStatus.GONE
    return StatusChange(status, departure.when, departure.explanation, departure.moved_to)
