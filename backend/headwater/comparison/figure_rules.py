"""The rule behind each outcome of the figure lane: its identifier, its effect and its severity."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.rules import Rule, read_rules


@cache
def figure_rules() -> Mapping[Outcome, Rule]:
    """Return the rule of every outcome.

    >>> figure_rules()[Outcome.EQUAL].id
    'FIG-EQUAL'
    >>> figure_rules()[Outcome.SCALE].effect.value
    'contradicts'
    """
    return read_rules("figure_rules.toml", Outcome)
