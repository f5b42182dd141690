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

from headwater.comparison.clock_times import read_times
from headwater.domain.facts import Annotated
from headwater.domain.quantities import DateMention, Dimension, Qualifier, Quantity

_EVERY = re.compile(r"\bevery (?:the )?$", re.IGNORECASE)
_GAP = re.compile(r" (?:longer|shorter|later|earlier|more|less|older|younger|ahead|behind|faster|slower|quicker)\b")
DAY = Decimal(86_400)  # seconds, which units of time are counted in
FEW = 8  # dates: any two of more lie about as far apart as any stretch is long
MOST = 60  # dates: a table of a hundred years gives every stretch there is
FULL, HEDGED = Decimal("0.6"), Decimal("1.1")  # units: "two years" of 19 months, "over three" of nearly four
ROUND = 5  # of what is counted in fives: "for 60 years" of 57
CLOSE = Decimal("0.1")  # of the whole: "for 60 years" of 57


def is_gap(text: str, quantity: Quantity) -> bool:
    """Say whether a stretch of time is what parts two others: "two months longer than the period before".

    Args:
        text: The claim's.
        quantity: A figure of it.
    """
    return _GAP.match(text, quantity.span.end) is not None


def is_counted(text: str, quantity: Quantity, texts: Sequence[Annotated], days: Sequence[date]) -> bool | None:
    """Say whether a stretch of time may be told by dates, or by how often something is; None where that is not known.

    Args:
        text: The claim's.
        quantity: A figure of it that the document does not state.
        texts: The claim and all passages of the document.
        days: On which the document was published.
    """
    if is_how_often(text, quantity):
        return _says_how_often(quantity, texts[1:]) or (False if is_of_days(quantity) else None)
    if is_of_days(quantity) and not is_gap(text, quantity):
        return may_be_counted(quantity, texts, days)
    lasting = quantity.unit.dimension is Dimension.DURATION and not is_of_days(quantity)
    return False if lasting and _gives_no_hours(quantity, texts[1:]) else None


def is_how_often(text: str, quantity: Quantity) -> bool:
    """Say whether a stretch of time is how often something is: "every two years". No two dates tell that.

    Args:
        text: The claim's.
        quantity: A figure of it.
    """
    return _EVERY.search(text, max(0, quantity.span.start - len("every the ")), quantity.span.start) is not None


def _says_how_often(quantity: Quantity, document: Sequence[Annotated]) -> bool:
    """Say whether a document has the word for every so often: "biennial" for every two years."""
    lasting = quantity.value * quantity.unit.factor / DAY
    words = next((words for days, words in _HOW_OFTEN if abs(lasting - days) < days / 10), ())
    return any(word in passage.text.lower() for passage in document for word in words)


def _gives_no_hours(quantity: Quantity, document: Sequence[Annotated]) -> bool:
    """Say whether a document tells stretches of less than a day, no two of which make a claimed one.

    Times of day would give others.
    """
    told = [
        one.value * one.unit.factor
        for passage in document
        for one in passage.facts.quantities
        if one.unit.dimension is Dimension.DURATION and one.unit.factor < DAY
    ][:MOST]
    wanted = quantity.value * quantity.unit.factor
    made = (abs(one + sign * other) for one in told for other in told for sign in (1, -1))
    if not told or any(abs(value - wanted) <= CLOSE * wanted for value in (*told, *made)):
        return False
    return not any(read_times(passage.text) for passage in document)


_HOW_OFTEN: tuple[tuple[Decimal, tuple[str, ...]], ...] = (
    (Decimal(14), ("fortnight", "biweekly", "bi-weekly", "other week")),
    (Decimal(61), ("bimonthly", "bi-monthly", "other month")),
    (Decimal(91), ("quarter",)),
    (Decimal(182), ("semiannual", "semi-annual", "biannual", "bi-annual", "half-year", "half year", "twice a year")),
    (Decimal(730), ("biennial", "other year", "alternate year")),
    (Decimal(1096), ("triennial",)),
    (Decimal(1826), ("quinquennial",)),
    (Decimal(3652), ("decennial", "decade")),
)


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
    rounded = quantity.qualifier is not Qualifier.EXACT or quantity.value % ROUND == 0  # 243 years are no 242
    close = CLOSE if rounded else Decimal(0)
    groups = [[one for one in text.facts.dates if one.first is not None] for text in texts]
    for group in groups:
        if any(
            abs(length - end) <= max(spare, close * end) for length in _lengths(group[:MOST], days) for end in wanted
        ):
            return True
    # Of two passages: those of the claim with any, and any two where the document has but a few.
    every = [one for group in groups for one in group][:MOST]
    own = [one for one in groups[0] if one in every] if groups else []
    pairs = _lengths(every, days) if len({one.first for one in every}) <= FEW else _between(own, every)
    return any(abs(length - end) <= max(spare, close * end) for length in pairs for end in wanted)


def _between(own: Sequence[DateMention], every: Sequence[DateMention]) -> Iterator[int]:
    """Yield the days that lie between the dates of a claim and others."""
    for one in own:
        for other in every:
            for mine in (one.first, one.last):
                for theirs in (other.first, other.last):
                    if mine is not None and theirs is not None and one is not other:
                        yield abs((mine - theirs).days)


def _lengths(mentions: Sequence[DateMention], days: Sequence[date]) -> Iterator[int]:
    """Yield the days that each period lasts, and that lie between the beginnings or the ends of any two."""
    known = [(one.first, one.last or one.first) for one in mentions if one.first is not None]
    yield from ((last - first).days + 1 for first, last in known if last > first)
    firsts, lasts = {first for first, _ in known} | set(days), {last for _, last in known} | set(days)
    for ends in (firsts, lasts):
        for earlier, later in combinations(sorted(ends), 2):
            yield (later - earlier).days
    yield from ((last - first).days + 1 for first in firsts for last in lasts if last > first)
