"""Which passages face a claim, and how much of its content they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.alignment.content import ContentWord, content_words, held
from headwater.alignment.passages import PassageReader
from headwater.domain.claims import Claim
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.domain.support import Support, SupportLevel
from headwater.domain.verdicts import ScoredPassage

MOST_EVIDENCE = 3  # a sentence of a real rewrite rests on three passages at most (seed gold: A3, A27a, A29a)
LEAST_GAIN = 0.08  # share of the claim that a further passage must add: one content word of a dozen
FULL = 0.62  # provisional until the verdict gate calibrates it: share of content held from which a claim is carried
PARTIAL = 0.40  # provisional likewise: below this, what is shared is the topic


@dataclass(frozen=True, slots=True)
class Alignment:
    """What faces a claim.

    Args:
        passages: All candidates as comparison sees them: the evidence first, then the rest by relevance.
        evidence: The passages that hold parts of the claim's content, weightiest first.
        support: How far they carry it.
    """

    passages: tuple[Annotated, ...]
    evidence: tuple[ScoredPassage, ...]
    support: Support


def align(claim: Claim, hits: Sequence[ScoredPassage], reader: PassageReader) -> Alignment:
    """Choose the passages that together hold most of a claim's content.

    Args:
        claim: The claim.
        hits: Retrieved passages, best first.
        reader: Reads their facts.
    """
    words = content_words(claim.content.text)
    read = [reader.read(hit.passage) for hit in hits]
    matches = [held(words, passage.text) for passage in read]
    chosen = _choose(words, matches)
    covered = {position for index in chosen for position in matches[index]}
    rest = [index for index in range(len(hits)) if index not in chosen]
    return Alignment(
        tuple(read[index] for index in [*chosen, *rest]),
        tuple(hits[index] for index in chosen),
        _support(words, covered),
    )


def _choose(words: Sequence[ContentWord], matches: Sequence[frozenset[int]]) -> list[int]:
    """Greedily take the passage that adds most; on a tie the one that retrieval put first."""
    total = sum(word.weight for word in words)
    chosen: list[int] = []
    covered: set[int] = set()
    while total and len(chosen) < MOST_EVIDENCE:
        gains = [sum(words[p].weight for p in match - covered) / total for match in matches]
        best = max(range(len(gains)), key=lambda index: (gains[index], -index), default=None)
        if best is None or gains[best] < LEAST_GAIN:
            break
        chosen.append(best)
        covered |= matches[best]
    return chosen


def _support(words: Sequence[ContentWord], covered: set[int]) -> Support:
    total = sum(word.weight for word in words)
    if not total:
        return Support(SupportLevel.FULL, 1.0)  # nothing but figures and glue: their lanes decide
    coverage = sum(words[position].weight for position in covered) / total
    level = (
        SupportLevel.FULL if coverage >= FULL else SupportLevel.PARTIAL if coverage >= PARTIAL else SupportLevel.NONE
    )
    return Support(level, coverage, _missing(words, covered))


def _missing(words: Sequence[ContentWord], covered: set[int]) -> tuple[Span, ...]:
    """Runs of neighbouring content words that no passage holds, as spans."""
    runs: list[Span] = []
    for position, word in enumerate(words):
        if position in covered:
            continue
        if runs and position - 1 not in covered and position and runs[-1].end == words[position - 1].span.end:
            runs[-1] = Span(runs[-1].start, word.span.end)
        else:
            runs.append(word.span)
    return tuple(runs)
