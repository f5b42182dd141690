"""Every example of README.md and docs/ runs: against a service with a corpus, on the command line, from an assistant.

An example says in a comment before its block what it is: `curl STATUS MEMBER...`, `python`, `javascript`, `commands`
or `mcp`.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.unit.client.serving import running
from typer.testing import CliRunner

from file_factories import make_docx
from headwater.api.app import create_service
from headwater.cli.main import app as program
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.listing import ListFilters, list_documents
from headwater.settings import Settings
from headwater.sources.ingest import ingest
from headwater.wiring import open_encoder, open_store

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ARTICLE = "Over 100,000 people have passed through the Western Balkans in the last year alone."
BLOCK = re.compile(r"(?:^<!-- example: (?P<said>[^>]*) -->\n)?^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.S | re.M)
NO_EXAMPLES = {"text", "json", "sh"}  # shown output; commands of README are told by what they begin with


@dataclass(frozen=True)
class Example:
    page: str
    kind: str
    expected: tuple[str, ...]
    code: str

    def __str__(self) -> str:
        return f"{self.page}: {' '.join(self.code.split())[:50]}"


def examples() -> Iterator[Example]:
    for page in PAGES:
        for block in BLOCK.finditer(page.read_text("utf-8")):
            kind, *expected = (block["said"] or "").split() or [""]
            code = block["code"]
            if not kind and code.startswith("curl "):
                kind, expected = "curl", ["200", "claims"]
            elif not kind and re.search(r"^headwater ", code, re.M):
                kind = "commands"
            yield Example(page.name, kind or f"untold {block['language']}", tuple(expected), code)


ALL = list(examples())


def of_kind(kind: str) -> list[Example]:
    return [one for one in ALL if one.kind == kind]


def test_no_example_is_left_out() -> None:
    shown = [one for one in ALL if one.kind.startswith("untold")]
    assert [one for one in shown if one.kind.removeprefix("untold ") not in NO_EXAMPLES] == []
    assert {one.kind: len(of_kind(one.kind)) for one in ALL if one not in shown} == {
        "curl": 9,
        "python": 2,
        "javascript": 1,
        "commands": 5,
        "mcp": 1,
    }


@dataclass(frozen=True)
class Served:
    address: str
    key: str
    folder: Path
    document: str

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "KEY": self.key, "HEADWATER_DATABASE": str(self.folder / "corpus.sqlite3")}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service as it is served, with the seed release in its corpus and the files that examples name beside it."""
    folder = tmp_path_factory.mktemp("examples")
    settings = Settings(database=folder / "corpus.sqlite3", model="hashing")
    with open_store(settings) as store:
        ingest([ROOT / "fixtures" / "seed" / "release.txt"], store, open_encoder(settings, store))
        key = open_keys(store).create(KeyTerms("Examples", ("match", "check", "ingest"), per_minute=6_000)).written
        (document,) = list_documents(store, ListFilters(), None, 10).documents
    write_files(folder)
    with running(create_service(settings)) as address:
        yield Served(address, key, folder, document.id)


def write_files(folder: Path) -> None:
    for name in ("articles", "releases", "fixtures/corpus/united_states"):
        (folder / name).mkdir(parents=True)
    words = {
        "article": "The ferry to Stromness costs £57 million.",
        "release": "The ferry to Stromness costs £75 million.",
    }
    for stem, text in words.items():
        (folder / f"{stem}.txt").write_text(text, "utf-8")
        (folder / f"{stem}.html").write_text(f"<html><body><main><p>{text}</p></main></body></html>", "utf-8")
        (folder / f"{stem}.docx").write_bytes(make_docx(text))
        shutil.copy(folder / f"{stem}.docx", folder / f"{stem}s" / "article.docx")
    for name in ("PATH...", "corpus.backup"):
        (folder / name).write_text("The ferry sails twice a day.", "utf-8")


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
@pytest.mark.parametrize("example", of_kind("curl"), ids=str)
def test_curl(example: Example, served: Served) -> None:
    """Run as it is written, by a shell, but for the address of the service."""
    command = re.sub(r"(http://)?(127\.0\.0\.1|localhost):8710", served.address, example.code.strip())
    if "$KEY" not in command:
        command += ' -H "Authorization: Bearer $KEY"'
    ended = subprocess.run(
        ["bash", "-c", command + " -w '\n%{http_code}'"],
        cwd=served.folder,
        env=served.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    body, _, status = ended.stdout.rpartition("\n")
    wanted, *members = example.expected
    assert status == wanted, body
    assert set(members) <= set(json.loads(body))
    if example.page == "README.md":
        shown = next(one.code for one in ALL if one.page == "README.md" and one.kind == "untold json")
        assert_shown(json.loads(shown), json.loads(body))


def assert_shown(shown: Any, told: Any) -> None:
    """Hold an answer to the part of it that a page shows; a text that ends in "..." is cut off there."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            assert_shown(value, told[name])
    elif isinstance(shown, list):
        for value, answered in zip(shown, told, strict=False):
            assert_shown(value, answered)
        assert len(shown) <= len(told)
    elif isinstance(shown, str) and shown.endswith("..."):
        assert told.startswith(shown.removesuffix("...").rstrip())
    elif isinstance(shown, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+Z?", shown):
        assert told.removesuffix("Z") == shown.removesuffix("Z")
    else:
        assert told == shown


@pytest.mark.parametrize("example", of_kind("python"), ids=str)
def test_python(example: Example, served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    exec(example.code, {"ADDRESS": served.address, "KEY": served.key})  # noqa: S102 - the page's own words
    told = capsys.readouterr().out
    if "add_document" in example.code:
        for word in ("summary", "people smuggling", "added", "claims\n", "done"):
            assert word in told
    else:
        assert re.search(r"\[.*'\w+'.*\]", told)


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node.js on this machine")
@pytest.mark.parametrize("example", of_kind("javascript"), ids=str)
def test_javascript(example: Example, served: Served) -> None:
    given = {"ADDRESS": served.address, "KEY": served.key, "ARTICLE": ARTICLE}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in given.items()]
    script = "\n".join([*lines, example.code])
    ended = subprocess.run(
        ["node", "--input-type=module", "--eval", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    for word in ("shifted Over 100,000", "of 1", "@graph", "people smuggling", "claims of the check"):
        assert word in ended.stdout


def commands(example: Example) -> Iterator[list[str]]:
    for line in example.code.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["headwater"]:
            yield words[1:]


@pytest.mark.parametrize("example", of_kind("commands"), ids=str)
def test_commands_are_taken(example: Example, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names, options and their values are what the program takes; what needs no network runs below."""
    monkeypatch.chdir(served.folder)
    receipt = served.folder / "out" / "article.docx.json"
    receipt.parent.mkdir(exist_ok=True)
    receipt.touch()
    backups = served.folder / "backups"
    backups.mkdir(exist_ok=True)
    (backups / "corpus-20261122T040000Z.sqlite3").touch()
    for written in commands(example):
        words = [word.replace("/var/backups/headwater", str(backups)) for word in written]
        command: Any = typer.main.get_command(program)
        while hasattr(command, "commands"):
            command = command.commands[words.pop(0)]
        assert command.make_context(command.name, words).params is not None


def test_checks_of_the_pages_run(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents, folders, receipts: in the order in which the page has them."""
    monkeypatch.chdir(served.folder)
    monkeypatch.setenv("HEADWATER_DATABASE", str(served.folder / "corpus.sqlite3"))
    monkeypatch.setenv("HEADWATER_MODEL", "hashing")
    (page,) = (one for one in of_kind("commands") if one.page == "developers.md")
    (served.folder / "out" / "article.docx.json").unlink(missing_ok=True)
    ended = []
    for words in commands(page):
        if any(word.startswith("https://") for word in words):
            continue
        placed = [word.replace("0123456789abcdef", served.document) for word in words]
        if "--document-version" in placed:
            placed[placed.index("--document-version") + 1] = "1"
        done = CliRunner().invoke(program, placed)
        ended.append((placed[1], done.exit_code, done.output[-300:], done.exception))
    assert [(name, code) for name, code, *_ in ended] == [
        ("article.docx", 1),  # something differs
        ("articles/", 1),
        ("article.docx", 0),  # the same answer as before
    ], ended
    assert all(isinstance(error, SystemExit | None) and told for *_, told, error in ended), ended


@pytest.mark.parametrize("example", of_kind("mcp"), ids=str)
def test_assistants(example: Example, served: Served) -> None:
    """What the configuration names answers an assistant: greeted, asked for its tools, and one of them called."""
    asked = json.loads(example.code)["mcpServers"]["headwater"]
    assert asked["command"] == "headwater"
    messages = [
        (
            "initialize",
            {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
        ),
        ("tools/list", {}),
        ("tools/call", {"name": "match", "arguments": {"text": ARTICLE}}),
        ("tools/call", {"name": "get_document", "arguments": {"document_id": served.document}}),
        ("tools/call", {"name": "get_document", "arguments": {"document_id": "nowhere"}}),
    ]
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": given})
        for number, (method, given) in enumerate(messages)
    ]
    start = "import sys; from headwater.cli.main import main; main(sys.argv[1:])"
    ended = subprocess.run(
        [sys.executable, "-c", start, *asked["args"]],
        input="\n".join(lines) + "\n",
        env={**served.environment, "HEADWATER_MODEL": "hashing", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    greeting, listed, matched, shown, refused = (json.loads(line)["result"] for line in ended.stdout.splitlines())
    assert greeting["serverInfo"]["name"] == "headwater"
    assert {tool["name"] for tool in listed["tools"]} == {"match", "check_text", "get_document"}
    assert matched["structuredContent"]["claims"][0]["verdict"] == "shifted"
    assert "Western Balkans" in shown["structuredContent"]["text"]
    assert refused["isError"] is True
