"""Print where the seed pair's whole bar stands: `python -m tests.gate`."""

from __future__ import annotations

import numpy as np
from tests.gate.agreement import answers
from tests.gate.gold import seed_pair
from tests.gate.seed import seed_bar

from headwater.checking import FactChecker
from headwater.retrieval.memory import InMemoryRetriever
from headwater_embeddings.registry import load_encoder


def main() -> None:
    pair, encoder = seed_pair(), load_encoder("minilm")
    nothing = InMemoryRetriever((), np.zeros((0, encoder.dimensions), dtype=np.float32))
    report = FactChecker(encoder, nothing).compare(pair.article, pair.release)
    for item in seed_bar(pair, report, "given"):
        print(item)
    for answer in answers(pair, report):
        if not answer.agrees:
            print(f"    {answer.gold.id:5} gold {answer.gold.verdict:15} ours {answer.verdict}")


if __name__ == "__main__":
    main()
