"""Findings of the modality lane, made in one place."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.comparison.modality_rules import modality_rules, step_name
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Lane
from headwater.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Cued:
    """An event with its cue.

    Args:
        name: Of the cue.
        past: Whether it is told of the past.
        negated: Whether it is denied.
        span: Of the words that show it.
        event: What the verb is compared by.
        direct: Whether the cue stands right before the verb.
    """

    name: str
    past: bool
    negated: bool
    span: Span
    event: str = ""
    direct: bool = True


def modality_finding(outcome: str, claim: Annotated, ours: Cued, theirs: tuple[Annotated, Cued]) -> Finding:
    """Make the finding of an outcome.

    Args:
        outcome: Its name in the table of rules.
        claim: The text in hand.
        ours: Its cue.
        theirs: The official passage and its cue.
    """
    rule = modality_rules()[outcome]
    passage, cued = theirs
    return Finding(
        rule=rule.id,
        lane=Lane.MODALITY,
        kind=rule.kind,
        effect=rule.effect,
        severity=rule.severity,
        claimed=claim.side(ours.span, step_name(ours.name)),
        official=passage.side(cued.span, step_name(cued.name)),
        explanation=rule.sentence.format(
            ours=ours.span.slice(claim.text),
            theirs=cued.span.slice(passage.text),
            our_step=step_name(ours.name),
            their_step=step_name(cued.name),
        ),
        passage_id=passage.passage_id,
    )
