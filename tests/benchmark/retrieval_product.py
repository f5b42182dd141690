"""The labelled rewrites asked as a check asks: the article's own claims and their sentences, with its date.

A labelled claim is answered by what was found for the article's claim that shares most of its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.benchmark.retrieval_queries import Question, QuestionSet
from tests.gate.cases import Case, read_cases

from headwater.alignment.hits import hits_of
from headwater.domain.claims import Claim
from headwater.domain.spans import Span
from headwater.extraction.facts import ReadingContext
from headwater.retrieval.asking import queries_of
from headwater.retrieval.retriever import HybridRetriever
from headwater.segmentation.claims import segment_claims
from headwater.text.surroundings import surround
from headwater_embeddings.encoder import Encoder

SHOWN = 10


def ask_as_the_product(
    retriever: HybridRetriever, encoder: Encoder, questions: QuestionSet, part: str
) -> Iterator[tuple[Question, list[int]]]:
    """Yield each question with the passages found, best first.

    Args:
        retriever: Of the corpus.
        encoder: Of the queries.
        questions: From `case_questions`.
        part: Of the cases.
    """
    for case, asked in zip(read_cases(part), questions.texts, strict=True):
        surrounded = surround(case.article, "", "")
        claims = segment_claims(surrounded.mapped, ReadingContext(case.article_published), within=surrounded.within)
        queries = queries_of(claims, encoder, day=case.article_published)
        answers = retriever.retrieve(queries, limit=SHOWN).hits
        found = {query.text: hits for query, hits in zip(queries, answers, strict=True)}
        for question in asked:
            claim = own_claim(question, case, claims)
            yield question, [hit.passage.id for hit in hits_of(claim, found)][:SHOWN]


def own_claim(question: Question, case: Case, claims: Sequence[Claim]) -> Claim:
    """Return the claim of an article that shares most of a question's words."""
    span = next(one.span for one in case.claims if one.text == question.text)
    return max(claims, key=lambda claim: _shared(claim.span, span))


def _shared(one: Span, other: Span) -> float:
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (len(one) + len(other) - common)
