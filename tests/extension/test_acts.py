"""What the extension does to a page, and when: nothing before the user acts, and little after."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.extension.chromium import HOST, Card, Chromium
from tests.extension.conftest import check, select
from tests.extension.probes import BUTTON, CLICK_MENU, MARKED, REACH, STATE_OF_PAGE
from tests.extension.scripted import Reply, Server, answer
from tests.extension.site import Site

WORDS = "It was £57 million"


@pytest.fixture
def plain(faked: Chromium, site: Site) -> Page:
    return visit(faked, site, "plain.html")


def visit(browser: Chromium, site: Site, path: str) -> Page:
    page = browser.context.new_page()
    page.goto(site.url(path))
    return page


def test_nothing_runs_and_nothing_is_sent_before_an_act(plain: Page, faked: Chromium, scripted: Server) -> None:
    before = plain.evaluate(STATE_OF_PAGE)
    select(plain, WORDS)
    plain.mouse.click(5, 5)
    plain.keyboard.press("Alt+Shift+J")
    plain.wait_for_timeout(300)
    assert plain.evaluate(STATE_OF_PAGE) == before
    assert not scripted.asked
    plain.bring_to_front()
    assert "Cannot access contents" in faked.desk.evaluate(REACH)


def test_after_closing_the_page_is_as_it_was(plain: Page, faked: Chromium) -> None:
    before = plain.evaluate(STATE_OF_PAGE)
    card = check(faked, plain, WORDS)
    assert plain.evaluate(MARKED) == ["headwater-contradicted"]
    assert plain.evaluate(f"document.querySelector('{HOST}').shadowRoot") is None  # closed to the page
    assert plain.evaluate("document.body.outerHTML").count("headwater") == 0
    card.click("Close")
    assert card.gone()
    assert plain.evaluate(STATE_OF_PAGE) == before


def test_consent_names_the_host_and_comes_before_anything_is_sent(
    fresh: Chromium, scripted: Server, site: Site
) -> None:
    fresh.store(backend=scripted.url)
    page = visit(fresh, site, "plain.html")
    card = check(fresh, page, WORDS, state="consent")
    host = f"127.0.0.1:{scripted.server_port}"
    assert host in card.status()
    assert re.search(r"the text you select, the page's title, its date, .* before and after it to " + host, card.text())
    card.click("Not now")
    assert card.gone()
    assert not scripted.asked
    assert "consentFor" not in fresh.stored()
    card = check(fresh, page, WORDS, state="consent")
    page.evaluate(f"document.querySelector('{HOST}').click()")  # a page cannot agree for the user
    assert not scripted.asked
    card.click("Agree and check")
    card.wait("done")
    assert fresh.stored()["consentFor"] == host
    assert len(scripted.asked) == 1
    assert check(fresh, page, WORDS).text("footer span") == f"Sent to {host}"


def test_another_host_is_asked_about_anew(faked: Chromium, scripted: Server, service, site: Site) -> None:
    faked.store(backend=service.url, consentFor=f"127.0.0.1:{scripted.server_port}")
    check(faked, visit(faked, site, "plain.html"), WORDS, state="consent")


def test_the_same_selection_is_answered_from_the_session(plain: Page, faked: Chromium, scripted: Server) -> None:
    check(faked, plain, WORDS)
    check(faked, plain, WORDS)
    assert len(scripted.asked) == 1
    check(faked, plain, "she said")
    assert len(scripted.asked) == 2


def test_menu_with_the_menus_own_text(plain: Page, faked: Chromium) -> None:
    """The native menu cannot be opened headless: its handler is run; Firefox's tests open the true menu."""
    check(faked, plain, WORDS).click("Close")
    select(plain, WORDS)
    plain.bring_to_front()
    faked.worker().evaluate(CLICK_MENU, {"menuItemId": "check", "selectionText": "It was"})
    assert Card(plain).wait("done").count("article") == 1


def test_menus_and_shortcut_are_declared(faked: Chromium) -> None:
    assert faked.desk.evaluate("async () => (await chrome.commands.getAll()).map(c => c.name)") == [
        "_execute_action",
        "check",
    ]


@pytest.mark.parametrize("path", ["plain.html?csp", "hostile.html", "modal.html"])
def test_hostile_pages(path: str, faked: Chromium, site: Site) -> None:
    page = visit(faked, site, path)
    card = check(faked, page, WORDS)
    left, top, right, bottom, _ = card.box()
    assert min(left, top) >= 0
    assert right - left > 300
    assert bottom - top > 150
    assert card.run("function(){return getComputedStyle(this.querySelector('section')).fontSize}") == "14px"
    card.click("Close")  # with the mouse: nothing lies above it
    assert card.gone()


def test_a_page_with_shortcuts_of_its_own(faked: Chromium, site: Site) -> None:
    page = visit(faked, site, "shortcuts.html")
    card = check(faked, page, WORDS)
    page.keyboard.press("j")
    card.click("Settings")
    page.bring_to_front()
    page.keyboard.press("Escape")
    assert card.gone()
    assert page.evaluate("window.heard") == []
    assert page.evaluate("window.clicked") == 0
    expect(page.locator("#claim")).to_be_visible()


def test_the_worker_is_killed_while_it_waits(plain: Page, faked: Chromium, scripted: Server) -> None:
    waits = iter([20.0, 0.0])
    scripted.script = lambda asked: Reply(answer(asked["text"]), wait=next(waits))
    card = check(faked, plain, WORDS, state="busy")
    for _ in range(100):
        if scripted.asked:
            break
        plain.wait_for_timeout(20)
    faked.kill_worker()
    card.wait("done")
    assert len(scripted.asked) == 2  # asked once more by itself


def test_a_killed_worker_comes_back(plain: Page, faked: Chromium) -> None:
    faked.kill_worker()
    check(faked, plain, WORDS)


def test_nothing_selected_offers_the_whole_article(plain: Page, faked: Chromium, scripted: Server) -> None:
    card = check(faked, plain, state="error")
    assert card.status().startswith("Nothing is selected")
    assert card.texts(".body button") == ["Check the whole article"]
    card.click("Check the whole article")
    for _ in range(100):
        if any(target["url"] == faked.url("pages/panel.html") for target in faked.targets("page")):
            break
        plain.wait_for_timeout(30)
    assert any(
        target["url"] == faked.url("pages/panel.html") for target in faked.targets("page")
    )  # the true side panel
    assert not scripted.asked


def test_a_selection_in_a_frame(faked: Chromium, scripted: Server, site: Site) -> None:
    page = visit(faked, site, "framed.html")
    page.frames[1].evaluate("getSelection().selectAllChildren(document.getElementById('case'))")
    card = check(faked, page)
    assert scripted.asked[0]["body"]["text"] == "It was 3.9 percent in May."
    assert "plain text" not in card.text()


def test_a_selection_in_a_frame_of_another_site(faked: Chromium, scripted: Server, site: Site) -> None:
    """Out of the extension's reach: the menu's own text is checked, and the card says so."""
    page = visit(faked, site, "framed.html")
    elsewhere = site.url("extraction/footnote.html", host="other.test")
    page.evaluate("address => { document.querySelector('iframe').src = address }", elsewhere)
    page.wait_for_url("**/framed.html")
    faked.click_action(page)  # headless, the menu itself grants nothing
    Card(page).wait("error")
    faked.worker().evaluate(CLICK_MENU, {"menuItemId": "check", "selectionText": "It was 3.91 percent", "frameId": 7})
    assert "Checked as plain text" in Card(page).wait("done").text()
    assert scripted.asked[0]["body"] == {"text": "It was 3.91 percent", "context": {"title": "Frames"}, "limit": 3}


def test_too_much_is_selected(plain: Page, faked: Chromium, scripted: Server) -> None:
    plain.evaluate("document.getElementById('claim').textContent = 'word '.repeat(1200)")
    plain.evaluate("getSelection().selectAllChildren(document.getElementById('claim'))")
    assert "more text than can be checked at once" in check(faked, plain, state="error").status()
    assert not scripted.asked


def test_text_in_a_field_of_the_page(plain: Page, faked: Chromium, scripted: Server) -> None:
    fields = "<textarea>It was £57 million.</textarea><input type=password value=secret>"
    plain.evaluate("fields => { document.body.innerHTML = fields }", fields)
    plain.evaluate("document.querySelector('textarea').select()")
    assert "Checked as plain text" in check(faked, plain).text()
    assert scripted.asked[0]["body"]["text"] == "It was £57 million."
    plain.evaluate("document.querySelector('input').select()")
    faked.click_action(plain)
    Card(plain).wait("error")
    assert len(scripted.asked) == 1


def test_a_page_that_no_extension_may_read(faked: Chromium) -> None:
    page = faked.context.new_page()
    page.goto("chrome://version")
    faked.click_action(page)
    for _ in range(100):
        badge, title = faked.desk.evaluate(BUTTON)
        if badge == "!":
            break
        page.wait_for_timeout(30)
    assert badge == "!"
    assert "no extension read this page" in title
