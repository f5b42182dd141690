"""The date lane: each date of the claim against those of the source, one finding for each.

A date "contradicts" only where the official date stands in the same slot of the same statement: the same opening word,
the same words around it, a sentence that holds at least half of the claim's content. A date that the passages do not
have is otherwise "not stated": a miss costs less than an invented contradiction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from headwater.comparison.date_absent import is_absent
from headwater.comparison.date_counterparts import agreed_dates, find_date_counterpart, misses_a_date
from headwater.comparison.date_judgement import (
    RELATED,
    Facing,
    alike_base,
    belongs_elsewhere,
    in_same_slot,
    judge_day_range,
    judge_event,
    judge_related,
    judge_same,
    judge_same_slot,
    spoken_day,
)
from headwater.comparison.date_phrasing import explain, shown
from headwater.comparison.date_rules import DateOutcome, date_rules
from headwater.comparison.date_said import is_of_another_weekday
from headwater.comparison.date_slots import Slot, coverage, nearness, read_slots
from headwater.comparison.date_twins import find_twin
from headwater.comparison.period_relations import PeriodOutcome, PeriodRelation, compare_periods
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Lane

__all__ = ["PeriodOutcome", "PeriodRelation", "compare_dates", "compare_periods", "look_up_dates"]


def compare_dates(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Compare every date of a claim with the source.

    Args:
        claim: The text in hand.
        passages: Official passages, the aligned ones first.

    Returns:
        One finding for each date of the claim, in order of appearance.

    Examples:
        Rule DAT-SAME and rule DAT-DIFFERS.

        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> from headwater.extraction.dates import extract_dates
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts(dates=extract_dates(words)))
        >>> source = text("The treaty with Serbia was signed on 7 November 2024.")
        >>> [f.rule for f in compare_dates(text("Serbia signed the treaty on November 7, 2024."), [source])]
        ['DAT-SAME']
        >>> [f.rule for f in compare_dates(text("The treaty with Serbia was signed on 9 November 2024."), [source])]
        ['DAT-DIFFERS']
    """
    slots = read_slots(claim)
    if not slots:
        return ()  # the days of the passages need not be read
    official = [slot for index, passage in enumerate(passages) for slot in read_slots(passage, index)]
    taken = _taken(slots, official)
    return tuple(_finding(claim, passages, slot, _faced(slot, official, taken)) for slot in slots)


def look_up_dates(
    claim: Annotated,
    findings: Sequence[Finding],
    document: Sequence[Annotated],
    found: Sequence[int],
    *,
    days: Sequence[date] = (),
) -> tuple[Finding, ...]:
    """Look up in a whole document the dates said not to be stated.

    Args:
        claim: The text in hand.
        findings: Of its comparison with some of the document's passages.
        document: All passages of it.
        found: The ids of those that the search found for the claim, the best first.
        days: On which the document was published.

    Returns:
        As many findings, in the same order.
    """
    missed = {finding.claimed.span: finding for finding in findings if misses_a_date(finding)}
    if not missed:
        return tuple(findings)
    everywhere = [mention for passage in document for mention in passage.facts.dates]
    places = {id_: place for place, id_ in enumerate(found)}
    agreed = agreed_dates(findings)
    official = [
        (places[passage.passage_id or 0], slot)
        for index, passage in enumerate(document)
        if passage.passage_id in places
        for slot in read_slots(passage, index)
        if slot.mention.surface not in agreed
    ]
    wrong = {}
    for slot in read_slots(claim):
        span = claim.side(slot.mention.span).span
        if span not in missed:
            continue
        if missed[span].kind == DateOutcome.REPORTED.value:
            if is_of_another_weekday(slot, document, days):
                wrong[span] = _finding(claim, document, slot, (DateOutcome.OTHER_WEEKDAY, None))
            continue
        facing = find_date_counterpart(slot, official, everywhere)
        twin = find_twin(slot, official, everywhere) if facing is None else None
        if facing is not None:
            wrong[span] = _finding(claim, document, slot, (DateOutcome.DIFFERS, facing))
        elif twin is not None:
            wrong[span] = _finding(claim, document, slot, (DateOutcome.MOVED, twin))
        elif missed[span].official is None and is_absent(slot, document, days, text=claim):
            wrong[span] = _finding(claim, document, slot, (DateOutcome.NOWHERE, None))
    return tuple(wrong.get(one.claimed.span, one) if misses_a_date(one) else one for one in findings)


def _taken(claimed: Sequence[Slot], official: Sequence[Slot]) -> frozenset[int]:
    """Return the official dates that some date of the claim repeats: none of them contradicts another."""
    return frozenset(
        id(slot)
        for slot in official
        if any(compare_periods(ours.mention, slot.mention).relation is PeriodRelation.SAME for ours in claimed)
    )


def _faced(claim: Slot, official: Sequence[Slot], taken: frozenset[int]) -> tuple[DateOutcome, Facing | None]:
    """Return what came of one date of the claim, and the official date it faces."""
    facings = sorted(
        (
            Facing(slot, compare_periods(claim.mention, slot.mention), coverage(claim, slot), nearness(claim, slot))
            for slot in official
        ),
        key=lambda facing: -facing.closeness,
    )
    same = [
        facing
        for facing in facings
        if facing.outcome.relation is PeriodRelation.SAME and (alike_base(claim, facing) or facing.coverage >= RELATED)
    ]
    spoken = spoken_day(claim, facings)
    if spoken is not None:
        return DateOutcome.SAME_WORDS, spoken
    slot = in_same_slot(claim, [facing for facing in facings if id(facing.slot) not in taken])
    if same and not (slot is not None and belongs_elsewhere(claim, same[0], slot)):
        return judge_same(claim, same)
    if slot is not None:
        differing = judge_same_slot(claim, slot)
        if differing is not None:
            return differing, slot
    free = [facing for facing in facings if id(facing.slot) not in taken]
    other = judge_event(claim, facings) or judge_day_range(claim, free)
    if other is not None and id(other.slot) not in taken:
        return DateOutcome.DIFFERS, other
    return judge_related(claim, facings)


def _finding(
    claim: Annotated, passages: Sequence[Annotated], slot: Slot, faced: tuple[DateOutcome, Facing | None]
) -> Finding:
    outcome, facing = faced
    rule = date_rules()[outcome]
    official = None if facing is None else facing.slot.mention
    passage = None if facing is None else passages[facing.slot.passage]
    return Finding(
        rule=rule.id,
        lane=Lane.DATE,
        kind=outcome.value,
        effect=rule.effect,
        severity=rule.severity,
        claimed=claim.side(slot.mention.span, shown(slot.mention)),
        official=None if official is None or passage is None else passage.side(official.span, shown(official)),
        explanation=explain(outcome, slot.mention, official, None if facing is None else facing.outcome),
        passage_id=None if passage is None else passage.passage_id,
    )
