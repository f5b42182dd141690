"""Whether an equal figure demonstrably belongs to something else in the source: another subject, another noun, a base.

Equal values are strong evidence, unless the very sentence has a figure of its own for what the claim speaks of: "14%
of men and 9% of women" gives no 9% for men.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from headwater.comparison.binding import Counted
from headwater.comparison.contexts import Context
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.pairing import TIE, Candidate
from headwater.comparison.sameness import is_related
from headwater.comparison.vocabulary import concept
from headwater.domain.quantities import Qualifier, Role

PULL = 0.12  # nearness of the claim's words to the other figure, less that to the equal one: about one word's worth
FAINT = 0.05  # of one word's pull: a common word at the other end of the sentence
CLOSE = 0.5  # nearness: at most three words away, no clause mark or other figure crossed
TOLD = 0.2  # and in the claim: in its clause, or the next
WORLDS = 1000  # times larger
PERSONS = frozenset({Counted.SAME, Counted.WIDER, Counted.NARROWER})
REACH = 60  # characters before a figure that say it is a base: "compared with 18.5 weeks"


def find_rival(claimed: Context, candidate: Candidate, ranked: Sequence[Candidate]) -> Candidate | None:
    """Find the figure that the source has for the claim's own thing, where an equal one belongs to something else.

    Args:
        claimed: The claimed figure in its sentence.
        candidate: An official figure that agrees with it.
        ranked: All candidates.
    """
    for other in ranked:
        if other.agrees or other.official.figure.role is Role.PART or not _are_siblings(candidate, other):
            continue
        if is_of_another_sort(candidate, other) or _is_running_total(claimed, candidate, other):
            continue
        if _has_its_hedge(claimed, candidate, other):
            continue
        if _in_one_sentence(candidate, other) and _is_nearer_told(claimed, candidate, other):
            return other
        firm = other.rank >= candidate.rank - TIE and other.binding.coverage >= candidate.binding.coverage
        if firm and candidate.binding.counted is Counted.OTHER and other.binding.counted is Counted.SAME:
            return other
    return None


def keeps_bound(candidate: Candidate, ranked: Sequence[Candidate]) -> Candidate:
    """Return a figure that keeps a claimed bound, where the one faced has the same words the other way about.

    "Just over half used a phone" is the source's 51%, and not its "almost half read the news".

    Args:
        candidate: The figure faced, which agrees.
        ranked: All candidates.
    """
    if candidate.outcome.outcome is not Outcome.HEDGE_FLIPPED:
        return candidate
    holding = (
        other
        for other in ranked
        if other.outcome.outcome is Outcome.BOUND_HOLDS
        and is_related(other.binding)
        and not other.binding.apart
        and other.binding.coverage >= candidate.binding.coverage
    )
    return next(holding, candidate)


def _has_its_hedge(claimed: Context, candidate: Candidate, other: Candidate) -> bool:
    """Say whether the equal figure alone has the claim's hedge: "more than 6.8 million" of "exceed 6.8 million"."""
    hedge = claimed.figure.qualifier
    if hedge is Qualifier.EXACT or candidate.outcome.outcome is not Outcome.EQUAL:
        return False
    return candidate.official.figure.qualifier is hedge is not other.official.figure.qualifier


def is_of_another_sort(candidate: Candidate, other: Candidate) -> bool:
    """Say whether nobody takes one figure for the other: "three surveys" and "350,000 respondents".

    Args:
        candidate: An official figure that agrees with the claimed one.
        other: Another one.
    """
    if candidate.binding.counted in PERSONS and other.binding.counted is Counted.OTHER:
        return True
    sizes = sorted(abs(side.official.figure.value) for side in (candidate, other))
    return other.binding.counted is not Counted.SAME and sizes[0] * WORLDS < sizes[1]


def _is_running_total(claimed: Context, candidate: Candidate, other: Candidate) -> bool:
    """Say whether claim and equal figure are totals, and the other one what has been added: "11 more, 7,409 in all"."""
    total = _words("total")
    told = [bool(total.search(_before(one))) for one in (claimed, candidate.official, other.official)]
    return told == [True, True, False]


def _before(context: Context) -> str:
    start = max(context.sentence.start, context.figure.span.start - REACH)
    return context.text[start : context.figure.span.start]


def _is_nearer_told(claimed: Context, candidate: Candidate, other: Candidate) -> bool:
    """Say whether the claim tells what stands by the other figure of the sentence, not by the equal one."""
    pulling = _pull(claimed, candidate.official, other.official)
    # "Over 150" is what "more than 150" stands for; one verb that another figure is nearer to takes it from no one.
    needed = 2 if _are_hedged_alike(claimed, candidate.official) else 1
    pulled = sum(pulling.values()) > PULL and sum(pull > FAINT for pull in pulling.values()) >= needed
    if pulled or _is_mere_base(claimed, candidate, other):
        return True
    mine, theirs = _nearest(candidate.official), _nearest(other.official)
    return (
        bool(mine and theirs)
        and mine not in claimed.told
        and claimed.near.get(theirs, 0.0) >= TOLD
        and _nearness(candidate.official, theirs) < _nearness(other.official, theirs)
        and not _is_part(candidate.official, other.official)
    )


def _nearest(context: Context) -> str:
    """Return the content word that stands nearest to a figure, or "" where none stands close."""
    word = max(context.near, key=context.near.__getitem__, default="")
    return word if word and context.near[word] >= CLOSE else ""


def _is_part(one: Context, other: Context) -> bool:
    """Say whether one figure is given as a part of the other, whose noun it then shares."""
    first, second = sorted((one, other), key=lambda context: context.figure.span)
    between = one.text[first.figure.span.end : second.figure.span.start]
    return bool(_words("part").search(between))


def _are_siblings(candidate: Candidate, other: Candidate) -> bool:
    mine, theirs = candidate.official.figure, other.official.figure
    return mine.unit.dimension is theirs.unit.dimension and mine.unit.code == theirs.unit.code


def _in_one_sentence(candidate: Candidate, other: Candidate) -> bool:
    return (candidate.passage, candidate.official.sentence) == (other.passage, other.official.sentence)


def _pull(claimed: Context, equal: Context, other: Context) -> dict[str, float]:
    """Return how much nearer each word of the claim stands to the other figure than to the equal one."""
    return {word: near * (_nearness(other, word) - _nearness(equal, word)) for word, near in claimed.near.items()}


def _nearness(context: Context, word: str) -> float:
    """Return how near a word is to a figure: what it counts is its own, however many adjectives stand between."""
    return 1.0 if word == concept(context.figure.counted_head) else context.near.get(word, 0.0)


def _are_hedged_alike(one: Context, other: Context) -> bool:
    return one.figure.qualifier is other.figure.qualifier is not Qualifier.EXACT


def _is_mere_base(claimed: Context, candidate: Candidate, other: Candidate) -> bool:
    """Say whether the equal figure is what the other one is compared with, and the claim speaks of no such thing."""
    if candidate.binding.period is True or claimed.figure.role is Role.CHANGE_FROM:
        return False
    if candidate.binding.period is None and other.binding.period is False:
        return False  # "This year they have £894m": not next year's figure
    spoken = claimed.sentence.slice(claimed.text)
    return is_base(candidate.official) and not is_base(other.official) and not _words("past").search(spoken)


def is_base(context: Context) -> bool:
    """Say whether a figure is given as what another is compared with.

    Args:
        context: A figure in its sentence.
    """
    if context.figure.role is Role.CHANGE_FROM:
        return True
    before = _before(context)
    hedge = context.figure.qualifier_surface  # the "than" of "more than 40" compares with nothing
    if hedge and before.rstrip().lower().endswith(hedge.lower()):
        before = before.rstrip()[: -len(hedge)]
    return bool(_words("base").search(before))


@cache
def _words(name: str) -> re.Pattern[str]:
    table = tomllib.loads((Path(__file__).parent / "belonging.toml").read_text("utf-8"))
    return re.compile(table[name], re.IGNORECASE)
