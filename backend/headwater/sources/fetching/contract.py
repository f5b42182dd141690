"""What a reader of official pages asks of whoever fetches them, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer of a publisher.

    Args:
        url: The address that answered, after any redirects.
        status: 2xx, or 303, 304, 404, 410 or 422. All others are raised.
        headers: Names in lower case; of a name given twice, the values joined by a comma.
        body: Decompressed; empty for 303 and 304.
        etag: The validator to send next time, or "".
        last_modified: Likewise, or "".
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    etag: str
    last_modified: str


class Fetcher(Protocol):
    """Fetches official pages. It waits for its turn, follows redirects among listed hosts and tries again by itself."""

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Return what the publisher answers.

        Args:
            url: Absolute.
            etag: The validator of the last answer, as it was given: an unchanged page is answered by 304.
            last_modified: Likewise.

        Raises:
            FetchRefusedError: If the address, or one it redirects to, may not be fetched.
            SourceUnavailableError: If the publisher cannot be reached, is overloaded, or answers beyond the limits.
        """
        ...
