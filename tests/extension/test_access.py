"""Everyone can use the card: by keyboard, by ear, in forced colours, in the dark, at 200 %, without motion."""

from __future__ import annotations

import importlib.resources
import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.extension.chromium import EXTENSION, HOST, Card, Chromium
from tests.extension.conftest import check
from tests.extension.probes import CONTRASTS, MARKUP, SHOW_MARKUP, STOPS, VIOLATIONS
from tests.extension.scripted import Reply, Server, answer, scored
from tests.extension.site import Site

AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PICTURES = EXTENSION.parent / "pictures"
WORDS = "It was £57 million"


@pytest.fixture
def page(faked: Chromium, site: Site) -> Iterator[Page]:
    found = faked.context.new_page()
    found.goto(site.url("plain.html"))
    yield found
    found.emulate_media(color_scheme="no-preference", forced_colors="none", reduced_motion="no-preference")


def picture(page: Page, name: str) -> None:
    """Take one of the pictures of extension/README.md; WRITE_PICTURES=1 keeps it."""
    taken = page.screenshot(clip={"x": 0, "y": 0, "width": min(480, page.viewport_size["width"]), "height": 400})
    assert taken.startswith(b"\x89PNG")
    if os.environ.get("WRITE_PICTURES") == "1":
        (PICTURES / f"{name}.png").write_bytes(taken)


def rich(asked: dict[str, Any]) -> Reply:
    passages = [scored(), scored(id=8, document_is_latest=False), scored(id=9, document_withdrawn="Withdrawn.")]
    return Reply(answer(asked["text"], evidence=passages, nearest=[scored(id=10)], missing=["she said"]))


def violations(browser: Chromium, card: Card) -> list[str]:
    """What axe finds in the card, which is copied into an open page for it; every state of it is looked at."""
    bench = browser.context.new_page()
    bench.set_content(
        "<!doctype html><html lang=en><title>card</title><main><h1>Page</h1><div id=host></div></main></html>"
    )
    bench.evaluate(SHOW_MARKUP, card.run(MARKUP))
    bench.evaluate(AXE)
    found = bench.evaluate(VIOLATIONS)
    bench.close()
    return found


def test_axe_finds_nothing_in_any_state(faked: Chromium, page: Page, scripted: Server) -> None:
    scripted.script = rich
    found = violations(faked, check(faked, page, WORDS))
    scripted.script = Reply({}, 500)
    found += violations(faked, check(faked, page, "she said", state="error"))
    page.evaluate("getSelection().removeAllRanges()")
    found += violations(faked, check(faked, page, state="error"))
    faked.desk.evaluate("chrome.storage.local.remove('consentFor')")
    found += violations(faked, check(faked, page, WORDS, state="consent"))
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_poor_contrast(scheme: str, faked: Chromium, page: Page, scripted: Server) -> None:
    page.emulate_media(color_scheme=scheme)
    scripted.script = rich
    card = check(faked, page, WORDS)
    ratios = card.run(CONTRASTS)
    assert min(ratio for ratio, _ in ratios) >= 4.5, sorted(ratios)[:3]
    if scheme == "dark":
        picture(page, "card_dark")


def test_by_keyboard_alone(faked: Chromium, page: Page, scripted: Server) -> None:
    scripted.script = rich
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('button'), {id: 'mine', textContent: 'mine'}))"
    )
    page.focus("#mine")
    card = check(faked, page, WORDS)
    assert card.focused().startswith("section")
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        if not page.evaluate(f"document.activeElement?.matches('{HOST}')"):
            break
        stops.append(card.focused())
    seen = card.run(STOPS)
    assert stops == seen  # Tab order follows sight, and there is a way out at the end
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert "Report a mismatch" in card.focused()
    page.keyboard.press("Enter")
    assert card.count("pre") == 1
    page.keyboard.press("Escape")
    assert card.gone()
    assert page.evaluate("document.activeElement.id") == "mine"
    assert page.evaluate("getSelection().toString()") == WORDS


def test_consent_by_keyboard(faked: Chromium, page: Page, scripted: Server) -> None:
    faked.desk.evaluate("chrome.storage.local.remove('consentFor')")
    card = check(faked, page, WORDS, state="consent")
    for _ in range(5):
        page.keyboard.press("Tab")
        if "Agree" in card.focused():
            break
    page.keyboard.press("Enter")
    assert card.wait("done").count("article") == 1
    assert len(scripted.asked) == 1


def test_told_to_a_screen_reader(faked: Chromium, page: Page, scripted: Server) -> None:
    scripted.script = rich
    card = check(faked, page, WORDS)
    tree = card.tools.send("Accessibility.getFullAXTree")["nodes"]
    said = {(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree if not node["ignored"]}
    assert ("dialog", "Headwater") in said
    assert ("heading", "Differs: the official source says otherwise") in {(role, name.strip()) for role, name in said}
    assert ("status", "") in said or any(role == "status" for role, _ in said)
    assert ("button", "Close") in said
    assert any(role == "blockquote" for role, _ in said)


def test_forced_colours(faked: Chromium, page: Page, scripted: Server) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    scripted.script = rich
    card = check(faked, page, WORDS)
    border, width = card.run(
        "function(){const s = getComputedStyle(this.firstElementChild); return [s.borderColor, s.borderTopWidth]}"
    )
    assert width == "1px"
    assert border != "rgba(0, 0, 0, 0)"
    picture(page, "card_forced_colours")


def test_zoom_of_200_percent(faked: Chromium, page: Page, scripted: Server) -> None:
    """A window of 1280 by 800 pixels at 200 % is 640 by 400 to a page; 320 wide is what a phone has."""
    scripted.script = rich
    for width, height in ((640, 400), (320, 400)):
        page.set_viewport_size({"width": width, "height": height})
        card = check(faked, page, WORDS)
        left, top, right, bottom, lost = card.box()
        assert min(left, top) >= 0
        assert right <= width
        assert bottom <= height
        assert lost == 0  # nothing is cut off sideways
        if width == 640:
            picture(page, "card_zoom")


def test_without_motion(faked: Chromium, page: Page, scripted: Server) -> None:
    page.emulate_media(reduced_motion="reduce")
    scripted.script = lambda asked: Reply(answer(asked["text"]), wait=20)
    card = check(faked, page, WORDS, state="busy")
    assert card.run("function(){return getComputedStyle(this.querySelector('.bar')).animationName}") == "none"
    assert card.run("function(){return this.querySelector('.bar').getBoundingClientRect().height}") > 0


def test_the_card_stays_in_the_window(faked: Chromium, page: Page, scripted: Server) -> None:
    scripted.script = rich
    page.evaluate("document.body.style.cssText = 'margin: 2000px 0 0 900px; height: 3000px; width: 3000px'")
    page.evaluate("scrollTo(0, 1500)")
    left, top, _, bottom, _ = check(faked, page, WORDS).box()
    words = page.evaluate("(b => [b.top, b.bottom])(getSelection().getRangeAt(0).getBoundingClientRect())")
    assert min(left, top) >= 0
    assert bottom <= page.viewport_size["height"]
    assert top >= words[1] or bottom <= words[0]  # beside the words, not over them
