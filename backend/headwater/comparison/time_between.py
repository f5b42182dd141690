"""Stretches of time that lie between two dates: "five years later", "242 years", "four days, from June 15 through 18".

A reporter counts them, and no source need state them. A stretch that no two dates of both texts give, and that stands
nowhere in the document, was not counted from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from headwater.domain.facts import Annotated
from headwater.domain.quantities import DateMention, Dimension, Qualifier, Quantity

_GAP = re.compile(r" (?:longer|shorter|later|earlier|more|less|older|younger|ahead|behind|faster|slower|quicker)\b")
DAY = Decimal(86_400)  # seconds, which units of time are counted in
MOST = 60  # dates: a table of a hundred years gives every stretch there is
FULL, HEDGED = Decimal("0.6"), Decimal("1.1")  # units: "two years" of 19 months, "over three" of nearly four
CLOSE = Decimal("0.1")  # of the whole: "for 60 years" of 57


def is_gap(text: str, quantity: Quantity) -> bool:
    """Say whether a stretch of time is what parts two others: "two months longer than the period before".

    Args:
        text: The claim's.
        quantity: A figure of it.
    """
    return _GAP.match(text, quantity.span.end) is not None


def is_of_days(quantity: Quantity) -> bool:
    """Say whether a figure is a stretch of time in days or longer units, which dates can tell.

    Args:
        quantity: A figure.
    """
    return quantity.unit.dimension is Dimension.DURATION and quantity.unit.factor >= DAY


def may_be_counted(quantity: Quantity, texts: Sequence[Annotated], days: Sequence[date] = ()) -> bool:
    """Say whether two dates lie as far apart as a stretch of time is long, or a period lasts as long.

    Args:
        quantity: A stretch of days or more.
        texts: The claim and all passages of the document.
        days: On which the document was published.
    """
    unit = quantity.unit.factor / DAY
    wanted = [end * unit for end in (quantity.value, quantity.upper) if end is not None]
    spare = unit * (FULL if quantity.qualifier is Qualifier.EXACT and quantity.value % 1 == 0 else HEDGED)
    mentions = [one for text in texts for one in text.facts.dates if one.first is not None][:MOST]
    return any(abs(length - end) <= max(spare, CLOSE * end) for length in _lengths(mentions, days) for end in wanted)


def _lengths(mentions: Sequence[DateMention], days: Sequence[date]) -> Iterator[int]:
    """Yield the days that each period lasts, and that lie between the beginnings or the ends of any two."""
    known = [(one.first, one.last or one.first) for one in mentions if one.first is not None]
    yield from ((last - first).days + 1 for first, last in known if last > first)
    firsts, lasts = {first for first, _ in known} | set(days), {last for _, last in known} | set(days)
    for ends in (firsts, lasts):
        for earlier, later in combinations(sorted(ends), 2):
            yield (later - earlier).days
    yield from ((last - first).days + 1 for first in firsts for last in lasts if last > first)
