"""One statement at two addresses, in the real corpus: `python -m tests.benchmark.retrieval_copies`.

The pairs are found without the product's own rule: a written statement made in the Commons and in the Lords on one
day, known by their addresses, whose words are the same in runs of three; and look-alikes, documents of one day that
share most such runs and carry other titles. Each is asked by its longest passage that stands word for word in the
other. Counted: the statements given as one answer with both addresses, and the look-alikes taken for one.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from tests.benchmark.retrieval import open_corpus

from headwater.corpus.store import CorpusStore
from headwater.domain.documents import Passage
from headwater.retrieval.retriever import HybridRetriever, Query
from headwater.retrieval.words import split_words
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.registry import load_encoder

RESULTS = Path(__file__).parent / "results" / "retrieval_copies.json"
COMMONS, LORDS = re.compile(r"cmhansrd/.*wmstext"), re.compile(r"ldhansrd/.*wms")
SAME, ALIKE, LEAST = 0.9, 0.7, 60  # shares of the shorter document's runs of three words; runs it must have

Runs = frozenset[tuple[str, ...]]
Pair = tuple[Sequence[Passage], Sequence[Passage]]


def runs_of(passages: Sequence[Passage]) -> Runs:
    """Return the runs of three words in a document."""
    words = [split_words(passage.text) for passage in passages]
    return frozenset(run for each in words for run in zip(each, each[1:], each[2:], strict=False))


def pairs_of(store: CorpusStore) -> Iterator[tuple[str, Pair]]:
    """Yield pairs of documents of one site and one day, with whether they are statements or look-alikes."""
    documents: dict[str, list[Passage]] = defaultdict(list)
    for one in store.passages(range(1, store.passage_count() * 2)).values():
        if one.document.is_latest:
            documents[one.document.id].append(one)
    days: dict[tuple[str, str], list[str]] = defaultdict(list)
    for identifier, passages in documents.items():
        document = passages[0].document
        if document.first_published:
            days[urlsplit(document.url).netloc, document.first_published.date().isoformat()].append(identifier)
    for together in days.values():
        runs = {each: runs_of(documents[each]) for each in together}
        for mine, other in combinations(together, 2):
            least = min(len(runs[mine]), len(runs[other]))
            share = len(runs[mine] & runs[other]) / least if least >= LEAST else 0.0
            urls = [documents[each][0].document.url for each in (mine, other)]
            in_both = any(COMMONS.search(url) for url in urls) and any(LORDS.search(url) for url in urls)
            if (in_both and share >= SAME) or (not in_both and share >= ALIKE):
                yield ("statements" if in_both else "look-alikes"), (documents[mine], documents[other])


def is_one_answer(retriever: HybridRetriever, encoder: Encoder, pair: Pair) -> bool | None:
    """Say whether a passage of both documents is given once, with the other address; None where none is in both."""
    mine, other = pair
    texts = {" ".join(split_words(one.text)) for one in other}
    both = [one for one in mine if " ".join(split_words(one.text)) in texts]
    if not both:
        return None
    asked = max(both, key=lambda one: len(one.text)).text
    hits = retriever.retrieve([Query(asked, encoder.encode([asked])[0])], limit=8).hits[0]
    wanted = {mine[0].document.id, other[0].document.id}
    return any(wanted <= {hit.passage.document.id, *(each.id for each in hit.also_at)} for hit in hits)


def main() -> None:
    """Measure, print and keep."""
    encoder = load_encoder("minilm")
    results = {name: {"pairs": 0, "asked": 0, "one answer": 0} for name in ("statements", "look-alikes")}
    with open_corpus(encoder) as store:
        retriever = HybridRetriever(store, encoder.model_id)
        for name, pair in pairs_of(store):
            found = is_one_answer(retriever, encoder, pair)
            results[name]["pairs"] += 1
            results[name]["asked"] += found is not None
            results[name]["one answer"] += bool(found)
            if bool(found) != (name == "statements"):
                print(f"  {name}: {found} {[each[0].document.title for each in pair]}")
    for name, counts in results.items():
        print(f"{name:12} {counts}")
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
