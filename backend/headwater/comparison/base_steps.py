"""How far back a figure is compared: a year, a quarter, a month, a week, a day; where both texts say it.

"5.4% higher than a year before" names no period that could be resolved, and yet it is no "5.4% in April 2015 compared
with March 2015".
"""

from __future__ import annotations

import re
from functools import lru_cache

from headwater.comparison.contexts import Context
from headwater.domain.quantities import DateMention, PeriodKind

REMEMBERED = 4096  # figures: each is bound to every claim's
BEHIND = 40  # characters behind a figure in which "year on year" stands
YEAR, QUARTER = 12, 3  # months
DAYS = {1: "day", 7: "week"}
_UNIT = r"(?P<unit>year|quarter|month|week|day)"
_LAST = r"(?:last|previous|preceding|prior) (?P<named>year|quarter|month|week|day)"
_BACK = re.compile(
    r"^(?:(?:from|than|on|since|in|at|over|to|with) )?"
    r"(?:(?:a|one|the|last|previous|preceding|prior) )?(?:full )?"
    rf"(?:{_UNIT} (?:before|earlier|ago|previously)|{_LAST})$"
)
_SAME = re.compile(
    r"\b(?:same|corresponding|equivalent)\b.*\b(?:year|last|a year|previous year)\b"
    r"|\b(?:month|quarter|week|period) (?:of )?(?:last year|(?:the|a) year (?:before|earlier|ago)|the previous year)\b"
)
_ON = re.compile(
    rf"^[^.,;:\d]*?\b(?:on the {_UNIT}\b(?! (?:to|ending|before))"
    r"|(?P<named>year|quarter|month|week)[- ](?:on|over)[- ](?P=named)\b)",
    re.IGNORECASE,
)


def base_step(context: Context) -> str:
    """Return how far back a figure is compared: "year", "quarter", "month", "week", "day", or "" where that is open.

    Args:
        context: A figure in its sentence.
    """
    behind = context.text[context.figure.span.end : min(context.sentence.end, context.figure.span.end + BEHIND)]
    on = _ON.search(behind)
    if on is not None:
        return (on["unit"] or on["named"]).lower()
    return _step(context.period, context.base) if context.base is not None else ""


@lru_cache(maxsize=REMEMBERED)
def _step(period: DateMention | None, base: DateMention) -> str:
    words = base.surface.lower()
    if _SAME.search(words):
        return "year"
    told = _BACK.match(words)
    if told is not None:
        return told["unit"] or told["named"]
    if period is None or None in (period.first, base.first) or period.kind is not base.kind:
        return ""
    return _between(period, base)


def _between(period: DateMention, base: DateMention) -> str:
    if period.first is None or base.first is None:
        return ""
    months = (period.first.year - base.first.year) * YEAR + period.first.month - base.first.month
    if period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR, PeriodKind.FINANCIAL_YEAR):
        steps = {YEAR: "year", QUARTER: "quarter" if period.kind is PeriodKind.QUARTER else "", 1: "month"}
        return steps.get(months, "")
    return DAYS.get((period.first - base.first).days, "") if period.kind is PeriodKind.DAY else ""


def same_step(claimed: Context, official: Context) -> bool | None:
    """Say whether two figures are compared equally far back; None where either text leaves it open.

    Args:
        claimed: A figure of the text in hand.
        official: A figure of the source.
    """
    mine = base_step(claimed)
    theirs = base_step(official) if mine else ""
    return mine == theirs if mine and theirs else None
