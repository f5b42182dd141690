"""Windows of time that end or begin on the document's day: "the past two years", "over the coming decade"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from headwater.comparison.date_rules import window_days, window_words
from headwater.domain.quantities import DateMention, PeriodKind

_WORD = re.compile(r"[a-z]+")
_DAY_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
LIKE_DAYS = 3  # by which months and years of one count differ
FOLLOWING_DAYS = 14  # an article may follow its source by days; "the past two weeks" of a month later are other weeks
HALF = 2  # "the past three years" is said of two and a half to three and a half


def looks(mention: DateMention) -> int:
    """Return which way a window looks from its document's day: -1 back, 1 ahead, 0 where it is no window.

    Args:
        mention: A date.
    """
    if not mention.relative or mention.kind is not PeriodKind.RANGE:
        return 0
    words = _WORD.findall(mention.surface.lower())
    ways = {window_words()[word] for word in words if word in window_words()}
    return ways.pop() if len(ways) == 1 and _unit(mention) else 0


def facing_windows(one: DateMention, other: DateMention) -> bool:
    """Say whether one window looks back and the other ahead: they meet on one day at most.

    Args:
        one: A date.
        other: Another.
    """
    return looks(one) * looks(other) < 0


def like_windows(one: DateMention, other: DateMention) -> bool:
    """Say whether two windows look one way, are of one length, and are told from days not far apart.

    Args:
        one: A date.
        other: Another.
    """
    if looks(one) != looks(other) or not looks(one) or None in (one.first, one.last, other.first, other.last):
        return False
    starts, ends = ((one.first, other.first), (one.last, other.last))
    moved = [(a - b).days for a, b in (starts, ends) if a and b]
    return abs(moved[0] - moved[1]) <= LIKE_DAYS and abs(moved[1]) <= min(FOLLOWING_DAYS, _unit(one))


def start_of_window(mention: DateMention) -> DateMention | None:
    """Return when a window that looks back began, half a unit softer on both sides; None for any other date.

    Args:
        mention: A date.
    """
    if looks(mention) >= 0 or mention.first is None:
        return None
    slack = timedelta(days=_unit(mention) // HALF)
    return replace(mention, first=mention.first - slack, last=mention.first + slack)


def _unit(mention: DateMention) -> int:
    words = _WORD.findall(mention.surface.lower())
    return next((window_days()[word.removesuffix("s")] for word in words if word.removesuffix("s") in window_days()), 0)


def is_stretch_until_now(mention: DateMention) -> bool:
    """Say whether a date stands for a stretch that lasts until its document's day: "since 1990", "so far this year".

    Args:
        mention: A date.
    """
    return mention.kind in (PeriodKind.SINCE, PeriodKind.SO_FAR) or looks(mention) < 0


def is_day_range(mention: DateMention) -> bool:
    """Say whether a range is stated by its first and last day: "from 3 to 17 February".

    Args:
        mention: A date.
    """
    return mention.kind is PeriodKind.RANGE and len(_DAY_NUMBER.findall(mention.surface)) > 1
