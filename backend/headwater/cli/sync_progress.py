"""How far a sync is, on stderr: bars on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from rich.console import Console
from rich.progress import TaskID

from headwater.cli.progress import LINES_A_RUN, ShownBars
from headwater.report.text import visible
from headwater.sources.publishers.contract import SourceEntry


class ShownSync(ShownBars):
    """Shows a sync; hears what ingestion says of vectors, too.

    Args:
        console: Where to; stderr unless given.
    """

    def __init__(self, console: Console | None = None) -> None:
        super().__init__(console)
        self._source: TaskID | None = None
        self._texts: TaskID | None = None
        self._name = ""
        self._tenth = 0

    def source_begun(self, source: SourceEntry) -> None:
        """Show which source is asked."""
        if self._source is not None:
            self._bars.remove_task(self._source)
        self._name, self._tenth = source.name, 0
        self._source = self._bars.add_task(f"{source.name}: listing", total=None)

    def documents_found(self, found: int) -> None:
        """Show how many documents have been listed."""
        if self._source is not None:
            self._bars.update(self._source, description=f"{self._name}: {found:,} listed")

    def documents_visited(self, visited: int, of: int) -> None:
        """Show how many documents have been read."""
        if self._source is not None:
            self._bars.update(self._source, completed=visited, total=of, description=f"{self._name}: reading")
        self._say_tenths(visited, of, f"{self._name}: read {visited:,} of {of:,}")

    def problem_met(self, problem: str) -> None:
        """Print what could not be read."""
        self._bars.console.print(f"{self._name}: {visible(problem)}", soft_wrap=True)

    def texts_encoded(self, encoded: int, texts: int) -> None:
        """Show how many passages have their vector."""
        if self._texts is None:
            self._texts = self._bars.add_task("Embedding passages", total=texts)
            self._tenth = 0
        self._bars.update(self._texts, completed=encoded, total=texts)
        self._say_tenths(encoded, texts, f"embedded {encoded:,} of {texts:,} passages")

    def file_begun(self, *_: object) -> None:
        """Say nothing: no files are read."""

    def documents_read(self, documents: int) -> None:
        """Say nothing: see `documents_visited`."""

    def problem_found(self, problem: Exception) -> None:
        """Print what could not be read."""
        self.problem_met(str(problem))

    def _say_tenths(self, done: int, of: int, line: str) -> None:
        tenth = done * LINES_A_RUN // max(of, 1)
        if tenth > self._tenth:
            self._tenth = tenth
            self._say(line)
