"""Quantities and periods as read from text: values are `Decimal`, never float."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from headwater.domain.spans import Span


class Dimension(StrEnum):
    """What sort of thing a unit measures; quantities of two dimensions are never compared by value."""

    COUNT = "count"  # a bare number, or a number of things
    CURRENCY = "currency"
    PERCENT = "percent"  # a share of 100: "19%", "19 per cent"
    PERCENTAGE_POINTS = "percentage_points"  # a difference of two percentages; basis points convert to it
    PROPORTION = "proportion"  # "a fifth", "one in five", "two-thirds of": value between 0 and 1 as a rule
    MULTIPLE = "multiple"  # "doubled" = 2, "halved" = 0.5, "threefold" = 3, "twice as many" = 2
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    SPEED = "speed"
    ENERGY = "energy"
    POWER = "power"
    TEMPERATURE = "temperature"
    PRESSURE = "pressure"
    DIGITAL = "digital"
    FREQUENCY = "frequency"
    DURATION = "duration"  # "six weeks", "90 minutes"
    AGE = "age"
    SCORE = "score"  # "320 to 276": `value` and `upper` are the two sides
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    Args:
        dimension: What it measures.
        code: Canonical name: ISO 4217 code for money ("GBP"), "percent", "kilometre", "" for bare counts.
        factor: How many base units of the dimension one of these is (kilometre to metre: 1000); 1 for money.
        per: The denominator of a rate ("per 100,000 people", "a day", "per hour"), or None.
        per_amount: How many of `per` the rate is stated for (100000 in "per 100,000").
    """

    dimension: Dimension
    code: str = ""
    factor: Decimal = Decimal(1)
    per: str | None = None
    per_amount: Decimal = Decimal(1)


class Qualifier(StrEnum):
    """How firmly a figure is stated."""

    EXACT = "exact"
    ABOUT = "about"  # about, around, roughly, some, or so, approximately
    BELOW = "below"  # almost, nearly, just under, less than, under, fewer than
    ABOVE = "above"  # more than, over, just over, upwards of
    AT_LEAST = "at_least"  # at least, no fewer than, or more, minimum
    AT_MOST = "at_most"  # at most, up to, no more than, or fewer, maximum


class Direction(StrEnum):
    """Which way a quantity moved."""

    UP = "up"
    DOWN = "down"
    UNCHANGED = "unchanged"


class Role(StrEnum):
    """What part a figure plays in its clause."""

    LEVEL = "level"  # "stood at 4bn"; the default
    CHANGE_BY = "change_by"  # "rose by 3%", "an increase of 19%", "up 3%"
    CHANGE_TO = "change_to"  # "rose to 4bn"
    CHANGE_FROM = "change_from"  # "from 3bn"
    RANGE = "range"  # "10-15%": `value` and `upper` are the ends
    SCORE = "score"
    PART = "part"  # "including 2,590 enforced returns": `whole` is the span of the figure it is part of


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as read from text.

    Args:
        surface: As written, qualifiers excluded: "£75 million", "one in five".
        span: Of `surface`, in the text that was given.
        value: In units of `unit`, scale words multiplied in: 75000000. The lower end of a range.
        unit: The unit; a bare count where none is written.
        qualifier: How firmly it is stated.
        qualifier_surface: The words that say so ("almost", "or more"), or "".
        step: Value of one unit of the last stated digit: 1000000 for "75 million", 0.1 for "3.5", 1 for
            "31,247". Integers written in full ("31,000") have step 1.
        upper: The upper end of a range or the second side of a score, else None.
        counted: What is counted or measured, as written: the noun group after ("enforced returns",
            "EU member states") or "" where there is none.
        counted_head: Its head noun, lower case and singular ("return", "state"), or "".
        direction: Which way it moved, where the clause says so.
        role: What part it plays.
        whole: For a part ("9,400 people, including 2,590"), the span of the whole figure, else None.
        negative: True where a sign or word makes the value negative (the value carries the sign too).
        vague: True for "hundreds of thousands", "dozens": `value` and `upper` bound it.
    """

    surface: str
    span: Span
    value: Decimal
    unit: Unit
    qualifier: Qualifier = Qualifier.EXACT
    qualifier_surface: str = ""
    step: Decimal = Decimal(1)
    upper: Decimal | None = None
    counted: str = ""
    counted_head: str = ""
    direction: Direction | None = None
    role: Role = Role.LEVEL
    whole: Span | None = None
    negative: bool = False
    vague: bool = False


class PeriodKind(StrEnum):
    """What sort of stretch of time is meant."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    FINANCIAL_YEAR = "financial_year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"  # "from 1 January to 6 November 2024", "between 2010 and 2015"
    YEAR_TO = "year_to"  # "year to June 2024", "12 months to June", "year ending March 2024"
    SINCE = "since"  # open end resolved to the document's date
    SO_FAR = "so_far"  # "so far this year": 1 January to the document's date


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period as read from text.

    Args:
        surface: As written.
        span: Of `surface`, in the text that was given.
        kind: What sort of stretch it is.
        first: First day, or None where it cannot be resolved.
        last: Last day, inclusive, or None.
        relative: True where it was resolved from, or needs, the document's own date.
        base: True where it is the base of a comparison ("on the same period in 2023").
        unresolved: Why there is no first and last day ("needs the document's date"), or "".
    """

    surface: str
    span: Span
    kind: PeriodKind
    first: date | None
    last: date | None
    relative: bool = False
    base: bool = False
    unresolved: str = ""
