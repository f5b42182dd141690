"""Files that are sent: limits that fit each other, messages that say what to do, and memory that stays bounded."""

from __future__ import annotations

import asyncio
import base64
import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from fakes import MODEL, FakeChecker
from file_factories import make_docx, make_locked_pdf, make_pdf, make_zip
from headwater.api.app import create_app
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio

MB = 1_000_000


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(database=tmp_path_factory.mktemp("corpus") / "corpus.sqlite3")  # limits as they are shipped


async def finished(client: httpx.AsyncClient, answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    for _ in range(2_000):
        told: dict[str, Any] = (await client.get(answer.headers["location"])).json()
        if told["state"] not in {"waiting", "running"}:
            return told
        await asyncio.sleep(0.01)
    raise AssertionError("the check does not end")


def sent(raw: bytes, how: str, name: str = "file.txt") -> dict[str, Any]:
    if how == "form":
        return {"files": {"article": (name, raw), "source": ("source.txt", b"The fund is large.")}}
    file = {"content_base64": base64.b64encode(raw).decode(), "name": name}
    return {"json": {"article": file, "source": {"text": "The fund is large."}}}


def test_limits_fit_each_other() -> None:
    settings = Settings()
    two_files = 2 * len(base64.b64encode(bytes(settings.max_file_bytes)))
    assert two_files < settings.max_upload_bytes < two_files + 2 * settings.max_body_bytes
    assert Settings(max_file_bytes=50 * MB).max_upload_bytes > 100 * MB


@pytest.mark.parametrize("how", ["form", "json"])
async def test_two_files_of_the_largest_size_are_read(client: httpx.AsyncClient, how: str, settings: Settings) -> None:
    text = b"The fund gets 57 million pounds. " + b" " * (settings.max_file_bytes - 33)
    if how == "form":
        request: dict[str, Any] = {"files": {"article": ("a.txt", text), "source": ("b.txt", text)}}
    else:
        file = {"content_base64": base64.b64encode(text).decode()}
        request = {"json": {"article": file, "source": file}}
    answer = await client.post("/v1/checks", **request)
    assert_problem(answer, "file-too-large")  # by its characters: the bytes pass
    assert "characters" in answer.json()["detail"]


@pytest.mark.parametrize("how", ["form", "json"])
@pytest.mark.parametrize("raw", [b"x" * 20 * MB, b"%PDF-1.7\n" + bytes(20 * MB)], ids=["text", "pdf"])
async def test_a_file_of_20_mb_is_named_with_the_limit(client: httpx.AsyncClient, how: str, raw: bytes) -> None:
    answer = await client.post("/v1/checks", **sent(raw, how, "large.bin"))
    assert_problem(answer, "file-too-large")
    assert answer.json()["detail"] == "large.bin: the file is larger than 10 MB, which is the limit"


async def test_an_operator_may_set_another_limit(checker: FakeChecker, store: CorpusStore, settings: Settings) -> None:
    smaller = settings.model_copy(update={"max_file_bytes": 2 * MB})
    app = create_app(checker, store, smaller, model_id=MODEL)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        answer = await client.post("/v1/checks", **sent(b"x" * (2 * MB + 1), "form"))
        assert "larger than 2 MB" in answer.json()["detail"]
        assert_problem(await client.post("/v1/checks", content=b"x" * 20 * MB), "body-too-large")


async def test_texts_by_themselves_keep_their_limit(client: httpx.AsyncClient, settings: Settings) -> None:
    for path in ("/v1/match", "/v1/compare"):
        assert_problem(await client.post(path, content=b"x" * (settings.max_body_bytes + 1)), "body-too-large")


async def test_what_all_bodies_hold_is_bounded(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headwater.api.middleware.BODIES_HELD", 1)
    size = app.state.service.settings.max_upload_bytes
    held, let = asyncio.Event(), asyncio.Event()

    async def half() -> AsyncIterator[bytes]:
        yield b"x" * (size * 6 // 10)
        held.set()
        await let.wait()

    headers = {"content-type": "application/json"}
    first = asyncio.create_task(client.post("/v1/checks", content=half(), headers=headers))
    await held.wait()
    answer = await client.post("/v1/checks", content=b"x" * (size * 6 // 10), headers=headers)
    assert_problem(answer, "overloaded")
    assert answer.headers["retry-after"]
    let.set()
    assert (await first).status_code == 400
    assert (await client.post("/v1/checks", **sent(b"The fund is large.", "form"))).status_code == 202


BOMB = make_zip({
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": b'<?xml version="1.0"?><w:document xmlns:w="w"><w:body>' + b" " * 60_000_000,
})  # fmt: skip
HOSTILE = [
    ("corrupt.docx", make_docx("words of a release")[:200], "unreadable-file", "this is a damaged archive"),
    ("locked.pdf", make_locked_pdf(), "unreadable-file", "locked by a password"),
    ("scanned.pdf", make_pdf(), "unreadable-file", "pictures"),
    ("broken.pdf", make_pdf("words")[:120], "unreadable-file", "damaged PDF"),
    ("bomb.docx", BOMB, "file-too-large", "grows more than 250-fold"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(90), "unreadable-file", "a PNG picture"),
    ("old.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "unreadable-file", "before 2007"),
    ("sheet.docx", make_zip({"xl/workbook.xml": "<x/>"}), "unreadable-file", "a spreadsheet"),
    ("empty.pdf", b"", "", "empty-text"),
]


@pytest.mark.parametrize("how", ["form", "json"])
@pytest.mark.parametrize(("name", "raw", "slug", "says"), HOSTILE, ids=[name for name, *_ in HOSTILE])
async def test_a_hostile_file_has_a_clear_message(
    client: httpx.AsyncClient, how: str, name: str, raw: bytes, slug: str, says: str
) -> None:
    answer = await client.post("/v1/checks", **sent(raw, how, name))
    if not slug:  # a text without a word is what the check itself says
        assert (await finished(client, answer))["problem"]["type"] == f"/problems/{says}"
        return
    assert_problem(answer, slug)
    assert answer.json()["detail"].startswith(f"{name}: ")
    assert says in answer.json()["detail"]


async def test_a_wrong_ending_is_read_for_what_it_is(client: httpx.AsyncClient) -> None:
    told = await finished(client, await client.post("/v1/checks", **sent(make_docx("The fund."), "form", "a.pdf")))
    assert told["article"]["kind"] == "docx"
    assert "the name promises a PDF" in told["article"]["notices"][0]


async def test_an_archive_that_expands_a_thousandfold_takes_no_memory(client: httpx.AsyncClient) -> None:
    assert len(BOMB) * 900 < 60_000_000
    tracemalloc.start()
    try:
        answer = await client.post("/v1/checks", **sent(BOMB, "form", "bomb.docx"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert_problem(answer, "file-too-large")
    assert peak < 25 * MB
