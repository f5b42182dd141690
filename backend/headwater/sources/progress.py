"""Who hears how far a run is: a progress bar, a log, or nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from headwater.domain.errors import UnreadableRecordError


class IngestProgress(Protocol):
    """Hears how far a run is; called from the thread that runs it."""

    def file_begun(self, path: Path, number: int, files: int) -> None:
        """A file is about to be read: the `number`th of `files`, from 1."""
        ...

    def documents_read(self, documents: int) -> None:
        """So many documents have been read in all; what was read is stored."""
        ...

    def problem_found(self, problem: UnreadableRecordError) -> None:
        """Something could not be read; the run goes on."""
        ...

    def texts_encoded(self, encoded: int, texts: int) -> None:
        """So many of the texts that lacked a vector have one now."""
        ...


class SilentProgress:
    """Hears and says nothing."""

    def file_begun(self, path: Path, number: int, files: int) -> None:
        """Say nothing."""

    def documents_read(self, documents: int) -> None:
        """Say nothing."""

    def problem_found(self, problem: UnreadableRecordError) -> None:
        """Say nothing."""

    def texts_encoded(self, encoded: int, texts: int) -> None:
        """Say nothing."""
