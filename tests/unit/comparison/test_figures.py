# The figure lane on text: banks of (claim, official, expected), read by the extraction room.
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.figures import compare_figures
from headwater.domain.findings import Effect, Finding, Lane, Severity
from unit.comparison.reading import read

BANKS = Path(__file__).parent / "banks"


def bank(name: str) -> dict[str, Any]:
    return tomllib.loads((BANKS / name).read_text("utf-8"))


FAITHFUL = bank("figures_faithful.toml")
OUTCOMES = bank("figures_outcomes.toml")
REWRITTEN = bank("figures_rewritten.toml")
OUTCOME_CASES = [(outcome, *case) for outcome, cases in OUTCOMES.items() if isinstance(cases, list) for case in cases]


def compared(claim: str, official: str, published: date | None) -> tuple[Finding, ...]:
    passages = [read(text, published, place) for place, text in enumerate(official.split(" || "))]
    return compare_figures(read(claim, published), passages)


@pytest.mark.parametrize(("claim", "official"), FAITHFUL["cases"])
def test_faithful_rewordings_give_nothing_above_info(claim: str, official: str) -> None:
    findings = compared(claim, official, FAITHFUL["published"])
    assert findings
    assert [(f.rule, f.claimed.surface, f.explanation) for f in findings if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize(("outcome", "claim", "official", "surface"), OUTCOME_CASES)
def test_outcome(outcome: str, claim: str, official: str, surface: str) -> None:
    findings = compared(claim, official, OUTCOMES["published"])
    figure = [f for f in findings if surface in f.claimed.surface or f.claimed.surface in surface]
    assert [f.kind for f in figure] == [outcome]
    assert figure[0].lane is Lane.FIGURE
    assert figure[0].rule == figure_rules()[Outcome(outcome)].id
    assert figure[0].explanation


@pytest.mark.parametrize(("claim", "official", "surface", "accepted"), REWRITTEN["cases"])
def test_rewritten_as_a_reporter_does(claim: str, official: str, surface: str, accepted: list[str]) -> None:
    findings = compared(claim, official, REWRITTEN["published"])
    figure = [f for f in findings if surface in f.claimed.surface or f.claimed.surface in surface]
    assert len(figure) == 1
    assert figure[0].kind in accepted, figure[0].explanation


def test_the_banks_are_large_enough_and_hold_every_outcome_twice() -> None:
    faithful, others = len(FAITHFUL["cases"]), len(OUTCOME_CASES) + len(REWRITTEN["cases"])
    assert faithful + others >= 300
    assert 3 * faithful >= faithful + others
    # In test_whole_document.py, test_in_tables.py, test_other_place.py, test_superlatives.py and test_clock_times.py.
    of_whole_documents = {
        Outcome.MAY_FOLLOW,
        Outcome.ELSEWHERE,
        Outcome.OTHER_RANK,
        Outcome.OTHER_PLACE,
        Outcome.ORDINAL,
        Outcome.OTHER_END,
        Outcome.OTHER_HOUR,
    }
    few = [outcome for outcome in set(Outcome) - of_whole_documents if len(OUTCOMES.get(outcome.value, [])) < 2]
    assert few == []


def test_one_finding_for_each_figure_in_order() -> None:
    findings = compared(
        "9,400 people were returned, including 2,590 enforced returns, up 19%.",
        "The government returned 9,400 people, including 2,590 enforced returns, an increase of 19%.",
        None,
    )
    assert [f.claimed.surface for f in findings] == ["9,400", "2,590", "19%"]
    assert {f.effect for f in findings} == {Effect.AGREES}
    assert [f.passage_id for f in findings] == [0, 0, 0]


def test_nothing_to_compare_with() -> None:
    assert compare_figures(read("Nothing is counted here.", None), []) == ()
    (finding,) = compare_figures(read("The fund is worth £75 million.", None), [])
    assert (finding.effect, finding.official) == (Effect.NOT_STATED, None)


@pytest.mark.parametrize(
    ("claim", "official", "effects"),
    [
        ("Some 853,000 letters reached the ministry.", "The ministry received 835,000 letters.", {"contradicts"}),
        ("About 1.62 million tickets were sold.", "In all 1.57 million tickets were sold.", {"contradicts"}),
        ("Some 835,000 letters reached the ministry.", "The ministry received 835,214 letters.", {"agrees"}),
        ("About 850,000 letters reached the ministry.", "The ministry received 835,000 letters.", {"shifts"}),
    ],
)
def test_a_finely_stated_figure_is_no_loose_rounding(claim: str, official: str, effects: set[str]) -> None:
    assert {f.effect.value for f in compare_figures(read(claim), [read(official)])} == effects


def test_what_a_thing_changed_to_goes_before_what_it_changed_from() -> None:
    official = "Recorded thefts of bicycles in the county climbed from 33,142 to 45,112."
    (finding,) = compare_figures(read("Police logged 48,112 thefts of bicycles in the county."), [read(official)])
    assert finding.effect.value == "contradicts"
    assert finding.official is not None
    assert finding.official.surface == "45,112"
