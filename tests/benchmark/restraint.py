"""How often the figure lane invents a contradiction: real sentences compared with everything but themselves.

Each claim is a sentence of the corpus as it stands; the official side is the five sentences of the same document that
share most words with it, the sentence itself left out. A document seldom contradicts itself, so nearly every
contradiction found here is an invented one. The halves are those of `perturbations.py`.

Run: python tests/benchmark/restraint.py [--corpus fixtures/corpus] [--claims 1500] [--half held-out] [--show 10]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from perturbations import Sentence, annotate, read_sentences

from headwater.comparison.figures import compare_figures
from headwater.comparison.vocabulary import concept
from headwater.domain.findings import Effect, Finding

SIBLINGS = 5  # as many passages as are read for a claim
EACH = 6  # claims of one document: many documents say more than a few long ones
CEILING = 0.02  # share of claims with an invented contradiction


def cases(folder: Path, *, claims: int, half: str, seed: int) -> Iterator[tuple[Sentence, list[Sentence]]]:
    """Yield sentences, each with the sentences of its document that are most like it."""
    rng = random.Random(seed)
    documents = [document for document in read_sentences(folder, half=half) if len(document) >= SIBLINGS]
    rng.shuffle(documents)
    made = 0
    for document in documents:
        words = [frozenset(concept(w) for w in re.findall(r"[^\W\d_]+", s.text)) - {""} for s in document]
        for place in rng.sample(range(len(document)), min(EACH, len(document))):
            others = [at for at, sentence in enumerate(document) if sentence.text != document[place].text]
            others.sort(key=lambda at, own=words[place], all_words=words: -len(own & all_words[at]))
            yield document[place], [document[at] for at in others[:SIBLINGS]]
            made += 1
            if made == claims:
                return


def contradictions(claim: Sentence, siblings: Sequence[Sentence]) -> list[Finding]:
    """Return what the lane calls contradicted."""
    passages = [annotate(s.text, s.published, s.order, place) for place, s in enumerate(siblings)]
    findings = compare_figures(annotate(claim.text, claim.published, claim.order), passages)
    return [finding for finding in findings if finding.effect is Effect.CONTRADICTS]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share of claims with a contradiction; 1 where it is above the ceiling."""
    parser = argparse.ArgumentParser(description="Invented contradictions of the figure lane.")
    parser.add_argument("--corpus", type=Path, default=Path("fixtures/corpus"))
    parser.add_argument("--claims", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=20241107)
    parser.add_argument("--half", choices=["develop", "held-out", "all"], default="held-out")
    parser.add_argument("--show", type=int, default=0, help="contradictions to print")
    options = parser.parse_args(arguments)
    claims = invented = 0
    for claim, siblings in cases(options.corpus, claims=options.claims, half=options.half, seed=options.seed):
        claims += 1
        found = contradictions(claim, siblings)
        invented += bool(found)
        if found and invented <= options.show:
            sys.stdout.write(f"\n{claim.text}\n")
            for finding in found:
                official = siblings[finding.passage_id or 0].text
                sys.stdout.write(f"    {finding.rule} {finding.claimed.surface}: {official}\n")
    share = invented / max(claims, 1)
    sys.stdout.write(f"claims {claims}; with an invented contradiction {invented} ({share:.2%})\n")
    return int(share > CEILING)


if __name__ == "__main__":
    sys.exit(main())
