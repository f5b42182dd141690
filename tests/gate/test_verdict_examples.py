"""Every row's example in the verdict table, through the whole pipeline."""

from __future__ import annotations

import numpy as np
import pytest

from headwater.checking import FactChecker
from headwater.comparison.verdicts import Row, verdict_table
from headwater.retrieval.memory import InMemoryRetriever
from headwater_embeddings.registry import load_encoder

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def checker() -> FactChecker:
    encoder = load_encoder("minilm")
    return FactChecker(encoder, InMemoryRetriever((), np.zeros((0, encoder.dimensions), dtype=np.float32)))


@pytest.mark.parametrize("row", verdict_table(), ids=lambda row: row.id)
def test_the_example_gets_the_rows_verdict(row: Row, checker: FactChecker) -> None:
    report = checker.compare(row.example["text"], row.example["source"])
    verdicts = {(claim.verdict.value, claim.reason) for claim in report.claims}
    assert (row.verdict.value, row.reason) in verdicts
