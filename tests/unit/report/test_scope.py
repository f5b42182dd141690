from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from factories import make_report
from headwater.domain.coverage import CorpusScope
from headwater.domain.verdicts import Verdict
from headwater.report.scope import describe_scope, find_scope_line

DAYS = {"first_day": date(2009, 10, 26), "last_day": date(2026, 8, 13)}
ONE = CorpusScope(1, ("Home Office",), 1, date(2024, 11, 7), date(2024, 11, 7))


@pytest.mark.parametrize(
    ("scope", "line"),
    [
        (CorpusScope(), "Looked through: nothing, the corpus is empty."),
        (ONE, "Looked through: 1 document of Home Office, dated 2024-11-07; never synced with its publishers."),
        (
            CorpusScope(2_843, ("A", "B", "C", "D"), 61, **DAYS, last_sync=datetime(2026, 3, 2, 9, 14, tzinfo=UTC)),
            "Looked through: 2,843 documents of 61 publishers (most from A, B, C), dated 2009-10-26 to 2026-08-13; "
            "last synced 2026-03-02.",
        ),
        (
            CorpusScope(2, ("A", "B"), 2),
            "Looked through: 2 documents of A, B, undated; never synced with its publishers.",
        ),
    ],
)
def test_lines(scope: CorpusScope, line: str) -> None:
    assert describe_scope(scope) == line


def test_the_line_stands_only_where_something_was_not_found() -> None:
    report = replace(make_report(), scope=ONE)
    assert find_scope_line(report) == describe_scope(ONE)
    found = tuple(
        replace(claim, topic_known=True) for claim in report.claims if claim.verdict is not Verdict.NOT_IN_SOURCE
    )
    assert found
    assert find_scope_line(replace(report, claims=found)) is None
    assert find_scope_line(make_report()) is None
