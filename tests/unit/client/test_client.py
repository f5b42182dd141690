"""Both clients: against the real application where they can, and against answers made up for what goes wrong."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
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
    ConflictError,
    File,
    Headwater,
    HeadwaterClientError,
    InvalidRequestError,
    JobEnd,
    KeyRefusedError,
    LimitedError,
    NoSuchThingError,
    Official,
    ProblemError,
    ServiceUnreachableError,
    SummaryStep,
    blocking,
    calls,
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
    scopes = ("match", "check", "ingest")
    key = open_keys(store).create(KeyTerms("Test", scopes, per_minute=1_000)).written
    with running(create_app(FakeChecker(), store, settings, model_id=MODEL)) as address:
        yield key, address


def names(client_type: type) -> set[str]:
    """The methods that a program sees, but for those that close a client."""
    return {name for name in vars(client_type) if not name.startswith("_")} - {"close", "aclose"}


def test_the_twins_have_the_same_methods() -> None:
    assert names(Headwater) == names(AsyncHeadwater) > {"match", "watch", "wait", "documents"}
    for name in names(Headwater):
        assert getattr(Headwater, name).__doc__


def test_there_is_a_method_for_every_operation(key_and_address: tuple[str, str]) -> None:
    """By what the calls ask: a path of the description for each, and each path asked by one."""
    _, address = key_and_address
    paths = httpx.get(f"{address}/openapi.json").json()["paths"]
    asks = [
        calls.match("A.").ask,
        calls.compare("A.", "B.").ask,
        calls.match_many(["A."]).ask,
        calls.document("ID").ask,
        calls.document_tag("ID").ask,
        calls.add_document("A.").ask,
        calls.delete_document("ID").ask,
        calls.document_page("", {}).ask,
        calls.coverage().ask,
        calls.start_check("A.").ask,
        calls.check("ID").ask,
        calls.events_of_check("ID", ""),
        calls.report("ID").ask,
        calls.cancel_check("ID").ask,
        calls.keep_check("ID").ask,
        calls.delete_check("ID").ask,
        calls.decide("ID", "c1", "accept").ask,
        calls.version().ask,
        calls.readiness().ask,
    ]
    asked = {(ask.method.lower(), ask.path.replace("documents/ID", "documents/{document_id}")) for ask in asks}
    asked = {(method, path.replace("checks/ID", "checks/{check_id}")) for method, path in asked}
    described = {(method, path) for path, methods in paths.items() for method in methods}
    assert described - asked == {("get", "/healthz")}
    assert asked <= described


RELEASE: dict[str, Any] = {"url": "https://a.gov.uk/new", "title": "New", "publisher": "Home Office"}


def test_all_methods_against_the_service(key_and_address: tuple[str, str]) -> None:
    key, address = key_and_address
    with Headwater(address, api_key=key) as client:
        check = client.match("A claim.", published=date(2024, 11, 8), title="News", limit=2)
        assert sum(check.summary.values()) == len(check.claims) > 0
        assert client.compare("A claim.", "A source.").versions.model == check.versions.model
        assert [result.answer is not None for result in client.match_many(["A.", "B."]).results] == [True, True]
        assert "@graph" in client.linked("A claim.", url="https://news.example/a")
        steps = list(client.stream("A claim."))
        assert isinstance(steps[-1], SummaryStep)
        assert all(isinstance(step, ClaimsStep) for step in steps[:-1])
        listed = list(client.documents(limit="2"))
        assert len({one.id for one in listed}) == 5
        assert client.document(listed[0].id).text.startswith("T ")
        assert list(client.documents(from_=date(2030, 1, 1))) == []
        assert client.coverage().documents == 5
        assert client.version().service
        assert client.readiness().ready
        with pytest.raises(NoSuchThingError) as refused:
            client.document("nowhere/../x?y")
        assert (refused.value.status, refused.value.slug) == (404, "not-found")
        assert refused.value.request_id


def test_documents_are_handed_over(key_and_address: tuple[str, str]) -> None:
    key, address = key_and_address
    with Headwater(address, api_key=key) as client:
        added = client.add_document("The harbour costs £57 million.", **RELEASE, first_published=date(2024, 11, 7))
        assert (added.outcome, added.document.first_published) == ("added", "2024-11-07T00:00:00+00:00")
        tag = client.document_tag(added.document.id)
        page = "<html><body><main><h1>New</h1><p>The harbour costs £60 million.</p></main></body></html>"
        again = client.add_document(html=page, **RELEASE, updated=datetime(2024, 11, 8, 9, tzinfo=UTC))
        assert (again.outcome, again.document.version) == ("new_version", 2)
        assert client.document_tag(added.document.id) != tag
        third = client.add_document(File(b"# New\n\nThe *third*.", "a.md"), **RELEASE, updated=date(2024, 11, 9))
        assert client.document(third.document.id).text == "The third."
        client.delete_document(added.document.id)
        with pytest.raises(NoSuchThingError):
            client.document(added.document.id)
        with pytest.raises(InvalidRequestError) as refused:
            client.add_document("Words.", title="No address")
        assert refused.value.slug == "invalid-input"
        client.add_document("One.", **RELEASE, idempotency_key="k1")
        with pytest.raises(ConflictError):
            client.add_document("Two.", **RELEASE, idempotency_key="k1")


def test_checks_from_their_start_to_their_end(key_and_address: tuple[str, str]) -> None:
    key, address = key_and_address
    with Headwater(address, api_key=key) as client:
        job = client.start_check("A claim.", "A source.", save=True, limit=2, as_of=date(2024, 11, 8))
        events = list(client.watch(job.id))
        assert isinstance(events[-1], JobEnd)
        assert events[-1].event == "done"
        assert list(client.watch(job.id, after=len(events) - 1)) == events[-1:]
        done = client.wait(job.id)
        assert done.is_over
        assert done.report is not None
        assert {claim.id for claim in done.report.claims} >= {"c1"}
        assert client.report(job.id, "csv").startswith(b"\xef\xbb\xbf") or b"," in client.report(job.id, "csv")
        decided = client.decide(job.id, "c2", "dismiss", 0, reason="Corrected.", who="AB")
        assert decided.decisions[0]["reason"] == "Corrected."
        assert client.keep_check(job.id).saved
        assert client.cancel_check(job.id).state == "done"
        again = client.start_check("A claim.", "A source.", receipt=done.report.receipt)
        report = client.wait(again.id).report
        assert report is not None
        assert report.changes is not None
        file = client.start_check(File(b"A claim.", "a.txt"), Official(words="A source.", title="S"))
        assert client.wait(file.id).state == "done"
        client.delete_check(job.id)
        with pytest.raises(NoSuchThingError):
            client.check(job.id)


async def test_all_methods_with_await(key_and_address: tuple[str, str]) -> None:
    key, address = key_and_address
    async with AsyncHeadwater(address, api_key=key) as client:
        assert (await client.match("A claim.")).claims
        assert (await client.match_many(["A."])).failed == 0
        assert isinstance([step async for step in client.stream("A claim.")][-1], SummaryStep)
        assert len([one async for one in client.documents(limit="2")]) == 5
        added = await client.add_document("The harbour costs £57 million.", **RELEASE)
        assert (await client.document(added.document.id)).text.startswith("The harbour")
        job = await client.start_check("A claim.", "A source.")
        assert [event async for event in client.watch(job.id)][-1].event == "done"
        assert (await client.wait(job.id)).report is not None
        assert await client.report(job.id, "markdown")
        await client.delete_check(job.id)
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

    monkeypatch.setattr(blocking.time, "sleep", waited.append)
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
        (httpx.Response(404, text="nginx"), NoSuchThingError, 1),
        (problem(409, "idempotency-conflict"), ConflictError, 1),
        (problem(403, "key-scope"), KeyRefusedError, 1),
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


CLAIMS = 'id: {0}\nevent: claims\ndata: {{"decided": {0}, "sentences": 2, "claims": []}}\n\n'
END = 'id: 3\nevent: done\ndata: {"state": "done", "totals": null, "problem": null}\n\n'


async def test_a_watched_check_goes_on_where_the_connection_was_lost(waits: list[float]) -> None:
    """Cut off after an event, in the middle of one, with 503 and with nobody there: every event comes once."""
    begun = "retry: 2000\n\n" + CLAIMS.format(1)
    replies: list[Reply] = [
        httpx.Response(200, text=begun),
        httpx.ConnectError("no"),
        problem(503, "overloaded", Retry_After="1"),
        httpx.Response(200, text=": still at work\n\n" + CLAIMS.format(2) + "id: 3\nevent: do"),
        httpx.Response(200, text=END),
    ]
    for client_type in (Headwater, AsyncHeadwater):
        seen, transport = scripted(*replies)
        client: Any = client_type(transport=transport)
        watched = client.watch("ID")
        events = [one async for one in watched] if client_type is AsyncHeadwater else list(watched)
        assert [one.event for one in events] == ["claims", "claims", "done"]
        assert [one.headers.get("last-event-id") for one in seen] == [None, "1", "1", "1", "2"]
    assert waits


def test_a_watched_check_that_never_ends_is_given_up(waits: list[float]) -> None:
    seen, transport = scripted(httpx.Response(200, text=": still at work\n\n"))
    with Headwater(transport=transport, tries=3) as client, pytest.raises(ServiceUnreachableError):
        list(client.watch("ID"))
    assert (len(seen), len(waits)) == (3, 2)
    _, transport = scripted(httpx.Response(200, text="event: claims\ndata: {\n\n"))
    with Headwater(transport=transport) as client, pytest.raises(BadAnswerError):
        list(client.watch("ID"))


def test_a_write_that_is_sent_again_carries_the_same_key(waits: list[float]) -> None:
    seen, transport = scripted(httpx.ReadTimeout("no"), httpx.Response(204))
    with Headwater(transport=transport) as client:
        client.delete_document("ID")
        client.delete_document("ID")
    keys = [one.headers["idempotency-key"] for one in seen]
    assert keys[0] == keys[1] != keys[2]
    assert len(waits) == 1
