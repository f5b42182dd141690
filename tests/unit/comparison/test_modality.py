import tomllib
from pathlib import Path
from typing import Any

import pytest

from headwater.comparison.modality import compare_modality
from headwater.comparison.modality_rules import find_outcome, modality_rules, step_name
from headwater.comparison.polarity import compare_polarity
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Lane, Severity
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts

BANK: dict[str, Any] = tomllib.loads((Path(__file__).parent / "banks" / "modality.toml").read_text(encoding="utf-8"))


def annotate(text: str, offset: int = 0, passage_id: int | None = None) -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text), offset, passage_id)


def rules(claimed: str, official: str) -> list[str]:
    found = compare_modality(annotate(claimed), [annotate(official)])
    return [finding.rule for finding in found if finding.severity is not Severity.INFO]


@pytest.mark.parametrize(("claimed", "official", "expected"), BANK["changed"])
def test_every_changed_pair_has_its_findings(claimed: str, official: str, expected: list[str]) -> None:
    assert rules(claimed, official) == expected


@pytest.mark.parametrize(("claimed", "official"), BANK["faithful"])
def test_a_faithful_rewording_has_no_finding_above_info(claimed: str, official: str) -> None:
    assert rules(claimed, official) == []


@pytest.mark.parametrize("text", sorted({text for group in BANK.values() for pair in group for text in pair[:2]}))
def test_a_text_against_itself_has_no_finding_above_info(text: str) -> None:
    assert rules(text, text) == []


def test_the_bank_is_large_and_half_faithful() -> None:
    assert len(BANK["changed"]) >= 30
    assert len(BANK["faithful"]) >= 30


@pytest.mark.parametrize("name", sorted(modality_rules()))
def test_every_rule_has_its_own_id_and_an_example(name: str) -> None:
    ids = [rule.id for rule in modality_rules().values()]
    assert modality_rules()[name].id.startswith("MOD-")
    assert ids.count(modality_rules()[name].id) == 1
    assert all(modality_rules()[name].example)


def test_both_sides_are_exact_and_the_step_is_named() -> None:
    claim = annotate("The minister has signed the accord with Kenya.")
    passage = annotate("The minister will sign the accord with Kenya.", offset=100, passage_id=7)
    (finding,) = compare_modality(claim, [passage])
    assert (finding.lane, finding.kind, finding.effect) == (Lane.MODALITY, "status_up", Effect.SHIFTS)
    assert finding.claimed.span.slice(claim.text) == finding.claimed.surface == "has signed"
    assert finding.official is not None
    assert finding.official.span.shift(-100).slice(passage.text) == finding.official.surface == "will sign"
    assert finding.passage_id == 7
    assert "still to come" in finding.explanation


def test_one_passage_that_agrees_silences_another_that_does_not() -> None:
    official = [
        annotate("The minister may sign the accord with Kenya."),
        annotate("The minister will sign the accord with Kenya."),
    ]
    found = compare_modality(annotate("The minister will sign the accord with Kenya."), official)
    assert [finding.rule for finding in found] == ["MOD-SAME"]


def test_the_day_the_source_announces_may_have_come() -> None:
    found = compare_modality(
        annotate("The minister met the families on Tuesday."),
        [annotate("The minister will meet the families on Tuesday.")],
    )
    assert [(finding.rule, finding.severity) for finding in found] == [("MOD-LATER", Severity.INFO)]


def test_a_condition_told_in_the_next_sentence_is_not_left_out() -> None:
    article = "The runway will open in 2029. That depends on a vote in Parliament."
    end = article.index(".") + 1
    mapped = MappedText.identity(article)
    claim = Annotated(
        MappedText(article[:end], article, mapped.starts[:end], mapped.ends[:end]), extract_facts(article[:end])
    )
    official = [annotate("The runway will open in 2029 if Parliament approves the plan.")]
    assert [finding.rule for finding in compare_modality(claim, official)] == ["MOD-SAME"]


@pytest.mark.parametrize(
    ("ours", "theirs", "outcome"),
    [
        ("would", "will", "same"),
        ("shall", "must", None),
        ("done", "planned", "told_as_done"),
        ("considered", "will", "status_down"),
        ("must", "should", "strength_up"),
        ("can", "may", None),
    ],
)
def test_outcomes_of_two_cues(ours: str, theirs: str, outcome: str | None) -> None:
    assert find_outcome((ours, False), (theirs, False)) == outcome


def test_nothing_is_found_without_words_or_passages() -> None:
    assert compare_modality(annotate("The minister will sign."), []) == ()
    assert compare_modality(annotate(""), [annotate("The minister will sign.")]) == ()
    assert step_name("considered") == "under consideration"


FREE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "banks" / "modality_free.toml").read_text(encoding="utf-8")
)


def kinds(claimed: str, official: str) -> set[str]:
    found = compare_modality(annotate(claimed), [annotate(official)])
    found += compare_polarity(annotate(claimed), [annotate(official)])
    return {finding.kind for finding in found if finding.severity is not Severity.INFO}


@pytest.mark.parametrize(("claimed", "official", "expected"), FREE["changed"])
def test_what_a_reporter_moved_is_named(claimed: str, official: str, expected: list[str]) -> None:
    assert kinds(claimed, official) & set(expected)


@pytest.mark.parametrize(("claimed", "official"), FREE["faithful"])
def test_a_reporter_s_faithful_words_have_no_finding(claimed: str, official: str) -> None:
    assert kinds(claimed, official) == set()


@pytest.mark.xfail(strict=True, reason="told by another verb, or by a form whose tense no table tells")
@pytest.mark.parametrize(("claimed", "official", "expected"), FREE["missed"])
def test_what_is_moved_and_not_yet_seen(claimed: str, official: str, expected: list[str]) -> None:
    assert kinds(claimed, official) & set(expected)


@pytest.mark.xfail(
    strict=True, reason="the noun that the cue governs is taken for the event, or its estimate for a hedge"
)
@pytest.mark.parametrize(("claimed", "official"), FREE["alarmed"])
def test_what_is_faithful_and_yet_named(claimed: str, official: str) -> None:
    assert kinds(claimed, official) == set()


def test_what_somebody_does_by_saying_so_is_no_plan() -> None:
    assert rules("The mayor thanked the nurses in Leeds.", "I want to thank the nurses in Leeds.") == []
