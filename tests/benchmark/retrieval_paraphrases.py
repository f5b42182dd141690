"""Corpus passages in other words, each asked alone: `python -m tests.benchmark.retrieval_paraphrases`.

Half the passages are any prose; the other half are hard: another document, or another version, has a passage that
begins with the same words and goes on with other figures or names. Only the passage itself counts as found, or a copy
that is answered with the address of the passage's own document.
Recall and mean reciprocal rank against BM25 alone, meaning alone and the fusion of their ranks, in one run.
"""

from __future__ import annotations

import json
import random
import re
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmark import paraphrase
from tests.benchmark.retrieval import RRF_K, SHOWN, Methods, Ranking, open_corpus
from tests.benchmark.retrieval_queries import LONGEST, SHORTEST, Question

from headwater.corpus.store import CorpusStore
from headwater.domain.documents import Passage, PassageKind
from headwater_embeddings.registry import load_encoder

RESULTS = Path(__file__).parent / "results" / "retrieval_paraphrases.json"
PASSAGES = 110  # of each half; six ways make over 1,100 different queries: two passages in three have no halves to turn
SAME_BEGINNING = 30  # characters
HALVES = re.compile(r"^(.{40,}?)(?:, (?:and|but|which|while|with)|;| – | — ) (.{30,}?)([.”\"]*)$")


def cut(text: str) -> str:
    """Keep the first sixty in a hundred of a lightly reworded passage's words."""
    words = paraphrase.light(text).split()
    return " ".join(words[: max(9, len(words) * 6 // 10)])


def turned(text: str) -> str:
    """Put the second half of a lightly reworded passage first."""
    return HALVES.sub(r"\2, as \1\3", paraphrase.light(text))


WAYS: dict[str, Callable[[str], str]] = {
    "light rewording": paraphrase.light,
    "heavy rewording": paraphrase.heavy,
    "names and long words lost": paraphrase.vague,
    "altered quotation": paraphrase.altered_quote,
    "cut short": cut,
    "halves turned": turned,
}


def choose(store: CorpusStore) -> tuple[list[Passage], list[Passage]]:
    """Return passages of prose, any and hard; the same in every run."""
    held = store.passages(range(1, store.passage_count() * 2)).values()
    prose = [
        one
        for one in held
        if one.kind in {PassageKind.PARAGRAPH, PassageKind.QUOTE, PassageKind.LIST_ITEM}
        and one.document.language.startswith("en")
        and SHORTEST <= len(one.text) <= LONGEST
    ]
    known = Counter(one.text for one in prose)
    beginnings = Counter(text[:SAME_BEGINNING] for text in known)
    single = [one for one in prose if known[one.text] == 1]
    hard = [one for one in single if beginnings[one.text[:SAME_BEGINNING]] > 1 and re.search(r"\d", one.text)]
    chance = random.Random(23)
    return chance.sample(single, PASSAGES), chance.sample(hard, PASSAGES)


def rankings(methods: Methods, questions: Sequence[Question]) -> dict[str, list[Ranking]]:
    """Return what each way of ranking finds."""
    words, meant = methods.bm25(questions), methods.dense(questions)
    print("BM25 and meaning asked", flush=True)
    return {
        "BM25": words,
        "dense": meant,
        "RRF": fuse(words, meant),
        "Headwater": [answers(methods, question) for question in questions],
    }


def answers(methods: Methods, question: Question) -> Ranking:
    """Return what the product finds; an answer that names a gold passage's document as a further address is it."""
    (hits,) = methods.hits([question.text])
    places = {passage.document.id: one for one, passage in methods.passages(sorted(question.gold)).items()}
    also = [[places[other.id] for other in hit.also_at if other.id in places] for hit in hits]
    return [others[0] if others else hit.passage.id for hit, others in zip(hits, also, strict=True)]


def fuse(*every: Sequence[Ranking]) -> list[Ranking]:
    """Return the reciprocal rank fusion of rankings of the same questions."""
    fused = []
    for each in zip(*every, strict=True):
        points: Counter[int] = Counter()
        for ranking in each:
            points.update({one: 1 / (RRF_K + rank) for rank, one in enumerate(ranking, 1)})  # type: ignore[dict-item]
        fused.append([one for one, _ in points.most_common()])
    return fused


def measure(found: Sequence[Ranking], questions: Sequence[Question]) -> dict[str, float]:
    """Return recall at 1, 3 and 10, and the mean reciprocal rank."""
    ranks = []
    for question, ranking in zip(questions, found, strict=True):
        places = [place for place, one in enumerate(ranking[:SHOWN], 1) if one in question.gold]
        ranks.append(places[0] if places else 0)
    recall = {f"recall@{most}": sum(1 <= rank <= most for rank in ranks) / len(ranks) for most in (1, 3, 10)}
    mean = statistics.fmean(1 / rank if rank else 0.0 for rank in ranks)
    return {name: round(value, 4) for name, value in (recall | {"MRR@10": mean}).items()}


def main() -> None:
    """Measure, print and keep."""
    encoder = load_encoder("minilm")
    with open_corpus(encoder) as store:
        chosen = dict(zip(("any prose", "hard"), choose(store), strict=True))
        rows = list(
            {
                question.text: (half, name, question)  # a way that changes nothing more than another is not asked
                for half, passages in chosen.items()
                for name, way in reversed(WAYS.items())
                for one in passages
                for question in [Question(way(one.text), frozenset({one.id}))]
            }.values()
        )
        print(f"{len(rows)} different queries", flush=True)
        found = rankings(Methods(store, encoder), [question for _, _, question in rows])
    results: dict[str, dict[str, dict[str, float]]] = {}
    for group in ("all", *chosen, *WAYS):
        places = [place for place, row in enumerate(rows) if group in {"all", *row[:2]}]
        questions = [rows[place][2] for place in places]
        results[group] = {way: measure([every[one] for one in places], questions) for way, every in found.items()}
        for way, figures in results[group].items():
            print(f"{group:26} {len(places):5} {way:10}", *(f"{key} {one:.3f}" for key, one in figures.items()))
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
