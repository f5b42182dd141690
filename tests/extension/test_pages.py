"""The extension's own pages in Chromium: the panel beside the seed article, settings, the first page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect
from tests.extension.checked import ROWS, check_by_command
from tests.extension.chromium import EXTENSION, PATIENCE, Card, Chromium
from tests.extension.conftest import Service
from tests.extension.scripted import FINDING, Reply, Server, lines, scored
from tests.extension.site import Site

expect.set_options(timeout=PATIENCE)
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
LOCALES = {
    name: json.loads((EXTENSION / "_locales" / name / "messages.json").read_text("utf-8")) for name in ("en", "fr")
}


def open_article(browser: Chromium, site: Site, path: str = "seed") -> Page:
    """An article that the user has let the extension read."""
    page = browser.context.new_page()
    page.goto(site.url(path))
    browser.click_action(page)
    Card(page).wait("error")  # nothing is selected
    page.keyboard.press("Escape")
    return page


def tab_of(browser: Chromium, page: Page) -> int:
    page.bring_to_front()
    return browser.desk.evaluate("async () => (await chrome.tabs.query({active: true, lastFocusedWindow: true}))[0].id")


def open_panel(browser: Chromium, article: Page) -> Page:
    tab = tab_of(browser, article)
    panel = browser.context.new_page()
    panel.set_viewport_size({"width": 360, "height": 700})
    panel.goto(browser.url(f"pages/panel.html?tab={tab}"))
    expect(panel.locator("#go")).to_be_enabled()
    return panel


def open_page(browser: Chromium, name: str) -> Page:
    page = browser.context.new_page()
    page.goto(browser.url(f"pages/{name}.html"))
    expect(page.locator("h1")).not_to_be_empty()
    return page


def finished(panel: Page) -> Page:
    expect(panel.locator("#status")).to_contain_text(re.compile("Done|Terminé"))
    return panel


def broken_rules(page: Page) -> list[str]:
    page.evaluate(AXE)
    return page.evaluate("async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes[0].html}`)")


@pytest.fixture
def whole(asked: Chromium, site: Site) -> Page:
    """The panel with the seed article checked by the real service."""
    panel = open_panel(asked, open_article(asked, site))
    panel.get_by_role("button", name="Check the whole article").click()
    return finished(panel)


def article_of(browser: Chromium) -> Page:
    return next(page for page in browser.context.pages if "/seed" in page.url)


def test_the_panel_agrees_with_the_command_claim_by_claim(whole: Page, asked: Chromium, service: Service) -> None:
    read = whole.evaluate(
        "tab => chrome.runtime.sendMessage({v: 1, type: 'read', tabId: tab})", tab_of(asked, article_of(asked))
    )
    assert read["article"]["published"] == "2024-11-08"
    rows = [(text, verdict, tuple(rules)) for text, verdict, rules in whole.evaluate(ROWS)]
    assert rows == list(check_by_command(read["article"]["text"], "2024-11-08", service.parts.store.path))
    assert len(rows) > 30


def test_the_panel_counts_filters_shows_and_lets_go(whole: Page, asked: Chromium) -> None:
    article = article_of(asked)
    totals = whole.locator("#totals").inner_text()
    assert re.search(r"\d+ of \d+ statements can be checked", totals)
    assert re.search(r"Figures: \d+ agree, \d+ differ, \d+ not stated", totals)
    assert re.search(r"\d+% of the words were found in official sources", totals)
    assert whole.locator("#omissions > li").count() > 0
    assert "“ÂŁ” → “£”" in whole.locator("#notices").inner_text()
    shown = {}
    for name in ("Differs", "Matches", "Not in source", "No source", "All"):
        whole.get_by_label(re.compile(f"^{name} ")).check()
        shown[name] = whole.locator("#claims > li:visible").count()
        said = whole.locator("label", has_text=re.compile(f"^{name} ")).inner_text()
        assert f"({shown[name]})" in said
    assert shown["All"] > sum(shown[name] for name in shown if name != "All") > 0
    marks = set(article.evaluate("[...CSS.highlights.keys()]"))
    assert {"headwater-supported", "headwater-shifted", "headwater-not_in_source"} <= marks
    assert whole.locator("#claims > li[data-unmarked]").count() == 0
    whole.locator("#claims > li[data-verdict=supported] .claim").last.click()
    expect(whole.locator("#status")).to_contain_text("is shown in the page")
    article.bring_to_front()
    article.wait_for_function("scrollY > 200")
    whole.close()
    article.wait_for_function("CSS.highlights.size === 0")


def test_consent_comes_first_and_names_what_is_sent(fresh: Chromium, scripted: Server, site: Site) -> None:
    fresh.store(backend=scripted.url)
    scripted.script = lambda asked: lines(asked["text"])
    article = fresh.context.new_page()
    article.goto(site.url("seed"))
    fresh.click_action(article)
    Card(article).wait("error")
    panel = open_panel(fresh, article)
    panel.locator("#go").click()
    host = f"127.0.0.1:{scripted.server_port}"
    expect(panel.locator("#said")).to_have_text(f"Nothing has been sent yet. May Headwater send text to {host}?")
    assert "title" in panel.locator("#what").inner_text()
    panel.get_by_role("button", name="Not now").click()
    expect(panel.locator("#status")).to_have_text("Nothing was sent.")
    assert scripted.asked == []
    assert "consentFor" not in fresh.stored()
    panel.locator("#go").click()
    panel.get_by_role("button", name="Agree and check").click()
    finished(panel)
    assert fresh.stored()["consentFor"] == host
    assert len(scripted.asked) == 1
    assert set(scripted.asked[0]["body"]) == {"text", "context", "limit"}
    expect(panel.locator("#sent")).to_have_text(f"Sent to {host}")


FAILURES = [
    ("busy", Reply.problem(503, "overloaded", Retry_After="7"), "Try again in 7 s"),
    ("busy", Reply.problem(429, "overloaded"), "Try again soon"),
    ("key", Reply.problem(401, "key"), "did not accept the API key"),
    ("server", Reply.problem(500, "internal-error"), "failed, or is not ready"),
    ("server", Reply.problem(503, "empty-corpus"), "failed, or is not ready"),
    ("version", Reply.problem(404, "not-found"), "does not speak this version's language"),
    ("version", Reply({"claims": []}), "does not speak this version's language"),
    ("bad-reply", Reply(b'{"event":\n', headers={"Content-Type": "application/x-ndjson"}), "does not understand"),
    ("bad-reply", Reply(b"", headers={"Content-Type": "application/x-ndjson"}), "does not understand"),
]


def test_every_failure_of_the_service_has_words_and_a_way_on(faked: Chromium, scripted: Server, site: Site) -> None:
    panel = open_panel(faked, open_article(faked, site))
    for code, reply, words in FAILURES:
        scripted.script = lambda _, reply=reply: reply
        panel.evaluate("document.getElementById('failure').dataset.code = ''")
        panel.locator("#go").click()
        expect(panel.locator(f"#failure[data-code={code}]")).to_contain_text(words)
        expect(panel.get_by_role("button", name="Try again")).to_be_focused()
    scripted.script = lambda asked: lines(asked["text"])
    panel.get_by_role("button", name="Try again").click()
    finished(panel)
    expect(panel.locator("#failure")).to_be_hidden()


def test_pages_that_cannot_be_read_or_hold_nothing(faked: Chromium, scripted: Server, site: Site) -> None:
    unread = faked.context.new_page()
    unread.goto(site.url("seed"))  # never acted upon
    panel = open_panel(faked, unread)
    panel.locator("#go").click()
    expect(panel.locator("#failure[data-code=no-access]")).to_contain_text("lets no extension read this page")
    faked.store(backend="http://127.0.0.1:9", consentFor="127.0.0.1:9")
    panel = open_panel(faked, open_article(faked, site))
    panel.locator("#go").click()
    expect(panel.locator("#failure[data-code=offline]")).to_contain_text("127.0.0.1:9 cannot be reached")
    assert scripted.asked == []


def test_hostile_words_are_words(faked: Chromium, scripted: Server, site: Site) -> None:
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>\u202e75\u202c"
    finding = {**FINDING, "explanation": evil, "official": {**FINDING["official"], "text": evil}}
    scripted.script = lambda asked: lines(
        asked["text"],
        reason=evil,
        findings=[finding],
        missing=[evil],
        evidence=[scored(text=evil, document_title=evil, document_url="javascript:alert(1)")],
    )
    panel = open_panel(faked, open_article(faked, site))
    panel.locator("#go").click()
    finished(panel)
    panel.locator("details").first.click()
    assert panel.locator("img, main script").count() == 0
    assert "owned" not in panel.title()
    assert "<script>document.title" in panel.locator("blockquote").inner_text()
    assert "⟨U+202E⟩75⟨U+202C⟩" in panel.locator("blockquote").inner_text()
    assert panel.locator("figcaption a").count() == 0
    assert "\u202e" not in panel.locator("#claims").inner_text()


def test_plain_words_of_the_menu_are_checked_and_said_to_be_plain(faked: Chromium, scripted: Server) -> None:
    scripted.script = lambda asked: lines(asked["text"])
    faked.desk.evaluate("() => chrome.storage.session.set({plain: {text: 'Aid is £57 million.'}})")
    panel = faked.context.new_page()
    panel.goto(faked.url("pages/panel.html?plain=1"))
    finished(panel)
    expect(panel.locator("#plain")).to_be_visible()
    assert scripted.asked[0]["body"]["text"] == "Aid is £57 million."


def test_settings(fresh: Chromium, service: Service) -> None:
    page = open_page(fresh, "options")
    expect(page.locator("#all")).to_be_enabled()
    address, status = page.get_by_label("Address"), page.get_by_role("status")
    for typed, words in (
        ("nonsense", "This is no web address."),
        ("ftp://127.0.0.1", "This is no web address."),
        ("http://service.example", "Use https."),
        ("https://service.example/path", "Only the host and its port"),
        ("https://user:word@service.example", "Only the host and its port"),
    ):
        address.fill(typed)
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#backend-error")).to_contain_text(words)
        assert fresh.stored() == {}
    address.fill(f"http://localhost:{service.port}/")
    page.get_by_label("API key").fill("secret")
    page.get_by_role("button", name="Test connection").click()
    expect(status).to_contain_text(re.compile(r"127\.0\.0\.1:\d+ answers: Headwater [\d.]+, documents: \d+"))
    page.get_by_role("button", name="Save").click()
    expect(status).to_have_text("Saved")
    assert fresh.stored() == {"backend": service.url, "apiKey": "secret", "language": "auto"}
    address.fill("http://127.0.0.1:9")
    page.get_by_role("button", name="Test connection").click()
    expect(status).to_contain_text("127.0.0.1:9 cannot be reached")


def test_another_host_is_asked_for_only_when_it_is_saved(fresh: Chromium) -> None:
    page = open_page(fresh, "options")
    page.evaluate(
        """() => { window.asked = [];
          chrome.permissions.request = async given => { asked.push(given); return asked.length > 1 } }"""
    )
    page.get_by_label("Address").fill("https://service.example:8443")
    page.get_by_role("button", name="Test connection").click()
    expect(page.get_by_role("status")).to_contain_text("does not let Headwater reach service.example:8443")
    assert page.evaluate("asked") == []
    save = page.get_by_role("button", name="Save")
    save.click()
    expect(page.get_by_role("status")).to_contain_text("was not allowed to reach service.example:8443")
    assert fresh.stored() == {}
    save.click()
    expect(page.get_by_role("status")).to_have_text("Saved")
    assert page.evaluate("asked") == [{"origins": ["https://service.example/*"]}] * 2
    expect(page.locator("#consent")).to_contain_text("You have not agreed to send text to service.example:8443")


def test_my_data_is_deleted_after_a_second_thought(asked: Chromium) -> None:
    page = open_page(asked, "options")
    page.get_by_role("button", name="Delete my data").click()
    page.get_by_role("button", name="Keep").click()
    assert asked.stored() != {}
    page.get_by_role("button", name="Delete my data").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Everything was deleted.")
    assert asked.stored() == {}
    assert page.evaluate("chrome.storage.session.get()") == {}


def test_the_first_page_asks_and_takes_back(fresh: Chromium) -> None:
    page = open_page(fresh, "welcome")
    assert "127.0.0.1:8710" in page.locator("#sends").inner_text()
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_role("status")).to_have_text("You agreed to send text to 127.0.0.1:8710.")
    assert fresh.stored() == {"consentFor": "127.0.0.1:8710"}
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("status")).to_contain_text("You have not agreed")
    assert fresh.stored() == {"consentFor": ""}


@pytest.mark.parametrize("name", ["options", "welcome"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(fresh: Chromium, name: str, scheme: str) -> None:
    page = open_page(fresh, name)
    page.emulate_media(color_scheme=scheme)
    assert broken_rules(page) == []


def test_axe_finds_nothing_on_the_panel(faked: Chromium, scripted: Server, site: Site) -> None:
    scripted.script = lambda asked: lines(asked["text"], verdict="shifted", missing=["some words"])
    panel = open_panel(faked, open_article(faked, site))
    panel.locator("#go").click()
    finished(panel).locator("summary").first.click()
    for scheme in ("light", "dark"):
        panel.emulate_media(color_scheme=scheme)
        assert broken_rules(panel) == []
    scripted.script = lambda _: Reply.problem(503, "overloaded")
    panel.locator("#go").click()
    expect(panel.locator("#failure")).to_be_visible()
    assert broken_rules(panel) == []


def test_outcomes_do_not_hang_on_colour(whole: Page) -> None:
    words = {item.inner_text().split("\n")[0] for item in whole.locator("#claims > li").all()}
    assert {"✓ matches", "≈ differs in part", "∅ not in source"} <= words
    signs = {item.inner_text()[0] for item in whole.locator("#claims > li .outcome").all()}
    assert len(signs) == len(words)
    whole.emulate_media(forced_colors="active", reduced_motion="reduce")
    assert whole.locator("#claims > li").first.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


@pytest.mark.parametrize("name", ["options", "welcome", "panel"])
def test_at_200_percent_nothing_is_cut_off(fresh: Chromium, name: str) -> None:
    page = open_page(fresh, name)
    page.set_viewport_size({"width": 320, "height": 480})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_the_panel_by_keyboard_alone(faked: Chromium, scripted: Server, site: Site) -> None:
    scripted.script = lambda asked: lines(asked["text"])
    panel = open_panel(faked, open_article(faked, site))
    panel.keyboard.press("Tab")
    expect(panel.locator("#go")).to_be_focused()
    panel.keyboard.press("Enter")
    finished(panel)
    panel.keyboard.press("Tab")
    expect(panel.get_by_label(re.compile("^All "))).to_be_focused()
    panel.keyboard.press("ArrowRight")
    expect(panel.get_by_label(re.compile("^Differs "))).to_be_checked()
    panel.keyboard.press("Tab")
    expect(panel.locator(".claim").first).to_be_focused()
    panel.keyboard.press("Enter")
    expect(panel.locator("#status")).to_contain_text("shown in the page")
    panel.keyboard.press("Tab")
    expect(panel.locator("summary").first).to_be_focused()
    panel.keyboard.press("Enter")
    expect(panel.locator("blockquote").first).to_be_visible()
    panel.keyboard.press("Tab")
    expect(panel.locator("figcaption a").first).to_be_focused()


def test_settings_by_keyboard_alone(fresh: Chromium) -> None:
    page = open_page(fresh, "options")
    expect(page.locator("#all")).to_be_enabled()
    for name in ("backend", "key", "language", "save", "test", "delete"):
        page.keyboard.press("Tab")
        expect(page.locator(f"#{name}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#delete")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved")


def test_the_second_language(faked: Chromium, scripted: Server, site: Site) -> None:
    scripted.script = lambda asked: lines(asked["text"])
    faked.desk.evaluate("() => chrome.storage.local.set({language: 'fr'})")
    panel = open_panel(faked, open_article(faked, site))
    panel.get_by_role("button", name="Vérifier tout l'article").click()
    finished(panel)
    assert panel.locator("html").get_attribute("lang") == "fr"
    assert "Chiffres : 0 concordent, 1 diffèrent, 0 absents de la source" in panel.locator("#totals").inner_text()
    for name in ("options", "welcome"):
        assert open_page(faked, name).locator("h1").inner_text() == LOCALES["fr"][f"{name}_title"]["message"]


def test_every_word_a_page_asks_for_is_there_in_every_language() -> None:
    pages = EXTENSION / "pages"
    asked = set()
    for path in sorted(pages.glob("*.html")):
        asked |= set(re.findall(r'data-(?:words|label)="([a-z_]+)"', path.read_text("utf-8")))
    for path in sorted(pages.glob("*.js")):
        asked |= set(re.findall(r"'((?:panel|options|welcome|card|consent|menu)_[a-z_]+)'", path.read_text("utf-8")))
    assert len(asked) > 60
    for messages in LOCALES.values():
        assert asked <= messages.keys()
    unused = {key for key in LOCALES["en"] if re.match("panel|options|welcome", key)} - asked
    assert unused <= {
        f"panel_filter_{name}" for name in ("all", "differs", "matches", "not_in_source", "no_source")
    } | {f"options_{why}" for why in ("not_address", "not_secure", "more_than_origin")}
