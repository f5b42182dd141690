# News sentences against official ones: dates and speakers, through the readers that the pipeline uses.
import tomllib
from datetime import date
from pathlib import Path

import pytest

from headwater.alignment.passages import PassageReader
from headwater.comparison.attribution import compare_attribution
from headwater.comparison.dates import compare_dates
from headwater.corpus.given import given_passages
from headwater.domain.facts import Annotated
from headwater.domain.findings import Severity
from headwater.extraction.facts import ReadingContext, extract_facts
from headwater.segmentation.claims import segment_claims
from headwater.text.normalise import normalise

BANKS = Path(__file__).parent / "banks"
DATES = tomllib.loads((BANKS / "date_news.toml").read_text("utf-8"))["pairs"]
SPEAKERS = tomllib.loads((BANKS / "attribution_news.toml").read_text("utf-8"))["pairs"]
RULES = {"speaker": "ATT-SPEAKER", "vague": "ATT-VAGUE", "raised": "ATT-RAISED", "as_fact": "ATT-AS-FACT"}
MISSED_DATES = {  # known gaps, by the claim's beginning
    "Officials have spent £40m": "spent and invested are two verbs, and half of the words differ",
}
MISSED_SPEAKERS = {
    "The developer called the plan": "a trade in lower case may be the mayor's own",
    "“Nobody was hurt,” said a spokesman for the coastguard": "two bodies may be one under two names",
    "The landlord's lawyer told": "that a judge is nobody's lawyer is knowledge of the world",
    "The opposition leader, who": "a leader may hold an office",
}


def marked(pair: list[str], missed: dict[str, str]):
    reasons = [reason for beginning, reason in missed.items() if pair[0].startswith(beginning)]
    marks = [pytest.mark.xfail(strict=True, reason=reason) for reason in reasons]
    return pytest.param(*pair, id=pair[0][:60], marks=marks)


def cases(pairs: list[list[str]], missed: dict[str, str]) -> list:
    return [marked(pair, missed) for pair in pairs]


def annotated(text: str, day: str) -> Annotated:
    mapped = normalise(text).mapped
    return Annotated(mapped, extract_facts(mapped.text, ReadingContext(date.fromisoformat(day))))


@pytest.mark.parametrize(("claimed", "day", "official", "official_day", "expected"), cases(DATES, MISSED_DATES))
def test_dates_of_news(claimed: str, day: str, official: str, official_day: str, expected: str) -> None:
    findings = compare_dates(annotated(claimed, day), [annotated(official, official_day)])
    effects = {finding.effect.value for finding in findings if finding.severity is not Severity.INFO}
    if expected == "agrees":
        assert effects.isdisjoint({"shifts", "contradicts", "not_stated"})
    else:
        assert effects if expected == "warns" else expected in effects


@pytest.mark.parametrize(("claimed", "official", "expected"), cases(SPEAKERS, MISSED_SPEAKERS))
def test_speakers_of_news(claimed: str, official: str, expected: str) -> None:
    reader = PassageReader()
    passages = [reader.read(passage) for passage in given_passages(official)]
    claims = segment_claims(normalise(claimed).mapped, ReadingContext())
    findings = [finding for claim in claims for finding in compare_attribution(claim.content, passages)]
    rules = {finding.rule for finding in findings if finding.severity is not Severity.INFO}
    if expected == "agrees":
        assert not rules
    else:
        assert rules if expected == "warns" else RULES[expected] in rules
