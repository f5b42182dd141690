"""What comparing two figures can come to, and the value that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Outcome(StrEnum):
    """One figure against the source: exactly one of these."""

    EQUAL = "equal"
    SAME_ROUNDED = "same_within_rounding"  # half a unit of the last stated digit of the coarser side
    SAME_WORDS = "same_words"  # the source's sentence has it word for word, where the reader saw no figure
    CONVERTED = "converted"  # the same amount in another unit
    BOUND_HOLDS = "bound_holds"  # "more than 9,000" for 9,400
    BOUND_LOOSE = "bound_loose"  # "almost 10,000" for 9,400: the direction is right, the distance is not
    BOUND_FAR = "bound_far"  # "more than 15,800" for 18,587: true, and no rounding that anybody would choose
    BOUND_FAILS = "bound_fails"  # "more than 10,000" for 9,400
    BOUND_ADDED = "bound_added"  # "more than 9,400" for a flat 9,400
    HEDGE_ADDED = "hedge_added"  # "about 9,400" for a flat 9,400
    HEDGE_DROPPED = "hedge_dropped"  # 100,000 for "almost 100,000"
    HEDGE_SOFTENED = "hedge_softened"  # "around 100,000" for "almost 100,000"
    HEDGE_CHANGED = "hedge_changed"  # "almost 500" for "up to 500"
    HEDGE_FLIPPED = "hedge_flipped"  # "more than 100,000" for "almost 100,000"
    ROUNDED_BARE = "rounded_without_hedge"  # 9,000 for 9,400
    ROUNDED_COARSELY = "rounded_coarsely"  # "1%" for 1.4%: rounding, yet far off in proportion
    FINER = "finer_than_source"  # "98,400" for "almost 100,000"
    RANGE_POINT = "range_against_point"  # "12%" for "10% to 15%", or the other way about
    SCALE = "scale_differs"  # £75 billion for £75 million
    CURRENCY = "currency_differs"
    UNIT = "unit_differs"
    RATE = "rate_on_one_side"  # "£40bn" for "£40bn a year"
    POINTS = "percent_against_points"
    DIRECTION = "opposite_direction"
    BY_TO = "by_against_to"
    PERIOD = "period_differs"
    BASE_PERIOD = "base_period_differs"
    COUNTED_WIDER = "counted_noun_wider"  # "people" for "migrants"
    COUNTED_NARROWER = "counted_noun_narrower"  # "migrants" for "people"
    COUNTED_DIFFERS = "counted_noun_differs"  # "families" for "households on the waiting list"
    OTHER_THING = "other_thing_counted"  # the value is in the source and belongs to something else
    OTHER_PLACE = "words_of_another"  # the value is in the source, the words around it stand with another
    ORDINAL = "ordinal_differs"
    OTHER_END = "other_end"  # "their highest since 1990" for "the lowest level since 1990"
    OTHER_HOUR = "other_hour"  # "by 5 p.m." for "no later than 4 p.m."
    VALUE = "value_differs"
    DERIVED_RIGHT = "derived_and_right"
    DERIVED_WRONG = "derived_and_wrong"
    NOT_STATED = "not_stated"
    WORKED_OUT = (
        "may_be_worked_out"  # "five years later", "twice as high": from dates or figures that need not be named
    )
    SMALL_NUMBER = "small_number_not_stated"  # "the two leaders"
    MAY_FOLLOW = "may_follow"  # one operation on two figures of the document gives it; nothing says that it was meant
    ELSEWHERE = "stated_elsewhere"  # the same figure, where the document may speak of another thing
    OTHER_RANK = "other_rank"  # "the highest since 2003", where the table has a higher one
    UNDECIDED = "undecided"  # a converted currency, two figures equally near


@dataclass(frozen=True, slots=True)
class FigureOutcome:
    """How a claimed figure stands to an official one.

    Args:
        outcome: Which of the outcomes it is.
        absolute: Claimed less official, in the official side's unit (as written, where the units are what differs);
            None where they cannot be subtracted.
        relative: `absolute` as a share of the official value; None where that is nought or there is none.
        explanation: One line in words and numbers.
    """

    outcome: Outcome
    absolute: Decimal | None = None
    relative: Decimal | None = None
    explanation: str = ""


SAME_VALUES = frozenset(
    {
        Outcome.EQUAL,
        Outcome.SAME_ROUNDED,
        Outcome.CONVERTED,
        Outcome.HEDGE_ADDED,
        Outcome.HEDGE_DROPPED,
        Outcome.HEDGE_SOFTENED,
        Outcome.HEDGE_FLIPPED,
        Outcome.HEDGE_CHANGED,
        Outcome.BOUND_ADDED,
        Outcome.RATE,
    }
)
EQUAL_VALUES = SAME_VALUES | {Outcome.BOUND_HOLDS, Outcome.RANGE_POINT}
