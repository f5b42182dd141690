from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factories import make_document, make_finding, make_report
from headwater.domain.documents import DocumentStatus
from headwater.domain.findings import Effect
from headwater.domain.verdicts import Verdict
from headwater.report.wording import VERDICT_WORDING, cite, describe_finding, in_marks, names_missing, notes_of


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
        ("£57m", "£75m", "the source has £75m", "the source has £75m"),
        ("A" * 90, None, "not stated", f"article “{'A' * 80} …”: not stated"),
    ],
)
def test_describe_finding(claimed: str, official: str | None, explanation: str, line: str) -> None:
    assert describe_finding(make_finding(claimed, official, explanation=explanation)) == line


def test_an_agreement_needs_no_sides() -> None:
    finding = make_finding("100,000", "100,000", effect=Effect.AGREES, explanation="the same figure")
    assert describe_finding(finding) == "the same figure"


@pytest.mark.parametrize("mark", ["“", "‘", '"', "'", "«", "„"])
def test_a_quotation_gets_no_second_marks(mark: str) -> None:
    assert in_marks(f"{mark}We") == f"{mark}We"


@pytest.mark.parametrize(("text", "marked"), [("", "“”"), ("We", "“We”"), ("We “go”", "“We “go””")])
def test_other_words_get_marks(text: str, marked: str) -> None:
    assert in_marks(text) == marked


@pytest.mark.parametrize(
    ("verdict", "named"),
    [
        (Verdict.SUPPORTED, False),
        (Verdict.SHIFTED, True),
        (Verdict.CONTRADICTED, False),
        (Verdict.NOT_IN_SOURCE, True),
        (Verdict.NOT_CHECKABLE, False),
    ],
)
def test_missing_parts_are_named_where_they_matter(verdict: Verdict, named: bool) -> None:
    claim = replace(make_report().claims[2], verdict=verdict)
    assert names_missing(claim) is named
    assert names_missing(replace(claim, missing=())) is False


@pytest.mark.parametrize(
    ("became", "note"),
    [
        ({}, ()),
        ({"withdrawn": "Out of date."}, ("Withdrawn: Out of date.",)),
        (
            {"withdrawn": "Old.", "status": DocumentStatus.WITHDRAWN, "status_since": datetime(2026, 3, 2, tzinfo=UTC)},
            ("Withdrawn 2 March 2026: Old.",),
        ),
        ({"status": DocumentStatus.GONE}, ("No longer shown by its publisher.",)),
        (
            {
                "status": DocumentStatus.GONE,
                "status_since": datetime(2026, 3, 2, tzinfo=UTC),
                "status_note": "Published in error.",
            },
            ("No longer shown by its publisher since 2 March 2026: Published in error.",),
        ),
        (
            {"status": DocumentStatus.REDIRECTED, "moved_to": "https://www.gov.uk/new"},
            ("Moved by its publisher, now at https://www.gov.uk/new",),
        ),
    ],
)
def test_what_became_of_a_document_is_said_beside_its_words(became: dict[str, object], note: tuple[str, ...]) -> None:
    assert notes_of(make_document(**became)) == note
