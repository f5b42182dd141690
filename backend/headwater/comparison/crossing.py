"""Whether a claim gives a figure of the source to the group, the period or the side that another figure belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from headwater.comparison.belonging import is_base
from headwater.comparison.binding import same_period
from headwater.comparison.contexts import Context
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import EQUAL_VALUES, FigureOutcome, Outcome
from headwater.comparison.holders import HALF, Holder, read_holders, tell_apart
from headwater.comparison.pairing import Candidate
from headwater.domain.quantities import Dimension, Role


class Standing(Enum):
    """How an equal figure's group stands to the one the claim names."""

    OWN = "own"  # the claim gives it to the group that the source gives it to
    CROSSED = "crossed"  # the claim gives it to the group of another figure
    OPEN = "open"  # not to be told


@dataclass(frozen=True, slots=True)
class Crossing:
    """How an equal official figure stands, and the figure that the source has for the claim's own group."""

    standing: Standing
    owner: Candidate | None = None


OPEN = Crossing(Standing.OPEN)
TURNED = frozenset({Outcome.DIRECTION, Outcome.BY_TO})  # the value is the same, and the part it plays another
OWN = Crossing(Standing.OWN)


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
    ]
    if not others:
        return OPEN
    siblings = sorted((equal, *others), key=lambda candidate: candidate.key)
    holders = dict(zip((c.key for c in siblings), read_holders([c.official for c in siblings]), strict=True))
    mine = _side(claimed, beside)
    standings = [
        Crossing(_stand(mine, (equal.official, holders[equal.key]), (other.official, holders[other.key])), other)
        for other in others
        if not states_value(other.outcome)
    ]
    crossed = [found for found in standings if found.standing is Standing.CROSSED]
    if crossed and not any(found.standing is Standing.OWN for found in standings if found not in crossed):
        return max(crossed, key=lambda found: found.owner.rank if found.owner else 0.0)
    own = standings and not crossed and all(found.standing is Standing.OWN for found in standings)
    return OWN if own else OPEN


def states_value(outcome: FigureOutcome) -> bool:
    """Say whether two figures have one value, whatever part they play.

    Args:
        outcome: What comparing them came to.
    """
    return outcome.outcome in EQUAL_VALUES or (outcome.outcome in TURNED and outcome.absolute == 0)


def _one_kind(mine: Context, theirs: Context) -> bool:
    unit, other = mine.figure.unit, theirs.figure.unit
    return unit.dimension is other.dimension and unit.code == other.code


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
    sister = next((pair for pair in mine.siblings if _agrees(pair[0], other[0])), None)
    if here:
        alone = sister is None and is_base(equal[0]) and not is_base(other[0])  # "the previous record of 38.7C"
        sure = not mine.holder.words & its and period is not False and not alone
        return Standing.OWN if sure else Standing.OPEN
    if sister is not None and _swapped(mine, sister, equal, other):
        return Standing.CROSSED
    if period is False and other_period is True:
        return Standing.CROSSED
    if period is True and other_period is False:
        return Standing.OWN
    sure = own and not equal[1].carried and _is_named((mine.figure, mine.holder), its, equal[0])
    return Standing.CROSSED if sure and there else Standing.OPEN


def _groups(equal: tuple[Context, Holder], other: tuple[Context, Holder]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that tell two groups apart; what changed from one figure to the other is one thing."""
    changed = Role.CHANGE_FROM in {equal[0].figure.role, other[0].figure.role}
    return (frozenset(), frozenset()) if changed else tell_apart(equal[1], other[1])


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
    parts = [part for part in (*holder.before, *holder.after) if part & named]
    return all(word in official.told for part in parts for word in part)
