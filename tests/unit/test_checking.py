"""The pipeline with a small encoder: what it asks for, what it refuses, what it reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from headwater.checking import CheckContext, FactChecker
from headwater.comparison.house_style import UnknownHouseStyleError
from headwater.corpus.given import given_passages
from headwater.domain.claims import ClaimKind
from headwater.domain.errors import EmptyTextError, TextTooLongError
from headwater.domain.findings import Effect, Lane
from headwater.domain.policy import CheckPolicy
from headwater.domain.verdicts import CheckReport, CheckStep, Verdict
from headwater.retrieval.memory import InMemoryRetriever
from headwater_embeddings.hashing import HashingEncoder

SOURCE = (
    "The ferry fund is worth £75 million.\n\nIt pays for nine quays in the north.\n\n"
    "The minister said:\n\n“Work goes on.”"
)


@pytest.fixture
def checker() -> FactChecker:
    encoder = HashingEncoder()
    passages = given_passages(SOURCE, CheckContext(title="Ferries"))
    searcher = InMemoryRetriever(passages, encoder.encode([passage.text for passage in passages]))
    return FactChecker(
        encoder,
        searcher,
        corpus_version=lambda: "v7",
        passages_of=lambda _document, _version: passages,
        policy=CheckPolicy(max_characters=500),
    )


def test_a_check_reports_the_corpus_the_model_and_every_stage(checker: FactChecker) -> None:
    report = checker.check("The ferry fund is worth £57 million.")
    assert report.corpus_version == "v7"
    assert report.model == HashingEncoder().model_id
    assert list(report.elapsed_ms) == ["normalise", "segment", "encode", "retrieve", "compare"]
    assert [claim.verdict for claim in report.claims] == [Verdict.CONTRADICTED]


def test_what_is_shown_is_limited_and_what_is_compared_is_not(checker: FactChecker) -> None:
    [claim] = checker.check("The ferry fund is worth £75 million.", limit=1).claims
    assert len(claim.nearest) == 1
    assert claim.verdict is Verdict.SUPPORTED
    assert claim.evidence[0].passage.text.endswith("£75 million.")


def test_omissions_come_from_the_given_source(checker: FactChecker) -> None:
    report = checker.compare(
        "The ferry fund is worth £75 million.",
        SOURCE,
        source_context=CheckContext(url="https://www.example.gov.uk/ferries", title="Ferries"),
    )
    [quays] = [omission for omission in report.omissions if "nine quays" in omission.surface]
    assert quays.link == "https://www.example.gov.uk/ferries#:~:text=It%20pays%20for%20nine%20quays%20in%20the%20north."
    assert report.corpus_version == ""


@pytest.mark.parametrize("text", ["", "  \n", "...", "\u200b"])
def test_a_text_without_words_is_refused(checker: FactChecker, text: str) -> None:
    with pytest.raises(EmptyTextError, match="text is empty"):
        checker.check(text)
    with pytest.raises(EmptyTextError, match="source is empty"):
        checker.compare("The fund is worth £75 million.", text)


def test_a_text_beyond_the_limit_is_refused_with_both_numbers(checker: FactChecker) -> None:
    with pytest.raises(TextTooLongError, match=r"501 characters, the limit is 500"):
        checker.check("a" * 501)


def test_other_scripts_and_broken_characters_get_an_answer(checker: FactChecker) -> None:
    for text in ("أعلن الوزير عن 75 مليون جنيه.", "The fund \ud800 is worth £75 million.", "基金价值七千五百万英镑。"):
        assert checker.check(text).claims


QUOTED = "The minister said: “We want peace, trade, and hope.”"
OFFICIAL = "The minister said: “We want peace, trade and hope.”"


def test_house_style_is_the_policys_unless_the_text_brings_its_own(checker: FactChecker) -> None:
    strict = checker.compare(QUOTED, OFFICIAL)
    lenient = checker.compare(QUOTED, OFFICIAL, CheckContext(house_style=("serial_comma",)))
    assert [report.claims[0].verdict for report in (strict, lenient)] == [Verdict.SHIFTED, Verdict.SUPPORTED]
    house = FactChecker(HashingEncoder(), InMemoryRetriever(()), policy=CheckPolicy(house_style=("serial_comma",)))
    assert house.compare(QUOTED, OFFICIAL).claims[0].verdict is Verdict.SUPPORTED
    assert house.compare(QUOTED, OFFICIAL, CheckContext(house_style=())).claims[0].verdict is Verdict.SHIFTED


def test_an_unknown_house_style_is_refused(checker: FactChecker) -> None:
    with pytest.raises(UnknownHouseStyleError, match="did you mean percent"):
        checker.check("The fund.", CheckContext(house_style=("procent",)))


def test_spans_are_of_the_highlight_whatever_stands_around_it(checker: FactChecker) -> None:
    text = "The ferry fund is worth £57 million."
    alone = checker.check(text)
    around = checker.check(text, CheckContext(prefix="Ferries are back.\n\n", suffix=" It pays for nine quays."))
    assert [claim.claim.span for claim in around.claims] == [claim.claim.span for claim in alone.claims]
    for claim in around.claims:
        assert claim.claim.span.slice(text) == claim.claim.text
        for finding in claim.findings:
            assert finding.claimed.span.slice(text) == finding.claimed.surface
    assert [claim.verdict for claim in around.claims] == [Verdict.CONTRADICTED]


def test_the_words_before_a_highlight_say_who_speaks(checker: FactChecker) -> None:
    quotation = "“Work goes on.”"
    assert [claim.claim.speaker for claim in checker.check(quotation).claims] == [""]
    around = CheckContext(prefix="The mayor of the town said: ")
    assert [claim.claim.speaker for claim in checker.check(quotation, around).claims] == ["The mayor of the town"]


def test_the_words_before_a_highlight_date_it(checker: FactChecker) -> None:
    source = "The quay opened on 3 May 2023. Ferries ran from 5 May 2023."
    around = CheckContext(prefix="On 3 May 2023 the quay opened. ")
    report = checker.compare("Ferries ran two days later.", source, around)
    [finding] = [f for claim in report.claims for f in claim.findings if f.lane is Lane.DATE]
    assert (finding.claimed.value, finding.effect) == ("5 May 2023", Effect.AGREES)


def test_a_line_that_goes_on_is_no_heading(checker: FactChecker) -> None:
    part = "The Ferry Fund Is Worth £75 million"
    whole = checker.check(part, CheckContext(suffix=" and pays for nine quays."))
    assert [claim.claim.kind for claim in checker.check(part).claims] == [ClaimKind.HEADING]
    assert [claim.claim.kind for claim in whole.claims] == [ClaimKind.STATEMENT]


def test_both_texts_are_looked_at_before_anything_is_encoded() -> None:
    class Refusing(HashingEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise AssertionError(f"{len(texts)} texts encoded before both were looked at")

    refusing = FactChecker(Refusing(), InMemoryRetriever(()), policy=CheckPolicy(max_characters=500))
    for text, source in (("", SOURCE), (SOURCE, ""), ("a" * 501, SOURCE), (SOURCE, "a" * 501)):
        with pytest.raises((EmptyTextError, TextTooLongError)):
            refusing.compare(text, source)


def test_the_steps_of_a_check_hold_its_claims_in_order_and_end_with_the_report(checker: FactChecker) -> None:
    text = "The ferry fund is worth £57 million. It pays for nine quays. Nobody knows why."
    plain = checker.check(text)
    *steps, last = checker.check_by_steps(text)
    assert isinstance(last, CheckReport)
    assert replace(last, elapsed_ms={}) == replace(plain, elapsed_ms={})
    assert tuple(claim for step in steps if isinstance(step, CheckStep) for claim in step.claims) == plain.claims
    assert [(step.decided, step.sentences) for step in steps if isinstance(step, CheckStep)] == [
        (0, 3),
        (1, 3),
        (2, 3),
        (3, 3),
    ]
    assert [claim.claim.id for claim in plain.claims] == [f"c{n}" for n in range(1, len(plain.claims) + 1)]


def test_nothing_is_decided_that_nobody_waits_for(checker: FactChecker) -> None:
    steps = checker.check_by_steps("The ferry fund is worth £57 million. It pays for nine quays.")
    assert next(steps) == CheckStep(0, 2)
    first = next(steps)
    assert isinstance(first, CheckStep)
    assert first.decided == 1
    steps.close()
    assert next(steps, None) is None
