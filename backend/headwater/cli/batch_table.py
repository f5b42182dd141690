"""How far a run over many articles is, on stderr, and its table at the end, on stdout."""

from __future__ import annotations

from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from headwater.cli.progress import ShownBars
from headwater.report.text import make_console, visible

Json = dict[str, Any]
HEADS = {
    "article": "Article", "state": "State", "claims": "Claims", "supported": "Supported", "shifted": "Shifted",
    "contradicted": "Contradicted", "not_in_source": "Not in source", "worst": "Worst",
}  # fmt: skip
NUMBERS = {"claims", "supported", "shifted", "contradicted", "not_in_source"}


class ShownBatch(ShownBars):
    """Shows a run; a context manager.

    Args:
        articles: How many there are.
        console: Where to; stderr unless given.
    """

    def __init__(self, articles: int, console: Console | None = None) -> None:
        super().__init__(console)
        self._task = self._bars.add_task("Checking", total=articles)

    def tell(self, row: Json) -> Json:
        """Show that an article is done, and return its row as it is."""
        self._bars.update(self._task, advance=1, description=f"Checked {visible(row['article'])}")
        if row["problem"]:
            self._bars.console.print(f"skipped {visible(row['problem'])}", soft_wrap=True)
        else:
            self._say(f"{row['state']} {visible(row['article'])}")
        return row

    def print_table(self, rows: list[Json], stream: TextIO) -> None:
        """Print the summary of all articles.

        Args:
            rows: One an article.
            stream: Where to.
        """
        table = Table(show_edge=False, pad_edge=False)
        for name, head in HEADS.items():
            table.add_column(head, justify="right" if name in NUMBERS else "left")
        for row in rows:
            table.add_row(*(visible(str(row[name])) for name in HEADS))
        make_console(stream).print(table)
