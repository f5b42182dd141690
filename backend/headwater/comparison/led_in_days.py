"""Days that stand in the line above a list: an item is read with it for the days that it does not tell itself."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.comparison.dates import compare_dates
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding


def compare_days(
    claim: Annotated, passages: Sequence[Annotated], leads: Sequence[Annotated] = ()
) -> tuple[Finding, ...]:
    """Compare every date of a claim with the source, and those not stated with the lines that lead its lists in.

    Such a line only ever agrees: another day in it is no day of the claim's.

    Args:
        claim: The text in hand.
        passages: Official passages, the aligned ones first.
        leads: Lines above the lists that the aligned ones are items of.

    Returns:
        One finding for each date of the claim, in order of appearance.
    """
    findings = compare_dates(claim, passages)
    if not leads or all(finding.effect is not Effect.NOT_STATED for finding in findings):
        return findings
    again = compare_dates(claim, (*passages, *leads))
    return tuple(
        second if first.effect is Effect.NOT_STATED and second.effect is Effect.AGREES else first
        for first, second in zip(findings, again, strict=True)
    )
