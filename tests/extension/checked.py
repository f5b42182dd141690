"""What `headwater check` says of a text, in the words in which the panel is asked for the same."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from headwater.cli.main import app

Row = tuple[str, str, tuple[str, ...]]  # a claim's words, its verdict, the rules of its findings that are no agreement

ROWS = """[...document.querySelectorAll('#claims > li')].map(item => [
  item.querySelector('.words').textContent, item.dataset.verdict,
  [...item.querySelectorAll('.findings > li:not([data-effect=agrees])')].map(found => found.dataset.rule).sort()])"""


@lru_cache(maxsize=4)
def check_by_command(text: str, published: str, database: Path) -> tuple[Row, ...]:
    """Run the command on a text, once for all browsers.

    Returns:
        Its claims in order.
    """
    with TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(text, encoding="utf-8")
        said = CliRunner().invoke(
            app, ["check", str(article), "--json", "--published", published, "--database", str(database)]
        )
    assert said.exit_code == 1, said.output  # the seed article differs from its source
    return tuple(
        (
            claim["text"],
            claim["verdict"],
            tuple(sorted(finding["rule"] for finding in claim["findings"] if finding["effect"] != "agrees")),
        )
        for claim in json.loads(said.stdout)["claims"]
    )
