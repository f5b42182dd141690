"""Rules of judgement as the lanes' tables hold them: one row for each outcome."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from headwater.domain.findings import Effect, Severity

Outcome = TypeVar("Outcome", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of judgement.

    Args:
        id: Stable across versions ("FIG-EQUAL").
        effect: What it says of the claim.
        severity: How much a reader is misled.
        example: The claimed words, then the official ones.
        explanation: One line with places for the words of both sides, or "" where the lane writes it by rule.
    """

    id: str
    effect: Effect
    severity: Severity
    example: tuple[str, str]
    explanation: str = ""


def read_rules(table: str, outcomes: type[Outcome]) -> Mapping[Outcome, Rule]:
    """Return the rule of every outcome of a lane; each outcome has its row, named by its value.

    Args:
        table: Name of a TOML file in this folder; what it holds beside the outcomes is left to the lane.
        outcomes: What comparing can come to in the lane.

    Raises:
        KeyError: If an outcome has no row, or a row lacks a field.
        ValueError: If an effect or a severity is none.
    """
    rows = read_table(table)
    return {outcome: _rule(rows[outcome.value]) for outcome in outcomes}


@cache
def read_table(table: str) -> Mapping[str, Any]:
    """Return a TOML table of this folder, read once.

    Args:
        table: Its file's name.
    """
    return tomllib.loads(Path(__file__).with_name(table).read_text("utf-8"))


def _rule(row: Mapping[str, Any]) -> Rule:
    claimed, official = row["example"]
    return Rule(
        row["id"],
        Effect(row["effect"]),
        Severity(row["severity"]),
        (claimed, official),
        row.get("explanation", ""),
    )
