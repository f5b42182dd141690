import json
import tomllib
from pathlib import Path

import pytest

from headwater.comparison.quotations import compare_quotations
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Finding, Lane
from headwater.domain.spans import MappedText
from headwater.extraction.quotations import extract_quotations

HERE = Path(__file__).parent
SOURCES = tomllib.loads((HERE / "quotation_sources.toml").read_text("utf-8"))
CASES = [json.loads(line) for line in (HERE / "quotation_cases.jsonl").read_text("utf-8").splitlines()]


def annotated(text: str, offset: int = 0, passage_id: int | None = None, speaker: str = "") -> Annotated:
    return Annotated(MappedText.identity(text), Facts(quotations=extract_quotations(text)), offset, passage_id, speaker)


def described(finding: Finding) -> str:
    if finding.kind in {"verbatim", "not_found", "paraphrase"}:
        return finding.kind
    line = f"{finding.kind} {finding.severity.value}"
    if not finding.edit:
        return line
    official = finding.official.surface if finding.official else ""
    return f"{line} {finding.edit} {finding.claimed.surface}|{official}"


@pytest.mark.parametrize(
    ("source", "quote", "expected", "claim"),
    [(case[0], case[1], case[2], case[3] if len(case) > 3 else f"She said: “{case[1]}”") for case in CASES],
    ids=[f"{number}-{case[0]}" for number, case in enumerate(CASES)],
)
def test_quotation_against_official_words(source: str, quote: str, expected: list[str], claim: str) -> None:
    assert quote in claim
    findings = compare_quotations(annotated(claim), [annotated(SOURCES[source]["text"], 0, 1)])
    assert [described(finding) for finding in findings] == expected
    assert all(finding.lane is Lane.QUOTATION for finding in findings)
