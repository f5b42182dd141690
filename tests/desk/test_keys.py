"""Through all findings without a mouse: next, previous, accept, dismiss with a reason, take back; and the filters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.desk.conftest import Desk, ask, finished, ready

from factories import ARTICLE, OFFICIAL_TEXT

WALK = ["c2-0", "c3-absent", "c5-0", "c6-absent"]


@pytest.fixture
def report(page: Page, desk: Desk) -> Page:
    ask(page, desk.url, ARTICLE, OFFICIAL_TEXT)
    return finished(page)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def place(page: Page) -> str:
    return page.locator("#place").inner_text()


def test_keys_lead_through_all_findings_and_back(report: Page) -> None:
    assert place(report) == "4 findings"
    walked = []
    for _ in WALK:
        report.keyboard.press("j")
        walked.append(focused(report))
    assert walked == WALK
    report.keyboard.press("j")
    assert focused(report) == WALK[-1]
    report.keyboard.press("k")
    assert focused(report) == WALK[-2]
    assert place(report) == "Finding 3 of 4: low, term"


def test_a_chosen_finding_is_marked_on_its_card_and_in_both_texts(report: Page) -> None:
    report.keyboard.press("j")
    assert report.locator("[aria-current=true]").get_attribute("id") == "c2-0"
    assert report.locator(".card.chosen").get_attribute("id") == "c2"
    assert report.locator("#article mark.chosen").inner_text() == "£57 million"
    assert report.locator("#documents mark.chosen").inner_text() == "£75 million"
    assert report.locator("#documents p.chosen").inner_text() == OFFICIAL_TEXT.split("\n\n")[0]
    assert report.evaluate("location.hash") == "#c2-0"
    for pane in ("article", "found", "official"):
        assert report.evaluate(
            """name => { const pane = document.getElementById(name).getBoundingClientRect(),
              chosen = document.querySelector(`#${name} mark.chosen, #${name} [aria-current]`).getBoundingClientRect();
              return chosen.top >= pane.top && chosen.bottom <= pane.bottom }""",
            pane,
        )


def test_a_finding_is_accepted_by_a_key_and_the_next_one_is_chosen(report: Page) -> None:
    report.keyboard.press("j")
    report.keyboard.press("a")
    expect(report.locator("#c2-0")).to_have_attribute("data-decision", "accept")
    expect(report.locator("#c3-absent")).to_be_focused()
    report.reload()
    expect(report.locator("#c2-0 [data-decided]")).to_have_text("Accepted")
    expect(report.locator("#place")).to_have_text("Finding 2 of 4: not in source, content")
    report.keyboard.press("k")
    report.keyboard.press("u")
    expect(report.locator("#c2-0")).not_to_have_attribute("data-decision", "accept")


def test_a_finding_is_dismissed_by_keys_with_a_reason_that_the_receipt_holds(report: Page) -> None:
    report.locator(".keys summary").click()
    report.get_by_label("Your name, for the receipt").fill("A. Editor")
    report.locator("#c2-0").focus()
    report.keyboard.press("j")
    report.keyboard.press("d")
    assert report.evaluate("document.activeElement.name") == "reason"
    report.keyboard.press("Enter")
    expect(report.locator("#c2-0 [data-decided]")).to_have_text("Dismissing needs a reason.")
    assert report.locator("#c2-0 [name=reason]").get_attribute("aria-invalid") == "true"
    report.keyboard.type("Confirmed, and jokes kept")
    report.keyboard.press("Enter")
    expect(report.locator("#c2-0 [data-decided]")).to_have_text("Dismissed by A. Editor: Confirmed, and jokes kept")
    with report.expect_download() as loading:
        report.get_by_role("link", name="JSON with receipt").click()
    assert '"reason": "Confirmed, and jokes kept"' in loading.value.path().read_text("utf-8")
    report.reload()
    assert ready(report).locator("#who").input_value() == "A. Editor"


def test_what_is_not_in_the_source_is_decided_on_as_a_claim(report: Page) -> None:
    report.locator("#c2-0").focus()
    report.keyboard.press("j")
    report.keyboard.press("j")
    assert focused(report) == "c3-absent"
    report.keyboard.press("d")
    report.keyboard.type("Said at the hearing")
    report.keyboard.press("Enter")
    expect(report.locator("#c3-absent [data-decided]")).to_have_text("Dismissed: Said at the hearing")
    report.reload()
    expect(report.locator("#c3-absent")).to_have_attribute("data-decision", "dismiss")
    report.get_by_role("button", name="Take back the decision on c3", exact=True).click()
    expect(report.locator("#c3-absent")).not_to_have_attribute("data-decision", "dismiss")


def test_a_check_is_kept_after_its_end(report: Page) -> None:
    report.get_by_role("button", name="Keep it for 30 days").click()
    expect(report.locator("#takeaway")).to_contain_text("Kept until 20")


def test_keys_written_into_a_field_are_its_own_and_keys_can_be_turned_off(report: Page) -> None:
    report.keyboard.press("j")
    report.locator("#c2-0 [name=reason]").fill("")
    report.keyboard.type("jka")
    assert report.locator("#c2-0 [name=reason]").input_value() == "jka"
    assert report.locator("[data-decision]").count() == 0
    report.keyboard.press("Tab")
    report.keyboard.press("j")  # on a button it is a key again
    assert focused(report) == "c3-absent"
    report.keyboard.press("k")
    report.keyboard.press("d")
    report.keyboard.press("Escape")
    assert focused(report) == "c2-0"
    report.locator(".keys summary").click()
    report.get_by_label("Keys are on").uncheck()
    report.locator("#c2-0").focus()
    report.keyboard.press("j")
    assert focused(report) == "c2-0"


def test_what_cannot_be_noted_is_said(report: Page, desk: Desk) -> None:
    report.keyboard.press("j")
    desk.served.wire.cut()
    report.keyboard.press("a")
    expect(report.locator("#c2-0 [data-decided]")).to_have_text("Not noted: the service answered 503")
    assert report.locator("[data-decision]").count() == 0


def test_choosing_words_of_the_article_chooses_their_claim(report: Page) -> None:
    report.locator("#article a[data-claim=c5]").first.click()
    assert report.locator(".card.chosen").get_attribute("id") == "c5"
    assert focused(report) == "c5"
    report.locator("#documents p[data-claims]").last.click()
    assert report.locator(".card.chosen").get_attribute("id") == "c1"


def test_filters_by_severity_lane_and_what_is_decided(report: Page) -> None:
    shown = "stops => stops.filter(s => s.getClientRects().length).map(s => s.id)"
    stops = report.locator("#claims .stop")
    assert stops.evaluate_all(shown) == WALK
    report.locator("#weights").get_by_label("agrees").check()
    assert stops.evaluate_all(shown) == ["c1-0", *WALK]
    report.locator("#weights").get_by_label("high").uncheck()
    report.locator("#lanes").get_by_label("content").uncheck()
    assert stops.evaluate_all(shown) == ["c1-0", "c5-0"]
    assert report.locator("#claims .card:visible").evaluate_all("all => all.map(one => one.id)") == ["c1", "c5"]
    assert place(report) == "2 findings"
    report.keyboard.press("k")
    assert focused(report) == "c5-0"
    report.keyboard.press("a")
    expect(report.locator("#c5-0")).to_have_attribute("data-decision", "accept")
    report.get_by_label("hide what is decided").check()
    assert stops.evaluate_all(shown) == ["c1-0"]


def test_the_link_is_copied_and_the_check_deleted(report: Page) -> None:
    report.context.grant_permissions(["clipboard-read", "clipboard-write"])
    report.get_by_role("button", name="Copy the link").click()
    expect(report.get_by_role("button", name="Copied")).to_be_visible()
    address = report.evaluate("navigator.clipboard.readText()")
    assert address == report.url.split("#")[0]
    report.get_by_text("Delete this check").click()
    report.get_by_role("button", name="Delete it now").click()
    expect(report.get_by_role("heading", name="Check a text before it is published")).to_be_visible()
    assert report.goto(address).status == 404
    expect(report.get_by_role("alert")).to_contain_text("no check of this address")
