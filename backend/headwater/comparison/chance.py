"""Whether two equal figures are equal by chance: what speaks for one and the same where the words were all exchanged.

A reporter may keep no word of the official sentence ("the steepest yearly fall was in 2009, at 8.5 per cent"). Then the
figure itself, its period, what it counts, which way it goes and the passage it stands in must carry the pair together.
Only agreement is ever found this way, never a difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from headwater.comparison.binding import Counted
from headwater.comparison.contexts import Context
from headwater.comparison.measures import moved
from headwater.comparison.pairing import TIE, Candidate
from headwater.domain.quantities import Dimension, Direction

ENOUGH = 3  # signs: two coincidences are met with every day, three in one passage hardly
MANY_DIGITS, SOME_DIGITS = 3, 2  # significant digits: 13.5 and 8.5; "2 per cent" is a sign of nothing
FIRST_PASSAGES = 2  # the aligned ones: the search found them by their meaning
HARDLY = 1e-6  # ranks that differ by less are the same


def is_hardly_chance(claimed: Context, candidate: Candidate, ranked: Sequence[Candidate]) -> bool:
    """Say whether equal values are the same figure though the words around them were exchanged.

    Args:
        claimed: The claimed figure in its sentence.
        candidate: An official figure of the same value.
        ranked: All candidates: one of the same sentence that is bound more firmly takes the place of this one.
    """
    if candidate.outcome.absolute != 0 or _is_outranked(candidate, ranked):
        return False
    return _signs(claimed, candidate) >= ENOUGH


def _signs(claimed: Context, candidate: Candidate) -> int:
    binding, official = candidate.binding, candidate.official
    digits = _digits(claimed)
    signs = 2 if digits >= MANY_DIGITS else 1 if digits >= SOME_DIGITS else 0
    signs += {True: 2, False: -2, None: 0}[binding.period]
    signs += {Counted.SAME: 1, Counted.OTHER: -2}.get(binding.counted, 0)
    signs += _same_way(moved(claimed.figure), moved(official.figure))
    signs += int(binding.shared > 0)
    return signs + int(candidate.passage < FIRST_PASSAGES)


def _digits(claimed: Context) -> int:
    """Count the significant digits of a figure; the two ends of a range and the two sides of a score count together."""
    quantity = claimed.figure
    if quantity.unit.dimension is Dimension.PROPORTION:
        return 1  # 0.333... has no digits of its own
    ends = [quantity.value] if quantity.upper is None else [quantity.value, quantity.upper]
    return sum(len(end.normalize().as_tuple().digits) for end in ends)


def _same_way(mine: Direction | None, theirs: Direction | None) -> int:
    if mine is None or theirs is None:
        return 0
    return 1 if mine is theirs else -2


def _is_outranked(candidate: Candidate, ranked: Sequence[Candidate]) -> bool:
    """Say whether another figure of the same official sentence is bound as firmly or more, the value left aside."""
    own = candidate.rank - TIE
    return any(
        other.key != candidate.key
        and (other.passage, other.official.sentence) == (candidate.passage, candidate.official.sentence)
        and not other.agrees
        and other.rank > own + HARDLY
        for other in ranked
    )
