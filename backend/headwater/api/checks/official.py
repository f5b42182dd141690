"""Official texts that a check names instead of sending them: fetched from a listed host, or taken from the corpus."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Protocol

from headwater.api.checks.asked import AskedCheck, GivenText, NamedSource
from headwater.api.problems import OverloadedError
from headwater.corpus.naming import find_named
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import DocumentRecord
from headwater.sources.fetching.contract import Fetched
from headwater.sources.intake.addressed import records_at, take_in_address
from headwater.sources.intake.limits import IntakeLimits
from headwater.sources.intake.stored import take_in_document
from headwater.sources.intake.taking import TakenText

AT_ONCE = 4  # addresses fetched at the same time: each waits for a publisher, and all share its turns


class ClosingFetcher(Protocol):
    """What fetches official pages, until it is closed."""

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Return what the publisher answers."""

    def close(self) -> None:
        """Close all connections."""


class OfficialTexts:
    """Finds the official texts that checks name. Safe to share between threads.

    Args:
        store: The corpus.
        limits: How large an answer and a text may be.
        open_fetcher: Opens what fetches from listed hosts; called with the first address.
    """

    def __init__(self, store: CorpusStore, limits: IntakeLimits, open_fetcher: Callable[[], ClosingFetcher]) -> None:
        self._store, self._limits, self._open = store, limits, open_fetcher
        self._fetcher: ClosingFetcher | None = None
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def complete(self, asked: AskedCheck) -> AskedCheck:
        """Return what is asked with its official text read, where that was named.

        Args:
            asked: As it was sent.

        Raises:
            FetchRefusedError: If the address may not be fetched.
            SourceUnavailableError: If its publisher does not answer.
            UnreadableFileError: If no document stands there.
            NoSuchDocumentError: If the corpus holds no such document or version.
            OverloadedError: If as many addresses are being fetched as may be.
        """
        if asked.named is None:
            return asked
        return replace(asked, source=self.take(asked.named, asked.as_of), named=None)

    def take(self, named: NamedSource, as_of: date | None = None) -> GivenText:
        """Return an official text; what the sender says of it goes before what its page says."""
        taken = self._stored(named, as_of) if named.document else self._fetched(named.url)
        return given_of(taken, named)

    def records_at(self, url: str) -> tuple[DocumentRecord, ...]:
        """Return the documents at an address of a listed host, as they are stored; errors as for `complete`."""
        with self._fetching() as fetcher:
            return records_at(url, fetcher, self._limits)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            if self._fetcher is not None:
                self._fetcher.close()

    def _stored(self, named: NamedSource, as_of: date | None) -> TakenText:
        document = find_named(self._store, named.document, named.version, as_of=as_of)
        return take_in_document(document, self._store.passages_of(document.id, document.version))

    def _fetched(self, url: str) -> TakenText:
        with self._fetching() as fetcher:
            return take_in_address(url, fetcher, self._limits)

    @contextmanager
    def _fetching(self) -> Iterator[ClosingFetcher]:
        if not self._turns.acquire(blocking=False):
            raise OverloadedError
        try:
            with self._lock:
                self._fetcher = fetcher = self._fetcher or self._open()
            yield fetcher
        finally:
            self._turns.release()


def given_of(taken: TakenText, said: NamedSource) -> GivenText:
    """Return a text that was taken in as a job holds it.

    Args:
        taken: The text, with what its file or its page says of it.
        said: What its sender says of it, which goes first.
    """
    return GivenText(
        taken.text,
        taken.name,
        taken.kind.value,
        said.title or taken.title,
        said.publisher or taken.publisher,
        said.published or taken.published,
        taken.notices,
        url=taken.url or said.url,
        document=taken.document,
        version=taken.version,
        speaker=taken.speaker,
        licence=taken.licence,
        block_quotes=taken.block_quotes,
    )
