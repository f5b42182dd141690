"""The date lane: each date of the claim against those of the source, one finding for each.

A date "contradicts" only where the official date stands in the same slot of the same statement: the same opening word,
the same words around it, a sentence that holds at least half of the claim's content. A date that the passages do not
have is otherwise "not stated": a miss costs less than an invented contradiction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from headwater.comparison.date_phrasing import explain, shown
from headwater.comparison.date_rules import DateOutcome, date_rules
from headwater.comparison.date_slots import Slot, coverage, nearness, read_slots, same_role, shared_words
from headwater.comparison.period_relations import PeriodOutcome, PeriodRelation, compare_periods
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding, Lane
from headwater.domain.quantities import DateMention, PeriodKind
from headwater.extraction.date_tokens import WEEKDAYS

__all__ = ["PeriodOutcome", "PeriodRelation", "compare_dates", "compare_periods"]

SAME_STATEMENT = 0.5  # share of the claim sentence's content: below half, the official sentence may be about anything
SAME_WORDS = 2  # one shared word near both dates is a coincidence
WHOLE = 0.9  # short sentences: one word is enough where it is all there is
SAME_FIGURES = 0.5  # share of the sentence's figures: a "5" in both is no sign of one event
LIKE_STATEMENT = 0.75  # share asked of dates of unlike length: "last year" against "7 November"
LIKE_DAYS = 3  # days by which months and quarters of like length differ
RELATED = 0.25  # share from which two dates that overlap are taken for one
ELSEWHERE = 0.2  # share below which an equal date belongs to another statement
OTHER_PLACE = 0.4  # of the words around: an equal date so much farther from them stands for something else
CLEAR_LEAD = 0.1  # of the words around: two official dates nearer than this cannot be told apart


class _Facing(NamedTuple):
    """An official date that a claimed one may face."""

    slot: Slot
    outcome: PeriodOutcome
    coverage: float
    nearness: float

    @property
    def closeness(self) -> float:
        """How likely the two are the same date of the same statement."""
        return self.coverage + self.nearness


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
    official = [slot for index, passage in enumerate(passages) for slot in read_slots(passage, index)]
    slots = read_slots(claim)
    taken = _taken(slots, official)
    return tuple(_finding(claim, passages, slot, _faced(slot, official, taken)) for slot in slots)


def _taken(claimed: Sequence[Slot], official: Sequence[Slot]) -> frozenset[int]:
    """Return the official dates that some date of the claim repeats: none of them contradicts another."""
    return frozenset(
        id(slot)
        for slot in official
        if any(compare_periods(ours.mention, slot.mention).relation is PeriodRelation.SAME for ours in claimed)
    )


def _faced(claim: Slot, official: Sequence[Slot], taken: frozenset[int]) -> tuple[DateOutcome, _Facing | None]:
    """Return what came of one date of the claim, and the official date it faces."""
    facings = sorted(
        (
            _Facing(slot, compare_periods(claim.mention, slot.mention), coverage(claim, slot), nearness(claim, slot))
            for slot in official
        ),
        key=lambda facing: -facing.closeness,
    )
    same = [
        facing
        for facing in facings
        if facing.outcome.relation is PeriodRelation.SAME and (_alike_base(claim, facing) or facing.coverage >= RELATED)
    ]
    slot = _same_slot(claim, [facing for facing in facings if id(facing.slot) not in taken])
    if same and not (slot is not None and _belongs_elsewhere(claim, same[0], slot)):
        return _same(claim, same)
    if slot is not None:
        differing = _in_same_slot(claim, slot)
        if differing is not None:
            return differing, slot
    return _related(claim, facings)


def _alike_base(claim: Slot, facing: _Facing) -> bool:
    """Say whether both dates are bases of a comparison, or neither."""
    return (claim.role == "base") == (facing.slot.role == "base")


def _same(claim: Slot, same: Sequence[_Facing]) -> tuple[DateOutcome, _Facing]:
    best = next((facing for facing in same if same_role(claim, facing.slot)), same[0])
    bounds = {claim.role, best.slot.role}
    if bounds == {"start", "end"} and best.coverage >= SAME_STATEMENT:
        return DateOutcome.BOUND_REVERSED, best
    if best.outcome.assumed and claim.mention.first is None and best.slot.mention.first is None:
        return DateOutcome.SAME_WORDS, best
    relative = claim.mention.relative != best.slot.mention.relative or (
        claim.mention.relative and claim.mention.surface.lower() != best.slot.mention.surface.lower()
    )
    return (DateOutcome.SAME_RESOLVED if relative else DateOutcome.SAME), best


def _same_slot(claim: Slot, facings: Sequence[_Facing]) -> _Facing | None:
    """Return the official date in the same slot of the same statement, if just one stands out."""
    if claim.role == "name":
        return None
    held = [
        facing
        for facing in facings
        if facing.coverage >= SAME_STATEMENT
        and same_role(claim, facing.slot)
        and shared_words(claim, facing.slot) >= (1 if facing.coverage >= WHOLE else SAME_WORDS)
    ]
    if not held:
        return None
    rivals = [f for f in held[1:] if f.slot.mention.kind is held[0].slot.mention.kind]
    if any(held[0].closeness - rival.closeness < CLEAR_LEAD for rival in rivals):
        return None
    return held[0]


def _belongs_elsewhere(claim: Slot, same: _Facing, slot: _Facing) -> bool:
    """Say whether the equal date is of another statement, while one that differs stands in the claim's own slot."""
    if slot.outcome.relation is not PeriodRelation.DISJOINT or slot.slot.mention.kind is not claim.mention.kind:
        return False
    if slot.nearness - same.nearness >= OTHER_PLACE and slot.closeness > same.closeness:
        return True
    apart = same.slot.passage != slot.slot.passage or same.slot.told != slot.slot.told
    return apart and same.coverage < ELSEWHERE and same.nearness < ELSEWHERE


def _in_same_slot(claim: Slot, facing: _Facing) -> DateOutcome | None:
    """Judge two dates of the same slot that are not the same."""
    relation, ours, theirs = facing.outcome.relation, claim.mention, facing.slot.mention
    apart = relation is PeriodRelation.DISJOINT and _comparable(ours, theirs, facing.coverage)
    if (apart or (relation is PeriodRelation.OVERLAPS and _moved_on(ours, theirs))) and _one_event(claim, facing.slot):
        return DateOutcome.BASE_DIFFERS if claim.role == "base" else DateOutcome.DIFFERS
    if relation is PeriodRelation.UNRESOLVED:
        return _by_weekday(ours, theirs)
    return None


def _one_event(claim: Slot, official: Slot) -> bool:
    """Say whether two statements can be true of one time only, so that another date contradicts.

    "Prices rose in 2022" says nothing against "prices rose in 2023": each period has its own figures and its own
    trend. With the same figure, or where no figure and no trend is told of a period, one date stands for the other.
    """
    shared = len(claim.figures & official.figures)
    if shared and shared >= SAME_FIGURES * len(claim.figures):
        return True
    if claim.trend or official.trend:
        return False
    if claim.mention.kind is PeriodKind.DAY:
        return not (claim.figures and official.figures)
    return not (claim.figures or official.figures)


def _moved_on(ours: DateMention, theirs: DateMention) -> bool:
    """Say whether two overlapping periods are of one length: "the year to March" for "the year to June"."""
    if ours.relative or theirs.relative or ours.kind is not theirs.kind:
        return False
    lengths = [(m.last - m.first).days for m in (ours, theirs) if m.first and m.last]
    return len(lengths) == 2 and abs(lengths[0] - lengths[1]) <= LIKE_DAYS


def _comparable(ours: DateMention, theirs: DateMention, covered: float) -> bool:
    """Say whether two dates are of like length: a day against a century is no slip of a date."""
    if ours.kind is theirs.kind:
        return True
    if PeriodKind.RANGE in (ours.kind, theirs.kind):
        return False  # "later in the year", "early 2023": their edges are the reader's
    lengths = [(m.last - m.first).days + 1 if m.first and m.last else 0 for m in (ours, theirs)]
    if min(lengths) == 0 or max(lengths) > 366:  # 366: both at most a year
        return False
    return abs(lengths[0] - lengths[1]) <= LIKE_DAYS or covered >= LIKE_STATEMENT


def _weekday_of(mention: DateMention) -> int | None:
    words = mention.surface.lower().split()
    return next((WEEKDAYS[word] for word in words if word in WEEKDAYS), None)


def _by_weekday(ours: DateMention, theirs: DateMention) -> DateOutcome:
    """Tell a weekday from a dated day that falls on another; without the document's date no more can be told."""
    if ours.kind is PeriodKind.DAY and theirs.kind is PeriodKind.DAY:
        days = [_weekday_of(m) if m.first is None else m.first.weekday() for m in (ours, theirs)]
        if None not in days and days[0] != days[1]:
            return DateOutcome.WEEKDAY_DIFFERS
    return DateOutcome.UNRESOLVED


def _related(claim: Slot, facings: Sequence[_Facing]) -> tuple[DateOutcome, _Facing | None]:
    """Judge dates that overlap, or cannot be resolved, in statements that have something in common."""
    for facing in facings:
        if facing.coverage < RELATED or not _alike_base(claim, facing):
            continue
        outcome = _by_relation(claim, facing)
        if outcome is not None:
            return outcome, facing
    when_reported = claim.mention.kind is PeriodKind.DAY and claim.mention.relative and claim.role != "base"
    return (DateOutcome.REPORTED if when_reported else DateOutcome.NOT_STATED), None


def _by_relation(claim: Slot, facing: _Facing) -> DateOutcome | None:
    relation = facing.outcome.relation
    measured = claim.figures and facing.slot.figures and facing.coverage >= SAME_STATEMENT
    if relation is PeriodRelation.UNRESOLVED:
        return DateOutcome.UNRESOLVED
    open_both = claim.mention.kind is facing.slot.mention.kind is PeriodKind.SINCE
    if relation is PeriodRelation.OVERLAPS or (open_both and facing.coverage >= SAME_STATEMENT):
        return DateOutcome.MOVED
    if relation is PeriodRelation.CONTAINS:
        of_figures = measured and facing.slot.mention.kind is not PeriodKind.DAY
        return DateOutcome.WIDER if of_figures else DateOutcome.LESS_PRECISE
    if relation is PeriodRelation.INSIDE:
        of_figures = measured and claim.mention.kind is not PeriodKind.DAY
        return DateOutcome.NARROWER if of_figures else DateOutcome.MORE_PRECISE
    return None


def _finding(
    claim: Annotated, passages: Sequence[Annotated], slot: Slot, faced: tuple[DateOutcome, _Facing | None]
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
