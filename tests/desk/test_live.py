"""A check under way: what is decided appears, it can be ended, and a lost connection loses nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.desk.conftest import Desk, ask, finished

from factories import ARTICLE, OFFICIAL_TEXT

CLAIMS = ["c1", "c2", "c3", "c4", "c5", "c6"]
STARTED = 1  # the step that says how many sentences there are


def cards(page: Page) -> list[str]:
    return page.locator("#claims .card").evaluate_all("cards => cards.map(card => card.id)")


def begin(page: Page, desk: Desk, steps: int) -> None:
    """Begin a check that has made so many steps, and see them."""
    desk.checker.hold()
    desk.checker.let(steps)
    ask(page, desk.url, ARTICLE, OFFICIAL_TEXT)
    expect(page.locator("#claims .card")).to_have_count(steps - STARTED)
    connected(page)


def connected(page: Page) -> None:
    expect(page.locator("html.script[data-connection=live]")).to_have_count(1)


def test_claims_appear_as_they_are_decided(page: Page, desk: Desk) -> None:
    begin(page, desk, STARTED + 2)
    assert cards(page) == ["c1", "c2"]
    expect(page.locator("#progress progress")).to_have_attribute("value", "2")
    expect(page.locator("#summary")).to_contain_text("£18 million less")
    assert page.locator("#article a[data-claim=c2]").count() > 0
    assert page.locator("#documents mark[data-findings~='c2-0']").inner_text() == "£75 million"
    desk.checker.let(1)
    expect(page.locator("#c3")).to_be_visible()
    assert page.locator("#progress").get_attribute("data-state") == "running"
    desk.checker.open()
    finished(page)
    assert cards(page) == CLAIMS
    expect(page.locator("#omissions")).to_contain_text("Almost 100,000 people")
    expect(page.get_by_role("link", name="Markdown")).to_be_visible()


def test_the_page_that_filled_is_the_page_that_is_loaded(page: Page, desk: Desk) -> None:
    begin(page, desk, STARTED + 1)
    desk.checker.open()
    finished(page)
    filled = [page.locator(part).inner_text() for part in ("#article", "#claims", "#documents", "#results", "#summary")]
    page.reload()
    finished(page)
    assert filled == [
        page.locator(part).inner_text() for part in ("#article", "#claims", "#documents", "#results", "#summary")
    ]


def test_what_a_reader_does_meanwhile_stays(page: Page, desk: Desk) -> None:
    begin(page, desk, STARTED + 2)
    page.locator("#c2-0 [name=reason]").fill("half a rea")
    desk.checker.let(1)
    expect(page.locator("#c3")).to_be_visible()
    page.keyboard.type("son")
    assert page.locator("#c2-0 [name=reason]").input_value() == "half a reason"
    page.get_by_role("button", name="Cancel").focus()
    desk.checker.let(1)
    expect(page.locator("#c4")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()


def test_a_check_is_cancelled_and_what_was_decided_stays(page: Page, desk: Desk) -> None:
    begin(page, desk, STARTED + 2)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#progress")).to_have_attribute("data-state", "cancelled")
    expect(page.locator("#progress")).to_contain_text("Cancelled after 2 of 6 sentences")
    assert cards(page) == ["c1", "c2"]


def test_a_lost_connection_is_said_and_made_again(page: Page, desk: Desk) -> None:
    begin(page, desk, STARTED + 2)
    desk.served.wire.cut()
    expect(page.locator("#progress")).to_contain_text("The connection was lost")
    desk.checker.let(2)
    desk.served.wire.mend()
    expect(page.locator("#claims .card")).to_have_count(4)
    desk.checker.open()
    finished(page)
    assert cards(page) == CLAIMS
    expect(page.locator("#progress")).not_to_contain_text("lost")


def test_a_check_that_ended_while_nobody_could_see_it_is_shown(page: Page, desk: Desk) -> None:
    begin(page, desk, STARTED + 1)
    desk.served.wire.cut()
    expect(page.locator("#progress")).to_contain_text("The connection was lost")
    desk.checker.open()
    desk.served.wire.mend()
    finished(page)
    assert cards(page) == CLAIMS


def test_a_check_that_is_gone_is_said_to_be(page: Page, desk: Desk) -> None:
    begin(page, desk, STARTED + 1)
    page.evaluate("fetch(location.pathname + '/delete', {method: 'POST', body: new URLSearchParams('')})")
    expect(page.locator("#progress")).to_contain_text("no longer there")


@pytest.mark.parametrize("after", [STARTED, STARTED + 3])
def test_a_page_loaded_under_way_goes_on(page: Page, desk: Desk, after: int) -> None:
    begin(page, desk, after)
    page.reload()
    expect(page.locator("#claims .card")).to_have_count(after - STARTED)
    desk.checker.open()
    finished(page)
    assert cards(page) == CLAIMS
