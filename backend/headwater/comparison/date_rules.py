"""The rule behind each outcome of the date lane, and the words that give a date its part."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from headwater.comparison.rules import Rule, read_rules


class DateOutcome(StrEnum):
    """What came of one date of the claim."""

    SAME = "same"
    SAME_RESOLVED = "same_resolved"  # other words, the same days from each document's own date
    SAME_WORDS = "same_words"  # neither can be resolved, and both say the same
    LESS_PRECISE = "less_precise"
    MORE_PRECISE = "more_precise"
    WIDER = "wider"  # a period of figures made longer
    NARROWER = "narrower"
    MOVED = "moved"  # the two overlap, neither holds the other
    BOUND_REVERSED = "bound_reversed"  # "from" for "until"
    DIFFERS = "differs"
    BASE_DIFFERS = "base_differs"
    WEEKDAY_DIFFERS = "weekday_differs"
    UNRESOLVED = "unresolved"
    NOT_STATED = "not_stated"
    NOWHERE = "nowhere"  # no passage of the whole document has a date that it could be
    OTHER_WEEKDAY = "other_weekday"  # "said on Thursday" of what was published on a Monday
    REPORTED = "reported"  # "said on Thursday": when it was reported, which a source does not say


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("date_rules.toml").read_text(encoding="utf-8"))


@cache
def date_rules() -> Mapping[DateOutcome, Rule]:
    """Return the rule of every outcome.

    >>> date_rules()[DateOutcome.SAME].id, date_rules()[DateOutcome.DIFFERS].effect.value
    ('DAT-SAME', 'contradicts')
    """
    return read_rules("date_rules.toml", DateOutcome)


@cache
def role_words() -> Mapping[str, str]:
    """Return the part that each opening word gives to a date: "start", "end" or "at"."""
    return {word: role for role, words in _table()["roles"].items() for word in words}


@cache
def soft_words() -> frozenset[str]:
    """Return the words that make a date's edges soft."""
    return frozenset(_table()["soft"]["words"])


@cache
def seasons() -> frozenset[str]:
    """Return the names of the seasons, "fall" as "autumn" left out: it is a verb as often."""
    return frozenset(_table()["soft"]["seasons"])


@cache
def window_words() -> Mapping[str, int]:
    """Return which way each word of a window looks: -1 back, 1 ahead."""
    table = _table()["windows"]
    return {**dict.fromkeys(table["back"], -1), **dict.fromkeys(table["ahead"], 1)}


@cache
def window_days() -> Mapping[str, int]:
    """Return the longest each unit of a window lasts, in days."""
    days: dict[str, int] = _table()["windows"]["days"]
    return days


@cache
def reported_days() -> frozenset[str]:
    """Return the words for days, beside those of the week, that are told from the day of writing."""
    return frozenset(_table()["saying"]["days"])


@cache
def reported_words() -> frozenset[str]:
    """Return the words, beside verbs of speech, near which a day tells when something was said."""
    return frozenset(_table()["saying"]["words"])


@cache
def event_words() -> Mapping[str, frozenset[int]]:
    """Return the events that each word can tell, by the number of their line."""
    events: dict[str, frozenset[int]] = {}
    for number, line in enumerate(_table()["events"]["lines"]):
        for word in line.split():
            events[word] = events.get(word, frozenset()) | {number}
    return events
