"""The extension against the real service that wants a key: refused without one, and with a wrong one."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from tests.extension.chromium import Chromium
from tests.extension.conftest import Service, check
from tests.extension.site import Site

from headwater.api.app import create_app
from headwater.corpus.key_secrets import make_key
from headwater.corpus.keys import KeyRecords, KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings

WORDS = "It was £57 million"
REFUSED = "did not accept the API key"


class Guarded:
    """The real service with keys of its own; it checks as the other one does."""

    def __init__(self, service: Service, path: Path) -> None:
        store = CorpusStore(path)
        self.keys: KeyRecords = open_keys(store)
        app = create_app(service.parts.checker, store, Settings(database=path, access="keys"), model_id="model")
        self.server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", ws="none"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        self.host = f"127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture
def guarded(service: Service, tmp_path: Path) -> Iterator[Guarded]:
    running = Guarded(service, tmp_path / "keys.sqlite3")
    yield running
    running.close()


def plain(browser: Chromium, site: Site):
    page = browser.context.new_page()
    page.goto(site.url("plain.html"))
    return page


@pytest.mark.parametrize("kind", ["none", "unknown", "revoked", "scope"])
def test_a_key_that_is_not_accepted(kind: str, guarded: Guarded, fresh: Chromium, site: Site) -> None:
    made = guarded.keys.create(KeyTerms("Reader", ("ingest",) if kind == "scope" else ("match",)))
    if kind == "revoked":
        guarded.keys.revoke(made.key_id)
    sent = {"none": "", "unknown": make_key().written}.get(kind, made.written)
    fresh.store(backend=f"http://{guarded.host}", consentFor=guarded.host, apiKey=sent)
    card = check(fresh, plain(fresh, site), WORDS, state="error")
    assert REFUSED in card.status()
    assert guarded.host in card.status()


def test_a_key_that_is_accepted_and_how_often(guarded: Guarded, fresh: Chromium, site: Site) -> None:
    made = guarded.keys.create(KeyTerms("Reader", ("match",), per_minute=1))
    fresh.store(backend=f"http://{guarded.host}", consentFor=guarded.host, apiKey=made.written)
    assert check(fresh, plain(fresh, site), WORDS, state="done").count("article") >= 1
    card = check(fresh, plain(fresh, site), "It was", state="error")
    assert "Try again in" in card.status()
