"""How often the lanes of modality, polarity and terms find what is not there: real sentences against all the others.

Each claim is a sentence of the corpus as it stands; the official side is the eight sentences most like it, of its own
document and of all others, itself and its copies left out. Official texts seldom contradict themselves: nearly every
contradiction found here is an invented one. Shifts are counted too; many of them are real (a plan and its outcome).

Run: python tests/benchmark/lanes_restraint.py [--corpus fixtures/corpus] [--claims 3000] [--half held-out] [--show 10]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from perturbations import Sentence, annotate, read_sentences

from headwater.comparison.modality import compare_modality
from headwater.comparison.polarity import compare_polarity
from headwater.comparison.terms import compare_terms
from headwater.comparison.vocabulary import concept
from headwater.domain.findings import Effect, Finding, Severity

LIKE = 8  # as many passages as are read for a claim
EACH = 8  # claims of one document: many documents say more than a few long ones
COMMON = 400  # sentences: a word of more of them finds no likeness
CEILING = 1 / 300  # share of claims with an invented contradiction


def words_of(text: str) -> frozenset[str]:
    return frozenset(concept(word) for word in re.findall(r"[^\W\d_]+", text)) - {""}


def cases(folder: Path, *, claims: int, half: str, seed: int) -> Iterator[tuple[Sentence, list[Sentence]]]:
    """Yield sentences, each with those of the whole corpus that share most words with it, itself left out."""
    rng = random.Random(seed)
    documents = [document for document in read_sentences(folder, half=half) if len(document) > 2]
    rng.shuffle(documents)
    everything = [(sentence, words_of(sentence.text), place) for place, d in enumerate(documents) for sentence in d]
    index: dict[str, list[int]] = defaultdict(list)
    for at, (_, words, _) in enumerate(everything):
        for word in words:
            index[word].append(at)
    starts, total = [], 0
    for document in documents:
        starts.append(total)
        total += len(document)
    made = 0
    for place, document in enumerate(documents):
        for inner in rng.sample(range(len(document)), min(EACH, len(document))):
            at = starts[place] + inner
            yield document[inner], nearest(everything, index, at)
            made += 1
            if made == claims:
                return


def nearest(everything, index, at: int) -> list[Sentence]:
    sentence, own, document = everything[at]
    shared: Counter[int] = Counter()
    for word in own:
        if len(index[word]) <= COMMON:
            shared.update(index[word])
    ranked = sorted(shared, key=lambda other: (-shared[other] / (4 + len(everything[other][1])), other))
    likest = [o for o in ranked if folded(everything[o][0].text) != folded(sentence.text)]
    within = [o for o in likest if everything[o][2] == document][: LIKE // 2]
    return [everything[o][0] for o in [*within, *(o for o in likest if o not in within)][:LIKE]]


def folded(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def findings(claim: Sentence, official: Sequence[Sentence]) -> list[Finding]:
    ours = annotate(claim.text, claim.published, claim.order)
    passages = [annotate(s.text, s.published, s.order, place) for place, s in enumerate(official)]
    return [
        *compare_modality(ours, passages),
        *compare_polarity(ours, passages),
        *compare_terms(ours, passages),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share of claims with a contradiction, and each rule; 1 where contradictions are above the ceiling."""
    parser = argparse.ArgumentParser(description="What the lanes of modality, polarity and terms invent.")
    parser.add_argument("--corpus", type=Path, default=Path("fixtures/corpus"))
    parser.add_argument("--claims", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=20241107)
    parser.add_argument("--half", choices=["develop", "held-out", "all"], default="held-out")
    parser.add_argument("--show", type=int, default=0, help="findings of each rule to print")
    options = parser.parse_args(arguments)
    claims = invented = told = 0
    rules: Counter[str] = Counter()
    for claim, official in cases(options.corpus, claims=options.claims, half=options.half, seed=options.seed):
        claims += 1
        found = [f for f in findings(claim, official) if f.severity is not Severity.INFO]
        invented += any(finding.effect is Effect.CONTRADICTS for finding in found)
        told += bool(found)
        for finding in found:
            rules[finding.rule] += 1
            if rules[finding.rule] <= options.show:
                source = official[finding.passage_id or 0].text
                sides = f"{finding.claimed.surface} / {finding.official.surface if finding.official else ''}"
                sys.stdout.write(f"\n{finding.rule} {finding.kind}: {sides}\n    {claim.text}\n    {source}\n")
    for rule, count in rules.most_common():
        sys.stdout.write(f"{rule:20} {count}\n")
    share = invented / max(claims, 1)
    sys.stdout.write(
        f"claims {claims}; with a finding {told}; with an invented contradiction {invented} ({share:.2%})\n"
    )
    return int(share > CEILING)


if __name__ == "__main__":
    sys.exit(main())
