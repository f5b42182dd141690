"""Everybody's desk: no violation that axe finds, no script needed, hostile text shown as text, a phone's width."""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.desk.conftest import Desk, ask, finished

from factories import ARTICLE, HOSTILE, OFFICIAL_TEXT, make_hostile_report

AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
DESKTOP = {"width": 1440, "height": 900}
LAPTOP = {"width": 1100, "height": 800}
PHONE = {"width": 360, "height": 740}
VIOLATIONS = "async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).slice(0, 3)}`)"


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    return page.evaluate(VIOLATIONS)


def wider_than_the_window(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(
    ("scheme", "viewport"), [("light", DESKTOP), ("dark", DESKTOP), ("light", LAPTOP), ("dark", PHONE)]
)
def test_axe_finds_nothing(
    open_context: Callable[..., BrowserContext], desk: Desk, scheme: str, viewport: dict[str, int]
) -> None:
    page = open_context(color_scheme=scheme, viewport=viewport).new_page()
    page.goto(desk.url)
    for details in page.locator("details").all():
        details.evaluate("one => { one.open = true }")
    assert violations(page) == []
    assert not wider_than_the_window(page)
    ask(page, desk.url, ARTICLE, OFFICIAL_TEXT)
    finished(page)
    for details in page.locator("details").all():
        details.evaluate("one => { one.open = true }")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("[data-decision]")).to_have_count(1)
    assert violations(page) == []
    assert not wider_than_the_window(page)


def test_axe_finds_nothing_in_forced_colours_and_under_way(
    open_context: Callable[..., BrowserContext], desk: Desk
) -> None:
    page = open_context(forced_colors="active").new_page()
    desk.checker.hold()
    desk.checker.let(3)
    ask(page, desk.url, ARTICLE, OFFICIAL_TEXT)
    expect(page.locator("#claims .card")).to_have_count(2)
    assert violations(page) == []
    page.goto(f"{desk.url}/checks/none")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []


def test_the_whole_way_without_a_script(open_context: Callable[..., BrowserContext], desk: Desk) -> None:
    page = open_context(java_script_enabled=False).new_page()
    desk.checker.hold()
    desk.checker.let(3)
    ask(page, desk.url, ARTICLE, OFFICIAL_TEXT)
    expect(page.locator("#claims .card")).to_have_count(2)  # it loads itself anew
    desk.checker.open()
    finished(page, scripted=False)
    expect(page.locator("#claims .card")).to_have_count(6)
    assert page.locator("#figures tbody tr").count() == 2
    assert not page.locator("#bar").is_visible()
    page.get_by_label("Reason to dismiss c2-0").fill("Confirmed")
    page.get_by_role("button", name="Dismiss c2-0").click()
    expect(page.locator("#c2-0 [data-decided]")).to_have_text("Dismissed: Confirmed")
    page.get_by_text("Delete this check").click()
    page.get_by_role("button", name="Delete it now").click()
    expect(page.get_by_role("heading", name="Check a text before it is published")).to_be_visible()


def test_cancelled_without_a_script(open_context: Callable[..., BrowserContext], desk: Desk) -> None:
    page = open_context(java_script_enabled=False).new_page()
    desk.checker.hold()
    desk.checker.let(2)
    ask(page, desk.url, ARTICLE, OFFICIAL_TEXT)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#progress")).to_have_attribute("data-state", "cancelled")


def test_hostile_text_is_shown_as_text(page: Page, desk: Desk) -> None:
    desk.checker.report = make_hostile_report()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    desk.checker.hold()
    desk.checker.let(2)
    ask(page, desk.url, HOSTILE, HOSTILE)
    expect(page.locator("#claims .card")).to_have_count(1)  # by the script's own way, too
    desk.checker.open()
    finished(page)
    assert page.locator("main script, main img, main [onerror], main style").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
    expect(page.locator("#c1 .why").first).to_contain_text("<script>alert('x')</script>")
    expect(page.locator("#article")).to_contain_text("<script>alert('x')</script>")
    assert page.locator("#article p").first.get_attribute("dir") == "auto"


@pytest.mark.parametrize(
    "attempt",
    [
        "document.body.innerHTML = '<p>x</p>'",
        "document.body.insertAdjacentHTML('beforeend', '<p>x</p>')",
        "new DOMParser().parseFromString('<p>x</p>', 'text/html')",
        "document.createElement('script').textContent = 'x'",
        "trustedTypes.createPolicy('other', {createHTML: s => s})",
    ],
)
def test_no_other_markup_can_be_put_into_the_page(
    open_context: Callable[..., BrowserContext], desk: Desk, attempt: str
) -> None:
    page = open_context().new_page()
    page.goto(desk.url)
    tried = f"() => {{ try {{ {attempt}; return 'let through' }} catch (error) {{ return error.name }} }}"
    assert page.evaluate(tried) == "TypeError"


def test_a_phone_reads_the_claims_first_and_keeps_the_filters(
    open_context: Callable[..., BrowserContext], desk: Desk
) -> None:
    page = open_context(viewport=PHONE, has_touch=True).new_page()
    ask(page, desk.url, ARTICLE, OFFICIAL_TEXT)
    finished(page)
    tops = {name: page.locator(f"#{name}").bounding_box()["y"] for name in ("found", "article", "official")}
    assert tops["found"] < tops["article"] < tops["official"]
    page.get_by_role("button", name="Next").tap()
    expect(page.locator("#c2-0")).to_be_in_viewport()
    page.locator(".filters summary").tap()
    page.locator("#weights").get_by_label("high").uncheck()
    assert not page.locator("#c2").is_visible()
