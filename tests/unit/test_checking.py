"""The pipeline with a small encoder: what it asks for, what it refuses, what it reports."""

from __future__ import annotations

import pytest

from headwater.checking import CheckContext, FactChecker
from headwater.corpus.given import given_passages
from headwater.domain.errors import EmptyTextError, TextTooLongError
from headwater.domain.policy import CheckPolicy
from headwater.domain.verdicts import Verdict
from headwater.retrieval.memory import InMemoryRetriever
from headwater_embeddings.hashing import HashingEncoder

SOURCE = (
    "The ferry fund is worth £75 million.\n\nIt pays for nine quays in the north.\n\n"
    "The minister said:\n\n“Work goes on.”"
)


@pytest.fixture
def checker() -> FactChecker:
    encoder = HashingEncoder()
    passages = given_passages(SOURCE, title="Ferries")
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
        "The ferry fund is worth £75 million.", SOURCE, source_context=CheckContext(title="Ferries")
    )
    assert any("nine quays" in omission.surface for omission in report.omissions)
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
