"""The real service on the seed release, a scripted one for faults, pages, and one Chromium for all tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, Playwright, sync_playwright
from tests.extension.chromium import Card, Chromium
from tests.extension.scripted import Server
from tests.extension.site import Site
from tests.gate.gold import FIXTURES

from headwater.api.app import create_app
from headwater.settings import Settings
from headwater.sources.ingest import ingest
from headwater.wiring import open_parts, open_store

OF_FIREFOX = {  # words of the manifest that Chromium does not know
    "'background.scripts' requires manifest version of 2 or lower.",
    "Unrecognized manifest key 'sidebar_action'.",
}
HERE = Path(__file__).parent
SOURCES = [FIXTURES / "seed" / "release.txt", FIXTURES / "corpus" / "european_union"]


class Service:
    """The real service, in a thread of its own."""

    def __init__(self, settings: Settings) -> None:
        self.parts = open_parts(settings, open_store(settings))
        ingest(SOURCES, self.parts.store, self.parts.encoder)
        app = create_app(self.parts.checker, self.parts.store, settings, model_id=self.parts.encoder.model_id)
        self.server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", ws="none"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(Settings(database=tmp_path_factory.mktemp("corpus") / "corpus.sqlite3"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.close()


@pytest.fixture(scope="session")
def scripted_server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def scripted(scripted_server: Server) -> Iterator[Server]:
    scripted_server.reset()
    yield scripted_server
    scripted_server.reset()


class Shared:
    """One Playwright and one Chromium for all tests of this folder: a start takes seconds."""

    def __init__(self) -> None:
        self.running: Playwright | None = None
        self.browser: Chromium | None = None

    def playwright(self) -> Playwright:
        if self.running is None:
            self.running = sync_playwright().start()
        return self.running

    def chromium(self) -> Chromium:
        if self.browser is None:
            self.browser = Chromium(self.playwright())
        return self.browser

    def close(self) -> None:
        """End both: an event loop that goes on running would break the tests of other folders."""
        browser, running = self.browser, self.running
        self.browser = self.running = None
        try:
            if browser is not None:
                errors = browser.errors()
                browser.close()
                assert errors <= OF_FIREFOX
        finally:
            if running is not None:
                running.stop()


SHARED = Shared()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Close what is shared after the last test of this folder."""
    if nextitem is None or not nextitem.path.is_relative_to(HERE):
        SHARED.close()


@pytest.fixture
def playwright() -> Playwright:
    return SHARED.playwright()


@pytest.fixture(scope="module")
def chromium() -> Chromium:
    return SHARED.chromium()


@pytest.fixture
def fresh(chromium: Chromium) -> Iterator[Chromium]:
    """The browser without open tabs and settings."""
    chromium.close_tabs()
    chromium.store()
    yield chromium
    chromium.close_tabs()


@pytest.fixture
def asked(fresh: Chromium, service: Service) -> Chromium:
    """The browser, set to the real service with the user's consent."""
    fresh.store(backend=service.url, consentFor=f"127.0.0.1:{service.port}")
    return fresh


@pytest.fixture
def faked(fresh: Chromium, scripted: Server) -> Chromium:
    """The browser, set to the scripted service with the user's consent."""
    fresh.store(backend=scripted.url, consentFor=f"127.0.0.1:{scripted.server_port}")
    return fresh


def select(page: Page, words: str) -> None:
    """Select exact words, wherever in the page's text they stand."""
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), nodes = []; let all = '';
          for (let node; (node = walker.nextNode());) { nodes.push([all.length, node]); all += node.data }
          const at = all.indexOf(words); if (at < 0) throw new Error('no such words in the page');
          const spot = n => { const [start, node] = nodes.filter(([s]) => s <= n).at(-1); return [node, n - start] };
          getSelection().setBaseAndExtent(...spot(at), ...spot(at + words.length)) }""",
        words,
    )


def check(browser: Chromium, page: Page, words: str = "", state: str = "done") -> Card:
    """Select, click the toolbar button, and wait for the card."""
    if words:
        select(page, words)
    browser.click_action(page)
    return Card(page).wait(state)
