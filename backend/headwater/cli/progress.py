"""How far a run is, on stderr: bars on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from headwater.domain.errors import UnreadableRecordError
from headwater.report.text import visible

LINES_A_RUN = 10  # where there is no terminal, a line for each tenth of the work
DOCUMENTS_A_LINE = 500


class ShownBars:
    """What all shown work has in common; a context manager, to be left when the work ends.

    Args:
        console: Where to; stderr unless given.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, markup=False, emoji=False, highlight=False)
        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def _say(self, line: str) -> None:
        if not self._console.is_terminal:
            self._console.print(line, soft_wrap=True)


class ShownProgress(ShownBars):
    """Shows a run.

    Args:
        console: Where to; stderr unless given.
    """

    def __init__(self, console: Console | None = None) -> None:
        super().__init__(console)
        self._files: TaskID | None = None
        self._texts: TaskID | None = None
        self._said = (0, 0)  # documents, and tenths of the texts

    def file_begun(self, path: Path, number: int, files: int) -> None:
        """Show which file is read."""
        if self._files is None:
            self._files = self._bars.add_task("Reading", total=files)
        self._bars.update(self._files, completed=number - 1, description=f"Reading {visible(path.name)}")

    def documents_read(self, documents: int) -> None:
        """Show how many documents have been read."""
        if self._files is not None:
            self._bars.update(self._files, description=f"Reading ({documents:,} documents)")
        if documents - self._said[0] >= DOCUMENTS_A_LINE:
            self._said = (documents, self._said[1])
            self._say(f"read {documents:,} documents")

    def problem_found(self, problem: UnreadableRecordError) -> None:
        """Print what could not be read."""
        self._bars.console.print(f"skipped {visible(str(problem))}", soft_wrap=True)

    def texts_encoded(self, encoded: int, texts: int) -> None:
        """Show how many passages have their vector."""
        if self._files is not None:
            self._bars.remove_task(self._files)
            self._files = None
        if self._texts is None:
            self._texts = self._bars.add_task("Embedding passages", total=texts)
        self._bars.update(self._texts, completed=encoded, total=texts)
        tenth = encoded * LINES_A_RUN // max(texts, 1)
        if tenth > self._said[1]:
            self._said = (self._said[0], tenth)
            self._say(f"embedded {encoded:,} of {texts:,} passages")
