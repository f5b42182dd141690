"""Measure the corpus in PostgreSQL beside SQLite: `python -m tests.benchmark postgres [--source FILE] [--url URL]`.

The same queries on the same passages: recall against the exact answer, milliseconds by step, and bytes. Without an
address a server of the tests is started and the corpus copied into it; what is measured goes into
`results/postgres.json`, one entry a size, from which `capacity.py` computes its table.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text

from headwater.corpus.contract import VectorMark
from headwater.corpus.copying import copy_file
from headwater.corpus.filters import PassageFilters
from headwater.corpus.postgres.store import PostgresStore
from headwater.corpus.store import CorpusStore
from headwater.retrieval.lexical import weigh_words
from headwater.retrieval.retriever import HybridRetriever, Query
from headwater_embeddings.registry import load_encoder

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "var" / "bench" / "retrieval.sqlite3"
RESULT = Path(__file__).parent / "results" / "postgres.json"
SHOWN, CANDIDATES = 8, 100
KEPT = 0.85  # share of a passage's words in the query made of it: a claim seldom has all

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]


class Clock:
    """Times by the wall, a step at a time."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    @contextmanager
    def of(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.times.setdefault(step, []).append((time.perf_counter() - start) * 1000)

    def report(self) -> dict[str, dict[str, float]]:
        return {
            step: {"p50": round(float(np.percentile(each, 50)), 2), "p95": round(float(np.percentile(each, 95)), 2)}
            for step, each in self.times.items()
        }


class Shown:
    """Prints how far a copy is."""

    def rows_copied(self, title: str, rows: int, total: int) -> None:
        if rows == total:
            print(f"  copied {rows:,} {title}", flush=True)

    def stage_begun(self, title: str) -> None:
        print(f"  {title}", flush=True)


def queries_of(store: CorpusStore, count: int) -> list[str]:
    """Make queries of passages: a sixth of the words left out, cut at 200 characters."""
    chosen = random.Random(5)
    held = store.passage_count()
    found = store.passages(sorted(chosen.sample(range(1, held), min(held - 1, count * 3)))).values()
    long = [passage.text.split() for passage in found if len(passage.text) >= 80]
    return [" ".join(word for word in words if chosen.random() < KEPT)[:200] for words in long][:count]


class ExactAnswers:
    """All vectors of a model, each text once, searched one by one."""

    def __init__(self, store: CorpusStore, model: str) -> None:
        mark, parts, owners = VectorMark(), [], []
        while True:
            part = store.vector_changes(model, mark, 100_000)
            parts.append((part.numbers, part.vectors.astype(np.float16)))
            owners.append(np.stack([part.passages, part.owned]))
            mark = part.mark
            if part.is_last:
                break
        self.numbers = np.concatenate([numbers for numbers, _ in parts])
        self._vectors = np.concatenate([vectors for _, vectors in parts if len(vectors)])
        passages, owned = np.concatenate(owners, axis=1)
        order = np.argsort(passages)
        self._passages, self._owned = passages[order], owned[order]

    def barred(self, allowed: Ids | None) -> NDArray[np.bool_] | None:
        """Return which vectors no passage allowed has, or None where all are allowed."""
        return None if allowed is None else ~np.isin(self.numbers, self.owner_of(allowed))

    def nearest(self, query: Vectors, k: int, barred: NDArray[np.bool_] | None) -> Ids:
        """Return the vectors nearest to a query, nearest first."""
        parts = np.array_split(self._vectors, max(1, len(self._vectors) // 50_000))
        cosines = np.concatenate([part.astype(np.float32) @ query for part in parts])
        if barred is not None:
            cosines[barred] = -2
        some = np.argpartition(-cosines, min(k, len(cosines) - 1))[: k + 1]
        best = some[np.argsort(-cosines[some], kind="stable")][:k]
        return self.numbers[best[cosines[best] > -2]]

    def owner_of(self, passages: Ids) -> Ids:
        places = np.minimum(np.searchsorted(self._passages, passages), len(self._passages) - 1)
        return self._owned[places[self._passages[places] == passages]]


def recall(
    store: CorpusStore, exact: ExactAnswers, search: Any, queries: Vectors, filters: PassageFilters
) -> dict[str, Any]:
    """Measure one filter: recall of texts at 1, 10 and 100, and milliseconds."""
    allowed = store.passage_ids(filters)
    barred = exact.barred(allowed)
    clock, shares = Clock(), {1: [], 10: [], CANDIDATES: []}
    search.search(queries[:1], CANDIDATES, filters)
    for query in queries:
        with clock.of("search"):
            (found,) = search.search(query[None], CANDIDATES, filters)
        texts = list(dict.fromkeys(exact.owner_of(found).tolist()))
        wanted = exact.nearest(query, CANDIDATES, barred).tolist()
        for k, each in shares.items():
            each.append(len(set(texts[:k]) & set(wanted[:k])) / max(1, len(wanted[:k])))
    passing = "all" if allowed is None else len(allowed)
    return {
        "passages": passing,
        **{f"recall@{k}": round(float(np.mean(each)), 4) for k, each in shares.items()},
    } | clock.report()["search"]


def filters_of(store: CorpusStore) -> dict[str, PassageFilters]:
    """Filters that pass little and much."""
    publishers = [one.publisher for one in store.coverage.read().publishers]
    return {
        "none": PassageFilters(),
        "largest publisher": PassageFilters(publishers=(publishers[0],)),
        "a middling publisher": PassageFilters(publishers=(publishers[len(publishers) // 3],)),
        "a small publisher": PassageFilters(publishers=(publishers[-1],)),
        "published from June 2024": PassageFilters(published_from=date(2024, 6, 1)),
        "as of 2023": PassageFilters(as_of=date(2023, 1, 1)),
        "latest only": PassageFilters(latest_only=True),
    }


def steps(
    store: CorpusStore, texts: Sequence[str], vectors: Vectors, model: str
) -> tuple[dict[str, Any], list[list[int]]]:
    """Measure what one claim costs, step by step and whole, and return the passages it is answered with."""
    clock, answers = Clock(), []
    retriever = HybridRetriever(store, model)
    with clock.of("ready"):
        retriever.retrieve([Query("warm", None)], limit=1)
    passages = store.passage_count()
    for place, (each, vector) in enumerate(zip(texts, vectors, strict=True)):
        with clock.of("weigh words"):
            (words,) = weigh_words([each], store.document_frequencies, passages)
        with clock.of("lexical search"):
            found = store.lexical_search(words.terms, CANDIDATES)
        with clock.of("read 8 passages"):
            store.passages([number for number, _ in found[:SHOWN]])
        search = store.dense_search(model)
        if search is not None:
            with clock.of("dense search"):
                search.search(vector[None], CANDIDATES)
        with clock.of("retrieve"):
            hits = retriever.retrieve([Query(each, vector)], limit=SHOWN).hits[0]
        answers.append([hit.passage.id for hit in hits])
        if place == 0:
            clock.times = {"ready": clock.times["ready"]}  # the first is warm-up
    return clock.report(), answers


def sizes(store: PostgresStore) -> dict[str, int]:
    """Bytes of each table and index."""
    with store._database.read() as connection:
        rows = connection.execute(
            text(
                "SELECT relname, pg_table_size(oid) FROM pg_class WHERE relkind IN ('r', 'i') "
                "AND relnamespace = 'public'::regnamespace AND pg_table_size(oid) > 16384"
            )
        )
        return {"vector graph" if "near" in row[0] else row[0]: int(row[1]) for row in rows}


def measure(source: Path, url: str, count: int, only: Sequence[str]) -> dict[str, Any]:
    """Measure one corpus in both databases."""
    encoder = load_encoder("minilm")
    with CorpusStore(source) as sqlite, PostgresStore(url) as postgres:
        counts = sqlite.counts()
        model = next(iter(sqlite.stored_models()))
        texts = queries_of(sqlite, count)
        vectors = encoder.encode(texts)
        print(f"{counts.passages:,} passages, {len(texts)} queries, load {os.getloadavg()[0]:.1f}", flush=True)
        result: dict[str, Any] = {
            "passages": counts.passages,
            "texts": counts.texts,
            "versions": counts.versions,
            "load": round(os.getloadavg()[0], 1),
            "sqlite_bytes": source.stat().st_size,
            "postgres_bytes": sizes(postgres),
        }
        answers = {}
        for name, store in (("postgres", postgres), ("sqlite", sqlite)):
            result[name], answers[name] = steps(store, texts, vectors, model)
            print(name, json.dumps(result[name]), flush=True)
        pairs = list(zip(answers["postgres"], answers["sqlite"], strict=True))
        result["same_first"] = round(float(np.mean([one[:1] == other[:1] for one, other in pairs])), 4)
        result["same_three"] = round(float(np.mean([set(one[:3]) == set(other[:3]) for one, other in pairs])), 4)
        print("same first", result["same_first"], "same three", result["same_three"], flush=True)
        exact, search = ExactAnswers(sqlite, model), postgres.dense_search(model)
        result["dense"] = {}
        for name, filters in filters_of(sqlite).items():
            if not only or name in only:
                result["dense"][name] = recall(sqlite, exact, search, vectors[: count // 2], filters)
                print(f"  {name:26}", json.dumps(result["dense"][name]), flush=True)
    return result


@contextmanager
def copied(source: Path) -> Iterator[tuple[str, float]]:
    """Start a server, copy the corpus into it, give its address and the seconds it took, and stop it."""
    from tests.postgres_server import TestServer

    server = TestServer()
    try:
        for setting in ("shared_buffers = '1GB'", "random_page_cost = 1.1", "max_wal_size = '8GB'"):
            server.run(f"ALTER SYSTEM SET {setting}")
        server.restart()
        with server.database() as url:
            start = time.perf_counter()
            copy_file(source, url, Shown())
            yield url, time.perf_counter() - start
    finally:
        server.stop()


def keep(result: dict[str, Any]) -> None:
    """Write the result, in place of an older one of the same size."""
    held: list[dict[str, Any]] = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else []
    held = [one for one in held if one["passages"] != result["passages"]] + [result]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(sorted(held, key=lambda one: one["passages"]), indent=2) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=SOURCE, help="SQLite corpus with vectors of the default model")
    parser.add_argument("--url", default="", help="a PostgreSQL database that holds a copy of it already")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--filters", nargs="*", default=[], help="only these")
    chosen = parser.parse_args()
    work: Callable[[str], dict[str, Any]] = lambda url: measure(chosen.source, url, chosen.queries, chosen.filters)  # noqa: E731
    if chosen.url:
        keep(work(chosen.url))
        return
    with copied(chosen.source) as (url, seconds):
        keep(work(url) | {"copy_seconds": round(seconds, 1)})


if __name__ == "__main__":
    main()
