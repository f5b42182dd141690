"""What is said of a claim whose source is not there? `python -m tests.benchmark strangers [--cases 67] [--ways ...]`.

The labelled rewrites are checked against the whole corpus and against a copy of it without their documents, as whole
articles and claim by claim, with the article's day and without it. Printed: answers (supported, shifted, contradicted)
that rest on another document though the right one is not there; and, where it is there, how many labelled claims are
still answered from it. Claims whose words stand in a copy of their document elsewhere (another version, the same
release again) are left out of the first.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmark.retrieval import open_corpus
from tests.benchmark.retrieval_calibration import copy_without
from tests.benchmark.retrieval_queries import Question, case_questions, is_copy
from tests.gate.cases import Case, read_cases

from headwater.checking import FactChecker
from headwater.comparison.verdicts import supports
from headwater.corpus.store import CorpusStore
from headwater.domain.context import CheckContext
from headwater.domain.verdicts import ClaimReport
from headwater.retrieval.retriever import HybridRetriever
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.registry import load_encoder

RESULT = Path(__file__).parent / "results" / "strangers.json"


@dataclass(frozen=True)
class Told:
    """What was said of one claim of a case."""

    case: Case
    report: ClaimReport


WAYS = {"in_a_text": True, "alone": True, "alone_without_the_day": False}  # whether the article's day is told


def open_checker(store: CorpusStore, encoder: Encoder) -> FactChecker:
    """The product's checker on a corpus."""
    retriever = HybridRetriever(store, encoder.model_id)
    return FactChecker(encoder, retriever, passages_of=store.passages_of, versions_of=store.versions)


def tell(checker: FactChecker, cases: Sequence[Case], way: str) -> Iterator[Told]:
    """Check the cases, as whole texts or claim by claim."""
    for case in cases:
        context = CheckContext(published=case.article_published if WAYS[way] else None)
        for text in [case.article] if way == "in_a_text" else [claim.text for claim in case.claims]:
            for report in checker.check(text, context).claims:
                yield Told(case, report)


def is_elsewhere(told: Told, questions: Sequence[Question]) -> bool:
    """Whether what answers is the claim's own source, on another page."""
    return any(is_copy(hit.passage.text, question) for hit in told.report.evidence for question in questions)


def withheld(told: Sequence[Told]) -> tuple[int, int]:
    """Of the claims that a source is labelled for, how many are not answered from it, and how many there are."""
    labelled = [one for one in told if label_of(one) not in {"not_in_source", "not_checkable", None}]
    own = [
        one for one in labelled if one.report.evidence and one.report.evidence[0].passage.document.url == one.case.url
    ]
    return len(labelled) - len(own), len(labelled)


def label_of(told: Told) -> str | None:
    """The verdict labelled for a claim, by its words."""
    words = told.report.claim.text
    found = (claim.verdict for claim in told.case.claims if words in claim.text or claim.text in words)
    return next(found, None)


def measure(
    stores: Sequence[CorpusStore], encoder: Encoder, pairs: Sequence[tuple[Case, Sequence[Question]]], ways: list[str]
) -> dict[str, object]:
    """Return the figures of some ways of asking."""
    results: dict[str, object] = {}
    cases = [case for case, _ in pairs]
    there, missing = (open_checker(store, encoder) for store in stores)
    by_case = {case.id: asked for case, asked in pairs}
    for way in ways:
        strangers = list(tell(missing, cases, way))
        answered = [one for one in strangers if supports(one.report.verdict)]
        false = [one for one in answered if not is_elsewhere(one, by_case[one.case.id])]
        lost, labelled = withheld(list(tell(there, cases, way)))
        results[way] = {
            "claims_without_a_source": len(strangers) - len(answered) + len(false),
            "answered_all_the_same": dict(Counter(one.report.verdict.value for one in false).most_common()),
            "claims_with_a_source": labelled,
            "not_answered_from_it": lost,
        }
        print(f"[{way}]", results[way], flush=True)
    return results


def main() -> None:
    """Measure, print and keep."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cases", type=int, default=None, help="labelled rewrites; all unless given")
    arguments.add_argument("--ways", nargs="+", choices=[*WAYS], default=[*WAYS])
    chosen = arguments.parse_args()
    cases = read_cases("dev")[: chosen.cases]
    encoder = load_encoder("minilm")
    with open_corpus(encoder) as store:
        asked = case_questions(store, "dev").texts[: len(cases)]
        with copy_without(store, asked) as without:
            pairs = list(zip(cases, asked, strict=True))
            results = measure((store, without), encoder, pairs, chosen.ways)
    RESULT.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
