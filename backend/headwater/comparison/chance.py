"""Whether two equal figures are equal by chance: what speaks for one and the same where the words were exchanged.

A reporter may keep no word of the official sentence ("the steepest yearly fall was in 2009, at 8.5 per cent"). The
search has already bound the claim to its first passages by meaning, so an equal figure there is strong evidence by
itself; the less so, the commoner the value and the further down the passage. Only agreement is ever found this way,
never a difference, and never with a figure that belongs to something else (`belonging.py`).
"""

from __future__ import annotations

from headwater.comparison.binding import Counted, names_period
from headwater.comparison.closeness import is_near
from headwater.comparison.contexts import Context, plain_words
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.measures import moved
from headwater.comparison.pairing import Candidate
from headwater.comparison.vocabulary import is_person
from headwater.domain.quantities import Dimension, Direction, Qualifier

# What speaks for one and the same figure, in steps of about a factor of three in the odds.
ENOUGH = 3.0
BY_DIGITS = (0.0, 0.5, 1.5, 2.5)  # significant digits: "2 per cent", 47, 13.5; more tell no more
LARGE, OF_SIZE = 1000, 1.0  # "4.3 million" is rarer in one passage than 43
MEASURED = 1.0  # a sum of money or a weight is rarer than a count or a share
BY_PLACE = (2.0, 1.0, 0.5)  # of the passage: the aligned ones first, found by their meaning
COVERED, MOST_COVERED = 3.0, 1.5  # per share of the claim's content, and at most
BESIDE = 1.0  # two figures of one passage are seldom equal by chance both
HEDGED_ALIKE = 0.5  # "more than" on both sides
ROUNDED = -0.5  # a rounded figure fits many
BARELY_BOUND = -1.5  # and "more than 1,400" any from there to half as many again
COUNTING = {Counted.SAME: 1.0, Counted.NAMED: 0.5, Counted.WIDER: 0.5, Counted.NARROWER: 0.5, Counted.OTHER: -0.5}
PERSONS_FOR_THINGS = -1.0  # "36 people" for "36 libraries"
SAME_PERIOD, OTHER_PERIOD, APART = 1.5, -1.0, -4.0
SAME_WAY, OTHER_WAY = 0.5, -4.0
LONG_WORD = 4  # letters: most shorter ones are in every sentence
COMMON = frozenset({Dimension.COUNT, Dimension.PERCENT, Dimension.PROPORTION, Dimension.MULTIPLE, Dimension.AGE})


def is_hardly_chance(claimed: Context, candidate: Candidate, *, beside: bool = False) -> bool:
    """Say whether equal values are the same figure though the words around them were exchanged.

    Args:
        claimed: The claimed figure in its sentence.
        candidate: An official figure that agrees with it.
        beside: Whether another figure of the claim agrees with one of the same passage.
    """
    return weigh(claimed, candidate) + (BESIDE if beside else 0.0) >= ENOUGH


def weigh(claimed: Context, candidate: Candidate) -> float:
    """Return what speaks for an equal figure being the one meant.

    Args:
        claimed: The claimed figure in its sentence.
        candidate: An official figure that agrees with it.
    """
    binding, official = candidate.binding, candidate.official
    weight = BY_DIGITS[min(_digits(claimed), len(BY_DIGITS) - 1)] + COUNTING.get(binding.counted, 0.0)
    weight += OF_SIZE if abs(claimed.figure.value) >= LARGE else 0.0
    weight += 0.0 if claimed.figure.unit.dimension in COMMON else MEASURED
    weight += BY_PLACE[candidate.passage] if candidate.passage < len(BY_PLACE) else 0.0
    coverage = binding.coverage if claimed.told else _plainly_covered(claimed, official)
    weight += min(COVERED * coverage, MOST_COVERED)
    weight += ROUNDED if candidate.outcome.absolute else 0.0
    weight += BARELY_BOUND if _is_barely_bound(claimed, candidate) and not binding.shared else 0.0
    weight += HEDGED_ALIKE if _hedged_alike(claimed, official) else 0.0
    weight += PERSONS_FOR_THINGS if _persons_for_things(claimed, official, binding.counted) else 0.0
    weight += _period(claimed, candidate)
    return weight + _same_way(moved(claimed.figure), moved(official.figure))


def _is_barely_bound(claimed: Context, candidate: Candidate) -> bool:
    """Say whether a figure only lies on the right side of a bare bound: "almost" and "just over" promise nearness."""
    near = is_near(claimed.figure) or claimed.figure.qualifier is Qualifier.ABOUT
    return candidate.outcome.outcome is Outcome.BOUND_HOLDS and bool(candidate.outcome.absolute) and not near


def _plainly_covered(claimed: Context, official: Context) -> float:
    """Compare a sentence without content words ("The daily total was up 60%") by what longer words it has."""
    mine = {word for word in plain_words(claimed) if len(word) >= LONG_WORD}
    return len(mine & plain_words(official)) / len(mine) if mine else 0.0


def _period(claimed: Context, candidate: Candidate) -> float:
    binding, official = candidate.binding, candidate.official
    if binding.period is not False or claimed.period is None:
        return SAME_PERIOD if binding.period else 0.0
    # The sentence may name several: "occurred in 2009 following the downturn of 2008, when emissions fell by 8.5%".
    if names_period(claimed, official):
        return 0.0
    return APART if binding.apart else OTHER_PERIOD


def _digits(claimed: Context) -> int:
    """Count the significant digits of a figure; the two ends of a range and the two sides of a score count together."""
    quantity = claimed.figure
    if quantity.unit.dimension is Dimension.PROPORTION:
        return 1  # 0.333... has no digits of its own
    ends = [quantity.value] if quantity.upper is None else [quantity.value, quantity.upper]
    return sum(len(end.normalize().as_tuple().digits) for end in ends)


def _hedged_alike(claimed: Context, official: Context) -> bool:
    mine, theirs = claimed.figure, official.figure
    alike = mine.qualifier is theirs.qualifier is not Qualifier.EXACT
    written = mine.qualifier_surface.lower()  # "only six": no hedge, and in both
    return alike or (bool(written) and written == theirs.qualifier_surface.lower())


def _persons_for_things(claimed: Context, official: Context, counted: Counted) -> bool:
    persons = [is_person(side.figure.counted_head) for side in (claimed, official) if side.figure.counted_head]
    return counted is Counted.OTHER and len(set(persons)) > 1


def _same_way(mine: Direction | None, theirs: Direction | None) -> float:
    if mine is None or theirs is None:
        return 0.0
    return SAME_WAY if mine is theirs else OTHER_WAY
