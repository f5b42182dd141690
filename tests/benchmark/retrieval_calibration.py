"""Does the ranker know when there is nothing? `python -m tests.benchmark.retrieval_calibration`.

The claims of the labelled rewrites are asked of the whole corpus and of a copy of it without their documents, as a
check asks them: whole articles, and each claim alone; without the article's day and with it: both occur. Claims whose
words stand elsewhere in that copy are left out there. A first hit is right when it stands in the claim's own document:
another document that is there too is as wrong as one that is found because the right one is missing.

Prints the weights of `same_matter.toml`, and by cross-validation over cases: area under the ROC curve, expected
calibration error, and what is found rightly and wrongly at thresholds of the probability. How much the day tells is
fitted by itself on what the other signs leave open: that a document is old does not speak against it. The reliability
diagram and the figures go to `results/`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.benchmark.retrieval import DATABASE, open_corpus
from tests.benchmark.retrieval_product import own_claim
from tests.benchmark.retrieval_queries import Question, QuestionSet, case_questions, is_copy
from tests.gate.cases import Case, read_cases

from headwater.alignment.hits import search_text
from headwater.corpus.store import CorpusStore
from headwater.domain.claims import Claim
from headwater.domain.verdicts import ScoredPassage
from headwater.extraction.facts import ReadingContext
from headwater.retrieval.asking import queries_of
from headwater.retrieval.retriever import NO_FILTERS, HybridRetriever, Query
from headwater.retrieval.same_matter import Signs, signs_of
from headwater.segmentation.claims import segment_claims
from headwater.text.surroundings import surround
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.registry import load_encoder

RESULTS = Path(__file__).parent / "results"
BINS = 10
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
WRONG = (0.3, 0.2, 0.1, 0.05)  # shares of claims without a document that are given one, at which the rest is compared
STEPS, RATE = 60, 1e-3  # of Newton's method, and the ridge that keeps it finite
SIZE, MARGIN = 320, 40  # of the diagram, in pixels

Numbers = NDArray[np.float64]
Group = tuple[Sequence[Claim], list[tuple[Question, Claim]]]  # claims asked together, and which answer a question


@dataclass(frozen=True)
class Way:
    """A way of asking: the signs that are used, and whether the day is one of them."""

    signs: tuple[str, ...]
    by_day: bool


WAYS = {"alone": Way(("near", "lift", "ahead", "held"), by_day=True)}
WAYS["in_a_text"] = Way(("near", "lift", "ahead", "figures"), by_day=False)


@dataclass(frozen=True)
class Found:
    """First hits: their signs, how much the day tells, whether they are right, and how they were asked."""

    signs: Numbers
    day: Numbers
    right: NDArray[np.bool_]
    case: NDArray[np.int64]
    present: NDArray[np.bool_]
    is_dated: NDArray[np.bool_]

    def only(self, rows: NDArray[np.bool_]) -> Found:
        """Return some of them."""
        return Found(*(getattr(self, one.name)[rows] for one in fields(self)))


def asked_together(case: Case, asked: Sequence[Question], way: str, day: date | None) -> Iterator[Group]:
    """Yield claims as a check asks them together, each with the question it answers."""
    if way == "alone":
        for question in asked:
            claims = _claims(question.text, day)
            yield claims, [(question, max(claims, key=lambda one: len(one.text)))]
        return
    claims = _claims(case.article, day)
    yield claims, [(question, own_claim(question, case, claims)) for question in asked]


def _claims(text: str, day: date | None) -> tuple[Claim, ...]:
    surrounded = surround(text, "", "")
    return segment_claims(surrounded.mapped, ReadingContext(day), within=surrounded.within)


def ask(store: CorpusStore, encoder: Encoder, questions: QuestionSet, way: str) -> Iterator[tuple[Any, ...]]:
    """Yield number of the case, question, whether the day was told, and the first hit with its signs."""
    retriever = Signed(store, encoder.model_id)
    retriever.retrieve([Query("warm", None)], limit=1)
    retriever.wait_until_whole()
    for number, (case, asked) in enumerate(zip(read_cases("dev"), questions.texts, strict=True)):
        for day in (None, case.article_published):
            for claims, pairs in asked_together(case, asked, way, day):
                found = retriever.find(queries_of(claims, encoder, day=day))
                for question, claim in pairs:
                    hits = [hit for text in {search_text(claim): 0, claim.sentence: 0} for hit in found[text]]
                    if hits:
                        yield number, question, day is not None, hits


class Signed(HybridRetriever):
    """A retriever that gives the signs of its hits."""

    def find(self, queries: Sequence[Query]) -> dict[str, list[tuple[ScoredPassage, Signs]]]:
        """Return by text of the query its hits with their signs, best first."""
        reach = self._reach(NO_FILTERS)
        pools, passages = self._pools(queries, reach), reach.snapshot.passages
        hits = self.retrieve(queries, limit=8).hits
        return {
            query.text: list(zip(found, signs_of(query, found, pool.asked(query.day, passages)), strict=True))
            for query, found, pool in zip(queries, hits, pools, strict=True)
        }


def gather(stores: Sequence[CorpusStore], encoder: Encoder, questions: QuestionSet, way: str) -> Found:
    """Ask the corpus with the documents, then the one without them."""
    rows = []
    for present, store in zip((True, False), stores, strict=True):
        for case, question, is_dated, hits in ask(store, encoder, questions, way):
            copies = [is_copy(hit.passage.text, question) for hit, _ in hits]
            if not present and any(copies):
                continue
            best = max(range(len(hits)), key=lambda one: hits[one][0].similarity)
            document = hits[best][0].passage.document.id
            own = {one.document.id for one in store.passages(sorted(question.gold)).values()} if present else set()
            signs = hits[best][1]
            told = [getattr(signs, name) for name in WAYS[way].signs]
            rows.append((*told, signs.day, copies[best] or document in own, case, present, is_dated))
    table = np.array(rows, dtype=np.float64)
    last = table[:, -5:]
    return Found(table[:, :-5], last[:, 0], last[:, 1] > 0, last[:, 2].astype(np.int64), last[:, 3] > 0, last[:, 4] > 0)


def fit(inputs: Numbers, right: NDArray[np.bool_], known: Numbers | float = 0.0) -> Numbers:
    """Return the weight of each input of the logistic regression, by Newton's method, beside known odds."""
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-(known + inputs @ weights)))
        slope = inputs.T @ (right - odds) - RATE * weights
        weights += np.linalg.solve((inputs.T * (odds * (1 - odds))) @ inputs + RATE * np.eye(len(weights)), slope)
    return weights


def weigh(found: Found, way: Way) -> Numbers:
    """Return the base, the weight of each sign, and that of the day.

    Where the day is a sign, the others are weighed where it is not told, and the day by what they leave open.
    """
    inputs = np.column_stack([np.ones(len(found.right)), found.signs])
    if not way.by_day:
        return np.append(fit(inputs, found.right), 0.0)
    weights = fit(inputs[~found.is_dated], found.right[~found.is_dated])
    dated = found.is_dated
    return np.append(weights, fit(found.day[dated, None], found.right[dated], inputs[dated] @ weights))


def probabilities(found: Found, weights: Numbers) -> Numbers:
    """Return the probability of each first hit."""
    return np.asarray(1 / (1 + np.exp(-(weights[0] + found.signs @ weights[1:-1] + found.day * weights[-1]))))


def held_out(found: Found, way: Way) -> Numbers:
    """Return the probability of each row by the weights of the other cases."""
    answer = np.zeros(len(found.right))
    for case in np.unique(found.case):
        mine = found.case == case
        answer[mine] = probabilities(found.only(mine), weigh(found.only(~mine), way))
    return answer


def figures(probability: Numbers, found: Found) -> dict[str, Any]:
    """Return area under the curve, calibration error, the bins, and what is found rightly against wrongly."""
    right, wrong = probability[found.right], probability[~found.right]
    area = (right[:, None] > wrong).mean() + (right[:, None] == wrong).mean() / 2
    which = np.minimum((probability * BINS).astype(int), BINS - 1)
    bins = [
        (int(mine.sum()), float(probability[mine].mean()), float(found.right[mine].mean()))
        for mine in (which == one for one in range(BINS))
        if mine.any()
    ]
    return {
        "claims": len(found.right),
        "auc": round(float(area), 4),
        "ece": round(sum(count * abs(said - seen) for count, said, seen in bins) / len(probability), 4),
        "bins": [[count, round(said, 3), round(seen, 3)] for count, said, seen in bins],
        "without the day": trade(probability, found, ~found.is_dated),
        "with the day": trade(probability, found, found.is_dated),
    }


def trade(probability: Numbers, found: Found, rows: NDArray[np.bool_]) -> dict[str, list[list[float]]]:
    """Return what is found rightly and wrongly of claims with a document, and of those without, by threshold.

    Then how many are found rightly where so many of those without a document are given one.
    """
    there, missing = rows & found.present, rows & ~found.present

    def shares(threshold: float) -> list[float]:
        given = probability >= threshold
        right, wrong = given[there] & found.right[there], given[there] & ~found.right[there]
        return [round(float(one.mean()), 3) for one in (right, wrong, given[missing])]

    quantiles = [(share, float(np.quantile(probability[missing], 1 - share))) for share in WRONG]
    return {
        "threshold, right, wrong though there, wrong where missing": [[one, *shares(one)] for one in THRESHOLDS],
        "wrong where missing, right": [[share, shares(threshold)[0]] for share, threshold in quantiles],
    }


def diagram(results: dict[str, dict[str, Any]]) -> str:
    """Return the reliability diagram as SVG: what was said against what was so, the area of a dot being its claims."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE + 2 * MARGIN} {SIZE + 2 * MARGIN}" '
        'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="white"/>',
        f'<path d="M{MARGIN} {MARGIN}V{SIZE + MARGIN}H{SIZE + MARGIN}" fill="none" stroke="black"/>',
        f'<path d="M{MARGIN} {SIZE + MARGIN}L{SIZE + MARGIN} {MARGIN}" stroke="#999" stroke-dasharray="4"/>',
        f'<text x="{MARGIN}" y="{SIZE + 2 * MARGIN - 10}">probability of the same matter, as said (0 to 1)</text>',
        f'<text x="{MARGIN}" y="{MARGIN - 22}">share of first hits in the document of the claim (0 to 1)</text>',
    ]
    for place, (colour, (name, result)) in enumerate(zip(("#1f77b4", "#d62728"), results.items(), strict=True)):
        parts += [
            f'<circle cx="{MARGIN + said * SIZE:.1f}" cy="{MARGIN + (1 - seen) * SIZE:.1f}" r="{count**0.5:.1f}" '
            f'fill="{colour}" fill-opacity="0.5"><title>{count} claims</title></circle>'
            for count, said, seen in result["bins"]
        ]
        label = f"{name}: AUC {result['auc']:.3f}, ECE {result['ece']:.3f}"
        parts.append(f'<text x="{MARGIN + 8}" y="{MARGIN + 14 * place}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>", ""])


@contextmanager
def copy_without(store: CorpusStore, asked: Sequence[Sequence[Question]]) -> Iterator[CorpusStore]:
    """A copy of the corpus from which the documents that questions are about have been taken out."""
    gold = sorted({one for text in asked for question in text for one in question.gold})
    # A short trial ends while cards of the copy are still being written beside it.
    with tempfile.TemporaryDirectory(dir=DATABASE.parent, ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / DATABASE.name
        shutil.copy(DATABASE, copy)
        with CorpusStore(copy) as without:
            without.remove_documents(sorted({one.document.id for one in store.passages(gold).values()}))
            yield without


def main() -> None:
    """Measure, print and keep."""
    encoder = load_encoder("minilm")
    results: dict[str, dict[str, Any]] = {}
    with open_corpus(encoder) as store:
        questions = case_questions(store, "dev")
        with copy_without(store, questions.texts) as without:
            for name, way in WAYS.items():
                found = gather((store, without), encoder, questions, name)
                weights = weigh(found, way).tolist()
                results[name] = figures(held_out(found, way), found)
                names = ("base", *way.signs, "day")
                print(f"[{name}]", *(f"{sign} = {weight:.3f}" for sign, weight in zip(names, weights, strict=True)))
                for key, value in results[name].items():
                    print("   ", key, value, flush=True)
    (RESULTS / "retrieval_calibration.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    (RESULTS / "retrieval_calibration.svg").write_text(diagram(results), "utf-8")


if __name__ == "__main__":
    main()
