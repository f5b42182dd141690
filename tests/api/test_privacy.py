"""The reader's words never reach the logs: a marker is sent through every endpoint, good and bad."""

import io
import json
import logging
from collections.abc import Iterator

import httpx
import pytest
import structlog

from fakes import FakeChecker
from headwater.logs import configure_logs

pytestmark = pytest.mark.anyio

MARKER = "Zanzibarmarker"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logs("debug", "json", stream)
    root.setLevel(logging.DEBUG)  # libraries may say all they can
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


async def send_marker_everywhere(client: httpx.AsyncClient) -> None:
    good = {"text": f"{MARKER} claim.", "context": {"title": MARKER, "url": MARKER, "prefix": MARKER}}
    for path in ("/v1/match", "/v1/compare", "/", "/healthz", f"/{MARKER}", f"/v1/documents/{MARKER}?q={MARKER}"):
        for body in (good, {**good, "source": MARKER}, {"text": [MARKER]}, {MARKER: MARKER}, MARKER):
            await client.post(path, json=body)
            await client.post(path, json=body, headers={"host": MARKER})
        await client.post(path, content=f'{{"text": "{MARKER}', headers={"content-type": "application/json"})
        form = {"content-type": "application/x-www-form-urlencoded"}
        await client.post(path, content=f"text={MARKER}&source={MARKER}&published={MARKER}", headers=form)
        await client.request(MARKER, path, headers={"x-request-id": f"{MARKER} !", "referer": MARKER})
        await client.get(path)
    await send_marker_as_documents(client)


async def send_marker_as_documents(client: httpx.AsyncClient) -> None:
    stated = {"url": f"https://a.example/{MARKER}", "title": MARKER, "publisher": MARKER}
    for words in ({"text": f"{MARKER}."}, {"html": f"<p>{MARKER}"}, {"content_base64": MARKER}, {"name": MARKER}, {}):
        await client.post("/v1/documents", json={**stated, **words}, headers={"Idempotency-Key": f"{MARKER}-{words}"})
    for refused in ({"text": MARKER, "first_published": MARKER}, {"text": MARKER, "url": MARKER}, {"url": MARKER}):
        await client.post("/v1/documents", json={**stated, **refused})
    file = {"file": (MARKER, f"%PDF-1.4 {MARKER}".encode())}
    await client.post("/v1/documents", data=stated, files=file)
    await client.delete(f"/v1/documents/{MARKER}")


async def test_no_word_of_a_request_is_logged(
    client: httpx.AsyncClient, checker: FakeChecker, logged: io.StringIO
) -> None:
    await send_marker_everywhere(client)
    for failure in (ValueError(f"cannot read {MARKER}"), RuntimeError(MARKER)):
        checker.failure = failure
        failure.add_note(MARKER)
        await send_marker_everywhere(client)
    lines = logged.getvalue().splitlines()
    ours = [line for line in lines if '"logger": "headwater.api"' in line]
    assert len(ours) > 100
    assert [line for line in ours if MARKER.lower() in line.lower()] == []


async def test_a_check_is_logged_by_length_and_digest(client: httpx.AsyncClient, logged: io.StringIO) -> None:
    for text in ("one claim", "one claim", "two claims"):
        await client.post("/v1/match", json={"text": text})
    records = [json.loads(line) for line in logged.getvalue().splitlines()]
    checked = [record for record in records if record["event"] == "checked"]
    assert [record["text_characters"] for record in checked] == [9, 9, 10]
    digests = [record["text_digest"] for record in checked]
    assert digests[0] == digests[1] != digests[2]
    requests = [record for record in records if record["event"] == "request"]
    assert {(record["route"], record["status"], record["method"]) for record in requests} == {
        ("/v1/match", 200, "POST")
    }
    assert len({record["request_id"] for record in requests}) == 3


async def test_a_fault_is_logged_by_type_and_place(
    client: httpx.AsyncClient, checker: FakeChecker, logged: io.StringIO
) -> None:
    checker.failure = ValueError("the reader's words")
    answer = await client.post("/v1/match", json={"text": "a claim"})
    failed = [json.loads(line) for line in logged.getvalue().splitlines() if "request failed" in line]
    assert [record["error"] for record in failed] == ["ValueError"]
    assert "fakes.py" in failed[0]["where"]
    assert failed[0]["request_id"] == answer.json()["request_id"]
