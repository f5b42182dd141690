"""A whole check in a few numbers: what stands on top of a list of claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from headwater.domain.findings import Effect, Finding, Lane, Severity
from headwater.domain.verdicts import CheckReport, ClaimReport, Verdict

Json = dict[str, Any]
DECIMALS = 3  # of a share: a tenth of a percent


def totals_of(report: CheckReport) -> Json:
    """Return the numbers of a check.

    Args:
        report: The finished check.

    Returns:
        `claims`, and `checked` without those that nothing can be checked in; `figures` that agree, that differ or
        moved, and that no source states; `findings` other than agreements by severity; `found_share`, the part from 0
        to 1 of the words of all claims that an official source speaks to, without the words it does not state.
    """
    findings = [finding for claim in report.claims for finding in claim.findings]
    severities = [finding.severity for finding in findings if finding.effect is not Effect.AGREES]
    return {
        "claims": len(report.claims),
        "checked": sum(claim.verdict is not Verdict.NOT_CHECKABLE for claim in report.claims),
        "figures": _figures(findings),
        "findings": {severity.value: severities.count(severity) for severity in reversed(Severity)},
        "found_share": round(_found_share(report.claims), DECIMALS),
    }


def _figures(findings: Iterable[Finding]) -> Json:
    effects = [finding.effect for finding in findings if finding.lane is Lane.FIGURE]
    return {
        "agree": effects.count(Effect.AGREES),
        "differ": effects.count(Effect.CONTRADICTS) + effects.count(Effect.SHIFTS),
        "not_stated": effects.count(Effect.NOT_STATED),
    }


def _found_share(claims: Iterable[ClaimReport]) -> float:
    found = total = 0
    for claim in claims:
        words = _words(claim.claim.text)
        total += words
        if claim.evidence:
            found += max(0, words - sum(map(_words, claim.missing)))
    return found / total if total else 0.0


def _words(text: str) -> int:
    return len(text.split())
