import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factories import ARTICLE, OFFICIAL_TEXT, make_document, make_hostile_report, make_passage, make_report
from headwater.domain.documents import ChangeNote, Provenance
from headwater.domain.verdicts import CheckReport, Verdict
from headwater.report.json import count_verdicts, document_to_json, has_discrepancy, readable, report_to_json


def test_spans_point_into_the_texts() -> None:
    values = report_to_json(make_report())
    for claim in values["claims"]:
        assert ARTICLE[claim["span"]["start"] : claim["span"]["end"]] == claim["text"]
        for finding in claim["findings"]:
            for side, text in ((finding["claimed"], ARTICLE), (finding["official"], OFFICIAL_TEXT)):
                assert text[side["span"]["start"] : side["span"]["end"]] == side["text"]
        for passage in claim["evidence"] + claim["nearest"]:
            assert OFFICIAL_TEXT[passage["span"]["start"] : passage["span"]["end"]] == passage["text"]


def test_a_passage_carries_what_must_be_shown_with_it() -> None:
    passage = report_to_json(make_report())["claims"][1]["evidence"][0]
    assert passage["similarity"] == 1.43
    assert passage["document"] == {
        "id": "uk-deals",
        "version": 1,
        "is_latest": True,
        "title": "New deals to smash the gangs",
        "publisher": "Home Office",
        "document_type": "press_release",
        "url": "https://www.gov.uk/government/news/new-deals",
        "language": "en",
        "first_published": "2024-11-07T10:30:00Z",
        "updated": None,
        "valid_from": "2024-11-07T10:30:00Z",
        "superseded": None,
        "retrieved": "2026-11-01T00:00:00Z",
        "licence": "OGL-UK-3.0",
        "attribution": "Contains public sector information licensed under the Open Government Licence v3.0.",
        "sha256": "0" * 64,
        "change_note": "",
        "withdrawn": "",
        "status": "live",
        "status_since": None,
        "status_note": "",
        "moved_to": "",
        "speaker": "",
    }


def test_the_summary_names_every_verdict() -> None:
    assert report_to_json(make_report())["summary"] == {
        "supported": 1,
        "shifted": 1,
        "contradicted": 1,
        "not_in_source": 2,
        "not_checkable": 1,
    }


def test_values_can_be_written_in_utf8_whatever_came_in() -> None:
    written = json.dumps(report_to_json(make_hostile_report()), ensure_ascii=False).encode()
    assert "lone \ufffd surrogate".encode() in written


@pytest.mark.parametrize("text", ["", "plain", "\ud83d\ude00", "a\ud800b", "\U0001f600", "é"])
def test_positions_stay_where_surrogates_are_replaced(text: str) -> None:
    assert len(readable(text)) == len(text)
    readable(text).encode()


def test_no_word_on_truth_in_keys_or_verdicts() -> None:
    written = json.dumps(report_to_json(make_report()))
    words = re.sub(r": (?:true|false)\b", "", written)
    assert re.search(r'"(?:true|false|fake|score)', words) is None


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], False),
        ([Verdict.SUPPORTED, Verdict.NOT_IN_SOURCE, Verdict.NOT_CHECKABLE], False),
        ([Verdict.SUPPORTED, Verdict.SHIFTED], True),
        ([Verdict.CONTRADICTED], True),
    ],
)
def test_discrepancies(verdicts: list[Verdict], expected: bool) -> None:
    by_verdict = {claim.verdict: claim for claim in make_report().claims}
    report = CheckReport(tuple(by_verdict[verdict] for verdict in verdicts))
    assert has_discrepancy(report) is expected
    assert sum(count_verdicts(report).values()) == len(verdicts)


def test_a_document_with_its_passages() -> None:
    values = document_to_json(make_document(), (make_passage("Almost 100,000 people passed through."),))
    assert values["text"] == OFFICIAL_TEXT
    assert values["passages"][0]["text"] == "Almost 100,000 people passed through."
    assert "document" not in values["passages"][0]


def test_all_that_its_publisher_says_of_changes_stands_beside_a_document() -> None:
    notes = (
        ChangeNote("Corrected a figure.", datetime(2024, 11, 8, 9, tzinfo=UTC), "correction"),
        ChangeNote("First published."),
    )
    values = document_to_json(make_document(provenance=Provenance(notes=notes)))
    assert values["notes"] == [
        {"note": "Corrected a figure.", "at": "2024-11-08T09:00:00Z", "kind": "correction"},
        {"note": "First published.", "at": None, "kind": "change"},
    ]
    assert "Corrected" not in values["text"]


def test_what_is_left_out_carries_the_address_of_its_passage() -> None:
    report = make_report()
    left_out = tuple(replace(omission, link="https://www.gov.uk/a#:~:text=b") for omission in report.omissions)
    [shown] = report_to_json(replace(report, omissions=left_out))["omissions"]
    assert shown["passage"]["link"] == "https://www.gov.uk/a#:~:text=b"
