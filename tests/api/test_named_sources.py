"""Checks that name their official text: an address of a listed host, or a document of the corpus."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from corpus_factories import make_record
from factories import ARTICLE, OFFICIAL_TEXT
from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings
from headwater.sources.fetching.fetcher import GuardedFetcher
from headwater.sources.fetching.limits import FetchLimits
from problem_shape import assert_problem
from publisher_server import LocalFetcher, PublisherServer, serving

pytestmark = pytest.mark.anyio

NEWS = "/government/news/improving-food-in-hospitals-and-schools"
URL = f"https://www.gov.uk{NEWS}"
STORED = "https://www.gov.uk/government/news/new-deals"


@dataclass
class Opened:
    """Counts how often a fetcher was opened."""

    base: str
    times: int = 0

    def __call__(self) -> LocalFetcher:
        self.times += 1
        return LocalFetcher(self.base)


@pytest.fixture
def publishers() -> PublisherServer:
    return PublisherServer()


@pytest.fixture
def opened(publishers: PublisherServer) -> Iterator[Opened]:
    with serving(publishers) as base:
        yield Opened(base)


@pytest.fixture
async def client(
    checker: FakeChecker, store: CorpusStore, settings: Settings, opened: Opened
) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(checker, store, settings, model_id=MODEL, open_fetching=opened)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        yield client
    app.state.official.close()


async def finished(client: httpx.AsyncClient, answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    for _ in range(2_000):
        told = (await client.get(answer.headers["location"])).json()
        if told["state"] not in {"waiting", "running"}:
            return told
        await asyncio.sleep(0.01)
    raise AssertionError("the check does not end")


def asked(**source: Any) -> dict[str, Any]:
    return {"article": {"text": ARTICLE}, "source": source}


async def test_an_address_is_fetched_and_read(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    told = await finished(client, await client.post("/v1/checks", json=asked(url=URL)))
    source = told["report"]["source"]
    assert (source["title"], source["url"]) == ("Improving food in hospitals and schools", URL)
    assert (source["published"], source["licence"]) == ("2014-05-08", "OGL-UK-3.0")
    _, text, _, context = checker.asked[-1]
    assert "hospital" in str(text)
    assert context.url == URL  # type: ignore[attr-defined]
    options = told["report"]["receipt"]["options"]
    assert (options["source_url"], options["source_published"]) == (URL, "2014-05-08")


async def test_what_the_sender_says_goes_first_and_forms_name_it_too(client: httpx.AsyncClient) -> None:
    fields = {"source_url": URL, "source_title": "Our title", "source_published": "2014-05-09"}
    answer = await client.post("/v1/checks", files={"article": ("a.txt", ARTICLE.encode())}, data=fields)
    source = (await finished(client, answer))["report"]["source"]
    assert (source["title"], source["published"], source["url"]) == ("Our title", "2014-05-09", URL)


async def test_the_address_of_a_text_that_is_sent_is_not_fetched(
    client: httpx.AsyncClient, publishers: PublisherServer, opened: Opened
) -> None:
    told = await finished(client, await client.post("/v1/checks", json=asked(url=URL, text=OFFICIAL_TEXT)))
    assert told["report"]["source"]["url"] == URL
    assert (publishers.requests, opened.times) == ([], 0)


@pytest.mark.parametrize(
    ("url", "slug", "says"),
    [
        ("https://www.gov.uk/government/news/nothing-here", "unreadable-file", "no page at the address"),
        ("https://www.nhs.uk/nothing", "unreadable-file", "no page at the address"),
    ],
)
async def test_an_address_without_a_document(client: httpx.AsyncClient, url: str, slug: str, says: str) -> None:
    answer = await client.post("/v1/checks", json=asked(url=url))
    assert_problem(answer, slug)
    assert says in answer.json()["detail"]


async def test_a_publisher_that_fails(client: httpx.AsyncClient, publishers: PublisherServer) -> None:
    publishers.faults[f"https://www.gov.uk/api/content{NEWS}"] = "500"
    answer = await client.post("/v1/checks", json=asked(url=f"{URL}?secret=1"))
    assert_problem(answer, "publisher-unavailable")
    assert "gov.uk" not in answer.json()["detail"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://www.example.com/release", "not on the list of official hosts"),
        ("http://169.254.169.254/latest/meta-data", "not on the list of official hosts"),
        ("https://localhost/x", "not on the list of official hosts"),
        ("https://www.gov.uk:22/x", "only the usual port"),
        ("https://who:secret@www.gov.uk/x", "user name or password"),
        ("file:///etc/passwd", "only https addresses"),
    ],
)
async def test_an_address_that_is_no_official_one_is_refused(
    checker: FakeChecker, store: CorpusStore, settings: Settings, url: str, says: str
) -> None:
    guarded = GuardedFetcher(limits=FetchLimits(attempts=1))
    app = create_app(checker, store, settings, model_id=MODEL, open_fetching=lambda: guarded)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        answer = await client.post("/v1/checks", json=asked(url=url))
    app.state.official.close()
    assert_problem(answer, "address-refused")
    assert says in answer.json()["detail"]
    assert "secret" not in answer.text
    assert checker.asked == []


async def test_too_many_addresses_at_once_are_refused(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app: Any = client._transport.app  # type: ignore[attr-defined]
    turns = threading.BoundedSemaphore(1)
    monkeypatch.setattr(app.state.official, "_turns", turns)
    turns.acquire()  # as one that is being fetched
    answer = await client.post("/v1/checks", json=asked(url=URL))
    assert_problem(answer, "overloaded")
    assert answer.headers["retry-after"]
    turns.release()
    await finished(client, await client.post("/v1/checks", json=asked(url=URL)))


async def test_a_document_of_the_corpus_by_id_and_by_address(
    client: httpx.AsyncClient, store: CorpusStore, checker: FakeChecker, opened: Opened
) -> None:
    item = (await client.get("/v1/documents")).json()["items"][0]
    for name in (item["id"], STORED, f"{STORED}/", f"{STORED}#section"):
        told = await finished(client, await client.post("/v1/checks", json=asked(document=name)))
        source = told["report"]["source"]
        assert (source["document"], source["version"], source["url"]) == (item["id"], 1, STORED)
        assert checker.asked[-1][1] == OFFICIAL_TEXT
    form = await client.post("/v1/checks", files={"article": ("a", b"words")}, data={"source_document": item["id"]})
    assert (await finished(client, form))["report"]["source"]["document"] == item["id"]
    assert opened.times == 0
    assert store.document(item["id"]).text == OFFICIAL_TEXT


async def test_a_version_of_a_document(client: httpx.AsyncClient, store: CorpusStore) -> None:
    first, updated = datetime(2024, 11, 7, tzinfo=UTC), datetime(2024, 12, 1, tzinfo=UTC)
    later = make_record(url=STORED, title="New deals", text="Other words.", first_published=first, updated=updated)
    store.add_documents([later])
    for more, version, text in (
        ({}, 2, "Other words."),
        ({"version": 1}, 1, OFFICIAL_TEXT),
    ):
        told = await finished(client, await client.post("/v1/checks", json=asked(document=STORED, **more)))
        assert told["report"]["source"]["version"] == version
        assert told["report"]["source"]["characters"] == len(text)
        assert bool(told["report"]["source"]["notices"]) == (version == 1)
    stood = {**asked(document=STORED), "as_of": "2024-11-20"}
    told = await finished(client, await client.post("/v1/checks", json=stood))
    assert told["report"]["source"]["version"] == 1


@pytest.mark.parametrize(
    ("source", "more", "says"),
    [
        ({"document": "0123456789abcdef"}, {}, "no document of that identifier"),
        ({"document": "https://www.gov.uk/elsewhere"}, {}, "no document of that address"),
        ({"document": "https://["}, {}, "no document of that address"),
        ({"document": STORED, "version": 7}, {}, "no version 7"),
        ({"document": STORED}, {"as_of": "2001-01-01"}, "had not appeared"),
    ],
)
async def test_documents_that_the_corpus_does_not_hold(
    client: httpx.AsyncClient, source: dict[str, Any], more: dict[str, Any], says: str
) -> None:
    answer = await client.post("/v1/checks", json={**asked(**source), **more})
    assert_problem(answer, "not-found")
    assert says in answer.json()["detail"]


async def test_a_receipt_finds_its_official_text_again(client: httpx.AsyncClient, store: CorpusStore) -> None:
    receipts = [
        (await finished(client, await client.post("/v1/checks", json=asked(**source))))["report"]["receipt"]
        for source in ({"document": STORED}, {"url": URL})
    ]
    for receipt in receipts:
        answer = await client.post("/v1/checks", json={"article": {"text": ARTICLE}, "receipt": receipt})
        assert (await finished(client, answer))["report"]["changes"] == []
    stored = receipts[0]["options"]["source_document"]
    store.remove_documents([stored])
    answer = await client.post("/v1/checks", json={"article": {"text": ARTICLE}, "receipt": receipts[0]})
    assert_problem(answer, "not-found")


async def test_a_receipt_of_a_text_that_was_sent_asks_for_it(client: httpx.AsyncClient) -> None:
    receipt = (await finished(client, await client.post("/v1/checks", json=asked(text=OFFICIAL_TEXT))))["report"][
        "receipt"
    ]
    answer = await client.post("/v1/checks", json={"article": {"text": ARTICLE}, "receipt": receipt})
    assert_problem(answer, "invalid-input")
    assert "give the same one again" in answer.json()["detail"]
