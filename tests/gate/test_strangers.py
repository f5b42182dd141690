"""What is said of claims whose source is not in the corpus: next to nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.gate.cases import Case, read_cases
from tests.gate.gold import FIXTURES

from headwater.checking import FactChecker
from headwater.comparison.verdicts import supports
from headwater.corpus.store import CorpusStore
from headwater.domain.context import CheckContext
from headwater.domain.verdicts import ClaimReport
from headwater.retrieval.retriever import HybridRetriever
from headwater.sources.ingest import ingest
from headwater_embeddings.registry import load_encoder

pytestmark = pytest.mark.model

FIRST = 100  # number of the last labelled rewrite when the ceilings were set: later ones would be another sample
EVERY = 6  # of these: none of their documents is from the publishers of this corpus
MOST_IN_A_TEXT, MOST_ALONE = 0.03, 0.03  # share of claims that are answered all the same; ceilings, never to be raised


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactChecker]:
    encoder = load_encoder("minilm")
    with CorpusStore(tmp_path_factory.mktemp("corpus") / "corpus.sqlite3") as store:
        ingest([FIXTURES / "seed" / "release.txt", FIXTURES / "corpus" / "european_union"], store, encoder)
        yield FactChecker(encoder, HybridRetriever(store, encoder.model_id), passages_of=store.passages_of)


def sample() -> list[Case]:
    return [case for case in read_cases("dev") if int(case.id.partition("_")[0]) <= FIRST][::EVERY]


def answered(reports: list[ClaimReport]) -> float:
    return sum(supports(report.verdict) for report in reports) / len(reports)


def test_in_a_text(checker: FactChecker) -> None:
    reports = [
        report
        for case in sample()
        for report in checker.check(case.article, CheckContext(published=case.article_published)).claims
    ]
    assert len(reports) > 100
    assert answered(reports) <= MOST_IN_A_TEXT


def test_alone(checker: FactChecker) -> None:
    texts = [claim.text for case in sample() for claim in case.claims[::2]]
    reports = [report for text in texts for report in checker.check(text).claims]
    assert len(reports) > 50
    assert answered(reports) <= MOST_ALONE
