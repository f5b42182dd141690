"""When two figures speak of the same thing: what it takes to call them the same, and what it takes to contradict.

To contradict takes more than to agree, for equal values are evidence themselves. And the further the values are apart,
the firmer the two must be bound: a wrong copy is usually near the original, another figure may be anywhere. For the
same reason a sentence none of whose figures fits is taken for a statement of something else, not for one wrong
throughout.
"""

from __future__ import annotations

from decimal import Decimal

from headwater.comparison.binding import Binding, Counted
from headwater.comparison.figure_outcomes import FigureOutcome, Outcome
from headwater.domain.quantities import Dimension, Quantity

SAME_THING = 0.5  # share of the claim sentence's content: below half, the official sentence may be about anything
SAME_WORDS = 2  # one shared word is a coincidence
WHOLE = 0.9  # short sentences: one word is enough where it is all there is
RELATED = 0.25  # share that lets equal values be called the same figure
TELLING = 0.1  # and where the values themselves are hardly equal by chance: many digits, or a second equal figure
LARGE = 100  # small numbers are equal by chance every day
DIGITS = 3  # significant digits from which equal values are hardly chance in one passage
AROUND = 0.5  # of the words nearest to each figure, how many stand in the other's sentence
AROUND_WHOLE = 0.35  # and where the official sentence holds all of the claim's, adding details of its own
LITTLE = 0.8  # where more is reworded, another noun may be a synonym that no table knows
VERBATIM = 0.85  # both shares: the claim's sentence is the official one, but for a word or so
FAR = Decimal(2)  # values more than twice apart are seldom slips, unless the digits are the same

# Differences that are only that where the digits are the same: "19 percentage points" for "19%".
SAME_DIGITS = frozenset({Outcome.POINTS, Outcome.UNIT, Outcome.CURRENCY, Outcome.BY_TO})


def is_same_thing(binding: Binding) -> bool:
    """Say whether two bound figures speak of the same thing, so far as their sentences tell."""
    words = binding.shared >= SAME_WORDS or binding.coverage >= WHOLE
    return binding.coverage >= SAME_THING and words and binding.counted is not Counted.OTHER


def is_related(binding: Binding, *, sisters_agree: bool | None = None, telling: bool = False) -> bool:
    """Say whether two bound figures of equal value may be called the same figure.

    Args:
        binding: How they are bound.
        sisters_agree: Whether another figure of the claim's sentence agrees with the same official sentence.
        telling: Whether the equal values are hardly so by chance.
    """
    if sisters_agree and telling:
        return True
    if binding.counted is Counted.OTHER and not sisters_agree:
        return binding.coverage >= SAME_THING and binding.shared >= SAME_WORDS
    least = TELLING if sisters_agree or telling else RELATED
    return binding.coverage >= least and binding.shared > 0


def is_telling(claimed: Quantity, outcome: FigureOutcome, *, sisters_agree: bool | None = None) -> bool:
    """Say whether two equal values are hardly so by chance: three significant digits, or both sides of a score.

    Args:
        claimed: The claimed figure.
        outcome: What comparing it came to.
        sisters_agree: Whether another figure of its sentence agrees too: then any value but a small one will do.
    """
    if outcome.absolute != 0:
        return False
    digits = claimed.value.normalize().as_tuple().digits
    large = bool(sisters_agree) and abs(claimed.value) >= LARGE
    return large or len(digits) >= DIGITS or claimed.unit.dimension is Dimension.SCORE


def is_reworded_little(binding: Binding) -> bool:
    """Say whether the claim keeps most of the official words, so that another counted noun is another thing."""
    return binding.coverage >= LITTLE


def may_contradict(binding: Binding, outcome: FigureOutcome, *, sisters_agree: bool | None) -> bool:
    """Say whether two figures that differ are bound firmly enough to say that one contradicts the other.

    Args:
        binding: How they are bound.
        outcome: How they differ.
        sisters_agree: Whether any other figure of the claim's sentence agrees with the official sentence;
            None where the claim's sentence has no other.
    """
    if not is_same_thing(binding) or binding.apart or binding.renamed:
        return False
    if binding.coverage >= VERBATIM and binding.local >= VERBATIM:
        return sisters_agree is not False or binding.back >= VERBATIM
    if outcome.outcome in SAME_DIGITS or outcome.outcome is Outcome.DIRECTION:
        return not outcome.absolute
    around = AROUND_WHOLE if binding.coverage >= WHOLE else AROUND
    return binding.local >= around and sisters_agree is not False and not _is_far(outcome)


def _is_far(outcome: FigureOutcome) -> bool:
    """Say whether two values are far apart, a slip of a nought or of a scale left out."""
    if outcome.relative is None or outcome.outcome is Outcome.SCALE:
        return outcome.outcome is not Outcome.SCALE
    ratio = abs(outcome.relative + 1)
    if not ratio:
        return True
    power = ratio.normalize().as_tuple().digits == (1,)
    return not power and not 1 / FAR <= ratio <= FAR
