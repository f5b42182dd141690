"""The pictures that extension/README.md shows, taken of what the tests drive. WRITE_PICTURES=1 keeps them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.extension.chromium import EXTENSION, Chromium
from tests.extension.conftest import check
from tests.extension.site import Site
from tests.extension.test_pages import finished, open_article, open_page, open_panel

README = EXTENSION.parent / "README.md"
PICTURES = EXTENSION.parent / "pictures"
MONEY = (
    "Additionally, the UK has committed to investing an extra £57 million to strengthen its Border Security Command."
)
MOST_BYTES = 150_000  # a page of pictures stays quick to open


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return PICTURES if os.environ.get("WRITE_PICTURES") == "1" else tmp_path


def take(page: Page, target: Path) -> None:
    page.screenshot(path=target)
    assert target.read_bytes().startswith(b"\x89PNG")
    assert 5_000 < target.stat().st_size < MOST_BYTES


def test_the_card_and_the_panel(asked: Chromium, site: Site, folder: Path) -> None:
    page = asked.context.new_page()
    page.set_viewport_size({"width": 760, "height": 620})
    page.goto(site.url("seed?%C3%82%C5%8175=%C2%A357"))  # "ÂŁ75" becomes "£57"
    page.add_style_tag(
        content="body{font:16px/1.5 Georgia,serif;margin:1.5rem auto;max-width:40rem}nav,footer{display:none}"
    )
    page.get_by_text(MONEY).scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 250)")
    check(asked, page, MONEY)
    take(page, folder / "card.png")
    page.keyboard.press("Escape")
    panel = open_panel(asked, page)
    panel.set_viewport_size({"width": 380, "height": 760})
    panel.locator("#go").click()
    finished(panel).locator("#top").scroll_into_view_if_needed()
    take(panel, folder / "panel.png")
    panel.get_by_label(re.compile("^Differs ")).check()
    panel.locator("#claims").scroll_into_view_if_needed()
    take(panel, folder / "panel_differs.png")
    page.bring_to_front()
    take(page, folder / "marks.png")


def test_the_other_pages(asked: Chromium, folder: Path) -> None:
    for name, height in (("welcome", 720), ("options", 620)):
        page = open_page(asked, name)
        page.set_viewport_size({"width": 720, "height": height})
        take(page, folder / f"{name}.png")


def test_a_failure_and_the_dark_scheme(asked: Chromium, site: Site, folder: Path) -> None:
    asked.store(backend="http://127.0.0.1:9", consentFor="127.0.0.1:9")
    panel = open_panel(asked, open_article(asked, site))
    panel.emulate_media(color_scheme="dark")
    panel.set_viewport_size({"width": 380, "height": 320})
    panel.locator("#go").click()
    panel.locator("#failure:visible").wait_for()
    take(panel, folder / "failure_dark.png")


def test_the_page_of_pictures_shows_every_picture() -> None:
    shown = set(re.findall(r"pictures/([a-z_]+\.png)", README.read_text("utf-8")))
    kept = {path.name for path in PICTURES.glob("*.png")}
    assert shown == kept
    assert len(kept) >= 7
    assert sum(path.stat().st_size for path in PICTURES.glob("*.png")) < 800_000
