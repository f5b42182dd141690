"""Measure `/v1/match` over real HTTP: `python -m tests.benchmark service [--passages 50000 1000000] [--count 200]`.

`headwater serve` runs in a process of its own and is asked for one sentence at a time, by one caller and by sixteen,
each with a connection of its own; then as many processes as there are cores (`HEADWATER_PROCESSES`), as for many
callers; beside it the plain way as a service, in the same run, whose one process keeps all cores busy. Times by the
clock suffer from whatever else the machine does, so that the processor time of the service is told beside them: it
bounds what a quiet machine can do. Results go into `results/service.json` and `results/service.svg`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from tests.benchmark.scale import (
    CALLERS,
    CHANGED,
    FOLDER,
    ROOT,
    SHOWN,
    Stages,
    path_of,
    percentiles,
    sentences,
    wait_for_cards,
)
from tests.benchmark.scale_corpus import make_corpus
from tests.benchmark.service_plot import plot

from headwater.corpus.contract import VectorMark
from headwater.corpus.rows import document_id
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import DocumentRecord
from headwater.retrieval import retriever as retriever_module
from headwater.retrieval.query import Query
from headwater.settings import load_settings
from headwater.wiring import open_parts
from headwater_embeddings.registry import load_encoder

RESULT = Path(__file__).parent / "results" / "service.json"
TICKS = os.sysconf("SC_CLK_TCK")
LISTENS = re.compile(r"listens on (http://\S+)")
WARM = 5  # requests to each process before the first that is measured
SERVE = ("-m", "headwater.cli.main", "serve", "--port", "0")


class Asked:
    """A running service.

    Args:
        process: Its process.
        address: Where it listens.
    """

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self._host = urlsplit(address).netloc

    def connect(self) -> HTTPConnection:
        return HTTPConnection(self._host, timeout=600)

    def processes(self) -> list[int]:
        """Its process, and those that it started."""
        found = [self.process.pid]
        for one in found:
            for thread in Path(f"/proc/{one}/task").iterdir():
                with suppress(FileNotFoundError):  # a thread that has ended meanwhile
                    found += map(int, (thread / "children").read_text().split())
        return found

    def cpu(self) -> float:
        """Processor seconds spent so far."""
        rows = [Path(f"/proc/{one}/stat").read_text().rpartition(") ")[2].split() for one in self.processes()]
        return sum(int(fields[11]) + int(fields[12]) for fields in rows) / TICKS

    def memory(self) -> dict[str, int]:
        """Megabytes held: of its own, and of files mapped, which the system may take back; what is shared once."""
        kilobytes: Counter[str] = Counter()
        for one in self.processes():
            said = Path(f"/proc/{one}/smaps_rollup").read_text()
            held = {key: int(size) for key, size in re.findall(r"^(Pss\w*):\s+(\d+)", said, re.MULTILINE)}
            kilobytes += Counter({"resident_mb": held["Pss"], "own_mb": held["Pss_Anon"]})
            kilobytes += Counter({"mapped_files_mb": held["Pss_File"] + held["Pss_Shmem"]})
        return {name: size // 1024 for name, size in kilobytes.items()}


def ask(connection: HTTPConnection, text: str) -> bytes:
    """Ask for one sentence, and return the answer."""
    body = json.dumps({"text": text, "limit": SHOWN}).encode()
    connection.request("POST", "/v1/match", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {content[:300]!r}")
    return content


@contextmanager
def running(command: Sequence[str], database: Path, processes: int = 1) -> Iterator[tuple[Asked, dict[str, float]]]:
    """Start a service, wait until it has answered, and stop it."""
    start = time.perf_counter()
    settings = {"DATABASE": str(database), "LOG_LEVEL": "warning", "PROCESSES": str(processes)}
    environment = os.environ | {f"HEADWATER_{name}": value for name, value in settings.items()}
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        said = ""
        for line in process.stderr or ():
            said += line
            if found := LISTENS.search(line):
                break
        else:
            sys.exit(f"the service did not start: {said}")
        listening = time.perf_counter() - start
        asked = Asked(process, found[1])
        ask(asked.connect(), "The committee met on Tuesday and agreed.")
        first = {
            "listening_seconds": round(listening, 2),
            "first_answer_seconds": round(time.perf_counter() - start, 2),
            "cpu_seconds": round(asked.cpu(), 2),
        }
        yield asked, first
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stderr is not None:
            process.stderr.close()


def load_of(asked: Asked, texts: Sequence[str], callers: int) -> dict[str, Any]:
    """Ask for all sentences by so many callers at once."""
    clock: list[float] = []

    def call(part: Sequence[str]) -> None:
        connection = asked.connect()
        for text in part:
            start = time.perf_counter()
            ask(connection, text)
            clock.append(time.perf_counter() - start)
        connection.close()

    start, spent = time.perf_counter(), asked.cpu()
    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(call, [texts[number::callers] for number in range(callers)]))
    elapsed, processor = time.perf_counter() - start, asked.cpu() - spent
    return percentiles(clock) | {
        "requests": len(texts),
        "requests_per_second": round(len(texts) / elapsed, 1),
        "cpu_ms_per_request": round(processor / len(texts) * 1000, 2),
        "cores_had": round(processor / elapsed, 2),
    }


def measure(command: Sequence[str], database: Path, texts: Sequence[str], processes: int = 1) -> dict[str, Any]:
    """Measure one service: start, one caller, sixteen, memory."""
    load = round(os.getloadavg()[0], 1)
    with running(command, database, processes) as (asked, first):
        load_of(asked, texts[: WARM * processes], processes)
        half = len(texts) // 2
        found: dict[str, Any] = {
            "load_average": load,
            "start_up": first,
            "one_caller": load_of(asked, texts[WARM * processes : half], 1),
            f"callers_{CALLERS}": load_of(asked, texts[half:], CALLERS),
            "memory": asked.memory(),
        }
        if command == SERVE and processes == 1:
            found["changes"] = changes(asked, database)
        return found


def build(database: Path) -> float:
    """Bring the index up as a first start does, and return how many seconds it took; later starts find it there."""
    start = time.perf_counter()
    with CorpusStore(database) as store:
        model = next(iter(store.stored_models()))
        retriever_module.HybridRetriever(store, model).retrieve([Query("warm", None)], limit=1)
        wait_for_cards()
    return round(time.perf_counter() - start, 1)


def changes(asked: Asked, database: Path) -> dict[str, float]:
    """Store and delete a thousand passages from another process, until the running service has seen it."""
    mark = time.time_ns()  # other words in every run: vectors of texts that were deleted are kept
    texts = [f"Bench passage {number} of {mark} says that {number * 7} ferries sailed." for number in range(CHANGED)]
    record = DocumentRecord(
        publisher="Bench",
        document_type="note",
        url=f"urn:bench:{mark}",
        title="Bench",
        text="\n\n".join(texts),
        licence="OGL-UK-3.0",
    )
    connection, seconds = asked.connect(), {}
    with CorpusStore(database) as store:
        model = next(iter(store.stored_models()))
        dimensions = store.vector_changes(model, VectorMark(), 1).vectors.shape[1]
        made = np.random.default_rng(mark).normal(size=(CHANGED, dimensions)).astype(np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)

        def clock(name: str, start: float) -> None:
            seconds[name] = round(time.perf_counter() - start, 3)

        start = time.perf_counter()
        store.add_documents([record])
        clock("store 1,000 passages", start)
        document = document_id(record)
        missing = [(one.id, one.text) for one in store.passages_of(document)]
        start = time.perf_counter()
        store.put_vectors(model, [one for one, _ in missing], made[: len(missing)])
        clock("store their vectors", start)
        start = time.perf_counter()
        if b"urn:bench" not in ask(connection, texts[CHANGED // 2]):
            raise RuntimeError("the service does not see what was stored")
        clock("first answer after", start)
        start = time.perf_counter()
        store.remove_documents([document])
        clock("delete them", start)
        start = time.perf_counter()
        if b"urn:bench" in ask(connection, texts[CHANGED // 2]):
            raise RuntimeError("the service still answers from what was deleted")
        clock("first answer after the deletion", start)
    return seconds


def stages(database: Path, texts: Sequence[str]) -> dict[str, float]:
    """Return the share of each stage in the time of a check, measured in this process."""
    clock = Stages()
    with CorpusStore(database) as store:
        parts = open_parts(load_settings(database=database), store)
        searcher = parts.checker._searcher  # type: ignore[attr-defined]
        parts.checker.check("The committee met on Tuesday and agreed.")
        clock.wrap(parts.encoder, "encode", "encode")
        clock.wrap(retriever_module, "weigh_words", "weigh words")
        clock.wrap(searcher, "_named", "search by words")
        clock.wrap(searcher, "_meant", "search by meaning")
        clock.wrap(searcher._memory, "get", "candidates")
        clock.wrap(searcher, "_pool", "score")
        clock.wrap(store, "passages", "read the answer")
        clock.wrap(retriever_module, "rerank", "rerank")
        start = time.perf_counter()
        for text in texts:
            parts.checker.check(text, limit=SHOWN)
        shares = clock.shares(time.perf_counter() - start)
    shares["reading, comparing and judging"] = shares.pop("rest")
    return shares


def compare(sizes: Sequence[int], count: int) -> None:
    encoder = load_encoder("minilm")
    held = json.loads(RESULT.read_text("utf-8"))["sizes"] if RESULT.exists() else {}
    report: dict[str, Any] = {
        "cores": os.cpu_count(),
        "sizes": held,
    }  # a size measured again takes the older one's place
    for size in sizes:
        database = path_of(size)
        make_corpus(FOLDER / "retrieval.sqlite3", database, size, encoder)
        with CorpusStore(database) as store:
            texts = sentences(store, 2 * count + 40)
            entry: dict[str, Any] = {"passages": store.passage_count()}
            folder = store.index_folder or FOLDER
        entry["built_or_checked_seconds"] = build(database)
        few = max(CALLERS, count * 50_000 // max(50_000, size))
        entry["headwater"] = measure(SERVE, database, texts[: 2 * count])
        processes = len(os.sched_getaffinity(0))
        entry["headwater_on_all_cores"] = measure(SERVE, database, texts[: 2 * count], processes)
        entry["stages"] = stages(database, texts[-40:])
        entry["database_mb"] = round(database.stat().st_size / 1e6)
        entry["index_mb"] = round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6)
        plain = ["-m", "tests.benchmark.service_plain", str(database)]
        entry["plain"] = measure(plain, database, texts[: 2 * few])
        mine, every, theirs = (
            entry[way][f"callers_{CALLERS}"] for way in ("headwater", "headwater_on_all_cores", "plain")
        )
        entry["requests_ratio"] = round(mine["requests_per_second"] / theirs["requests_per_second"], 1)
        entry["requests_ratio_on_all_cores"] = round(every["requests_per_second"] / theirs["requests_per_second"], 1)
        entry["cpu_ratio"] = round(theirs["cpu_ms_per_request"] / mine["cpu_ms_per_request"], 1)
        report["sizes"][str(size)] = entry
        print(json.dumps({size: entry}, indent=1), flush=True)
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
        RESULT.with_suffix(".svg").write_text(plot(report), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, nargs="+", default=[50_000, 1_000_000])
    parser.add_argument("--count", type=int, default=200, help="sentences of each measurement")
    chosen = parser.parse_args()
    compare(chosen.passages, chosen.count)


if __name__ == "__main__":
    main()
