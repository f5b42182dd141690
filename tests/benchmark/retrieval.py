"""Measure retrieval: `python -m tests.benchmark.retrieval [--texts N]`.

Recall of the right passage by method, milliseconds a claim by stage, passages encoded a second, start-up, memory. The
corpus of the fixtures is ingested once into var/bench, which takes some minutes; a second run starts at once.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from tests.benchmark.retrieval_product import ask_as_the_product
from tests.benchmark.retrieval_queries import (
    Question,
    QuestionSet,
    case_questions,
    is_copy,
    reworded_texts,
    seed_questions,
)
from tests.benchmark.retrieval_versions import first_of_check, first_of_search, version_questions
from tests.gate.gold import seed_pair

from headwater.corpus.store import CorpusStore
from headwater.domain.documents import Passage
from headwater.domain.verdicts import ScoredPassage
from headwater.retrieval.dense import DenseIndex
from headwater.retrieval.lexical import weigh_words
from headwater.retrieval.memory import InMemoryRetriever
from headwater.retrieval.retriever import HybridRetriever, Query
from headwater.retrieval.words import split_words
from headwater.sources.ingest import ingest
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.registry import load_encoder

ROOT = Path(__file__).parents[2]
DATABASE = ROOT / "var" / "bench" / "retrieval.sqlite3"
RELEASE_URL = "urn:headwater:seed:release"
CANDIDATES = 100
SHOWN = 10
RRF_K = 60  # Cormack et al., SIGIR 2009

Ranking = list[int]
Method = Callable[[Sequence[Question]], list[Ranking]]


def open_corpus(encoder: Encoder) -> CorpusStore:
    """Ingest the fixtures, where that has not been done, and say how fast."""
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    store = CorpusStore(DATABASE)
    start = time.perf_counter()
    summary = ingest([ROOT / "fixtures" / "seed" / "release.txt", ROOT / "fixtures" / "corpus"], store, encoder)
    seconds = time.perf_counter() - start
    counts = store.counts()
    print(f"corpus: {counts.documents:,} documents, {counts.versions:,} versions, {counts.passages:,} passages")
    if summary.encoded:
        print(
            f"ingested in {seconds:.0f} s: {summary.encoded:,} texts encoded, {summary.encoded / seconds:.0f} a second"
        )
    return store


class Methods:
    """Ways of ranking passages for the questions of one text."""

    def __init__(self, store: CorpusStore, encoder: Encoder) -> None:
        self._store, self._encoder = store, encoder
        self._index = DenseIndex(*store.vectors(encoder.model_id))
        self._retriever = HybridRetriever(store, encoder.model_id)
        self._known: dict[str, Ranking] = {}

    def bm25(self, questions: Sequence[Question]) -> list[Ranking]:
        return [self._with_all_words(question.text) for question in questions]

    def _with_all_words(self, text: str) -> Ranking:
        if text not in self._known:  # a quarter of a second, and the fusion of ranks asks again
            found = self._store.lexical_search(split_words(text), CANDIDATES)
            self._known[text] = [one for one, _ in found]
        return self._known[text]

    def dense(self, questions: Sequence[Question]) -> list[Ranking]:
        vectors = self._encoder.encode([question.text for question in questions])
        return [ids.tolist() for ids in self._index.search(vectors, CANDIDATES)]

    def rank_fusion(self, questions: Sequence[Question]) -> list[Ranking]:
        fused = []
        for rankings in zip(self.bm25(questions), self.dense(questions), strict=True):
            points: dict[int, float] = {}
            for ranking in rankings:
                for rank, one in enumerate(ranking, 1):
                    points[one] = points.get(one, 0) + 1 / (RRF_K + rank)
            fused.append(sorted(points, key=lambda one: -points[one]))
        return fused

    def each_alone(self, questions: Sequence[Question]) -> list[Ranking]:
        return [ranking for question in questions for ranking in self.together([question])]

    def with_sentence_before(self, questions: Sequence[Question]) -> list[Ranking]:
        return [self._asked([one.text], [one.before] if one.before else [])[0] for one in questions]

    def together(self, questions: Sequence[Question]) -> list[Ranking]:
        return self._asked([question.text for question in questions], [])

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        return self._store.passages(ids)

    def _asked(self, texts: Sequence[str], around: Sequence[str]) -> list[Ranking]:
        return [[hit.passage.id for hit in found] for found in self.hits(texts, around)]

    def hits(self, texts: Sequence[str], around: Sequence[str] = ()) -> list[tuple[ScoredPassage, ...]]:
        vectors = self._encoder.encode([*texts, *around])
        queries = [
            Query(text, vector, only_votes=place >= len(texts))
            for place, (text, vector) in enumerate(zip((*texts, *around), vectors, strict=True))
        ]
        return list(self._retriever.retrieve(queries, limit=SHOWN).hits[: len(texts)])


def measure(store: CorpusStore, method: Method, questions: QuestionSet) -> str:
    """Return recall@1, recall@3 and MRR@10 over a set, and milliseconds a question, on one line."""
    ranks: list[int] = []
    elapsed: list[float] = []
    for text in questions.texts:
        start = time.perf_counter()
        rankings = method(text)
        elapsed.append((time.perf_counter() - start) * 1000 / len(text))
        for question, ranking in zip(text, rankings, strict=True):
            ranks.append(rank_of_gold(store, question, ranking[:SHOWN]))
    first, three = sum(rank == 1 for rank in ranks), sum(1 <= rank <= 3 for rank in ranks)
    mean = statistics.fmean(1 / rank if rank else 0 for rank in ranks)
    share = f"{first / len(ranks):.3f} {three / len(ranks):.3f} {mean:.3f}"
    return f"{share}  ({first} and {three} of {len(ranks)})  {statistics.median(elapsed):6.1f} ms"


def rank_of_gold(store: CorpusStore, question: Question, ranking: Ranking) -> int:
    """Return the place of the first passage that answers, from 1, or 0."""
    copies = store.passages(ranking) if question.copies else {}
    for place, one in enumerate(ranking, 1):
        if one in question.gold or (one in copies and is_copy(copies[one].text, question)):
            return place
    return 0


def quality(store: CorpusStore, encoder: Encoder, texts: int, parts: Sequence[str]) -> None:
    """Print recall by set and method."""
    release = next(one for one in store.passages(range(1, 200)).values() if one.document.url == RELEASE_URL).document.id
    passages = store.passages_of(release)
    seed = seed_questions(seed_pair(), passages)
    alone = InMemoryRetriever(passages, encoder.encode([passage.text for passage in passages]))

    def in_release(questions: Sequence[Question]) -> list[Ranking]:
        vectors = encoder.encode([question.text for question in questions])
        queries = [Query(question.text, vector) for question, vector in zip(questions, vectors, strict=True)]
        return [[hit.passage.id for hit in found] for found in alone.retrieve(queries, limit=SHOWN).hits]

    methods = Methods(store, encoder)
    print("\nrecall@1, recall@3, MRR@10; milliseconds a claim, encoding included")
    print(f"{'seed, in the release alone':28} {'Headwater':22} {measure(store, in_release, seed)}")
    ways: dict[str, Method] = {
        "BM25, all words": methods.bm25,
        "dense": methods.dense,
        "RRF, BM25 known": methods.rank_fusion,
        "Headwater, each alone": methods.each_alone,
        "Headwater, text together": methods.together,
    }
    for name, way in (ways | {"Headwater, one before": methods.with_sentence_before}).items():
        print(f"{'seed, in the whole corpus':28} {name:22} {measure(store, way, seed)}")
    for part in parts:
        as_the_product_asks(store, encoder, part)
    versions(store, encoder)
    for questions in (*(case_questions(store, part) for part in parts), *reworded_texts(store, texts, release)):
        for name, way in ways.items():
            print(f"{questions.name:28} {name:22} {measure(store, way, questions)}", flush=True)


def as_the_product_asks(store: CorpusStore, encoder: Encoder, part: str) -> None:
    """Print recall of the labelled rewrites asked as a check asks: claims and sentences, with the article's date."""
    questions = case_questions(store, part)
    asked = ask_as_the_product(HybridRetriever(store, encoder.model_id), encoder, questions, part)
    ranks = [rank_of_gold(store, question, ranking) for question, ranking in asked]
    shares = " ".join(f"{sum(1 <= rank <= most for rank in ranks) / len(ranks):.3f}" for most in (1, 3, 10))
    print(f"{questions.name:28} as a check asks: recall@1, @3, @10 {shares} of {len(ranks)}")


def versions(store: CorpusStore, encoder: Encoder) -> None:
    """Print for how many versions of the small-boats pages their sentence finds them first."""
    questions = version_questions(store)
    found = first_of_search(store, encoder, questions)
    answered = first_of_check(store, encoder, questions)
    print(f"versions of the small-boats pages: that of the day first for {found} of {len(questions)}")
    print(f"the same, asked as a check asks:   that of the day first for {answered} of {len(questions)}")


def stages(store: CorpusStore, encoder: Encoder) -> None:
    """Print milliseconds a claim by stage, claims coming one at a time."""
    index = DenseIndex(*store.vectors(encoder.model_id))
    retriever = HybridRetriever(store, encoder.model_id)
    texts = [passage.text[:200] for passage in store.passages(range(1000, 60_000, 600)).values()]
    retriever.retrieve([Query("warm", None)], limit=1)
    vectors = encoder.encode(texts)
    words = weigh_words(texts, store.document_frequencies, store.passage_count())

    def clock(name: str, work: Callable[[int], object]) -> None:
        elapsed = []
        for place in range(len(texts)):
            start = time.perf_counter()
            work(place)
            elapsed.append((time.perf_counter() - start) * 1000)
        print(f"  {name:34} p50 {np.percentile(elapsed, 50):6.2f} ms  p95 {np.percentile(elapsed, 95):6.2f} ms")

    print(f"\nstages of one claim, {len(texts)} of them, one thread, {len(index):,} passages")
    clock("encode", lambda place: encoder.encode([texts[place]]))
    clock("weigh words", lambda place: weigh_words([texts[place]], store.document_frequencies, 1000))
    clock("lexical search", lambda place: store.lexical_search(words[place].terms, CANDIDATES))
    clock("dense search", lambda place: index.search(vectors[place : place + 1], CANDIDATES))
    clock("retrieve, passages first seen", lambda at: retriever.retrieve([Query(texts[at], vectors[at])], limit=8))
    clock("retrieve, passages seen before", lambda at: retriever.retrieve([Query(texts[at], vectors[at])], limit=8))


def encoders(store: CorpusStore) -> None:
    """Print speed, start-up and memory of the encoders."""
    texts = [passage.text for passage in store.passages(range(500, 60_000, 120)).values()]
    print(f"\nencoders, {len(texts)} passages of {statistics.fmean(map(len, texts)):.0f} characters on average")
    for name, sample in (("minilm", texts), ("minilm-torch", texts[:100])):
        encoder = load_encoder(name)
        encoder.encode(sample[:10])
        start = time.perf_counter()
        encoder.encode(sample)
        one = len(sample) / (time.perf_counter() - start)
        start = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(encoder.encode, (sample[::2], sample[1::2])))
        two = len(sample) / (time.perf_counter() - start)
        elapsed = []
        for text in sample[:100]:
            start = time.perf_counter()
            encoder.encode([text[:200]])
            elapsed.append((time.perf_counter() - start) * 1000)
        print(
            f"  {name:14} {one:5.0f} a second on one thread, {two:5.0f} on two; "
            f"a claim p50 {np.percentile(elapsed, 50):.1f} p95 {np.percentile(elapsed, 95):.1f} ms; {start_up(name)}"
        )


def start_up(name: str) -> str:
    """Return seconds to import, load and encode once in a new process, and its peak memory."""
    code = (
        "import re, time; start = time.perf_counter()\n"
        "from headwater_embeddings.registry import load_encoder\n"
        f"load_encoder({name!r}).encode(['Inflation fell.'])\n"
        "status = open('/proc/self/status').read()\n"
        "print(time.perf_counter() - start, re.search(r'VmHWM:\\s+(\\d+)', status)[1])"
    )
    best = min(
        (subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
        for _ in range(3)
    )
    return f"start-up {float(best[0]):.2f} s, {int(best[1]) / 1024:.0f} MB"


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=12, help="made texts of eight claims, of each way of rewording")
    parser.add_argument("--heldout", action="store_true", help="the held-out cases too: never tune on them")
    chosen = parser.parse_args()
    encoder = load_encoder("minilm")
    print("load average", *(f"{load:.1f}" for load in os.getloadavg()))
    with open_corpus(encoder) as store:
        start = time.perf_counter()
        HybridRetriever(store, encoder.model_id).retrieve([Query("warm", None)], limit=1)
        print(f"retriever ready in {time.perf_counter() - start:.2f} s")
        encoders(store)
        stages(store, encoder)
        quality(store, encoder, chosen.texts, ("dev", "heldout") if chosen.heldout else ("dev",))


if __name__ == "__main__":
    main()
