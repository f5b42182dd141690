"""Every lane's answer for one claim, highest severity first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headwater.comparison.attribution import compare_attribution
from headwater.comparison.dates import compare_dates
from headwater.comparison.figures import compare_figures
from headwater.comparison.modality import compare_modality
from headwater.comparison.names import compare_names
from headwater.comparison.polarity import compare_polarity
from headwater.comparison.quotations import compare_quotations
from headwater.comparison.term_groups import TermTable
from headwater.comparison.terms import compare_terms
from headwater.domain.claims import Claim
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Severity

ORDER = (Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO)


def compare(claim: Claim, passages: Sequence[Annotated], terms: TermTable | None = None) -> tuple[Finding, ...]:
    """Compare a claim with the passages aligned to it, lane by lane.

    Args:
        claim: The claim.
        passages: Best first; findings point into them.
        terms: Groups of terms that must not be exchanged; None for the shipped ones.

    Returns:
        Findings of all lanes, in order of severity, then of appearance.
    """
    content = claim.content
    findings = (
        *compare_figures(content, passages),
        *compare_quotations(content, passages),
        *compare_dates(content, passages),
        *compare_attribution(content, passages),
        *compare_names(content, passages),
        *compare_modality(content, passages),
        *compare_polarity(content, passages),
        *compare_terms(content, passages, terms),
    )
    return in_order(findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in order of severity, highest first, then of appearance."""
    return tuple(sorted(findings, key=lambda finding: (ORDER.index(finding.severity), finding.claimed.span)))
