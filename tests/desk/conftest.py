"""The desk in a real Chromium: with a checker that answers at a word, and with the real one on the seed pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.browsers import NEEDED, find
from tests.desk.served import GatedChecker, Served
from tests.gate.gold import FIXTURES

from corpus_factories import make_record
from fakes import MODEL
from headwater.api.app import create_app
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings
from headwater.sources.ingest import ingest
from headwater.wiring import open_parts, open_store

WAIT_MS = 30_000  # a busy machine takes its time; what is waited for is a state, never a time


@dataclass
class Desk:
    """A running desk, and what it checks with."""

    served: Served
    checker: GatedChecker

    @property
    def url(self) -> str:
        return self.served.url


@pytest.fixture(scope="session")
def running_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    settings = Settings(database=tmp_path_factory.mktemp("desk") / "corpus.sqlite3", max_file_bytes=1_000_000)
    store, checker = CorpusStore(settings.database), GatedChecker()
    store.add_documents([make_record(title="New deals")])
    served = Served(create_app(checker, store, settings, model_id=MODEL))
    yield Desk(served, checker)
    served.close()


@pytest.fixture
def desk(running_desk: Desk) -> Iterator[Desk]:
    fresh = GatedChecker()
    running_desk.checker.report, running_desk.checker.failure = fresh.report, None
    running_desk.checker.is_open = True
    yield running_desk
    running_desk.served.wire.mend()
    running_desk.checker.open()


@pytest.fixture(scope="session")
def real_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = Settings(database=tmp_path_factory.mktemp("real") / "corpus.sqlite3")
    parts = open_parts(settings, open_store(settings))
    ingest([FIXTURES / "seed" / "release.txt"], parts.store, parts.encoder)
    served = Served(create_app(parts.checker, parts.store, settings, model_id=parts.encoder.model_id))
    yield served
    served.close()


@pytest.fixture(scope="module")  # its event loop must not be running in other tests
def browser() -> Iterator[Browser]:
    needed = next(program for program in NEEDED if program.name == "Chromium")
    found = find(needed)
    assert found is not None, f"these tests need one of {', '.join(needed.programs)}: python -m tests.browsers gets it"
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
        )
        yield launched
        launched.close()


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def opening(**options: object) -> BrowserContext:
        options = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", **options}
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT_MS)
        opened.append(context)
        return context

    yield opening
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page whose scripts make no fault and break no rule of the page's policy."""
    opened = open_context().new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield opened
    assert faults == []


def ask(page: Page, url: str, article: str, source: str = "", **fields: str) -> None:
    """Fill in the form and send it."""
    page.goto(url)
    page.get_by_label("Paste it, or drop a file here").fill(article)
    if source:
        page.get_by_label("Paste the release, or drop a file here").fill(source)
    else:
        page.get_by_label("Find it in the corpus").check()
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(value)
    page.get_by_role("button", name="Check", exact=True).click()


def ready(page: Page) -> Page:
    """Wait until the page's script is at work: before, a key that is pressed is lost."""
    expect(page.locator("html.script")).to_have_count(1)
    return page


def finished(page: Page, *, scripted: bool = True) -> Page:
    """Wait until the check is over."""
    expect(page.locator("#progress")).to_have_attribute("data-state", "done")
    return ready(page) if scripted else page


def seed(name: str) -> str:
    return Path(FIXTURES / "seed" / name).read_text("utf-8")
