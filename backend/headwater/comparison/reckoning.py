"""What reporters work out for themselves, where the source's figures bear them out.

`derivations.py` does the arithmetic that the claim's wording asks for, and may call it wrong. Here only agreement is
found: shares, differences, sums, changes and complements over figures of the first aligned passages that stand side by
side, or of which the claim names one itself. The more pairs there are to try, the less a fit says: then none is tried.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path

from headwater.comparison.contexts import Context
from headwater.comparison.derivations import FINE, HOLDS, PER_CENT, POINTS, Derivation, Placed
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.measures import HUNDRED, group, moved
from headwater.comparison.pairing import Candidate
from headwater.comparison.phrasing import amount, figure
from headwater.comparison.sameness import is_related
from headwater.domain.quantities import Dimension, Direction, Qualifier, Quantity, Role, Unit

NEAREST = 3  # passages: those that the search and the coverage have bound the claim to
OPERANDS = 24  # figures looked at: a table is no prose
PAIRS = 6  # for a share or a small number, which something always comes near to
MANY_PAIRS = 30  # and for a result of two significant digits or more
SMALL = 20
FEW = 12  # what is written in words, and counted rather than looked up
BESIDE = 20  # characters on each side of a figure: the word that says how it was worked out
SHARES = frozenset({Dimension.PROPORTION, Dimension.PERCENT})
CLOSE = Decimal("0.02")  # 656.5 less 643.1 is 13.5 as well as 13.4, for both are rounded
FITS = HOLDS | {Outcome.HEDGE_SOFTENED}

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A claimed figure as one kind of arithmetic gives it."""

    figure: Quantity
    kinds: frozenset[str]
    way: Direction | None = None


def find_reckoning(claimed: Context, figures: Sequence[Placed], named: Mapping[Key, Placed]) -> Derivation | None:
    """Find arithmetic on the source's figures that gives the claimed figure.

    Args:
        claimed: A figure that the source does not state.
        figures: The source's figures, each with its passage's place in the list.
        named: Source figures that other figures of the claim agree with, by passage and beginning.
    """
    total = find_total(claimed, named)
    if total is not None:
        return total
    read = _read(claimed)
    operands = [placed for placed in figures if is_operand(placed)][:OPERANDS]
    if "share" in read.kinds:
        found = _complement(claimed, read, operands)
        if found is not None:
            return found
    pairs = _pairs(operands, named)
    most = PAIRS if "share" in read.kinds or abs(read.figure.value) < SMALL else MANY_PAIRS
    if len(pairs) > most:
        pairs = [pair for pair in pairs if any(_key(placed) in named for placed in pair)][:most]
    for pair in pairs:
        for sign, value, unit, used in _worked(read, pair):
            if fits(read.figure, value, unit, used):
                return _derivation(sign, value, unit, used)
    return None


def find_total(claimed: Context, named: Mapping[Key, Placed]) -> Derivation | None:
    """Find the sum that the claim itself spells out: "$105bn: $70bn of bonds and $35bn of mortgages".

    Args:
        claimed: A figure that the source does not state.
        named: Source figures that other figures of the claim agree with, by passage and beginning.
    """
    unit = claimed.figure.unit
    terms = [placed for placed in named.values() if placed[1].figure.unit.code == unit.code]
    addable = unit.dimension not in SHARES | {Dimension.AGE, Dimension.TEMPERATURE} and len(terms) > 1
    return _derivation("and", _total(terms), unit, terms) if addable and _is_total(claimed, terms) else None


def _is_total(claimed: Context, terms: Sequence[Placed]) -> bool:
    return fits(claimed.figure, _total(terms), claimed.figure.unit, terms)


def misses_its_pair(claimed: Context, figures: Sequence[Placed], named: Mapping[Key, Placed]) -> bool:
    """Say whether a share can only be meant of two figures that give another: the claim names one, its sentence both.

    Args:
        claimed: A share that no arithmetic gives.
        figures: The source's figures, each with its passage's place in the list.
        named: Source figures that other figures of the claim agree with, by passage and beginning.
    """
    if claimed.figure.unit.dimension not in SHARES:
        return False
    operands = [placed for placed in figures if is_operand(placed)][:OPERANDS]
    pairs = [pair for pair in _pairs(operands, named) if group(pair[0][1].figure.unit.dimension) != "share"]
    return len(pairs) == 1 and any(_key(placed) in named for placed in pairs[0])


def may_give_share(claimed: Context, figures: Sequence[Placed]) -> bool:
    """Say whether a share follows from any figures of the passages, though nothing says that these were meant.

    Args:
        claimed: A share that the source does not state.
        figures: The source's figures, each with its passage's place in the list.
    """
    operands = [placed for placed in figures if is_operand(placed)][:OPERANDS]
    shares = [placed for placed in operands if group(placed[1].figure.unit.dimension) == "share"]
    amounts = [placed for placed in operands if placed not in shares]
    given: list[tuple[Decimal, Sequence[Placed]]] = [
        (HUNDRED - _per_cent(placed[1].figure), (placed,)) for placed in shares
    ]
    for one, other in combinations(amounts, 2):
        if are_of_a_kind(one[1].figure.unit, other[1].figure.unit):
            small, large = sorted(placed[1].figure.value * placed[1].figure.unit.factor for placed in (one, other))
            parts = (small / large, 1 - small / large, small / (small + large), large / (small + large))
            given += [(part * HUNDRED, (one, other)) for part in parts]
    return any(value > 0 and fits(claimed.figure, value, PER_CENT, used) for value, used in given)


def _per_cent(quantity: Quantity) -> Decimal:
    return quantity.value * (HUNDRED if quantity.unit.dimension is Dimension.PROPORTION else 1)


def is_clear(
    claimed: Context, figures: Sequence[Placed], named: Mapping[Key, Placed], ranked: Sequence[Candidate]
) -> bool:
    """Say whether the source leaves no doubt which figures a share would have to follow from.

    Args:
        claimed: A share that the source neither states nor gives.
        figures: The source's figures, each with its passage's place in the list.
        named: Source figures that other figures of the claim agree with, by passage and beginning.
        ranked: The official figures that the share may face.
    """
    if misses_its_pair(claimed, figures, named):
        return True
    if group(claimed.figure.unit.dimension) != "share":
        return False
    first = [other for other in ranked if other.passage == 0]
    related = any(is_related(other.binding) for other in first)
    return related and (len(first) == 1 or not may_give_share(claimed, figures))


def _pairs(operands: Sequence[Placed], named: Mapping[Key, Placed]) -> list[tuple[Placed, Placed]]:
    return [pair for pair in combinations(operands, 2) if are_beside(pair, named)]


def may_be_reckoned(claimed: Context) -> bool:
    """Say whether the wording marks a figure as worked out or counted by the writer.

    Args:
        claimed: A figure of the claim.
    """
    quantity = claimed.figure
    if quantity.value == 1 and _words("every").search(_beside(claimed)[0]):
        return True  # "for every £1 put in" sets the measure of what follows
    in_words = not any(character.isdigit() for character in quantity.surface)
    if quantity.unit.dimension is Dimension.PROPORTION and in_words:
        return True
    if _FRACTION_OF.search(quantity.surface):
        return True
    before, after = _beside(claimed)
    small = quantity.unit.dimension is Dimension.COUNT and abs(quantity.value) <= FEW
    known = in_words and _words("known").search(before)
    return small and bool(known or _words("rest").search(before) or _words("gap_after").search(after))


_FRACTION_OF = re.compile(r"\b(?:third|quarter|fifth|tenth)s? of an? \w", re.IGNORECASE)


def _read(claimed: Context) -> _Reading:
    """Say what kinds of arithmetic a claimed figure may have come from."""
    quantity = claimed.figure
    before, after = _beside(claimed)
    if quantity.counted_head == "point" or _words("of_a_point").search(after):
        return _Reading(replace(quantity, unit=POINTS, counted="", counted_head=""), frozenset({"difference"}))
    kinds = set()
    if quantity.unit.dimension in SHARES:
        kinds.add("change" if quantity.role is Role.CHANGE_BY or _words("gap_after").search(after) else "share")
    elif quantity.unit.dimension is Dimension.MULTIPLE:
        return _Reading(quantity, frozenset())  # any two figures are some multiple of each other
    elif quantity.role is Role.CHANGE_BY or _words("gap_after").search(after) or _words("rest").search(before):
        kinds.add("difference")
    if _words("sum").search(claimed.sentence.slice(claimed.text)) or _is_measured(quantity):
        kinds.add("sum")
    return _Reading(quantity, frozenset(kinds), moved(quantity) or _way(after))


def _way(after: str) -> Direction | None:
    """Return which way a distance is told right behind a figure: "a quarter below the level of 1990"."""
    gap = _words("gap_after").match(after)
    word = gap.group().split()[-1].lower() if gap else ""
    return Direction.DOWN if word in _LESS else Direction.UP if word in _MORE else None


_LESS = frozenset(("fewer", "less", "below", "lower", "down", "short", "behind"))
_MORE = frozenset(("more", "above", "higher", "up", "extra", "additional", "ahead"))


def _is_measured(quantity: Quantity) -> bool:
    return quantity.unit.dimension not in SHARES | {Dimension.COUNT, Dimension.AGE, Dimension.DURATION}


def _beside(claimed: Context) -> tuple[str, str]:
    span, sentence, text = claimed.figure.span, claimed.sentence, claimed.text
    before = text[max(sentence.start, span.start - BESIDE) : span.start]
    return before, text[span.end : min(sentence.end, span.end + BESIDE)]


def is_operand(placed: Placed) -> bool:
    """Say whether a figure is one that a reporter may reckon with: of the first passages, one number, no age.

    Args:
        placed: A figure of the source.
    """
    quantity = placed[1].figure
    usable = quantity.upper is None and quantity.unit.dimension is not Dimension.AGE
    return placed[0] < NEAREST and usable and quantity.value > 0


def _key(placed: Placed) -> Key:
    return placed[0], placed[1].figure.span.start


def are_beside(pair: tuple[Placed, Placed], named: Mapping[Key, Placed]) -> bool:
    """Say whether two figures of one unit stand in one passage, side by side, or the claim names one of them.

    Args:
        pair: Two figures of the source.
        named: Source figures that other figures of the claim agree with, by passage and beginning.
    """
    (place, first), (other, second) = pair
    if not are_of_a_kind(first.figure.unit, second.figure.unit):
        return False
    if any(_key(placed) in named for placed in pair):
        return True
    return place == other and second.sentence.start - first.sentence.end <= 1


def are_of_a_kind(mine: Unit, theirs: Unit) -> bool:
    """Say whether amounts of two units can be added: one unit, or two of one dimension with known factors.

    Args:
        mine: One unit.
        theirs: The other.
    """
    if mine.dimension is not theirs.dimension:
        return False
    return mine.code == theirs.code or mine.dimension not in {
        Dimension.CURRENCY,
        Dimension.TEMPERATURE,
        Dimension.OTHER,
    }


def amount_in(placed: Placed, unit: Unit) -> Decimal:
    """Return a figure's value in a unit of its dimension.

    Args:
        placed: A figure of the source.
        unit: The unit wanted.
    """
    own = placed[1].figure.unit
    value = placed[1].figure.value
    return value * own.factor / unit.factor if own.dimension is unit.dimension and unit.factor else value


def _worked(read: _Reading, pair: tuple[Placed, Placed]) -> Iterator[tuple[str, Decimal, Unit, Sequence[Placed]]]:
    unit = pair[0][1].figure.unit
    if unit.dimension is read.figure.unit.dimension and not are_of_a_kind(unit, read.figure.unit):
        return  # dollars give no euros
    unit = read.figure.unit if unit.dimension is read.figure.unit.dimension else unit
    low, high = sorted(pair, key=lambda placed: amount_in(placed, unit))
    small, large = amount_in(low, unit), amount_in(high, unit)
    if "share" in read.kinds and group(unit.dimension) != "share" and small < large:
        yield "of", small / large * HUNDRED, PER_CENT, (low, high)
    if "change" in read.kinds and group(unit.dimension) != "share":
        for value in _bases(read, small, large):
            yield "against", (large - small) / value * HUNDRED, PER_CENT, (high, low)
    shares = unit.dimension is Dimension.PERCENT and read.figure.unit.dimension is Dimension.PERCENTAGE_POINTS
    if "difference" in read.kinds and (shares or group(unit.dimension) == group(read.figure.unit.dimension)):
        yield "less", large - small, POINTS if shares else unit, (high, low)
    together = pair[0][:1] == pair[1][:1] and pair[0][1].sentence == pair[1][1].sentence
    if "sum" in read.kinds and together and group(unit.dimension) == group(read.figure.unit.dimension):
        yield "and", large + small, unit, pair


def _bases(read: _Reading, small: Decimal, large: Decimal) -> tuple[Decimal, ...]:
    """Return what a change may be a share of: a fall of the larger figure, a rise of the smaller one."""
    bases = {Direction.DOWN: (large,), Direction.UP: (small,)}
    return bases.get(read.way, (large, small)) if read.way else (large, small)


def _complement(claimed: Context, read: _Reading, operands: Sequence[Placed]) -> Derivation | None:
    """Find a share that the claim tells of the rest: "one in a hundred has never" where "99% had ever"."""
    denied = bool(_words("denied").search(claimed.sentence.slice(claimed.text)))
    for placed in operands:
        official = placed[1]
        other = bool(_words("denied").search(official.sentence.slice(official.text)))
        if official.figure.unit.dimension is not Dimension.PERCENT or denied is other:
            continue
        left = replace(official.figure, value=HUNDRED - official.figure.value, step=FINE, direction=None)
        if compare_quantities(read.figure, left).outcome in FITS | {Outcome.BOUND_LOOSE}:
            working = f"{figure(official.figure)} leaves {amount(HUNDRED - official.figure.value, PER_CENT)}"
            return Derivation(right=True, working=working, sources=(placed,))
    return None


def _total(terms: Sequence[Placed]) -> Decimal:
    return sum((placed[1].figure.value for placed in terms), Decimal(0))


def fits(claimed: Quantity, value: Decimal, unit: Unit, used: Sequence[Placed]) -> bool:
    """Say whether a claimed figure is what the arithmetic gives, to the precision of the figures used.

    Args:
        claimed: The figure of the text in hand.
        value: What the arithmetic gives.
        unit: Its unit.
        used: The source's figures that it was done with.
    """
    hedges = {placed[1].figure.qualifier for placed in used}
    hedge = hedges.pop() if len(hedges) == 1 else Qualifier.EXACT
    worked = replace(claimed, value=value, unit=unit, step=FINE, upper=None, qualifier_surface="", qualifier=hedge)
    if compare_quantities(claimed, worked).outcome in FITS:
        # A hedge stands for the digits left out, and what was worked out has them all: "just under 64%" is no 61%.
        return claimed.unit != unit or abs(claimed.value - value) <= _last_digit(claimed)
    slack = sum((placed[1].figure.step * placed[1].figure.unit.factor for placed in used), Decimal(0)) / 2
    slack /= unit.factor or Decimal(1)
    close = unit == claimed.unit and abs(claimed.value - value) <= min(slack, CLOSE * value)
    return close and claimed.qualifier is Qualifier.EXACT


def _last_digit(quantity: Quantity) -> Decimal:
    exponent = quantity.value.normalize().as_tuple().exponent
    return max(quantity.step, Decimal(1).scaleb(exponent)) if isinstance(exponent, int) else quantity.step


def _derivation(sign: str, value: Decimal, unit: Unit, used: Sequence[Placed]) -> Derivation:
    stated = f" {sign} ".join(figure(placed[1].figure) for placed in used)
    return Derivation(True, f"{stated} is {amount(value, unit)}", tuple(used), sign == "and")


@cache
def _words(name: str) -> re.Pattern[str]:
    table = tomllib.loads((Path(__file__).parent / "reckoning.toml").read_text("utf-8"))
    return re.compile(table[name], re.IGNORECASE)
