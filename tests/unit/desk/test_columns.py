from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from factories import ARTICLE, OFFICIAL_TEXT, make_document, make_report
from headwater.api.checks.asked import GivenText
from headwater.desk.cards import make_card
from headwater.desk.columns import article_blocks, documents, omission_places
from headwater.desk.pages import render_check, render_parts, safe_link
from headwater.desk.seen import SeenCheck, cited_documents
from headwater.domain.verdicts import CheckStep
from headwater.report.assembled import assemble, rest_to_json, step_to_json
from headwater.report.rows import RowReader

NOW = datetime(2026, 11, 1, tzinfo=UTC)
KEY = ("uk-deals", 1)


@pytest.fixture
def steps() -> list[dict[str, Any]]:
    claims, rows = make_report().claims, RowReader()
    made = [CheckStep(number, len(claims), (claim,)) for number, claim in enumerate(claims, 1)]
    return [step_to_json(step, rows) for step in made]


def seen(steps: list[dict[str, Any]], source: str | None = OFFICIAL_TEXT, **changes: Any) -> SeenCheck:
    given = None if source is None else GivenText(source)
    return replace(SeenCheck("x", "running", GivenText(ARTICLE), given, steps, NOW, NOW), **changes)


def test_the_newest_claims_change_their_own_paragraphs_alone(steps: list[dict[str, Any]]) -> None:
    check = seen(steps)
    fresh = steps[1]["claims"]
    assert [block.id for block in article_blocks(check, fresh)] == ["a0"]
    [document] = documents(check, fresh)
    assert (document.is_new, [block.id for block in document.blocks]) == (False, ["d0-0"])
    [first] = documents(seen(steps[:1]), steps[0]["claims"])
    assert first.is_new  # its particulars are known with the first claim
    [whole] = documents(check)
    assert (whole.is_new, [block.id for block in whole.blocks]) == (True, ["d0-0", "d0-1"])
    assert whole.blocks[0].claims == ("c2", "c5")
    assert whole.blocks[1].claims == ("c1",)
    assert whole.blocks[1].near == ("c3",)


def test_documents_of_a_corpus_come_as_they_are_first_cited(steps: list[dict[str, Any]]) -> None:
    check = seen(steps, None, texts={KEY: OFFICIAL_TEXT})
    assert cited_documents(check.claims) == [KEY]
    [first] = documents(seen(steps[:1], None, texts={KEY: OFFICIAL_TEXT}), steps[0]["claims"])
    assert (first.is_new, len(first.blocks), first.is_whole) == (True, 2, True)
    [later] = documents(check, steps[4]["claims"])
    assert (later.is_new, [block.id for block in later.blocks]) == (False, ["d0-0"])


def test_of_a_document_whose_text_is_not_at_hand_the_cited_passages_are_shown(steps: list[dict[str, Any]]) -> None:
    [cited] = documents(seen(steps, None), steps[4]["claims"])
    assert (cited.is_new, cited.is_whole) == (True, False)
    assert ["".join(p.text for run in block.runs for p in run.pieces) for block in cited.blocks] == OFFICIAL_TEXT.split(
        "\n\n"
    )
    assert documents(seen([], None)) == []


def test_omissions_lead_to_their_paragraph(steps: list[dict[str, Any]]) -> None:
    report = assemble(steps, rest_to_json(make_report()))
    assert omission_places(seen(steps)) == []
    for source, texts, places in (
        (OFFICIAL_TEXT, {}, ["d0-1"]),
        (None, {KEY: OFFICIAL_TEXT}, ["d0-1"]),
        (None, {}, [""]),
    ):
        assert omission_places(seen(steps, source, texts=texts, report=report)) == places


def test_a_card_names_what_no_finding_names(steps: list[dict[str, Any]]) -> None:
    cards = [make_card(step["claims"][0], {}) for step in steps]
    assert [card.lacks for card in cards] == [False, False, True, False, False, True]
    assert [card.is_open for card in cards] == [False, True, True, False, True, True]
    assert [finding.weight for card in cards for finding in card.findings] == ["agrees", "high", "low"]


def test_parts_hold_nothing_that_was_shown_before(steps: list[dict[str, Any]]) -> None:
    check = seen(steps)
    assert 'id="c2"' not in render_parts(check, 2)
    assert 'id="c3"' in render_parts(check, 2)
    assert 'class="card' not in render_parts(check, len(steps))
    assert render_check(check).count('class="card') == len(steps)


def test_a_page_can_be_encoded_whatever_it_shows() -> None:
    page = render_check(seen([], article=GivenText("lone \ud800 surrogate", title="\udfff")))
    assert b"lone \xef\xbf\xbd surrogate" in page.encode()


def test_what_is_escaped_is_escaped_once() -> None:
    page = render_check(seen([], article=GivenText('Tom & "Jerry" <b>', title="<i>")))
    assert "Tom &amp; &#34;Jerry&#34; &lt;b&gt;" in page
    assert "&amp;lt;" not in page
    assert "&amp;amp;" not in page


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://www.gov.uk/a", "https://www.gov.uk/a"),
        ("http://example.org/", "http://example.org/"),
        ("javascript:alert(1)", ""),
        (" https://x", ""),
        ("JAVASCRIPT:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//evil.example", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_links(address: str, link: str) -> None:
    assert safe_link(address) == link


def test_the_key_of_the_factory_is_the_one_that_is_cited() -> None:
    assert (make_document().id, make_document().version) == KEY
