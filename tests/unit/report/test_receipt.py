"""Receipts: what they hold, and what they say of a check that is made again."""

import copy
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from factories import ARTICLE, OFFICIAL_TEXT, make_report
from headwater.domain.context import CheckContext
from headwater.report.assembled import whole_to_json
from headwater.report.receipt import (
    Checked,
    UnreadableReceiptError,
    compare_receipts,
    make_receipt,
    parse_receipt,
)
from headwater.report.rows import RowReader

CHECKED = Checked(ARTICLE, OFFICIAL_TEXT, CheckContext(published=date(2024, 11, 7), house_style=("percent",)))
MADE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def report() -> dict[str, Any]:
    return whole_to_json(make_report(), RowReader())


def test_a_receipt_holds_digests_and_no_text(report: dict[str, Any]) -> None:
    receipt = make_receipt(CHECKED, report, made=MADE)
    assert receipt["made"] == "2026-11-22T09:00:00Z"
    assert receipt["options"] == {"published": "2024-11-07", "house_style": ["percent"], "as_of": None, "limit": None}
    assert [document["sha256"] for document in receipt["documents"]] == ["0" * 64]
    assert [claim[:2] for claim in receipt["claims"][:2]] == [["c1", "supported"], ["c2", "contradicted"]]
    assert "57 million" not in json.dumps(receipt)


def test_the_same_check_gives_the_same_answer(report: dict[str, Any]) -> None:
    again = copy.deepcopy(report)
    again["elapsed_ms"] = {}
    again["claims"][0]["evidence"][0]["similarity"] += 0.001
    before, now = make_receipt(CHECKED, report), make_receipt(CHECKED, again)
    assert compare_receipts(before, now) == ()


def test_what_changed_is_named(report: dict[str, Any]) -> None:
    before = make_receipt(CHECKED, report)
    later = copy.deepcopy(report)
    later["versions"]["rules"] = "next"
    later["claims"][0]["verdict"] = "shifted"
    later["claims"][1]["findings"][0]["severity"] = "low"
    later["claims"][1]["evidence"][0]["document"] |= {"version": 2, "sha256": "1" * 64}
    later["omissions"] = []
    del later["claims"][5:]
    changes = compare_receipts(before, make_receipt(CHECKED, later))
    assert changes[0] == f"the rules of judgement changed: {before['rules']} before, next now"
    assert "“New deals to smash the gangs”, version 2, answers now" in changes
    assert "claim c1: supported before, shifted now" in changes
    assert "claim c2: contradicted as before, with other findings or passages" in changes
    assert "claim c6: no longer there" in changes


def test_where_the_answer_is_the_same_only_other_texts_are_named(report: dict[str, Any]) -> None:
    before = make_receipt(CHECKED, report)
    newer = copy.deepcopy(report)
    newer["versions"]["corpus"] = "later"
    assert compare_receipts(before, make_receipt(CHECKED, newer)) == ()
    other = make_receipt(Checked(ARTICLE + " ", OFFICIAL_TEXT, CHECKED.context), report)
    assert compare_receipts(before, other) == ("the article changed",)


def test_a_receipt_is_read_by_itself_and_out_of_a_report(report: dict[str, Any]) -> None:
    receipt = make_receipt(CHECKED, report)
    assert parse_receipt(json.dumps(receipt)) == receipt
    assert parse_receipt(json.dumps({**report, "receipt": receipt}).encode()) == receipt


@pytest.mark.parametrize("raw", ["", "{", "[]", "{}", '{"receipt": 1}', "[" * 100_000, b"\xff"])
def test_what_is_no_receipt_is_refused(raw: str | bytes) -> None:
    with pytest.raises(UnreadableReceiptError):
        parse_receipt(raw)


@pytest.mark.parametrize("change", [{"form": 2}, {"claims": [1]}, {"claims": {}}, {"options": []}, {"documents": 1}])
def test_a_damaged_receipt_is_refused(report: dict[str, Any], change: dict[str, Any]) -> None:
    with pytest.raises(UnreadableReceiptError):
        parse_receipt(json.dumps(make_receipt(CHECKED, report) | change))
