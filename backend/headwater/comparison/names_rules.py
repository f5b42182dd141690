"""The rule behind each outcome of the name lane, and the line that explains it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from headwater.domain.findings import Effect, Severity


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
    EXCHANGED = "exchanged"
    LIST_SWAPPED = "list_swapped"
    LIST_ADDED = "list_added"
    LIST_LEFT_OUT = "list_left_out"
    NOT_STATED = "not_stated"
    SPEAKER_NOT_STATED = "speaker_not_stated"


@dataclass(frozen=True, slots=True)
class NameRule:
    """One rule of judgement.

    Args:
        id: Stable across versions ("NAM-SAME").
        effect: What it says of the claim.
        severity: How much a reader is misled.
        example: The claimed words, then the official ones.
        explanation: One line, with places for both names.
    """

    id: str
    effect: Effect
    severity: Severity
    example: tuple[str, str]
    explanation: str


@cache
def name_rules() -> Mapping[NameOutcome, NameRule]:
    """Return the rule of every outcome.

    >>> name_rules()[NameOutcome.SAME].id, name_rules()[NameOutcome.SWAPPED].effect.value
    ('NAM-SAME', 'contradicts')
    """
    table = tomllib.loads(Path(__file__).with_name("names_rules.toml").read_text("utf-8"))
    return {
        outcome: NameRule(
            row["id"],
            Effect(row["effect"]),
            Severity(row["severity"]),
            (row["example"][0], row["example"][1]),
            row["explanation"],
        )
        for outcome in NameOutcome
        for row in [table[outcome.value]]
    }
