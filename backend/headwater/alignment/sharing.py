"""What a claim and its parts have in common: findings, and the support of a part too short to stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from headwater.alignment.content import content_words
from headwater.domain.claims import Claim
from headwater.domain.findings import Finding, Lane
from headwater.domain.spans import Span
from headwater.domain.support import Support, SupportLevel

MOSTLY = 0.9  # of a part, from which a finding is on all of it: marks and blanks at its ends may be left out
LEAST_SAID = 3  # content words and figures; a shorter part ("and will pay for it") means what the whole claim does


def support_of_part(part: Claim, own: Support, whole: Support, findings: Iterable[Finding]) -> Support:
    """Return the support of a part: its own, or the better one of the whole claim where the part says too little.

    What was told to be stated nowhere beside the rest of the claim is not stated by itself either.

    Args:
        part: Of a claim.
        own: What passages hold of the part.
        whole: What they hold of the claim.
        findings: On the part, made of the whole claim.
    """
    named = [finding.claimed.span for finding in findings if finding.lane is Lane.CONTENT]
    if any(_shared(part.span, span) >= MOSTLY * len(part.span) for span in named):
        return replace(own, level=SupportLevel.NONE, unstated=())
    said = content_words(part.content.text, part.content.facts)
    levels = list(SupportLevel)
    if len(said) + len(part.content.facts.quantities) >= LEAST_SAID or levels.index(own.level) <= levels.index(
        whole.level
    ):
        return own
    return replace(own, level=whole.level)


def share_findings(findings: Iterable[Finding], parts: Sequence[Span]) -> list[tuple[Finding, ...]]:
    """Give each finding to the part that holds most of its words, or the place where it points between words.

    Args:
        findings: Of the whole claim.
        parts: Spans of its parts in the original, in order.
    """
    shares: list[list[Finding]] = [[] for _ in parts]
    for finding in findings:
        at = finding.claimed.span
        best = max(range(len(parts)), key=lambda index: (_shared(at, parts[index]), -_distance(at, parts[index])))
        shares[best].append(finding)
    return [tuple(share) for share in shares]


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _distance(one: Span, other: Span) -> int:
    return max(0, other.start - one.end, one.start - other.end)
