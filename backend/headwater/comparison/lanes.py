"""Every lane's answer for one claim, highest severity first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from headwater.comparison.attribution import compare_attribution
from headwater.comparison.clock_times import compare_times
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.figures import compare_figures
from headwater.comparison.led_in_days import compare_days
from headwater.comparison.modality import compare_modality
from headwater.comparison.names import compare_names
from headwater.comparison.ordinal_numbers import compare_ordinals
from headwater.comparison.polarity import compare_polarity
from headwater.comparison.quotations import compare_quotations
from headwater.comparison.superlatives import compare_superlatives
from headwater.comparison.term_groups import TermTable
from headwater.comparison.terms import compare_terms
from headwater.comparison.word_alignment import stands_elsewhere
from headwater.domain.claims import Claim, ClaimKind
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Severity
from headwater.domain.spans import Span

HEDGES_OF_HEADLINES = frozenset({Outcome.HEDGE_DROPPED.value, Outcome.ROUNDED_BARE.value})
ORDER = (Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO)


def compare(
    claim: Claim,
    passages: Sequence[Annotated],
    terms: TermTable | None = None,
    *,
    leads: Sequence[Annotated] = (),
) -> tuple[Finding, ...]:
    """Compare a claim with the passages aligned to it, lane by lane.

    Args:
        claim: The claim.
        passages: Best first; findings point into them.
        terms: Groups of terms that must not be exchanged; None for the shipped ones.
        leads: Lines above the lists that the passages are items of: days may stand there.

    Returns:
        Findings of all lanes, in order of severity, then of appearance.
    """
    content = claim.content
    figures = compare_figures(content, passages)
    findings = (
        *(map(_as_in_headlines, figures) if claim.kind is ClaimKind.HEADING else figures),
        *compare_ordinals(content, passages),
        *compare_superlatives(content, passages),
        *compare_times(content, passages),
        *compare_quotations(content, passages),
        *compare_days(content, passages, leads),
        *compare_attribution(content, passages),
        *compare_names(content, passages),
        *_read_on(compare_modality, content, passages),
        *_read_on(compare_polarity, content, passages),
        *compare_terms(content, passages, terms),
    )
    return in_order(findings)


def _read_on(
    lane: Callable[[Annotated, Sequence[Annotated]], tuple[Finding, ...]],
    claim: Annotated,
    passages: Sequence[Annotated],
) -> Iterator[Finding]:
    """Compare with items of lists read on from the line above them; findings point into the items."""
    items = {passage.passage_id: passage for passage in passages if passage.led is not None}
    read = [passage.led or passage for passage in passages]
    for finding in lane(claim, read):
        if finding.effect in {Effect.SHIFTS, Effect.CONTRADICTS} and stands_elsewhere(claim, read, finding):
            continue
        item = items.get(finding.passage_id)
        if item is not None and finding.official is not None and finding.official.span.start < item.offset:
            yield replace(finding, official=item.side(Span(0, len(item.text)), finding.official.value))
        else:
            yield finding


def _as_in_headlines(finding: Finding) -> Finding:
    """Return a finding as it weighs in a heading, where desks leave the small hedges out: a remark."""
    if finding.kind not in HEDGES_OF_HEADLINES or finding.severity is not Severity.LOW:
        return finding
    said = f"{finding.explanation} Headlines leave such words out."
    return replace(finding, effect=Effect.AGREES, severity=Severity.INFO, explanation=said)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in order of severity, highest first, then of appearance."""
    return tuple(sorted(findings, key=lambda finding: (ORDER.index(finding.severity), finding.claimed.span)))
