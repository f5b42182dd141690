"""The rule behind each outcome of the figure lane: its identifier, its effect and its severity."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from headwater.comparison.figure_outcomes import Outcome
from headwater.domain.findings import Effect, Severity


@dataclass(frozen=True, slots=True)
class FigureRule:
    """One rule of judgement.

    Args:
        id: Stable across versions ("FIG-EQUAL").
        outcome: The outcome it stands for.
        effect: What it says of the claim.
        severity: How much a reader is misled.
        example: The claimed words, then the official ones.
    """

    id: str
    outcome: Outcome
    effect: Effect
    severity: Severity
    example: tuple[str, str]


@cache
def figure_rules() -> Mapping[Outcome, FigureRule]:
    """Return the rule of every outcome.

    >>> figure_rules()[Outcome.EQUAL].id
    'FIG-EQUAL'
    >>> figure_rules()[Outcome.SCALE].effect.value
    'contradicts'
    """
    table = tomllib.loads((Path(__file__).parent / "figure_rules.toml").read_text("utf-8"))
    return {
        outcome: FigureRule(
            table[outcome]["id"],
            outcome,
            Effect(table[outcome]["effect"]),
            Severity(table[outcome]["severity"]),
            (table[outcome]["example"][0], table[outcome]["example"][1]),
        )
        for outcome in Outcome
    }
