"""Figures that the source does not state and that follow from two of its own: shares, sums, differences, ratios.

Restrained: a derivation is tried only where the claim's wording asks for one ("a quarter of them", "in all",
"doubled"), and only over figures of one official sentence that the wording of that sentence relates.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from headwater.comparison.contexts import Context
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.measures import HUNDRED, group
from headwater.comparison.phrasing import amount, figure
from headwater.domain.quantities import Dimension, Direction, Quantity, Role, Unit

COVERED = 0.4  # share of the claim sentence's content that the official sentence must hold
UNDENIABLE = 0.5  # and to call the arithmetic wrong, as much as to contradict a stated figure
NEAR_HALF = 0.4  # of the words around: sentences that relate two figures hold details on both
TERMS = 8  # a sum of more figures than a sentence of prose lists is a table's business
NEARBY = 60  # characters: the word that asks for a sum stands with the figure it asks for
FINE = Decimal("1e-9")  # a computed figure is known to more digits than any that is stated
PER_CENT = Unit(Dimension.PERCENT, "percent")
POINTS = Unit(Dimension.PERCENTAGE_POINTS, "percentage_point")
RATIO = Unit(Dimension.MULTIPLE, "times")
HOLDS = frozenset({Outcome.EQUAL, Outcome.SAME_ROUNDED, Outcome.CONVERTED, Outcome.BOUND_HOLDS, Outcome.HEDGE_ADDED})

Placed = tuple[int, Context]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A figure worked out from the source's own.

    Args:
        right: Whether the claimed figure is the one that follows.
        working: The arithmetic, in words and numbers.
        sources: The source figures used, each with its passage's place in the list given.
        is_sum: Whether they were added up.
    """

    right: bool
    working: str
    sources: tuple[Placed, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    value: Decimal
    unit: Unit
    sign: str
    sources: tuple[Placed, ...]


_TURNED = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}


def find_derivation(claimed: Context, figures: Sequence[Placed]) -> Derivation | None:
    """Find arithmetic on the source's figures that the claim's wording asks for.

    Args:
        claimed: A figure that the source does not state.
        figures: The source's figures, each with its passage's place in the list.

    Returns:
        The one that comes out right; else the only one that could have been meant, as wrong; else None.
    """
    asked = [rule for rule in (_shares, _sums, _changes) if _asks(rule.__name__, claimed)]
    if not asked:
        return None
    tried: list[tuple[_Candidate, float]] = []
    for _, sentence in groupby(figures, key=lambda placed: (placed[0], placed[1].sentence)):
        related = list(sentence)
        coverage = _coverage(claimed, related[0][1])
        if coverage < COVERED or len(related) < 2:
            continue
        for rule in asked:
            for candidate in rule(claimed, related):
                if _follows(claimed.figure, candidate):
                    return _derivation(candidate, right=True)
                tried.append((candidate, coverage))
    if len(tried) != 1 or tried[0][1] < UNDENIABLE or not _is_certain(claimed, tried[0][0]):
        return None
    return _derivation(tried[0][0], right=False)


def find_turned(claimed: Context, figures: Sequence[Placed]) -> Derivation | None:
    """Find the change that the source's figures make the other way: "up 40 to 560" of "560, compared with 600".

    Args:
        claimed: A figure that the source does not state.
        figures: The source's figures, each with its passage's place in the list.
    """
    way = _TURNED.get(claimed.figure.direction) if claimed.figure.direction else None
    if way is None or claimed.figure.role is not Role.CHANGE_BY:
        return None
    turned = []
    for _, sentence in groupby(figures, key=lambda placed: (placed[0], placed[1].sentence)):
        related = list(sentence)
        if len(related) < 2 or _coverage(claimed, related[0][1]) < COVERED:
            continue
        for candidate in _changes(claimed, related):
            if _follows(claimed.figure, candidate):
                return None
            if _follows(replace(claimed.figure, direction=way), candidate):
                turned.append(candidate)
    if len(turned) != 1:
        return None
    later, base = (figure(placed[1].figure) for placed in turned[0].sources)
    than = "less" if way is Direction.DOWN else "more"
    working = f"{later} is {amount(abs(turned[0].value), turned[0].unit)} {than} than {base}"
    return Derivation(False, working, turned[0].sources)


def _is_certain(claimed: Context, candidate: _Candidate) -> bool:
    """Say whether the figures used are those that the claim must mean, so that a wrong result is a wrong claim."""
    used = [context for _, context in candidate.sources]
    if not any(_is_close(claimed, context) for context in used):
        return False
    if candidate.sign == "and":
        return all(context.counted == claimed.counted for context in used) and len(used) == 2
    if candidate.sign == "of":
        stated = any(context.figure.surface in claimed.text for context in used)
        return stated or all(_is_close(claimed, context) for context in used)
    return any(context.figure.role is Role.CHANGE_FROM for context in used)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((Path(__file__).parent / "derivations.toml").read_text("utf-8"))
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in table.items()}


def _asks(rule: str, claimed: Context) -> bool:
    quantity, text = claimed.figure, claimed.text
    after = text[quantity.span.end : quantity.span.end + NEARBY]
    before = text[max(claimed.sentence.start, quantity.span.start - NEARBY) : quantity.span.start]
    if rule == "_shares":
        shares = {Dimension.PERCENT, Dimension.PROPORTION}
        return quantity.unit.dimension in shares and bool(_patterns()["share_after"].search(after))
    if rule == "_sums":
        return any(_patterns()["sum"].search(words) for words in (before, after))
    gap = any(_patterns()["difference"].search(words) for words in (before, after))
    return gap or quantity.role is Role.CHANGE_BY or quantity.unit.dimension is Dimension.MULTIPLE


def _is_close(claimed: Context, official: Context) -> bool:
    """Say whether the words nearest to each of two figures stand in the other's sentence, near half of them or more."""
    pairs = ((claimed.closest, official.told), (official.closest, claimed.told))
    return all(
        sum(told for word, told in near.items() if word in held) >= sum(near.values()) * NEAR_HALF
        for near, held in pairs
    )


def _shares(_claimed: Context, related: Sequence[Placed]) -> Iterator[_Candidate]:
    for first, second in pairwise(related):
        for part, whole in ((first, second), (second, first)):
            if _is_part(part[1], whole[1]) and whole[1].figure.value:
                yield _Candidate(part[1].figure.value / whole[1].figure.value * HUNDRED, PER_CENT, "of", (part, whole))


def _is_part(part: Context, whole: Context) -> bool:
    mine, theirs = part.figure, whole.figure
    if mine.upper is not None or theirs.upper is not None:
        return False
    if mine.unit != theirs.unit or not abs(mine.value) < abs(theirs.value) or _is_change(mine) or _is_change(theirs):
        return False
    if mine.whole == theirs.span:
        return True
    if theirs.span.end <= mine.span.start:
        return bool(_patterns()["second_is_part"].search(_hedgeless(part, theirs.span.end)))
    return bool(_patterns()["first_is_part"].search(_hedgeless(whole, mine.span.end)))


def _hedgeless(later: Context, start: int) -> str:
    """Return what stands between two figures, the later one's hedge left out."""
    between = later.text[start : later.figure.span.start]
    hedge = later.figure.qualifier_surface
    cut = between.lower().rfind(hedge.lower()) if hedge else -1
    return between[:cut] if cut >= 0 else between


def _is_change(quantity: Quantity) -> bool:
    return quantity.role is Role.CHANGE_BY


def _sums(claimed: Context, related: Sequence[Placed]) -> Iterator[_Candidate]:
    unit = claimed.figure.unit
    terms = [placed for placed in related if placed[1].figure.unit == unit and not _is_change(placed[1].figure)]
    stated = related[0][1].sentence.slice(related[0][1].text)
    if _patterns()["sum"].search(stated):
        return  # the source adds up for itself
    if 2 <= len(terms) <= TERMS and all(placed[1].figure.upper is None for placed in terms):
        total = sum((placed[1].figure.value for placed in terms), Decimal(0))
        yield _Candidate(total, unit, "and", tuple(terms))


def _changes(claimed: Context, related: Sequence[Placed]) -> Iterator[_Candidate]:
    wanted = claimed.figure.unit
    for first, second in pairwise(related):
        pair = _later_and_base(first, second)
        if pair is None:
            continue
        later, base = (placed[1].figure for placed in pair)
        if later.unit != base.unit or later.upper is not None or base.upper is not None:
            continue
        change = later.value - base.value
        shares = group(later.unit.dimension) == "share"
        if wanted.dimension is Dimension.MULTIPLE and base.value:
            yield _Candidate(later.value / base.value, RATIO, "against", pair)
        elif wanted.dimension is Dimension.PERCENTAGE_POINTS and shares:
            yield _Candidate(change, POINTS, "less", pair)
        elif group(wanted.dimension) == "share" and base.value:
            yield _Candidate(change / base.value * HUNDRED, PER_CENT, "against", pair)
        elif wanted == later.unit:
            yield _Candidate(change, wanted, "less", pair)


def _later_and_base(first: Placed, second: Placed) -> tuple[Placed, Placed] | None:
    """Return the later and the earlier of two neighbouring figures, where the sentence says which is which."""
    roles = first[1].figure.role, second[1].figure.role
    if Role.CHANGE_BY in roles:
        return None
    if roles[0] is Role.CHANGE_FROM:
        return second, first
    between = first[1].text[first[1].figure.span.end : second[1].figure.span.start]
    return (first, second) if roles[1] is Role.CHANGE_FROM or _patterns()["base"].search(between) else None


def _follows(claimed: Quantity, candidate: _Candidate) -> bool:
    value = candidate.value
    if claimed.direction in {Direction.UP, Direction.DOWN} and candidate.sign in {"less", "against"}:
        rising = value > 1 if candidate.unit is RATIO else value > 0
        if rising is not (claimed.direction is Direction.UP):
            return False
    role = Role.CHANGE_BY if candidate.sign in {"less", "against"} else claimed.role
    worked = Quantity(
        claimed.surface,
        claimed.span,
        abs(value),
        candidate.unit,
        step=FINE,
        direction=claimed.direction,
        role=role if claimed.role is Role.CHANGE_BY else claimed.role,
    )
    return compare_quantities(claimed, worked).outcome in HOLDS


def _coverage(claimed: Context, official: Context) -> float:
    total = sum(claimed.told.values())
    return sum(told for word, told in claimed.told.items() if word in official.told) / total if total else 0.0


def _derivation(candidate: _Candidate, *, right: bool) -> Derivation:
    stated = f" {candidate.sign} ".join(figure(placed[1].figure) for placed in candidate.sources)
    return Derivation(
        right, f"{stated} is {amount(abs(candidate.value), candidate.unit)}", candidate.sources, candidate.sign == "and"
    )
