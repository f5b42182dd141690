"""Cards: what scoring has to know of a passage, worked out once and kept in a mapped file beside the index.

To read a hundred and fifty candidates and split and stem their words takes longer than all the searching. A card holds
the codes of a passage's words, those around them marked, so that a candidate is a few slices of a mapped array. Cards
are of use and never needed: passages without one are read and coded as they come. They are void when the splitting of
words changes, and a card is passed over when the title it was made with has changed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import Stemmer
from numpy.typing import NDArray

from headwater.corpus.contract import Ids, PassageStore, VersionFacts
from headwater.domain.documents import Passage
from headwater.retrieval import candidates, words
from headwater.retrieval.beside import start_beside
from headwater.retrieval.candidates import Candidate, key_of, to_candidate
from headwater.retrieval.dense import Owners
from headwater.retrieval.words import Codes
from headwater_embeddings.errors import IndexDamagedError
from headwater_embeddings.index_files import Column, ColumnFiles

PART = 1_000  # passages read and coded at once: a tenth of a second, which is what is lost when the process ends
AT_ONCE = 2_000  # new passages whose cards are made while a search waits; more are made beside the searches
IN_TEXT, VOICED, AROUND = 0, 1, 2  # where a word stands; each holds the ones before

COLUMNS = (
    Column("passages", "<i8"),
    Column("versions", "<i8"),
    Column("keys", "<i8"),
    Column("lines", "<u4"),
    Column("headings", "<u1"),
    Column("lengths", "<i4"),
    Column("codes", "<u4", is_summed=False),
    Column("places", "<u1", is_summed=False),
)

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Cards:
    """Cards as read from their files.

    Args:
        ids: Of the passages, ascending. Shape: (n,).
        order: Where the card of each lies. Shape: (n,).
        ends: Where the words of each card end, in the order of the files. Shape: (n + 1,), from 0.
        columns: The arrays of the files by name.
    """

    ids: Ids
    order: NDArray[np.intp]
    ends: Ids
    columns: Mapping[str, NDArray[Any]]

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> Cards:
        """Return the cards of some arrays."""
        columns = {name: np.asarray(column) for name, column in columns.items()}  # slices of plain arrays are faster
        ids = np.array(columns["passages"], dtype=np.int64)
        order = np.argsort(ids, kind="stable")
        ends = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(columns["lengths"], dtype=np.int64)])
        return cls(ids[order], order, ends, columns)

    def find(self, ids: Sequence[int]) -> dict[int, int]:
        """Return where the cards of some passages lie; those that have none are left out."""
        if not len(self.ids) or not len(ids):
            return {}
        wanted = np.asarray(ids, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        there = self.ids[places] == wanted
        return dict(zip(wanted[there].tolist(), self.order[places[there]].tolist(), strict=True))

    def text_codes(self, card: int) -> NDArray[np.uint32]:
        """Return the codes of the words in a card's passage, ascending."""
        part = slice(int(self.ends[card]), int(self.ends[card + 1]))
        return np.asarray(self.columns["codes"][part][self.columns["places"][part] == IN_TEXT])

    def candidates(self, cards: Mapping[int, int], facts: Mapping[int, VersionFacts]) -> dict[int, Candidate]:
        """Return the candidates of cards; those whose document is called otherwise now are left out.

        Args:
            cards: Where the card of each passage lies.
            facts: Of the version of each card's passage, by card; those without are left out.
        """
        known = [(passage, card, facts[card]) for passage, card in cards.items() if card in facts]
        places = np.array([card for _, card, _ in known], dtype=np.int64)
        lines, headings, keys = (self.columns[name][places].tolist() for name in ("lines", "headings", "keys"))
        return {
            passage: Candidate(
                codes,
                voiced,
                around=around,
                is_heading=bool(heading),
                document=of.document,
                version=of.number,
                copy_of=hash((of.document, key)),
                days=of.days,
            )
            for (passage, _, of), line, heading, key, (codes, voiced, around) in zip(
                known, lines, headings, keys, self._parts(places), strict=True
            )
            if line == _line(of.title, of.speaker)
        }

    def _parts(self, cards: Ids) -> Iterator[tuple[Codes, Codes, Codes]]:
        """Yield the codes of each card's words: in the passage, with those that voice it, with all around it."""
        starts, ends = self.ends[cards], self.ends[cards + 1]
        lengths = ends - starts
        shifts = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        places = shifts + np.arange(len(shifts))  # of all cards' words: one look into the file instead of one a card
        codes, standing = self.columns["codes"][places], self.columns["places"][places]
        owners = np.repeat(np.arange(len(cards)), lengths)
        inside, voiced = (_split(codes, owners, standing <= most, len(cards)) for most in (IN_TEXT, VOICED))
        stored = self.columns["codes"]
        whole = (stored[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True))
        yield from zip(inside, voiced, whole, strict=True)


def _split(codes: Codes, owners: NDArray[np.intp], wanted: NDArray[np.bool_], count: int) -> Iterator[Codes]:
    """Yield those codes of each of so many owners that are wanted."""
    kept = codes[wanted]
    ends = np.cumsum(np.bincount(owners[wanted], minlength=count)).tolist()
    return (kept[start:end] for start, end in pairwise((0, *ends)))


class CardIndex:
    """The cards of a corpus. Safe to share between threads.

    Args:
        store: The corpus.
    """

    def __init__(self, store: PassageStore) -> None:
        self._store = store
        folder = store.index_folder
        self._files = None if folder is None else ColumnFiles(folder / "cards", COLUMNS)
        self._lock = threading.Lock()
        self._cards: Cards | None = None
        self._change = ""
        self._facts: dict[int, VersionFacts] = {}
        self._distrusted = False  # the files were found damaged after cards had been read from them
        self._hear: Callable[[Cards], None] = lambda _: None
        self._beside: threading.Thread | None = None  # makes cards beside the searches

    @property
    def latest(self) -> Cards | None:
        """The cards there are, or None before the first were asked for."""
        return self._cards

    def when_made(self, hear: Callable[[Cards], None]) -> None:
        """Have somebody told whenever missing cards have been made; in the thread that made them."""
        self._hear = hear

    def get(self, ids: Sequence[int], change: str) -> dict[int, Candidate]:
        """Return the candidates of those passages that have a card.

        Args:
            ids: Of passages.
            change: Change number of the corpus.
        """
        cards = self._cards
        if cards is None:
            return {}
        found = cards.find(ids)
        versions = cards.columns["versions"]
        facts = self._facts_of({card: int(versions[card]) for card in found.values()}, change)
        return cards.candidates(found, facts)

    def wait(self) -> None:
        """Return when no cards are being made beside the searches."""
        if (beside := self._beside) is not None:
            beside.join()

    def verify(self) -> bool:
        """Read the files whole, and say whether they are as they were written; else all cards are made again.

        Raises:
            OSError: If they cannot be read.
        """
        files = self._files
        if files is None or self._cards is None:
            return True
        try:
            files.verify()
        except IndexDamagedError as error:
            _LOG.warning("%s", error)
            with self._lock:
                self._cards, self._distrusted = None, True
            return False
        return True

    def follow(self, owners: Owners) -> bool:
        """Make the cards that are missing: few at once, many in a thread beside the searches.

        Args:
            owners: All passages that are to have one.

        Returns:
            bool: False while others are being made, and these have to be asked for again.
        """
        if self._files is None:
            return True
        if not self._lock.acquire(blocking=False):
            return False
        beside = False
        try:
            if self._cards is None:
                self._cards = self._open(self._files)
            held = np.isin(owners.ids, self._cards.ids)
            missing = (
                owners if not held.any() else Owners(owners.ids[~held], owners.versions[~held], owners.rows[~held])
            )
            beside = len(missing.ids) > AT_ONCE
            if beside:
                self._beside = start_beside(partial(self._make_and_release, missing), "cards")
            else:
                self._make(missing)
        finally:
            if not beside:
                self._lock.release()
        return True

    def _make_and_release(self, missing: Owners, ending: threading.Event) -> None:
        try:
            self._make(missing, ending)
        finally:
            self._lock.release()

    def _make(self, missing: Owners, ending: threading.Event | None = None) -> None:
        if self._files is not None and len(missing.ids):
            self._write(self._files, missing, ending or threading.Event())
        if self._cards is not None:
            self._hear(self._cards)

    def _write(self, files: ColumnFiles, missing: Owners, ending: threading.Event) -> None:
        try:
            with files.lock() as is_mine:
                if not is_mine or (files.facts and not files.is_current()):
                    return  # another process makes them
                for start in range(0, len(missing.ids), PART):
                    if ending.is_set():
                        return  # the next program goes on with the rest
                    part = slice(start, start + PART)
                    parts = _to_columns(self._store.passages(missing.ids[part].tolist()))
                    versions = dict(zip(missing.ids[part].tolist(), missing.versions[part].tolist(), strict=True))
                    parts["versions"] = _column((versions[one] for one in parts["passages"].tolist()), "<i8")
                    write = files.append if files.facts else files.replace
                    write(parts, self.marks())
                    if start // PART % 20 == 19:
                        self._cards = self._read(files)
                self._cards = self._read(files)
        except (OSError, IndexDamagedError) as error:
            self._files = None
            _LOG.warning("words of passages are not kept beside the index: %s", error)

    def _open(self, files: ColumnFiles) -> Cards:
        try:
            if not self._distrusted and files.load() and files.facts == self.marks():
                return self._read(files)
        except IndexDamagedError as error:
            _LOG.warning("%s", error)
        self._distrusted = False
        self._files = ColumnFiles(files.folder, COLUMNS)  # what is there is void, and the first write replaces it
        return Cards.of({column.name: np.zeros(0, dtype=column.dtype) for column in COLUMNS})

    def _read(self, files: ColumnFiles) -> Cards:
        return Cards.of({column.name: files.read(column.name) for column in COLUMNS})

    def marks(self) -> dict[str, str]:
        """Return what the files have to be of to be of use: this corpus, and this way of coding words."""
        return {"source": self._store.identity(), "recipe": _recipe()}

    def _facts_of(self, versions: Mapping[int, int], change: str) -> dict[int, VersionFacts]:
        if change != self._change:
            self._facts, self._change = {}, change
        facts = self._facts
        missing = {version for version in versions.values() if version not in facts}
        if missing:
            facts |= self._store.version_facts(sorted(missing))
        return {card: facts[version] for card, version in versions.items() if version in facts}


def _to_columns(passages: Mapping[int, Passage]) -> dict[str, NDArray[Any]]:
    made = [(passage, to_candidate(passage)) for passage in passages.values()]
    places = [_places(candidate) for _, candidate in made]
    return {
        "passages": _column((passage.id for passage, _ in made), "<i8"),
        "keys": _column((key_of(passage.text) for passage, _ in made), "<i8"),
        "lines": _column((_line(passage.document.title, passage.document.speaker) for passage, _ in made), "<u4"),
        "headings": _column((candidate.is_heading for _, candidate in made), "<u1"),
        "lengths": _column((len(candidate.around) for _, candidate in made), "<i4"),
        "codes": np.concatenate([np.zeros(0, dtype=np.uint32), *(candidate.around for _, candidate in made)]),
        "places": np.concatenate([np.zeros(0, dtype=np.uint8), *places]),
    }


def _column(values: Iterable[int], dtype: str) -> NDArray[Any]:
    return np.array(list(values), dtype=dtype)


def _places(candidate: Candidate) -> NDArray[np.uint8]:
    places = np.full(len(candidate.around), AROUND, dtype=np.uint8)
    places[np.searchsorted(candidate.around, candidate.voiced)] = VOICED
    places[np.searchsorted(candidate.around, candidate.codes)] = IN_TEXT
    return places


@lru_cache(maxsize=words.KNOWN_LINES)
def _line(title: str, speaker: str) -> int:
    return crc32(f"{title}\0{speaker}".encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1)
def _recipe() -> str:
    """Return what changes whenever a passage might be coded otherwise: the code that does it, and the stemmer."""
    digest = blake2b(str(Stemmer.version()).encode(), digest_size=16)
    for module in (words, candidates):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()
