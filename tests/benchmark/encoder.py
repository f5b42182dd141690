"""Measure the encoder against sentence-transformers on torch: `python -m tests.benchmark encoder [--recall]`.

Start-up, memory, one sentence, passages a second, agreement of vectors; callers who come together, with batching and
without; and, with --recall, what int8 loses in the search of the whole corpus (which is then encoded in fp32 first:
half an hour of one core, kept for the next run). Each part runs in a process of its own. Compare within one run only.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from tests.benchmark.retrieval import DATABASE, Methods, Ranking
from tests.benchmark.retrieval_paraphrases import WAYS, choose, measure
from tests.benchmark.retrieval_queries import Question

from headwater.corpus.store import CorpusStore
from headwater.sources.embedding import embed_passages
from headwater_embeddings.batching import BatchingEncoder
from headwater_embeddings.build import build_fast_encoder
from headwater_embeddings.cached import CachedEncoder
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.onnx import OnnxEncoder
from headwater_embeddings.registry import load_encoder

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "bench"
RESULTS = Path(__file__).parent / "results" / "encoder.json"
MODELS = {"headwater": "minilm", "sentence-transformers on torch": "minilm-torch"}
COMPARED = DATABASE.with_name("encoder.sqlite3")  # a copy of the corpus with the vectors of both arithmetics
FP32 = FOLDER / "minilm-fp32"
CALLERS = (1, 4, 16)
SENTENCES, PASSAGES = 200, 384
CALLS = {"minilm": 192, "minilm-torch": 64}  # a caller asks once in five ways, at three numbers of callers
SHARED = 0.5  # share of the calls that ask for what somebody else asks for, too: a story that everybody reads
FIRST, STEP = 500, 120  # of the passages taken


def passages(count: int) -> list[str]:
    with CorpusStore(DATABASE) as store:
        held = store.passages(range(FIRST, FIRST + count * STEP, STEP)).values()
    return [one.text for one in held]


def sentences(count: int) -> list[str]:
    return [text[:200] for text in passages(2 * count) if len(text) > 60][:count]


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    low, high = np.percentile(seconds, [50, 95]) * 1000
    return {"p50_ms": round(float(low), 2), "p95_ms": round(float(high), 2)}


def resident_mb() -> int:
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found.group(1)) // 1024 if found else 0


def speed(name: str, vectors_to: Path) -> dict[str, Any]:
    """Measure one encoder, in a process that has imported no model runtime yet; keep its vectors."""
    texts, asked = passages(PASSAGES), sentences(SENTENCES)
    before = resident_mb()
    start = time.perf_counter()
    encoder = load_encoder(name)
    encoder.encode(["Inflation fell."])
    ready = time.perf_counter() - start
    encoder.encode(texts[:8])
    clock, spent = [], time.process_time()
    for text in asked:
        begun = time.perf_counter()
        encoder.encode([text])
        clock.append(time.perf_counter() - begun)
    processor = (time.process_time() - spent) / len(asked)
    begun, spent = time.perf_counter(), time.process_time()
    vectors = encoder.encode(texts)
    elapsed, used = time.perf_counter() - begun, time.process_time() - spent
    np.save(vectors_to, vectors)
    return {
        "model_id": encoder.model_id,
        "start_up_seconds": round(ready, 2),
        "memory_mb": resident_mb() - before,
        "one_sentence": percentiles(clock) | {"cpu_ms": round(processor * 1000, 2)},
        "passages_per_second": round(len(texts) / elapsed, 1),
        "passages_per_cpu_second": round(len(texts) / used, 1),
        "passages": len(texts),
        "characters_a_passage": round(sum(map(len, texts)) / len(texts)),
    }


def together(encode: Callable[[Sequence[str]], object], asked: Sequence[str], callers: int) -> dict[str, float]:
    """Have callers ask one text each, again and again, and measure how long each waits."""
    clock: list[float] = []

    def ask(text: str) -> None:
        begun = time.perf_counter()
        encode([text])
        clock.append(time.perf_counter() - begun)

    begun, spent = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(ask, asked))
    elapsed, used = time.perf_counter() - begun, time.process_time() - spent
    return percentiles(clock) | {
        "requests_per_second": round(len(asked) / elapsed, 1),
        "cpu_ms_per_request": round(used / len(asked) * 1000, 2),
    }


def callers(name: str) -> dict[str, Any]:
    """Measure callers who come together: without batching, with it, and with the cache before it."""
    encoder: Encoder = load_encoder(name)
    calls = CALLS[name]
    own = sentences(calls)
    chance = np.random.default_rng(7)
    common = [own[int(one)] for one in chance.integers(0, 8, size=calls)]
    mixed = [
        shared if drawn < SHARED else text
        for text, shared, drawn in zip(own, common, chance.random(calls), strict=True)
    ]
    encoder.encode(own[:8])
    found: dict[str, Any] = {}
    for count in CALLERS:
        found[str(count)] = {
            "none": together(encoder.encode, own, count),
            "batching": together(BatchingEncoder(encoder).encode, own, count),
            "half of them the same, none": together(encoder.encode, mixed, count),
            "half of them the same, batching and cache": together(
                CachedEncoder(BatchingEncoder(encoder)).encode, mixed, count
            ),
        }
    return found


def recall() -> dict[str, Any]:
    """Measure the search of the whole corpus by int8 and by fp32 vectors, on the queries of the paraphrases' bench."""
    if not (FP32 / "manifest.json").exists():
        build_fast_encoder(FP32, progress=lambda _: None, precision="fp32")
    if not COMPARED.exists():
        shutil.copy(DATABASE, COMPARED)
    encoders = {"int8": load_encoder("minilm"), "fp32": OnnxEncoder(FP32)}
    found: dict[str, Any] = {}
    with CorpusStore(COMPARED) as store:
        for encoder in encoders.values():
            embed_passages(store, encoder)
        questions = [
            Question(way(one.text), frozenset({one.id}))
            for half in choose(store)
            for way in WAYS.values()
            for one in half
        ]
        held = store.passage_count()
        rankings: dict[str, list[Ranking]] = {}
        for name, encoder in encoders.items():
            methods = Methods(store, encoder)
            rankings[name] = methods.dense(questions)
            found[name] = {
                "meaning alone": measure(rankings[name], questions),
                "Headwater": measure(methods.each_alone(questions), questions),
            }
    same = [mine[:1] == theirs[:1] for mine, theirs in zip(rankings["int8"], rankings["fp32"], strict=True)]
    points = {
        way: {key: round(100 * (found["int8"][way][key] - value), 2) for key, value in figures.items()}
        for way, figures in found["fp32"].items()
    }
    return found | {
        "passages": held,
        "queries": len(questions),
        "same_first_by_meaning": round(float(np.mean(same)), 4),
        "points": points,
    }


def in_a_process(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmark.encoder", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def compare(*, with_recall: bool) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    report: dict[str, Any] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    report["load_average_before"] = [round(load, 1) for load in os.getloadavg()]
    kept = {name: FOLDER / f"vectors-{model}.npy" for name, model in MODELS.items()}
    for name, model in MODELS.items():
        report[name] = in_a_process("--part", "speed", "--model", model, "--to", str(kept[name]))
        print(name, json.dumps(report[name], indent=1), flush=True)
    mine, theirs = (np.load(path) for path in kept.values())
    cosines = np.sum(mine * theirs, axis=1)
    report["agreement"] = {
        "mean": round(float(cosines.mean()), 4),
        "lowest_of_100": round(float(np.percentile(cosines, 1)), 4),
        "lowest": round(float(cosines.min()), 4),
    }
    print("agreement", report["agreement"], flush=True)
    for path in kept.values():
        path.unlink()
    _keep(report)
    for name, model in MODELS.items():
        report[name]["callers"] = in_a_process("--part", "callers", "--model", model)
        _keep(report)
        print(name, "callers", json.dumps(report[name]["callers"], indent=1), flush=True)
    if with_recall:
        report["recall"] = in_a_process("--part", "recall")
        print("recall", json.dumps(report["recall"], indent=1))
    report["load_average_after"] = [round(load, 1) for load in os.getloadavg()]
    _keep(report)


def _keep(report: dict[str, Any]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recall", action="store_true", help="what int8 loses, too")
    parser.add_argument("--part", choices=("speed", "callers", "recall"), help="one part as JSON, for the bench itself")
    parser.add_argument("--model", default="minilm")
    parser.add_argument("--to", type=Path, default=FOLDER / "vectors.npy")
    chosen = parser.parse_args()
    if chosen.part == "speed":
        print(json.dumps(speed(chosen.model, chosen.to)))
    elif chosen.part == "callers":
        print(json.dumps(callers(chosen.model)))
    elif chosen.part == "recall":
        print(json.dumps(recall()))
    else:
        compare(with_recall=chosen.recall)


if __name__ == "__main__":
    main()
