"""Lexical search: what a query's words weigh, and which of them are worth looking up."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headwater.retrieval.words import LETTERS_AFTER_PREFIX, PREFIXES, Codes, code_of, is_figure, name_codes, split_words

FIGURE_WEIGHT = 0.7  # a figure that differs is a finding to show, not a reason to look elsewhere
NAME_WEIGHT = 1.5  # a rewrite exchanges words, hardly ever names
MOST_TERMS = 8  # rarest first; twelve find no more in the end, meaning finding the rest
FEWEST_TERMS = 3
MOST_POSTINGS = 5_000  # passages weighed in one search: recall is the same with 3,000 and 30,000, the time is not
AT_MOST = 100_000  # and never more, but for the rarest word: a tenth of a second at a million passages

_PREFIXED = re.compile(rf"({'|'.join(PREFIXES)})([a-z]{{{LETTERS_AFTER_PREFIX},}}+)")

Frequencies = Callable[[Sequence[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True, eq=False)
class WeighedWords:
    """A query's different words, each with its weight.

    Args:
        codes: Of the words' stems, ascending. Shape: (n,).
        weights: Inverse document frequencies, names and figures adjusted. Shape: (n,).
        names: Codes of the words that are names.
        figures: Codes of the words that are figures.
        terms: The words worth looking up, rarest first.
    """

    codes: Codes
    weights: NDArray[np.float64]
    names: frozenset[int]
    figures: frozenset[int]
    terms: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """Sum of the weights."""
        return float(self.weights.sum())

    def adjust(self, code: int, weight: float) -> float:
        """Return the weight of a word as a name or a figure."""
        if code in self.figures:
            return weight * FIGURE_WEIGHT
        return weight * NAME_WEIGHT if code in self.names else weight


def spellings(word: str) -> tuple[str, ...]:
    """Return a word as the word index may hold it: joined, and parted after a prefix.

    >>> spellings("cooperation"), spellings("turn")
    (('cooperation', 'co-operation'), ('turn',))
    """
    prefixed = _PREFIXED.fullmatch(word)
    return (word, f"{prefixed[1]}-{prefixed[2]}") if prefixed else (word,)


def inverse_frequency(held: float, passages: int) -> float:
    """Return the weight of a word that `held` of all passages hold: BM25's, which is never negative."""
    return math.log1p((passages - held + 0.5) / (held + 0.5))


def weigh_words(
    texts: Sequence[str], frequencies: Frequencies, passages: int, *, unknown: float = 0.0
) -> list[WeighedWords]:
    """Weigh the words of queries, with one look at the index for all of them.

    Args:
        texts: Of the queries, as written.
        frequencies: Gives for each term the number of passages that hold it.
        passages: Number of all passages.
        unknown: Share of the greatest weight given to a word that stands in no passage: 0 in a corpus, where it is a
            slip or a name nobody official uses; 1 in one short text, whose silence is to be felt.
    """
    words = [list(dict.fromkeys(split_words(text))) for text in texts]
    wanted = list(dict.fromkeys(form for each in words for word in each for form in spellings(word)))
    held = frequencies(wanted) if wanted else {}
    most = inverse_frequency(0, passages) * unknown
    return [_weigh(text, each, held, (passages, most)) for text, each in zip(texts, words, strict=True)]


def _weigh(text: str, words: Sequence[str], held: Mapping[str, int], scale: tuple[int, float]) -> WeighedWords:
    passages, unknown = scale
    weights: dict[int, float] = {}
    counted: list[tuple[int, str]] = []
    for word in words:
        forms = [(held.get(form, 0), form) for form in spellings(word)]
        counted += [(count, form) for count, form in forms if count]
        count = min(passages, sum(count for count, _ in forms))
        weights[code_of(word)] = inverse_frequency(count, passages) if count else unknown
    codes = np.fromiter(sorted(weights), dtype=np.uint32, count=len(weights))
    figures = frozenset(code_of(word) for word in words if is_figure(word))
    plain = WeighedWords(codes, np.zeros(0), name_codes(text), figures, _worth_looking_up(counted))
    adjusted = np.array([plain.adjust(int(code), weights[int(code)]) for code in codes])
    return WeighedWords(codes, adjusted, plain.names, figures, plain.terms)


def _worth_looking_up(counted: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    terms: list[str] = []
    postings = 0
    for count, term in sorted(counted)[:MOST_TERMS]:
        postings += count
        if (len(terms) >= FEWEST_TERMS and postings > MOST_POSTINGS) or (terms and postings > AT_MOST):
            break
        terms.append(term)
    return tuple(terms)
