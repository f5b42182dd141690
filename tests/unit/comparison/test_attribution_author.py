# Words of a document whose record tells its speaker, given to somebody else.
import tomllib
from pathlib import Path

import pytest

from headwater.comparison.attribution import compare_attribution
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts

CASES = tomllib.loads((Path(__file__).parent / "banks" / "attribution_author.toml").read_text("utf-8"))["cases"]
WORDS = "the companies can charge people for land that they own outright"


def annotated(text: str, author: str = "") -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text), author=author)


def found(said: str, official: Annotated) -> set[str]:
    findings = compare_attribution(annotated(f"“Frankly, {WORDS},” {said}"), [official])
    return {finding.rule for finding in findings if finding.effect is not Effect.AGREES}


@pytest.mark.parametrize("case", CASES, ids=[f"{case['author']}: {case['said']}" for case in CASES])
def test_words_of_the_author_are_not_lent_to_others(case):
    official = annotated(f"I will be brief. Frankly, {WORDS}. I urge ministers to act.", case["author"])
    assert found(case["said"], official) == ({case["rule"]} if case["rule"] else set())


def test_words_that_the_author_quotes_are_the_quoted_speakers():
    official = annotated(f"“Frankly, {WORDS},” Jane Roe told me. I agree with her.", "Andrew Lee")
    assert found("said Jane Roe.", official) == set()
