"""A real Chromium, and a page served to it as a publisher serves it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> Path:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found is not None, f"these tests need a Chromium: none of {', '.join(NAMES)} is on the path"
    return Path(found)


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    """One window of a browser that finds the publishers on this machine, and nobody else."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
        )
        opened = browser.new_page(viewport={"width": 1000, "height": 200})
        yield opened
        browser.close()
