"""The extractor never corrupts a figure: what is sent is what a reader sees."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.extension.chromium import EXTENSION, Card, Chromium
from tests.extension.scripted import Server
from tests.extension.site import Site

CASES = tomllib.loads(Path(__file__).with_name("extraction.toml").read_text("utf-8"))
DESIGNED = ("footnote", "revised", "cells", "blocks", "hidden", "transformed", "spaces")
SELECT = "getSelection().selectAllChildren(document.getElementById('case'))"
PLACED = """() => {
  const read = Headwater.textOf(getSelection().getRangeAt(0)), flat = words => words.replace(/[ \\n]/g, ' ');
  return read.runs.every(([start, node, at, length]) =>
    flat(node.data.slice(at, at + length)) === flat(read.text.slice(start, start + length)));
}"""
READ = "() => Headwater.textOf(getSelection().getRangeAt(0)).text"


@pytest.fixture(scope="module")
def reader(chromium: Chromium) -> Page:
    """A tab in which pages are read without the extension, by the very file that it injects."""
    return chromium.context.new_page()


@pytest.mark.parametrize("name", CASES)
def test_reads_what_is_seen(name: str, reader: Page, site: Site) -> None:
    if reader.is_closed():
        pytest.fail("another test closed the tab")
    reader.goto(site.url(f"extraction/{name}.html"))
    reader.add_script_tag(path=EXTENSION / "content" / "text.js")
    reader.evaluate(SELECT)
    assert reader.evaluate(READ) == CASES[name]["wanted"]
    assert reader.evaluate(PLACED)  # every character is known to stand where it stands


@pytest.mark.parametrize("name", DESIGNED)
def test_sends_what_is_seen(name: str, faked: Chromium, scripted: Server, site: Site) -> None:
    page = faked.context.new_page()
    page.goto(site.url(f"extraction/{name}.html"))
    page.evaluate(SELECT)
    faked.click_action(page)
    Card(page).wait("done")
    assert scripted.asked[0]["body"]["text"] == CASES[name]["wanted"]
