"""The rule behind each outcome of the name lane, and the line that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from headwater.comparison.rules import Rule, read_rules


class NameOutcome(StrEnum):
    """What came of one name of the claim."""

    SAME = "same"
    IN_WORDS = "in_words"
    WIDER = "wider"
    GENERALISED = "generalised"
    HOLDER_ADDED = "holder_added"
    COUNTRY_ADDED = "country_added"
    METONYM = "metonym"
    DATELINE = "dateline"
    SPELT_OTHERWISE = "spelt_otherwise"
    FIRST_NAME = "first_name"
    SWAPPED = "swapped"
    PARTS_EXCHANGED = "parts_exchanged"
    OTHER_HOLDER = "other_holder"
    OTHER_POST = "other_post"
    EXCHANGED = "exchanged"
    SCOPE = "scope"
    LIST_SWAPPED = "list_swapped"
    LIST_ADDED = "list_added"
    LIST_LEFT_OUT = "list_left_out"
    NOT_STATED = "not_stated"
    SPEAKER_NOT_STATED = "speaker_not_stated"
    BACKGROUND = "background"


@cache
def name_rules() -> Mapping[NameOutcome, Rule]:
    """Return the rule of every outcome.

    >>> name_rules()[NameOutcome.SAME].id, name_rules()[NameOutcome.SWAPPED].effect.value
    ('NAM-SAME', 'contradicts')
    """
    return read_rules("names_rules.toml", NameOutcome)
