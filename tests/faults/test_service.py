"""A real service under faults: stopped in the middle of a request, and its disk, its database and its memory fail.

Each time it says clearly what is wrong, and goes on by itself once that has passed.
"""

from __future__ import annotations

import json
import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from corpus_factories import make_record
from faults.conftest import MountedDisk
from faults.serving import Service, serving
from headwater.corpus.engine import load_driver
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.sources.embedding import embed_passages
from headwater_embeddings.registry import load_encoder

try:
    import resource
except ImportError:  # not of this system
    resource = None  # type: ignore[assignment]

SENTENCE = {"text": "The government returned 9,400 people."}
SAVED = {"article": SENTENCE, "source": {"text": "The government returned 9,400 people."}, "save": True}


def make_corpus(path: Path) -> Path:
    with CorpusStore(path) as store:
        store.add_documents([make_record()])
        embed_passages(store, load_encoder("hashing"))
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_corpus(tmp_path_factory.mktemp("service") / "corpus.sqlite3")


@pytest.fixture(scope="module")
def service(path: Path) -> Iterator[Service]:
    with serving(path) as service:
        yield service


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition("/")[2]


def assert_unavailable(answer: httpx.Response) -> None:
    assert (answer.status_code, slug(answer)) == (503, "corpus-unavailable"), answer.text
    assert int(answer.headers["retry-after"]) >= 1


class Asking:
    """A request that is sent in two parts; the service has its head, and waits for the rest."""

    def __init__(self, service: Service) -> None:
        self._body = json.dumps(SENTENCE).encode()
        place = urlsplit(service.address)
        self._socket = socket.create_connection((place.hostname or "", place.port or 0), timeout=60)
        head = (
            f"POST /v1/match HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(self._body)}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        )
        self._socket.sendall(head.encode())
        assert b" 100 " in self._socket.recv(1_000)  # it is being answered

    def finish(self) -> bytes:
        self._socket.sendall(self._body)
        with self._socket, self._socket.makefile("rb") as answer:
            return answer.read()


def is_refused(service: Service) -> bool:
    place = urlsplit(service.address)
    try:
        socket.create_connection((place.hostname or "", place.port or 0), timeout=5).close()
    except OSError:
        return True
    return False


def test_what_is_being_answered_is_finished_before_the_end(path: Path) -> None:
    with serving(path, shutdown_seconds="60") as service:
        asked = Asking(service)
        service.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 60
        while not is_refused(service):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert service.process.poll() is None
        answer = asked.finish()
        assert answer.startswith(b"HTTP/1.1 200")
        assert re.search(rb'"claims":\s*\[\{', answer)
        assert service.process.wait(60) in {0, -signal.SIGTERM}
    # Nothing is left to repair: the log is folded into the file.
    assert not path.with_name(f"{path.name}-wal").exists() or not path.with_name(f"{path.name}-wal").stat().st_size


def test_one_that_is_told_to_stop_says_so_and_answers_for_a_while(path: Path) -> None:
    with serving(path, drain_seconds="600") as service, service.client() as client:
        until_ready(client)
        service.process.send_signal(signal.SIGTERM)
        while (answer := client.get("/readyz")).status_code == 200:
            pass
        assert answer.json()["checks"]["service"] == "is stopping"
        with service.client() as other:
            assert other.get("/healthz").status_code == 200
            assert other.post("/v1/match", json=SENTENCE).status_code == 200
        service.process.send_signal(signal.SIGTERM)  # once more: at once
        assert service.process.wait(60) in {0, -signal.SIGTERM}


def until_ready(client: httpx.Client) -> None:
    while (answer := client.get("/readyz")).status_code != 200:
        assert slug(answer) == "not-ready", answer.text


def test_what_does_not_end_is_cut_off_in_time(path: Path) -> None:
    with serving(path, shutdown_seconds="1") as service:
        asked = Asking(service)  # and its rest never comes
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(60) is not None
        asked._socket.close()


def test_a_locked_database_is_said_and_waited_for(path: Path, service: Service) -> None:
    with closing(load_driver().connect(path, isolation_level=None)) as other, service.client() as client:
        other.execute("BEGIN IMMEDIATE").close()
        assert client.post("/v1/match", json=SENTENCE).status_code == 200  # reading goes on
        until_ready(client)
        assert_unavailable(client.post("/v1/checks", json=SAVED))
        until_ready(client)
        other.execute("ROLLBACK").close()
        assert client.post("/v1/checks", json=SAVED).status_code == 202


def test_a_full_disk_is_said_and_reading_goes_on(mounted_disk: MountedDisk) -> None:
    path = make_corpus(mounted_disk.path / "corpus.sqlite3")
    large = {**SAVED, "article": {"text": "Ships sailed. " * 20_000}}
    with CorpusStore(path) as store, serving(path) as service, service.client() as client:
        keys = open_keys(store)
        free, counted = (keys.create(KeyTerms("Desk", ("match", "check"), 6_000, per_day)) for per_day in (0, 100_000))
        headers = {"Authorization": f"Bearer {free.written}"}
        for _ in range(600):
            if client.post("/v1/match", json=SENTENCE).status_code == 401:  # it knows that there are keys
                break
            time.sleep(0.1)
        assert client.post("/v1/match", json=SENTENCE, headers=headers).status_code == 200
        mounted_disk.fill()
        assert_unavailable(client.post("/v1/checks", json=large, headers=headers))
        assert client.post("/v1/match", json=SENTENCE, headers=headers).status_code == 200
        with_quota = {"Authorization": f"Bearer {counted.written}"}
        assert client.post("/v1/match", json=SENTENCE, headers=with_quota).status_code in {200, 503}
        mounted_disk.free()
        assert client.post("/v1/checks", json=large, headers=headers).status_code == 202
        assert client.post("/v1/match", json=SENTENCE, headers=with_quota).status_code == 200


def test_a_read_only_disk_is_said_and_reading_goes_on(mounted_disk: MountedDisk) -> None:
    path = make_corpus(mounted_disk.path / "corpus.sqlite3")
    mounted_disk.set_writable(writable=False)
    with serving(path) as service, service.client() as client:
        assert client.post("/v1/match", json=SENTENCE).status_code == 200
        until_ready(client)
        assert_unavailable(client.post("/v1/checks", json=SAVED))
    mounted_disk.set_writable(writable=True)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the memory of another process has no limit here")
def test_without_memory_it_says_so_and_goes_on(path: Path) -> None:
    with serving(path, max_body_bytes="200000000") as service, service.client() as client:
        until_ready(client)
        assert client.post("/v1/match", json=SENTENCE).status_code == 200
        status = Path(f"/proc/{service.process.pid}/status").read_text("utf-8")
        (size,) = re.findall(r"VmSize:\s+(\d+) kB", status)
        before = resource.prlimit(service.process.pid, resource.RLIMIT_AS)
        large = {"text": "Ships sailed in March 2024. " * 3_000_000}  # 84 MB: more than what was freed before can hold
        resource.prlimit(service.process.pid, resource.RLIMIT_AS, (int(size) * 1024 + 12_000_000, before[1]))
        answer = client.post("/v1/match", json=large)
        assert answer.status_code == 503, answer.text
        assert slug(answer) == "overloaded"
        resource.prlimit(service.process.pid, resource.RLIMIT_AS, before)
        assert client.post("/v1/match", json=SENTENCE).status_code == 200
        until_ready(client)
