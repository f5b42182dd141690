"""The figure lane: each claimed figure against the source, one finding for each.

A figure "contradicts" only where the official figure it faces speaks of the same thing: the official sentence holds at
least half of the content of the claim's sentence, counts nothing else and is for no other period. Everything short of
that is "not stated": a miss costs less than an invented contradiction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.comparison.binding import Binding, Counted
from headwater.comparison.contexts import Context, read_contexts
from headwater.comparison.derivations import Derivation, find_derivation
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import FigureOutcome, Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.pairing import Candidate, assign, rank_candidates
from headwater.comparison.phrasing import amount, explain, figure
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Lane, Severity, Side
from headwater.domain.quantities import Dimension, Qualifier, Quantity

__all__ = ["FigureOutcome", "Outcome", "compare_figures", "compare_quantities"]

SAME_THING = 0.5  # share of the claim sentence's content: below half, the official sentence may be about anything
WHOLE = 0.9  # short sentences: one word is enough where it is all there is
SAME_WORDS = 2  # one shared word is a coincidence
RELATED = 0.25  # share that lets equal values be called the same figure
CLEAR_LEAD = 0.12  # an agreeing candidate this near to the firmest bound is taken for the one meant
SMALL = 4  # "two", "three": as often a turn of phrase as a figure
EQUAL_VALUES = frozenset(
    {
        Outcome.EQUAL,
        Outcome.SAME_ROUNDED,
        Outcome.CONVERTED,
        Outcome.HEDGE_ADDED,
        Outcome.HEDGE_DROPPED,
        Outcome.HEDGE_SOFTENED,
        Outcome.BOUND_HOLDS,
        Outcome.HEDGE_FLIPPED,
        Outcome.HEDGE_CHANGED,
        Outcome.BOUND_ADDED,
    }
)


@dataclass(frozen=True, slots=True)
class _Source:
    passages: Sequence[Annotated]
    figures: Sequence[tuple[int, Context]]


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
    return tuple(
        _find(claim, context, source, (faced, ranked))
        for context, ranked, faced in zip(contexts, rankings, assign(rankings), strict=True)
    )


def is_same_thing(binding: Binding) -> bool:
    """Say whether two bound figures speak of the same thing, so that a difference contradicts."""
    words = binding.shared >= SAME_WORDS or binding.coverage >= WHOLE
    return binding.coverage >= SAME_THING and words and binding.counted is not Counted.OTHER


def is_related(binding: Binding) -> bool:
    """Say whether two bound figures of equal value may be called the same figure."""
    if binding.counted is Counted.OTHER:
        return binding.coverage >= SAME_THING and binding.shared >= SAME_WORDS
    return binding.coverage >= RELATED and binding.shared > 0


def _find(
    claim: Annotated, context: Context, source: _Source, candidates: tuple[Candidate | None, Sequence[Candidate]]
) -> Finding:
    faced, ranked = candidates
    agreeing = _agreeing(faced, ranked)
    if agreeing is not None:
        return _faced(claim, context, source, agreeing)
    derivation = find_derivation(context, source.figures)
    if derivation is not None and derivation.right:
        return _derived(claim, context, source, derivation)
    if faced is not None and is_same_thing(faced.binding) and faced.binding.period is not False:
        elsewhere = next((other for other in ranked if other.outcome.outcome in EQUAL_VALUES), None)
        if elsewhere is not None and faced.outcome.outcome is Outcome.VALUE:
            return _of_another_thing(claim, context, source, (faced, elsewhere))
        return _faced(claim, context, source, faced)
    if derivation is not None:
        return _derived(claim, context, source, derivation)
    return _unstated(claim, context)


def _agreeing(faced: Candidate | None, ranked: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate whose value agrees, if it is the one faced or bound almost as firmly."""
    if faced is None:
        return None
    near = [other for other in ranked if other.rank >= faced.rank - CLEAR_LEAD]
    for candidate in (faced, *near):
        if candidate.outcome.outcome in EQUAL_VALUES and is_related(candidate.binding):
            moved = candidate.binding.period is False and not is_same_thing(candidate.binding)
            if not moved:
                return candidate
    return None


def _refine(context: Context, candidate: Candidate) -> tuple[Outcome, str]:
    """Return the outcome of a pair whose values were compared, what is counted and the periods looked at too."""
    outcome, binding = candidate.outcome.outcome, candidate.binding
    explanation = candidate.outcome.explanation
    if outcome not in EQUAL_VALUES:
        return outcome, explanation + _base_note(context, candidate)
    if figure_rules()[outcome].severity is not Severity.INFO:
        return outcome, explanation
    official = candidate.official
    moved = (
        (Outcome.PERIOD, binding.period is False),
        (Outcome.BASE_PERIOD, binding.base is False),
        (Outcome.COUNTED_DIFFERS, binding.counted is Counted.OTHER),
        (Outcome.COUNTED_NARROWER, binding.counted is Counted.NARROWER),
        (Outcome.COUNTED_WIDER, binding.counted is Counted.WIDER),
    )
    for other, holds in moved:
        if holds:
            return other, explain(other, context.figure, official.figure, **_words(other, context, official))
    return outcome, explanation


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
