"""Whether a differing figure is a wrong copy of the source's own: what speaks for a slip, in steps of odds.

`sameness.py` asks for the same words around two figures. But the digits themselves are evidence too: a claim that says
14,000 where its passage has 1,400, 724 for 742, or 31 hectares for 31 acres, hardly speaks of another figure. The more
digits are kept, the less of the words has to be. And a row of a list whose whole label stands by the claim's figure is
the row that is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from headwater.comparison.binding import Counted
from headwater.comparison.chance import BY_PLACE, COMMON
from headwater.comparison.contexts import Context
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.pairing import Candidate
from headwater.domain.quantities import Dimension, Quantity

ENOUGH = 6.0  # in steps of about a factor of three in the odds, as in chance.py: twice what agreement takes
BY_DIGITS = (0.0, 0.0, 1.5, 2.5, 3.5)  # significant digits kept: 5 for 50 tells nothing, 253,634 for 253,364 all
COVERED, MOST_COVERED = 4.0, 2.5  # per share of the claim's content that the official sentence holds, and at most
AGREEING = 1.5  # another figure of the claim's sentence agrees with the official sentence
MEASURED = 1.0  # a sum of money or an area is rarer than a count or a share
LABELLED, LABEL = 1.5, 0.9  # the claim has all that the official row or sentence says
COUNTING = {Counted.SAME: 1.0, Counted.NAMED: 0.5, Counted.OTHER: -1.0, Counted.NARROWER: 0.0, Counted.WIDER: 0.5}
SAME_PERIOD, OTHER_PERIOD, APART, RENAMED = 1.0, -1.0, -4.0, -1.5
WORDED = 2  # "$70 million" for "$70 billion": the word was exchanged, and all digits are kept
SCALED = 1_000  # a figure below has no scale word, and may have left it to another: "from $8 to $11.8 billion"
KEPT = frozenset({Outcome.UNIT, Outcome.CURRENCY, Outcome.POINTS, Outcome.BY_TO, Outcome.DIRECTION})
CHANGED = frozenset({Outcome.VALUE, Outcome.BOUND_FAILS, Outcome.SCALE})


def find_slip(claimed: Context, ranked: Sequence[Candidate], *, sisters: bool | None) -> Candidate | None:
    """Find the official figure that a claimed one is a wrong copy of.

    Args:
        claimed: A figure that agrees with nothing in the source.
        ranked: The official figures it may face.
        sisters: Whether another figure of its sentence agrees with the official sentence that it faces.
    """
    weighed = [(weigh_slip(claimed, candidate, sisters=sisters), candidate) for candidate in ranked]
    weight, best = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    return best if weight >= ENOUGH else None


def weigh_slip(claimed: Context, candidate: Candidate, *, sisters: bool | None) -> float:
    """Return what speaks for a differing figure being a wrong copy; nothing where its digits are others.

    Args:
        claimed: The claimed figure in its sentence.
        candidate: An official figure.
        sisters: Whether another figure of the claim's sentence agrees with the official sentence that it faces.
    """
    digits = count_kept_digits(claimed.figure, candidate)
    binding = candidate.binding
    if digits < 1:
        return 0.0
    weight = BY_DIGITS[min(digits, len(BY_DIGITS) - 1)] + COUNTING.get(binding.counted, 0.0)
    weight += BY_PLACE[candidate.passage] if candidate.passage < len(BY_PLACE) else 0.0
    weight += min(COVERED * binding.coverage, MOST_COVERED)
    weight += AGREEING if sisters else 0.0
    weight += 0.0 if claimed.figure.unit.dimension in COMMON else MEASURED
    weight += LABELLED if binding.back >= LABEL and binding.shared else 0.0
    weight += RENAMED if binding.renamed else 0.0
    if binding.period is not None:
        weight += SAME_PERIOD if binding.period else APART if binding.apart else OTHER_PERIOD
    return weight


def count_kept_digits(claimed: Quantity, candidate: Candidate) -> int:
    """Count the significant digits that a slip has kept; nought where the two figures are no slip of each other.

    Args:
        claimed: The claimed figure.
        candidate: An official one.
    """
    official = candidate.official.figure
    if Dimension.AGE in {claimed.unit.dimension, official.unit.dimension} or claimed.vague or official.vague:
        return 0
    if (claimed.upper is None) is not (official.upper is None):
        return 0
    outcome = candidate.outcome.outcome
    mine, theirs = _digits(claimed.value), _digits(official.value)
    if outcome in KEPT:
        return len(mine) if mine == theirs and claimed.upper == official.upper else 0
    if outcome not in CHANGED or claimed.upper is not None:
        return 0
    if outcome is Outcome.SCALE and mine == theirs and min(claimed.value, official.value) >= SCALED:
        return max(len(mine), WORDED)
    like = len(mine) != len(theirs) or claimed.value.adjusted() == official.value.adjusted()  # 13 million, 31 million
    kept = mine == theirs or (like and _is_miswritten(mine, theirs))
    return len(theirs) if kept and len(theirs) > 1 else 0  # 500 for 50 is as often another round number


def _digits(value: Decimal) -> tuple[int, ...]:
    return value.normalize().as_tuple().digits


def _is_miswritten(mine: Sequence[int], theirs: Sequence[int]) -> bool:
    """Say whether two neighbouring digits are swapped, or one of five or more is left out or put in."""
    if len(mine) == len(theirs):
        apart = [place for place, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1
        return swapped and mine[apart[0]] == theirs[apart[1]] and mine[apart[1]] == theirs[apart[0]]
    longer, shorter = (mine, theirs) if len(mine) > len(theirs) else (theirs, mine)
    if len(longer) != len(shorter) + 1 or len(longer) < 5:
        return False
    return any((*longer[:place], *longer[place + 1 :]) == tuple(shorter) for place in range(len(longer)))
