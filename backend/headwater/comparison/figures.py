"""The figure lane: each claimed figure against the source, one finding for each.

A figure "contradicts" only where the official figure it faces speaks of the same thing (`sameness.py`). Everything
short of that is "not stated": a miss costs less than an invented contradiction. To agree takes less: an equal figure
in the first aligned passages is the one meant (`chance.py`) unless it belongs to something else (`belonging.py`), and
what a reporter may have worked out is worked out again (`reckoning.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from headwater.comparison.belonging import find_rival, is_base, keeps_bound
from headwater.comparison.binding import Counted, names_period
from headwater.comparison.chance import is_hardly_chance, weigh
from headwater.comparison.contexts import Context, read_contexts
from headwater.comparison.crossing import Crossing, Standing, find_crossing, states_value
from headwater.comparison.derivations import Derivation, Placed, find_derivation, find_turned
from headwater.comparison.differences import compare_quantities
from headwater.comparison.ellipsis import join_shares, numbers_within, with_unit
from headwater.comparison.figure_findings import Finder, is_small_number
from headwater.comparison.figure_outcomes import EQUAL_VALUES, SAME_VALUES, FigureOutcome, Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.measures import group
from headwater.comparison.misplaced import find_misplaced
from headwater.comparison.multiples import is_of_no_pair
from headwater.comparison.other_place import find_other_place
from headwater.comparison.own_moves import find_turned_moves
from headwater.comparison.pairing import CONSIDERED, Candidate, assign, bind_candidate, rank_candidates
from headwater.comparison.reckoning import (
    find_reckoning,
    find_total,
    is_clear,
    may_be_reckoned,
)
from headwater.comparison.same_words import find_same_words
from headwater.comparison.sameness import is_related, is_same_thing, is_telling, may_contradict
from headwater.comparison.slips import find_slip
from headwater.comparison.tabled import is_row
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding
from headwater.domain.quantities import Dimension, Role
from headwater.domain.spans import Span

__all__ = ["FigureOutcome", "Outcome", "compare_figures", "compare_quantities", "is_small_number"]

EQUAL_KINDS = frozenset(outcome.value for outcome in EQUAL_VALUES)
OWN_GROUP = 0.2  # more than another noun or period takes away: the sentence itself says whose figure it is
_MORE_OR_LESS = re.compile(r" (?:fewer|more|less|extra|additional|up|down|higher|lower)\b")  # "three fewer people"
CLEAR_LEAD = 0.12  # an agreeing candidate this near to the firmest bound is taken for the one meant


@dataclass(frozen=True, slots=True)
class _Facing:
    """What a claimed figure faces, what else it may face, and what the other figures of the claim agree with.

    `pairs` are the official sentences that have another figure of the claim's sentence to the digit.
    """

    faced: Candidate | None
    ranked: Sequence[Candidate]
    sisters_agree: bool | None
    named: Mapping[tuple[int, int], Placed]
    standings: Mapping[tuple[int, int], Crossing]
    pairs: Set[tuple[int, Span]] = frozenset()

    def rival(self, context: Context, candidate: Candidate) -> Candidate | None:
        """Return the figure that the source has for the claim's own thing, where an equal one is something else's."""
        found = self.standings.get(candidate.key)
        if found is None:
            return find_rival(context, candidate, self.ranked)
        if found.standing is Standing.CROSSED:
            return found.owner
        return find_rival(context, candidate, [other for other in self.ranked if other.key not in found.cleared])


def compare_figures(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Compare every figure of a claim with the source.

    Args:
        claim: The text in hand.
        passages: Official passages, the aligned ones first, then others of the document.

    Returns:
        Exactly one finding for each figure of the claim, in order of appearance.

    Examples:
        Rule FIG-EQUAL and rule FIG-VALUE.

        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.quantities import Quantity, Unit
        >>> from headwater.domain.spans import MappedText, Span
        >>> from decimal import Decimal
        >>> def text(words, value):
        ...     number = Quantity(f"{value:,}", Span(0, 5), Decimal(value), Unit(Dimension.COUNT))
        ...     return Annotated(MappedText.identity(words), Facts(quantities=(number,)))
        >>> source = text("9,400 people were returned to their home countries.", 9400)
        >>> [f.rule for f in compare_figures(text("9,400 people were returned home.", 9400), [source])]
        ['FIG-EQUAL']
        >>> [f.rule for f in compare_figures(text("9,700 people were returned home.", 9700), [source])]
        ['FIG-VALUE']
    """
    contexts = join_shares(read_contexts(claim))
    if not contexts:
        return ()  # the figures of the passages need not be read
    figures = [(place, context) for place, passage in enumerate(passages) for context in read_contexts(passage)]
    figures = [(place, one) for place, context in figures[:CONSIDERED] for one in (context, *numbers_within(context))]
    finder = Finder(claim, passages)
    facings = _facings(contexts, [rank_candidates(context, figures) for context in contexts])
    found = [_find(finder, context, figures, facing) for context, facing in zip(contexts, facings, strict=True)]
    right = list(_set_right(finder, contexts, found, figures))
    for later, base, way in find_turned_moves(contexts):
        agreeing = [right[at] for at in (later, base) if right[at].effect is Effect.AGREES]
        if agreeing and right[later].effect is not Effect.CONTRADICTS:
            right[later] = finder.turned(contexts[later], contexts[base], way, agreeing[0])
    return tuple(right)


def _set_right(
    finder: Finder, contexts: Sequence[Context], found: Sequence[Finding], figures: Sequence[Placed]
) -> tuple[Finding, ...]:
    """Return findings, those of figures that the source gives to something else as that."""
    at = {finder.position(place, context): (place, context) for place, context in reversed(figures)}
    faced = {
        place: at[finding.passage_id, finding.official.span]
        for place, finding in enumerate(found)
        if finding.official and (finding.passage_id, finding.official.span) in at
    }
    agreed = {place: one for place, one in faced.items() if found[place].kind in EQUAL_KINDS}
    if not agreed:
        return tuple(found)
    misplaced = {at: (one.owner, one.equal, True) for at, one in find_misplaced(contexts, agreed, figures).items()}
    left = {at: placed for at, placed in agreed.items() if at not in misplaced}
    others = find_other_place(contexts, left, figures, faced=[one for _, one in faced.values()])
    misplaced |= {at: (other, left[at], False) for at, other in others.items()}
    right = list(found)
    for place, (*sides, surely) in misplaced.items():
        owner, equal = (bind_candidate(contexts[place], one, at) for at, one in sides)
        if owner is not None and equal is not None:
            right[place] = finder.of_another_thing(contexts[place], owner, equal, surely=surely)
    return tuple(right)


def _facings(contexts: Sequence[Context], rankings: Sequence[Sequence[Candidate]]) -> list[_Facing]:
    """Say what each claimed figure faces.

    A candidate that another figure of the claim faces and agrees with is left to that one. Figures of one sentence
    are sisters; an age is none, for it says whom a figure is about.
    """
    standings = [
        {c.key: find_crossing(context, contexts, c, ranked) for c in _equals(ranked)}
        for context, ranked in zip(contexts, rankings, strict=True)
    ]
    rankings = [_led_by_own(ranked, known) for ranked, known in zip(rankings, standings, strict=True)]
    faced = assign(rankings)
    agreeing = Counter(candidate.key for candidate in faced if candidate is not None and candidate.agrees)
    sisters: Counter[object] = Counter()
    for context, candidate in zip(contexts, faced, strict=True):
        if context.figure.unit.dimension is not Dimension.AGE:
            sisters[context.sentence] += 1
            if candidate is not None and candidate.agrees:
                sisters[context.sentence, candidate.passage, candidate.official.sentence] += 1
    stated = {c.key: (c.passage, c.official) for c in faced if c is not None and c.outcome.outcome in EQUAL_VALUES}
    pairs = _pairs(contexts, rankings)
    facings = []
    for context, ranked, candidate, known, paired in zip(contexts, rankings, faced, standings, pairs, strict=True):
        own = {candidate.key} if candidate is not None else set()
        free = [other for other in ranked if other.key in own or not agreeing[other.key]]
        stating = candidate is not None and candidate.outcome.outcome in EQUAL_VALUES
        named = {key: placed for key, placed in stated.items() if not (stating and key in own)}
        facings.append(_Facing(candidate, free, _sisters_agree(context, candidate, sisters), named, known, paired))
    return facings


def _pairs(contexts: Sequence[Context], rankings: Sequence[Sequence[Candidate]]) -> list[frozenset[tuple[int, Span]]]:
    """Return, for each figure, the official sentences that hold another one of its sentence to the digit."""
    held = [
        {(c.passage, c.official.sentence) for c in ranked if c.outcome.outcome is Outcome.EQUAL} for ranked in rankings
    ]
    return [
        frozenset().union(
            *(
                places
                for other, places in zip(contexts, held, strict=True)
                if other.sentence == context.sentence and other.figure.value != context.figure.value
            )
        )
        for context in contexts
    ]


def _led_by_own(ranked: Sequence[Candidate], known: Mapping[tuple[int, int], Crossing]) -> tuple[Candidate, ...]:
    """Return candidates with those first that the source gives to the very group that the claim names."""
    raised = [
        replace(one, rank=one.rank + OWN_GROUP) if one.key in known and known[one.key].standing is Standing.OWN else one
        for one in ranked
    ]
    return tuple(sorted(raised, key=lambda one: -one.rank))


def _equals(ranked: Sequence[Candidate]) -> list[Candidate]:
    return [candidate for candidate in ranked if states_value(candidate.outcome)]


def _sisters_agree(context: Context, candidate: Candidate | None, sisters: Counter[object]) -> bool | None:
    """Say whether another figure of the claim's sentence agrees with the official sentence that this one faces."""
    own = int(context.figure.unit.dimension is not Dimension.AGE)
    if candidate is None or sisters[context.sentence] <= own:
        return None
    agreeing = sisters[context.sentence, candidate.passage, candidate.official.sentence]
    return agreeing > (own if candidate.agrees else 0)


def _find(finder: Finder, context: Context, figures: Sequence[Placed], facing: _Facing) -> Finding:
    crossed = _crossed(facing)
    if crossed is not None:
        return finder.of_another_thing(context, *crossed)
    agreeing = _agreeing(context, facing)
    if agreeing is not None:
        return finder.faced(context, agreeing)
    faced = _own(context, facing)
    derivation = _derive(context, figures, facing)
    if derivation is not None and not _is_direct(context, faced, derivation):
        return finder.derived(context, derivation)
    if faced is not None and _speaks_of_it(faced, facing.sisters_agree):
        # A share in words is often the reporter's own: of the rest, or of two figures.
        in_words = context.figure.unit.dimension is Dimension.PROPORTION or _is_told_as_gap(context)
        equal = _reworded(context, facing)
        if equal is not None and equal.binding.counted is Counted.SAME and not equal.binding.apart:
            return finder.faced(context, equal)
        reckoning = find_total(context, facing.named)
        if reckoning is None and in_words:
            reckoning = find_reckoning(context, figures, facing.named)
        return finder.derived(context, reckoning) if reckoning else _differing(finder, context, faced, facing.ranked)
    return _find_loosely(finder, context, figures, facing)


def _is_told_as_gap(context: Context) -> bool:
    """Say whether a figure is what parts two others: "two more than the 10 of May"."""
    return _MORE_OR_LESS.match(context.text, context.figure.span.end) is not None


def _derive(context: Context, figures: Sequence[Placed], facing: _Facing) -> Derivation | None:
    """Return the arithmetic that the claim's wording asks for, or what it comes to where that is something else."""
    derivation = find_derivation(context, figures)
    if derivation is not None and derivation.right:
        return derivation
    turned = find_turned(context, figures)
    if turned is not None or derivation is None:
        return turned
    return find_reckoning(context, figures, facing.named) or derivation


def _crossed(facing: _Facing) -> tuple[Candidate, Candidate] | None:
    """Return the figure of the claim's own group and the equal one of another, where there is no equal besides."""
    equals = {candidate.key: candidate for candidate in _equals(facing.ranked)}
    crossed = [key for key in equals if facing.standings[key].standing is Standing.CROSSED]
    free = [c for key, c in equals.items() if key not in crossed and is_related(c.binding) and not c.binding.apart]
    if not crossed or free:
        return None
    owner = facing.standings[crossed[0]].owner
    return (owner, equals[crossed[0]]) if owner is not None else None


def _find_loosely(finder: Finder, context: Context, figures: Sequence[Placed], facing: _Facing) -> Finding:
    """Return the finding of a figure that nothing differs from: agreement is looked for ever further off."""
    for reading in (context, *with_unit(context, figures)):
        ranked = facing.ranked if reading is context else rank_candidates(reading, figures)
        reworded = _reworded(reading, replace(facing, ranked=ranked))
        if reworded is not None:
            return finder.faced(reading, reworded)
    reckoning = find_reckoning(context, figures, facing.named)
    if reckoning is not None:
        return finder.derived(context, reckoning)
    written = find_same_words(context, finder.passages)
    if written is not None:
        return finder.same_words(context, written)
    slip = find_slip(context, facing.ranked, sisters=facing.sisters_agree)
    if slip is not None:
        return finder.faced(context, slip)
    told = context, figures, facing.named, facing.ranked
    if is_of_no_pair(*told):
        return finder.not_counted(context)
    return finder.unstated(context, reckoned=may_be_reckoned(context) and not is_clear(*told))


def _own(context: Context, facing: _Facing) -> Candidate | None:
    """Return what the source has for the claim's own thing, where the equal figure faced belongs to something else."""
    faced = facing.faced
    if faced is None or faced.outcome.outcome not in EQUAL_VALUES:
        return faced
    return facing.rival(context, faced) or faced


def _reworded(context: Context, facing: _Facing) -> Candidate | None:
    """Return the candidate that agrees, where nothing that differs is bound firmly enough to stand against it."""
    agreeing = [
        other
        for other in facing.ranked
        if other.outcome.outcome in EQUAL_VALUES and facing.rival(context, other) is None
    ]
    for other in agreeing:
        near = facing.faced is not None and other.rank >= facing.faced.rank - CLEAR_LEAD
        if near and is_related(other.binding) and not other.binding.apart:
            return other
    best = max(agreeing, key=lambda other: weigh(context, other), default=None)
    if best is None:
        return None
    paired = best.outcome.outcome is Outcome.EQUAL and (best.passage, best.official.sentence) in facing.pairs
    beside = paired or any(passage == best.passage for passage, _ in facing.named)
    if not is_hardly_chance(context, best, beside=beside):
        return None
    dated = any(other.binding.period and other.official.sentence == best.official.sentence for other in facing.ranked)
    unsure = best.binding.period is False and not dated and names_period(context, best.official)
    return replace(best, binding=replace(best.binding, period=None, apart=False)) if unsure else best


def _differing(finder: Finder, context: Context, faced: Candidate, ranked: Sequence[Candidate]) -> Finding:
    if faced.outcome.outcome is Outcome.UNDECIDED:
        slips = (other for other in ranked if other.outcome.outcome is Outcome.CURRENCY and is_related(other.binding))
        faced = next(slips, faced)
    if figure_rules()[faced.outcome.outcome].effect is Effect.CONTRADICTS:
        written = find_same_words(context, finder.passages)
        if written is not None:
            return finder.same_words(context, written)
        faced = _no_base(context, faced, ranked)
    elsewhere = next((other for other in ranked if other.outcome.outcome in EQUAL_VALUES), None)
    if elsewhere is not None and faced.outcome.outcome is Outcome.VALUE:
        if _is_the_change(context, faced, elsewhere) or _are_of_one_row(faced, elsewhere):
            return finder.faced(context, elsewhere)
        return finder.of_another_thing(context, faced, elsewhere)
    return finder.faced(context, faced)


def _no_base(context: Context, faced: Candidate, ranked: Sequence[Candidate]) -> Candidate:
    """Return what a thing has changed to, where the figure faced is what it changed from."""
    if not is_base(faced.official) or is_base(context):
        return faced
    later = (
        other
        for other in ranked
        if (other.passage, other.official.sentence) == (faced.passage, faced.official.sentence)
        and other.official.figure.unit == faced.official.figure.unit
        and not is_base(other.official)
        and figure_rules()[other.outcome.outcome].effect is Effect.CONTRADICTS
        and other.binding.period is not False
    )
    return next(later, faced)


def _is_the_change(context: Context, faced: Candidate, elsewhere: Candidate) -> bool:
    """Say whether a change of the claim is the source's change, and what it faces the level: "three fewer, at 142"."""
    ours, change, level = context.figure, elsewhere.official.figure, faced.official.figure
    told = ours.role is Role.CHANGE_BY or _is_told_as_gap(context)
    changed = change.role is Role.CHANGE_BY and level.role is not Role.CHANGE_BY
    one_sentence = (elsewhere.passage, elsewhere.official.sentence) == (faced.passage, faced.official.sentence)
    return told and changed and one_sentence


def _are_of_one_row(faced: Candidate, elsewhere: Candidate) -> bool:
    """Say whether two figures are cells of one row of a table, whose label is said of both."""
    mine, theirs = faced.official, elsewhere.official
    one_sentence = (elsewhere.passage, theirs.sentence) == (faced.passage, mine.sentence)
    return one_sentence and is_row(theirs.sentence.slice(theirs.text))


def _speaks_of_it(faced: Candidate, sisters_agree: bool | None) -> bool:
    """Say whether a figure that does not agree speaks of the same thing as the claim's."""
    if figure_rules()[faced.outcome.outcome].effect is Effect.CONTRADICTS:
        return may_contradict(faced.binding, faced.outcome, sisters_agree=sisters_agree)
    return is_same_thing(faced.binding) and not faced.binding.apart


def _is_direct(context: Context, faced: Candidate | None, derivation: Derivation) -> bool:
    """Say whether the source states the claimed figure itself, so that no arithmetic was needed."""
    if faced is None or not is_same_thing(faced.binding) or derivation.is_sum:
        return False
    mine, theirs = context.figure, faced.official.figure
    return mine.role is theirs.role and group(mine.unit.dimension) == group(theirs.unit.dimension)


def _agreeing(context: Context, facing: _Facing) -> Candidate | None:
    """Return the candidate whose value agrees, if it is the one faced or bound almost as firmly."""
    faced, ranked = facing.faced, facing.ranked
    if faced is None:
        return None
    near = [other for other in ranked if other.rank >= faced.rank - CLEAR_LEAD and other.outcome.outcome in SAME_VALUES]
    for candidate in (faced, *near):
        sisters = facing.sisters_agree if candidate is faced else None
        telling = is_telling(context.figure, candidate.outcome, sisters_agree=sisters)
        related = is_related(candidate.binding, sisters_agree=sisters, telling=telling)
        if candidate.outcome.outcome in EQUAL_VALUES and related:
            moved = candidate.binding.apart and not is_same_thing(candidate.binding) and not telling
            if not moved and facing.rival(context, candidate) is None:
                return keeps_bound(candidate, ranked)
    return None
