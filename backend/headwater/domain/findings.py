"""Findings: one difference or agreement each, with the words of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headwater.domain.spans import Span


class Lane(StrEnum):
    """What is compared; each lane answers alone."""

    FIGURE = "figure"
    QUOTATION = "quotation"
    DATE = "date"
    NAME = "name"
    ATTRIBUTION = "attribution"
    MODALITY = "modality"
    POLARITY = "polarity"
    TERM = "term"
    CONTENT = "content"  # what is added to, or left out of, the source


class Severity(StrEnum):
    """How much a reader is misled: high on a fact, medium where meaning moved, low for style inside marks."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Effect(StrEnum):
    """What a finding says about the claim; the verdict table reads nothing else of it but lane and severity."""

    AGREES = "agrees"  # the two sides say the same
    SHIFTS = "shifts"  # supported, and something moved
    CONTRADICTS = "contradicts"  # the passage speaks of the same thing and says otherwise
    NOT_STATED = "not_stated"  # the source does not state it: paired with nothing
    UNDECIDED = "undecided"  # cannot be resolved (a weekday without the document's date)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a finding: the words as written, where they are in the original, and the value read, in words."""

    surface: str
    span: Span
    value: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, or one agreement worth showing.

    Args:
        rule: Identifier of the rule that made it ("FIG-EQUAL"), stable across versions.
        lane: What was compared.
        kind: The outcome in the lane's own words ("hedge_flipped", "punctuation").
        effect: What it says about the claim.
        severity: How much a reader is misled.
        claimed: The text in hand.
        official: The official words, or None where there are none.
        explanation: One line that a reporter understands.
        passage_id: The passage `official` stands in, or None.
        evidence: Further official sides used (a derivation's source figures).
        edit: For an edit inside a quotation: "insert" (words of the text in hand that the official words lack),
            "delete" (official words left out) or "replace"; else "".
    """

    rule: str
    lane: Lane
    kind: str
    effect: Effect
    severity: Severity
    claimed: Side
    official: Side | None
    explanation: str
    passage_id: int | None = None
    evidence: tuple[Side, ...] = ()
    edit: str = ""
