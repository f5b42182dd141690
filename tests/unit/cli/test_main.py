"""The command line: what reaches stdout, what reaches stderr, and the exit codes."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from factories import ARTICLE, OFFICIAL_TEXT, make_report
from fakes import FakeChecker
from headwater import __version__, wiring
from headwater.api.answers import CheckAnswer, DocumentAnswer
from headwater.checking import CheckContext
from headwater.cli.main import main
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import HeadwaterError, ModelMismatchError
from headwater.domain.verdicts import CheckReport
from headwater.settings import Settings, setting_name

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(setting_name(field), raising=False)
    monkeypatch.setenv("HEADWATER_DATABASE", str(tmp_path / "corpus.sqlite3"))
    monkeypatch.setenv("HEADWATER_MODEL", "hashing")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return call


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> FakeChecker:
    fake = FakeChecker()
    parts = type("Parts", (), {"checker": fake})
    monkeypatch.setattr(wiring, "open_parts", lambda _settings, _store: parts)
    monkeypatch.setattr(wiring, "open_comparer", lambda _settings: fake)
    return fake


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    record = {
        "id": "deals",
        "publisher": "Home Office",
        "document_type": "press_release",
        "title": "New deals",
        "url": "https://www.gov.uk/government/news/new-deals",
        "text": OFFICIAL_TEXT,
        "language": "en",
        "licence": "OGL-UK-3.0",
        "first_published": "2024-11-07T10:30:00Z",
    }
    lines = [json.dumps(record), "not json"]
    (folder / "documents.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path: Path, run: Run, documents: Path) -> Iterator[CorpusStore]:
    run("ingest", str(documents))
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        yield store


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return str(path)


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"headwater {__version__}\n", "")


@pytest.mark.parametrize(
    "command",
    ["", "ingest", "embed", "models", "models list", "models build", "reindex", "check", "match", "show", "serve"],
)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    code, out, err = run(*command.split(), "--help")
    assert code == 0
    assert "Usage: headwater" in out
    assert err == ""


def test_the_help_names_the_exit_codes(run: Run) -> None:
    assert "0 no discrepancy, 1 discrepancies, 2 wrong use, 3" in " ".join(run("--help")[1].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["chekc"],
        ["check"],
        ["check", "nowhere.txt"],
        ["match"],
        ["match", "x", "--limit", "0"],
        ["match", "x", "--published", "yesterday"],
        ["serve", "--port", "70000"],
        ["--nonsense"],
        ["ingest", "nowhere"],
        ["check", "-", "--against", "-"],
    ],
)
def test_wrong_use(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err
    assert "Traceback" not in err


def test_a_misspelt_setting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_PROT", "1")
    code, _, err = run("match", "x")
    assert code == 2
    assert err == "headwater: unknown setting HEADWATER_PROT: did you mean HEADWATER_PORT?\n"


@pytest.mark.parametrize("command", [["match", "x"], ["show", "x"], ["embed"]])
def test_without_a_corpus(run: Run, tmp_path: Path, command: list[str]) -> None:
    code, out, err = run(*command)
    assert (code, out) == (3, "")
    assert err == "headwater: the corpus is empty: run `headwater ingest PATH...` first\n"
    assert not (tmp_path / "corpus.sqlite3").exists()


def test_without_a_model(run: Run, corpus: CorpusStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_MODEL", "minilm")
    monkeypatch.setenv("HEADWATER_MODEL_DIR", str(tmp_path / "no_models"))
    code, _, err = run("match", "x", "--database", str(corpus.path))
    assert code == 3
    assert "headwater models build" in err
    code, out, _ = run("models", "list")
    assert code == 0
    assert "*  minilm" in out
    assert "not built" in out


@pytest.mark.parametrize(
    ("report", "expected"), [(make_report(), 1), (replace(make_report(), claims=make_report().claims[:1]), 0)]
)
@pytest.mark.usefixtures("corpus")
def test_the_exit_code_says_whether_there_is_a_discrepancy(
    run: Run, checker: FakeChecker, report: CheckReport, expected: int
) -> None:
    checker.report = report
    assert run("match", "Some claim.")[0] == expected
    assert run("match", "Some claim.", "--json")[0] == expected


@pytest.mark.usefixtures("corpus")
def test_match_prints_a_report(run: Run, checker: FakeChecker) -> None:
    _, out, err = run("match", "Some claim.", "--published", "2024-11-08", "--limit", "2")
    assert "✗ Contradicted" in out
    assert err == ""
    assert checker.asked == [("Some claim.", CheckContext(published=date(2024, 11, 8)), None, 2)]


@pytest.mark.usefixtures("corpus", "checker")
def test_json_is_the_schema_of_the_service(run: Run) -> None:
    _, out, _ = run("match", "Some claim.", "--json")
    assert CheckAnswer.model_validate_json(out).summary["contradicted"] == 1


def test_check_against_a_source_needs_no_corpus(run: Run, checker: FakeChecker, article: str, tmp_path: Path) -> None:
    source = tmp_path / "source.txt"
    source.write_bytes("£75 million".encode("cp1252"))
    code, out, _ = run("check", article, "--against", str(source), "--published", "2024-11-08")
    assert code == 1
    assert "Contradicted" in out
    context = CheckContext(published=date(2024, 11, 8))
    assert checker.asked == [(ARTICLE, "£75 million", context, CheckContext())]
    assert not (tmp_path / "corpus.sqlite3").exists()


@pytest.mark.usefixtures("corpus", "checker")
def test_stray_bytes_of_the_file_are_reported(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "stray.txt"
    path.write_bytes("£75 million – ".encode() * 5 + b"\x96 more")
    _, out, _ = run("check", str(path), "--json")
    assert [repair["kind"] for repair in json.loads(out)["repairs"]] == ["stray_bytes", "mojibake"]


@pytest.mark.usefixtures("corpus")
def test_a_text_from_the_pipe(run: Run, checker: FakeChecker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("£5".encode())))
    run("check", "-")
    assert checker.asked[0][0] == "£5"


@pytest.mark.parametrize(
    ("failure", "code", "message"),
    [
        (ModelMismatchError("a", "b"), 3, "the corpus was embedded by a"),
        (HeadwaterError("odd \x1b[31m"), 2, "odd \\x1b[31m"),
        (PermissionError(13, "Permission denied", "file"), 2, "file: Permission denied"),
        (ValueError("the reader's words"), 70, "a fault of the program: ValueError at fakes.py:"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
@pytest.mark.usefixtures("corpus")
def test_failures_are_one_line(run: Run, checker: FakeChecker, failure: Exception, code: int, message: str) -> None:
    checker.failure = failure
    left, out, err = run("match", "Some claim.")
    assert (left, out) == (code, "")
    assert message in err
    assert len(err.splitlines()) <= 1
    assert "words" not in err


def test_the_way_to_a_fault_is_shown_to_who_asks(
    run: Run, checker: FakeChecker, monkeypatch: pytest.MonkeyPatch, article: str
) -> None:
    checker.failure = ValueError("words")
    monkeypatch.setenv("HEADWATER_LOG_LEVEL", "debug")
    code, _, err = run("check", article, "--against", article)
    assert code == 70
    assert "Traceback" in err


def test_ingest_says_what_went_in_and_what_did_not(run: Run, documents: Path) -> None:
    code, out, err = run("ingest", str(documents))
    assert (code, out) == (0, "")
    assert "documents.jsonl:2:" in err
    assert "documents: 1 new, 0 new versions, 0 known" in err
    assert "passages embedded: 2" in err
    code, _, err = run("ingest", str(documents))
    assert code == 0
    assert "documents: 0 new, 0 new versions, 1 known" in err


def test_ingest_without_vectors_and_embed_after(run: Run, documents: Path) -> None:
    assert "passages embedded: 0" in run("ingest", str(documents), "--no-embed")[2]
    assert "passages embedded: 2" in run("embed")[2]
    assert "passages embedded: 0" in run("embed")[2]


def test_nothing_readable_is_wrong_use(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("not json\n", encoding="utf-8")
    assert run("ingest", str(path))[0] == 2


def test_show(run: Run, corpus: CorpusStore) -> None:
    document = next(iter(corpus.passages([1]).values())).document
    code, out, _ = run("show", document.id)
    assert code == 0
    assert "Home Office" in out
    assert "£75 million" in out
    _, out, _ = run("show", document.id, "--json")
    assert DocumentAnswer.model_validate_json(out).text == OFFICIAL_TEXT
    code, out, err = run("show", "nothing")
    assert (code, out) == (2, "")
    assert "nothing" in err


def test_starting_loads_no_model_and_no_server() -> None:
    """`--help` has to be there at once: what is heavy is imported by the command that uses it."""
    heavy = "{'numpy', 'torch', 'fastapi', 'sqlalchemy', 'onnxruntime', 'uvicorn'}"
    program = (
        "import sys\nfrom headwater.cli.main import main\n"
        f"try: main(['--help'])\nfinally: print(sorted(set(sys.modules) & {heavy}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_a_reader_that_goes_away_gets_no_complaint(corpus: CorpusStore) -> None:
    document = next(iter(corpus.passages([1]).values())).document
    program = f"from headwater.cli.main import main; main(['show', {document.id!r}])"
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run([sys.executable, "-c", program], stdout=gone, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (141, b"")


def test_house_style_is_read_with_the_settings(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article, source = tmp_path / "article.txt", tmp_path / "source.txt"
    article.write_text("He said: “We want peace, trade, and hope.”", "utf-8")
    source.write_text("He said: “We want peace, trade and hope.”", "utf-8")
    command = ["check", str(article), "--against", str(source)]
    assert run(*command)[0] == 1
    code, out, _ = run(*command, "--house-style", "serial-comma,percent")
    assert code == 0
    assert "Allowed by the house style: the comma before the last of a list." in " ".join(out.split())
    monkeypatch.setenv("HEADWATER_HOUSE_STYLE", "serial_comma")
    assert run(*command)[0] == 0


@pytest.mark.parametrize("command", ["check", "match"])
def test_an_unknown_house_style_is_wrong_use(run: Run, tmp_path: Path, command: str) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The fund.", "utf-8")
    code, out, err = run(command, str(article), "--house-style", "serial_coma")
    assert (code, out) == (2, "")
    assert "did you mean serial_comma?" in err
