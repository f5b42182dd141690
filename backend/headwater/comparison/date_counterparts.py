"""The official date in whose place a claimed one stands, where the document has the claimed one nowhere.

Asked last, as `counterparts.py` is for figures: a day, month or year that no sentence of the document has. It is wrong
where a date of its kind has its place in a passage that the search found for the claim: the same opening word, the same
words, the same event, the same month with another day. Relative dates ("last week") and periods that have figures or
trends of their own are left alone: each period has its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from headwater.comparison.date_judgement import Facing, alike_base, alike_roles
from headwater.comparison.date_rules import DateOutcome
from headwater.comparison.date_slots import Slot, coverage, nearness, same_event, same_role, shared_words
from headwater.comparison.period_relations import PeriodRelation, compare_periods
from headwater.domain.findings import Effect, Finding, Lane
from headwater.domain.quantities import DateMention, PeriodKind

# What speaks for one date standing where the other does, in steps of about a factor of three in the odds.
ENOUGH, LEAD = 4.5, 0.7
BY_PLACE = (2.0, 1.0, 0.5)  # of the passage among those that the search found
COVERED, MOST_COVERED = 3.0, 2.0  # per share of the claim's content that the official sentence holds, and at most
NEAR, MOST_NEAR = 3.0, 1.5  # the same, of the words near both dates
SAME_PART, SAME_EVENT, OTHER_EVENT = 1.0, 1.5, -1.0
DEADLINE = 0.5  # both end something: "until 5 May", "by May 20"
SAME_MONTH, SAME_DAY, YEARS, NEAR_YEAR = 1.0, 0.5, 4, 0.5
ALONE = 0.5  # no other date of its kind in the sentence
BESIDE = 1.0  # a figure of the claim's sentence stands in the official one, too
_MISSED = frozenset({DateOutcome.NOT_STATED.value, DateOutcome.MORE_PRECISE.value, DateOutcome.REPORTED.value})
_PLACED = frozenset({PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.YEAR, PeriodKind.QUARTER})

_NAMED = re.compile(r"\d{4}|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_TOLD_FROM = re.compile(
    r"\b(?:last (?!day)|next|this|ago|past|coming|earlier|later|same|previous|mid|early|late)\b", re.IGNORECASE
)


def misses_a_date(finding: Finding) -> bool:
    """Say whether a finding says that the source does not state a date, or names only the month of a claimed day.

    Args:
        finding: Of any lane.
    """
    return finding.lane is Lane.DATE and finding.kind in _MISSED


def is_placed(mention: DateMention) -> bool:
    """Say whether a date is a day, a month, a quarter or a year by its own name, wherever it is told.

    Args:
        mention: A date.
    """
    named = _NAMED.search(mention.surface) and not _TOLD_FROM.search(mention.surface)
    return bool(named) and mention.kind in _PLACED and mention.first is not None


def find_date_counterpart(
    claim: Slot, official: Sequence[tuple[int, Slot]], everywhere: Sequence[DateMention]
) -> Facing | None:
    """Find the official date in whose place a claimed one stands.

    Args:
        claim: A date that the passages do not state.
        official: The dates of the passages that the search found, each with its passage's place among them; those that
            other dates of the claim repeat are left out.
        everywhere: All dates of the document.
    """
    if not is_placed(claim.mention) or claim.role in ("said", "base", "name") or claim.quoted:
        return None
    named = any(_is_day_of_month(other, claim.mention) for other in everywhere)
    if any(_states(other, claim.mention, days_named=named) for other in everywhere):
        return None
    weighed = sorted(
        ((_weigh(claim, place, slot, official), slot) for place, slot in official if _may_stand(claim, slot)),
        key=lambda pair: -pair[0],
    )
    if not weighed or weighed[0][0] < ENOUGH:
        return None
    weight, best = weighed[0]
    days = best.mention.first, best.mention.last
    rival = next((other for other, slot in weighed if (slot.mention.first, slot.mention.last) != days), None)
    if rival is not None and weight - rival < LEAD:
        return None
    return Facing(best, compare_periods(claim.mention, best.mention), coverage(claim, best), nearness(claim, best))


def _states(other: DateMention, claimed: DateMention, *, days_named: bool) -> bool:
    """Say whether a date of the document may be the claimed one: the same, or a month none of whose days is named."""
    relation = compare_periods(claimed, other).relation
    if relation is PeriodRelation.INSIDE:
        return other.kind is PeriodKind.MONTH and not days_named
    return relation is PeriodRelation.SAME or (relation is PeriodRelation.CONTAINS and is_placed(other))


def _is_day_of_month(other: DateMention, claimed: DateMention) -> bool:
    """Say whether the document names a day of a claimed day's month."""
    if {other.kind, claimed.kind} != {PeriodKind.DAY} or other.first is None or claimed.first is None:
        return False
    return is_placed(other) and (other.first.year, other.first.month) == (claimed.first.year, claimed.first.month)


def agreed_dates(findings: Sequence[Finding]) -> frozenset[str]:
    """Return the official dates, as written, that other dates of a claim agree with.

    Args:
        findings: Of the claim.
    """
    return frozenset(
        finding.official.surface
        for finding in findings
        if finding.lane is Lane.DATE and finding.effect is Effect.AGREES and finding.official
    )


def _may_stand(claim: Slot, official: Slot) -> bool:
    """Say whether two dates may be of one statement: of one kind, told of one thing, with no figure of their own."""
    ours, theirs = claim.mention, official.mention
    if ours.kind is not theirs.kind or not is_placed(theirs) or not alike_roles(claim, official):
        return False
    if not same_role(claim, official) or not (shared_words(claim, official) or same_event(claim, official)):
        return False
    facing = Facing(official, compare_periods(ours, theirs), 0.0, 0.0)
    return alike_base(claim, facing) and (_bounds(claim, official) or not _has_its_own(claim, official))


def _has_its_own(claim: Slot, official: Slot) -> bool:
    """Say whether either period has a figure or a trend of its own: "prices rose in 2022" leaves 2023 its rise."""
    if claim.figures & official.figures:
        return False
    if claim.mention.kind is PeriodKind.DAY:
        return bool(claim.figures and official.figures)
    return bool(claim.trend or official.trend or claim.figures or official.figures)


def _bounds(claim: Slot, official: Slot) -> bool:
    """Say whether both dates begin or both end something, or one is a deadline to the day."""
    if claim.role == official.role and claim.role in ("start", "end"):
        return True
    return claim.mention.kind is PeriodKind.DAY and "end" in (claim.role, official.role)


def _weigh(claim: Slot, place: int, official: Slot, others: Sequence[tuple[int, Slot]]) -> float:
    """Return what speaks for an official date standing where the claimed one does."""
    weight = BY_PLACE[place] if place < len(BY_PLACE) else 0.0
    weight += min(COVERED * coverage(claim, official), MOST_COVERED)
    weight += min(NEAR * nearness(claim, official), MOST_NEAR)
    weight += SAME_PART if (claim.role or "at") == (official.role or "at") else 0.0
    weight += DEADLINE if claim.role == official.role == "end" else 0.0
    told = same_event(claim, official)
    weight += 0.0 if told is None else SAME_EVENT if told else OTHER_EVENT
    weight += BESIDE if claim.figures & official.figures else 0.0
    kin = [slot for at, slot in others if at == place and slot is not official and slot.told == official.told]
    weight += 0.0 if any(slot.mention.kind is official.mention.kind for slot in kin) else ALONE
    return weight + _by_digits(claim.mention, official.mention)


def _by_digits(ours: DateMention, theirs: DateMention) -> float:
    mine, other = ours.first, theirs.first
    if mine is None or other is None:
        return 0.0
    if ours.kind is PeriodKind.YEAR:
        return NEAR_YEAR if abs(mine.year - other.year) <= YEARS else 0.0
    if mine.month == other.month:
        return SAME_MONTH
    return SAME_DAY if mine.day == other.day and ours.kind is PeriodKind.DAY else 0.0
