"""`headwater backup`, `restore` and `verify` as an operator types them."""

import json
from pathlib import Path

import pytest

from corpus_factories import make_record
from headwater.cli.main import main
from headwater.corpus.store import CorpusStore


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "corpus.sqlite3"
    monkeypatch.setenv("HEADWATER_DATABASE", str(path))
    with CorpusStore(path) as store:
        store.add_documents([make_record()])
    return path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(map(str, arguments)))
    assert isinstance(left.value.code, int)
    return left.value.code


def test_there_and_back(corpus: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("backup", tmp_path / "b.sqlite3") == 0
    assert "1 documents, 1 versions, 2 passages" in capfd.readouterr().err
    assert run("verify", tmp_path / "b.sqlite3") == 0
    assert capfd.readouterr().out.startswith("whole: 1 documents")
    assert run("restore", tmp_path / "b.sqlite3") == 2
    assert "nothing is ever written over" in capfd.readouterr().err
    corpus.unlink()
    assert run("restore", tmp_path / "b.sqlite3") == 0
    capfd.readouterr()
    assert run("verify", "--json") == 0
    assert json.loads(capfd.readouterr().out)["counts"]["passages"] == 2


def test_what_is_damaged_ends_with_three(corpus: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from headwater.corpus.engine import load_driver

    connection = load_driver().connect(corpus)
    connection.execute("UPDATE passages SET text = 'x' WHERE id = 1").close()
    connection.commit()
    connection.close()
    assert run("verify") == 3
    assert "fault: passage 1" in capfd.readouterr().out


def test_a_folder_keeps_the_newest(corpus: Path, tmp_path: Path) -> None:
    assert corpus.exists()
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "corpus-of-mine.sqlite3").write_bytes(b"not of this command")
    for day in (1, 2):
        for end in ("", ".json"):
            (folder / f"corpus-2020010{day}T000000Z.sqlite3{end}").write_bytes(b"old")
    assert run("backup", folder, "--keep", 2) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names[:2] == ["corpus-20200102T000000Z.sqlite3", "corpus-20200102T000000Z.sqlite3.json"]
    assert len(names) == 5
    assert "corpus-of-mine.sqlite3" in names
    assert run("backup", tmp_path / "one.sqlite3", "--keep", 2) == 2


@pytest.mark.parametrize("command", [["backup", "b.sqlite3"], ["restore", __file__], ["verify"]])
def test_postgres_has_tools_of_its_own(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("HEADWATER_DATABASE", raising=False)
    monkeypatch.setenv("HEADWATER_DATABASE_URL", "postgresql://a:secret@b/c")
    assert run(*command) == 2
    said = capfd.readouterr().err
    assert "pg_dump" in said
    assert "secret" not in said


@pytest.mark.parametrize("command", [["backup", "b.sqlite3"], ["verify"]])
def test_no_corpus_is_made_by_looking_for_one(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_DATABASE", str(tmp_path / "none.sqlite3"))
    assert run(*command) == 3
    assert list(tmp_path.iterdir()) == []
