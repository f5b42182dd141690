"""/metrics: what is counted, how it is written, and who may see it."""

import re

import httpx
import pytest

from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.api.metrics import sample
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.settings import AccessMode, Settings

pytestmark = pytest.mark.anyio
LINE = re.compile(r'[a-z_]+(\{[a-z]+="(?:[^"\\]|\\.)*"(,[a-z]+="(?:[^"\\]|\\.)*")*\})? [0-9.e+-]+')


async def figures(client: httpx.AsyncClient) -> dict[str, float]:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for line in lines:
        assert line.startswith(("# HELP ", "# TYPE ")) or LINE.fullmatch(line), line
    return {name: float(value) for name, _, value in (x.rpartition(" ") for x in lines if x[0] != "#")}


async def test_everything_that_is_asked_is_counted(client: httpx.AsyncClient) -> None:
    for _ in range(2):
        await client.post("/v1/match", json={"text": "A secret claim."})
    await client.post("/v1/match", json={"text": "A secret claim."}, headers={"Accept": "application/x-ndjson"})
    await client.post("/v1/compare", json={"text": "A.", "source": "B."})
    await client.get("/v1/documents/secret-name")
    await client.request("BREW", "/secret-path")
    seen = await figures(client)
    assert seen['headwater_requests_total{method="POST",route="/v1/match",status="200"}'] == 3
    assert seen['headwater_requests_total{method="GET",route="/v1/documents/{document_id}",status="404"}'] == 1
    assert seen["headwater_checks_total"] == 4
    assert sum(value for name, value in seen.items() if name.startswith("headwater_claims_total")) > 0
    assert seen['headwater_request_seconds_count{route="/v1/match"}'] == 3
    assert seen['headwater_request_seconds_bucket{route="/v1/match",le="+Inf"}'] == 3
    assert seen["headwater_documents"] == 1
    assert seen["headwater_passages"] > 0
    assert (seen["headwater_corpus_up"], seen["headwater_queue_waiting"]) == (1, 0)
    assert "secret" not in str(seen)
    assert "BREW" not in str(seen)


async def test_a_corpus_that_does_not_answer(store: CorpusStore, settings: Settings) -> None:
    settings = settings.model_copy(update={"access": "open"})
    app = create_app(FakeChecker(), store, settings, model_id=MODEL)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        store.close()
        settings.database.write_bytes(b"no database, " * 1_000)
        assert (await figures(client))["headwater_corpus_up"] == 0


@pytest.mark.parametrize("mode", ["auto", "keys", "proxy"])
async def test_nobody_sees_them_without_an_admins_key(store: CorpusStore, settings: Settings, mode: AccessMode) -> None:
    keys = open_keys(store)
    reader, admin = (keys.create(KeyTerms("Key", (scope,))).written for scope in ("match", "admin"))
    app = create_app(FakeChecker(), store, settings.model_copy(update={"access": mode}), model_id=MODEL)
    transport = httpx.ASGITransport(app, client=("198.51.100.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answers = [
            (await client.get("/metrics", headers={"Authorization": f"Bearer {key}"} if key else {})).status_code
            for key in ("", reader, admin)
        ]
    assert answers == [401, 403, 200]


def test_labels_are_escaped() -> None:
    assert sample("a", {"b": 'x"\\\n'}, 1) == 'a{b="x\\"\\\\\\n"} 1'
