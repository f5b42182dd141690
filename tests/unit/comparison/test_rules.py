"""The tables of rules: every outcome of every lane has one row, and no identifier stands twice."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

import pytest

from headwater.comparison.date_rules import date_rules
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.names_rules import name_rules
from headwater.comparison.rules import Rule, read_rules
from headwater.comparison.versions import version_rules
from headwater.domain.findings import Effect, Severity

RULES: list[Rule] = [rule for read in (date_rules, figure_rules, name_rules, version_rules) for rule in read().values()]


def test_no_identifier_stands_twice() -> None:
    assert [name for name, count in Counter(rule.id for rule in RULES).items() if count > 1] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_an_example_and_a_severity_that_fits_its_effect(rule: Rule) -> None:
    assert rule.example[0]
    if rule.effect is Effect.CONTRADICTS:
        assert rule.severity is Severity.HIGH
    if rule.severity is Severity.HIGH:
        assert rule.effect in {Effect.CONTRADICTS, Effect.SHIFTS}


def test_an_outcome_without_a_row_is_refused() -> None:
    class Sort(StrEnum):
        EQUAL = "equal"
        UNHEARD_OF = "unheard_of"

    with pytest.raises(KeyError, match="unheard_of"):
        read_rules("figure_rules.toml", Sort)
