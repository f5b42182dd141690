"""The official figure in whose place a claimed one stands, where the document has the claimed one nowhere.

Asked last: the value stands in no sentence of the document and follows from none. What is left is a figure from
elsewhere, or a wrong one. It is wrong where a figure of the source has its place: the passage that the search found
first, the same words close by and rare in the document, the same thing counted, the same hedge, another figure of the
claim in the same official sentence, a value of like size or with like digits. Each speaks with its weight, in steps of
about a factor of three in the odds (`counterparts.toml`), and the best one must lead any figure of another value.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from headwater.comparison.binding import Counted
from headwater.comparison.contexts import Context
from headwater.comparison.measures import group, moved
from headwater.comparison.pairing import Candidate, bind_candidate
from headwater.comparison.slips import count_kept_digits
from headwater.domain.quantities import Dimension, Qualifier, Quantity, Role
from headwater.domain.spans import Span

ENOUGH = 0.7
IN_WORDS = 0.0  # of a share in words, whose value says little: what stands around the two alone
LEAD = 0.5  # over the best figure of another value
MOST_DIGITS = 4  # kept by a slip: more tell no more
MOST_SHARED = 6  # words
MOST_BESIDE = 3  # figures of one kind in a sentence
ROW_WORDS = 6  # content words: a row of a list or a table, and no sentence
ZERO = 1e-9


@dataclass(frozen=True, slots=True)
class Standing:
    """An official figure with what is known of it beside its words.

    Args:
        place: Its passage's place in the document.
        context: The figure in its sentence.
        found: The place of its passage among those that the search found, or None.
        beside: Whether another figure of the claim agrees with one of its sentence.
        siblings: How many figures of its kind its sentence has besides.
        free: How many of those agree with no figure of the claim.
    """

    place: int
    context: Context
    found: int | None
    beside: bool
    siblings: int
    free: int


@cache
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, weight in _table()["weights"].items()}


@cache
def _table() -> dict[str, dict[str, float]]:
    return tomllib.loads((Path(__file__).parent / "counterparts.toml").read_text("utf-8"))


def find_counterpart(
    claimed: Context,
    officials: Sequence[Standing],
    rarity: Mapping[str, float],
    *,
    enough: float = ENOUGH,
    lead: float = LEAD,
) -> Candidate | None:
    """Find the official figure in whose place a claimed one stands.

    Args:
        claimed: A figure that the document neither states nor gives.
        officials: The document's figures, but for those that other figures of the claim agree with.
        rarity: How rare the words of the document's sentences with figures are in it, from 0 to 1.
        enough: The least that must speak for it.
        lead: And how much more than for the best figure of another value.
    """
    if claimed.figure.vague:
        return None  # "hundreds" stand in no figure's place
    in_words = claimed.figure.unit.dimension is Dimension.PROPORTION
    weighed = []
    for official in officials:
        if in_words and group(official.context.figure.unit.dimension) != "share":
            continue  # a share in words may be a reporter's own, of any amounts
        candidate = bind_candidate(claimed, official.context, official.place)
        if candidate is not None and in_words:
            weighed.append((weigh_place(claimed, candidate, official, rarity), candidate))
        elif candidate is not None:
            weighed.append((_weigh(claimed, candidate, official, rarity), candidate))
    enough = min(enough, IN_WORDS) if in_words else enough
    weighed.sort(key=lambda pair: -pair[0])
    if not weighed or weighed[0][0] < enough:
        return None
    weight, best = weighed[0]
    rival = next((other for other, one in weighed if not _alike(one, best)), None)
    return best if rival is None or weight - rival >= lead else None


def read_standings(
    figures: Sequence[tuple[int, Context]], sisters: Sequence[Context], found: Mapping[int, int | None]
) -> list[Standing]:
    """Say how each figure of a document stands, those left out that other figures of the claim agree with.

    Args:
        figures: Each with its passage's place.
        sisters: Those that other figures of the claim agree with.
        found: By the place of a passage, its place among those that the search found.
    """
    agreed = {id(sister) for sister in sisters}
    beside = {(sister.text, sister.sentence) for sister in sisters}
    rows: dict[tuple[int, Span, str], list[Context]] = {}
    for place, one in figures:
        rows.setdefault((place, one.sentence, group(one.figure.unit.dimension)), []).append(one)
    standings = []
    for place, one in figures:
        if id(one) not in agreed:
            row = rows[place, one.sentence, group(one.figure.unit.dimension)]
            free = sum(id(other) not in agreed for other in row) - 1
            near = (one.text, one.sentence) in beside
            standings.append(Standing(place, one, found.get(place), near, len(row) - 1, free))
    return standings


def find_rarity(officials: Sequence[Context]) -> dict[str, float]:
    """Say how rare each word is in the sentences of a document that have figures: 1 where only one has it.

    Args:
        officials: The document's figures.
    """
    sentences = {(one.text, one.sentence): one.told for one in officials}
    held: dict[str, int] = {}
    for told in sentences.values():
        for word in told:
            held[word] = held.get(word, 0) + 1
    whole = math.log(len(sentences) + 1)
    return {word: math.log((len(sentences) + 1) / count) / whole for word, count in held.items()}


def _alike(one: Candidate, other: Candidate) -> bool:
    mine, theirs = one.official.figure, other.official.figure
    return (mine.value * mine.unit.factor, mine.upper) == (theirs.value * theirs.unit.factor, theirs.upper)


def weigh_place(claimed: Context, candidate: Candidate, official: Standing, rarity: Mapping[str, float]) -> float:
    """Return what speaks for an official figure standing where a claimed one does, whatever their values.

    Args:
        claimed: A figure of the claim.
        candidate: The official figure set against it.
        official: How that one stands in its document.
        rarity: How rare the words of the document's sentences with figures are in it, from 0 to 1.
    """
    signs = {
        **_of_place(official),
        **_of_words(claimed, candidate, rarity),
        **_of_kind(claimed.figure, candidate.official.figure),
    }
    weights = _weights()
    return weights["start"] + sum(weights[name] * value for name, value in signs.items())


def _weigh(claimed: Context, candidate: Candidate, official: Standing, rarity: Mapping[str, float]) -> float:
    """Return what speaks for an official figure standing where the claimed one does."""
    weights = _weights()
    values = sum(weights[name] * value for name, value in _of_values(claimed, candidate).items())
    return weigh_place(claimed, candidate, official, rarity) + values


def _of_place(official: Standing) -> dict[str, float]:
    found = official.found
    return {
        "first_passage": found == 0,
        "next_passages": found in {1, 2},
        "beside": official.beside,
        "siblings": min(official.siblings, MOST_BESIDE) / MOST_BESIDE,
        "free_siblings": min(official.free, MOST_BESIDE) / MOST_BESIDE,
    }


def _of_words(claimed: Context, candidate: Candidate, rarity: Mapping[str, float]) -> dict[str, float]:
    binding, official = candidate.binding, candidate.official
    both = {word: min(near, official.near[word]) for word, near in claimed.near.items() if word in official.near}
    told = sum(near * rarity.get(word, 1.0) for word, near in claimed.near.items())
    close = sum(near * rarity.get(word, 1.0) for word, near in both.items())
    whole = sum(official.told.values())
    is_row = len(official.told) <= ROW_WORDS
    held = sum(tells for word, tells in official.told.items() if word in claimed.near)
    return {
        "covered": binding.coverage,
        "covers": binding.back,
        "closest": binding.local,
        "close_and_rare": close / told if told else 0.0,
        "rarest": max((near * rarity.get(word, 1.0) for word, near in both.items()), default=0.0),
        "shared": min(binding.shared, MOST_SHARED) / MOST_SHARED,
        "row": is_row,
        "whole_row": held / whole if is_row and whole else 0.0,
        "renamed": binding.renamed,
        "same_period": binding.period is True,
        "other_period": binding.period is False,
        "apart": binding.apart,
        **{f"counted_{kind.value}": binding.counted is kind for kind in Counted},
    }


def _of_kind(mine: Quantity, theirs: Quantity) -> dict[str, float]:
    ways = {moved(mine), moved(theirs)}
    return {
        "same_role": mine.role is theirs.role,
        "other_role": mine.role is not theirs.role and Role.LEVEL not in {mine.role, theirs.role},
        "same_way": len(ways) == 1 and None not in ways,
        "other_way": len(ways) > 1 and None not in ways,
        "same_hedge": mine.qualifier is theirs.qualifier is not Qualifier.EXACT,
        "same_unit": (mine.unit.dimension, mine.unit.code) == (theirs.unit.dimension, theirs.unit.code)
        and bool(mine.unit.per) is bool(theirs.unit.per),
        "money": mine.unit.dimension is Dimension.CURRENCY,
        "vague": mine.vague or theirs.vague,
        "range": (mine.upper is None) is not (theirs.upper is None),
    }


def _of_values(claimed: Context, candidate: Candidate) -> dict[str, float]:
    mine, theirs = claimed.figure, candidate.official.figure
    sizes = [max(abs(float(side.value * side.unit.factor)), ZERO) for side in (mine, theirs)]
    apart = abs(math.log(sizes[0] / sizes[1]))
    steps = _table()["sizes"]
    size = next((name for name, most in steps.items() if apart < most), "")
    return {
        **{name: name == size for name in steps},
        "digits": min(count_kept_digits(mine, candidate), MOST_DIGITS) / MOST_DIGITS,
    }
