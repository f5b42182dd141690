"""A claim's sentence laid beside the official one that it rewords lightly, word by word: what stayed, and what did not.

Most shifts of meaning keep nearly every official word and change one: "may" to "will", "many" to "all". Laid side by
side, the words that both have leave gaps, and what stands in a gap on either side is what was changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from headwater.comparison.statements import TEXTS_REMEMBERED, Statement, Term, read_statements
from headwater.comparison.telling import parts
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.extraction.modality_cues import listed as cue_words

FIGURE = 1.5  # weight of a figure: it tells as much as a name
STEP = 0.03  # what an official word passed over costs: of two places the nearer one is meant
TOLD = 0.5  # share of a claim's content an official sentence must hold to be laid beside it
READ = 3  # passages: a sentence of a farther one is hardly the claim's
VERBATIM = 0.9  # share of a claim's content from which an official sentence is the claim's own
TRIED = 2  # official sentences of a passage laid beside one of the claim's: the rest hold less
MOST = 60  # matching content words of two sentences; more of them are a list
REPORTED = 7  # words of "the health secretary Ada Obi told MPs"


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of both sides that stand between the same two words and are not the same.

    Args:
        ours: Indices of the claim's words.
        theirs: Indices of the official ones.
        left: The words that both have before, as (claim's index, official index); None at the beginning.
        right: And those behind; None at the end. Official words outside the stretch laid beside are left out.
    """

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    left: tuple[int, int] | None
    right: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Facing:
    """Two sentences laid side by side.

    Args:
        ours: The claim's.
        theirs: The official one.
        matched: The official word that each of the claim's is, by index; some stand in another order.
        chain: Those of them that stand in one order, words that tell nothing by themselves among them.
        coverage: Share of the claim's content that is matched, from 0 to 1; who reports it is left out.
        reported: The claim's words, by index, of who reports it.
        told: What the claim's content weighs.
    """

    ours: Statement
    theirs: Statement
    matched: Mapping[int, int]
    chain: tuple[tuple[int, int], ...]
    coverage: float
    reported: frozenset[int]
    told: float = 0.0

    def coverage_without(self, *left_out: int) -> float:
        """Return the share of the claim's content that is matched, some words of it left out.

        Args:
            *left_out: Indices of the claim's words that are known to be others.
        """
        less = sum(weight_of(self.ours.words[at]) for at in left_out if at not in self.matched)
        return self.coverage * self.told / (self.told - less) if self.told > less else 0.0

    def gaps(self) -> Iterator[Gap]:
        """Yield what is not the same, in order; words that only stand elsewhere are left out."""
        held, taken = self.matched.keys(), set(self.matched.values())
        before: tuple[int, int] | None = None
        for after in (*self.chain, None):
            first, other = before if before else (-1, self.chain[0][1] - 1)
            last, end = after if after else (len(self.ours.words), other + 1)
            ours = tuple(at for at in range(first + 1, last) if at not in held)
            theirs = tuple(at for at in range(other + 1, end) if at not in taken)
            if ours or theirs:
                yield Gap(ours, theirs, before, after)
            before = after


def weight_of(word: Term) -> float:
    """Return what a word tells.

    Args:
        word: Of a statement.
    """
    return FIGURE if word.figure else word.weight if word.key else 0.0


@lru_cache(maxsize=TEXTS_REMEMBERED)
def face(claim: str, passage: str) -> tuple[Facing, ...]:
    """Lay each sentence of a claim beside the official sentence that holds most of it, where one holds half.

    Args:
        claim: Working text.
        passage: Official working text.

    Returns:
        At most one for each sentence of the claim, in order.

    >>> (faced,) = face("All residents of the home will move.", "Many residents of the home will move in May.")
    >>> [[faced.ours.words[at].text for at in gap.ours] for gap in faced.gaps()]
    [['all']]
    """
    return tuple(faced for statement in read_statements(claim) if (faced := _best(claim, statement, passage)))


def stands_elsewhere(claim: Annotated, passages: Sequence[Annotated], finding: Finding) -> bool:
    """Say whether another official sentence than the one a finding points into has the claim, word for word there.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
        finding: About a difference.
    """
    where = claim.mapped.to_working(finding.claimed.span.shift(-claim.offset))
    for passage in passages[:READ]:
        for faced in face(claim.text, passage.text):
            inside = [at for at, word in enumerate(faced.ours.words) if where.overlaps(word.span)]
            chain = dict(faced.chain)
            if faced.coverage >= VERBATIM and inside and _is_word_for_word(faced, chain, inside):
                official = passage.side(faced.theirs.span).span
                if finding.official is None or not official.overlaps(finding.official.span):
                    return True
    return False


def _is_word_for_word(faced: Facing, chain: Mapping[int, int], inside: Sequence[int]) -> bool:
    """Say whether the official sentence has some words of the claim just so, and the word before them."""
    ours, theirs = faced.ours.words, faced.theirs.words
    first = max(0, inside[0] - 1)
    there = [chain.get(at, -1) for at in range(first, inside[-1] + 1)]
    run = there[0] >= 0 and there == list(range(there[0], there[0] + len(there)))
    return run and all(
        ours[at].text == theirs[other].text for at, other in zip(inside, there[-len(inside) :], strict=True)
    )


def _best(claim: str, statement: Statement, passage: str) -> Facing | None:
    reported = _reporting(claim, statement)
    told = {word.key: word.weight for at, word in enumerate(statement.words) if word.key and at not in reported}
    total = sum(told.values())
    found = [
        (sum(heavy for key, heavy in told.items() if key in official.told) / total, official)
        for official in read_statements(passage)
        if total
    ]
    tried = sorted((one for one in found if one[0] >= TOLD), key=lambda one: -one[0])[:TRIED]
    laid = [_lay(statement, official, reported) for _, official in tried]
    return max(laid, key=_closeness, default=None)


def _closeness(faced: Facing) -> float:
    inside = faced.chain[-1][1] - faced.chain[0][1] if faced.chain else 0
    return sum(weight_of(faced.ours.words[at]) for at, _ in faced.chain) - STEP * inside


def _lay(statement: Statement, official: Statement, reported: frozenset[int]) -> Facing:
    points = list(_points(statement, official))[:MOST]
    chain = _chain(points)
    matched = dict(chain)
    for ours, theirs, _ in points:
        if ours not in matched and theirs not in matched.values():
            matched[ours] = theirs
    told = [at for at, word in enumerate(statement.words) if weight_of(word) and at not in reported]
    total = sum(weight_of(statement.words[at]) for at in told)
    held = sum(weight_of(statement.words[at]) for at in told if at in matched)
    whole = tuple(_with_small_words(statement.words, official.words, chain))
    return Facing(
        statement, official, {**matched, **dict(whole)}, whole, held / total if total else 0.0, reported, total
    )


def _points(statement: Statement, official: Statement) -> Iterator[tuple[int, int, float]]:
    """Yield the places where both have the same word that tells something, in the order of the claim's."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(official.words):
        for key in _keys(word):
            places.setdefault(key, []).append(at)
    for at, word in enumerate(statement.words):
        for other in sorted({place for key in _keys(word) for place in places.get(key, ())}):
            yield at, other, weight_of(word)


def _keys(word: Term) -> tuple[str, ...]:
    if word.figure:
        return (f"#{word.event}",)
    return (word.key, f"~{word.event}") if word.key else ()


def _chain(points: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Return the weightiest of the matching places that stand in one order on both sides."""
    best: list[tuple[float, int]] = []
    for at, (ours, theirs, heavy) in enumerate(points):
        before = [
            (best[one][0] - STEP * (theirs - points[one][1]), one)
            for one in range(at)
            if points[one][0] < ours and points[one][1] < theirs
        ]
        most, link = max(before, default=(0.0, -1))
        best.append((heavy + max(most, 0.0), link if most > 0 else -1))
    found: list[tuple[int, int]] = []
    at = max(range(len(best)), key=lambda one: best[one][0], default=-1)
    while at >= 0:
        found.append(points[at][:2])
        at = best[at][1]
    return found[::-1]


def _with_small_words(
    ours: Sequence[Term], theirs: Sequence[Term], chain: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Add the words between two matched ones that both sides have there: "of the", "will be"."""
    if not chain:
        return
    begins = (-1, max(-1, chain[0][1] - chain[0][0] - REPORTED))
    for before, after in zip((begins, *chain), (*chain, (len(ours), len(theirs))), strict=True):
        if before != begins:
            yield before
        yield from _small_words_between(ours, theirs, before, after)


def _small_words_between(
    ours: Sequence[Term], theirs: Sequence[Term], before: tuple[int, int], after: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the small words of both between two places; an article goes with the word behind it, so the last count."""
    found: list[tuple[int, int]] = []
    place = after[1]
    for at in range(after[0] - 1, before[0], -1):
        last = next((one for one in range(place - 1, before[1], -1) if theirs[one].text == ours[at].text), None)
        if last is not None and not weight_of(ours[at]):
            found.append((at, last))
            place = last
    return found[::-1]


def _reporting(text: str, statement: Statement) -> frozenset[int]:
    """Return the words of who reports a sentence, set off by a comma before or behind it: "Ada Obi told MPs"."""
    words = statement.words
    ends = [0, *(at for at in range(1, len(words)) if parts(text, words[at - 1], words[at])), len(words)]
    outer = {(ends[0], ends[1]), (ends[-2], ends[-1])} if len(ends) > 2 else set()
    return frozenset(
        at
        for first, end in outer
        if end - first <= REPORTED and any(word.text in cue_words("reporting") for word in words[first:end])
        for at in range(first, end)
    )
