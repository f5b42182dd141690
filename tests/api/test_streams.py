"""POST /v1/match in lines: claim by claim the plain answer, totals last, nothing decided for a reader who has gone."""

import json
from collections.abc import Generator
from typing import Any

import anyio
import httpx
import pytest
from fastapi import FastAPI

from factories import make_report
from fakes import FakeChecker
from headwater.api.app import create_app
from headwater.api.streams import ClaimsLine, ProblemLine, SummaryLine
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import EmptyCorpusError
from headwater.domain.verdicts import CheckReport, CheckStep
from headwater.report.json import report_to_json
from headwater.report.totals import totals_of
from headwater.settings import Settings
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio

LINES = {"accept": "application/x-ndjson"}


def parse_lines(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.content.endswith(b"\n")
    return [json.loads(line) for line in answer.content.splitlines()]


async def test_lines_hold_what_the_plain_answer_holds(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    body = {"text": "Some claim.", "limit": 5, "filters": {"language": "en"}}
    *claims, summary = parse_lines(await client.post("/v1/match", json=body, headers=LINES))
    plain = (await client.post("/v1/match", json=body)).json()
    assert [claim for line in claims for claim in line["claims"]] == plain.pop("claims")
    assert {name: summary[name] for name in plain} == plain
    assert summary["totals"] == totals_of(checker.report)
    assert [(line["decided"], len(line["claims"])) for line in claims] == [
        (0, 0),
        *((number, 1) for number in range(1, len(checker.report.claims) + 1)),
    ]
    for line in claims:
        ClaimsLine.model_validate(line)
    SummaryLine.model_validate(summary)
    assert checker.asked[0] == checker.asked[1]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/x-ndjson, application/json", "application/x-ndjson"),
        ("APPLICATION/X-NDJSON;q=1", "application/x-ndjson"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
    ],
)
async def test_lines_are_for_who_asks(client: httpx.AsyncClient, accept: str, media_type: str) -> None:
    answer = await client.post("/v1/match", json={"text": "A claim."}, headers={"accept": accept})
    assert answer.headers["content-type"] == media_type


async def test_what_cannot_be_checked_is_a_plain_problem(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    assert_problem(await client.post("/v1/match", json={"text": "…"}, headers=LINES), "empty-text")
    assert_problem(await client.post("/v1/match", json={"text": "a" * 2_000_001}, headers=LINES), "text-too-long")
    checker.failure = EmptyCorpusError()
    assert_problem(await client.post("/v1/match", json={"text": "A claim."}, headers=LINES), "empty-corpus")


class SteppingChecker(FakeChecker):
    """Decides one claim after the other, counts them, and fails after as many as it is told to."""

    fails_after = 10_000
    decided = 0
    ended = False

    def check_by_steps(self, *_: object, **__: object) -> Generator[CheckStep | CheckReport, None, None]:
        claims = make_report().claims
        try:
            yield CheckStep(0, 1_000)
            for number in range(1, 1_001):
                if number > self.fails_after:
                    raise ValueError("secret words of the reader")
                self.decided = number
                yield CheckStep(number, 1_000, claims[:1])
            yield CheckReport(claims)
        finally:
            self.ended = True


def stepping_app(checker: SteppingChecker, store: CorpusStore, settings: Settings) -> FastAPI:
    return create_app(checker, store, settings.model_copy(update={"check_threads": 1}), model_id="m")


async def test_a_fault_on_the_way_is_the_last_line_and_says_nothing_of_the_text(
    store: CorpusStore, settings: Settings
) -> None:
    checker = SteppingChecker()
    checker.fails_after = 2
    transport = httpx.ASGITransport(stepping_app(checker, store, settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.post("/v1/match", json={"text": "A claim."}, headers=LINES)
    *claims, last = parse_lines(answer)
    assert [line["decided"] for line in claims] == [0, 1, 2]
    problem = ProblemLine.model_validate(last).problem
    assert (problem.type, problem.request_id) == ("/problems/internal-error", answer.headers["x-request-id"])
    assert "secret" not in answer.text
    assert checker.ended


async def test_nothing_is_decided_for_a_reader_who_has_gone(store: CorpusStore, settings: Settings) -> None:
    checker, gone = SteppingChecker(), anyio.Event()
    app = stepping_app(checker, store, settings)
    body, sent = iter([json.dumps({"text": "A claim."}).encode()]), []

    async def receive() -> dict[str, object]:
        for part in body:
            return {"type": "http.request", "body": part, "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if message.get("body", b"").count(b'"event":"claims"') and checker.decided >= 3:
            gone.set()
        await anyio.lowlevel.checkpoint()

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/v1/match",
        "raw_path": b"/v1/match",
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"content-type", b"application/json"),
            (b"accept", b"application/x-ndjson"),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    assert 3 <= checker.decided < 1_000
    assert checker.ended
    assert not any(b'"event":"summary"' in message.get("body", b"") for message in sent)


def test_totals_count_what_a_reader_asks_first() -> None:
    totals = totals_of(make_report())
    claims = report_to_json(make_report())["claims"]
    findings = [finding for claim in claims for finding in claim["findings"] if finding["effect"] != "agrees"]
    assert totals["claims"] == len(claims)
    assert totals["checked"] == sum(claim["verdict"] != "not_checkable" for claim in claims)
    assert sum(totals["findings"].values()) == len(findings) > 0
    assert list(totals["findings"]) == ["high", "medium", "low", "info"]
    assert 0 < totals["found_share"] < 1
    assert totals_of(CheckReport(()))["found_share"] == 0
