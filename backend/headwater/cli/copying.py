"""How far a copy of a corpus is, on stderr: bars on a terminal, a line for each tenth elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

LINES_A_KIND = 10


class ShownCopy:
    """Shows a copy; a context manager, to be left when the copy ends.

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
        self._tasks: dict[str, TaskID] = {}
        self._tenths: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def rows_copied(self, title: str, rows: int, total: int) -> None:
        """Show how many rows of a kind are in the new database."""
        if title not in self._tasks:
            self._tasks[title] = self._bars.add_task(f"Copying {title}", total=total)
        self._bars.update(self._tasks[title], completed=rows, total=total)
        tenth = rows * LINES_A_KIND // max(total, 1)
        if tenth > self._tenths.get(title, 0):
            self._tenths[title] = tenth
            self._say(f"copied {rows:,} of {total:,} {title}")

    def stage_begun(self, title: str) -> None:
        """Show work whose length is not known."""
        self._tasks[title] = self._bars.add_task(title.capitalize(), total=None)
        self._say(title)

    def _say(self, line: str) -> None:
        if not self._console.is_terminal:
            self._console.print(line, soft_wrap=True)
