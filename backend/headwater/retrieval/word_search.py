"""Keeping postings up with the cards, in files beside them, and saying when they may be searched."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

import numpy as np

from headwater.corpus.contract import PassageStore
from headwater.retrieval.cards import CardIndex, Cards
from headwater.retrieval.dense import DenseIndex
from headwater.retrieval.postings import COLUMNS, LATER, LATER_SHARE, Postings, WordSearch
from headwater_embeddings.errors import IndexDamagedError
from headwater_embeddings.index_files import ColumnFiles

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Ready:
    cards: Cards
    index: DenseIndex
    search: WordSearch | None


class WordIndex:
    """The postings of a corpus. Safe to share between threads.

    Args:
        store: The corpus.
        cards: Of its passages.
    """

    def __init__(self, store: PassageStore, cards: CardIndex) -> None:
        folder = store.index_folder
        self._files = None if folder is None else ColumnFiles(folder / "postings", COLUMNS)
        self._cards = cards
        self._lock = threading.Lock()
        self._kept: Postings | None = None
        self._ready: _Ready | None = None
        cards.when_made(self.follow)

    def search_in(self, index: DenseIndex, passages: int) -> WordSearch | None:
        """Return the search over all passages, or None while some of them have no card.

        Args:
            index: The corpus as it is now.
            passages: How many passages there are.
        """
        ready, cards = self._ready, self._cards.latest
        if cards is None or self._kept is None or len(index) != passages:
            return None
        if ready is None or ready.cards is not cards or ready.index is not index:
            with self._lock:
                self._ready = ready = _Ready(cards, index, self._search(cards, index))
        return ready.search

    def follow(self, cards: Cards) -> None:
        """Bring the postings up to the cards: read from their files, or sorted and written anew.

        Args:
            cards: All there are.
        """
        kept = self._kept or self._load(cards)
        if kept is None or len(cards.ids) - len(kept.sizes) > LATER + LATER_SHARE * len(kept.sizes):
            kept = Postings.of(cards)
            self._write(kept)
        self._kept = kept

    def _search(self, cards: Cards, index: DenseIndex) -> WordSearch | None:
        kept = self._kept
        live = np.isin(cards.columns["passages"], index.owners.ids)
        if kept is None or len(kept.sizes) > len(cards.ids) or int(live.sum()) != len(index):
            return None
        return WordSearch(cards, kept, Postings.of(cards, len(kept.sizes)), None if live.all() else live)

    def _load(self, cards: Cards) -> Postings | None:
        if self._files is None:
            return None
        try:
            if not self._files.load() or self._files.facts != self._marks():
                return None
            kept = Postings.of_columns({column.name: self._files.read(column.name) for column in COLUMNS})
        except IndexDamagedError as error:
            _LOG.warning("%s", error)
            self._files = ColumnFiles(self._files.folder, COLUMNS)
            return None
        return kept if self._fits(kept, cards) else None

    def _fits(self, kept: Postings, cards: Cards) -> bool:
        """Say whether postings are those of the cards: whole, and as the first and the last of them have it."""
        if len(kept.sizes) > len(cards.ids) or len(kept.starts) != len(kept.terms) + 1:
            return False
        some = [card for card in (0, len(kept.sizes) - 1) if 0 <= card < len(kept.sizes)]
        return all(self._holds(kept, cards, card) for card in some) and int(kept.starts[-1]) == len(kept.cards)

    @staticmethod
    def _holds(kept: Postings, cards: Cards, card: int) -> bool:
        codes = cards.text_codes(card)
        return len(codes) == kept.sizes[card] and all(card in found for found in kept.find(codes))

    def _write(self, kept: Postings) -> None:
        if self._files is None:
            return
        try:
            with self._files.lock() as is_mine:
                if is_mine:
                    self._files.replace(kept.columns(), self._marks())
        except OSError as error:
            _LOG.warning("postings stay in memory until the next start: %s", error)
            self._files = None

    def _marks(self) -> dict[str, str]:
        return self._cards.marks()
