"""The figure lane: each claimed figure against the source, one finding for each.

A figure "contradicts" only where the official figure it faces speaks of the same thing (`sameness.py`). Everything
short of that is "not stated": a miss costs less than an invented contradiction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.comparison.binding import Counted
from headwater.comparison.contexts import Context, read_contexts
from headwater.comparison.derivations import Derivation, find_derivation
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import FigureOutcome, Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.measures import group
from headwater.comparison.pairing import Candidate, assign, rank_candidates
from headwater.comparison.phrasing import amount, explain, figure
from headwater.comparison.sameness import is_related, is_reworded_little, is_same_thing, may_contradict
from headwater.comparison.vocabulary import concept
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.quantities import Dimension, Qualifier, Quantity

__all__ = ["FigureOutcome", "Outcome", "compare_figures", "compare_quantities"]

CLEAR_LEAD = 0.12  # an agreeing candidate this near to the firmest bound is taken for the one meant
SMALL = 4  # "two", "three": as often a turn of phrase as a figure
SAME_VALUES = frozenset(
    {
        Outcome.EQUAL,
        Outcome.SAME_ROUNDED,
        Outcome.CONVERTED,
        Outcome.HEDGE_ADDED,
        Outcome.HEDGE_DROPPED,
        Outcome.HEDGE_SOFTENED,
        Outcome.HEDGE_FLIPPED,
        Outcome.HEDGE_CHANGED,
        Outcome.BOUND_ADDED,
    }
)
EQUAL_VALUES = SAME_VALUES | {Outcome.BOUND_HOLDS}


@dataclass(frozen=True, slots=True)
class _Source:
    passages: Sequence[Annotated]
    figures: Sequence[tuple[int, Context]]


@dataclass(frozen=True, slots=True)
class _Facing:
    """What a claimed figure faces, what else it may face, and whether the other figures of its sentence agree."""

    faced: Candidate | None
    ranked: Sequence[Candidate]
    sisters_agree: bool | None


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
        >>> from headwater.domain.quantities import Unit
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
    contexts = read_contexts(claim)
    figures = [(place, context) for place, passage in enumerate(passages) for context in read_contexts(passage)]
    source = _Source(passages, figures)
    rankings = [rank_candidates(context, figures) for context in contexts]
    faced = assign(rankings)
    return tuple(
        _find(
            claim,
            context,
            source,
            _Facing(faced[place], _free(rankings[place], place, faced), _sisters_agree(place, contexts, faced)),
        )
        for place, context in enumerate(contexts)
    )


def _free(ranked: Sequence[Candidate], place: int, faced: Sequence[Candidate | None]) -> Sequence[Candidate]:
    """Leave out the candidates that another figure of the claim faces and agrees with."""
    taken = {other.key for at, other in enumerate(faced) if other is not None and at != place and other.agrees}
    return [candidate for candidate in ranked if candidate.key not in taken]


def _sisters_agree(place: int, contexts: Sequence[Context], faced: Sequence[Candidate | None]) -> bool | None:
    """Say whether another figure of the claim's sentence agrees with the official sentence that this one faces."""
    mine = faced[place]
    sisters = [
        other
        for at, other in enumerate(faced)
        if at != place
        and contexts[at].sentence == contexts[place].sentence
        and contexts[at].figure.unit.dimension is not Dimension.AGE  # an age says whom a figure is about
    ]
    if not sisters or mine is None:
        return None
    return any(
        other is not None
        and other.agrees
        and (other.passage, other.official.sentence) == (mine.passage, mine.official.sentence)
        for other in sisters
    )


def _find(claim: Annotated, context: Context, source: _Source, facing: _Facing) -> Finding:
    faced, ranked = facing.faced, facing.ranked
    agreeing = _agreeing(facing)
    if agreeing is not None:
        return _faced(claim, context, source, agreeing)
    derivation = find_derivation(context, source.figures)
    if derivation is not None and not _is_direct(context, faced, derivation):
        return _derived(claim, context, source, derivation)
    if faced is not None and _speaks_of_it(faced, facing.sisters_agree):
        elsewhere = next((other for other in ranked if other.outcome.outcome in EQUAL_VALUES), None)
        if elsewhere is not None and faced.outcome.outcome is Outcome.VALUE:
            return _of_another_thing(claim, context, source, (faced, elsewhere))
        return _faced(claim, context, source, faced)
    return _unstated(claim, context)


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


def _agreeing(facing: _Facing) -> Candidate | None:
    """Return the candidate whose value agrees, if it is the one faced or bound almost as firmly."""
    faced, ranked = facing.faced, facing.ranked
    if faced is None:
        return None
    near = [other for other in ranked if other.rank >= faced.rank - CLEAR_LEAD and other.outcome.outcome in SAME_VALUES]
    for candidate in (faced, *near):
        sisters = facing.sisters_agree if candidate is faced else None
        if candidate.outcome.outcome in EQUAL_VALUES and is_related(candidate.binding, sisters_agree=sisters):
            moved = candidate.binding.apart and not is_same_thing(candidate.binding)
            if not moved:
                return candidate
    return None


def _refine(context: Context, candidate: Candidate) -> tuple[Outcome, str]:
    """Return the outcome of a pair whose values were compared, what is counted and the periods looked at too."""
    outcome, binding = candidate.outcome.outcome, candidate.binding
    if outcome is Outcome.HEDGE_DROPPED and _says_otherwise(context, candidate.official.figure):
        outcome = Outcome.EQUAL
    explanation = candidate.outcome.explanation
    if outcome not in EQUAL_VALUES:
        return outcome, explanation + _base_note(context, candidate)
    if figure_rules()[outcome].severity is not Severity.INFO:
        return outcome, explanation
    official = candidate.official
    moved = (
        (Outcome.PERIOD, binding.period is False),
        (Outcome.BASE_PERIOD, binding.base is False),
        (Outcome.COUNTED_DIFFERS, binding.counted is Counted.OTHER and is_reworded_little(binding)),
        (Outcome.COUNTED_NARROWER, binding.counted is Counted.NARROWER),
        (Outcome.COUNTED_WIDER, binding.counted is Counted.WIDER),
    )
    for other, holds in moved:
        if holds:
            return other, explain(other, context.figure, official.figure, **_words(other, context, official))
    return outcome, explanation


def _says_otherwise(context: Context, official: Quantity) -> bool:
    """Say whether the claim puts the source's hedge in a word of its own ("cap costs at" for "capped at")."""
    return any(concept(word) in context.told for word in official.qualifier_surface.split())


def _words(outcome: Outcome, context: Context, official: Context) -> dict[str, str]:
    base = outcome is Outcome.BASE_PERIOD
    periods = (context.base, official.base) if base else (context.period, official.period)
    return {
        "period": periods[0].surface if periods[0] else "",
        "other_period": periods[1].surface if periods[1] else "",
        "counted": context.figure.counted,
        "other_counted": official.figure.counted,
    }


def _base_note(context: Context, candidate: Candidate) -> str:
    if candidate.binding.base is not False:
        return ""
    words = _words(Outcome.BASE_PERIOD, context, candidate.official)
    return f" The base differs too: {words['period']}, not {words['other_period']}."


def _faced(claim: Annotated, context: Context, source: _Source, candidate: Candidate) -> Finding:
    outcome, explanation = _refine(context, candidate)
    return _finding(outcome, _side(claim, context), explanation, official=_official(source, candidate))


def _of_another_thing(
    claim: Annotated, context: Context, source: _Source, pair: tuple[Candidate, Candidate]
) -> Finding:
    faced, elsewhere = pair
    there = elsewhere.official.figure
    thing = f"{figure(there)} {there.counted}".rstrip()
    explanation = explain(Outcome.OTHER_THING, context.figure, faced.official.figure, elsewhere=thing)
    evidence = (_official(source, elsewhere)[0],)
    return _finding(
        Outcome.OTHER_THING, _side(claim, context), explanation, official=_official(source, faced), evidence=evidence
    )


def _derived(claim: Annotated, context: Context, source: _Source, derivation: Derivation) -> Finding:
    outcome = Outcome.DERIVED_RIGHT if derivation.right else Outcome.DERIVED_WRONG
    explanation = explain(outcome, context.figure, None, working=derivation.working)
    sides = tuple(_side(source.passages[place], used) for place, used in derivation.sources)
    passage = source.passages[derivation.sources[0][0]].passage_id
    return _finding(outcome, _side(claim, context), explanation, official=(sides[0], passage), evidence=sides)


def _unstated(claim: Annotated, context: Context) -> Finding:
    small = is_small_number(context.figure)
    outcome = Outcome.SMALL_NUMBER if small else Outcome.NOT_STATED
    return _finding(outcome, _side(claim, context), explain(outcome, context.figure, None))


def is_small_number(quantity: Quantity) -> bool:
    """Say whether a figure is a small number in words, as often a turn of phrase ("the two leaders") as a count."""
    bare = quantity.qualifier is Qualifier.EXACT and quantity.upper is None and quantity.direction is None
    in_words = not any(character.isdigit() for character in quantity.surface)
    return bare and in_words and quantity.unit.dimension is Dimension.COUNT and abs(quantity.value) < SMALL


def _official(source: _Source, candidate: Candidate) -> tuple[Side, int | None]:
    passage = source.passages[candidate.passage]
    return _side(passage, candidate.official), passage.passage_id


def _side(text: Annotated, context: Context) -> Side:
    quantity = context.figure
    value = amount(quantity.value, quantity.unit)
    if quantity.upper is not None:
        value = f"{value} to {amount(quantity.upper, quantity.unit)}"
    return text.side(quantity.span, value)


def _finding(
    outcome: Outcome,
    claimed: Side,
    explanation: str,
    *,
    official: tuple[Side, int | None] | None = None,
    evidence: tuple[Side, ...] = (),
) -> Finding:
    rule = figure_rules()[outcome]
    return Finding(
        rule.id,
        Lane.FIGURE,
        outcome.value,
        rule.effect,
        rule.severity,
        claimed,
        official[0] if official else None,
        explanation,
        passage_id=official[1] if official else None,
        evidence=evidence,
    )
