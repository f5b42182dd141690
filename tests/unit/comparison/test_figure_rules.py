# Every outcome has one rule, with an example of its own.
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.phrasing import phrases
from headwater.domain.findings import Effect, Severity


def test_every_outcome_has_a_rule_and_a_sentence() -> None:
    rules = figure_rules()
    assert set(rules) == set(Outcome)
    assert set(phrases()["sentences"]) == {outcome.value for outcome in Outcome}
    assert len({rule.id for rule in rules.values()}) == len(rules)
    assert all(rule.id.startswith("FIG-") and all(rule.example) for rule in rules.values())


def test_agreement_is_never_above_info_and_contradiction_is_high() -> None:
    for rule in figure_rules().values():
        assert (rule.effect is not Effect.AGREES) or rule.severity is Severity.INFO
        assert (rule.effect is not Effect.CONTRADICTS) or rule.severity is Severity.HIGH
