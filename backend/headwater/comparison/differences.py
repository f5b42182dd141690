"""Two figures set against each other: exactly one outcome, with its difference in words and numbers."""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

from headwater.comparison.closeness import LOWER, UPPER, has_swapped_digits, is_scale_slip, judge_equal, judge_unequal
from headwater.comparison.figure_outcomes import SAME_VALUES, FigureOutcome, Outcome
from headwater.comparison.measures import Measure, Measured, measure, moved
from headwater.comparison.phrasing import difference, explain, figure, times
from headwater.domain.quantities import Dimension, Direction, Qualifier, Quantity, Role

DIGITS = 40  # enough for any figure in print, times a conversion factor
EACH = "item"  # "grants of $1 million" are of $1 million each
NEARLY_ONE = Decimal("0.0001")  # conversion factors are given to at least five digits
CHANGE_ROLES = frozenset({Role.CHANGE_BY, Role.CHANGE_TO, Role.CHANGE_FROM})
OPPOSITE = frozenset({Direction.UP, Direction.DOWN})


def compare_quantities(claimed: Quantity, official: Quantity) -> FigureOutcome:
    """Compare one claimed figure with one official figure that is taken to speak of the same thing.

    Args:
        claimed: The figure of the text in hand.
        official: The source's figure.

    Returns:
        One outcome, with the absolute and relative difference where the two can be subtracted.

    Examples:
        One agreement, one discrepancy.

        >>> from headwater.domain.quantities import Unit
        >>> from headwater.domain.spans import Span
        >>> money = dict(span=Span(0, 11), unit=Unit(Dimension.CURRENCY, "GBP"), step=Decimal(1_000_000))
        >>> source = Quantity("£75 million", value=Decimal(75_000_000), **money)
        >>> compare_quantities(Quantity("75m pounds", value=Decimal(75_000_000), **money), source).outcome.value
        'equal'
        >>> compare_quantities(Quantity("£57 million", value=Decimal(57_000_000), **money), source).explanation
        "The article's £57 million is £18 million (24%) less than the source's £75 million: two digits are swapped."
    """
    with localcontext() as context:
        context.prec = DIGITS
        for signal in (InvalidOperation, DivisionByZero, Overflow):
            context.traps[signal] = False
        return _compare(claimed, official)


def _compare(claimed: Quantity, official: Quantity) -> FigureOutcome:
    both = measure(claimed, official)
    if isinstance(both, Outcome):
        return _incomparable(both, claimed, official)
    outcome = _judge(claimed, official, both)
    absolute = both.claimed.value - both.official.value
    relative = absolute / abs(both.official.value) if both.official.value else None
    if outcome is Outcome.UNIT:  # one number in two units: "31 hectares" for "31 acres"
        absolute, relative = claimed.value - official.value, None
    return FigureOutcome(outcome, absolute, relative, _sentence(outcome, claimed, official, both))


def _incomparable(outcome: Outcome, claimed: Quantity, official: Quantity) -> FigureOutcome:
    """Say why two figures share no measure; a sum in another currency may be a conversion, which is not checked."""
    absolute = claimed.value - official.value
    relative = absolute / abs(official.value) if official.value else None
    if outcome is Outcome.CURRENCY and absolute and not is_scale_slip(claimed.value, official.value):
        return FigureOutcome(Outcome.UNDECIDED, None, None, explain(Outcome.UNDECIDED, claimed, official))
    return FigureOutcome(outcome, absolute, relative, explain(outcome, claimed, official))


def _judge(claimed: Quantity, official: Quantity, both: Measured) -> Outcome:
    mine, theirs = moved(claimed), moved(official)
    if mine is not theirs and {mine, theirs} == OPPOSITE and not _is_start_of_another(claimed, official):
        return Outcome.DIRECTION
    if Dimension.SCORE in {claimed.unit.dimension, official.unit.dimension} or Role.SCORE in {
        claimed.role,
        official.role,
    }:
        return _score(both)
    if both.claimed.upper is not None or both.official.upper is not None:
        return _ranges(claimed, official, both)
    return _qualified(claimed, official, _points(claimed, official, both))


def _is_start_of_another(claimed: Quantity, official: Quantity) -> bool:
    """Say whether one figure alone is what something changed from: a lead narrowed from the "28% above" that it was."""
    return (claimed.role is Role.CHANGE_FROM) is not (official.role is Role.CHANGE_FROM)


def _qualified(claimed: Quantity, official: Quantity, outcome: Outcome) -> Outcome:
    """Return the outcome of two single figures, rates, units and the parts they play in a change looked at too."""
    pers = {claimed.unit.per, official.unit.per}
    if outcome in SAME_VALUES and None in pers and pers - {None, EACH}:
        return Outcome.RATE
    converted = (claimed.unit.code, claimed.unit.per) != (official.unit.code, official.unit.per)
    if outcome is Outcome.VALUE and converted and claimed.value == official.value:
        return Outcome.UNIT
    if outcome is not Outcome.VALUE and _by_against_to(claimed, official):
        return Outcome.BY_TO
    return outcome


def _by_against_to(claimed: Quantity, official: Quantity) -> bool:
    return {claimed.role, official.role} <= CHANGE_ROLES and claimed.role is not official.role


def _points(claimed: Quantity, official: Quantity, both: Measured) -> Outcome:
    mine, theirs = _signed(claimed, both.claimed), _signed(official, both.official)
    pair = Measured(mine, theirs, both.converted)
    if mine.value == theirs.value:
        same = judge_equal(claimed, official)
        return Outcome.CONVERTED if same is Outcome.EQUAL and both.converted else same
    if both.converted and theirs.value and abs(mine.value / theirs.value - 1) < NEARLY_ONE:
        same = judge_equal(claimed, official)
        return Outcome.CONVERTED if same is Outcome.EQUAL else same
    if is_scale_slip(mine.value, theirs.value, mine.step):
        return Outcome.SCALE
    return judge_unequal(claimed, official, pair)


def _signed(quantity: Quantity, side: Measure) -> Measure:
    """Return a change as its size: "-3%" and "fell by 3%" are one, and the direction has been compared."""
    if quantity.role is Role.CHANGE_BY and side.value < 0:
        return Measure(-side.value, side.upper, side.step, side.fraction)
    return side


def _score(both: Measured) -> Outcome:
    mine, theirs = ({side.value, side.upper} for side in (both.claimed, both.official))
    return Outcome.EQUAL if mine == theirs else Outcome.VALUE


def _ranges(claimed: Quantity, official: Quantity, both: Measured) -> Outcome:
    low, high = _ends(both.claimed)
    floor, ceiling = _ends(both.official)
    if (low, high) == (floor, ceiling):
        return Outcome.CONVERTED if both.converted else Outcome.EQUAL
    slack = max(both.claimed.step, both.official.step) / 2 if both.converted else Decimal(0)
    inside = floor - slack <= low and high <= ceiling + slack
    outside = low - slack <= floor and ceiling <= high + slack
    if both.claimed.upper is not None and both.official.upper is not None:
        return _two_ranges(claimed, official, both, nested=inside or outside)
    if both.official.upper is None:
        return _covering(claimed, outside=outside)
    end = (claimed.qualifier in UPPER and high == ceiling) or (claimed.qualifier in LOWER and low == floor)
    return Outcome.BOUND_HOLDS if end else _within(claimed, official, inside=inside)


def _covering(claimed: Quantity, *, outside: bool) -> Outcome:
    """Judge a claimed range against one official figure."""
    if not outside:
        return Outcome.VALUE
    return Outcome.BOUND_HOLDS if claimed.vague else Outcome.RANGE_POINT


def _within(claimed: Quantity, official: Quantity, *, inside: bool) -> Outcome:
    """Judge one claimed figure against an official range."""
    if claimed.unit.dimension is Dimension.AGE and claimed.qualifier in UPPER | LOWER:
        return _age_bound(claimed, official)
    if not inside:
        return Outcome.VALUE
    if official.vague:
        return Outcome.FINER
    return Outcome.BOUND_HOLDS if claimed.qualifier is Qualifier.ABOUT else Outcome.RANGE_POINT


def _age_bound(claimed: Quantity, official: Quantity) -> Outcome:
    """Judge a bound against a range of ages: those from 10 to 17 are the under-18s; of others no more is known."""
    upper = claimed.qualifier in UPPER
    end = (official.upper or official.value) + 1 if upper else official.value - 1
    return Outcome.BOUND_HOLDS if claimed.value in {end, end - 1 if upper else end + 1} else Outcome.UNDECIDED


def _two_ranges(claimed: Quantity, official: Quantity, both: Measured, *, nested: bool) -> Outcome:
    pairs = zip(_ends(both.claimed), _ends(both.official), strict=True)
    half = max(both.claimed.step, both.official.step) / 2
    if not claimed.vague and not official.vague and all(abs(mine - theirs) <= half for mine, theirs in pairs):
        return Outcome.SAME_ROUNDED
    if claimed.vague and nested:
        return Outcome.BOUND_HOLDS
    return Outcome.FINER if official.vague and nested else Outcome.VALUE


def _ends(side: Measure) -> tuple[Decimal, Decimal]:
    upper = side.value if side.upper is None else side.upper
    return min(side.value, upper), max(side.value, upper)


def _sentence(outcome: Outcome, claimed: Quantity, official: Quantity, both: Measured) -> str:
    mine, theirs = _signed(claimed, both.claimed), _signed(official, both.official)
    absolute = mine.value - theirs.value
    relative = absolute / abs(theirs.value) if theirs.value else None
    unit = official.unit
    if not absolute:
        gap = swapped = apart = ""
        if both.claimed.upper != both.official.upper:
            apart = "not"
    else:
        apart = difference(absolute, relative, unit)
        gap = f" ({_bare(apart)})" if "(" not in apart else f" ({_bare(apart.replace(' (', ', ').replace(')', ''))})"
        swapped = ": two digits are swapped" if has_swapped_digits(claimed.value, official.value) else ""
    ratio = mine.value / theirs.value if theirs.value else Decimal(0)
    words = {"gap": gap, "swapped": swapped, "difference": apart, "times": times(ratio)}
    if outcome is Outcome.VALUE and not apart:
        return f"The article says {figure(claimed)}, the source {figure(official)}."
    return explain(outcome, claimed, official, **words)


def _bare(apart: str) -> str:
    return apart.removesuffix(" than")
