"""The pages in docs/ say what the code does: settings, commands, errors, tests that are there, examples that run."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.unit.client.serving import running

from corpus_factories import make_record
from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.api.metrics import Metrics, render
from headwater.api.problems import PROBLEMS
from headwater.cli.main import app as program
from headwater.corpus.keys import SCOPES, KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings, setting_name

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
OPERATORS = (DOCS / "operators.md").read_text("utf-8")


def first_cells(heading: str) -> list[str]:
    section = OPERATORS.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def commands(prefix: str, group: Any) -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(f"{prefix} {name}", command)
        else:
            yield f"{prefix} {name}"


def test_every_setting_is_described_once() -> None:
    assert sorted(first_cells("Settings")) == sorted(map(setting_name, Settings.model_fields))


def test_defaults_are_the_codes_own() -> None:
    for name, field in Settings.model_fields.items():
        row = next(line for line in OPERATORS.splitlines() if line.startswith(f"| `{setting_name(name)}` |"))
        if isinstance(field.default, int | str) and field.default != "":
            assert row.split(" | ")[1] == f"`{field.default}`", row


def test_every_command_is_described_once() -> None:
    described = first_cells("Commands")
    assert sorted(described) == sorted(commands("headwater", typer.main.get_command(program)))
    assert len(described) > 15


def test_every_error_is_described_as_its_page_does() -> None:
    assert sorted(first_cells("Errors")) == sorted(problem.type for problem in PROBLEMS.values())
    for problem in PROBLEMS.values():
        assert f"| `{problem.type}` | {problem.status} | {problem.meaning} | {problem.remedy} |" in OPERATORS


def test_every_scope_is_described() -> None:
    assert first_cells("Who may ask") == list(SCOPES)


def test_every_figure_is_named(tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "corpus.sqlite3")
    with CorpusStore(settings.database) as store:
        service = create_app(FakeChecker(), store, settings, model_id=MODEL).state.service
        written = set(re.findall(r"^# TYPE (\w+)", render(service, Metrics()), re.MULTILINE))
    section = OPERATORS.split("\n## Figures\n")[1].split("\n## ")[0]
    assert {name for name in re.findall(r"`(\w+)`", section) if "_" in name} == written


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_what_pages_point_to_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    for name in re.findall(r"`(tests/[\w/.]+)(?:::\w+)?`", text):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (page.parent / name).exists(), name


def test_named_tests_are_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)::(\w+)`", (DOCS / "security.md").read_text("utf-8"))
    assert len(named) > 4
    for path, test in named:
        assert re.search(rf"^(?:async )?def {test}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), test


def test_every_threat_names_a_test() -> None:
    rows = [line for line in (DOCS / "security.md").read_text("utf-8").splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 15
    assert [row for row in rows if "`tests/" not in row] == []


def example(kind: str) -> str:
    text = (DOCS / "developers.md").read_text("utf-8")
    return text.split(f"<!-- example: {kind} -->\n```")[1].split("\n", 1)[1].split("```")[0]


def test_the_example_in_python_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(database=tmp_path / "corpus.sqlite3")
    store = CorpusStore(settings.database)
    store.add_documents([make_record(title="New deals")])
    key = open_keys(store).create(KeyTerms("Test")).written
    with running(create_app(FakeChecker(), store, settings, model_id=MODEL)) as address:
        exec(example("python"), {"ADDRESS": address, "KEY": key})  # noqa: S102 - the page's own words
    told = capsys.readouterr().out
    assert "summary" in told
    assert "New deals" in told


def test_the_example_for_assistants_names_a_command() -> None:
    asked = json.loads(example("mcp"))["mcpServers"]["headwater"]
    assert " ".join([asked["command"], *asked["args"]]) in first_cells("Commands")


def test_addresses_of_the_api_are_all_there(tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "corpus.sqlite3")
    with CorpusStore(settings.database) as store:
        described = create_app(FakeChecker(), store, settings, model_id=MODEL).openapi()["paths"]
    text = (DOCS / "developers.md").read_text("utf-8")
    for method, path in re.findall(r"^\| `(\w+) ([^`]+)` \|", text, re.MULTILINE):
        assert method.lower() in described[path]
