"""Which official figure each claimed figure faces: ranked by what they speak of, never by value.

The value has one small say: between candidates that are bound equally firmly, one that agrees goes first. Without it,
two figures of one list ("£3m for Leeds and £4m for York") could be crossed by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from headwater.comparison.binding import Binding, bind
from headwater.comparison.contexts import Context
from headwater.comparison.differences import compare_quantities
from headwater.comparison.ends import settle_ends
from headwater.comparison.figure_outcomes import EQUAL_VALUES, FigureOutcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.limits import settle_limits
from headwater.comparison.measures import HUNDRED
from headwater.comparison.wording import settle
from headwater.domain.findings import Effect
from headwater.domain.quantities import Dimension, Quantity

COMPARED = 8  # candidates compared by value for each claimed figure: those below are bound too loosely to matter
CONSIDERED = 400  # official figures taken: the densest passages shown hold fewer than a hundred
TIE = 0.04  # less than any one sign of binding: the value decides only between equals
NEARBY = Decimal("0.15")  # the most by which "almost" and rounding part two figures that agree
HALF = 0.5  # a range says less of how large something is than a figure does
FURTHER = 0.01  # per passage down the list: retrieval put the best first
FURTHEST = 0.05  # and no more than that in all


@dataclass(frozen=True, slots=True)
class Candidate:
    """An official figure facing a claimed one.

    Args:
        official: The official figure in its context.
        passage: Its passage's place in the list given.
        binding: How firmly the two are bound.
        outcome: What comparing them comes to.
        rank: What candidates are ordered by: binding, less the passage's place, plus the say of the value.
    """

    official: Context
    passage: int
    binding: Binding
    outcome: FigureOutcome
    rank: float

    @property
    def key(self) -> tuple[int, int]:
        """Which official figure it is: its passage's place and where it begins."""
        return self.passage, self.official.figure.span.start

    @property
    def agrees(self) -> bool:
        """Whether the two figures are the same, hedges and rounding apart."""
        return figure_rules()[self.outcome.outcome].effect in {Effect.AGREES, Effect.SHIFTS}


def rank_candidates(claimed: Context, officials: Sequence[tuple[int, Context]]) -> tuple[Candidate, ...]:
    """Rank the official figures that a claimed figure may face, firmest bound first.

    Args:
        claimed: The figure of the text in hand.
        officials: Figures of the source, each with its passage's place in the list.
    """
    bound = []
    for passage, official in officials[:CONSIDERED]:
        binding = bind(claimed, official)
        if binding is not None:
            bound.append((binding.strength - min(FURTHER * passage, FURTHEST), passage, official, binding))
    bound.sort(key=lambda item: (-item[0], item[1], item[2].figure.span))
    kept = [*bound[:COMPARED], *(item for item in bound[COMPARED:] if _may_agree(claimed.figure, item[2].figure))]
    ranked = [_compared(claimed, *item[:3], binding=item[3]) for item in kept]
    return tuple(sorted(ranked, key=lambda candidate: -candidate.rank))


def bind_candidate(claimed: Context, official: Context, passage: int) -> Candidate | None:
    """Set one official figure against a claimed one, or return None where their kinds cannot speak of one thing.

    Args:
        claimed: The figure of the text in hand.
        official: A figure of the source.
        passage: The place of its passage.
    """
    binding = bind(claimed, official)
    return None if binding is None else _compared(claimed, binding.strength, passage, official, binding=binding)


def _may_agree(claimed: Quantity, official: Quantity) -> bool:
    """Say whether two figures are near each other in size, so that comparing them is worth the time."""
    return claimed.upper is not None or official.upper is not None or _gap(claimed, official) <= NEARBY


def closeness_in_size(claimed: Quantity, official: Quantity) -> float:
    """Return how near two figures are in size: 1 for the same, 0 for those that cannot agree.

    Retrieval prefers, of passages that say nearly the same, the one that tells the claim's figures.

    >>> from headwater.extraction.quantities import extract_quantities
    >>> few, more, many = extract_quantities("9,000 people, 9,450 people and 90,000 people")
    >>> [round(closeness_in_size(few, other), 2) for other in (few, more, many)]
    [1.0, 0.68, 0.0]
    """
    near = max(0.0, 1 - float(_gap(claimed, official) / NEARBY))
    return near if claimed.upper is official.upper is None else HALF * near


def _gap(claimed: Quantity, official: Quantity) -> Decimal:
    """Return by which share of the larger two figures lie apart; ranges that overlap do not."""
    (low, high), (lowest, highest) = _ends(claimed), _ends(official)
    between = max(Decimal(0), lowest - high, low - highest)
    return between / max(low, lowest) if between else between


def _ends(quantity: Quantity) -> tuple[Decimal, Decimal]:
    one, other = abs(_size(quantity, quantity.value)), abs(_size(quantity, quantity.upper or quantity.value))
    return min(one, other), max(one, other)


def _size(quantity: Quantity, value: Decimal) -> Decimal:
    share = quantity.unit.dimension is Dimension.PROPORTION
    return value * (HUNDRED if share else quantity.unit.factor)


def _compared(claimed: Context, rank: float, passage: int, official: Context, *, binding: Binding) -> Candidate:
    outcome = settle(claimed, official, compare_quantities(claimed.figure, official.figure))
    outcome = settle_ends(claimed, official, settle_limits(claimed, official, outcome))
    candidate = Candidate(official, passage, binding, outcome, rank)
    if not candidate.agrees:
        return candidate
    say = TIE if outcome.outcome in EQUAL_VALUES else TIE / 2
    return Candidate(official, passage, binding, outcome, rank + say)


def assign(rankings: Sequence[Sequence[Candidate]]) -> tuple[Candidate | None, ...]:
    """Give each claimed figure the official figure it faces, firmest pairs first, no official figure twice.

    A claimed figure whose every candidate is taken shares its first choice: texts repeat a figure.

    Args:
        rankings: The ranked candidates of each claimed figure.
    """
    pairs = sorted(
        ((candidate.rank, place, candidate) for place, ranked in enumerate(rankings) for candidate in ranked),
        key=lambda pair: (-pair[0], pair[1]),
    )
    given: dict[int, Candidate] = {}
    taken: set[tuple[int, int]] = set()
    for _, place, candidate in pairs:
        if place not in given and candidate.key not in taken:
            given[place] = candidate
            taken.add(candidate.key)
    return tuple(given.get(place) or (ranked[0] if ranked else None) for place, ranked in enumerate(rankings))
