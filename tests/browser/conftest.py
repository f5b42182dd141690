"""A real Chromium, and a page served to it as a publisher serves it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright
from tests.browsers import NEEDED, find


def chromium_path() -> str:
    needed = next(program for program in NEEDED if program.name == "Chromium")
    found = find(needed)
    assert found is not None, f"these tests need one of {', '.join(needed.programs)}: python -m tests.browsers gets it"
    return found


@pytest.fixture(scope="module")
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
