# The forms in which newsrooms print a quotation, held against one release: typography never alarms, each change does.
import tomllib
from pathlib import Path

import pytest

from headwater.alignment.passages import annotate
from headwater.comparison.quotations import compare_quotations
from headwater.corpus.given import given_passages
from headwater.domain.facts import Annotated
from headwater.domain.findings import Severity
from headwater.extraction.facts import extract_facts
from headwater.text.normalise import normalise

BANK = tomllib.loads((Path(__file__).parent / "banks" / "quotation_print.toml").read_text("utf-8"))
PASSAGES = [annotate(passage) for passage in given_passages(BANK["source"])]


@pytest.mark.parametrize("case", BANK["cases"], ids=lambda case: case["name"])
def test_quotation_in_print(case: dict[str, str]) -> None:
    mapped = normalise(case["text"]).mapped
    findings = compare_quotations(Annotated(mapped, extract_facts(mapped.text)), PASSAGES)
    weighed = {finding.severity for finding in findings} - {Severity.INFO}
    match case["expected"]:
        case "silent":
            assert not weighed
        case "low":
            assert weighed <= {Severity.LOW}
        case "high":
            assert Severity.HIGH in weighed
        case "not_found":
            assert "QUO-NOT-FOUND" in {finding.rule for finding in findings}
        case _:
            assert weighed - {Severity.LOW}
