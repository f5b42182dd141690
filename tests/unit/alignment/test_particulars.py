"""Names that a document states elsewhere, or that are its own, are not called missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from headwater.alignment.particulars import Particulars, find_home
from headwater.domain.documents import Document, Passage
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.spans import Span

WHEN = datetime(2024, 5, 1, tzinfo=UTC)
DOCUMENT = Document(
    "d1", 1, True, "Ministry of Ferries", "news", "", "Harbour works", "en", "", "", WHEN, WHEN, WHEN, "sha"
)
PASSAGES = [Passage(1, DOCUMENT, 0, "Captain Aune opened the quay in Bergen.", Span(0, 39))]


FED = Document(
    "d2",
    1,
    True,
    "Federal Reserve Board",
    "speech",
    "https://www.federalreserve.gov/newsevents/speech/x.htm",
    "Speech by Governor Waller",
    "en",
    "",
    "",
    WHEN,
    WHEN,
    WHEN,
    "sha2",
    speaker="Christopher J. Waller",
    text="The Federal Open Market Committee (FOMC) met. Members of the panel came from Mexico.\n\nOfficials agreed.",
)


def missed(name: str, lane: Lane = Lane.NAME) -> Finding:
    side = Side(name, Span(0, len(name)))
    return Finding("TEST", lane, "not_stated", Effect.NOT_STATED, Severity.MEDIUM, side, None, "explained")


def kept(*findings: Finding, document: Document = DOCUMENT) -> list[str]:
    known = Particulars(lambda _document, _version: PASSAGES)
    return [finding.claimed.surface for finding in known.without_known_names(findings, document)]


def test_a_name_of_the_document_or_of_its_other_passages_is_known() -> None:
    assert kept(missed("Ministry of Ferries"), missed("Bergen"), missed("Oslo")) == ["Oslo"]


def test_other_lanes_are_left_alone() -> None:
    assert kept(missed("Bergen", Lane.FIGURE)) == ["Bergen"]


def test_the_document_is_read_only_when_a_name_is_missed_and_once() -> None:
    asked = []

    def passages_of(identifier: str, version: int) -> list[Passage]:
        asked.append((identifier, version))
        return PASSAGES

    known = Particulars(passages_of)
    known.without_known_names([missed("Bergen", Lane.DATE)], DOCUMENT)
    assert asked == []
    for _ in range(2):
        known.without_known_names([missed("Bergen")], DOCUMENT)
    assert asked == [("d1", 1)]


def test_publisher_speaker_and_title_are_known_names_in_any_of_their_forms() -> None:
    names = ["Fed", "Federal Reserve", "Waller", "Christopher Waller", "FOMC", "Federal Open Market Committee"]
    assert kept(*map(missed, names), document=FED) == []


def test_the_country_that_speaks_in_a_document_is_known_by_its_address() -> None:
    side = Side("American", Span(0, 8), "united states")
    american = Finding("TEST", Lane.NAME, "not_stated", Effect.NOT_STATED, Severity.MEDIUM, side, None, "explained")
    assert kept(american, document=FED) == []
    assert kept(american) == ["American"]


def test_words_of_a_name_that_are_scattered_over_a_document_are_not_that_name() -> None:
    assert kept(missed("Officials Mexico"), missed("Powell"), document=FED) == ["Officials Mexico", "Powell"]


def test_an_address_that_is_none_has_no_country() -> None:
    assert find_home("http://[") is None


def of(url: str, text: str) -> Document:
    return replace(DOCUMENT, url=url, text=text, publisher="", title="", sha256=url + text)


@pytest.mark.parametrize(
    ("name", "value", "url", "text", "known"),
    [
        ("Conservatives", "conservative party", "https://www.parliament.uk/a", "I oppose the amendment.", True),
        ("Tories", "conservative party", "https://www.parliament.uk/a", "The Labour Party is split.", False),
        ("Tories", "conservative party", "https://www.pm.gov.au/a", "I oppose the amendment.", False),
        ("Republicans", "republican party", "https://www.house.gov/a", "I rise in honor of Mr. Bell.", True),
        ("Republicans", "republican party", "https://www.house.gov/a", "Democrats rose to vote.", False),
        ("England", "england", "https://www.gov.uk/a", "Schools reopened today.", True),
        ("England", "england", "https://www.gov.uk/a", "Schools reopened today in Wales.", False),
        ("Wales", "wales", "https://www.gov.uk/a", "Schools reopened today.", False),
        ("England", "england", "https://www.gov.scot/a", "Schools reopened today.", False),
        ("Education Department", "", "https://www.ed.gov/a", "The Secretary of Education shall report.", True),
        ("Labor Department", "", "https://www.ed.gov/a", "The Secretary of Education shall report.", False),
    ],
)
def test_what_a_document_leaves_to_its_readers(name: str, value: str, url: str, text: str, *, known: bool) -> None:
    finding = missed(name)
    finding = replace(finding, claimed=replace(finding.claimed, value=value))
    assert kept(finding, document=of(url, text)) == ([] if known else [name])
