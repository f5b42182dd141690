"""`headwater doctor` on installations that are broken in one way each."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_factories import make_record
from headwater.cli.doctor import LOOKS
from headwater.cli.main import main
from headwater.corpus.engine import Database
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings, setting_name
from headwater.sources.embedding import embed_passages
from headwater_embeddings.registry import load_encoder

Examine = Callable[[], tuple[int, dict[str, tuple[str, str, str]]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.sqlite3"
    with CorpusStore(path) as store:
        store.add_documents([make_record()])
        embed_passages(store, load_encoder("hashing"))
    return path


@pytest.fixture
def examine(path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Examine:
    for field in Settings.model_fields:
        monkeypatch.delenv(setting_name(field), raising=False)
    monkeypatch.setenv("HEADWATER_DATABASE", str(path))
    monkeypatch.setenv("HEADWATER_MODEL", "hashing")
    monkeypatch.setenv("HEADWATER_PORT", "0")

    def call() -> tuple[int, dict[str, tuple[str, str, str]]]:
        with pytest.raises(SystemExit) as left:
            main(["doctor", "--json"])
        found = json.loads(capfd.readouterr().out)["findings"]
        return int(left.value.code or 0), {one["what"]: (one["state"], one["says"], one["cure"]) for one in found}

    return call


def test_a_sound_installation(examine: Examine) -> None:
    code, found = examine()
    assert (code, {state for state, _, _ in found.values()}) == (0, {"ok"}), found
    assert set(found) == {"settings", "migrations", "index", *LOOKS}


def test_a_setting_that_is_misspelt(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_PROT", "1")
    code, found = examine()
    assert (code, found["settings"][0]) == (3, "fault")
    assert "HEADWATER_PORT" in found["settings"][1]


def test_no_corpus_and_none_is_made(examine: Examine, path: Path) -> None:
    path.unlink()
    code, found = examine()
    assert (code, found["database"][0]) == (3, "fault")
    assert "headwater ingest" in found["database"][2]
    assert not path.exists()


def test_another_kind_of_file(examine: Examine, path: Path) -> None:
    path.write_bytes(b"no database, " * 1_000)
    code, found = examine()
    assert (code, found["database"][0]) == (3, "fault")


@pytest.mark.parametrize(("revision", "cure"), [("0001", "headwater migrate upgrade"), ("0999", "update this program")])
def test_tables_of_another_version_are_left_as_they_are(examine: Examine, path: Path, revision: str, cure: str) -> None:
    database = Database(path)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (revision,))
    database.close()
    for _ in range(2):
        code, found = examine()
        assert (code, found["migrations"][0], found["migrations"][2]) == (3, "fault", cure)


def test_a_model_that_is_unknown(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_MODEL", "nothing")
    code, found = examine()
    assert (code, found["model"][0], "models list" in found["model"][2]) == (3, "fault", True)


def test_an_index_that_is_missing(examine: Examine, path: Path) -> None:
    with CorpusStore(path) as store:
        store.reset_vectors(load_encoder("hashing").model_id)
    code, found = examine()
    assert (code, found["index"][0], "headwater reindex" in found["index"][2]) == (3, "fault", True)


def test_a_full_disk(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headwater.cli.doctor.LEAST_ROOM", 10**18)
    code, found = examine()
    assert (code, found["disk"][0], found["disk"][2]) == (3, "fault", "make room")


def test_a_port_that_is_taken(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("HEADWATER_PORT", str(taken.getsockname()[1]))
        code, found = examine()
    assert (code, found["port"][0]) == (0, "note")


def test_an_address_that_is_not_here(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_HOST", "192.0.2.1")
    code, found = examine()
    assert code == 3
    assert {what for what, one in found.items() if one[0] == "fault"} == {"port", "keys", "allowed hosts"}
    assert "HEADWATER_HOST" in found["port"][2]
    assert "headwater keys create" in found["keys"][2]
    assert "HEADWATER_ALLOWED_HOSTS" in found["allowed hosts"][2]


def test_what_works_and_should_be_known(examine: Examine, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_ALLOWED_HOSTS", "*")
    monkeypatch.setenv("HEADWATER_ACCESS", "proxy")
    code, found = examine()
    assert (code, found["allowed hosts"][0], found["keys"][0]) == (0, "note", "note")
    monkeypatch.setenv("HEADWATER_ACCESS", "auto")
    with CorpusStore(path) as store:
        open_keys(store).create(KeyTerms("Desk"))
    assert examine()[1]["keys"][1] == "a key is needed"


@pytest.mark.usefixtures("examine")
def test_it_reads_well(capfd: pytest.CaptureFixture[str], path: Path) -> None:
    path.unlink()
    with pytest.raises(SystemExit):
        main(["doctor"])
    told = capfd.readouterr().out
    assert "fault database: there is no corpus yet\n      -> headwater ingest PATH..." in told
