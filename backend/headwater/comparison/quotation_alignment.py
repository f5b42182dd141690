"""Word alignment of a quotation with official words: seeds, a chain of them, and small grids between.

Cost is linear in both texts: runs of equal words are found through an index of word pairs, at most
`_MOST_RUNS` of them are chained, and only short gaps between them are aligned word by word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from headwater.comparison.quotation_spelling import expansions, is_common, is_inflection, is_spelling_variant

_MOST_RUNS = 96  # chaining is quadratic in runs; a quotation of a page has fewer
_MOST_PLACES = 12  # a word pair that stands in more places than this marks none
_MOST_CELLS = 3000  # of one grid: about a millisecond
_GAP_PRICE = 0.05  # matched words that a skipped word is worth: nearer parts are preferred
_HIGHEST_GAP_PRICE = 3.0  # a part of four words is worth any jump
_UNLIKE_PRICE = 1.04  # of a grammar word replaced by a content word: content faces content where both would do
_MARKED_PRICE = 0.02  # of a word dropped where a mark of omission stands
_JOINED_PRICE = 0.2  # in a grid: nearly the same word
_COMMON_WEIGHT = 0.4  # of a grammar word: it places little
_INSERTED_PRICE = 1.05  # a little more than a dropped word, so that a shared word is kept where both would do
_REACH = 6  # official words read beyond an unmatched beginning or end of the quotation


class Step(StrEnum):
    """How a stretch of the quotation faces a stretch of the official words."""

    SAME = "same"
    VARIANT = "variant"  # one word each: another spelling
    JOINED = "joined"  # the same letters, parted otherwise: "co operation", "cooperation"
    EXPANDED = "expanded"  # "don't", "do not"
    REPLACED = "replaced"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Pairing:
    """A stretch `claimed` of the quotation's words facing a stretch `official`; both half-open word numbers."""

    step: Step
    claimed: tuple[int, int]
    official: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Run:
    claimed: int
    official: int
    length: int
    weight: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """Places that an alignment respects.

    Args:
        breaks: Word numbers of the quotation before which a mark of omission stands: jumps are free there.
        walls: Word numbers of the source before which a sentence ends: no word beyond is read as replaced.
    """

    breaks: frozenset[int] = frozenset()
    walls: frozenset[int] = frozenset()


_UNBOUND = Bounds()


@dataclass(frozen=True, slots=True)
class _Texts:
    """Both texts as folded words, and the marks of omission in ours."""

    claimed: Sequence[str]
    official: Sequence[str]
    breaks: frozenset[int]


def align_words(claimed: Sequence[str], official: Sequence[str], bounds: Bounds = _UNBOUND) -> list[Pairing]:
    """Align the words of a quotation with official words, beginning and end of the official words being free.

    Args:
        claimed: Folded words of the quotation.
        official: Folded words of the source.
        bounds: Marks of omission in the quotation, ends of sentences in the source.

    Returns:
        Pairings that cover the quotation from its first word to its last, in order; empty if no word is shared.
    """
    chain = _chain(_runs(claimed, official, bounds.breaks), bounds.breaks)
    if not chain:
        return []
    texts = _Texts(claimed, official, bounds.breaks)
    first = chain[0]
    low = max(0, first.official - first.claimed - _REACH)
    low = max((wall for wall in range(low, first.official + 1) if wall in bounds.walls), default=low)
    pairings = _grid(texts, (0, first.claimed), (low, first.official), free="start")
    at, facing = first.claimed, first.official
    for run in chain:
        cut = max(at - run.claimed, facing - run.official, 0)
        if cut >= run.length:
            continue
        pairings += _grid(texts, (at, run.claimed + cut), (facing, run.official + cut))
        pairings += [
            Pairing(Step.SAME, (run.claimed + k, run.claimed + k + 1), (run.official + k, run.official + k + 1))
            for k in range(cut, run.length)
        ]
        at, facing = run.claimed + run.length, run.official + run.length
    high = min(len(official), facing + len(claimed) - at + _REACH)
    high = next((wall for wall in range(facing, high) if wall in bounds.walls), high)
    return pairings + _grid(texts, (at, len(claimed)), (facing, high), free="end")


def _runs(claimed: Sequence[str], official: Sequence[str], breaks: frozenset[int]) -> list[_Run]:
    """Find stretches of equal words: two words or more, or one that is rare in the source."""
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    single: dict[str, list[int]] = defaultdict(list)
    wanted = set(claimed)
    previous = ""
    for j, word in enumerate(official):
        if word in wanted:
            single[word].append(j)
            if previous:
                pairs[previous, word].append(j - 1)
            previous = word
        else:
            previous = ""
    runs: list[_Run] = []
    seen: dict[int, int] = {}
    for i, word in enumerate(claimed):
        paired = i + 1 < len(claimed) and i + 1 not in breaks
        places = pairs.get((word, claimed[i + 1]), []) if paired else []
        if len(places) > _MOST_PLACES:
            places = []
        if not places and len(single.get(word, ())) <= 2 and not is_common(word):
            places = single.get(word, [])
        for j in places:
            if seen.get(j - i, 0) > i:
                continue
            run = _extended(claimed, official, (i, j), breaks)
            seen[j - i] = run.claimed + run.length
            runs.append(run)
    if len(runs) > _MOST_RUNS:
        runs = sorted(runs, key=lambda run: -run.weight)[:_MOST_RUNS]
    return sorted(runs, key=lambda run: (run.claimed, run.official))


def _extended(claimed: Sequence[str], official: Sequence[str], place: tuple[int, int], breaks: frozenset[int]) -> _Run:
    """Follow equal words from a place in both texts, up to a mark of omission."""
    i, j = place
    length, weight = 0, 0.0
    while i + length < len(claimed) and j + length < len(official) and claimed[i + length] == official[j + length]:
        if length > 0 and i + length in breaks:
            break
        weight += _COMMON_WEIGHT if is_common(claimed[i + length]) else 1.0
        length += 1
    return _Run(i, j, length, weight)


def _chain(runs: list[_Run], breaks: frozenset[int]) -> list[_Run]:
    """Choose the heaviest sequence of runs that goes forward in both texts."""
    best: list[float] = []
    came: list[int] = []
    for k, run in enumerate(runs):
        value, origin = run.weight, -1
        for p in range(k):
            price = _price(runs[p], run, breaks)
            if price is not None and best[p] + run.weight - price > value:
                value, origin = best[p] + run.weight - price, p
        best.append(value)
        came.append(origin)
    if not best:
        return []
    at = max(range(len(best)), key=best.__getitem__)
    chain = []
    while at >= 0:
        chain.append(runs[at])
        at = came[at]
    return chain[::-1]


def _price(before: _Run, after: _Run, breaks: frozenset[int]) -> float | None:
    """Return what it costs to go from one run to the next, or None where that goes backwards."""
    ahead, beyond = after.claimed - before.claimed, after.official - before.official
    if ahead <= 0 or beyond <= 0:
        return None
    overlap = max(0, before.claimed + before.length - after.claimed, before.official + before.length - after.official)
    if overlap >= after.length:
        return None
    if overlap == 0 and any(at in breaks for at in range(before.claimed + before.length, after.claimed + 1)):
        return 0.0
    return overlap + min(_HIGHEST_GAP_PRICE, abs(beyond - ahead) * _GAP_PRICE)


def _grid(texts: _Texts, ours: tuple[int, int], theirs: tuple[int, int], *, free: str = "") -> list[Pairing]:
    """Align one gap word by word; `free` names the end of the official words that may be left over."""
    a, b = texts.claimed[ours[0] : ours[1]], texts.official[theirs[0] : theirs[1]]
    if not a or not b or len(a) * len(b) > _MOST_CELLS:
        return _unaligned(ours, theirs if not free else (theirs[0], theirs[0]))
    marked = frozenset(at - ours[0] for at in texts.breaks if ours[0] <= at <= ours[1])
    return _Grid(a, b, marked, free_start=free == "start").trace(ours[0], theirs[0], free_end=free == "end")


def _unaligned(ours: tuple[int, int], theirs: tuple[int, int]) -> list[Pairing]:
    if ours[0] == ours[1] and theirs[0] == theirs[1]:
        return []
    if ours[0] == ours[1]:
        return [Pairing(Step.DELETED, ours, theirs)]
    if theirs[0] == theirs[1]:
        return [Pairing(Step.INSERTED, ours, theirs)]
    return [Pairing(Step.REPLACED, ours, theirs)]


_Move = tuple[Step, int, int]


class _Grid:
    """The prices of aligning two short stretches, cell by cell, and the cheapest way to each cell."""

    def __init__(self, ours: Sequence[str], theirs: Sequence[str], marked: frozenset[int], *, free_start: bool) -> None:
        self._ours, self._theirs, self._marked, self._free_start = ours, theirs, marked, free_start
        self._prices = [[0.0 if free_start else float(j) for j in range(len(theirs) + 1)]]
        self._moves: list[list[_Move]] = [[(Step.DELETED, 0, 1)] * (len(theirs) + 1)]
        for i in range(1, len(ours) + 1):
            self._prices.append([i * _INSERTED_PRICE])
            self._moves.append([(Step.INSERTED, 1, 0)])
            for j in range(1, len(theirs) + 1):
                price, move = self._cheapest(i, j)
                self._prices[i].append(price)
                self._moves[i].append(move)

    def _cheapest(self, i: int, j: int) -> tuple[float, _Move]:
        rows, a, b = self._prices, self._ours, self._theirs
        step, price = pair_words(a[i - 1], b[j - 1])
        best, move = rows[i - 1][j - 1] + price, (step, 1, 1)
        if rows[i - 1][j] + _INSERTED_PRICE < best:
            best, move = rows[i - 1][j] + _INSERTED_PRICE, (Step.INSERTED, 1, 0)
        dropped = rows[i][j - 1] + (_MARKED_PRICE if i in self._marked else 1)
        if dropped < best:
            best, move = dropped, (Step.DELETED, 0, 1)
        if i > 1 and rows[i - 2][j - 1] + _JOINED_PRICE < best and (joined := _joined(a[i - 2], a[i - 1], b[j - 1])):
            best, move = rows[i - 2][j - 1] + _JOINED_PRICE, (joined, 2, 1)
        if j > 1 and rows[i - 1][j - 2] + _JOINED_PRICE < best and (joined := _joined(b[j - 2], b[j - 1], a[i - 1])):
            best, move = rows[i - 1][j - 2] + _JOINED_PRICE, (joined, 1, 2)
        return best, move

    def trace(self, start: int, facing: int, *, free_end: bool) -> list[Pairing]:
        """Return the cheapest alignment as pairings.

        Args:
            start: Number of the first of our words in the quotation.
            facing: Number of the first of theirs in the source.
            free_end: Whether the end of theirs may be left over.
        """
        i, j = len(self._ours), len(self._theirs)
        if free_end:
            j = min(range(j, -1, -1), key=self._prices[i].__getitem__)  # of equal prices, the furthest word
        pairings = []
        while i > 0 or (j > 0 and not self._free_start):
            step, back_i, back_j = self._moves[i][j] if i > 0 else (Step.DELETED, 0, 1)
            if j == 0:
                step, back_i, back_j = Step.INSERTED, 1, 0
            pairings.append(Pairing(step, (start + i - back_i, start + i), (facing + j - back_j, facing + j)))
            i, j = i - back_i, j - back_j
        return pairings[::-1]


@lru_cache(maxsize=8192)
def pair_words(ours: str, theirs: str) -> tuple[Step, float]:
    """Say how two single words face each other, and what that costs in a grid: 0 for the same word.

    Args:
        ours: Folded word of the quotation.
        theirs: Folded word of the source.
    """
    if ours == theirs:
        return Step.SAME, 0.0
    if is_spelling_variant(ours, theirs):
        return Step.VARIANT, 0.2
    if is_inflection(ours, theirs):
        return Step.REPLACED, 0.6
    return Step.REPLACED, 1.0 if is_common(ours) == is_common(theirs) else _UNLIKE_PRICE


@lru_cache(maxsize=8192)
def _joined(first: str, second: str, one: str) -> Step | None:
    """Say whether two words stand for one: the same letters, or a contraction written out."""
    if first[0] != one[0]:
        return None
    if first + second == one:
        return Step.JOINED
    if (first, second) in expansions(one):
        return Step.EXPANDED
    return Step.JOINED if is_spelling_variant(first + second, one) else None
