"""Everyone can use the card: by keyboard alone, with a screen reader, in forced colours, in the dark, at 200 %, without motion."""

from __future__ import annotations

import importlib.resources
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.extension.chromium import HOST, Card, Chromium
from tests.extension.conftest import check, select
from tests.extension.scripted import Reply, Server, answer, scored
from tests.extension.site import Site

AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PICTURES = os.environ.get("HEADWATER_PICTURES", "")  # a folder: the pictures of extension/pictures are made anew there
WORDS = "It was £57 million"


@pytest.fixture
def page(faked: Chromium, site: Site) -> Iterator[Page]:
    found = faked.context.new_page()
    found.goto(site.url("plain.html"))
    yield found
    found.emulate_media(color_scheme="no-preference", forced_colors="none", reduced_motion="no-preference")


def picture(page: Page, name: str) -> bytes:
    taken = page.screenshot()
    if PICTURES:
        (Path(PICTURES) / f"{name}.png").write_bytes(taken)
    return taken


def rich(asked: dict[str, Any]) -> Reply:
    passages = [scored(), scored(id=8, document_is_latest=False), scored(id=9, document_withdrawn="Withdrawn.")]
    return Reply(answer(asked["text"], evidence=passages, nearest=[scored(id=10)], missing=["she said"]))


def violations(browser: Chromium, card: Card) -> list[str]:
    """What axe finds in the card, which is copied into an open page for it; every state of it is looked at."""
    markup, style = card.run("function(){return [this.innerHTML, [...this.adoptedStyleSheets[0].cssRules].map(r => r.cssText).join('\\n')]}")
    bench = browser.context.new_page()
    bench.set_content("<!doctype html><html lang=en><title>card</title><main><h1>Page</h1><div id=host></div></main></html>")
    bench.evaluate(
        """([markup, style]) => { const root = document.getElementById('host').attachShadow({mode: 'open'});
          const sheet = new CSSStyleSheet(); sheet.replaceSync(style); root.adoptedStyleSheets = [sheet]; root.innerHTML = markup;
          root.querySelectorAll('details').forEach(d => { d.open = true }) }""",
        [markup, style],
    )
    bench.evaluate(AXE)
    found = bench.evaluate("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))")
    bench.close()
    return found


def test_axe_finds_nothing_in_any_state(faked: Chromium, page: Page, scripted: Server) -> None:
    scripted.script = rich
    found = violations(faked, check(faked, page, WORDS))
    scripted.script = lambda asked: Reply({}, 500)
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
    ratios = card.run(
        """function(){
          const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
          const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$|transparent/.test(c)) return c } };
          return [...this.querySelectorAll('h2,h3,h4,p,dt,dd,b,a,button,cite,bdi,blockquote,mark,summary,span')].filter(e => e.textContent.trim()).map(e => {
            const [a, b] = [getComputedStyle(e).color, ground(e)].map(light).sort((x, y) => y - x); return [(a + .05) / (b + .05), e.localName + e.className] }) }"""
    )
    assert min(ratio for ratio, _ in ratios) >= 4.5, sorted(ratios)[:3]
    picture(page, f"card-{scheme}")


def test_by_keyboard_alone(faked: Chromium, page: Page, scripted: Server) -> None:
    scripted.script = rich
    page.evaluate("document.body.append(Object.assign(document.createElement('button'), {id: 'mine', textContent: 'mine'}))")
    page.focus("#mine")
    card = check(faked, page, WORDS)
    assert card.focused().startswith("section")
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        if not page.evaluate(f"document.activeElement?.matches('{HOST}')"):
            break
        stops.append(card.focused())
    seen = card.run("function(){return [...this.querySelectorAll('button,a,summary,[tabindex=\"0\"]')].filter(e => e.checkVisibility()).map(e => e.localName + ' ' + e.textContent.slice(0, 40))}")
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
    border, width = card.run("function(){const s = getComputedStyle(this.querySelector('section')); return [s.borderTopColor, s.borderTopWidth]}")
    assert width == "1px"
    assert border != "rgba(0, 0, 0, 0)"
    picture(page, "card-forced-colours")


def test_zoom_of_200_percent(faked: Chromium, page: Page, scripted: Server) -> None:
    """A window of 1280 by 800 pixels at 200 % is 640 by 400 to a page; 320 wide is what a phone has."""
    scripted.script = rich
    for width, height in ((640, 400), (320, 400)):
        page.set_viewport_size({"width": width, "height": height})
        card = check(faked, page, WORDS)
        box = card.run("function(){const s = this.querySelector('section'), b = s.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom, s.scrollWidth - s.clientWidth]}")
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= width
        assert box[3] <= height
        assert box[4] == 0  # nothing is cut off sideways
        picture(page, f"card-zoom-{width}")


def test_without_motion(faked: Chromium, page: Page, scripted: Server) -> None:
    page.emulate_media(reduced_motion="reduce")
    scripted.script = lambda asked: Reply(answer(asked["text"]), wait=20)
    card = check(faked, page, WORDS, state="busy")
    assert card.run("function(){return getComputedStyle(this.querySelector('.bar')).animationName}") == "none"
    assert card.run("function(){return this.querySelector('.bar').getBoundingClientRect().height}") > 0
    picture(page, "card-busy")


def test_the_card_stays_in_the_window(faked: Chromium, page: Page, scripted: Server) -> None:
    scripted.script = rich
    page.evaluate("document.body.style.cssText = 'margin-top: 2000px; margin-left: 900px; height: 3000px; width: 3000px'; scrollTo(0, 1500)")
    select(page, WORDS)
    card = check(faked, page)
    top, left, bottom = card.run("function(){const b = this.querySelector('section').getBoundingClientRect(); return [b.top, b.left, b.bottom]}")
    spot = page.evaluate("(() => { const b = getSelection().getRangeAt(0).getBoundingClientRect(); return [b.top, b.left, b.bottom] })()")
    assert top >= 0
    assert bottom <= page.viewport_size["height"]
    assert top >= spot[2] or bottom <= spot[0]  # beside the words, not over them
    assert left >= 0
