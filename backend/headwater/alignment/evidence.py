"""Which passages face a claim, and how much of its content they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.alignment.content import ContentWord, content_words, held
from headwater.alignment.passages import PassageReader
from headwater.domain.claims import Claim
from headwater.domain.documents import Passage
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.domain.support import Support, SupportLevel
from headwater.domain.verdicts import ScoredPassage

MOST_EVIDENCE = 3  # a sentence of a real rewrite rests on three passages at most (seed gold: A3, A27a, A29a)
LEAST_GAIN = 0.10  # share of the claim that a further passage must add: one content word of ten
LEAST_NEARNESS = 0.5  # of the best passage's similarity: a passage further off shares words, not the matter
FULL = 0.95  # from this a claim is carried; nearness plus coverage
PARTIAL = 0.80  # below this what is shared is the topic
LARGEST_GAP = 0.45  # share of the claim in one run of words that no passage holds, from which a part is not stated


BETWEEN = re.compile(r"[^\d,;:()“”\"]*+")  # what may stand inside one missing run


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
    words = content_words(claim.content.text, claim.content.facts)
    read = [reader.read(hit.passage) for hit in hits]
    matches = [held(words, passage.text) for passage in read]
    chosen = _choose(words, matches, hits)
    covered = {position for index in chosen for position in matches[index]}
    rest = [index for index in range(len(hits)) if index not in chosen]
    return Alignment(
        tuple(read[index] for index in [*chosen, *rest]),
        tuple(hits[index] for index in chosen),
        _support(claim.content.text, words, covered, hits[chosen[0]] if chosen else None),
    )


def _choose(
    words: Sequence[ContentWord], matches: Sequence[frozenset[int]], hits: Sequence[ScoredPassage]
) -> list[int]:
    """Take the passage that is nearest in meaning and words, then what adds to it from the same document.

    A rewrite flows from one document: words gathered from several prove only that they are common.
    """
    total = sum(word.weight for word in words)
    if not total or not hits:
        return []
    own = [sum(words[position].weight for position in match) / total for match in matches]
    first = max(range(len(hits)), key=lambda index: (hits[index].similarity + own[index], -index))
    chosen, covered = [first], set(matches[first])
    while len(chosen) < MOST_EVIDENCE:
        gains = {
            index: sum(words[position].weight for position in matches[index] - covered) / total
            for index in range(len(hits))
            if index not in chosen and _may_join(hits[index], hits[first])
        }
        best = max(gains, key=lambda index: (gains[index], -index), default=None)
        if best is None or gains[best] < LEAST_GAIN:
            break
        chosen.append(best)
        covered |= matches[best]
    return chosen


def _may_join(hit: ScoredPassage, first: ScoredPassage) -> bool:
    one, other = hit.passage.document, first.passage.document
    same = (one.id, one.version) == (other.id, other.version)
    return same and hit.similarity >= LEAST_NEARNESS * first.similarity


def _support(text: str, words: Sequence[ContentWord], covered: set[int], best: ScoredPassage | None) -> Support:
    total = sum(word.weight for word in words)
    if not total:
        return Support(SupportLevel.FULL, 1.0)  # nothing but figures and glue: their lanes decide
    coverage = sum(words[position].weight for position in covered) / total
    missing = _missing(text, words, covered)
    gap = max((sum(word.weight for word in words if span.contains(word.span)) / total for span in missing), default=0.0)
    # Nearness and coverage weigh about the same in a logistic fit on the labelled development pairs.
    return Support(_level((nearness(best) if best else 0.0) + coverage, gap), coverage, missing)


def score_by_words(claim: Claim, passage: Passage) -> ScoredPassage:
    """Return a passage that no search found, with the share of the claim's content words that it holds."""
    words = content_words(claim.content.text, claim.content.facts)
    total = sum(word.weight for word in words)
    share = sum(words[position].weight for position in held(words, passage.text)) / total if total else 0.0
    return ScoredPassage(passage, share**2, None, share)


def nearness(hit: ScoredPassage) -> float:
    """How near a passage is by itself: similarity may have been lifted because its document answers other claims."""
    return hit.similarity if hit.cosine is None else hit.cosine + hit.coverage**2


def _level(nearness: float, gap: float) -> SupportLevel:
    if nearness < PARTIAL:
        return SupportLevel.NONE
    return SupportLevel.FULL if nearness >= FULL and gap < LARGEST_GAP else SupportLevel.PARTIAL


def _missing(text: str, words: Sequence[ContentWord], covered: set[int]) -> tuple[Span, ...]:
    """Runs of content words that no passage holds, with nothing but small words between them."""
    runs: list[Span] = []
    last = -1
    for position, word in enumerate(words):
        if position in covered:
            continue
        between = text[words[last].span.end : word.span.start] if last >= 0 else ""
        if runs and last == position - 1 and BETWEEN.fullmatch(between):
            runs[-1] = Span(runs[-1].start, word.span.end)
        else:
            runs.append(word.span)
        last = position
    return tuple(runs)
