"""Findings of the figure lane: an outcome with the words of both sides and a line that a reporter understands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.comparison.binding import Counted
from headwater.comparison.contexts import Context
from headwater.comparison.derivations import Derivation
from headwater.comparison.figure_outcomes import EQUAL_VALUES, Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.pairing import Candidate
from headwater.comparison.phrasing import amount, explain, figure
from headwater.comparison.same_words import SameWords
from headwater.comparison.sameness import is_reworded_little
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Lane, Severity, Side
from headwater.domain.quantities import Dimension, Direction, Qualifier, Quantity
from headwater.domain.spans import Span

# Spans of time and ratios are what reporters work out themselves.
WORKED_OUT = frozenset({Dimension.DURATION, Dimension.MULTIPLE})
SHOWN = 80  # characters of a list that an explanation repeats
VAGUE = frozenset(("dozens", "scores", "hundreds", "thousands", "millions"))
_NOTICE = re.compile(r"[’']?s? ?(?:before|beforehand|prior|in advance|ahead|notice|earlier)\b", re.IGNORECASE)
SMALL = 4  # "two", "three": as often a turn of phrase as a figure


def is_small_number(quantity: Quantity) -> bool:
    """Say whether a figure is a small number in words, or a vague one: a turn of phrase as often as a count.

    "The two leaders" counts nobody, and no source needs to say "dozens".
    """
    # "Under two measures" is no hedge: the measures are what something is done under.
    flat = quantity.qualifier is Qualifier.EXACT or quantity.qualifier_surface.lower() == "under"
    vague = quantity.surface.lower() in VAGUE
    bare = flat and (vague or quantity.upper is None) and quantity.direction is None
    in_words = not any(character.isdigit() for character in quantity.surface)
    return bare and in_words and quantity.unit.dimension is Dimension.COUNT and (vague or abs(quantity.value) < SMALL)


@dataclass(frozen=True, slots=True)
class Finder:
    """Makes the findings of one claim against some passages.

    Args:
        claim: The text in hand.
        passages: Official passages, in the order that candidates count their places in.
    """

    claim: Annotated
    passages: Sequence[Annotated]

    def position(self, place: int, context: Context) -> tuple[int | None, Span]:
        """Return where a finding that cites an official figure points."""
        passage = self.passages[place]
        return passage.passage_id, _side(passage, context.figure).span

    def faced(self, context: Context, candidate: Candidate) -> Finding:
        """Return the finding of a figure and the official one it faces."""
        outcome, explanation = _refined(context, candidate)
        return self._finding(outcome, context, explanation, official=self._official(candidate))

    def of_another_thing(
        self, context: Context, faced: Candidate, elsewhere: Candidate, *, surely: bool = True
    ) -> Finding:
        """Return the finding of a figure whose value the source has for something else, `surely` or by its words."""
        outcome = Outcome.OTHER_THING if surely else Outcome.OTHER_PLACE
        there = elsewhere.official.figure
        thing = f"{figure(there)} {there.counted}".rstrip()
        explanation = explain(outcome, context.figure, faced.official.figure, elsewhere=thing)
        evidence = (self._official(elsewhere)[0],)
        official = self._official(faced)
        return self._finding(outcome, context, explanation, official=official, evidence=evidence)

    def turned(self, context: Context, base: Context, way: Direction, found: Finding) -> Finding:
        """Return the finding of a figure that went the other way than the claim tells, from a base of the claim."""
        told, other = ("rise", "fall") if way is Direction.UP else ("fall", "rise")
        explanation = f"The article tells a {told} from {figure(base.figure)} to {figure(context.figure)}: a {other}."
        official = (found.official, found.passage_id) if found.official else None
        return self._finding(Outcome.DIRECTION, context, explanation, official=official)

    def derived(self, context: Context, derivation: Derivation) -> Finding:
        """Return the finding of a figure that follows, or does not, from two of the source's."""
        outcome = Outcome.DERIVED_RIGHT if derivation.right else Outcome.DERIVED_WRONG
        explanation = explain(outcome, context.figure, None, working=derivation.working)
        sides = tuple(_side(self.passages[place], used.figure) for place, used in derivation.sources)
        passage = self.passages[derivation.sources[0][0]].passage_id
        return self._finding(outcome, context, explanation, official=(sides[0], passage), evidence=sides)

    def may_follow(self, context: Context, derivation: Derivation) -> Finding:
        """Return the finding of a figure that arithmetic gives, where nothing says that this was the arithmetic."""
        explanation = explain(Outcome.MAY_FOLLOW, context.figure, None, working=derivation.working)
        sides = tuple(_side(self.passages[place], used.figure) for place, used in derivation.sources)
        passage = self.passages[derivation.sources[0][0]].passage_id
        official = (sides[0], passage)
        return self._finding(Outcome.MAY_FOLLOW, context, explanation, official=official, evidence=sides)

    def ordinal(self, context: Context, written: SameWords) -> Finding:
        """Return the finding of a number of things that went before one whose ordinal the source has."""
        passage = self.passages[written.passage]
        official = passage.side(written.span), passage.passage_id
        return self._following(context, official, f"the source says {official[0].surface}")

    def listed(self, context: Context, written: SameWords) -> Finding:
        """Return the finding of a number of things that the source lists without counting them."""
        passage = self.passages[written.passage]
        official = passage.side(written.span), passage.passage_id
        return self._following(context, official, f"the source lists as many ({_shortened(official[0].surface)})")

    def tabled(self, context: Context, written: SameWords) -> Finding:
        """Return the finding of a figure whose number stands in a table, its unit elsewhere."""
        passage = self.passages[written.passage]
        official = passage.side(written.span), passage.passage_id
        return self._following(context, official, f"a table of the source has {official[0].surface.strip()}")

    def _following(self, context: Context, official: tuple[Side, int | None], working: str) -> Finding:
        explanation = explain(Outcome.MAY_FOLLOW, context.figure, None, working=working)
        return self._finding(Outcome.MAY_FOLLOW, context, explanation, official=official)

    def elsewhere(self, context: Context, candidate: Candidate) -> Finding:
        """Return the finding of a figure that the document has where it may speak of another thing."""
        explanation = explain(Outcome.ELSEWHERE, context.figure, candidate.official.figure)
        return self._finding(Outcome.ELSEWHERE, context, explanation, official=self._official(candidate))

    def same_words(self, context: Context, written: SameWords) -> Finding:
        """Return the finding of a figure that the source has word for word."""
        passage = self.passages[written.passage]
        official = passage.side(written.span), passage.passage_id
        explanation = explain(Outcome.SAME_WORDS, context.figure, None)
        return self._finding(Outcome.SAME_WORDS, context, explanation, official=official)

    def unstated(self, context: Context, *, reckoned: bool = False) -> Finding:
        """Return the finding of a figure that faces nothing; `reckoned` where its wording says it was worked out."""
        outcome = Outcome.SMALL_NUMBER if is_small_number(context.figure) else Outcome.NOT_STATED
        if context.figure.unit.dimension in WORKED_OUT or (reckoned and outcome is Outcome.NOT_STATED):
            outcome = Outcome.WORKED_OUT
        return self._finding(outcome, context, explain(outcome, context.figure, None))

    def not_counted(self, context: Context) -> Finding:
        """Return the finding of a stretch of time that the document neither states nor has two dates for."""
        return self._finding(Outcome.NOT_STATED, context, explain(Outcome.NOT_STATED, context.figure, None))

    def _official(self, candidate: Candidate) -> tuple[Side, int | None]:
        passage = self.passages[candidate.passage]
        return _side(passage, candidate.official.figure), passage.passage_id

    def _finding(
        self,
        outcome: Outcome,
        context: Context,
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
            _side(self.claim, context.figure),
            official[0] if official else None,
            explanation,
            passage_id=official[1] if official else None,
            evidence=evidence,
        )


def _shortened(words: str) -> str:
    """Return the beginning of a list, as it stands in a line of explanation."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[:SHOWN].rsplit(" ", 1)[0] + " ..."


def _side(text: Annotated, quantity: Quantity) -> Side:
    value = amount(quantity.value, quantity.unit)
    if quantity.upper is not None:
        value = f"{value} to {amount(quantity.upper, quantity.unit)}"
    return text.side(quantity.span, value)


def _refined(context: Context, candidate: Candidate) -> tuple[Outcome, str]:
    """Return the outcome of a pair whose values were compared, what is counted and the periods looked at too."""
    outcome, binding = candidate.outcome.outcome, candidate.binding
    explanation = candidate.outcome.explanation
    if outcome is Outcome.BOUND_ADDED and _is_notice(context) and _is_notice(candidate.official):
        return Outcome.EQUAL, explain(Outcome.EQUAL, context.figure, candidate.official.figure)
    if outcome not in EQUAL_VALUES:
        return outcome, explanation + _base_note(context, candidate)
    if figure_rules()[outcome].severity is not Severity.INFO:
        return outcome, explanation
    official = candidate.official
    moved = (
        (Outcome.PERIOD, binding.period is False and context.figure.unit.dimension is not Dimension.AGE),
        (Outcome.BASE_PERIOD, binding.base is False),
        (Outcome.COUNTED_DIFFERS, binding.counted is Counted.OTHER and is_reworded_little(binding)),
        (Outcome.COUNTED_NARROWER, binding.counted is Counted.NARROWER),
        (Outcome.COUNTED_WIDER, binding.counted is Counted.WIDER),
    )
    for other, holds in moved:
        if holds:
            return other, explain(other, context.figure, official.figure, **_words(other, context, official))
    return outcome, explanation


def _is_notice(context: Context) -> bool:
    """Say whether a stretch of time is what has to be left before something: "five days prior" is at least that."""
    figure = context.figure
    after = context.text[figure.span.end : context.sentence.end]
    return figure.unit.dimension is Dimension.DURATION and _NOTICE.match(after) is not None


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
