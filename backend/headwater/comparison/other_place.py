"""Whether the words of a claim stand with another figure of the source than with the equal one.

`misplaced.py` asks for words that one sentence has and the other lacks. Here the weights of `counterparts.py` are
asked, that were found for figures which the document has nowhere: what speaks for the place of the equal figure, less
the value, and what speaks for the place of any other of its kind. A figure copied from the wrong line has the value of
one sentence and the words of another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from headwater.comparison.belonging import is_base
from headwater.comparison.contexts import Context
from headwater.comparison.counterparts import Standing, find_rarity, read_standings, weigh_place
from headwater.comparison.derivations import Placed
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import EQUAL_VALUES
from headwater.comparison.measures import moved
from headwater.comparison.pairing import bind_candidate
from headwater.domain.quantities import Dimension

AHEAD = 1.2  # of the weight: four times the odds
LIKELY = -0.5  # for the other figure: as much as marks a likely place
ENOUGH = -1.0  # and nearly as much, where it stands in another passage than the equal one
FAR_AHEAD, LITTLE_ENOUGH = 2.0, -1.8  # nine times the odds need less: where all was reworded, no place is likely
# Whatever the weights: shares of the claim's words, and of those nearest, that the other figure's sentence holds at
# least, and the equal one's at most.
HELD, NEAREST, LITTLE, HARDLY = 0.75, 0.6, 0.4, 0.2
SMALL = 10  # what many sentences have by chance
# Times larger or smaller: lines from which one is copied for another tell of one thing, and of one size. Of 13 right
# findings one lay farther apart, of 11 on faithful articles eight did.
SIZE = 5
OPEN = frozenset(
    {
        Dimension.COUNT,
        Dimension.CURRENCY,
        Dimension.PERCENT,
        Dimension.PERCENTAGE_POINTS,
        Dimension.MASS,
        Dimension.LENGTH,
    }
)
_RATHER = re.compile(r"\b(?:rather than|instead of|than|against|as many as|as much as|from|not) $", re.IGNORECASE)
BEFORE = 12  # characters


def find_other_place(
    claimed: Sequence[Context],
    agreed: Mapping[int, Placed],
    figures: Sequence[Placed],
    *,
    faced: Sequence[Context] = (),
    places: Mapping[int, int | None] | None = None,
) -> dict[int, Placed]:
    """Find the figures that the claim's words belong to, where they hardly belong to the equal ones.

    Args:
        claimed: The figures of the claim, in order.
        agreed: The official figure that each agrees with, by its place among them; left out where none does.
        figures: The source's figures, each with its passage's place.
        faced: Those that any figure of the claim agrees with or differs from.
        places: By the place of a passage, its place among those that the search found; None where they are the same.
    """
    open_ = [at for at in agreed if _is_open(claimed[at])]
    if not open_:
        return {}
    rarity = find_rarity([one for _, one in figures])
    order = {place: place for place, _ in figures} if places is None else places
    found = {}
    for at in open_:
        taken = [one for one in faced if one is not agreed[at][1]]
        sisters = [one for place, one in enumerate(claimed) if place != at]
        free = [one for one in read_standings(figures, taken, order) if not _is_of(sisters, one)]
        other = _other(claimed[at], agreed[at], free, rarity)
        if other is not None:
            found[at] = other.place, other.context
    return found


def _is_open(claimed: Context) -> bool:
    figure = claimed.figure
    if figure.unit.dimension not in OPEN or figure.upper is not None or figure.vague or is_base(claimed):
        return False
    if figure.unit.dimension is Dimension.COUNT and abs(figure.value) < SMALL:
        return False
    hyphen = claimed.text[figure.span.end : figure.span.end + 1] == "-"  # "the 48-page version"
    before = claimed.text[max(figure.span.start - BEFORE, 0) : figure.span.start]
    return not hyphen and (bool(figure.qualifier_surface) or not _RATHER.search(before))


def _is_of(sisters: Sequence[Context], official: Standing) -> bool:
    """Say whether another figure of the claim has an official one's value."""
    return any(_equals(sister, official.context) for sister in sisters)


def _equals(claimed: Context, official: Context) -> bool:
    return compare_quantities(claimed.figure, official.figure).outcome in EQUAL_VALUES


def _other(
    claimed: Context, agreed: Placed, standings: Sequence[Standing], rarity: Mapping[str, float]
) -> Standing | None:
    own, best, other = None, LITTLE_ENOUGH, None
    held, nearest, clear = 0.0, 0.0, None
    beside = {
        (one.place, one.context.sentence) for one in standings if _equals(claimed, one.context)
    }  # two figures of one sentence are told apart by `crossing.py`
    for one in standings:
        candidate = bind_candidate(claimed, one.context, one.place)
        if candidate is None:
            continue
        equal, binding = candidate.outcome.outcome in EQUAL_VALUES, candidate.binding
        if not equal and ((one.place, one.context.sentence) in beside or not _is_of_kind(agreed[1], one.context)):
            continue
        weight = weigh_place(claimed, candidate, one, rarity)
        if equal:
            own = weight if own is None else max(own, weight)
            held, nearest = max(held, binding.coverage), max(nearest, binding.local)
        elif weight > best:
            best, other = weight, one
            clear = one if binding.coverage >= HELD and binding.local >= NEAREST else None
    if own is None:
        return None
    apart = other is not None and other.place != agreed[0]
    ahead = best - own >= (AHEAD if best >= ENOUGH else FAR_AHEAD) and (apart or best >= LIKELY)
    return other if ahead or ((held <= LITTLE and nearest <= HARDLY) and clear is not None) else None


def _is_of_kind(equal: Context, other: Context) -> bool:
    mine, theirs = equal.figure, other.figure
    one, another = abs(mine.value * mine.unit.factor), abs(theirs.value * theirs.unit.factor)
    apart = abs(mine.value * mine.unit.factor - theirs.value * theirs.unit.factor)
    return (
        one <= SIZE * another
        and another <= SIZE * one
        and apart > mine.step * mine.unit.factor / 2  # "0.7 million" and, further down, "688,000"
        and mine.unit.code == theirs.unit.code
        and bool(mine.unit.per) is bool(theirs.unit.per)
        and mine.role is theirs.role
        and moved(mine) is moved(theirs)
        and theirs.upper is None
        and not theirs.vague
    )
