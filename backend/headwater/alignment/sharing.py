"""The findings of a claim, shared among its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headwater.domain.findings import Finding
from headwater.domain.spans import Span


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
