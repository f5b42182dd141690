"""Every row's example in the verdict table, through the whole pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.gate.__main__ import make_checker

from corpus_factories import make_record
from headwater.checking import FactChecker
from headwater.comparison.verdicts import Row, verdict_table
from headwater.corpus.store import CorpusStore
from headwater.domain.verdicts import CheckReport
from headwater.retrieval.retriever import HybridRetriever
from headwater.settings import load_settings
from headwater.sources.embedding import embed_passages
from headwater.wiring import open_encoder

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def checker() -> FactChecker:
    return make_checker()


def asked_of_a_corpus(text: str, source: str, path: Path) -> CheckReport:
    encoder = open_encoder(load_settings())
    with CorpusStore(path) as store:
        store.add_documents([make_record(text=source)])
        embed_passages(store, encoder)
        return FactChecker(encoder, HybridRetriever(store, encoder.model_id)).check(text)


@pytest.mark.parametrize("row", verdict_table(), ids=lambda row: row.id)
def test_the_example_gets_the_rows_verdict(row: Row, checker: FactChecker, tmp_path: Path) -> None:
    text, corpus = row.example["text"], row.example.get("corpus")
    if corpus is None:
        report = checker.compare(text, row.example["source"])
    else:
        report = asked_of_a_corpus(text, corpus, tmp_path / "corpus.sqlite3")
    verdicts = {(claim.verdict.value, claim.reason) for claim in report.claims}
    assert (row.verdict.value, row.reason) in verdicts
