"""How far a copy of a corpus is, on stderr: bars on a terminal, a line for each tenth elsewhere."""

from __future__ import annotations

from rich.console import Console
from rich.progress import TaskID

from headwater.cli.progress import ShownBars

LINES_A_KIND = 10


class ShownCopy(ShownBars):
    """Shows a copy.

    Args:
        console: Where to; stderr unless given.
    """

    def __init__(self, console: Console | None = None) -> None:
        super().__init__(console)
        self._tasks: dict[str, TaskID] = {}
        self._tenths: dict[str, int] = {}

    def rows_copied(self, title: str, rows: int, total: int) -> None:
        """Show how many rows of a kind are in the new database."""
        if title not in self._tasks:
            self._tasks[title] = self._bars.add_task(f"Copying {title}", total=total)
        self._bars.update(self._tasks[title], completed=rows, total=total)
        tenth = rows * LINES_A_KIND // max(total, 1)
        if tenth > self._tenths.get(title, 0):
            self._tenths[title] = tenth
            self._say(f"copied {rows:,} of {total:,} {title}")

    def work_done(self, title: str, done: int, of: int) -> None:
        """Show how far a stage is whose title says what is counted."""
        if title not in self._tasks:
            self._tasks[title] = self._bars.add_task(title.capitalize(), total=of)
        self._bars.update(self._tasks[title], completed=done, total=of)
        if done == of:
            self._say(f"{title}: {of:,}")

    def stage_begun(self, title: str) -> None:
        """Show work whose length is not known."""
        self._tasks[title] = self._bars.add_task(title.capitalize(), total=None)
        self._say(title)
