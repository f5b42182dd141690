# Free paraphrases, written before the rules: how many come out right may not fall.
from datetime import date
from pathlib import Path
from tomllib import loads

from headwater.comparison.figures import compare_figures
from headwater.domain.findings import Effect, Finding, Severity
from unit.comparison.reading import read

BANK = loads((Path(__file__).parent / "banks" / "figures_free.toml").read_text("utf-8"))
LIGHT = {Severity.INFO, Severity.LOW}
FAITHFUL, WRONG = 30, 30  # of 30 each; before any change 12 and 23


def compared(claim: str, passages: str, published: date) -> tuple[Finding, ...]:
    officials = [read(text, published, place) for place, text in enumerate(passages.split(" || "))]
    return compare_figures(read(claim, published), officials)


def is_alarm(finding: Finding) -> bool:
    return finding.severity not in LIGHT and finding.effect is not Effect.AGREES


def test_faithful_figures_raise_no_alarm() -> None:
    right = [
        claim for claim, text in BANK["faithful"] if not any(map(is_alarm, compared(claim, text, BANK["published"])))
    ]
    assert len(right) >= FAITHFUL


def test_no_faithful_figure_is_contradicted() -> None:
    findings = [f for claim, text in BANK["faithful"] for f in compared(claim, text, BANK["published"])]
    assert [f.explanation for f in findings if f.effect is Effect.CONTRADICTS] == []


def test_wrong_figures_raise_an_alarm_and_no_other_is_contradicted() -> None:
    right = 0
    for claim, text, wrong in BANK["wrong"]:
        findings = compared(claim, text, BANK["published"])
        own = [f for f in findings if wrong in f.claimed.surface or f.claimed.surface in wrong]
        others = [f for f in findings if f not in own and f.effect is Effect.CONTRADICTS]
        right += any(map(is_alarm, own)) and not others
    assert right >= WRONG
