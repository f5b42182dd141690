"""Keys under `kill -9`, and several services that share them."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from corpus_factories import make_record
from headwater.corpus.key_secrets import find_key, is_secret_of
from headwater.corpus.keys import KeyTerms, StoredKey, open_keys
from headwater.corpus.store import CorpusStore

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))  # `make faults` asks for more
CHANGES = """
import sys
from datetime import timedelta
from pathlib import Path
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
with CorpusStore(Path(sys.argv[1])) as store:
    keys = open_keys(store)
    print("ready", flush=True)
    while True:
        made = keys.create(KeyTerms("Desk", per_day=1_000))
        print("made", made.written, flush=True)
        print("used", made.key_id, keys.set_aside(made.key_id, 3), flush=True)
        new = keys.rotate(made.key_id, timedelta(hours=1))
        print("rotated", made.key_id, new.written, flush=True)
        keys.revoke(made.key_id)
        print("revoked", made.key_id, flush=True)
"""
SERVE = "import sys\nfrom headwater.cli.main import main\nmain(['serve', '--port', '0', '--model', 'hashing'])"


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def acknowledged_until_killed(path: Path, seconds: float) -> list[list[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", CHANGES, str(path)], env=environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read()
    return [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def check_kept(found: dict[str, StoredKey], said: list[list[str]]) -> None:
    now = datetime.now(UTC)
    for what, *words in said:
        if what == "made":
            made = find_key(words[0])
            assert made is not None
            assert is_secret_of(made, found[made.key_id].secret_hash)
        elif what == "used":
            assert found[words[0]].used >= int(words[1]) == 3
        elif what == "rotated":
            new = find_key(words[1])
            assert new is not None
            assert found[words[0]].successor == new.key_id
            assert is_secret_of(new, found[new.key_id].secret_hash)
            assert found[words[0]].terms.expires is not None
        else:
            assert found[words[0]].state(now) == "revoked"


def test_what_was_acknowledged_is_there_and_nothing_is_half_done(tmp_path: Path) -> None:
    path, chance, said = tmp_path / "corpus.sqlite3", random.Random(9), []
    CorpusStore(path).close()
    for _ in range(ROUNDS):
        said += acknowledged_until_killed(path, chance.uniform(0.02, 0.3))
        with CorpusStore(path) as store:
            found = {key.key_id: key for key in open_keys(store).all()}
        check_kept(found, said)
        successors = [key.successor for key in found.values() if key.successor]
        assert set(successors) <= set(found)  # no rotation without the key it promises
        assert len(successors) == len(set(successors))
    assert said


@contextmanager
def service(path: Path) -> Iterator[httpx.Client]:
    settings = {"HEADWATER_DATABASE": str(path), "HEADWATER_LOG_LEVEL": "error"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], env=environment() | settings, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            said = next((line for line in process.stderr if "listens on" in line), "")
            found = re.search(r"http://\S+", said)
            assert found, said
            with httpx.Client(base_url=found[0], timeout=60) as client:
                yield client
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)


def status_within_seconds(client: httpx.Client, headers: dict[str, str], wanted: int) -> int:
    for _ in range(100):
        status = client.get("/v1/coverage", headers=headers).status_code
        if status == wanted:
            break
        time.sleep(0.1)
    return status


def test_all_services_see_a_key_and_its_end(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite3"
    with CorpusStore(path) as store, ExitStack() as stack:
        store.add_documents([make_record()])
        keys = open_keys(store)
        clients = [stack.enter_context(service(path)) for _ in range(2)]
        assert [client.get("/v1/coverage").status_code for client in clients] == [200, 200]
        made = keys.create(KeyTerms("Desk", per_minute=10_000))
        headers = {"Authorization": f"Bearer {made.written}"}
        assert [status_within_seconds(client, {}, 401) for client in clients] == [401, 401]
        assert [client.get("/v1/coverage", headers=headers).status_code for client in clients] == [200, 200]
        keys.revoke(made.key_id)
        assert [status_within_seconds(client, headers, 401) for client in clients] == [401, 401]


@pytest.mark.parametrize("arguments", [("--host", "0.0.0.0")])
def test_a_service_without_keys_does_not_listen_to_others(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    program = f"from headwater.cli.main import main\nmain(['serve', '--port', '0', *{arguments!r}])"
    settings = {"HEADWATER_DATABASE": str(tmp_path / "corpus.sqlite3")}
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env=environment() | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert "needs an API key" in ended.stderr
