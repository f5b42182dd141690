"""`headwater keys`, and where the service listens without any."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from headwater.cli.guarding import require_guard
from headwater.cli.main import main
from headwater.corpus.key_secrets import find_key
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings, is_loopback, setting_name

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    for field in Settings.model_fields:
        monkeypatch.delenv(setting_name(field), raising=False)
    monkeypatch.setenv("HEADWATER_DATABASE", str(tmp_path / "corpus.sqlite3"))

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["keys", *arguments])
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return call


def listed(run: Run) -> dict[str, dict[str, object]]:
    code, out, _ = run("list", "--json")
    assert code == 0
    return {key["key_id"]: key for key in json.loads(out)["keys"]}


def test_a_key_is_printed_once_and_alone(run: Run) -> None:
    code, out, err = run("create", "Night desk", "--scope", "match", "--per-day", "500", "--days", "30")
    made = find_key(out.strip())
    assert made is not None
    assert code == 0
    assert "only time" in err
    key = listed(run)[made.key_id]
    assert (key["name"], key["state"], key["scopes"], key["per_day"]) == ("Night desk", "live", ["match"], 500)
    _, table, _ = run("list")
    assert "Night desk" in table
    assert made.secret not in table + json.dumps(key)


def test_a_key_is_rotated_and_revoked(run: Run) -> None:
    _, out, _ = run("create", "Desk", "--json")
    first = json.loads(out)
    assert first["key"].startswith(f"hw_{first['key_id']}_")
    _, out, _ = run("rotate", first["key_id"], "--overlap", "1", "--json")
    second = json.loads(out)["key_id"]
    assert listed(run)[first["key_id"]]["successor"] == second
    assert run("revoke", first["key_id"])[0] == 0
    assert {one: key["state"] for one, key in listed(run).items()} == {first["key_id"]: "revoked", second: "live"}
    code, _, err = run("rotate", first["key_id"])
    assert (code, "is revoked" in err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "Desk", "--scope", "everything"),
        ("create", " "),
        ("create", "Desk", "--per-minute", "0"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, _ = run(*arguments)
    assert (code, out) == (2, "")
    assert listed(run) == {}


def test_a_key_that_is_not_there(run: Run) -> None:
    run("create", "Desk")
    assert run("revoke", "nowhere")[0] == 2


def test_without_a_corpus_there_are_no_keys(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("list")
    assert "no keys" in out
    assert not (tmp_path / "corpus.sqlite3").exists()


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True), ("localhost", True),
        ("::ffff:127.0.0.1", True), ("0.0.0.0", False), ("::", False), ("", False), ("192.168.1.5", False),
        ("localhost.example", False), ("::ffff:10.0.0.1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_this_machines_own(host: str, own: bool) -> None:
    assert is_loopback(host) is own


@pytest.mark.parametrize(
    ("host", "access", "key", "refused"),
    [
        ("127.0.0.1", "auto", "", ""),
        ("127.0.0.1", "open", "", ""),
        ("127.0.0.1", "keys", "", "keys create"),
        ("127.0.0.1", "keys", "live", ""),
        ("0.0.0.0", "auto", "", "HEADWATER_ACCESS=proxy"),
        ("0.0.0.0", "auto", "revoked", "keys create"),
        ("0.0.0.0", "auto", "live", ""),
        ("::", "keys", "", "keys create"),
        ("0.0.0.0", "open", "live", "for this machine alone"),
        ("0.0.0.0", "proxy", "", ""),
    ],
)
def test_nobody_on_a_network_is_answered_without_a_key_by_mistake(
    tmp_path: Path, host: str, access: str, key: str, refused: str
) -> None:
    path = tmp_path / "corpus.sqlite3"
    if key:
        with CorpusStore(path) as store:
            made = open_keys(store).create(KeyTerms("Desk"))
            if key == "revoked":
                open_keys(store).revoke(made.key_id)
    settings = Settings(database=path, host=host, access=access)
    if not refused:
        require_guard(settings)
        return
    with pytest.raises(InvalidInputError, match=refused):
        require_guard(settings)
