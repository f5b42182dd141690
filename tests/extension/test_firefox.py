"""Firefox ESR, headless, as a user has it: true menu, true keys, the seed article against the real service."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.extension.checked import ROWS, check_by_command
from tests.extension.conftest import Service
from tests.extension.firefox import ALT, CARD, ESCAPE, SHIFT, Firefox
from tests.extension.scripted import Server, lines
from tests.extension.site import ARTICLE, TITLE, Site

CASES = tomllib.loads(Path(__file__).with_name("extraction.toml").read_text("utf-8"))
DESIGNED = ("footnote", "revised", "cells", "blocks", "hidden", "transformed", "spaces")
MENU = "Check against official sources"
UNSTATED = next(part for part in ARTICLE.split(". ") if part.startswith("More than 31,000 people")) + "."
MONEY = (
    "Additionally, the UK has committed to investing an extra ÂŁ75 million to strengthen its Border Security Command."
)
QUOTATION = next(line for line in ARTICLE.splitlines() if line.startswith("The Home Secretary emphasised")).split(
    ". ", 1
)[1]
SELECT = """
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), nodes = [];
let all = '';
for (let node; (node = walker.nextNode());) { nodes.push([all.length, node]); all += node.data; }
const at = all.indexOf(arguments[0]), end = at + arguments[0].length;
const spot = n => { const [start, node] = nodes.filter(([s]) => s <= n).at(-1); return [node, n - start]; };
getSelection().setBaseAndExtent(...spot(at), ...spot(end));
return at >= 0"""
TEXTS = "return [...root.querySelectorAll(arguments[0])].map(e => e.textContent)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Firefox]:
    running = Firefox()
    yield running
    running.close()


def renew(browser: Firefox, **settings: str) -> Firefox:
    """Close what is open, forget what is kept, and set what a test needs."""
    browser.close_others()
    browser.goto("about:blank")
    browser.store(**settings)
    return browser


@pytest.fixture
def firefox(browser: Firefox) -> Firefox:
    """The browser as it was installed."""
    return renew(browser)


@pytest.fixture
def asked(browser: Firefox, service: Service) -> Firefox:
    """The browser, set to the real service with the user's consent."""
    return renew(browser, backend=service.url, consentFor=f"127.0.0.1:{service.port}")


@pytest.fixture
def faked(browser: Firefox, scripted: Server) -> Firefox:
    """The browser, set to the scripted service with the user's consent."""
    return renew(browser, backend=scripted.url, consentFor=f"127.0.0.1:{scripted.server_port}")


def seed(firefox: Firefox, site: Site, query: str = "") -> None:
    firefox.goto(site.url(f"seed{query}"))


def check(firefox: Firefox, words: str) -> None:
    assert firefox.run(SELECT, words)
    firefox.click_action()
    assert firefox.card_state() == "done"


def test_the_toolbar_button(faked: Firefox, scripted: Server, site: Site) -> None:
    seed(faked, site)
    check(faked, MONEY)
    [request] = scripted.asked
    assert request["body"]["text"] == MONEY
    assert request["body"]["context"]["title"] == TITLE
    assert request["headers"]["Origin"].startswith("moz-extension://")
    assert request["headers"]["X-Headwater-Client"].startswith("extension/")


def test_the_true_context_menu(faked: Firefox, scripted: Server, site: Site) -> None:
    seed(faked, site)
    assert faked.run(SELECT, MONEY)
    labels = faked.run(
        "return [...document.querySelectorAll('p')].findIndex(p => p.textContent.includes('Border Security Command.'))"
    )
    faked.run("document.querySelectorAll('p')[arguments[0]].id = 'spot'", labels)
    assert MENU in faked.context_menu("#spot", MENU)
    assert faked.card_state() == "done"
    assert len(scripted.asked) == 1


def test_the_true_keyboard_command_and_escape(faked: Firefox, scripted: Server, site: Site) -> None:
    seed(faked, site)
    assert faked.run(SELECT, MONEY)
    faked.shortcut(ALT, SHIFT, "K")
    assert faked.card_state() == "done"
    faked.press(ESCAPE)
    assert faked.until(f"!{CARD}")
    assert faked.run("return [...CSS.highlights.keys()]") == []
    assert len(scripted.asked) == 1


def test_nothing_happens_before_the_act(faked: Firefox, scripted: Server, site: Site) -> None:
    seed(faked, site)
    assert faked.run("return document.querySelector('[id*=headwater]')") is None
    assert scripted.asked == []
    tried = faked.run_in_extension(
        "const [tab] = await browser.tabs.query({url: '<all_urls>'}).catch(() => []);"
        "const all = await browser.tabs.query({});"
        "try { await browser.scripting.executeScript({target: {tabId: all[0].id}, func: () => 1}); return 'ran' }"
        "catch (error) { return error.message }"
    )
    assert "Missing host permission" in tried


@pytest.mark.parametrize("name", DESIGNED)
def test_sends_what_is_seen(name: str, faked: Firefox, scripted: Server, site: Site) -> None:
    faked.goto(site.url(f"extraction/{name}.html"))
    faked.run("getSelection().selectAllChildren(document.getElementById('case'))")
    faked.click_action()
    assert faked.card_state() == "done"
    assert scripted.asked[0]["body"]["text"] == CASES[name]["wanted"]


def test_reads_what_is_seen(firefox: Firefox, site: Site) -> None:
    """Every row of the table, by the very file that is injected."""
    reader = (Path(__file__).parents[2] / "extension" / "addon" / "content" / "text.js").read_text("utf-8")
    found = {}
    for name in CASES:
        firefox.goto(site.url(f"extraction/{name}.html"))
        firefox.run(
            "const s = document.createElement('script'); s.textContent = arguments[0]; document.head.append(s)", reader
        )
        firefox.run("getSelection().selectAllChildren(document.getElementById('case'))")
        found[name] = firefox.run(
            "const w = window.wrappedJSObject ?? window; return w.Headwater.textOf(w.getSelection().getRangeAt(0)).text"
        )
    assert found == {name: case["wanted"] for name, case in CASES.items()}


def test_a_figure_that_the_source_does_not_state_is_paired_with_none(asked: Firefox, site: Site) -> None:
    seed(asked, site)
    check(asked, UNSTATED)
    figures = [words for words in asked.card(TEXTS, "li") if words.startswith("Figure")]
    assert [words for words in figures if "31,000" in words]
    assert all("Official sourcenot stated" in words for words in figures)
    assert asked.card(TEXTS, "mark") == []


def test_damaged_characters_are_read_as_meant_and_the_figure_is_the_same(asked: Firefox, site: Site) -> None:
    seed(asked, site)
    check(asked, MONEY)
    assert "Matches the official source" in asked.card(TEXTS, "h3")[0]
    assert asked.card(TEXTS, "li") == []
    assert "“ÂŁ” → “£”" in asked.card(TEXTS, ".body")[0]


def test_every_edit_of_a_quotation_is_named(asked: Firefox, site: Site) -> None:
    seed(asked, site)
    check(asked, QUOTATION)
    found = asked.card(TEXTS, "li")
    assert len(found) == 4
    assert all(words.startswith("Quotation") for words in found)


def test_a_changed_figure_is_shown_beside_the_official_one(asked: Firefox, site: Site) -> None:
    seed(asked, site, "?%C3%82%C5%8175=%C2%A357")  # "ÂŁ75" becomes "£57"
    check(asked, MONEY.replace("ÂŁ75", "£57"))
    [found] = asked.card(TEXTS, "li")
    assert "Article£57 million" in found
    assert "Official source£75 million" in found
    assert asked.card(TEXTS, "mark") == ["£75 million"]
    assert asked.run("return [...CSS.highlights.keys()]") == ["headwater-contradicted"]


SIDEBAR = """
const [view] = browser.extension.getViews({type: 'sidebar'}), get = id => view.document.getElementById(id);
const until = async holds => { while (!holds()) await new Promise(go => setTimeout(go, 50)); };
await browser.tabs.update(given[0], {active: true});
await until(() => !get('go').disabled);
get('go').click();
await until(() => get('status').textContent.startsWith('Done') || !get('failure').hidden);
return [get('status').textContent + get('said').textContent, get('claims').textContent]"""


def test_the_menu_opens_the_true_sidebar_which_checks_the_page(faked: Firefox, scripted: Server, site: Site) -> None:
    scripted.script = lambda asked: lines(asked["text"])
    seed(faked, site)
    faked.context_menu("h1", "Check the whole article")
    faked.run_in_browser(
        "for (let i = 0; i < 200 && !window.SidebarController.isOpen; i++) await new Promise(go => setTimeout(go, 50))"
    )
    tab = faked.run_in_extension("return (await browser.tabs.query({})).at(0).id")
    said, claims = faked.run_in_extension(SIDEBAR, tab)
    faked.run_in_browser("window.SidebarController.hide()")
    assert said == "Done. Statements: 1"
    assert "£57 million" in claims
    assert scripted.asked[0]["body"]["context"]["title"] == TITLE


def test_settings_are_loaded_tested_saved_and_deleted(firefox: Firefox, service: Service) -> None:
    with firefox.tab(firefox.url("pages/options.html")):
        firefox.until("!document.getElementById('all').disabled")
        status = "document.getElementById('status').textContent"
        fill = "document.getElementById('backend').value = arguments[0]"
        firefox.run(fill, "http://example.org")
        firefox.run("document.getElementById('save').click()")
        assert "Use https" in firefox.run("return document.getElementById('backend-error').textContent")
        firefox.run(fill, service.url + "/")
        firefox.run("document.getElementById('test').click()")
        assert "answers: Headwater" in firefox.until(f"{status}.includes('documents:') && {status}")
        firefox.run("document.getElementById('save').click()")
        firefox.until(f"{status} === 'Saved'")
        assert firefox.run_async("return browser.storage.local.get()")["backend"] == service.url
        firefox.run("document.getElementById('delete').click()")
        firefox.run("document.querySelector('dialog button[value=delete]').click()")
        firefox.until(f"{status} === 'Everything was deleted.'")
        assert firefox.run_async("return browser.storage.local.get()") == {}


def test_the_panel_agrees_with_the_command_marks_and_lets_go(asked: Firefox, service: Service, site: Site) -> None:
    seed(asked, site)
    asked.click_action()  # grants the page; nothing is selected
    asked.card_state()
    asked.press(ESCAPE)
    tab = asked.run_in_extension("return (await browser.tabs.query({})).at(0).id")
    with asked.tab(asked.url(f"pages/panel.html?tab={tab}")):
        panel = asked.handle
        asked.until("!document.getElementById('go').disabled")
        asked.run("document.getElementById('go').click()")
        asked.until("document.getElementById('status').textContent.startsWith('Done')")
        rows = [(text, verdict, tuple(rules)) for text, verdict, rules in asked.run(f"return {ROWS}")]
        read = asked.run_async("return browser.runtime.sendMessage({v: 1, type: 'read', tabId: given[0]})", tab)
        asked.run("document.getElementById('go').click()")  # a page that was read anew has no marks
        asked.until("document.getElementById('status').textContent.startsWith('Done')")
        asked.run("[...document.querySelectorAll('#claims > li[data-verdict=supported] .claim')].at(-1).click()")
        asked.until("document.getElementById('status').textContent.includes('is shown in the page')")
        asked.switch(asked.page)
        assert asked.run("return scrollY") > 0
        assert {"headwater-supported", "headwater-shifted"} <= set(asked.run("return [...CSS.highlights.keys()]"))
        asked.switch(panel)
    assert rows == list(check_by_command(read["article"]["text"], "2024-11-08", service.parts.store.path))
    assert len(rows) > 30
    end = time.monotonic() + 20
    while asked.run("return [...CSS.highlights.keys()].length") and time.monotonic() < end:
        time.sleep(0.05)
    assert asked.run("return [...CSS.highlights.keys()]") == []
