"""Every row's example in the verdict table, through the whole pipeline."""

from __future__ import annotations

import pytest
from tests.gate.__main__ import make_checker

from headwater.checking import FactChecker
from headwater.comparison.verdicts import Row, verdict_table

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def checker() -> FactChecker:
    return make_checker()


@pytest.mark.parametrize("row", verdict_table(), ids=lambda row: row.id)
def test_the_example_gets_the_rows_verdict(row: Row, checker: FactChecker) -> None:
    report = checker.compare(row.example["text"], row.example["source"])
    verdicts = {(claim.verdict.value, claim.reason) for claim in report.claims}
    assert (row.verdict.value, row.reason) in verdicts
