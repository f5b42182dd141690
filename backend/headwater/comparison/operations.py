"""One operation on two figures of a whole document that gives a claimed figure, and what chance there was of a fit.

The claim's own words choose the operation ("for every", "together", "earlier"); the more pairs were tried, and the
coarser the claimed figure, the less a fit says. `reckoning.py` does the same among the first aligned passages, where
nearness stands for the words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from headwater.comparison.closeness import is_near
from headwater.comparison.contexts import Context
from headwater.comparison.derivations import PER_CENT, POINTS, Derivation, Placed
from headwater.comparison.measures import HUNDRED, group
from headwater.comparison.phrasing import amount, figure
from headwater.comparison.reckoning import amount_in, are_of_a_kind, fits
from headwater.comparison.vocabulary import vocabulary
from headwater.domain.quantities import Dimension, Direction, Qualifier, Quantity, Role, Unit

OPERANDS = 60  # figures: the most relevant of a document; 1,770 pairs at most
APART = 6  # places in the order of relevance that figures of two sentences lose against those of one
NEARBY = 70  # characters on each side: the clause
SURE, POSSIBLE = 0.12, 0.5  # fits to be expected by chance alone, for agreement and for a remark
HEDGED, BOUND = 0.05, 0.25  # of the value: what "about" and "more than" allow
MOST_EXACT = 0.02  # of the value: what two rounded figures leave open
BARE = Unit(Dimension.COUNT)
RATIO = Unit(Dimension.MULTIPLE, "times")
LEVELS = frozenset({Role.LEVEL, Role.CHANGE_TO, Role.PART})
FEWEST_TERMS, MOST_TERMS = 3, 8  # of a list that a reporter adds up
UNADDED = frozenset({Dimension.AGE, Dimension.TEMPERATURE, Dimension.SCORE, Dimension.PROPORTION, Dimension.MULTIPLE})
UNTOTALLED = UNADDED | {Dimension.PERCENT, Dimension.PERCENTAGE_POINTS, Dimension.DURATION}


@dataclass(frozen=True, slots=True)
class Operation:
    """Arithmetic that gives a claimed figure.

    Args:
        derivation: The arithmetic.
        sure: Whether the claim's words ask for it and chance hardly gives it.
    """

    derivation: Derivation
    sure: bool


@dataclass(frozen=True, slots=True)
class _Trial:
    sign: str
    value: Decimal
    unit: Unit
    used: tuple[Placed, ...]


@cache
def tables() -> dict[str, Any]:
    """Return the tables of whole_document.toml."""
    return tomllib.loads((Path(__file__).parent / "whole_document.toml").read_text("utf-8"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of whole_document.toml.

    Args:
        name: Its key.
    """
    return re.compile(tables()[name], re.IGNORECASE)


def find_operation(claimed: Context, operands: Sequence[Placed]) -> Operation | None:
    """Find one operation on two figures of a document that gives a claimed figure.

    Args:
        claimed: A figure that the source does not state, in the unit it is read in.
        operands: Figures of the document, the most relevant first.
    """
    usable = [placed for placed in operands if _is_operand(placed[1].figure)][:OPERANDS]
    pairs = _pairs(claimed, usable)
    for rule, asked, named in _rules(claimed):
        if not asked:
            continue
        tried = (trial for trial in rule(claimed, usable, pairs) if trial.value > 0)
        for number, trial in enumerate(tried, 1):
            expected = number * _window(claimed.figure) / 2
            if expected > POSSIBLE:
                break
            if fits(claimed.figure, trial.value, trial.unit, trial.used):
                return Operation(_derivation(trial), sure=named and expected <= SURE)
    return None


def _rules(claimed: Context) -> Iterator[tuple[Any, bool, bool]]:
    """Yield the operations with whether each may be meant, and whether the claim's words ask for it and no other."""
    sentence = claimed.sentence.slice(claimed.text)
    before, after = _around(claimed)
    near = f"{before} {after}"
    change = claimed.figure.role is Role.CHANGE_BY
    share = group(claimed.figure.unit.dimension) == "share"
    added = bool(pattern("sum").search(sentence))
    past = claimed.figure.role is Role.CHANGE_FROM or bool(pattern("past").search(near))
    yield _levels, past, past
    yield _totals, True, added
    yield _sums, added or claimed.figure.unit.dimension is Dimension.COUNT, added
    gap = change or bool(pattern("difference").search(sentence))
    yield _differences, gap, gap
    ratio = claimed.figure.unit == BARE and bool(pattern("ratio").search(sentence))
    yield _ratios, ratio, ratio
    yield _shares, share and bool(pattern("share").search(after)), False
    yield _complements, share and bool(pattern("denied").search(sentence)), False
    yield _averages, bool(pattern("average").search(near)), False


def _around(claimed: Context) -> tuple[str, str]:
    span, sentence, text = claimed.figure.span, claimed.sentence, claimed.text
    return text[max(sentence.start, span.start - NEARBY) : span.start], text[
        span.end : min(sentence.end, span.end + NEARBY)
    ]


def _window(quantity: Quantity) -> float:
    """Return which share of its value a figure leaves open."""
    if quantity.qualifier is Qualifier.EXACT:
        return min(1.0, max(MOST_EXACT / 4, float(quantity.step / abs(quantity.value)))) if quantity.value else 1.0
    return HEDGED if quantity.qualifier is Qualifier.ABOUT or is_near(quantity) else BOUND


def _is_operand(quantity: Quantity) -> bool:
    return quantity.upper is None and quantity.unit.dimension is not Dimension.AGE and quantity.value > 0


def _pairs(claimed: Context, operands: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Return pairs that may be meant, the likeliest first: what fits late fits by chance."""
    found = [
        (_lateness(operands, one, other), one, other)
        for one, other in combinations(range(len(operands)), 2)
        if _speak_of_one(claimed, operands[one], operands[other])
    ]
    return [(operands[one], operands[other]) for *_, one, other in sorted(found)]


def _lateness(operands: Sequence[Placed], one: int, other: int) -> int:
    return one + other + (0 if _in_one_sentence(operands[one], operands[other]) else APART)


def _speak_of_one(claimed: Context, one: Placed, other: Placed) -> bool:
    """Say whether two figures stand in one sentence or next to each other, or both hold a word of the claim."""
    if one[0] == other[0] and other[1].sentence.start - one[1].sentence.end <= 1:
        return True
    if one[1].figure.counted_head and one[1].figure.counted_head == other[1].figure.counted_head:
        return abs(one[0] - other[0]) <= 1 or (_tells(claimed, one[1]) and _tells(claimed, other[1]))
    sums = {placed[1].figure.unit.dimension for placed in (one, other)} == {Dimension.CURRENCY}
    if sums and claimed.figure.role is Role.CHANGE_BY and abs(one[0] - other[0]) <= 1:
        return True  # "It means a cut of £24 million" does not say again of what
    return _tells(claimed, one[1]) and _tells(claimed, other[1]) and abs(one[0] - other[0]) <= 2


def _tells(claimed: Context, official: Context) -> bool:
    return any(word in official.told for word in claimed.told if word not in vocabulary().light)


def _in_one_sentence(one: Placed, other: Placed) -> bool:
    return (one[0], one[1].sentence) == (other[0], other[1].sentence)


def _amounts(claimed: Context, pair: tuple[Placed, Placed]) -> tuple[Decimal, Decimal, Unit] | None:
    """Return two amounts in the claim's unit, where they are of one kind and of its own."""
    wanted = claimed.figure.unit
    units = [placed[1].figure.unit for placed in pair]
    if units[0].dimension in UNADDED or not are_of_a_kind(*units) or units[0].per or units[1].per:
        return None
    if not are_of_a_kind(wanted, units[0]) or wanted.per:
        return None
    return amount_in(pair[0], wanted), amount_in(pair[1], wanted), wanted


def _levels(claimed: Context, _usable: object, pairs: Sequence[tuple[Placed, Placed]]) -> Iterator[_Trial]:
    """A level before a change: "433,000, down 78,000" was 511,000."""
    for pair in pairs:
        for level, change in (pair, pair[::-1]):
            mine, theirs = level[1].figure, change[1].figure
            moved = theirs.role is Role.CHANGE_BY or theirs.unit.dimension is Dimension.PERCENTAGE_POINTS
            if not moved or mine.role not in LEVELS or not _in_one_sentence(level, change):
                continue
            points = mine.unit.dimension is Dimension.PERCENT and theirs.unit.dimension is Dimension.PERCENTAGE_POINTS
            same = mine.unit == theirs.unit and mine.unit.dimension not in {Dimension.PERCENT, *UNADDED}
            if not (points or same) or not are_of_a_kind(claimed.figure.unit, mine.unit):
                continue
            down = theirs.direction is Direction.DOWN
            value = mine.value + theirs.value if down else mine.value - theirs.value
            yield _Trial("and" if down else "less", value, mine.unit, (level, change))


def _sums(claimed: Context, _usable: object, pairs: Sequence[tuple[Placed, Placed]]) -> Iterator[_Trial]:
    asked = bool(pattern("sum").search(claimed.sentence.slice(claimed.text)))
    for pair in pairs:
        levels = all(placed[1].figure.role in LEVELS for placed in pair)
        if (
            (amounts := _amounts(claimed, pair))
            and levels
            and (asked or _are_listed(pair) or _count_alike(claimed, pair))
        ):
            yield _Trial("and", amounts[0] + amounts[1], amounts[2], pair)


def _totals(claimed: Context, usable: Sequence[Placed], _pairs: object) -> Iterator[_Trial]:
    """Three figures or more that one sentence lists: "37,831,600 in England, 2,225,700 in Wales and 1,232,400 in"."""
    wanted = claimed.figure.unit
    lists: dict[tuple[int, int], list[Placed]] = {}
    for placed in usable:
        quantity = placed[1].figure
        if quantity.role in LEVELS and quantity.unit == wanted and wanted.dimension not in UNTOTALLED:
            lists.setdefault((placed[0], placed[1].sentence.start), []).append(placed)
    for terms in lists.values():
        values = [placed[1].figure.value for placed in terms]
        total = sum(values, Decimal(0))
        if FEWEST_TERMS <= len(terms) <= MOST_TERMS and 2 * max(values) != total:  # one that is the total of the others
            yield _Trial("and", total, wanted, tuple(terms))


def _are_listed(pair: tuple[Placed, Placed]) -> bool:
    """Say whether two figures are joined by "and" in one sentence, so that they add up."""
    if not _in_one_sentence(*pair):
        return False
    first, second = sorted(pair, key=lambda placed: placed[1].figure.span)
    return bool(pattern("listed").search(first[1].text[first[1].figure.span.end : second[1].figure.span.start]))


def _count_alike(claimed: Context, pair: tuple[Placed, Placed]) -> bool:
    """Say whether two figures of one passage count what the claim counts: "90 public beds; 75 mental health beds"."""
    heads = {placed[1].figure.counted_head for placed in pair}
    return bool(claimed.figure.counted_head) and heads == {claimed.figure.counted_head} and pair[0][0] == pair[1][0]


def _differences(claimed: Context, _usable: object, pairs: Sequence[tuple[Placed, Placed]]) -> Iterator[_Trial]:
    for pair in pairs:
        units = {placed[1].figure.unit.dimension for placed in pair}
        high, low = sorted(pair, key=lambda placed: -placed[1].figure.value * placed[1].figure.unit.factor)
        if units == {Dimension.PERCENT} and claimed.figure.unit.dimension is Dimension.PERCENTAGE_POINTS:
            yield _Trial("less", high[1].figure.value - low[1].figure.value, POINTS, (high, low))
        elif Dimension.PERCENT not in units and (amounts := _amounts(claimed, pair)):
            yield _Trial("less", abs(amounts[0] - amounts[1]), amounts[2], (high, low))


def _ratios(claimed: Context, _usable: object, pairs: Sequence[tuple[Placed, Placed]]) -> Iterator[_Trial]:
    """So many of one to one of another: of two figures in one sentence, or of two nouns that the claim names."""
    for pair in pairs:
        units = [placed[1].figure.unit for placed in pair]
        if units[0] != units[1] or units[0].dimension in UNADDED or Role.CHANGE_BY in _roles(pair):
            continue
        nouns = [placed[1].counted for placed in pair]
        high, low = sorted(pair, key=lambda placed: -placed[1].figure.value)
        named = nouns[0] != nouns[1] and all(noun and noun in claimed.told for noun in nouns)
        if named and claimed.counted in nouns:
            high, low = sorted(pair, key=lambda placed: placed[1].counted != claimed.counted)
        if (named and abs(pair[0][0] - pair[1][0]) <= 1) or _in_one_sentence(*pair):
            yield _Trial("to", high[1].figure.value / low[1].figure.value, BARE, (high, low))


def _roles(pair: tuple[Placed, Placed]) -> set[Role]:
    return {placed[1].figure.role for placed in pair}


def _shares(claimed: Context, usable: Sequence[Placed], pairs: Sequence[tuple[Placed, Placed]]) -> Iterator[_Trial]:
    money = [placed for placed in usable if placed[1].figure.unit.dimension is Dimension.CURRENCY]
    total = max(money, key=lambda placed: placed[1].figure.value, default=None)  # what the document is about
    of_total = [(part, total) for part in money if total and part is not total and _tells(claimed, part[1])]
    for pair in [*pairs, *(pair for pair in of_total if not _speak_of_one(claimed, *pair))]:
        low, high = sorted(pair, key=lambda placed: placed[1].figure.value * placed[1].figure.unit.factor)
        units = [placed[1].figure.unit for placed in pair]
        shares = group(units[0].dimension) == "share"
        alike = units[0] == units[1] and units[0].dimension not in UNADDED and (not shares or _in_one_sentence(*pair))
        if alike and low[1].figure.value < high[1].figure.value:
            yield _Trial("of", low[1].figure.value / high[1].figure.value * HUNDRED, PER_CENT, (low, high))


def _complements(claimed: Context, usable: Sequence[Placed], _pairs: object) -> Iterator[_Trial]:
    for placed in usable:
        quantity = placed[1].figure
        whole = {Dimension.PERCENT: HUNDRED, Dimension.PROPORTION: Decimal(1)}.get(quantity.unit.dimension)
        if whole and quantity.value < whole and quantity.role is not Role.CHANGE_BY and _tells(claimed, placed[1]):
            yield _Trial("from the whole", (whole - quantity.value) * HUNDRED / whole, PER_CENT, (placed,))


def _averages(claimed: Context, usable: Sequence[Placed], pairs: Sequence[tuple[Placed, Placed]]) -> Iterator[_Trial]:
    """An amount spread over a number that stands by it, or over the number of what the claim names."""
    unit = claimed.figure.unit
    wanted = replace(unit, per=None, per_amount=Decimal(1))
    named = [placed for placed in usable if placed[1].counted in claimed.told]
    apart = [(whole, parts) for parts in named for whole in usable if whole is not parts]
    for whole, parts in [*(turned for pair in pairs for turned in (pair, pair[::-1])), *apart]:
        mine, theirs = whole[1].figure.unit, parts[1].figure.unit
        spread = theirs.dimension in {Dimension.COUNT, Dimension.DURATION} and parts[1].figure.value > 1
        if spread and (theirs != mine or parts in named) and are_of_a_kind(wanted, mine) and not mine.per:
            yield _Trial("over", amount_in(whole, wanted) / parts[1].figure.value, unit, (whole, parts))


def _derivation(trial: _Trial) -> Derivation:
    stated = f" {trial.sign} ".join(figure(placed[1].figure) for placed in trial.used)
    if len(trial.used) == 1:
        stated = f"{stated} {trial.sign}"
    return Derivation(True, f"{stated} is {amount(trial.value, trial.unit)}", trial.used, trial.sign == "and")
