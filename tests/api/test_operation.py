"""/healthz, /readyz, /version and /v1/documents."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from factories import OFFICIAL_TEXT
from fakes import MODEL, FakeChecker
from headwater import RULE_VERSION, __version__
from headwater.api.answers import DocumentAnswer
from headwater.api.app import create_app
from headwater.corpus.store import CorpusStore
from headwater.domain.verdicts import CheckReport
from headwater.settings import Settings
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio


def connect(store: CorpusStore, settings: Settings, model_id: str = MODEL) -> httpx.AsyncClient:
    app = create_app(FakeChecker(), store, settings, model_id=model_id)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


async def test_healthz(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "alive"}


async def test_ready_with_passages_and_a_model(client: httpx.AsyncClient) -> None:
    answer = await client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert answer.json()["checks"]["model"] == MODEL
    assert int(answer.json()["checks"]["passages"]) > 0


async def test_an_empty_corpus_is_not_ready(tmp_path: Path, settings: Settings) -> None:
    with CorpusStore(tmp_path / "empty.sqlite3") as empty:
        async with connect(empty, settings) as client:
            answer = await client.get("/readyz")
    assert_problem(answer, "not-ready")
    assert answer.json()["checks"]["passages"] == "0"


async def test_without_a_model_it_is_not_ready(store: CorpusStore, settings: Settings) -> None:
    async with connect(store, settings, model_id="") as client:
        answer = await client.get("/readyz")
    assert_problem(answer, "not-ready")
    assert answer.json()["checks"]["model"] == "not loaded"


async def test_a_damaged_database_is_not_ready(store: CorpusStore, settings: Settings) -> None:
    async with connect(store, settings) as client:
        store.close()
        settings.database.write_bytes(b"not a database, " * 1_000)
        ready, version = await client.get("/readyz"), await client.get("/version")
    assert_problem(ready, "not-ready")
    assert ready.json()["checks"]["database"] == "does not answer"
    assert_problem(version, "corpus-unavailable")


async def test_it_is_not_ready_until_the_index_is_read(store: CorpusStore, settings: Settings) -> None:
    read = threading.Event()

    class ColdChecker(FakeChecker):
        def warm(self) -> None:
            read.wait()

    app = create_app(ColdChecker(), store, settings, model_id=MODEL)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")
    async with app.router.lifespan_context(app), client:
        answer = await client.get("/readyz")
        assert_problem(answer, "not-ready")
        assert answer.json()["checks"]["index"] == "being read"
        assert (await client.get("/healthz")).status_code == 200
        read.set()
        while (answer := await client.get("/readyz")).status_code != 200:
            assert_problem(answer, "not-ready")
        assert answer.json()["checks"]["index"] == "read"


async def test_a_full_queue_is_not_ready_while_it_lasts(store: CorpusStore, settings: Settings) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class SlowChecker(FakeChecker):
        def check(self, *given: Any, **named: Any) -> CheckReport:
            begun.set()
            go_on.wait()
            return super().check(*given, **named)

    settings = settings.model_copy(update={"check_threads": 1, "check_queue_length": 0})
    app = create_app(SlowChecker(), store, settings, model_id=MODEL)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        asking = asyncio.create_task(client.post("/v1/match", json={"text": "Ships sank."}))
        await asyncio.to_thread(begun.wait)
        answer = await client.get("/readyz")
        assert_problem(answer, "not-ready")
        assert answer.json()["checks"]["queue"] == "full"
        assert (await client.get("/healthz")).status_code == 200
        go_on.set()
        assert (await asking).status_code == 200
        assert (await client.get("/readyz")).json()["checks"]["queue"] == "has room"


async def test_version(client: httpx.AsyncClient, store: CorpusStore) -> None:
    assert (await client.get("/version")).json() == {
        "service": __version__,
        "rules": RULE_VERSION,
        "model": MODEL,
        "corpus": store.revision(),
        "documents": 1,
    }


@pytest.fixture
def document_id(store: CorpusStore) -> str:
    return next(iter(store.passages([1]).values())).document.id


async def test_a_document_is_shown_with_its_passages(client: httpx.AsyncClient, document_id: str) -> None:
    answer = await client.get(f"/v1/documents/{document_id}")
    shown = DocumentAnswer.model_validate(answer.json())
    assert shown.text == OFFICIAL_TEXT
    assert shown.publisher == "Home Office"
    assert [OFFICIAL_TEXT[item.span.start : item.span.end] for item in shown.passages] == [
        item.text for item in shown.passages
    ]
    assert len(shown.passages) == 2


async def test_a_version_is_shown_by_number(client: httpx.AsyncClient, document_id: str) -> None:
    assert (await client.get(f"/v1/documents/{document_id}?version=1")).json()["version"] == 1
    assert_problem(await client.get(f"/v1/documents/{document_id}?version=2"), "not-found")


async def test_a_document_that_is_held_is_not_sent_again(client: httpx.AsyncClient, document_id: str) -> None:
    first = await client.get(f"/v1/documents/{document_id}")
    known = {"if-none-match": first.headers["etag"]}
    again = await client.get(f"/v1/documents/{document_id}", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
