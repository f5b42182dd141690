"""Many articles in one run: pairs, files that cannot be read, finished work, and what the run is left with."""

import json
from pathlib import Path

import pytest

from fakes import FakeChecker
from file_factories import make_docx
from headwater.cli import check
from headwater.cli.batch import LEFT, BatchWork, run_batch
from headwater.cli.main import main
from headwater.cli.official import FindOfficial, Official, find_source, list_files
from headwater.domain.context import CheckContext
from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings
from headwater.sources.intake.limits import IntakeLimits


@pytest.fixture
def checker() -> FakeChecker:
    return FakeChecker()


@pytest.fixture
def work(checker: FakeChecker) -> BatchWork:
    versions = {"rules": checker.report.rule_version, "model": checker.report.model, "corpus": ""}
    checker.report = type(checker.report)(**{
        **{name: getattr(checker.report, name) for name in checker.report.__slots__}, "corpus_version": "",
    })  # fmt: skip
    return BatchWork(checker, versions, IntakeLimits(), CheckContext())  # type: ignore[arg-type]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    articles, sources = tmp_path / "articles", tmp_path / "sources"
    (articles / "sub").mkdir(parents=True)
    (sources / "sub").mkdir(parents=True)
    (articles / "a.txt").write_text("The fund is large.", "utf-8")
    (articles / "b.docx").write_bytes(make_docx("words")[:90])
    (articles / "sub" / "c.docx").write_bytes(make_docx("The fund is small."))
    (articles / ".hidden").write_text("no", "utf-8")
    for name in ("a.md", "b.txt", "sub/c.html"):
        (sources / name).write_text("The fund is large.", "utf-8")
    return articles, sources


def texts_in(place: Path) -> FindOfficial:
    return Official(str(place)).open(Settings(database=place / "corpus.sqlite3"))


def test_articles_are_paired_by_their_names(folders: tuple[Path, Path]) -> None:
    articles, sources = folders
    named = list_files(articles)
    assert [name for name, _ in named] == ["a.txt", "b.docx", "sub__c.docx"]
    assert [find_source(name, sources).name for name, _ in named] == ["a.md", "b.txt", "c.html"]
    (sources / "a.pdf").write_bytes(b"")
    with pytest.raises(InvalidInputError, match=r"a\.txt: 2 official texts"):
        find_source("a.txt", sources)
    with pytest.raises(InvalidInputError, match="no official texts"):
        find_source("z.txt", sources)


def test_the_rest_of_a_run_goes_on_after_a_bad_file(
    folders: tuple[Path, Path], work: BatchWork, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    rows = list(run_batch(list_files(folders[0]), texts_in(folders[1]), out, lambda: work))
    assert [row["state"] for row in rows] == ["checked", "unreadable", "checked"]
    assert "damaged" in rows[1]["problem"]
    forms = [f"{name}.{end}" for name in ("a.txt", "sub__c.docx") for end in ("csv", "html", "json", "md")]
    assert sorted(path.name for path in out.iterdir()) == sorted([*forms, "summary.csv"])
    assert (out / "summary.csv").read_text("utf-8").count("\n") == 4


def test_finished_work_is_kept_and_the_rest_is_done(
    folders: tuple[Path, Path], work: BatchWork, checker: FakeChecker, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    started = run_batch(list_files(folders[0]), texts_in(folders[1]), out, lambda: work)
    assert next(started)["state"] == "checked"
    started.close()  # as a process that is killed leaves it
    assert [line.split(",")[1] for line in (out / "summary.csv").read_text("utf-8").split("\n")[1:4]] == [
        "checked", LEFT, LEFT,
    ]  # fmt: skip
    asked = len(checker.asked)
    rows = list(run_batch(list_files(folders[0]), texts_in(folders[1]), out, lambda: work))
    assert [row["state"] for row in rows] == ["kept", "unreadable", "checked"]
    assert len(checker.asked) == asked + 1
    assert rows[0]["contradicted"] == rows[2]["contradicted"] == 1


@pytest.mark.parametrize("change", ["article", "source", "options", "damaged"])
def test_work_on_other_texts_is_done_again(
    folders: tuple[Path, Path], work: BatchWork, tmp_path: Path, change: str
) -> None:
    from dataclasses import replace

    out = tmp_path / "out"
    articles = [("a.txt", folders[0] / "a.txt")]
    list(run_batch(articles, texts_in(folders[1]), out, lambda: work))
    if change == "article":
        (folders[0] / "a.txt").write_text("The fund is small.", "utf-8")
    elif change == "source":
        (folders[1] / "a.md").write_text("The fund is small.", "utf-8")
    elif change == "damaged":
        (out / "a.txt.json").write_text('{"receipt": {', "utf-8")
    else:
        work = replace(work, context=CheckContext(house_style=("percent",)))
    assert [row["state"] for row in run_batch(articles, texts_in(folders[1]), out, lambda: work)] == ["checked"]
    assert json.loads((out / "a.txt.json").read_text("utf-8"))["receipt"]["form"] == 1


@pytest.mark.parametrize(
    ("names", "options", "code"),
    [
        (["a.txt"], [], 1),
        (["a.txt"], ["--fail-on", "high"], 1),
        (["a.txt"], ["--fail-on", "medium"], 1),
        (["a.txt", "b.docx"], [], 2),
    ],
)
def test_what_a_run_is_left_with(
    folders: tuple[Path, Path],
    work: BatchWork,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    names: list[str],
    options: list[str],
    code: int,
) -> None:
    for path in [*folders[0].iterdir()]:
        if path.is_file() and path.name not in names:
            path.unlink()
    (folders[0] / "sub" / "c.docx").unlink()
    monkeypatch.setattr(check, "_open", lambda *_, **__: work)
    with pytest.raises(SystemExit) as left:
        main(["check", str(folders[0]), "--against", str(folders[1]), "--report", str(tmp_path / "out"), *options])
    assert left.value.code == code
    assert "a.txt" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["{dir}"], "needs --report"),
        (["{dir}", "--corpus", "--against", "{dir}"], "--corpus asks the whole corpus"),
        (["{dir}/a", "--document", "d", "--against", "{dir}"], "exclude each other"),
        (["{dir}/a", "--document-version", "2"], "needs --document"),
        (["-", "--report", "{dir}"], "a pipe has no name"),
        (["{dir}", "--report", "{dir}/out"], "no article in"),
    ],
)
def test_wrong_use_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", *(option.format(dir=tmp_path) for option in options)])
    assert left.value.code == 2
    assert says in capsys.readouterr().err


def test_a_check_again_from_its_receipt(
    folders: tuple[Path, Path],
    work: BatchWork,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    article, source, out = folders[0] / "a.txt", folders[1] / "a.md", tmp_path / "out"
    list(run_batch([("a.txt", article)], texts_in(source), out, lambda: work))
    monkeypatch.setattr(check, "_open", lambda *_, **__: work)
    command = ["check", str(article), "--against", str(source), "--receipt", str(out / "a.txt.json")]
    with pytest.raises(SystemExit) as left:
        main(command)
    assert (left.value.code, capsys.readouterr().out) == (0, "the same answer\n")
    article.write_text("Other words stand here.", "utf-8")
    with pytest.raises(SystemExit) as left:
        main(command)
    assert (left.value.code, capsys.readouterr().out) == (1, "the article changed\n")
