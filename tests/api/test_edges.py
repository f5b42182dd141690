"""What every request passes through: identifier, headers, host, size, and the bounded queue."""

import threading
from collections.abc import AsyncIterator

import anyio
import httpx
import pytest
from fastapi import FastAPI

from fakes import FakeChecker
from headwater.api.app import create_app
from headwater.api.problems import OverloadedError
from headwater.api.workers import Workers
from headwater.corpus.store import CorpusStore
from headwater.domain.verdicts import CheckReport
from headwater.settings import Settings
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio


def connect(app: FastAPI, base_url: str = "http://127.0.0.1") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base_url)


@pytest.mark.parametrize("given", ["abcdefgh", "a" * 64, "0af7651916cd43dd8448eb211c80319c"])
async def test_a_given_request_id_is_kept(client: httpx.AsyncClient, given: str) -> None:
    assert (await client.get("/healthz", headers={"x-request-id": given})).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "with space", "a;drop-table", "é" * 10])
async def test_another_request_id_is_replaced(client: httpx.AsyncClient, given: str) -> None:
    answer = await client.get("/healthz", headers={"x-request-id": given.encode()})
    assert len(answer.headers["x-request-id"]) == 32
    assert answer.headers["x-request-id"] != given


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/problems", "/static/any/desk.css", "/openapi.json"])
async def test_pages_can_load_and_frame_nothing(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == ("same-origin" if path == "/" else "no-referrer")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8710", "localhost", "LOCALHOST:1", "[::1]", "[::1]:8710"])
async def test_loopback_names_are_answered(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/healthz", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    "host", ["", "evil.example", "127.0.0.1.evil.example", "localhost.", "[::2]", "::1", "[::1", "127.0.0.1@evil"]
)
async def test_other_names_are_refused(client: httpx.AsyncClient, host: str) -> None:
    assert_problem(await client.get("/healthz", headers={"host": host}), "host-not-allowed")


async def test_an_operator_can_allow_any_name(checker: FakeChecker, store: CorpusStore, settings: Settings) -> None:
    app = create_app(checker, store, settings.model_copy(update={"allowed_hosts": ("*",)}), model_id="m")
    async with connect(app, "http://news.example") as client:
        assert (await client.get("/healthz")).status_code == 200


async def test_a_declared_body_beyond_the_limit_is_not_read(client: httpx.AsyncClient) -> None:
    for path in ("/v1/match", "/v1/compare", "/", "/nowhere"):
        assert_problem(await client.post(path, content=b"x" * 4_000_001), "body-too-large")


async def test_an_undeclared_body_beyond_the_limit_stops_at_it(client: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b" " * 1_000_000

    headers = {"content-type": "application/json"}
    assert_problem(await client.post("/v1/match", content=endless(), headers=headers), "body-too-large")
    assert sent < 10


async def test_a_form_with_files_has_a_limit_too(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 1_000_000

    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert_problem(await client.post("/checks", content=endless(), headers=headers), "body-too-large")


class SlowChecker(FakeChecker):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.started, self.let = threading.Semaphore(0), threading.Event()

    def _answer(self, text: str, what: str) -> CheckReport:
        self.started.release()
        assert self.let.wait(timeout=30)
        return super()._answer(text, what)


async def test_a_full_queue_refuses_at_once_and_the_loop_stays_alive(store: CorpusStore, settings: Settings) -> None:
    slow = SlowChecker()
    narrow = settings.model_copy(update={"check_threads": 1, "check_queue_length": 1})
    app = create_app(slow, store, narrow, model_id="m")
    answers: list[httpx.Response] = []

    async def ask() -> None:
        answers.append(await client.post("/v1/match", json={"text": "Some claim."}))

    async with connect(app) as client, anyio.create_task_group() as tasks:
        tasks.start_soon(ask)
        await anyio.to_thread.run_sync(slow.started.acquire)
        tasks.start_soon(ask)
        await anyio.wait_all_tasks_blocked()
        assert_problem(await client.post("/v1/match", json={"text": "Some claim."}), "overloaded")
        assert (await client.get("/healthz")).status_code == 200
        slow.let.set()
    assert [answer.status_code for answer in answers] == [200, 200]


async def test_workers_without_a_queue_still_work() -> None:
    workers = Workers(threads=1, queue_length=0)
    assert await workers.run(lambda: 7) == 7
    assert workers.waiting == 0


async def test_those_who_come_at_once_are_counted_before_they_are_at_work() -> None:
    """All of them ask before any has its thread: no more are let in than may be."""
    workers, let_go = Workers(threads=1, queue_length=2), threading.Event()
    came: list[str] = []

    async def come() -> None:
        try:
            await workers.run(let_go.wait)
            came.append("done")
        except OverloadedError:
            came.append("refused")

    async with anyio.create_task_group() as tasks:
        for _ in range(10):
            tasks.start_soon(come)
        with anyio.fail_after(60):
            while len(came) < 7:
                await anyio.sleep(0.01)
        assert came == ["refused"] * 7
        assert workers.is_full
        let_go.set()
    assert came[7:] == ["done"] * 3
    assert not workers.is_full
