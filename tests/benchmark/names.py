"""The name lane on real sentences: how often it invents a contradiction, and how many exchanged names it reports.

Restraint: each claim is a sentence of the corpus as it stands; the official side is the sentences of its own and of the
neighbouring documents that share most words with it, the sentence itself left out. Recall: one name of a sentence is
replaced by another of the same kind from another document; the official side is the sentence as it was, with its
neighbours. Half of the documents (by digest) are for development, the other half are held out.

Run: python tests/benchmark/names.py [--corpus fixtures/corpus] [--claims 3000] [--half held-out] [--show 10]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from headwater.comparison.names import compare_names
from headwater.domain.facts import Annotated, Facts, NameKind, NameMention
from headwater.domain.findings import Effect, Finding
from headwater.domain.spans import MappedText, Span
from headwater.extraction.dates import extract_dates
from headwater.extraction.names import extract_names
from headwater.extraction.quantities import extract_quantities
from headwater.segmentation.clauses import split_clauses
from headwater.text.sentences import split_sentences
from headwater.text.tokens import content_stems

SIBLINGS = 5  # of the same document: as many passages as are read for a claim
NEIGHBOURS = 3  # of the documents before and behind
EACH = 4  # claims of one document: many documents say more than a few long ones
LENGTHS = range(40, 320)  # characters: sentences of prose
CEILING = 1 / 300  # share of claims with an invented contradiction
FLOOR = 0.85  # share of exchanged names that are reported
REPORTED = {Effect.CONTRADICTS, Effect.NOT_STATED, Effect.SHIFTS}


@dataclass(frozen=True)
class Sentence:
    """A sentence with the names that its whole document gives it."""

    text: str
    names: tuple[NameMention, ...]
    stems: frozenset[str]
    document: int
    place: int


def documents(folder: Path, half: str, share: float) -> Iterator[list[Sentence]]:
    """Yield the sentences of prose of each English document of one half."""
    number = 0
    for path in sorted(folder.rglob("*.jsonl.xz")):
        for line in lzma.decompress(path.read_bytes()).decode("utf-8").splitlines():
            record = json.loads(line)
            held_out = hashlib.sha256(record["url"].encode()).digest()[0] % 2 == 1
            if str(record.get("language", "en")).startswith("en") and (
                held_out == (half == "held-out") or half == "all"
            ):
                number += 1
                if random.Random(record["url"]).random() < share:
                    yield list(sentences_of(record["text"][:6_000], number))


def sentences_of(text: str, number: int) -> Iterator[Sentence]:
    names = extract_names(text)
    for place, span in enumerate(split_sentences(text)):
        words = span.slice(text)
        if len(words) in LENGTHS and " | " not in words and words.endswith((".", "!", "”", '"')):
            own = tuple(replace(n, span=n.span.shift(-span.start)) for n in names if span.contains(n.span))
            yield Sentence(words, own, frozenset(content_stems(words)), number, place)


def annotate(text: str, names: tuple[NameMention, ...] | None = None, passage: int | None = None) -> Annotated:
    """Read the facts that the name lane looks at."""
    dates = extract_dates(text)
    quantities = extract_quantities(text, exclude=tuple(mention.span for mention in dates))
    facts = Facts(quantities=quantities, dates=dates, names=extract_names(text) if names is None else names)
    return Annotated(MappedText.identity(text), facts, passage_id=passage)


def most_alike(claim: Sentence, others: Sequence[Sentence], count: int) -> list[Sentence]:
    free = [other for other in others if other.text != claim.text]
    return sorted(free, key=lambda other: -len(other.stems & claim.stems))[:count]


def clauses_of(sentence: Sentence) -> list[Sentence]:
    """Part a sentence into claims, as the product does."""
    clauses = []
    for span in split_clauses(sentence.text, []):
        own = tuple(replace(n, span=n.span.shift(-span.start)) for n in sentence.names if span.contains(n.span))
        clauses.append(replace(sentence, text=span.slice(sentence.text), names=own))
    return clauses


def invented(claim: Sentence, passages: Sequence[Sentence]) -> list[Finding]:
    """Return what the lane says against a claim that nobody wrote wrong."""
    official = [annotate(other.text, passage=at) for at, other in enumerate(passages)]
    return [
        finding
        for finding in compare_names(annotate(claim.text, claim.names), official)
        if finding.effect is Effect.CONTRADICTS
    ]


def restraint(read: Sequence[list[Sentence]], options: argparse.Namespace) -> float:
    rng = random.Random(options.seed)
    order = [at for at, document in enumerate(read) if len(document) > SIBLINGS]
    rng.shuffle(order)
    claims = wrong = 0
    for at in order:
        named = [sentence for sentence in read[at] if sentence.names]
        around = [s for near in (at - 1, at + 1) if 0 <= near < len(read) for s in read[near]]
        for claim in rng.sample(named, min(EACH, len(named))):
            if claims == options.claims:
                break
            claims += 1
            passages = most_alike(claim, read[at], SIBLINGS) + most_alike(claim, around, NEIGHBOURS)
            found = [finding for clause in clauses_of(claim) for finding in invented(clause, passages)]
            wrong += bool(found)
            if found and wrong <= options.show:
                sys.stdout.write(f"\n{claim.text}\n")
                for finding in found:
                    sys.stdout.write(
                        f"    {finding.rule} {finding.claimed.surface}: {passages[finding.passage_id or 0].text}\n"
                    )
    sys.stdout.write(f"claims {claims}; with an invented contradiction {wrong} ({wrong / max(1, claims):.3%})\n")
    return wrong / max(1, claims)


def recall(read: Sequence[list[Sentence]], options: argparse.Namespace) -> float:
    rng = random.Random(options.seed)
    pool: dict[NameKind, list[tuple[str, int]]] = {kind: [] for kind in NameKind}
    for document in read:
        for sentence in document:
            for name in sentence.names:
                pool[name.kind].append((name.surface, sentence.document))
    outcomes: Counter[str] = Counter()
    by_kind: Counter[tuple[str, bool]] = Counter()
    shown = 0
    order = list(range(len(read)))
    rng.shuffle(order)
    for at in order:
        named = [s for s in read[at] if any(n.kind is not NameKind.OFFICE for n in s.names)]
        for sentence in rng.sample(named, min(2, len(named))):
            if sum(outcomes.values()) >= options.swaps:
                break
            name = rng.choice([n for n in sentence.names if n.kind is not NameKind.OFFICE])
            other, source = rng.choice(pool[name.kind])
            passages = [s.text for s in read[at] if abs(s.place - sentence.place) <= 2]
            if source == sentence.document or any(other in text for text in passages):
                continue
            changed = sentence.text[: name.span.start] + other + sentence.text[name.span.end :]
            span = Span(name.span.start, name.span.start + len(other))
            official = [annotate(text, passage=i) for i, text in enumerate(passages)]
            found = [f for f in compare_names(annotate(changed), official) if f.claimed.span.overlaps(span)]
            kinds = (
                sorted(f.kind for f in found if f.effect in REPORTED) or sorted(f.kind for f in found) or ["nothing"]
            )
            reported = any(f.effect in REPORTED for f in found)
            outcomes[kinds[0]] += 1
            by_kind[name.kind.value, reported] += 1
            if not reported and shown < options.show:
                shown += 1
                sys.stdout.write(f"\n{name.surface} -> {other} ({name.kind.value}) {kinds}: {changed}\n")
    total = sum(outcomes.values())
    right = sum(count for (_, reported), count in by_kind.items() if reported)
    sys.stdout.write(
        f"exchanged names {total}; reported {right} ({right / max(1, total):.1%})\n  {dict(outcomes.most_common())}\n"
    )
    for kind in NameKind:
        hits, misses = by_kind[kind.value, True], by_kind[kind.value, False]
        if hits + misses:
            sys.stdout.write(f"  {kind.value:14} {hits} of {hits + misses}\n")
    return right / max(1, total)


def speed(read: Sequence[list[Sentence]]) -> None:
    """Print what one claim against eight passages costs, everything read before."""
    cases = [
        (annotate(d[0].text, d[0].names), [annotate(s.text, passage=i) for i, s in enumerate(d[1:9])])
        for d in read[:400]
        if len(d) > 8
    ]
    for claim, passages in cases:
        compare_names(claim, passages)
    start = time.perf_counter()
    for claim, passages in cases:
        compare_names(claim, passages)
    spent = (time.perf_counter() - start) * 1000 / max(1, len(cases))
    text = "\n".join(s.text for d in read[:100] for s in d)
    start = time.perf_counter()
    extract_names(text)
    extracted = (time.perf_counter() - start) * 1000 / max(1, len(re.findall(r"\w+", text))) * 1000
    sys.stdout.write(f"a claim with eight passages {spent:.2f} ms; a thousand words read {extracted:.1f} ms\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both figures; 1 where one misses its bound."""
    parser = argparse.ArgumentParser(description="Invented contradictions and recall of the name lane.")
    parser.add_argument("--corpus", type=Path, default=Path("fixtures/corpus"))
    parser.add_argument("--claims", type=int, default=3000)
    parser.add_argument("--swaps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20241107)
    parser.add_argument("--half", choices=["develop", "held-out", "all"], default="held-out")
    parser.add_argument("--share", type=float, default=1.0, help="of the documents read")
    parser.add_argument("--show", type=int, default=0, help="cases to print of each")
    options = parser.parse_args(arguments)
    read = list(documents(options.corpus, options.half, options.share))
    speed(read)
    share = restraint(read, options)
    reported = recall(read, options)
    return int(share > CEILING or reported < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
