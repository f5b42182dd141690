"""Checks leave nothing behind that nobody wanted kept: not in logs, not in the database, not after a deletion."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI

from fakes import FakeChecker
from file_factories import make_docx, make_locked_pdf
from headwater.corpus.saved_checks import SavedChecks
from headwater.corpus.store import CorpusStore
from headwater.logs import configure_logs
from headwater.settings import Settings

pytestmark = pytest.mark.anyio

MARK = "Quokkamark"
OTHER = "Numbatmark"
ASKED: dict[str, Any] = {
    "article": {"text": f"The {MARK} fund gets £57 million.", "title": MARK, "name": f"{MARK}.txt"},
    "source": {"text": f"The {MARK} fund gets £75 million.", "publisher": MARK},
}


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that anything logs, at its most talkative."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logs("debug", "json", stream)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


async def finished(client: httpx.AsyncClient, where: str) -> dict[str, Any]:
    for _ in range(2_000):
        told: dict[str, Any] = (await client.get(where)).json()
        if told["state"] not in {"waiting", "running"}:
            return told
        await asyncio.sleep(0.01)
    raise AssertionError("the check does not end")


async def check(client: httpx.AsyncClient, **more: Any) -> str:
    answer = await client.post("/v1/checks", json={**ASKED, **more})
    assert answer.status_code == 202, answer.text
    where: str = answer.headers["location"]
    assert (await finished(client, where))["state"] == "done"
    return where


def traces(settings: Settings, mark: str = MARK) -> list[str]:
    """Files beside the database, and itself, in which a mark stands."""
    files = [path for path in settings.database.parent.rglob("*") if path.is_file()]
    return [path.name for path in files if mark.encode() in path.read_bytes()]


async def test_what_is_not_saved_is_stored_nowhere(client: httpx.AsyncClient, settings: Settings) -> None:
    where = await check(client)
    one = {"claim": "c2", "finding": 0, "decision": "dismiss", "reason": OTHER, "who": OTHER}
    assert (await client.post(f"{where}/decisions", json=one)).status_code == 200
    for form in ("html", "markdown", "json", "csv"):
        assert (await client.get(f"{where}/report?form={form}")).status_code == 200
    assert traces(settings) == traces(settings, OTHER) == []


async def test_what_is_sent_twice_is_stored_nowhere_either(client: httpx.AsyncClient, settings: Settings) -> None:
    keyed = {"headers": {"Idempotency-Key": "one"}}
    where = (await client.post("/v1/checks", json=ASKED, **keyed)).headers["location"]
    await finished(client, where)
    one = {"claim": "c2", "finding": 0, "decision": "dismiss", "reason": OTHER, "who": OTHER}
    for address, body in (("decisions", one), ("cancel", None)):
        for _ in range(2):
            answer = await client.post(f"{where}/{address}", json=body, headers={"Idempotency-Key": address})
            assert answer.status_code == 200
        assert answer.headers["idempotent-replay"] == "true"
    assert traces(settings) == traces(settings, OTHER) == []
    await client.delete(where)
    assert (await client.post("/v1/checks", json=ASKED, **keyed)).status_code == 404  # done, and forgotten


async def test_what_is_saved_is_gone_without_a_trace_once_it_is_deleted(
    client: httpx.AsyncClient, settings: Settings, store: CorpusStore
) -> None:
    kept = [await check(client, save=True) for _ in range(3)]
    assert traces(settings) != []
    one = {"claim": "c2", "finding": 0, "decision": "dismiss", "reason": OTHER, "who": OTHER}
    assert (await client.post(f"{kept[0]}/decisions", json=one)).status_code == 200
    for where in kept:
        assert (await client.delete(where)).status_code == 204
        assert (await client.get(where)).status_code == 404
    assert traces(settings) == traces(settings, OTHER) == []
    store.close()
    assert traces(settings) == []


async def test_what_has_expired_is_gone_without_a_trace(
    client: httpx.AsyncClient, app: FastAPI, store: CorpusStore, settings: Settings
) -> None:
    where = await check(client, save=True)
    told = (await client.get(where)).json()
    kept_for = datetime.fromisoformat(told["expires"]) - datetime.fromisoformat(told["created"])
    assert kept_for == timedelta(days=settings.saved_check_days)
    later = datetime.now(UTC) + kept_for + timedelta(seconds=1)
    app.state.jobs._jobs.clear()  # as after a restart
    app.state.jobs._saved = SavedChecks(store._database, now=lambda: later)
    assert (await client.get(where)).status_code == 404
    await app.state.jobs.take_over()
    assert traces(settings) == []


async def test_an_address_tells_nothing_and_is_never_given_twice(client: httpx.AsyncClient) -> None:
    names = {(await check(client, save=number % 2 == 0)).rpartition("/")[2] for number in range(6)}
    assert len(names) == 6
    assert all(len(name) >= 32 for name in names)
    known = next(iter(names))
    near = known[:-1] + ("A" if known[-1] != "A" else "B")
    for guess in ("1", "0" * 32, MARK, near):
        assert (await client.get(f"/v1/checks/{guess}")).status_code == 404


async def test_no_word_of_a_check_is_logged(
    client: httpx.AsyncClient, checker: FakeChecker, logged: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for save in (False, True):
        where = await check(client, save=save)
        events = await client.get(f"{where}/events")
        assert "event: done" in events.text
        one = {"claim": "c2", "finding": 0, "decision": "dismiss", "reason": MARK, "who": MARK}
        await client.post(f"{where}/decisions", json=one)
        await client.post(f"{where}/decisions", json={**one, "claim": MARK})
        for form in ("html", "markdown", "json", "csv", MARK):
            await client.get(f"{where}/report?form={form}")
        await client.post(f"{where}/cancel")
        await client.delete(where)
    files = [make_docx(MARK), make_docx(MARK)[:120], make_locked_pdf(), b"\x89PNG" + MARK.encode(), MARK.encode()]
    for raw in files:
        await client.post("/v1/checks", files={"article": (f"{MARK}.docx", raw)}, data={"title": MARK})
    for source in ({"url": f"https://{MARK}.example/{MARK}"}, {"document": MARK}, {"document": f"https://{MARK}"}):
        await client.post("/v1/checks", json={**ASKED, "source": source})
    await client.post("/v1/checks", json={**ASKED, MARK: MARK})
    await client.post("/v1/checks", json={**ASKED, "receipt": {MARK: MARK}}, headers={"Idempotency-Key": MARK})
    for failure in (ValueError(MARK), RuntimeError(MARK)):
        checker.failure = failure
        answer = await client.post("/v1/checks", json=ASKED)
        assert (await finished(client, answer.headers["location"]))["state"] == "failed"
    lines = logged.getvalue().splitlines()
    ours = [line for line in lines if '"logger": "headwater' in line]
    assert len([json.loads(line) for line in ours if '"event": "request"' in line]) > 25
    assert [line for line in ours if MARK.lower() in line.lower()] == []
    libraries = [line for line in lines if MARK.lower() in line.lower() and '"logger": "httpx' not in line]
    assert libraries == []  # but for the test's own client
