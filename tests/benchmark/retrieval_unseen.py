"""Rewrites written before the ranker was asked: `python -m tests.benchmark.retrieval_unseen`.

Articles on documents of the corpus that no labelled case uses: 16 with 182 claims in `unseen_rewrites.jsonl`, six with
65 claims in `unseen_rewrites_second.jsonl`. Each line names the official document, its licence and the attribution to
show; `sources` quote the passages that state a claim, marked by hand before the first search. The articles are the
project's own, in a reporter's words, and report nothing.

When first asked, claims of the first bank alone had recall@1 .516 and recall@3 .604, in a whole article .852 and .951.
Since then changes of the ranker have been tried on it, though none was set on it: the second was written for those.
The second when first asked, before anything was changed: alone .339 and .446, in a whole article .769 and .908.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmark.retrieval import open_corpus, rank_of_gold
from tests.benchmark.retrieval_highlights import figures
from tests.benchmark.retrieval_queries import Question, quoted

from headwater.alignment.hits import hits_of
from headwater.corpus.store import CorpusStore
from headwater.domain.claims import Claim
from headwater.domain.spans import Span
from headwater.domain.verdicts import ScoredPassage
from headwater.extraction.facts import ReadingContext
from headwater.retrieval.asking import queries_of
from headwater.retrieval.query import Query
from headwater.retrieval.retriever import HybridRetriever
from headwater.retrieval.words import codes_of
from headwater.segmentation.claims import segment_claims
from headwater.text.surroundings import surround
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.registry import load_encoder

BANKS = {"first bank": "unseen_rewrites.jsonl", "second bank": "unseen_rewrites_second.jsonl"}
RESULTS = Path(__file__).parent / "results" / "retrieval_unseen.json"
SHOWN = 10
Found = dict[str, tuple[ScoredPassage, ...]]
GOES_ON = ",;:"  # a claim that ends so is a clause: the next one goes on with its sentence


@dataclass(frozen=True)
class Rewrite:
    """An article, its day, and its claims: where each stands, and what answers it."""

    text: str
    day: date | None
    claims: tuple[tuple[Span, Question], ...]


def read_rewrites(store: CorpusStore, bank: str) -> list[Rewrite]:
    """Return the articles of a bank.

    Args:
        store: The corpus of the fixtures.
        bank: Its name.
    """
    held = store.passages(range(1, store.passage_count() * 2)).values()
    documents = {passage.document.url: passage.document.id for passage in held}
    rows = map(json.loads, Path(__file__).with_name(BANKS[bank]).read_text("utf-8").splitlines())
    return [_read(store, documents[row["url"]], row) for row in rows]


def _read(store: CorpusStore, document: str, row: dict[str, Any]) -> Rewrite:
    passages = store.passages_of(document)
    text, claims = "", []
    for claim in row["claims"]:
        text += "" if not text else " " if text[-1] in GOES_ON else "\n"
        gold = [one for one in passages if quoted(one, claim["sources"])]
        copies = tuple(frozenset(codes_of(one.text).tolist()) for one in gold)
        question = Question(claim["text"], frozenset(one.id for one in gold), copies=copies)
        claims.append((Span(len(text), len(text) + len(claim["text"])), question))
        text += claim["text"]
    published = str(row["published"])
    return Rewrite(text, date.fromisoformat(published) if published else None, tuple(claims))


def as_an_article(
    retriever: HybridRetriever, encoder: Encoder, rewrite: Rewrite
) -> Iterator[tuple[Question, list[int]]]:
    """Yield each claim with what is found for it when the whole article is checked on its day."""
    surrounded = surround(rewrite.text, "", "")
    claims = segment_claims(surrounded.mapped, ReadingContext(rewrite.day), within=surrounded.within)
    found = _search(retriever, queries_of(claims, encoder, day=rewrite.day))
    for span, question in rewrite.claims:
        yield question, _best(max(claims, key=lambda one: _shared(one.span, span)), found)


def alone(
    retriever: HybridRetriever, encoder: Encoder, rewrite: Rewrite, day: date | None = None
) -> Iterator[tuple[Question, list[int]]]:
    """Yield each claim with what is found for it alone."""
    for _, question in rewrite.claims:
        surrounded = surround(question.text, "", "")
        claims = segment_claims(surrounded.mapped, ReadingContext(day), within=surrounded.within)
        found = _search(retriever, queries_of(claims, encoder, day=day))
        yield question, _best(max(claims, key=lambda one: len(one.text)), found)


def _search(retriever: HybridRetriever, queries: Sequence[Query]) -> Found:
    hits = retriever.retrieve(queries, limit=SHOWN).hits
    return {query.text: found for query, found in zip(queries, hits, strict=True)}


def _best(claim: Claim, found: Found) -> list[int]:
    return [hit.passage.id for hit in hits_of(claim, found)][:SHOWN]


def _shared(one: Span, other: Span) -> float:
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (len(one) + len(other) - common)


def main() -> None:
    """Measure, print and keep."""
    encoder = load_encoder("minilm")
    results: dict[str, dict[str, dict[str, float]]] = {}
    with open_corpus(encoder) as store:
        retriever = HybridRetriever(store, encoder.model_id)
        retriever.retrieve([Query("warm", None)], limit=1)
        retriever.wait_until_whole()
        ways: dict[str, Callable[[Rewrite], Iterator[tuple[Question, list[int]]]]] = {
            "alone": lambda one: alone(retriever, encoder, one),
            "with the day": lambda one: alone(retriever, encoder, one, one.day),
            "the whole article": lambda one: as_an_article(retriever, encoder, one),
        }
        for bank in BANKS:
            rewrites = read_rewrites(store, bank)
            for name, way in ways.items():
                ranks = [rank_of_gold(store, question, found) for one in rewrites for question, found in way(one)]
                own = results.setdefault(bank, {})[name] = figures(ranks)
                print(f"{bank}: {name:20} {len(ranks)} claims", *(f"{one:.3f}" for one in own.values()), flush=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
