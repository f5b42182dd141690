"""Does the ranker know when there is nothing? `python -m tests.benchmark.retrieval_calibration`.

The claims of the labelled rewrites are asked of the whole corpus and of a copy of it without their documents; claims
whose words stand elsewhere in that copy are left out there. Prints the weights of `same_matter.toml`, and by
cross-validation over cases: area under the ROC curve, expected calibration error, and how many claims without a
document get one at 95 in 100 of those with one. The reliability diagram and the figures go to `results/`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.benchmark.retrieval import DATABASE, open_corpus
from tests.benchmark.retrieval_queries import Question, QuestionSet, case_questions, is_copy
from tests.gate.cases import read_cases

from headwater.corpus.store import CorpusStore
from headwater.retrieval.retriever import HybridRetriever, Query
from headwater.retrieval.same_matter import Signs, signs_of
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.registry import load_encoder

RESULTS = Path(__file__).parent / "results"
RECALL = 0.95
BINS = 10
STEPS, RATE = 60, 1e-3  # of Newton's method, and the ridge that keeps it finite
SIZE, MARGIN = 320, 40  # of the diagram, in pixels

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """First hits: the signs of each, whether the claim's document is there, and its case."""

    found: Numbers
    present: NDArray[np.bool_]
    case: NDArray[np.int64]


def ask(store: CorpusStore, encoder: Encoder, questions: QuestionSet, way: str) -> Iterator[tuple[Any, ...]]:
    """Yield case, question, query and what was found: each claim without its article's day and with it: both occur."""
    retriever = HybridRetriever(store, encoder.model_id)
    retriever.retrieve([Query("warm", None)], limit=1)
    retriever.wait_until_whole()
    for number, (case, text) in enumerate(zip(read_cases("dev"), questions.texts, strict=True)):
        vectors = encoder.encode([question.text for question in text])
        day = case.article_published
        asked = [
            Query(question.text, vector, day, place=place)
            for place, (question, vector) in enumerate(zip(text, vectors, strict=True))
        ]
        whole = [asked] if way == "in_a_text" else [[one] for one in asked]
        groups = [[replace(one, day=when) for one in each] for when in (None, day) for each in whole]
        hits = [found for each in groups for found in retriever.retrieve(each, limit=8).hits]
        for place, (query, found) in enumerate(zip((one for each in groups for one in each), hits, strict=True)):
            yield number, text[place % len(text)], query, found


def gather(stores: Sequence[CorpusStore], encoder: Encoder, questions: QuestionSet, way: str) -> Asked:
    """Ask the corpus with the documents, then the one without them."""
    rows = []
    for present, store in zip((True, False), stores, strict=True):
        for case, question, query, found in ask(store, encoder, questions, way):
            elsewhere = not present and any(is_copy(hit.passage.text, question) for hit in found)
            if found and not elsewhere:
                rows.append((*astuple(signs_of(query, found)[0]), present, case))
    table = np.array(rows, dtype=np.float64)
    return Asked(table[:, :-2], table[:, -2] > 0, table[:, -1].astype(np.int64))


def fit(found: Numbers, present: NDArray[np.bool_]) -> Numbers:
    """Return the base and the weight of each sign of the logistic regression, by Newton's method."""
    inputs = np.column_stack([np.ones(len(found)), found])
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (present - odds) - RATE * weights
        weights += np.linalg.solve((inputs.T * (odds * (1 - odds))) @ inputs + RATE * np.eye(len(weights)), slope)
    return weights


def held_out(asked: Asked) -> Numbers:
    """Return the probability of each row by the weights of the other cases."""
    answer = np.zeros(len(asked.present))
    for case in np.unique(asked.case):
        mine = asked.case == case
        weights = fit(asked.found[~mine], asked.present[~mine])
        answer[mine] = 1 / (1 + np.exp(-(weights[0] + asked.found[mine] @ weights[1:])))
    return answer


def figures(probability: Numbers, present: NDArray[np.bool_]) -> dict[str, Any]:
    """Return area under the curve, calibration error, false support at 95 in 100, and the bins."""
    there, missing = probability[present], probability[~present]
    area = (there[:, None] > missing).mean() + (there[:, None] == missing).mean() / 2
    threshold = float(np.quantile(there, 1 - RECALL))
    which = np.minimum((probability * BINS).astype(int), BINS - 1)
    bins = [
        (int(mine.sum()), float(probability[mine].mean()), float(present[mine].mean()))
        for mine in (which == one for one in range(BINS))
        if mine.any()
    ]
    return {
        "claims": len(present),
        "auc": round(float(area), 4),
        "ece": round(sum(count * abs(said - seen) for count, said, seen in bins) / len(present), 4),
        "threshold_at_95": round(threshold, 3),
        "false_support_at_95": round(float((missing >= threshold).mean()), 3),
        "at_0.25": [round(float((there >= 0.25).mean()), 3), round(float((missing >= 0.25).mean()), 3)],
        "bins": [[count, round(said, 3), round(seen, 3)] for count, said, seen in bins],
    }


def diagram(results: dict[str, dict[str, Any]]) -> str:
    """Return the reliability diagram as SVG: what was said against what was so, the area of a dot being its claims."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE + 2 * MARGIN} {SIZE + 2 * MARGIN}" '
        'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="white"/>',
        f'<path d="M{MARGIN} {MARGIN}V{SIZE + MARGIN}H{SIZE + MARGIN}" fill="none" stroke="black"/>',
        f'<path d="M{MARGIN} {SIZE + MARGIN}L{SIZE + MARGIN} {MARGIN}" stroke="#999" stroke-dasharray="4"/>',
        f'<text x="{MARGIN}" y="{SIZE + 2 * MARGIN - 10}">probability of the same matter, as said (0 to 1)</text>',
        f'<text x="{MARGIN}" y="{MARGIN - 22}">share of claims whose document is there (0 to 1)</text>',
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
            for name in ("alone", "in_a_text"):
                asked = gather((store, without), encoder, questions, name)
                weights = fit(asked.found, asked.present).tolist()
                results[name] = figures(held_out(asked), asked.present)
                names = ("base", *(sign.name for sign in fields(Signs)))
                print(f"[{name}]", *(f"{sign} = {weight:.3f}" for sign, weight in zip(names, weights, strict=True)))
                print("   ", {key: value for key, value in results[name].items() if key != "bins"}, flush=True)
    (RESULTS / "retrieval_calibration.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    (RESULTS / "retrieval_calibration.svg").write_text(diagram(results), "utf-8")


if __name__ == "__main__":
    main()
