"""Several processes on one port and one corpus: limits, quotas, writes and checks are common to all of them."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from corpus_factories import make_record
from faults.serving import Service, serving
from faults.test_desk import until
from headwater.api.shared_figures import EVERY_SECONDS
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.sources.embedding import embed_passages
from headwater_embeddings.registry import load_encoder

SENTENCE = {"text": "The government returned 9,400 people."}
POLLS = 600  # at 0.1 s


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("several") / "corpus.sqlite3"
    with CorpusStore(path) as store:
        store.add_documents([make_record()])
        embed_passages(store, load_encoder("hashing"))
    return path


@pytest.fixture(scope="module")
def service(path: Path) -> Iterator[Service]:
    with serving(path, processes="2", access="auto") as service:
        processes_of(service, 2)
        yield service


def workers(service: Service) -> set[int]:
    """Processes that answer, by the parent's children; a helper of the interpreter is none of them."""
    children = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text().split()
    found = set()
    for child in children:
        try:
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.add(int(child))
        except OSError:
            continue  # it has just ended
    return found


def processes_of(service: Service, wanted: int, other_than: frozenset[int] = frozenset()) -> set[int]:
    """Wait until so many processes are there and each has answered, and return them."""
    for _ in range(POLLS):
        with service.client() as client:
            answering = figure(client, "headwater_processes")
        found = workers(service) - other_than
        if answering >= wanted and len(found) >= wanted:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{answering} of {wanted} processes answer")


def figure(client: httpx.Client, name: str) -> float:
    """Return what `/metrics` says of something, 0 where it says nothing."""
    found = re.findall(rf"^{re.escape(name)} (\S+)", client.get("/metrics").text, re.MULTILINE)
    return float(found[0]) if found else 0.0


def ask(service: Service, key: str = "") -> int:
    """Ask by a connection of its own, which either process may take, and return the status."""
    connection = HTTPConnection(urlsplit(service.address).netloc, timeout=60)
    connection.request("GET", "/v1/coverage", headers={"Authorization": f"Bearer {key}"} if key else {})
    status = connection.getresponse().status
    connection.close()
    return status


def known(service: Service, key: str) -> None:
    """Wait until all processes know a key: they read keys anew every two seconds, and until then let everybody in."""
    in_a_row = 0
    for _ in range(POLLS):
        in_a_row = in_a_row + 1 if ask(service) == 401 and ask(service, key) == 200 else 0
        if in_a_row == 30:
            return
        time.sleep(0.02)
    raise AssertionError


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked up in /proc")
class TestTwoProcesses:
    def test_a_check_is_found_whichever_process_is_asked(self, service: Service) -> None:
        body = {"article": SENTENCE, "save": False}
        headers = {"Idempotency-Key": "one"}
        found: set[str] = set()
        for _ in range(12):
            with service.client() as client:
                begun = client.post("/v1/checks", json=body, headers=headers)
            assert begun.status_code == 202, begun.text
            found.add(begun.headers["location"])
        assert len(found) == 1
        for _ in range(12):
            with service.client() as client:
                assert client.get(found.copy().pop()).status_code == 200

    def test_answers_are_alike(self, service: Service) -> None:
        # After its start each process reads in the background what makes its scores exact.
        answers: list[str] = []
        while len(answers) < 12 or len(set(answers[-12:])) > 1:
            with service.client() as client:
                answer = client.post("/v1/match", json=SENTENCE).json()
            answer.pop("elapsed_ms")
            answers.append(str(answer))
            assert len(answers) < POLLS

    def test_figures_are_those_of_all_and_never_fall(self, service: Service) -> None:
        # Of a route that nothing else here asks: what others were asked a moment ago may not be in the sums yet.
        asked = 'headwater_requests_total{method="POST",route="/v1/compare",status="200"}'
        for _ in range(20):
            with service.client() as client:  # a connection of its own, which either takes
                assert client.post("/v1/compare", json=SENTENCE | {"source": SENTENCE["text"]}).status_code == 200
        for _ in range(10):  # whichever answers
            with service.client() as client:
                until(lambda: figure(client, asked) == 20)
        time.sleep(3 * EVERY_SECONDS)  # each notes for the others what it counted, once a second
        os.kill(processes_of(service, 2).pop(), signal.SIGKILL)
        processes_of(service, 2)
        with service.client() as client:
            assert figure(client, asked) == 20

    def test_one_that_is_killed_is_started_again(self, service: Service) -> None:
        before = processes_of(service, 2)
        killed = before.pop()
        os.kill(killed, signal.SIGKILL)
        assert len(processes_of(service, 1, frozenset({killed, *before}))) == 1
        with service.client() as client:
            assert client.post("/v1/match", json=SENTENCE).status_code == 200
        processes_of(service, 2)  # both answer again

    def test_minutes_and_days_are_counted_together(self, path: Path, service: Service) -> None:
        with CorpusStore(path) as store:
            keys = open_keys(store)
            minute = keys.create(KeyTerms("Minute", per_minute=8)).written
            # 200 ones a day are set aside one or two at a time, of which each process may hold some at the end.
            day = keys.create(KeyTerms("Day", per_minute=60_000, per_day=40)).written
            calm = keys.create(KeyTerms("Calm", per_minute=60_000)).written
            known(service, calm)
            begun, today = time.monotonic(), datetime.now(UTC).date()
            passed = [ask(service, minute) for _ in range(40)].count(200)
            # One comes back every 7.5 s; counted apart there would be 16 at once.
            assert 8 <= passed <= 9 + (time.monotonic() - begun) / 7.5
            within = [ask(service, day) for _ in range(100)].count(200)
            used = {key.terms.name: key.used for key in keys.all()}
        if datetime.now(UTC).date() == today:  # at midnight quotas begin anew
            assert (within, used["Day"]) == (40, 40)


def test_what_cannot_start_ends_with_one_line(path: Path) -> None:
    program = "from headwater.cli.main import main\nmain(['serve', '--port', '0'])"
    with serving(path, program, processes="2", model="no-such-model") as service:
        assert service.process.wait(60) == 3
        service.stop()
    assert "no-such-model" in service.said
    assert "Traceback" not in service.said
