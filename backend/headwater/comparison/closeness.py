"""How a stated figure, with its hedge and its precision, stands to another: the arithmetic of "almost" and "rounded".

Four rules. A figure is known to half a unit of its last stated digit, so "£1.2bn" and £1,234 million are one. An
integer written in full is exact, so 9,000 is not 9,400 unless a hedge says so. A hedge licenses rounding, not any
distance: five per cent, the most that rounding to two significant digits can move a figure. A hedge with a side
("almost") must also be on the right side.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.measures import Measure, Measured
from headwater.domain.quantities import Dimension, Qualifier, Quantity

FINE = 3  # digits: "some 853,000" is rounded to the thousand, and so is no 835,000
HALF_TEN = 5  # the last digit of a figure that may be rounded to five: "about 65" of 68
BETWEEN = Decimal("0.06")  # of the value: what two bounds may leave between them
HALF = Decimal("0.5")
CLOSE = Decimal("0.05")  # rounding to two significant digits moves a figure by at most five per cent
LOOSE = Decimal("0.15")  # the most that "almost" is still read as near; beyond, another figure is meant
OPEN = Decimal("0.25")  # a bare bound ("more than half") promises no closeness, and is soon too bare
OPEN_LOOSE = Decimal("0.5")  # a bare bound ("more than 9,000") still informs up to half as much again
COARSE = Decimal("0.1")  # rounding that moves a figure by more than a tenth is told ("1%" for 1.4%)
CONVERSION = Decimal("0.01")  # "100 miles" for 160 km: converting and rounding by hand costs up to a per cent
FRACTION_REACH = Decimal("2.5")  # points: half the way from a fifth to a quarter; words for fractions are this coarse
FRACTIONS = tuple(Decimal(f"{share}") for share in (0, 10, 20, 25, 33.33, 40, 50, 60, 66.67, 75, 80, 90, 100))
MILESTONES = frozenset({(1, 5), (2, 5), (7, 5)})  # round in print: 150, 2,500
STEPS = 2  # of the last stated digit: a reporter who gives it is no further off
SCALES = tuple(Decimal(10) ** (3 * power) for power in (-4, -3, -2, -1, 1, 2, 3, 4))
SCALE_SLACK = Decimal("0.005")  # "£1.2 billion" for £1.204 million is still a slip of scale

UPPER = frozenset({Qualifier.BELOW, Qualifier.AT_MOST})
LOWER = frozenset({Qualifier.ABOVE, Qualifier.AT_LEAST})


@cache
def _hedges(kind: str) -> frozenset[str]:
    return frozenset(tomllib.loads((Path(__file__).parent / "hedges.toml").read_text("utf-8"))[kind])


def _words(quantity: Quantity) -> str:
    return " ".join(quantity.qualifier_surface.lower().split())


def _is_estimate(quantity: Quantity) -> bool:
    return _words(quantity) in _hedges("estimates")


def is_near(quantity: Quantity) -> bool:
    """Say whether the hedge promises closeness ("almost", "just over") rather than a bare bound ("less than").

    >>> from headwater.domain.quantities import Dimension, Unit
    >>> from headwater.domain.spans import Span
    >>> almost = dict(qualifier=Qualifier.BELOW, qualifier_surface="Almost")
    >>> is_near(Quantity("100", Span(0, 3), Decimal(100), Unit(Dimension.COUNT), **almost))
    True
    """
    return _words(quantity) in _hedges("near")


def is_scale_slip(claimed: Decimal, official: Decimal, step: Decimal = Decimal(0)) -> bool:
    """Say whether two values differ by a factor of a thousand, a million or so, and by rounding at most.

    Args:
        claimed: The claimed value.
        official: The official value.
        step: One unit of the claimed side's last stated digit.

    >>> is_scale_slip(Decimal(75_000_000_000), Decimal(75_000_000)), is_scale_slip(Decimal(10), Decimal(100))
    (True, False)
    """
    if not claimed or not official or (claimed < 0) != (official < 0):
        return False
    ratio = claimed / official
    slack = max(SCALE_SLACK, min(CLOSE, abs(step / claimed) * HALF))
    return any(abs(ratio / scale - 1) <= slack for scale in SCALES)


def has_swapped_digits(claimed: Decimal, official: Decimal) -> bool:
    """Say whether two digits of one figure stand swapped in the other.

    >>> has_swapped_digits(Decimal(57), Decimal(75)), has_swapped_digits(Decimal(2950), Decimal(2590))
    (True, True)
    >>> has_swapped_digits(Decimal(100), Decimal(110))
    False
    """
    mine, theirs = (f"{abs(value).normalize():f}" for value in (claimed, official))
    if len(mine) != len(theirs) or mine == theirs:
        return False
    apart = [place for place, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
    return len(apart) == 2 and mine[apart[0]] == theirs[apart[1]] and mine[apart[1]] == theirs[apart[0]]


def judge_equal(claimed: Quantity, official: Quantity) -> Outcome:
    """Judge two figures of one value by their hedges alone."""
    mine, theirs = claimed.qualifier, official.qualifier
    if mine is theirs or (claimed.unit.dimension is Dimension.AGE and {mine, theirs} <= LOWER):
        return Outcome.EQUAL  # newsrooms say "over-75s" of those aged 75 and over
    if mine is Qualifier.EXACT:
        return Outcome.EQUAL if _is_estimate(official) else Outcome.HEDGE_DROPPED
    if theirs is Qualifier.EXACT:
        return Outcome.HEDGE_ADDED if mine is Qualifier.ABOUT else Outcome.BOUND_ADDED
    if mine is Qualifier.ABOUT:
        return Outcome.HEDGE_SOFTENED
    if theirs is Qualifier.ABOUT:
        return Outcome.BOUND_ADDED
    return Outcome.HEDGE_FLIPPED if (mine in UPPER) != (theirs in UPPER) else Outcome.HEDGE_CHANGED


def judge_unequal(claimed: Quantity, official: Quantity, both: Measured) -> Outcome:
    """Judge two figures of different value by precision and hedges.

    Args:
        claimed: The figure of the text in hand.
        official: The source's figure.
        both: The two in one measure.
    """
    mine, theirs = both.claimed, both.official
    gap = abs(mine.value - theirs.value)
    relative = gap / max(abs(mine.value), abs(theirs.value))
    near = gap <= mine.step * HALF or relative <= CONVERSION
    near = near and relative <= CLOSE  # "two years" is no rounding of 18 months
    if both.converted and near and claimed.qualifier not in (UPPER | LOWER) - {official.qualifier}:
        same = judge_equal(claimed, official)
        return Outcome.CONVERTED if same in {Outcome.EQUAL, Outcome.HEDGE_ADDED} else same
    if claimed.qualifier in UPPER | LOWER:
        return _bounded(claimed, official, both)
    if claimed.qualifier is Qualifier.ABOUT:
        return _about(official, both, gap, relative)
    if both.converted and claimed.unit.dimension is Dimension.DURATION and relative > COARSE:
        return Outcome.VALUE  # "two years" for 18 months
    if gap <= max(mine.step, theirs.step) * HALF:
        return _rounded(official, both, relative)
    return _unhedged(official, both, gap, relative)


def _unhedged(official: Quantity, both: Measured, gap: Decimal, relative: Decimal) -> Outcome:
    mine, theirs = both.claimed, both.official
    if official.qualifier is not Qualifier.EXACT and _allows(official, theirs, mine):
        return Outcome.FINER
    coarser = mine.grain > max(theirs.step, theirs.grain)
    if (coarser and gap <= mine.grain * HALF and relative <= CLOSE) or (mine.fraction and gap <= FRACTION_REACH):
        return Outcome.ROUNDED_BARE
    return Outcome.VALUE


def _rounded(official: Quantity, both: Measured, relative: Decimal) -> Outcome:
    if both.claimed.step < both.official.step and not both.official.fraction:
        return Outcome.FINER
    if relative > COARSE:
        return Outcome.ROUNDED_COARSELY
    if official.qualifier in UPPER | LOWER:
        return Outcome.HEDGE_DROPPED
    return Outcome.CONVERTED if both.converted and not both.claimed.fraction else Outcome.SAME_ROUNDED


def _about(official: Quantity, both: Measured, gap: Decimal, relative: Decimal) -> Outcome:
    mine, theirs = both.claimed, both.official
    if official.qualifier is Qualifier.ABOUT and mine.grain <= theirs.grain and gap > theirs.step * HALF:
        return Outcome.VALUE
    if mine.fraction and gap <= FRACTION_REACH:
        return Outcome.BOUND_HOLDS
    # A hedge covers rounding to the last digit that is not nought, up or down.
    if relative <= CLOSE and (gap <= mine.grain or both.converted):
        return Outcome.CONVERTED if both.converted else Outcome.BOUND_HOLDS
    digits = mine.value.normalize().as_tuple().digits
    finely = len(digits) >= FINE or (len(digits) == FINE - 1 and digits[-1] != HALF_TEN)  # "some 93" is no 95
    return Outcome.BOUND_LOOSE if relative <= 2 * CLOSE and not finely else Outcome.VALUE


def _bounded(claimed: Quantity, official: Quantity, both: Measured) -> Outcome:
    mine, theirs = both.claimed, both.official
    upper = claimed.qualifier in UPPER
    theirs_upper = official.qualifier in UPPER
    opposed = official.qualifier in UPPER | LOWER and theirs_upper != upper
    if opposed and (mine.value > theirs.value) is upper and mine.value != theirs.value:
        between = abs(mine.value - theirs.value) <= BETWEEN * abs(theirs.value)
        if between:  # "almost a fifth" of "over 19 per cent": it lies between
            return Outcome.BOUND_HOLDS
    if opposed and not is_near(official):
        return Outcome.HEDGE_FLIPPED if abs(mine.value - theirs.value) <= CLOSE * abs(theirs.value) else Outcome.VALUE
    room = mine.value - theirs.value if upper else theirs.value - mine.value
    slack = theirs.step * HALF if theirs.step > 1 or theirs.step < 1 else Decimal(0)
    slack = (
        max(slack, CONVERSION * abs(theirs.value)) if both.converted and not _is_of_ten(claimed, official) else slack
    )
    same_hedge = official.qualifier is claimed.qualifier and mine.grain <= theirs.grain
    if same_hedge and abs(room) > slack:
        return Outcome.VALUE
    if room < -slack:
        return Outcome.BOUND_FAILS
    size = abs(room) / max(abs(mine.value), abs(theirs.value))
    return _reach(claimed, mine, size, abs(room))


def _is_of_ten(claimed: Quantity, official: Quantity) -> bool:
    """Say whether two units differ by noughts alone, so that nothing was converted by hand: "million tonnes", "Mt"."""
    ratio = claimed.unit.factor / official.unit.factor if official.unit.factor else Decimal(0)
    return ratio.normalize().as_tuple().digits == (1,)


def _reach(claimed: Quantity, mine: Measure, size: Decimal, room: Decimal) -> Outcome:
    if mine.fraction and room <= max(FRACTION_REACH, _half_way(claimed, mine.value)):
        return Outcome.BOUND_HOLDS
    if is_near(claimed):
        return Outcome.BOUND_HOLDS if size <= CLOSE else Outcome.BOUND_LOOSE if size <= LOOSE else Outcome.VALUE
    if size <= OPEN_LOOSE and size > CLOSE and _is_chosen_finely(claimed, mine, room):
        return Outcome.BOUND_FAR
    return Outcome.BOUND_HOLDS if size <= OPEN else Outcome.BOUND_LOOSE if size <= OPEN_LOOSE else Outcome.VALUE


def _half_way(claimed: Quantity, value: Decimal) -> Decimal:
    """Return half the way to the next fraction that has a word, on the side that a hedge leaves open."""
    steps = [abs(other - value) for other in FRACTIONS if (other < value) is (claimed.qualifier in UPPER)]
    return min((step for step in steps if step > 1), default=Decimal(0)) * HALF


def _is_chosen_finely(claimed: Quantity, mine: Measure, room: Decimal) -> bool:
    """Say whether a bare bound is no milestone, and a rounder figure would have been nearer: 15,800 of 18,587."""
    written = any(character.isdigit() for character in claimed.surface)  # "more than a dozen" is a turn of phrase
    if mine.fraction or not written or claimed.qualifier not in {Qualifier.ABOVE, Qualifier.BELOW}:
        return False  # "at least 16": a limit
    digits = mine.value.normalize().as_tuple().digits
    return len(digits) > 1 and digits not in MILESTONES and room > STEPS * mine.grain


def _allows(official: Quantity, theirs: Measure, mine: Measure) -> bool:
    """Say whether a finer claimed value lies where the source's hedge puts it."""
    if abs(mine.value - theirs.value) > CLOSE * abs(theirs.value) or mine.grain >= theirs.grain:
        return False
    if official.qualifier is Qualifier.ABOUT:
        return True
    return mine.value < theirs.value if official.qualifier in UPPER else mine.value > theirs.value
