"""Short highlights, each labelled claim sent alone as a browser sends it.

`python -m tests.benchmark.retrieval_highlights`: with nothing around it; with the text's day; with the characters
around it, cut anywhere; with the beginning of the article in place of its headline. Beside them the whole article, as
a check asks. The cases from 67 on were labelled after the first weights had been set, and are reported by themselves;
the weights of the text's day, of neighbours and inside a document were chosen with most of both in view.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmark.retrieval import open_corpus, rank_of_gold
from tests.benchmark.retrieval_product import SHOWN, ask_as_the_product
from tests.benchmark.retrieval_queries import Question, QuestionSet, case_questions
from tests.gate.cases import Case, read_cases

from headwater.alignment.hits import hits_of
from headwater.corpus.store import CorpusStore
from headwater.extraction.facts import ReadingContext
from headwater.retrieval.asking import queries_of, words_around
from headwater.retrieval.retriever import HybridRetriever
from headwater.segmentation.claims import segment_claims
from headwater.text.surroundings import surround
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.registry import load_encoder

RESULTS = Path(__file__).parent / "results" / "retrieval_highlights.json"
LATER = 67  # number of the first case that was labelled after the weights had been set
TITLE_WORDS = 12  # of the article's beginning, which stands for its headline: the rewrites have none


@dataclass(frozen=True)
class Sent:
    """What is sent with a highlight: characters on each side, the article's day, its headline."""

    characters: int = 0
    day: bool = False
    title: bool = False


WAYS = {
    "alone": Sent(),
    "with the day": Sent(day=True),
    "200 characters around, day": Sent(200, day=True),
    "400 characters around": Sent(400),
    "400 characters around, day": Sent(400, day=True),
    "400 characters around, day, title": Sent(400, day=True, title=True),
}


def ask_highlights(
    retriever: HybridRetriever, encoder: Encoder, questions: QuestionSet, cases: Sequence[Case], sent: Sent
) -> Iterator[tuple[Case, Question, list[int]]]:
    """Yield each labelled claim with the passages found for it alone, best first."""
    for case, asked in zip(cases, questions.texts, strict=True):
        day = case.article_published if sent.day else None
        title = " ".join(case.article.split()[:TITLE_WORDS]) if sent.title else ""
        for question in asked:
            span = next(one.span for one in case.claims if one.text == question.text)
            prefix = case.article[max(0, span.start - sent.characters) : span.start]
            suffix = case.article[span.end : span.end + sent.characters]
            surrounded = surround(question.text, prefix, suffix)
            claims = segment_claims(surrounded.mapped, ReadingContext(day), within=surrounded.within)
            queries = queries_of(claims, encoder, around=words_around(surrounded, title), day=day)
            answers = retriever.retrieve(queries, limit=SHOWN).hits
            found = {query.text: hits for query, hits in zip(queries, answers, strict=True)}
            claim = max(claims, key=lambda one: len(one.text))
            yield case, question, [hit.passage.id for hit in hits_of(claim, found)][:SHOWN]


def figures(ranks: Sequence[int]) -> dict[str, float]:
    """Return recall at 1, 3 and 10, and the mean reciprocal rank."""
    recall = {f"recall@{most}": sum(1 <= rank <= most for rank in ranks) / len(ranks) for most in (1, 3, 10)}
    mean = statistics.fmean(1 / rank if rank else 0.0 for rank in ranks)
    return {name: round(value, 4) for name, value in (recall | {"MRR@10": mean}).items()}


def measure(store: CorpusStore, asked: Iterable[tuple[Case, Question, list[int]]]) -> dict[str, dict[str, float]]:
    """Return the figures of all cases, of those the weights were set on, and of the later ones."""
    ranks = [
        (int(case.id.partition("_")[0]) >= LATER, rank_of_gold(store, question, found))
        for case, question, found in asked
    ]
    return {
        "all": figures([rank for _, rank in ranks]),
        "first cases": figures([rank for is_later, rank in ranks if not is_later]),
        "later cases": figures([rank for is_later, rank in ranks if is_later]),
    }


def as_first_labelled(
    first: Sequence[Sequence[Question]], cases: Sequence[Case], found: Sequence[tuple[Case, Question, list[int]]]
) -> Iterator[tuple[Case, Question, list[int]]]:
    """Yield what was found beside the passages that were held to answer before the labels were read again."""
    known = {(case.id, one.text): one for case, asked in zip(cases, first, strict=True) for one in asked}
    return ((case, known[case.id, question.text], ranking) for case, question, ranking in found)


def main() -> None:
    """Measure, print and keep."""
    encoder = load_encoder("minilm")
    results: dict[str, dict[str, dict[str, float]]] = {}
    with open_corpus(encoder) as store:
        retriever = HybridRetriever(store, encoder.model_id)
        questions, cases = case_questions(store, "dev"), read_cases("dev")
        first = case_questions(store, "dev", as_first_labelled=True).texts
        print(f"{questions.size} claims of {len(cases)} articles: recall@1, @3, @10, MRR@10", flush=True)
        by_text = {id(one): case for case, asked in zip(cases, questions.texts, strict=True) for one in asked}
        whole = ask_as_the_product(retriever, encoder, questions, "dev")
        asked: dict[str, Iterable[tuple[Case, Question, list[int]]]] = {
            "the whole article": ((by_text[id(one)], one, found) for one, found in whole)
        }
        asked |= {name: ask_highlights(retriever, encoder, questions, cases, sent) for name, sent in WAYS.items()}
        for name, answers in asked.items():
            found = list(answers)
            results[name] = measure(store, found)
            results[name]["all, as first labelled"] = measure(store, as_first_labelled(first, cases, found))["all"]
            for group, shares in results[name].items():
                print(f"{name:34} {group:22}", *(f"{share:.3f}" for share in shares.values()), flush=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
