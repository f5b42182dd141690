"""Postings: which passages hold a word, made from the cards; lexical search without asking the database.

The passages of a word lie together in a mapped array. Passages whose cards came later are sorted in memory until they
are many enough for the files to be written anew. They serve only while every passage of the corpus has its card;
otherwise the word index of the database is asked, which is always whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headwater.corpus.contract import Ids
from headwater.retrieval.cards import IN_TEXT, Cards
from headwater.retrieval.lexical import WeighedWords
from headwater.retrieval.words import code_of
from headwater_embeddings.index_files import Column

COLUMNS = (
    Column("terms", "<u4"),
    Column("starts", "<i8"),
    Column("cards", "<i4", is_summed=False),
    Column("sizes", "<i4"),
)
MOST_POSTINGS = 30_000  # passages weighed in one search, rarest words first; half a millisecond
FEWEST_TERMS = 3  # words looked up even where they are more
MOST_OF_A_TERM = 300_000  # a word that more passages hold is not looked up at all: it chooses nothing
FEW_CARDS = 8  # cards for each posting, up to which all are counted; from there on sorting is faster
TERM_BITS = 10  # words of a query looked up at most, as a power of two
SATURATION, LENGTH_SHARE = 1.2, 0.75  # BM25's k1 and b, each word counted once
LATER_SHARE, LATER = 0.05, 20_000  # cards sorted in memory, from which on the files are written anew

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Postings:
    """The passages of each word, by card.

    Args:
        terms: Codes of the words, ascending. Shape: (t,).
        starts: Where the cards of each begin in `cards`. Shape: (t + 1,).
        cards: Ascending for each word. Shape: (any,).
        sizes: Words of each card's passage. Shape: (n,).
    """

    terms: NDArray[np.uint32]
    starts: Ids
    cards: NDArray[np.int32]
    sizes: NDArray[np.int32]

    @classmethod
    def of(cls, cards: Cards, start: int = 0) -> Postings:
        """Sort the words of some cards.

        Args:
            cards: All there are.
            start: The first that is wanted.
        """
        first = int(cards.ends[start])
        is_text = cards.columns["places"][first:] == IN_TEXT
        codes = cards.columns["codes"][first:][is_text]
        lengths = np.diff(cards.ends[start:])
        owners = np.repeat(np.arange(start, start + len(lengths), dtype=np.int32), lengths)[is_text]
        order = np.argsort(codes, kind="stable")
        terms, starts = np.unique(codes[order], return_index=True)
        sizes = np.bincount(owners - start, minlength=len(lengths)).astype(np.int32)
        return cls(terms, np.append(starts, len(codes)).astype(np.int64), owners[order], sizes)

    @classmethod
    def of_columns(cls, columns: Mapping[str, NDArray[Any]]) -> Postings:
        """Return postings as they were written."""
        terms, starts = np.array(columns["terms"]), np.array(columns["starts"])
        return cls(terms, starts, np.asarray(columns["cards"]), np.array(columns["sizes"]))

    @cached_property
    def average(self) -> float:
        """Words of a passage on average, one at least."""
        return max(1.0, float(self.sizes.mean())) if len(self.sizes) else 1.0

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the arrays to write."""
        return {"terms": self.terms, "starts": self.starts, "cards": self.cards, "sizes": self.sizes}

    def find(self, codes: NDArray[np.uint32]) -> list[NDArray[np.int32]]:
        """Return the cards of each word.

        Args:
            codes: Of words. Shape: (n,).
        """
        nothing = np.zeros(0, dtype=np.int32)
        if not len(self.terms):
            return [nothing for _ in codes]
        places = np.minimum(np.searchsorted(self.terms, codes), len(self.terms) - 1)
        return [
            self.cards[self.starts[place] : self.starts[place + 1]] if self.terms[place] == code else nothing
            for place, code in zip(places.tolist(), codes, strict=True)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class WordSearch:
    """Lexical search over all passages of a corpus.

    Args:
        cards: Of the passages.
        kept: Postings as they lie in the files.
        later: Postings of the cards behind them.
        live: Which cards' passages are still stored, or None for all. Shape: (cards,).
    """

    cards: Cards
    kept: Postings
    later: Postings
    live: Mask | None

    def search(self, words: WeighedWords, limit: int, versions: Ids | None = None) -> list[int]:
        """Return the passages that hold most of a query by weight, best first.

        Args:
            words: Of the query.
            limit: How many at most.
            versions: Row numbers of those that may be answered, ascending, or None for all. Shape: (any,).
        """
        found, terms, weighed = self._look_up(words)
        if versions is not None or self.live is not None:
            allowed = self._allowed(found, versions)
            found, terms = found[allowed], terms[allowed]
        if not len(found):
            return []
        cards, sums = self._sums(found, terms, weighed)
        weights = sums / (1 + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * self._relative(cards)))
        best = np.argpartition(-weights, min(limit, len(cards)) - 1)[:limit]
        best = best[np.lexsort((cards[best], -weights[best]))]
        ids = self.cards.columns["passages"][cards[best]]
        return [int(one) for one in ids]

    def _sums(
        self, found: NDArray[np.int32], terms: Ids, weighed: NDArray[np.float64]
    ) -> tuple[NDArray[Any], NDArray[np.float64]]:
        """Return the different cards found, ascending, and the sum of the weights of each one's words."""
        if len(self.kept.sizes) + len(self.later.sizes) <= FEW_CARDS * len(found):
            every = np.bincount(found, weighed[terms])  # one counter for every card: where those fit into the cache
            cards = np.flatnonzero(every)  # weights are above 0
            return cards, np.asarray(every[cards], dtype=np.float64)
        order = np.sort(found.astype(np.int64) << TERM_BITS | terms)
        found, terms = order >> TERM_BITS, order & ((1 << TERM_BITS) - 1)
        firsts = np.flatnonzero(np.concatenate([np.ones(1, dtype=np.bool_), found[1:] != found[:-1]]))
        return found[firsts], np.add.reduceat(weighed[terms], firsts)

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return for each term in how many passages it stands; both spellings of a word are one word here.

        Args:
            terms: Words of `split_words`, and spellings of them with a hyphen, which count 0.
        """
        plain = [term for term in terms if "-" not in term]
        codes = np.array([code_of(term) for term in plain], dtype=np.uint32)
        held = zip(plain, self.kept.find(codes), self.later.find(codes), strict=True)
        return dict.fromkeys(terms, 0) | {term: len(kept) + len(later) for term, kept, later in held}

    def _look_up(self, words: WeighedWords) -> tuple[NDArray[np.int32], Ids, NDArray[np.float64]]:
        """Return the cards of the words worth it, the rank of the word each is of, and the weights of the words."""
        kept, later = self.kept.find(words.codes), self.later.find(words.codes)
        held = np.array([len(one) + len(other) for one, other in zip(kept, later, strict=True)], dtype=np.int64)
        worth = np.flatnonzero((held > 0) & (held <= MOST_OF_A_TERM) & (words.weights > 0))
        worth = worth[np.argsort(held[worth], kind="stable")][: 1 << TERM_BITS]
        fits = np.cumsum(held[worth]) <= MOST_POSTINGS
        worth = worth[: max(FEWEST_TERMS, int(fits.sum()))]
        found = [np.zeros(0, dtype=np.int32), *(part for place in worth for part in (kept[place], later[place]))]
        return np.concatenate(found), np.repeat(np.arange(len(worth)), held[worth]), words.weights[worth]

    def _allowed(self, cards: NDArray[np.int32], versions: Ids | None) -> Mask:
        allowed = np.ones(len(cards), dtype=np.bool_) if self.live is None else self.live[cards]
        if versions is not None:
            allowed &= np.isin(self.cards.columns["versions"][cards], versions)
        return allowed

    def _relative(self, cards: NDArray[Any]) -> NDArray[np.float64]:
        kept = len(self.kept.sizes)
        sizes = np.empty(len(cards), dtype=np.float64)
        behind = cards >= kept
        sizes[~behind] = self.kept.sizes[cards[~behind]]
        sizes[behind] = self.later.sizes[cards[behind] - kept]
        return sizes / (self.kept.average if kept else self.later.average)
