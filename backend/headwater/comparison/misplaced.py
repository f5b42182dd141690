"""Figures that the source has, and gives to something else: another row of a list, another sentence built alike.

`crossing.py` tells the groups of one sentence apart. Here the equal figure and the one that the claim's own words
belong to stand in two sentences. Equal values are strong evidence, so both ways are asked: nothing that marks the
equal figure off from the other is in the claim, and what marks the other one off is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from headwater.comparison.belonging import is_base
from headwater.comparison.binding import Counted, compare_counted, same_period
from headwater.comparison.contexts import Context, sentences, told_words
from headwater.comparison.derivations import Placed
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import EQUAL_VALUES
from headwater.comparison.holders import Holder, read_holders
from headwater.comparison.measures import moved
from headwater.comparison.vocabulary import NAME
from headwater.domain.quantities import Dimension

MARKED = NAME  # what the claim must tell of the other figure alone: a name, or two words
COVERED = 0.5  # of the words of the claimed figure: those that the other figure's sentence holds
AHEAD = 0.2  # and how much more than the equal one's does
FEW = 40  # figures of one unit: a table of more is looked up by its labels elsewhere
OF_SIZE = 30  # times larger: nobody takes one for the other
SMALL = 10  # what many sentences have by chance
LOOSE = frozenset({Dimension.AGE, Dimension.DURATION, Dimension.MULTIPLE, Dimension.PROPORTION, Dimension.SCORE})

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A claimed figure whose value the source gives to something else.

    Args:
        owner: The figure that the source has for what the claim speaks of.
        equal: The equal figure of something else.
    """

    owner: Placed
    equal: Placed


@dataclass(frozen=True, slots=True)
class _Side:
    placed: Placed
    holder: Holder

    @property
    def words(self) -> Words:
        return self.holder.words

    @property
    def figure(self) -> Context:
        return self.placed[1]


def find_misplaced(
    claimed: Sequence[Context], agreed: Mapping[int, Placed], figures: Sequence[Placed]
) -> dict[int, Misplaced]:
    """Find the figures of a claim that the source gives to something else.

    Args:
        claimed: The figures of the claim, in order.
        agreed: The official figure that each agrees with, by its place among them; left out where none does.
        figures: The source's figures, each with its passage's place.
    """
    open_ = {at: placed for at, placed in agreed.items() if _is_open(claimed[at])}
    if not open_:
        return {}
    own = _own_words(claimed)
    codes = {claimed[at].figure.unit.code for at in open_}
    sides = _sides([placed for placed in figures if placed[1].figure.unit.code in codes])
    known = {at: sides[key] for at, placed in open_.items() if (key := _key(placed)) in sides}
    found = dict(_exchanged(claimed, known, own, sides))
    for at, equal in known.items():
        if at in found:
            continue
        owner = _owner(claimed[at], own[at], equal, sides)
        if owner is not None:
            found[at] = Misplaced(owner.placed, equal.placed)
    return found


def _is_open(claimed: Context) -> bool:
    unit = claimed.figure.unit
    return unit.dimension not in LOOSE and (unit.dimension is not Dimension.COUNT or abs(claimed.figure.value) >= SMALL)


def _own_words(claimed: Sequence[Context]) -> dict[int, Words]:
    """Return the words of each figure's own share of its sentence, told apart from those of its kind beside it."""
    own: dict[int, Words] = {}
    for at, context in enumerate(claimed):
        siblings = [i for i, other in enumerate(claimed) if _are_siblings(context, other)]
        holders = dict(zip(siblings, read_holders([claimed[i] for i in siblings]), strict=True))
        own[at] = holders[at].words if len(siblings) > 1 else frozenset(context.told)
    return own


def _are_siblings(one: Context, other: Context) -> bool:
    return one.sentence == other.sentence and one.figure.unit.dimension is other.figure.unit.dimension


def _sides(figures: Sequence[Placed]) -> dict[tuple[int, int], _Side]:
    groups: dict[tuple[int, int, Dimension], list[Placed]] = {}
    for placed in figures:
        context = placed[1]
        groups.setdefault((placed[0], context.sentence.start, context.figure.unit.dimension), []).append(placed)
    sides = {}
    for group in groups.values():
        for placed, holder in zip(group, read_holders([context for _, context in group]), strict=True):
            sides[_key(placed)] = _Side(placed, holder)
    return sides


def _key(placed: Placed) -> tuple[int, int]:
    return placed[0], placed[1].figure.span.start


def _exchanged(
    claimed: Sequence[Context],
    known: Mapping[int, _Side],
    own: Mapping[int, Words],
    sides: Mapping[tuple[int, int], _Side],
) -> Iterator[tuple[int, Misplaced]]:
    """Yield both of two figures that the claim has each with what belongs to the other."""
    for (one, its), (other, others) in combinations(known.items(), 2):
        if not _are_comparable(its, others) or claimed[one].figure.unit.code != claimed[other].figure.unit.code:
            continue
        here, there = its.words - others.words, others.words - its.words
        mine, theirs = own[one] - own[other], own[other] - own[one]
        kept = mine & here or theirs & there
        if kept or not (mine & there and theirs & here):
            continue
        if _stands_elsewhere(claimed[one], mine & there, its, sides) or _stands_elsewhere(
            claimed[other], theirs & here, others, sides
        ):
            continue
        yield one, Misplaced(others.placed, its.placed)
        yield other, Misplaced(its.placed, others.placed)


def _owner(claimed: Context, own: Words, equal: _Side, sides: Mapping[tuple[int, int], _Side]) -> _Side | None:
    """Return the one figure that the claim's words belong to, where they do not belong to the equal one."""
    alike = [side for side in sides.values() if side.figure.figure.unit.code == claimed.figure.unit.code]
    if len(alike) > FEW or equal.holder.carried or is_base(claimed):
        return None
    owners = [
        side
        for side in alike
        if _are_comparable(equal, side)
        and (_is_owner(claimed, own, equal, side) or _is_of_twin(claimed, own, equal, side))
    ]
    owners.sort(key=lambda side: -_told(claimed, own & side.words))
    if not owners or len({side.figure.figure.value for side in owners}) > 1:
        return None
    there = own & owners[0].words - equal.figure.told.keys()
    return None if _stands_elsewhere(claimed, there, equal, sides) else owners[0]


def _are_comparable(equal: _Side, other: _Side) -> bool:
    """Say whether two figures of two sentences are of one sort: one unit, one part, two values."""
    mine, theirs = equal.figure.figure, other.figure.figure
    if equal.placed[0] == other.placed[0] and equal.figure.sentence == other.figure.sentence:
        return False
    alike = mine.role is theirs.role and moved(mine) is moved(theirs) and bool(mine.unit.per) is bool(theirs.unit.per)
    apart = same_period(equal.figure.period, other.figure.period) is False
    sizes = sorted(abs(side.value * side.unit.factor) for side in (mine, theirs))
    near = sizes[1] <= sizes[0] * OF_SIZE
    return alike and near and not apart and mine.unit.code == theirs.unit.code and mine.value != theirs.value


def _is_owner(claimed: Context, own: Words, equal: _Side, other: _Side) -> bool:
    here, there = own & equal.figure.told.keys() - other.words, own & other.words - equal.figure.told.keys()
    if here or _told(claimed, there) < MARKED or states(claimed, other.figure):
        return False
    if not equal.words - other.words or compare_counted(claimed, other.figure) is Counted.OTHER:
        return False
    whole = _told(claimed, own)
    held, its = _told(claimed, own & other.words), _told(claimed, own & equal.words)
    return held >= COVERED * whole and held - its >= AHEAD * whole and not _named_before(equal, there, other)


def _is_of_twin(claimed: Context, own: Words, equal: _Side, other: _Side) -> bool:
    """Say whether two sentences say one thing of two, named in the sentences before: "The largest fall was 3.5%"."""
    if equal.figure.told.keys() != other.figure.told.keys() or states(claimed, other.figure):
        return False
    before, others = _before(equal), _before(other)
    return bool(before and others) and not own & before - others and bool(own & others - before)


def _before(side: _Side) -> Words:
    """Return the content words of the sentence before a figure's, in its passage."""
    text, sentence = side.figure.text, side.figure.sentence
    before = [span for span in sentences(text) if span.end <= sentence.start][-1:]
    return told_words(text, before[0]) if before else frozenset()


def _told(claimed: Context, words: Words) -> float:
    return sum(claimed.told.get(word, 0.0) for word in words)


def _named_before(equal: _Side, there: Words, other: _Side) -> bool:
    """Say whether the sentence before the equal figure names what the claim speaks of: it may be carried on."""
    if equal.placed[0] == other.placed[0] and other.figure.sentence.end == equal.figure.sentence.start:
        return False
    return not there.isdisjoint(_before(equal))


def _stands_elsewhere(claimed: Context, words: Words, equal: _Side, sides: Mapping[tuple[int, int], _Side]) -> bool:
    """Say whether the value stands with these words in a third sentence, so that nothing was misplaced."""
    return any(
        side is not equal and states(claimed, side.figure) and not words.isdisjoint(side.figure.told)
        for side in sides.values()
    )


def states(claimed: Context, official: Context) -> bool:
    """Say whether an official figure has a claimed one's value.

    Args:
        claimed: The figure of the text in hand.
        official: A figure of the source.
    """
    return compare_quantities(claimed.figure, official.figure).outcome in EQUAL_VALUES
