"""What a publisher's reader is: it finds what is new and reads each find into records. It stores nothing.

What a sync does with it: it asks `find` from where the last one stopped, notes each find, reads the finds one by one,
stores their records, and visits what is known again from time to time, so that a withdrawal is seen. It may be killed
anywhere: a find that was noted is read by the next sync.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from headwater.domain.documents import DocumentRecord
from headwater.sources.fetching.contract import Fetcher


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source as the table of sources lists it, or as a user added it.

    Args:
        name: Short, unique, lower case ("home-office"): what is typed.
        title: What people call it ("GOV.UK: Home Office news").
        reader: Which kind of reader reads it ("govuk", "feed"): a name in the readers' table.
        options: What the reader has to know, by name ("organisation": "home-office", "url": "https://...").
    """

    name: str
    title: str
    reader: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A document that a listing names. It is stored until it has been read, and kept to visit the document again.

    Args:
        key: What identifies the document in its source: the same at each find, never longer than 500 characters.
        url: The address that `read` fetches first. A sync sends the validators of its last answer along, and an
            unchanged page is not read again.
        updated: When the listing says that the document changed, or None. A find that is known with the same time is
            not read again.
        cursor: Where `find` can go on if it is stopped after this find, or "". What it means is the reader's affair.
        details: What `read` needs besides, as the reader likes it, or "".
    """

    key: str
    url: str
    updated: datetime | None = None
    cursor: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """Instead of a record: the publisher no longer shows a document that was there. It stays stored, and says so.

    (A document that is still shown under a withdrawal notice is no departure: its record carries the notice.)

    Args:
        url: Public address of the document, as its records gave it.
        language: Of the document.
        external_id: As its records gave it, or "" where they gave none or it is no longer known.
        moved_to: The public address that takes its place, or "".
        explanation: What the publisher says of it, in plain text, or "".
        when: When it went, or None where the publisher does not say.
    """

    url: str
    language: str = "en"
    external_id: str = ""
    moved_to: str = ""
    explanation: str = ""
    when: datetime | None = None


class SourceReader(Protocol):
    """Reads one source.

    Attributes:
        name: That of its entry.
        title: That of its entry.
        version: Raised when the reader reads better: what an older one read is then read again.
    """

    @property
    def name(self) -> str:
        """That of its entry."""
        ...

    @property
    def title(self) -> str:
        """That of its entry."""
        ...

    @property
    def version(self) -> str:
        """Raised when the reader reads better: what an older one read is then read again."""
        ...

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:
        """Yield what was published or changed since then, in an order that `cursor` can resume (oldest first is best).

        It is lazy: each page of a listing is fetched when its first find is asked for.

        Args:
            since: With offset; or None for all that the source lists.
            fetcher: Fetches.
            cursor: Of the last find of a `find` that was stopped, with the same `since`; else "".

        Raises:
            HeadwaterError: If the listing cannot be fetched or read. What was yielded before counts.
        """
        ...

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        """Yield the records of a find: often one, several for a document of several parts or languages, perhaps none.

        A 404 or 410 for the find's own address is yielded as a `Departure`. A 304 can be left to the caller: a sync's
        fetcher ends the reading of a find whose first page is unchanged.

        Args:
            found: As `find` yielded it, or as it was stored then.
            fetcher: Fetches.

        Raises:
            HeadwaterError: If it cannot be fetched or read; the sync names it, goes on, and tries again another time.
        """
        ...


ReaderMaker = Callable[[SourceEntry], SourceReader]
"""Makes the reader of an entry; raises `InvalidInputError` where an option is missing or cannot be used.

`publishers/readers.py` has the table: `READERS: Mapping[str, ReaderMaker]`, by the entry's `reader`.
The shipped entries are in `publishers/sources.toml`: a table for each name, with `title`, `reader` and `options`.
"""
