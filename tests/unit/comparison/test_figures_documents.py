# Figures of real documents told again: how many planted errors are named, how many faithful sentences raise an alarm.
import json
from datetime import date
from pathlib import Path

import pytest

from headwater.comparison.figures import compare_figures
from headwater.domain.findings import Effect, Finding, Severity
from unit.comparison.reading import read

BANK = [
    json.loads(line)
    for line in (Path(__file__).parent / "banks" / "figures_documents.jsonl").read_text("utf-8").splitlines()
]
LIGHT = {Severity.INFO, Severity.LOW}
# By half: errors named at high severity, at least; alarms on faithful sentences, at most; of them contradictions.
FLOORS = {"tuned": (18, 9, 1), "unseen": (24, 7, 0)}


def alarms(document: dict, claim: str) -> list[Finding]:
    published = date.fromisoformat(document["published"]) if document["published"] else None
    passages = [read(text, published, place) for place, text in enumerate(document["passages"])]
    findings = compare_figures(read(claim, published), passages)
    return [f for f in findings if f.severity not in LIGHT and f.effect is not Effect.AGREES]


@pytest.mark.parametrize("half", FLOORS)
def test_errors_are_named_and_faithful_sentences_are_not_accused(half: str) -> None:
    named = alarmed = contradicted = 0
    for document in (document for document in BANK if document["half"] == half):
        for claim in document["claims"]:
            found = alarms(document, claim["claim"])
            if claim["wrong"]:
                named += any(finding.severity is Severity.HIGH for finding in found)
            else:
                alarmed += bool(found)
                contradicted += any(finding.effect is Effect.CONTRADICTS for finding in found)
    least, most, none = FLOORS[half]
    assert named >= least
    assert alarmed <= most
    assert contradicted <= none
