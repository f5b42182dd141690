"""Speed of comparison: `python -m tests.benchmark comparison`. One process, one thread.

1. One claim with its three nearest passages, as a check meets it: facts of both sides already read, every claim once
   (first meeting, nothing of it remembered), then again. Milliseconds at the median and the 95th percentile of claims.
2. The share of each lane, and of the steps before them (parting and reading the article, reading the passages).
3. The whole seed article against its release, by stage; the vectors of the article are made anew every time.

Beside each stands a plain method on the same texts in the same run: word overlap, and the standard library's difflib
over words. Ratios to them can be compared across machines, milliseconds cannot. Lanes are timed in processor time, so
that other work on the machine counts for little; the whole article in both.
"""

from __future__ import annotations

import argparse
import difflib
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.gate.__main__ import make_checker
from tests.gate.cases import read_cases
from tests.gate.gold import seed_pair

from headwater.alignment.hits import hits_of, searched_texts
from headwater.alignment.passages import annotate
from headwater.checking import CheckContext
from headwater.comparison import lanes
from headwater.corpus.given import given_passages
from headwater.domain.claims import Claim
from headwater.domain.facts import Annotated
from headwater.domain.verdicts import CheckReport
from headwater.extraction.facts import ReadingContext
from headwater.retrieval.memory import InMemoryRetriever
from headwater.retrieval.query import Query
from headwater.segmentation.claims import segment_claims
from headwater.text.normalise import normalise

PASSAGES = 3  # what the limit is stated for
LIMIT_MS = 5.0  # one claim, three passages, all lanes
ARTICLE_LIMIT_MS = 1000.0  # the seed article against its release
WORD = re.compile(r"\w+")
LANES: dict[str, Callable[..., object]] = {
    name.removeprefix("compare_"): getattr(lanes, name) for name in dir(lanes) if name.startswith("compare_")
}


@dataclass(frozen=True)
class Facing:
    """A claim and the three passages that face it, with their facts read."""

    claim: Claim
    passages: tuple[Annotated, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="of the whole article")
    chosen = parser.parse_args()
    facings, reading = read_all()
    warm_up()
    first = timed(facings, lambda one: lanes.compare(one.claim, one.passages))
    again = timed(facings, lambda one: lanes.compare(one.claim, one.passages))
    overlap = timed(facings, plain_overlap)
    diff = timed(facings, plain_diff)
    print(f"one claim with {PASSAGES} passages, {len(facings)} claims (limit {LIMIT_MS:g} ms):")
    for name, values in (("first meeting", first), ("met before", again)):
        ratio = f"{sum(values) / sum(overlap):.1f} x word overlap, {sum(values) / sum(diff):.2f} x difflib"
        print(f"   {name}: {percentiles(values)}; {ratio}")
    print(f"   word overlap: {percentiles(overlap)}; difflib: {percentiles(diff)}")
    print(f"   above the limit at first meeting: {sum(value > LIMIT_MS for value in first)} of {len(first)} claims")
    show_lanes(facings)
    print("before the lanes, a claim: " + ", ".join(f"{name} {ms:.2f} ms" for name, ms in reading.items()))
    show_article(chosen.runs)


def read_all() -> tuple[list[Facing], dict[str, float]]:
    """All claims of the development cases with their nearest passages, and what reading them took, a claim."""
    found: list[Facing] = []
    spent = {"parting and reading the article": 0.0, "reading the passages": 0.0}
    for case in read_cases("dev"):
        started = time.thread_time()
        claims = segment_claims(normalise(case.article).mapped, ReadingContext(case.article_published))
        parted = time.thread_time()
        passages = given_passages(case.source, CheckContext(published=case.published))
        read = {passage.id: annotate(passage) for passage in passages}
        spent["parting and reading the article"] += parted - started
        spent["reading the passages"] += time.thread_time() - parted
        texts = searched_texts(claims)
        queries = [Query(text, None) for text in texts]
        answer = InMemoryRetriever(passages).retrieve(queries, limit=PASSAGES)
        hits = dict(zip(texts, answer.hits, strict=True))
        for claim in claims:
            nearest = hits_of(claim, hits)[:PASSAGES]
            found.append(Facing(claim, tuple(read[hit.passage.id] for hit in nearest)))
    return found, {name: seconds * 1000 / len(found) for name, seconds in spent.items()}


def warm_up() -> None:
    """Load the tables of every lane: they are read once a process."""
    pair = seed_pair()
    passages = [annotate(passage) for passage in given_passages(pair.release)][:PASSAGES]
    for claim in segment_claims(normalise(pair.article).mapped)[:10]:
        lanes.compare(claim, passages)


def timed(facings: Sequence[Facing], run: Callable[[Facing], object]) -> list[float]:
    values = []
    for one in facings:
        started = time.thread_time()
        run(one)
        values.append((time.thread_time() - started) * 1000)
    return values


def plain_overlap(one: Facing) -> float:
    own = set(WORD.findall(one.claim.content.text.lower()))
    shares = [len(own & set(WORD.findall(p.text.lower()))) / max(1, len(own)) for p in one.passages]
    return max(shares, default=0.0)


def plain_diff(one: Facing) -> float:
    own = WORD.findall(one.claim.content.text.lower())
    ratios = [
        difflib.SequenceMatcher(None, own, WORD.findall(p.text.lower()), autojunk=False).ratio() for p in one.passages
    ]
    return max(ratios, default=0.0)


def show_lanes(facings: Sequence[Facing]) -> None:
    """Print the share of each lane; claims have been met before, so that none pays for what lanes share."""
    spent = {
        name: sum(timed(facings, lambda one, run=run: run(one.claim.content, one.passages)))
        for name, run in LANES.items()
    }
    total = sum(spent.values())
    print("share of each lane: " + ", ".join(f"{n} {v / total:.0%}" for n, v in sorted(spent.items(), key=by_time)))


def by_time(item: tuple[str, float]) -> float:
    return -item[1]


def show_article(runs: int) -> None:
    pair = seed_pair()
    checker = make_checker()
    walls: list[float] = []
    processor: list[float] = []
    reports: list[CheckReport] = []
    plain: list[float] = []
    for _ in range(runs + 1):
        started, cpu = time.perf_counter(), time.process_time()
        reports.append(checker.compare(pair.article, pair.release))
        walls.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - cpu) * 1000)
        started = time.perf_counter()
        difflib.SequenceMatcher(
            None, WORD.findall(pair.article), WORD.findall(pair.release), autojunk=False
        ).get_opcodes()
        plain.append((time.perf_counter() - started) * 1000)
    print(f"the seed article against its release, {len(reports[0].claims)} claims (limit {ARTICLE_LIMIT_MS:g} ms):")
    print(f"   first {walls[0]:.0f} ms; then {percentiles(walls[1:])}; {ratio_of(walls, plain):.0f} x difflib")
    print(f"   processor: {percentiles(processor[1:])}")
    stages = {
        stage: statistics.median(report.elapsed_ms[stage] for report in reports[1:]) for stage in reports[0].elapsed_ms
    }
    total = statistics.median(walls[1:])
    source = total - sum(stages.values())
    shares = {**stages, "the release's own vectors": source}
    print("   share of each stage: " + ", ".join(f"{name} {ms / total:.0%}" for name, ms in shares.items()))


def ratio_of(walls: Sequence[float], plain: Sequence[float]) -> float:
    return statistics.median(walls[1:]) / statistics.median(plain[1:])


def percentiles(values: Sequence[float]) -> str:
    ordered = sorted(values)
    return f"p50 {ordered[len(ordered) // 2]:.2f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.2f} ms"


if __name__ == "__main__":
    main()
