"""Whether a claim gives a figure of the source to the group, the period or the side that another figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from headwater.comparison.belonging import is_base, is_of_another_sort
from headwater.comparison.binding import same_period
from headwater.comparison.contexts import Context
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import EQUAL_VALUES, FigureOutcome, Outcome
from headwater.comparison.holders import HALF, Holder, read_holders, tell_apart
from headwater.comparison.pairing import Candidate
from headwater.comparison.tabled import is_row
from headwater.domain.quantities import Dimension, Role

REACH = 20  # characters: "not", a hedge and a currency sign
_DENIED = re.compile(r"\b(?:not|rather than|instead of)\b[^.,;]*$", re.IGNORECASE)


class Standing(Enum):
    """How an equal figure's group stands to the one the claim names."""

    OWN = "own"  # the claim gives it to the group that the source gives it to
    CROSSED = "crossed"  # the claim gives it to the group of another figure
    UNTOLD = "untold"  # nothing in the source tells the two groups apart
    OPEN = "open"  # the claim does not say


@dataclass(frozen=True, slots=True)
class Crossing:
    """How an equal official figure stands.

    Args:
        standing: To the group that the claim names.
        owner: The figure that the source has for the claim's own group, where it is another.
        cleared: Other figures of the sentence, by passage and beginning, that are not the claim's.
    """

    standing: Standing
    owner: Candidate | None = None
    cleared: frozenset[tuple[int, int]] = frozenset()


OPEN = Crossing(Standing.OPEN)
SHARES = frozenset({Dimension.PERCENT, Dimension.PROPORTION})
ENDS_OF_CHANGE = {Role.CHANGE_FROM, Role.CHANGE_TO}
TURNED = frozenset({Outcome.DIRECTION, Outcome.BY_TO})  # the value is the same, and the part it plays another


@dataclass(frozen=True, slots=True)
class _Side:
    """A figure with its group and the figures of its sentence and kind."""

    figure: Context
    holder: Holder
    siblings: Sequence[tuple[Context, Holder]]


def find_crossing(
    claimed: Context, beside: Sequence[Context], equal: Candidate, ranked: Sequence[Candidate]
) -> Crossing:
    """Say whether an equal official figure belongs to the claim's own group.

    Args:
        claimed: A figure of the claim.
        beside: All figures of the claim, in order.
        equal: An official figure that agrees with it.
        ranked: All candidates that the claimed figure may face.
    """
    if equal.official.figure.unit.dimension is Dimension.AGE:
        return OPEN  # an age says whom a figure is about
    others = [
        other
        for other in ranked
        if other.passage == equal.passage
        and other.official.sentence == equal.official.sentence
        and other.key != equal.key
        and _one_kind(other.official, equal.official)
        and not is_of_another_sort(equal, other)
        and not _DENIED.search(other.official.text, max(0, other.official.figure.span.start - REACH), other.key[1])
    ]
    if not others:
        return OPEN
    siblings = sorted((equal, *others), key=lambda candidate: candidate.key)
    holders = dict(zip((c.key for c in siblings), read_holders([c.official for c in siblings]), strict=True))
    mine = _side(claimed, beside)
    standings = {
        other.key: _stand(mine, (equal.official, holders[equal.key]), (other.official, holders[other.key]))
        for other in others
        if not states_value(other.outcome)
    }
    cleared = frozenset(key for key, found in standings.items() if found in {Standing.OWN, Standing.UNTOLD})
    crossed = [other for other in others if standings.get(other.key) is Standing.CROSSED]
    if crossed and Standing.OWN not in standings.values():
        return Crossing(Standing.CROSSED, max(crossed, key=lambda other: other.rank))
    own = Standing.OWN in standings.values() and not crossed
    return Crossing(Standing.OWN if own else Standing.OPEN, cleared=cleared)


def states_value(outcome: FigureOutcome) -> bool:
    """Say whether two figures have one value, whatever part they play.

    Args:
        outcome: What comparing them came to.
    """
    return outcome.outcome in EQUAL_VALUES or (outcome.outcome in TURNED and outcome.absolute == 0)


def _one_kind(mine: Context, theirs: Context) -> bool:
    """Say whether two figures are of one kind, so that one may stand where the other belongs: sums, shares, counts."""
    unit, other = mine.figure.unit.dimension, theirs.figure.unit.dimension
    return unit is other or {unit, other} <= SHARES


def _side(claimed: Context, beside: Sequence[Context]) -> _Side:
    siblings = [other for other in beside if other.sentence == claimed.sentence and _one_kind(other, claimed)]
    holders = read_holders(siblings)
    pairs = list(zip(siblings, holders, strict=True))
    own = next(holder for context, holder in pairs if context.figure.span == claimed.figure.span)
    return _Side(claimed, own, [pair for pair in pairs if pair[0].figure.span != claimed.figure.span])


def _stand(mine: _Side, equal: tuple[Context, Holder], other: tuple[Context, Holder]) -> Standing:
    """Judge one pair of official figures: the equal one, and another of its sentence."""
    own, its = _groups(equal, other)
    here, there = mine.holder.words & own, mine.holder.group & its
    period, other_period = (same_period(mine.figure.period, side[0].period) for side in (equal, other))
    if {equal[0].figure.role, other[0].figure.role} == ENDS_OF_CHANGE:
        period = other_period = None  # "from 5% to 3.5% last year": the period is of both ends
    sister = next((pair for pair in mine.siblings if _agrees(pair[0], other[0])), None)
    if here:
        alone = sister is None and is_base(equal[0]) and not is_base(other[0])  # "the previous record of 38.7C"
        sure = not mine.holder.words & its and period is not False and not alone
        return Standing.OWN if sure else Standing.OPEN
    if sister is not None and _swapped(mine, sister, equal, other):
        return Standing.CROSSED
    if period is not other_period and None not in (period, other_period):
        of_both = sister is not None and sister[0].period in {None, mine.figure.period}
        return Standing.OWN if period else Standing.OPEN if of_both else Standing.CROSSED
    bases = [is_base(context) for context in (mine.figure, equal[0], other[0])]
    later = other[0].figure.role is Role.CHANGE_FROM and not bases[0] and not bases[1]  # what a thing has changed to
    if not own and not its and (later or bases[1] is bases[2]) and period is other_period:
        return Standing.UNTOLD  # so that there is no ground for giving it to the other
    sure = bool(own) and not equal[1].carried and _is_named((mine.figure, mine.holder), its, equal[0])
    return Standing.CROSSED if sure and there else Standing.OPEN


def _groups(equal: tuple[Context, Holder], other: tuple[Context, Holder]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that tell two groups apart; what changed from one figure to the other is one thing."""
    if is_row(equal[0].sentence.slice(equal[0].text)):
        return frozenset(), frozenset()  # the label of a row is said of all its cells
    changed = Role.CHANGE_FROM in {equal[0].figure.role, other[0].figure.role}
    if changed or _is_change_of(equal, other[0]) or _is_change_of(other, equal[0]):
        return frozenset(), frozenset()
    return tell_apart(equal[1], other[1], mixed=is_base(equal[0]) is not is_base(other[0]))


def _is_change_of(change: tuple[Context, Holder], level: Context) -> bool:
    """Say whether a figure is by how much the thing before it changed: "142 patients, which is a fall of three"."""
    by = change[0].figure.role is Role.CHANGE_BY and level.figure.role is not Role.CHANGE_BY
    return by and change[1].carried and level.figure.span.end <= change[0].figure.span.start


def _agrees(claimed: Context, official: Context) -> bool:
    return states_value(compare_quantities(claimed.figure, official.figure))


def _swapped(
    mine: _Side, sister: tuple[Context, Holder], equal: tuple[Context, Holder], other: tuple[Context, Holder]
) -> bool:
    """Say whether the claim has both figures, each with what belongs to the other."""
    own, its = _groups(equal, other)
    here, others = mine.holder.words & own, sister[1].words & its
    if here or others:
        return False
    there, words = mine.holder.group & its, sister[1].group & own
    if there and words:
        return True
    if _is_named((mine.figure, mine.holder), its, equal[0]) or _is_named(sister, own, equal[0]):
        return True
    bases = [is_base(context) for context in (mine.figure, sister[0], equal[0], other[0])]
    return bases[0] is not bases[1] and bases[:2] == bases[:1:-1]


def _is_named(side: tuple[Context, Holder], group: frozenset[str], official: Context) -> bool:
    """Say whether a figure of the claim is given to a group of the source by most of its words and no strange one."""
    holder = side[1]
    named = holder.group & group
    if holder.carried or not named or len(named) < HALF * len(group):
        return False
    known = official.told.keys() | group | {""}
    beside = {
        holder.order[at]
        for place, word in enumerate(holder.order)
        if word in named
        for at in (place - 1, place + 1)
        if 0 <= at < len(holder.order)
    }
    return beside <= known
