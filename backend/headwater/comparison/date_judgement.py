"""Whether two dates are of the same statement, and what it says of the claim that they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from headwater.comparison.date_rules import DateOutcome
from headwater.comparison.date_slots import Slot, same_event, same_role, shared_words
from headwater.comparison.date_windows import is_day_range, is_stretch_until_now
from headwater.comparison.period_relations import PeriodOutcome, PeriodRelation, is_soft
from headwater.domain.quantities import DateMention, PeriodKind
from headwater.extraction.date_tokens import WEEKDAYS

SAME_STATEMENT = 0.5  # share of the claim sentence's content: below half, the official sentence may be about anything
SAME_WORDS = 2  # one shared word near both dates is a coincidence
WHOLE = 0.9  # short sentences: one word is enough where it is all there is
SAME_FIGURES = 0.5  # share of the sentence's figures: a "5" in both is no sign of one event
LIKE_STATEMENT = 0.75  # share asked of dates of unlike length: "last year" against "7 November"
LIKE_DAYS = 3  # days by which months and quarters of like length differ
RELATED = 0.25  # share from which two dates that overlap are taken for one
ELSEWHERE = 0.2  # share below which an equal date belongs to another statement
OTHER_PLACE = 0.4  # of the words around: an equal date so much farther from them stands for something else
EVENT_STATEMENT = 1 / 3  # share of the claim's content beside the verb, where both dates are of one event
YEAR = 365  # days
SOFT_EDGE = 92  # days: "mid-2010" and "early 2013" are said of a third of a year
SOFT_IN_MONTH = 12  # "the end of June" and "mid-February" of a third of a month: the end of July is another date
SOFT_IN_WEEK = 3
CLEAR_LEAD = 0.1  # of the words around: two official dates nearer than this cannot be told apart
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\b(?:month|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_AGO = re.compile(r"\b(?:ago|earlier|later|before)\b", re.IGNORECASE)
_OF_YEAR = re.compile(r"\b(?:mid|early|late|around|about|circa)[- ](?:in )?\d{4}", re.IGNORECASE)
_WEEK = re.compile(r"\bweek\b", re.IGNORECASE)
_STATED = frozenset({PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.YEAR})


class Facing(NamedTuple):
    """An official date that a claimed one may face.

    Args:
        slot: The official date.
        outcome: How the claimed one lies to it.
        coverage: Share of the claim sentence's content that the official sentence holds.
        nearness: How far the words near the two agree.
    """

    slot: Slot
    outcome: PeriodOutcome
    coverage: float
    nearness: float

    @property
    def closeness(self) -> float:
        """How likely the two are the same date of the same statement."""
        return self.coverage + self.nearness


def alike_base(claim: Slot, facing: Facing) -> bool:
    """Say whether both dates are bases of a comparison, or neither."""
    return (claim.role == "base") == (facing.slot.role == "base")


def judge_same(claim: Slot, same: Sequence[Facing]) -> tuple[DateOutcome, Facing]:
    """Judge a date that the source has: by resolution, by its words alone, or with start and end exchanged."""
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


def in_same_slot(claim: Slot, facings: Sequence[Facing]) -> Facing | None:
    """Return the official date in the same slot of the same statement, if just one stands out."""
    held = [
        facing
        for facing in facings
        if facing.coverage >= SAME_STATEMENT
        and same_role(claim, facing.slot)
        and same_event(claim, facing.slot) is not False
        and shared_words(claim, facing.slot) >= (1 if facing.coverage >= WHOLE else SAME_WORDS)
    ]
    held = [facing for facing in held if same_event(claim, facing.slot)] or held
    if not held:
        return None
    best = held[0].slot.mention
    others = [f for f in held[1:] if (f.slot.mention.first, f.slot.mention.last) != (best.first, best.last)]
    rivals = [f for f in others if f.slot.mention.kind is best.kind]
    if any(held[0].closeness - rival.closeness < CLEAR_LEAD for rival in rivals):
        return None
    return held[0]


def belongs_elsewhere(claim: Slot, same: Facing, slot: Facing) -> bool:
    """Say whether the equal date is of another statement, while one that differs stands in the claim's own slot."""
    if slot.outcome.relation is not PeriodRelation.DISJOINT or slot.slot.mention.kind is not claim.mention.kind:
        return False
    if slot.nearness - same.nearness >= OTHER_PLACE and slot.closeness > same.closeness:
        return True
    apart = same.slot.passage != slot.slot.passage or same.slot.told != slot.slot.told
    return apart and same.coverage < ELSEWHERE and same.nearness < ELSEWHERE


def judge_same_slot(claim: Slot, facing: Facing) -> DateOutcome | None:
    """Judge two dates of the same slot that are not the same."""
    relation, ours, theirs = facing.outcome.relation, claim.mention, facing.slot.mention
    named = bool(claim.named & facing.slot.named)
    apart = relation is PeriodRelation.DISJOINT and (named or _comparable(ours, theirs, facing.coverage))
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
    if (shared and shared >= SAME_FIGURES * len(claim.figures)) or claim.named & official.named:
        return True
    if claim.mention.kind is PeriodKind.DAY or (claim.events and same_event(claim, official)):
        return not (claim.figures and official.figures)
    return not (claim.trend or official.trend or claim.figures or official.figures)


def judge_event(claim: Slot, facings: Sequence[Facing]) -> Facing | None:
    """Return the one official date of the claim's event, where the claim dates that event otherwise."""
    if not claim.events or claim.role in ("said", "base", "name"):
        return None
    own = [
        facing
        for facing in facings
        if same_event(claim, facing.slot) and facing.slot.role not in ("said", "base", "name")
    ]
    if len({facing.slot.mention.first for facing in own}) != 1:
        return None
    facing, ours = own[0], claim.mention
    other_figures = claim.figures and facing.slot.figures and not claim.figures & facing.slot.figures
    apart = facing.outcome.relation is PeriodRelation.DISJOINT and _comparable(ours, facing.slot.mention, 0.0)
    if not apart or other_figures or not alike_roles(claim, facing.slot):
        return None
    beside = {word: told for word, told in claim.told.items() if word not in claim.verbs}
    shared = sum(told for word, told in beside.items() if word in facing.slot.told)
    of_day = ours.kind is PeriodKind.DAY or is_day_range(ours)
    if of_day and claim.verbs & facing.slot.verbs and facing.coverage >= EVENT_STATEMENT:
        return facing
    return facing if shared >= max(1.0, EVENT_STATEMENT * sum(beside.values())) else None


def alike_roles(claim: Slot, official: Slot) -> bool:
    """Say whether neither date is the start where the other is the end."""
    return {claim.role, official.role} != {"start", "end"}


def judge_day_range(claim: Slot, facings: Sequence[Facing]) -> Facing | None:
    """Return the range of days that shares one end with the claimed one: "10 to 28" for "10 to 18 September"."""
    ours = claim.mention
    if not is_day_range(ours):
        return None
    for facing in facings:
        theirs = facing.slot.mention
        ends = _ends(theirs)
        if (
            is_day_range(theirs)
            and sum(a == b for a, b in zip(_ends(ours), ends, strict=True)) == 1
            and None not in ends
        ):
            return facing
    return None


def _ends(mention: DateMention) -> tuple[tuple[int, int], ...]:
    """Return month and day of both ends: a year that is not written may be guessed wrong."""
    return tuple((day.month, day.day) for day in (mention.first, mention.last) if day is not None)


def spoken_day(claim: Slot, facings: Sequence[Facing]) -> Facing | None:
    """Return the same "today" of the same quotation: both are told from the speaker's day."""
    if not (claim.quoted and claim.mention.relative):
        return None
    words = claim.mention.surface.casefold()
    return next((facing for facing in facings if facing.slot.mention.surface.casefold() == words), None)


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


def judge_related(claim: Slot, facings: Sequence[Facing]) -> tuple[DateOutcome, Facing | None]:
    """Judge dates that overlap, or cannot be resolved, in statements that have something in common."""
    if claim.role == "said":
        return DateOutcome.REPORTED, None
    paired = [facing for facing in facings if facing.coverage >= RELATED and _pairable(claim, facing.slot)]
    judged = [(outcome, facing) for facing in paired if (outcome := _by_relation(claim, facing)) is not None]
    fitting = [(outcome, facing) for outcome, facing in judged if outcome is DateOutcome.LESS_PRECISE]
    if judged:
        return (fitting or judged)[0]
    if _is_weekday(claim.mention) and claim.role != "base":
        return DateOutcome.REPORTED, None
    bounding = next((facing for facing in facings if _bounds_it(claim, facing.slot)), None)
    return (DateOutcome.LESS_PRECISE if bounding else DateOutcome.NOT_STATED), bounding


def _bounds_it(claim: Slot, official: Slot) -> bool:
    """Say whether one date begins or ends the other: "since August 2016" what came "in August 2016"."""
    ours, theirs = claim.mention, official.mention
    if ours.first is None or theirs.first is None or "base" in (claim.role, official.role):
        return False
    if ours.kind is PeriodKind.MONTH and theirs.kind is PeriodKind.DAY and same_event(claim, official):
        return (ours.first.year, ours.first.month) == (theirs.first.year, theirs.first.month)
    if ours.kind is PeriodKind.SINCE:
        return theirs.kind in _STATED and ours.first == theirs.first and not theirs.relative
    return ours.kind is PeriodKind.DAY and is_day_range(theirs) and ours.first in (theirs.first, theirs.last)


def _is_weekday(mention: DateMention) -> bool:
    return mention.kind is PeriodKind.DAY and mention.relative and _weekday_of(mention) is not None


def _pairable(claim: Slot, official: Slot) -> bool:
    """Say whether two dates are of one sort: a day of an event is no part of a stretch that lasts until now."""
    if (claim.role == "base") != (official.role == "base") or same_event(claim, official) is False:
        return False
    return is_stretch_until_now(claim.mention) == is_stretch_until_now(official.mention)


def _by_relation(claim: Slot, facing: Facing) -> DateOutcome | None:
    relation = facing.outcome.relation
    if relation is PeriodRelation.UNRESOLVED:
        return DateOutcome.UNRESOLVED
    if PeriodKind.SINCE in (claim.mention.kind, facing.slot.mention.kind):
        return _by_start(claim, facing)
    if relation is PeriodRelation.DISJOINT:
        return None
    if _soft_edges(claim.mention, facing.slot.mention) or _ends_its_year(claim, facing.slot):
        return DateOutcome.LESS_PRECISE
    if _told_alike(claim.mention, facing.slot.mention):
        return DateOutcome.SAME_WORDS
    return _by_days(claim, facing)


def _by_start(claim: Slot, facing: Facing) -> DateOutcome | None:
    """Judge stretches that last until now by where they begin."""
    relation, ours, theirs = facing.outcome.relation, claim.mention, facing.slot.mention
    if relation is PeriodRelation.DISJOINT:
        told = ours.kind is theirs.kind and facing.coverage >= SAME_STATEMENT
        return DateOutcome.MOVED if told else None
    firm = ours.kind is theirs.kind and not is_soft(ours) and not is_soft(theirs)
    return DateOutcome.MORE_PRECISE if firm and relation is PeriodRelation.INSIDE else DateOutcome.LESS_PRECISE


def _by_days(claim: Slot, facing: Facing) -> DateOutcome | None:
    """Judge periods that overlap by their days; those of figures weigh more."""
    relation, ours, theirs = facing.outcome.relation, claim.mention, facing.slot.mention
    told = facing.coverage >= SAME_STATEMENT
    measured = told and bool(claim.figures and facing.slot.figures)
    if relation is PeriodRelation.OVERLAPS:
        return DateOutcome.MOVED if told else None
    if relation is PeriodRelation.CONTAINS:
        return DateOutcome.WIDER if measured and theirs.kind is not PeriodKind.DAY else DateOutcome.LESS_PRECISE
    return DateOutcome.NARROWER if measured and ours.kind is not PeriodKind.DAY else _inside(claim, facing)


def _ends_its_year(claim: Slot, official: Slot) -> bool:
    """Say whether a change told of a month is the one over the year to it: prices fell "in May"."""
    ours, theirs = claim.mention, official.mention
    told = claim.trend and official.trend and ours.kind is PeriodKind.MONTH and theirs.kind is PeriodKind.YEAR_TO
    return told and ours.last == theirs.last


def _told_alike(ours: DateMention, theirs: DateMention) -> bool:
    """Say whether two periods that meet are told from today in the same words: "this financial year", anywhere."""
    return ours.relative and theirs.relative and ours.surface.casefold() == theirs.surface.casefold()


def _soft_edges(ours: DateMention, theirs: DateMention) -> bool:
    """Say whether two periods differ by no more than soft words bear: "from mid-2010" for "from July 2010"."""
    if not (is_soft(ours) or is_soft(theirs)) or None in (ours.first, ours.last, theirs.first, theirs.last):
        return False
    # Of every year: the year is a guess. "Three years ago" tells it.
    yearless = not any(_YEAR.search(side.surface) or _AGO.search(side.surface) for side in (ours, theirs))
    edges = ((ours.first, theirs.first), (ours.last, theirs.last))
    apart = [abs((a - b).days) for a, b in edges if a and b]
    most = min(_softness(side) for side in (ours, theirs) if is_soft(side))
    return all((min(days % YEAR, -days % YEAR) if yearless else days) <= most for days in apart)


def _softness(mention: DateMention) -> int:
    """Return by how many days the edges of a soft period may be meant otherwise: a third of what it is a part of."""
    if _WEEK.search(mention.surface):
        return SOFT_IN_WEEK
    if _OF_YEAR.search(mention.surface):
        return SOFT_EDGE  # "mid-2010 to September 2013"
    return SOFT_IN_MONTH if _MONTH.search(mention.surface) else SOFT_EDGE


def _inside(claim: Slot, facing: Facing) -> DateOutcome | None:
    """Judge a date within a longer official one: its end, a slot of its own, or more than the source says."""
    ours, theirs = claim.mention, facing.slot.mention
    if (is_day_range(theirs) and ours.first in (theirs.first, theirs.last)) or _same_limit(claim, facing.slot):
        return DateOutcome.LESS_PRECISE
    if _is_weekday(ours):
        return None  # an article's day of the week within a year of the source: two grains, no slot
    told = facing.coverage >= SAME_STATEMENT and facing.slot.role != "name" and alike_roles(claim, facing.slot)
    return DateOutcome.MORE_PRECISE if told else None


def _same_limit(claim: Slot, official: Slot) -> bool:
    """Say whether two limits fall on one day: "by the end of the decade" and "by 2029"."""
    return claim.role == official.role == "end" and claim.mention.last == official.mention.last
