"""The words of a claim that carry its content, weighed by how rare they are in official English."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from headwater.domain.facts import Facts
from headwater.domain.spans import Span
from headwater.text.tokens import TokenKind, content_stems, stems, tokenise

REMEMBERED = 1024  # passages; an article meets a few hundred
MOST_RARITY = 7.0  # one paragraph in a thousand: beyond that rarity says more about the corpus than about the claim
NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A content word of a claim: its span in the claim's working text, the stems of its parts, and its weight."""

    span: Span
    stems: tuple[str, ...]
    weight: float


def content_words(text: str, facts: Facts = NO_FACTS) -> tuple[ContentWord, ...]:
    """Return the words of a text that carry content, in order.

    Args:
        text: Working text.
        facts: Its facts; words of a figure, of its hedge or of a date are left to their own lanes.
    """
    spans = [quantity.span for quantity in facts.quantities] + [mention.span for mention in facts.dates]
    hedges = {word for quantity in facts.quantities for word in quantity.qualifier_surface.lower().split()}
    found = []
    for token in tokenise(text):
        if (
            token.kind is not TokenKind.WORD
            or token.text.lower() in hedges
            or any(s.overlaps(token.span) for s in spans)
        ):
            continue
        parts = content_stems(token.text)
        if parts:
            weight = max(rarity(part) for part in parts)
            found.append(ContentWord(token.span, parts, weight))
    return tuple(found)


def held(words: Sequence[ContentWord], passage: str) -> frozenset[int]:
    """Return the positions of the words that stand in a passage, in whatever inflection."""
    present = _stems_of(passage)
    return frozenset(position for position, word in enumerate(words) if present.issuperset(word.stems))


@lru_cache(maxsize=REMEMBERED)
def _stems_of(passage: str) -> frozenset[str]:
    """Stem a passage once: every claim of a text meets the same few."""
    return frozenset(stems(passage))


def rarity(root: str) -> float:
    """Return the inverse document frequency of a stem over the shipped official documents."""
    paragraphs, table = frequencies()
    return min(MOST_RARITY, math.log((paragraphs + 1) / (table.get(root, 0) + 0.5)))


@cache
def frequencies() -> tuple[int, dict[str, int]]:
    """Return the number of paragraphs counted and, by stem, how many of them hold it."""
    lines = (Path(__file__).parent / "frequencies.tsv").read_text("utf-8").splitlines()
    counted = int(lines[0].split("\t")[1])
    return counted, {root: int(count) for root, count in (line.split("\t") for line in lines[1:])}
