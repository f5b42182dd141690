"""Milliseconds by stage of whole checks: `python -m tests.benchmark.pipeline`. One process, warm, medians of runs."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from tests.gate.gold import seed_pair

from headwater.checking import FactChecker
from headwater.corpus.store import CorpusStore
from headwater.domain.verdicts import CheckReport
from headwater.retrieval.memory import InMemoryRetriever
from headwater.retrieval.retriever import HybridRetriever
from headwater_embeddings.registry import load_encoder

DATABASE = Path(__file__).parents[2] / "var" / "bench" / "retrieval.sqlite3"  # made by tests.benchmark.retrieval


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--database", type=Path, default=DATABASE)
    chosen = parser.parse_args()
    started = time.perf_counter()
    encoder = load_encoder("minilm")
    print(f"encoder ready in {time.perf_counter() - started:.2f} s")
    pair = seed_pair()
    nothing = InMemoryRetriever((), np.zeros((0, encoder.dimensions), dtype=np.float32))
    alone = FactChecker(encoder, nothing)
    show("article against its release", lambda: alone.compare(pair.article, pair.release), chosen.runs)
    if not chosen.database.exists():
        print(f"{chosen.database} is not there: run `python -m tests.benchmark.retrieval` first")
        return
    with CorpusStore(chosen.database) as store:
        started = time.perf_counter()
        checker = FactChecker(encoder, HybridRetriever(store, encoder.model_id), corpus_version=store.revision)
        sentence = pair.article[pair.article.index("Nearly 100,000") :].split(".")[0] + "."
        checker.check(sentence)
        print(f"corpus of {store.passage_count():,} passages, first answer after {time.perf_counter() - started:.2f} s")
        show("one sentence against the corpus", lambda: checker.check(sentence), chosen.runs)
        show("article against the corpus", lambda: checker.check(pair.article), chosen.runs)


def show(name: str, check: Callable[[], CheckReport], runs: int) -> None:
    """Print the median time of a check, by stage and by claim."""
    check()
    walls, reports = [], []
    for _ in range(runs):
        started = time.perf_counter()
        reports.append(check())
        walls.append((time.perf_counter() - started) * 1000)
    claims = len(reports[0].claims)
    stages = {
        stage: statistics.median(report.elapsed_ms[stage] for report in reports) for stage in reports[0].elapsed_ms
    }
    wall = statistics.median(walls)
    print(f"{name}: {wall:.0f} ms, {claims} claims, {wall / claims:.1f} ms a claim")
    print("   " + ", ".join(f"{stage} {value:.1f}" for stage, value in stages.items()))


if __name__ == "__main__":
    main()
