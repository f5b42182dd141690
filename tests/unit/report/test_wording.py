from datetime import UTC, datetime

import pytest

from factories import make_document, make_finding
from headwater.domain.verdicts import Verdict
from headwater.report.wording import VERDICT_WORDING, cite, describe_finding


def test_verdicts_are_told_apart_without_colour() -> None:
    words = [wording.word for wording in VERDICT_WORDING.values()]
    symbols = [wording.symbol for wording in VERDICT_WORDING.values()]
    plain = [wording.plain for wording in VERDICT_WORDING.values()]
    assert len(set(words)) == len(set(symbols)) == len(set(plain)) == len(Verdict)
    assert all(wording.plain.isascii() for wording in VERDICT_WORDING.values())


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "Home Office, “New deals to smash the gangs”, 7 November 2024"),
        ({"version": 2}, "Home Office, “New deals to smash the gangs”, 7 November 2024, version 2"),
        (
            {"is_latest": False},
            "Home Office, “New deals to smash the gangs”, 7 November 2024, version 1 (a later one exists)",
        ),
        ({"withdrawn": "on 3 May"}, "Home Office, “New deals to smash the gangs”, 7 November 2024, withdrawn"),
        ({"title": "", "first_published": None}, "Home Office"),
        ({"publisher": "", "title": "", "first_published": None}, ""),
        ({"first_published": datetime(2009, 1, 2, tzinfo=UTC), "title": "A"}, "Home Office, “A”, 2 January 2009"),
    ],
)
def test_cite(changes: dict[str, object], line: str) -> None:
    assert cite(make_document(**changes)) == line


@pytest.mark.parametrize(
    ("claimed", "official", "explanation", "line"),
    [
        (
            "£57 million",
            "£75 million",
            "£18 million less",
            "article “£57 million”, source “£75 million”: £18 million less",
        ),
        ("£57m", "£75m", "article £57m, source £75m: £18m less", "article £57m, source £75m: £18m less"),
        ("31,000", None, "not stated", "article “31,000”: not stated"),
        ("31,000", None, "the source does not state 31,000", "the source does not state 31,000"),
        ("", "not", "left out", "source “not”: left out"),
    ],
)
def test_describe_finding(claimed: str, official: str | None, explanation: str, line: str) -> None:
    assert describe_finding(make_finding(claimed, official, explanation=explanation)) == line
