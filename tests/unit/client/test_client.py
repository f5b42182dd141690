"""Both clients: against the real application where they can, and against answers made up for what goes wrong."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from tests.unit.client.serving import running

from corpus_factories import make_record
from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.client import (
    AsyncHeadwater,
    BadAnswerError,
    ClaimsStep,
    Headwater,
    HeadwaterClientError,
    InvalidRequestError,
    KeyRefusedError,
    LimitedError,
    ProblemError,
    ServiceUnreachableError,
    SummaryStep,
    asking,
    protocol,
)
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def key_and_address(tmp_path: Path) -> Iterator[tuple[str, str]]:
    settings = Settings(database=tmp_path / "corpus.sqlite3")
    store = CorpusStore(settings.database)
    store.add_documents([make_record(url=f"https://a.gov.uk/{number}", text=f"T {number}.") for number in range(5)])
    key = open_keys(store).create(KeyTerms("Test", ("match",), per_minute=1_000)).written
    with running(create_app(FakeChecker(), store, settings, model_id=MODEL)) as address:
        yield key, address


def test_all_methods_against_the_service(key_and_address: tuple[str, str]) -> None:
    key, address = key_and_address
    with Headwater(address, api_key=key) as client:
        check = client.match("A claim.", published=date(2024, 11, 8), title="News", limit=2)
        assert sum(check.summary.values()) == len(check.claims) > 0
        assert client.compare("A claim.", "A source.").versions.model == check.versions.model
        assert [result.answer is not None for result in client.match_many(["A.", "B."]).results] == [True, True]
        steps = list(client.stream("A claim."))
        assert isinstance(steps[-1], SummaryStep)
        assert all(isinstance(step, ClaimsStep) for step in steps[:-1])
        listed = list(client.documents(limit="2"))
        assert len({one.id for one in listed}) == 5
        assert client.document(listed[0].id).text.startswith("T ")
        assert list(client.documents(from_=date(2030, 1, 1))) == []
        with pytest.raises(InvalidRequestError) as refused:
            client.document("nowhere/../x?y")
        assert (refused.value.status, refused.value.slug) == (404, "not-found")
        assert refused.value.request_id


async def test_all_methods_with_await(key_and_address: tuple[str, str]) -> None:
    key, address = key_and_address
    async with AsyncHeadwater(address, api_key=key) as client:
        assert (await client.match("A claim.")).claims
        assert (await client.match_many(["A."])).failed == 0
        assert isinstance([step async for step in client.stream("A claim.")][-1], SummaryStep)
        assert len([one async for one in client.documents(limit="2")]) == 5
    async with AsyncHeadwater(address, api_key="hw_wrong") as client:
        with pytest.raises(KeyRefusedError) as refused:
            await client.match("A claim.")
        with pytest.raises(KeyRefusedError):
            [step async for step in client.stream("A claim.")]
    assert refused.value.slug == "invalid-key"


Reply = httpx.Response | Exception


def scripted(*replies: Reply) -> tuple[list[httpx.Request], httpx.MockTransport]:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        reply = replies[min(len(seen), len(replies)) - 1]
        if isinstance(reply, Exception):
            raise reply
        return httpx.Response(reply.status_code, headers=reply.headers, content=reply.content)

    return seen, httpx.MockTransport(answer)


def problem(status: int, slug: str, **headers: str) -> httpx.Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"type": f"/problems/{slug}", "detail": "why", "request_id": "r"}
    return httpx.Response(status, json=body, headers=sent)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asking.time, "sleep", waited.append)
    monkeypatch.setattr(anyio, "sleep", sleep)
    return waited


GOOD: Callable[[], httpx.Response] = lambda: httpx.Response(200, json={"items": [], "next": None})  # noqa: E731


@pytest.mark.parametrize(
    ("first", "waited"),
    [
        (problem(429, "rate-limited", Retry_After="7"), [7.0]),
        (problem(503, "overloaded", Retry_After="2"), [2.0]),
        (httpx.Response(502, text="<html>"), None),
        (httpx.ConnectError("no"), None),
        (httpx.ReadTimeout("no"), None),
    ],
)
async def test_what_may_succeed_is_tried_again_when_the_service_says(
    first: Reply, waited: list[float] | None, waits: list[float]
) -> None:
    for client_type in (Headwater, AsyncHeadwater):
        waits.clear()
        seen, transport = scripted(first, GOOD())
        client: Any = client_type(transport=transport)
        listed = client.documents()
        found = [one async for one in listed] if client_type is AsyncHeadwater else list(listed)
        assert found == []
        assert len(seen) == 2
        assert waits == waited if waited else 0.25 <= waits[0] <= 0.5


@pytest.mark.parametrize(
    ("reply", "error", "sent"),
    [
        (problem(429, "rate-limited", Retry_After="1"), LimitedError, 4),
        (problem(429, "quota-used-up", Retry_After="40000"), LimitedError, 1),
        (problem(503, "empty-corpus", Retry_After="30"), LimitedError, 4),
        (problem(500, "internal-error"), ProblemError, 1),
        (problem(401, "invalid-key"), KeyRefusedError, 1),
        (problem(413, "text-too-long"), InvalidRequestError, 1),
        (httpx.Response(404, text="nginx"), InvalidRequestError, 1),
        (httpx.Response(200, text="<html>"), BadAnswerError, 1),
        (httpx.Response(200, json={"claims": 7}), BadAnswerError, 1),
        (httpx.ConnectError("no"), ServiceUnreachableError, 4),
    ],
)
def test_errors_have_their_kind(reply: Reply, error: type[HeadwaterClientError], sent: int, waits: list[float]) -> None:
    seen, transport = scripted(reply)
    with Headwater(transport=transport) as client, pytest.raises(error) as raised:
        client.match("A secret text.")
    assert type(raised.value) is error
    assert len(seen) == sent == len(waits) + 1
    assert "secret" not in str(raised.value)
    if isinstance(raised.value, LimitedError):
        assert raised.value.retry_after


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (["{"], BadAnswerError),
        (['{"event": "other"}'], BadAnswerError),
        (["7"], BadAnswerError),
        ([json.dumps({"event": "problem", "problem": {"type": "/problems/overloaded", "status": 503}})], LimitedError),
    ],
)
def test_a_stream_that_goes_wrong(lines: list[str], error: type[Exception]) -> None:
    _, transport = scripted(httpx.Response(200, text="\n".join(lines) + "\n"))
    with Headwater(transport=transport) as client, pytest.raises(error):
        list(client.stream("A claim."))


def test_the_key_is_sent_as_a_header_alone_and_not_shown() -> None:
    seen, transport = scripted(GOOD())
    client = Headwater(api_key="hw_secret", transport=transport)
    list(client.documents())
    assert seen[0].headers["authorization"] == "Bearer hw_secret"
    assert "hw_secret" not in str(seen[0].url) + repr(client)


def test_a_date_in_retry_after_is_read() -> None:
    assert protocol.wait_asked(problem(503, "x", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")) == 0.0
    assert protocol.wait_asked(problem(503, "x", Retry_After="soon")) is None
