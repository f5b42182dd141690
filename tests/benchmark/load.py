"""The service at saturation and beyond: `python -m tests.benchmark.load [--minutes 2] [--callers 18 64]`, 10 at most.

Callers ask mixed things one after the other: sentences, pairs of texts, batches, documents, jobs, texts that cannot be
checked. With as many callers as threads and queue hold the service is saturated; with more of them some are refused
with 503 and come again after a quarter of a second. A few use a key with a small limit (429). Each answer is compared
with the one that the idle service gave. Memory, the time of `/healthz` and all statuses are noted; then a plain FastAPI
service (sentence-transformers on torch, numpy, FTS5, `def` endpoint, nothing bounded) is asked for sentences by as many
callers. Results go into `results/load.json`. It needs a corpus: `make demo` makes one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import numpy as np
from tests.benchmark.scale import ROOT, sentences

from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore

RESULT = Path(__file__).parent / "results" / "load.json"
CORPUS = ROOT / "var" / "demo" / "corpus.sqlite3"
ASKED = 60  # sentences
PAUSE = 0.25  # seconds that a refused caller waits
THROTTLED = 30  # requests a minute of the small key
SMALL_CALLERS = 2  # callers that use it
MOST_PASSES = 20  # over all requests, until two in a row are answered alike
WARM_SECONDS = 15.0  # before memory is looked at
REFUSED = {429, 503}
# Times, the request's own identifier, and when a text that was sent along was "retrieved": at the moment it was sent.
CHANGING = re.compile(rb'"(?:elapsed_ms|request_id|retrieved)"\s*:\s*(?:\{[^{}]*\}|"[^"]*")')
PARTLY = re.compile(rb'"failed"\s*:\s*[1-9]')  # a batch of which some were refused


@dataclass(frozen=True)
class Ask:
    """One request, and the status an idle service answers it with."""

    kind: str
    method: str
    path: str
    body: bytes = b""

    def send(self, connection: HTTPConnection, key: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {key}"} | ({"Content-Type": "application/json"} if self.body else {})
        connection.request(self.method, self.path, self.body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


def posted(kind: str, path: str, body: Any) -> Ask:
    return Ask(kind, "POST", path, json.dumps(body).encode())


def mixed(store: CorpusStore) -> list[Ask]:
    """Return what is asked, in the proportions it is asked."""
    texts = sentences(store, ASKED)
    identifiers = sorted({one.document.id for one in store.passages(range(1, 200)).values()})[:10]
    asks = [posted("match", "/v1/match", {"text": text}) for text in texts]
    asks += [
        posted("compare", "/v1/compare", {"text": one, "source": f"{one} {two}"})
        for one, two in zip(texts[:10], texts[10:20], strict=False)
    ]
    asks += [posted("batch", "/v1/match/batch", {"items": [{"text": t} for t in texts[at : at + 4]]}) for at in (0, 8)]
    asks += [Ask("document", "GET", f"/v1/documents/{one}") for one in identifiers]
    asks += [Ask("not found", "GET", "/v1/documents/none"), posted("empty", "/v1/match", {"text": " "})]
    asks += [posted("job", "/v1/checks", {"article": {"text": " ".join(texts[:3])}, "save": False})] * 2
    return asks


@dataclass
class Noted:
    """What callers came to."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    different: int = 0
    compared: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, ask: Ask, answered: tuple[int, bytes], expected: tuple[int, str], seconds: float) -> None:
        status, body = answered
        with self.lock:
            self.statuses[f"{ask.kind} {status}{' in part' * bool(PARTLY.search(body))}"] += 1
            if status in REFUSED or PARTLY.search(body):
                self.seconds["refused"].append(seconds)
                return
            self.seconds[ask.kind].append(seconds)
            if status != expected[0]:
                self.faults[f"{ask.kind}: {status} instead of {expected[0]}"] += 1
            elif ask.kind != "job":  # its address is another each time
                self.compared += 1
                self.different += digest(body) != expected[1]

    def broken(self, error: Exception) -> None:
        with self.lock:
            self.faults[type(error).__name__] += 1

    def told(self, minutes: float) -> dict[str, Any]:
        answered = sum(len(times) for kind, times in self.seconds.items() if kind != "refused")
        times = {
            kind: {f"p{q}_ms": round(float(np.percentile(found, q)) * 1000, 1) for q in (50, 95, 99)}
            for kind, found in sorted(self.seconds.items())
        }
        return {
            "answered_per_second": round(answered / minutes / 60, 1),
            "statuses": dict(sorted(self.statuses.items())),
            "faults": dict(self.faults),
            "compared_with_idle": self.compared,
            "different_from_idle": self.different,
            "times": times,
        }


def digest(body: bytes) -> str:
    return hashlib.sha256(CHANGING.sub(b"", body)).hexdigest()


@contextmanager
def running(command: Sequence[str], **settings: str) -> Iterator[tuple[int, str]]:
    """Start a service, wait until it listens, and yield its process and its address."""
    environment = {**os.environ, "HEADWATER_LOG_LEVEL": "error", **settings}
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if found := re.search(r"(?:listens|running) on http://([\w.:]+)", line):
            break
    else:
        sys.exit(f"the service did not start: {said}")
    drain = threading.Thread(target=lambda: [None for _ in process.stderr or ()], daemon=True)
    drain.start()
    try:
        yield process.pid, found[1]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        drain.join(10)


def own_megabytes(pid: int) -> float:
    held = re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(held[1]) / 1024 if held else 0.0


class Watch:
    """Notes the memory of a service and how soon it says that it lives, until the block ends."""

    def __init__(self, pid: int, host: str, path: str) -> None:
        self._pid, self._host, self._path = pid, host, path
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.memory: list[tuple[float, float]] = []
        self.alive: list[float] = []

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        began = time.monotonic()
        while not self._stop.wait(0.5):
            self.memory.append((time.monotonic() - began, own_megabytes(self._pid)))
            start = time.perf_counter()
            connection = HTTPConnection(self._host, timeout=120)
            connection.request("GET", self._path)
            connection.getresponse().read()
            connection.close()
            self.alive.append(time.perf_counter() - start)

    def told(self) -> dict[str, Any]:
        moments, held = np.array([one for one in self.memory if one[0] >= min(WARM_SECONDS, self.memory[-1][0] / 2)]).T
        slope = float(np.polyfit(moments, held, 1)[0]) * 60 if len(moments) > 2 else 0.0
        third = max(1, len(held) // 3)
        return {
            "memory_first_third_mb": round(float(held[:third].mean()), 1),
            "memory_last_third_mb": round(float(held[-third:].mean()), 1),
            "memory_mb_per_minute": round(slope, 2),
            "healthz_p99_ms": round(float(np.percentile(self.alive, 99)) * 1000, 1),
        }


def press(host: str, asks: Sequence[Ask], keys: Sequence[str], callers: int, expected: Any, seconds: float) -> Noted:
    """Have so many callers ask for so long."""
    noted, ends = Noted(), time.monotonic() + seconds

    def call(number: int) -> None:
        chance = random.Random(number)
        key = keys[1] if number < SMALL_CALLERS else keys[0]
        connection = HTTPConnection(host, timeout=120)
        while time.monotonic() < ends:
            at = chance.randrange(len(asks))
            start = time.perf_counter()
            try:
                answered = asks[at].send(connection, key)
            except (OSError, HTTPException) as error:
                noted.broken(error)
                connection.close()
                continue
            noted.note(asks[at], answered, expected[at], time.perf_counter() - start)
            if answered[0] in REFUSED:
                time.sleep(PAUSE)
        connection.close()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return noted


def idle_answers(connection: HTTPConnection, asks: Sequence[Ask], key: str) -> list[tuple[int, str]]:
    """Return what the service answers at rest, once all that it reads in the background after its start is read."""
    before: list[tuple[int, str]] = []
    for _ in range(MOST_PASSES):
        answers = [ask.send(connection, key) for ask in asks]
        found = [
            (status, "" if ask.kind == "job" else digest(body))
            for ask, (status, body) in zip(asks, answers, strict=True)
        ]
        if found == before:
            return found
        before = found
    sys.exit("the idle service does not answer alike")


def measure_ours(database: Path, minutes: float, callers: Sequence[int]) -> dict[str, Any]:
    with CorpusStore(database) as store:
        asks, keys = mixed(store), open_keys(store)
        scopes = ("match", "check")
        made = [keys.create(KeyTerms("Load", scopes, each)).written for each in (100_000, THROTTLED)]
    report: dict[str, Any] = {}
    command = ["-m", "headwater.cli.main", "serve", "--port", "0"]
    with running(command, HEADWATER_DATABASE=str(database)) as (pid, host):
        connection = HTTPConnection(host, timeout=120)
        expected = idle_answers(connection, asks, made[0])
        for count in callers:
            part = minutes / len(callers)
            with Watch(pid, host, "/healthz") as watch:
                noted = press(host, asks, made, count, expected, part * 60)
            report[f"callers_{count}"] = noted.told(part) | watch.told()
        connection.close()
        connection = HTTPConnection(host, timeout=120)  # the service has closed the one that was idle
        after = idle_answers(connection, asks, made[0])
        report["idle_again_different"] = sum(one != two for one, two in zip(after, expected, strict=True))
        connection.close()
    return report


def measure_plain(database: Path, minutes: float, callers: Sequence[int]) -> dict[str, Any]:
    with CorpusStore(database) as store:
        asks = [ask for ask in mixed(store) if ask.kind == "match"]
    report: dict[str, Any] = {}
    with running(["-m", "tests.benchmark.load_plain", str(database)]) as (pid, host):
        connection = HTTPConnection(host, timeout=120)
        expected = [(status, digest(body)) for status, body in (ask.send(connection, "") for ask in asks)]
        for count in callers:
            part = minutes / len(callers)
            with Watch(pid, host, "/healthz") as watch:
                noted = press(host, asks, ["", ""], count, expected, part * 60)
            report[f"callers_{count}"] = noted.told(part) | watch.told()
        connection.close()
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--minutes", type=float, default=2.0, help="of our service, 10 at most; a third more for the other"
    )
    parser.add_argument("--callers", type=int, nargs="+", default=[18, 64])
    parser.add_argument("--database", type=Path, default=CORPUS)
    chosen = parser.parse_args()
    minutes = min(chosen.minutes, 10.0)
    if not chosen.database.exists():
        sys.exit(f"there is no {chosen.database}: `make demo` makes it")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "corpus.sqlite3"
        shutil.copy(chosen.database, database)
        report = {
            "minutes": minutes,
            "cores": os.cpu_count(),
            "load_average_before": round(os.getloadavg()[0], 1),
            "headwater": measure_ours(database, minutes, chosen.callers),
            "plain_fastapi": measure_plain(database, minutes / 3, chosen.callers),
        }
    print(json.dumps(report, indent=1))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
