# The name lane on claims about real documents: exchanged names are reported, faithful variations are not contradicted.
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from headwater.comparison.names import compare_names
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Severity
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts

SOURCES = tomllib.loads((Path(__file__).parent / "banks" / "names_documents.toml").read_text("utf-8"))["source"]
ALARMS = {Effect.CONTRADICTS, Effect.NOT_STATED, Effect.SHIFTS}
LOUD = {Severity.MEDIUM, Severity.HIGH}
# Exchanged names reported, those contradicted, faithful variations with an alarm, and contradicted. At first sight the
# second half stood at 37 of 39 reported, 26 contradicted, 3 of 32 with an alarm and none contradicted.
FLOORS = {"tuned": (34, 28, 0, 0), "first_sight": (37, 27, 1, 0)}


def annotated(text: str, passage: int | None = None) -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text), passage_id=passage)


def alarms(claim: str, official: str) -> list[Finding]:
    findings = compare_names(annotated(claim), [annotated(official, 0)])
    return [finding for finding in findings if finding.effect in ALARMS and finding.severity in LOUD]


def counts(half: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for source in SOURCES:
        for kind, claim, planted in source["claims"] if source["half"] == half else ():
            found = alarms(claim, source["text"])
            contradicted = any(finding.effect is Effect.CONTRADICTS for finding in found)
            surfaces = [finding.claimed.surface for finding in found]
            named = contradicted or any(planted in surface or surface in planted for surface in surfaces)
            counted.update({kind: 1, f"{kind} contradicted": contradicted})
            counted.update({"swap reported": named} if kind == "swap" else {"faithful alarmed": bool(found)})
    return counted


@pytest.mark.parametrize("half", FLOORS)
def test_the_figures_of_each_half_do_not_fall(half: str) -> None:
    counted = counts(half)
    reported, contradicted, alarmed, wronged = FLOORS[half]
    assert counted["swap reported"] >= reported
    assert counted["swap contradicted"] >= contradicted
    assert counted["faithful alarmed"] <= alarmed
    assert counted["faithful contradicted"] <= wronged


def test_the_bank_holds_enough_of_both() -> None:
    kinds = Counter(claim[0] for source in SOURCES for claim in source["claims"])
    assert kinds["swap"] >= 60
    assert kinds["faithful"] >= 60
