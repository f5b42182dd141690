"""`headwater models` and `headwater reindex`, with a real model of one's own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from factories import OFFICIAL_TEXT
from headwater.cli.main import main
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings, setting_name
from tiny_model import make_tiny_model

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(setting_name(field), raising=False)
    monkeypatch.setenv("HEADWATER_DATABASE", str(tmp_path / "corpus.sqlite3"))
    monkeypatch.setenv("HEADWATER_MODEL_DIR", str(tmp_path / "models"))


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return call


@pytest.fixture
def corpus(tmp_path: Path, run: Run) -> Path:
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
    (tmp_path / "documents.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert run("ingest", str(tmp_path / "documents.jsonl"), "--model", "hashing")[0] == 0
    return tmp_path / "corpus.sqlite3"


def row(listed: str, name: str) -> list[str]:
    (line,) = [line for line in listed.splitlines() if f" {name} " in line]
    return line.split()


def test_a_list_without_a_corpus_makes_none(run: Run, tmp_path: Path) -> None:
    code, out, err = run("models", "list")
    assert code == 0
    assert row(out, "minilm")[:3] == ["*", "minilm", "384"]
    assert row(out, "minilm")[-3:] == ["not", "built", "-"]
    assert "in use: minilm, by default" in err
    assert not (tmp_path / "corpus.sqlite3").exists()


def test_the_whole_way_to_a_model_of_ones_own(run: Run, corpus: Path, tiny: Path) -> None:
    assert run("models", "use", "hashing")[0] == 0  # it has all vectors: at once
    listed, err = run("models", "list")[1:]
    assert row(listed, "hashing")[0] == "*"
    assert row(listed, "hashing")[-2:] == ["2", "texts"]
    assert "chosen for this corpus" in err

    code, _, err = run("models", "use", str(tiny))  # registered on the way
    assert code == 0
    assert "2 texts have no vector by tiny yet: run `headwater reindex`" in err
    listed = run("models", "list")[1]
    assert (row(listed, "hashing")[0], row(listed, "tiny")[0]) == ("*", "+")
    assert row(listed, "tiny")[2] == "32"
    assert row(listed, "tiny")[4:] == ["MB", "mit", "ready", "-"]
    assert run("match", "100,000 people have passed through the Channel.")[0] in {0, 1}

    code, _, err = run("reindex")
    assert code == 0
    assert "the corpus answers by tiny (tiny/torch@" in err
    assert "vectors of other models removed: 2" in err
    listed = run("models", "list")[1]
    assert row(listed, "tiny")[0] == "*"
    assert row(listed, "tiny")[-3:] == ["whole:", "2", "texts"]
    assert row(listed, "hashing")[-1] == "-"
    code, out, _ = run("match", OFFICIAL_TEXT.split("\n")[0], "--json")
    assert code in {0, 1}
    assert '"tiny/torch@' in out
    with CorpusStore(corpus) as store:
        assert [name.split("/")[0] for name in store.stored_models()] == ["tiny"]


def test_what_the_environment_names_goes_first_and_is_said(
    run: Run, corpus: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("models", "add", str(tiny), "--name", "house")
    monkeypatch.setenv("HEADWATER_MODEL", "hashing")
    code, _, err = run("models", "use", "house")
    assert (code, "HEADWATER_MODEL is set, and goes before" in err) == (0, True)
    listed, err = run("models", "list")[1:]
    assert (row(listed, "hashing")[0], row(listed, "house")[0]) == ("*", "+")
    assert "by HEADWATER_MODEL" in err
    assert corpus.exists()


def test_a_model_chosen_by_hand_against_the_corpus_says_what_to_do(run: Run, corpus: Path, tiny: Path) -> None:
    run("models", "add", str(tiny))
    code, _, err = run("match", "Ships sank.", "--model", "tiny")
    assert code == 3
    assert "was embedded by hashing-384@1" in err
    assert "headwater reindex" in err
    assert corpus.exists()


def test_a_model_that_was_changed_is_refused_and_the_cure_named(
    run: Run, corpus: Path, tiny: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(tiny, tmp_path / "own"))
    run("reindex", "--model", "hashing")
    run("models", "use", str(folder))
    weights = folder / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    code, _, err = run("reindex")
    assert code == 3
    assert "model.safetensors is not the file it has to be" in err
    assert f"headwater models add {folder}" in err
    assert run("match", "Ships sank.")[0] in {0, 1}  # the one in use goes on
    assert run("models", "add", str(folder))[0] == 0
    assert run("reindex")[0] == 0
    assert corpus.exists()


def test_a_registered_model_is_forgotten(run: Run, tiny: Path) -> None:
    run("models", "add", str(tiny))
    assert run("models", "forget", "tiny")[0] == 0
    code, _, err = run("models", "forget", "tiny")
    assert (code, "no embedding model 'tiny'" in err) == (3, True)


@pytest.mark.parametrize("name", ["minilm2", "no/such/folder", ""])
def test_an_unknown_model_is_not_used(run: Run, corpus: Path, name: str) -> None:
    code, _, err = run("models", "use", name)
    assert (code, "no embedding model" in err) == (3, True)
    with CorpusStore(corpus) as store:
        assert store.models.in_use() is None


def test_reindexing_without_a_corpus_is_said(run: Run) -> None:
    code, _, err = run("reindex")
    assert (code, "the corpus is empty" in err) == (3, True)
