"""The content lane: what the text in hand adds to the source.

A part of a claim ("because of the strike", "to protect jobs") that no passage of the source holds is named by itself,
so that a reader sees which words stand alone; so is a claim that no passage holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Lane, Severity
from headwater.domain.spans import Span
from headwater.domain.support import Support

SHOWN = 90  # characters of a part that its explanation repeats
PART, WHOLE = "CON-NOT-STATED", "CON-ABSENT"


def compare_content(claim: Annotated, support: Support) -> tuple[Finding, ...]:
    """Name the parts that the source does not state.

    Args:
        claim: The claim.
        support: What the aligned passages hold of it.

    Returns:
        One finding for each part that is not stated, in order of appearance.
    """
    return tuple(_finding(claim, span, PART) for span in support.unstated)


def with_absence(claim: Annotated, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Name a claim that no passage holds, in the place of its parts: how sure that is, its verdict says.

    Args:
        claim: The claim.
        findings: Of all lanes.
    """
    others = tuple(finding for finding in findings if finding.rule != PART)
    return (*others, _finding(claim, Span(0, len(claim.text)), WHOLE))


def _finding(claim: Annotated, span: Span, rule: str) -> Finding:
    whole, side = rule == WHOLE, claim.side(span)
    part = f"The source says the rest; it does not state “{_shortened(side.surface)}”."
    return Finding(
        rule,
        Lane.CONTENT,
        "absent" if whole else "added",
        Effect.NOT_STATED,
        Severity.LOW if whole else Severity.MEDIUM,
        side,
        None,
        "No passage of the source says this." if whole else part,
    )


def _shortened(words: str) -> str:
    line = " ".join(words.split()).rstrip(".,;:")
    return line if len(line) <= SHOWN else line[:SHOWN].rsplit(" ", 1)[0] + " ..."
