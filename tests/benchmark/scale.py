"""Measure one sentence's search at any size: `python -m tests.benchmark scale [--passages 50000 1000000]`.

The plain way (sentence-transformers on torch, numpy over float32, FTS5 with all words, ranks fused) is run beside it in
the same run: compare within a run, never across machines. Each size is measured in a process of its own, so that its
memory is its own. Times by the clock suffer from whatever else the machine does; processor time is printed beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from tests.benchmark.scale_corpus import make_corpus
from tests.benchmark.scale_growth import growth, plot

from headwater.corpus.contract import VectorMark
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import DocumentRecord
from headwater.retrieval import retriever as retriever_module
from headwater.retrieval.retriever import HybridRetriever, Query
from headwater.retrieval.words import split_words
from headwater.text.sentences import split_sentences
from headwater_embeddings.registry import load_encoder

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "bench"
RESULTS = Path(__file__).parent / "results"
CALLERS = 16
SHOWN = 8
CANDIDATES = 100
CHANGED = 1_000  # passages added and deleted
RRF_K = 60
LEAST_WORDS, MOST_WORDS = 8, 45  # of a sentence: news is written so


def path_of(passages: int) -> Path:
    return FOLDER / f"scale-{passages}.sqlite3"


def sentences(store: CorpusStore, count: int) -> list[str]:
    """Return sentences nobody has asked yet: one of each of so many passages, without every sixth word."""
    held = store.passage_count()
    texts: list[str] = []
    step = max(1, held // (count * 3))
    for passage in store.passages(list(range(1, held, step))).values():
        spans = split_sentences(" ".join(passage.text.split()))
        words = spans[0].slice(" ".join(passage.text.split())).split() if spans else []
        if LEAST_WORDS <= len(words) <= MOST_WORDS:
            texts.append(" ".join(word for place, word in enumerate(words) if place % 6 != 3))
    return texts[:: max(1, len(texts) // count)][:count]


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    low, high = np.percentile(seconds, [50, 95]) * 1000
    return {"p50_ms": round(float(low), 2), "p95_ms": round(float(high), 2)}


def one_by_one(answer: Callable[[str], object], texts: Sequence[str]) -> dict[str, Any]:
    clock, processor = [], []
    for text in texts:
        start, spent = time.perf_counter(), time.process_time()
        answer(text)
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - spent)
    found = percentiles(processor)
    return percentiles(clock) | {"cpu_p50_ms": found["p50_ms"], "cpu_p95_ms": found["p95_ms"]}


def together(answer: Callable[[str], object], texts: Sequence[str]) -> dict[str, Any]:
    clock: list[float] = []

    def timed(text: str) -> None:
        start = time.perf_counter()
        answer(text)
        clock.append(time.perf_counter() - start)

    start, spent = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(CALLERS) as pool:
        list(pool.map(timed, texts))
    elapsed, processor = time.perf_counter() - start, time.process_time() - spent
    return percentiles(clock) | {
        "requests_per_second": round(len(texts) / elapsed, 1),
        "cpu_ms_per_request": round(processor / len(texts) * 1000, 2),
    }


def memory() -> dict[str, int]:
    """Return megabytes held: of the process's own, and of files mapped, which the system may take back."""
    held = dict(re.findall(r"^(Rss\w+|VmRSS):\s+(\d+)", Path("/proc/self/status").read_text(), re.MULTILINE))
    names = {"VmRSS": "resident_mb", "RssAnon": "own_mb", "RssFile": "mapped_files_mb"}
    return {name: int(held[key]) // 1024 for key, name in names.items() if key in held}


class Stages:
    """Time spent in each stage of a search, by wrapping what does it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def wrap(self, owner: Any, attribute: str, name: str) -> None:
        work = getattr(owner, attribute)

        def timed(*given: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - start

        setattr(owner, attribute, timed)

    def shares(self, total: float) -> dict[str, float]:
        shares = {name: round(spent / total, 3) for name, spent in self.spent.items()}
        return shares | {"rest": round(1 - sum(shares.values()), 3)}


def wait_for_cards() -> None:
    while any(thread.name == "cards" for thread in threading.enumerate()):
        time.sleep(0.5)


def measure(passages: int, count: int) -> dict[str, Any]:
    """Measure Headwater on the corpus of one size."""
    encoder = load_encoder("minilm")
    store = CorpusStore(path_of(passages))
    start = time.perf_counter()
    HybridRetriever(store, encoder.model_id).retrieve([Query("warm", None)], limit=1)
    wait_for_cards()
    first = time.perf_counter() - start
    start, spent = time.perf_counter(), time.process_time()
    retriever = HybridRetriever(store, encoder.model_id)
    retriever.retrieve([Query("warm", None)], limit=1)
    ready, ready_cpu = time.perf_counter() - start, time.process_time() - spent

    def answer(text: str) -> object:
        return retriever.retrieve([Query(text, encoder.encode([text])[0])], limit=SHOWN)

    texts = sentences(store, 3 * count)
    answer(texts[0])
    found: dict[str, Any] = {
        "passages": store.passage_count(),
        "built_or_checked_seconds": round(first, 2),
        "start_up_seconds": round(ready, 2),
        "start_up_cpu_seconds": round(ready_cpu, 2),
        "one_caller": one_by_one(answer, texts[:count]),
        "callers_16": together(answer, texts[count : 2 * count]),
        "memory": memory(),
        "database_mb": round(path_of(passages).stat().st_size / 1e6),
        "index_mb": {
            folder.name: round(sum(file.stat().st_size for file in folder.iterdir()) / 1e6)
            for folder in sorted((store.index_folder or FOLDER).iterdir())
        },
    }
    found["stages"] = stages(retriever, store, encoder, texts[2 * count :])
    found["changes"] = changes(retriever, store, encoder.model_id)
    store.close()
    return found


def stages(retriever: HybridRetriever, store: CorpusStore, encoder: Any, texts: Sequence[str]) -> dict[str, float]:
    clock = Stages()
    clock.wrap(encoder, "encode", "encode")
    clock.wrap(retriever_module, "weigh_words", "weigh words")
    clock.wrap(retriever, "_named", "search by words")
    clock.wrap(retriever, "_meant", "search by meaning")
    clock.wrap(retriever._memory, "get", "candidates")
    clock.wrap(retriever, "_pool", "score")
    clock.wrap(store, "passages", "read the answer")
    clock.wrap(retriever_module, "rerank", "rerank")
    start = time.perf_counter()
    for text in texts:
        retriever.retrieve([Query(text, encoder.encode([text])[0])], limit=SHOWN)
    return clock.shares(time.perf_counter() - start)


def changes(retriever: HybridRetriever, store: CorpusStore, model: str) -> dict[str, float]:
    """Time what it takes to add and delete a thousand passages, encoding left out, until a search sees it."""
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
    dimensions = store.vector_changes(model, VectorMark(), 1).vectors.shape[1]
    made = np.random.default_rng(mark).normal(size=(CHANGED, dimensions)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    seconds = {}

    def clock(name: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        answer = work()
        seconds[name] = round(time.perf_counter() - start, 3)
        return answer

    def search() -> object:
        return retriever.retrieve([Query("ferries", made[0])], limit=1)

    search()
    clock("store 1,000 passages", lambda: store.add_documents([record]))
    missing = store.passages_without_vector(model, CHANGED)
    clock("store their vectors", lambda: store.put_vectors(model, [one for one, _ in missing], made[: len(missing)]))
    clock("first search after", search)
    document = store.passages([missing[0][0]])[missing[0][0]].document.id
    clock("delete them", lambda: store.remove_documents([document]))
    clock("first search after the deletion", search)
    return seconds


def plain(passages: int, count: int) -> dict[str, Any]:
    """Measure the plain way on the same corpus."""
    encoder = load_encoder("minilm-torch")
    store = CorpusStore(path_of(passages))
    start = time.perf_counter()
    ids, vectors = store.vectors(load_encoder("minilm").model_id)
    ready = time.perf_counter() - start

    def answer(text: str) -> object:
        cosines = vectors @ encoder.encode([text])[0]
        near = np.argpartition(-cosines, CANDIDATES)[:CANDIDATES]
        near = ids[near[np.argsort(-cosines[near])]]
        named = [one for one, _ in store.lexical_search(split_words(text), CANDIDATES)]
        points: dict[int, float] = {}
        for ranking in (near.tolist(), named):
            for rank, one in enumerate(ranking, 1):
                points[one] = points.get(one, 0) + 1 / (RRF_K + rank)
        return store.passages(sorted(points, key=lambda one: -points[one])[:SHOWN])

    texts = sentences(store, 2 * count)
    answer(texts[0])
    found = {
        "passages": store.passage_count(),
        "start_up_seconds": round(ready, 2),
        "one_caller": one_by_one(answer, texts[:count]),
        "callers_16": together(answer, texts[count:]),
        "memory": memory(),
    }
    store.close()
    return found


def in_a_process(part: str, passages: int, count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmark.scale", "--part", part, "--passages", str(passages)]
    done = subprocess.run([*command, "--count", str(count)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def compare(sizes: Sequence[int], count: int) -> None:
    encoder = load_encoder("minilm")
    report: dict[str, Any] = {"load_average_before": [round(load, 1) for load in os.getloadavg()], "sizes": {}}
    for size in sizes:
        agreement = make_corpus(FOLDER / "retrieval.sqlite3", path_of(size), size, encoder)
        if agreement is not None:
            print("copies against originals, quartiles of the cosine:", agreement)
            report["copies"] = asdict(agreement)
    for size in sizes:
        mine = in_a_process("headwater", size, count)
        theirs = in_a_process("plain", size, max(16, count * 50_000 // (4 * max(50_000, size))))
        ratio = mine["callers_16"]["requests_per_second"] / theirs["callers_16"]["requests_per_second"]
        report["sizes"][str(size)] = {"headwater": mine, "plain": theirs, "requests_ratio_16": round(ratio, 1)}
        print(json.dumps({size: report["sizes"][str(size)]}, indent=1), flush=True)
    report["growth"] = growth(path_of(max(sizes)), encoder.model_id)
    report["load_average_after"] = [round(load, 1) for load in os.getloadavg()]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "scale.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    (RESULTS / "scale.svg").write_text(plot(report), "utf-8")
    print("growth", json.dumps(report["growth"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, nargs="+", default=[50_000, 1_000_000])
    parser.add_argument("--count", type=int, default=200, help="sentences of each measurement")
    parser.add_argument("--part", choices=("headwater", "plain"), help="one measurement as JSON, for the bench itself")
    chosen = parser.parse_args()
    if chosen.part:
        work = measure if chosen.part == "headwater" else plain
        print(json.dumps(work(chosen.passages[0], chosen.count)))
    else:
        compare(chosen.passages, chosen.count)


if __name__ == "__main__":
    main()
