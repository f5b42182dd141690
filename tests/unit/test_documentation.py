"""The pages in docs/ say what the code does: settings, commands, errors, tests that are there, examples that run."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.api.metrics import render
from headwater.api.problems import PROBLEMS
from headwater.cli.main import app as program
from headwater.corpus.keys import SCOPES
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
        state = create_app(FakeChecker(), store, settings, model_id=MODEL).state
        written = set(re.findall(r"^# TYPE (\w+)", render(state.service, state.figures), re.MULTILINE))
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
    assert [row for row in rows if not re.search(r"`tests/[\w/.]+::test_\w+`", row.split(" | ")[-1])] == []


def described(tmp_path: Path) -> Any:
    settings = Settings(database=tmp_path / "corpus.sqlite3")
    with CorpusStore(settings.database) as store:
        return create_app(FakeChecker(), store, settings, model_id=MODEL).openapi()


def test_every_address_of_the_api_is_on_the_page_for_developers(tmp_path: Path) -> None:
    text = (DOCS / "developers.md").read_text("utf-8")
    told = set(re.findall(r"^\| `(\w+) ([^`]+)` \|", text, re.MULTILINE))
    assert told == {
        (method.upper(), path) for path, methods in described(tmp_path)["paths"].items() for method in methods
    }


def test_every_error_says_what_to_do() -> None:
    for problem in PROBLEMS.values():
        assert len(problem.meaning) > 30, problem.slug
        assert len(problem.remedy) > 10, problem.slug
        assert problem.meaning != problem.remedy
        assert (problem.retry_after is not None) == (problem.status in {429, 503}), problem.slug


def test_every_error_that_the_service_answers_has_an_example_in_the_description(tmp_path: Path) -> None:
    shown = {
        slug
        for methods in described(tmp_path)["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        if int(status) >= 400
        for slug in answer["content"]["application/problem+json"]["examples"]
    }
    # Answered where no operation is: no such address, no such method, a request that is none, a file to ingest.
    assert PROBLEMS.keys() - shown == {"bad-request", "method-not-allowed", "unreadable-record"}


UNITS = {  # what stands for a quantity, and the word that tells what it is counted in
    "elapsed_ms": "millisecond", "start": "code point", "end": "code point", "span": "code point",
    "documents": "number", "versions": "number", "encoded": "number", "row_count": "number", "decided": "sentences",
    "found_share": "from 0 to 1", "coverage": "from 0 to 1", "cosine": "from -1 to 1", "similarity": "from 0 to 2",
}  # fmt: skip


def test_quantities_are_described_with_their_units(tmp_path: Path) -> None:
    seen = set()
    for name, schema in described(tmp_path)["components"]["schemas"].items():
        for field, found in schema.get("properties", {}).items():
            kinds = {found.get("type"), *(one.get("type") for one in found.get("anyOf", ()))}
            if field in UNITS and kinds & {"integer", "number", "object"} and "$ref" not in str(found.get("anyOf", "")):
                seen.add(field)
                assert UNITS[field] in found["description"].lower(), (name, field)
    assert len(seen) > 10, seen
    for parameter in described(tmp_path)["components"]["headers"].values():
        assert parameter["description"]
