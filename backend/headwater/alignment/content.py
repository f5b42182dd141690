"""The words of a claim that carry its content, weighed by how rare they are in official English."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from headwater.domain.spans import Span
from headwater.text.tokens import STOPWORDS, TokenKind, stem, tokenise

UNSEEN_WEIGHT_FACTOR = 1.0  # a word in no official document weighs as much as one seen once
NAME_FACTOR = 1.5  # a name missing from the source weighs more than an adjective


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A content word of a claim: its span in the claim's working text, its stem, and its weight."""

    span: Span
    stem: str
    weight: float


def content_words(text: str) -> tuple[ContentWord, ...]:
    """Return the words of a text that carry content, in order; figures are their own lane's business."""
    words = []
    for token in tokenise(text):
        lower = token.text.lower()
        if token.kind is not TokenKind.WORD or lower in STOPWORDS:
            continue
        root = stem(lower)
        factor = NAME_FACTOR if token.text[0].isupper() and token.span.start > 0 else 1.0
        words.append(ContentWord(token.span, root, rarity(root) * factor))
    return tuple(words)


def held(words: Sequence[ContentWord], passage: str) -> frozenset[int]:
    """Return the positions of the words whose stem, or a synonym of it, stands in a passage."""
    stems = {stem(token.text.lower()) for token in tokenise(passage) if token.kind is TokenKind.WORD}
    return frozenset(position for position, word in enumerate(words) if word.stem in stems)


def rarity(root: str) -> float:
    """Return the inverse document frequency of a stem over the shipped official documents."""
    documents, table = frequencies()
    return math.log((documents + 1) / (table.get(root, UNSEEN_WEIGHT_FACTOR) + 0.5))


@cache
def frequencies() -> tuple[int, dict[str, int]]:
    """Return the number of passages counted and, by stem, how many of them hold it."""
    lines = (Path(__file__).parent / "frequencies.tsv").read_text("utf-8").splitlines()
    counted = int(lines[0].split("\t")[1])
    return counted, {root: int(count) for root, count in (line.split("\t") for line in lines[1:])}
