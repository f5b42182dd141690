"""Who hears how far a sync is."""

from __future__ import annotations

from typing import Protocol

from headwater.sources.publishers.contract import SourceEntry


class SyncProgress(Protocol):
    """Hears how far a sync is; called from the thread that runs it."""

    def source_begun(self, source: SourceEntry) -> None:
        """A source is about to be asked."""
        ...

    def documents_found(self, found: int) -> None:
        """So many documents have been listed by the present source."""
        ...

    def documents_visited(self, visited: int, of: int) -> None:
        """So many of the documents that have to be read or visited have been."""
        ...

    def problem_met(self, problem: str) -> None:
        """Something could not be read; the sync goes on."""
        ...

    def texts_encoded(self, encoded: int, texts: int) -> None:
        """So many of the texts that lacked a vector have one now."""
        ...


class SilentSync:
    """Hears and says nothing."""

    def source_begun(self, source: SourceEntry) -> None:
        """Say nothing."""

    def documents_found(self, found: int) -> None:
        """Say nothing."""

    def documents_visited(self, visited: int, of: int) -> None:
        """Say nothing."""

    def problem_met(self, problem: str) -> None:
        """Say nothing."""

    def texts_encoded(self, encoded: int, texts: int) -> None:
        """Say nothing."""
