"""Keys under `kill -9`, and several services that share them."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus_factories import make_record
from faults.killing import ROUNDS, loaded
from faults.serving import Service, environment, serving
from headwater.corpus.backups import verify_corpus_file
from headwater.corpus.key_secrets import find_key, is_secret_of
from headwater.corpus.keys import KeyTerms, StoredKey, open_keys
from headwater.corpus.store import CorpusStore
from headwater.corpus.verifying import silent

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
    path, chance, everything = tmp_path / "corpus.sqlite3", random.Random(9), []
    CorpusStore(path).close()
    with loaded(CHANGES) as program:
        for _ in range(ROUNDS):
            said, has_ended = program.run([str(path)], chance, most=24)
            assert said  # the kill comes after a first line, however slow the machine is
            assert not has_ended
            everything += said
            with CorpusStore(path) as store:
                found = {key.key_id: key for key in open_keys(store).all()}
            check_kept(found, said)
            successors = [key.successor for key in found.values() if key.successor]
            assert set(successors) <= set(found)  # no rotation without the key it promises
            assert len(successors) == len(set(successors))
    check_kept(found, everything)  # later rounds took nothing back
    assert verify_corpus_file(path, silent).faults == ()


def status_within_seconds(service: Service, headers: dict[str, str], wanted: int) -> int:
    with service.client() as client:
        for _ in range(600):
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
        services = [stack.enter_context(serving(path)) for _ in range(2)]
        assert [status_within_seconds(one, {}, 200) for one in services] == [200, 200]
        made = keys.create(KeyTerms("Desk", per_minute=10_000))
        headers = {"Authorization": f"Bearer {made.written}"}
        assert [status_within_seconds(one, {}, 401) for one in services] == [401, 401]
        assert [status_within_seconds(one, headers, 200) for one in services] == [200, 200]
        keys.revoke(made.key_id)
        assert [status_within_seconds(one, headers, 401) for one in services] == [401, 401]


@pytest.mark.parametrize("arguments", [("--host", "0.0.0.0")])
def test_a_service_without_keys_does_not_listen_to_others(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    program = f"from headwater.cli.main import main\nmain(['serve', '--port', '0', *{arguments!r}])"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(database=str(tmp_path / "corpus.sqlite3")),
        capture_output=True,
        text=True,
        timeout=600,  # of a machine that does other things, too
        check=False,
    )
    assert ended.returncode == 2
    assert "needs an API key" in ended.stderr
