"""Checks as jobs: asked with texts or files, watched, cancelled, kept over the death of a process, deleted."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from factories import ARTICLE, OFFICIAL_TEXT
from fakes import MODEL, FakeChecker
from file_factories import make_docx, make_locked_pdf
from headwater.api.app import create_app
from headwater.api.checks.jobs import Jobs
from headwater.corpus.saved_checks import open_saved_checks
from headwater.corpus.store import CorpusStore
from headwater.domain.verdicts import CheckReport, CheckStep
from headwater.settings import Settings
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio

CLAIMS = ["c1", "c2", "c3", "c4", "c5", "c6"]
REQUEST = {"article": {"text": ARTICLE, "published": "2024-11-07"}, "source": {"text": OFFICIAL_TEXT}}


async def start(client: httpx.AsyncClient, **changes: Any) -> str:
    answer = await client.post("/v1/checks", json={**REQUEST, **changes})
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/v1/checks/{answer.json()['id']}"
    return answer.headers["location"]


async def finished(client: httpx.AsyncClient, where: str) -> dict[str, Any]:
    for _ in range(500):
        answer = (await client.get(where)).json()
        if answer["state"] not in {"waiting", "running"}:
            return answer
        await asyncio.sleep(0.01)
    raise AssertionError("the check does not end")


def events(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and line[0] != ":")
        if "event" in lines:
            found.append((lines["id"], lines["event"], json.loads(lines["data"])))
    return found


async def test_a_check_runs_as_a_job_to_its_report(client: httpx.AsyncClient) -> None:
    where = await start(client)
    answer = await finished(client, where)
    assert (answer["state"], answer["saved"], answer["sentences"]) == ("done", False, 6)
    assert len(where.rsplit("/", 1)[1]) >= 32
    report = answer["report"]
    assert [claim["id"] for claim in report["claims"]] == CLAIMS
    assert [row["claim"] for row in report["tables"]["figures"]] == ["c1", "c2"]
    assert report["receipt"]["options"]["published"] == "2024-11-07"
    assert report["article"]["characters"] == len(ARTICLE)
    assert "text" not in report["article"]


async def test_claims_come_as_events_and_a_cut_connection_goes_on(client: httpx.AsyncClient) -> None:
    where = await start(client)
    told = events((await client.get(f"{where}/events")).text)
    assert [(number, name) for number, name, _ in told] == [(str(n), "claims") for n in range(1, 8)] + [("8", "done")]
    assert [claim["id"] for _, _, body in told[:-1] for claim in body["claims"]] == CLAIMS
    assert told[-1][2]["totals"]["claims"] == 6
    later = events((await client.get(f"{where}/events", headers={"Last-Event-ID": "4"})).text)
    assert later == told[4:]
    for wrong in ("x", "-1", "9" * 30):
        assert events((await client.get(f"{where}/events", headers={"Last-Event-ID": wrong})).text) == told


async def test_the_corpus_is_asked_where_no_source_is_given(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    where = await start(client, source=None, house_style=["percent"], as_of="2024-11-08", limit=3)
    await finished(client, where)
    text, context, filters, limit = checker.asked[-1]
    assert (text, limit) == (ARTICLE, 3)
    assert context.house_style == ("percent",)  # type: ignore[attr-defined]
    assert str(filters.as_of) == "2024-11-08"  # type: ignore[attr-defined]


async def test_files_may_be_sent_in_json_and_as_a_form(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    raw = make_docx("The command gets £57 million.")
    sent = {"content_base64": base64.b64encode(raw).decode(), "name": "C:\\news\\rewrite.docx"}
    answer = await finished(client, await start(client, article=sent))
    assert answer["article"] == {
        "name": "rewrite.docx", "kind": "docx", "title": "", "publisher": "", "published": None, "notices": [],
        "url": "", "document": "", "version": None, "speaker": "", "licence": "", "characters": 29,
    }  # fmt: skip
    files = {"article": ("rewrite.docx", raw), "source": ("release.txt", OFFICIAL_TEXT.encode())}
    fields = {"published": "2024-11-07", "house_style": "percent, serial_comma", "source_title": "Deals"}
    posted = await client.post("/v1/checks", files=files, data=fields)
    assert posted.status_code == 202, posted.text
    await finished(client, posted.headers["location"])
    text, source, context, source_context = checker.asked[-1]
    assert (text, source) == ("The command gets £57 million.", OFFICIAL_TEXT)
    assert context.house_style == ("serial_comma", "percent")  # type: ignore[attr-defined]
    assert source_context.title == "Deals"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("raw", "slug", "says"),
    [
        (make_docx("words")[:200], "unreadable-file", "a.bin: this is a damaged archive"),
        (make_locked_pdf(), "unreadable-file", "locked by a password"),
        (make_docx(" ".join(map(str, range(400_000)))), "file-too-large", "more than 2,000,000 characters"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "unreadable-file", "a PNG picture"),
    ],
)
async def test_a_file_that_cannot_be_read_is_a_problem(
    client: httpx.AsyncClient, raw: bytes, slug: str, says: str
) -> None:
    answer = await client.post("/v1/checks", files={"article": ("a.bin", raw)})
    assert_problem(answer, slug)
    assert says in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({}, "invalid-request"),
        ({"article": {"text": "x", "wrong": 1}}, "invalid-request"),
        ({"article": {}}, "invalid-input"),
        ({"article": {"text": "x", "content_base64": "eA=="}}, "invalid-input"),
        ({"article": {"content_base64": "?"}}, "invalid-input"),
        ({"article": {"text": "x"}, "house_style": ["none"]}, "invalid-request"),
        ({"article": {"text": "x"}, "receipt": {}}, "invalid-input"),
        ({"article": {"text": "x" * 2_000_001}}, "text-too-long"),
    ],
)
async def test_requests_that_cannot_be_used(client: httpx.AsyncClient, body: dict[str, Any], slug: str) -> None:
    assert_problem(await client.post("/v1/checks", json=body), slug)


@pytest.mark.parametrize(
    ("content_type", "body", "slug"),
    [
        ("application/json", b"{", "unreadable-body"),
        ("text/plain", b"words", "unsupported-media-type"),
        ("multipart/form-data", b"--a\r\n", "invalid-input"),
        ("multipart/form-data; boundary=a", b"--a\r\nno head", "invalid-input"),
        ("multipart/form-data; boundary=a", b"--a\r\n" * 100, "invalid-input"),
        ("multipart/form-data; boundary=a", b"--a\r\nx: y\r\n\r\nwords\r\n--a--\r\n", "invalid-input"),
        (
            "multipart/form-data; boundary=a",
            b'--a\r\nContent-Disposition: form-data; name="other"\r\n\r\nwords\r\n--a--\r\n',
            "invalid-input",
        ),
    ],
)
async def test_bodies_that_cannot_be_read(client: httpx.AsyncClient, content_type: str, body: bytes, slug: str) -> None:
    answer = await client.post("/v1/checks", content=body, headers={"Content-Type": content_type})
    assert_problem(answer, slug)


async def test_a_check_that_fails_says_why(client: httpx.AsyncClient) -> None:
    answer = await finished(client, await start(client, article={"text": "..."}))
    assert (answer["state"], answer["problem"]["type"]) == ("failed", "/problems/empty-text")
    told = events((await client.get(f"/v1/checks/{answer['id']}/events")).text)
    assert [name for _, name, _ in told] == ["failed"]


async def test_a_fault_tells_nothing_of_its_inside(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    checker.failure = RuntimeError("the secret text")
    answer = await finished(client, await start(client))
    assert answer["problem"]["type"] == "/problems/internal-error"
    assert "secret" not in json.dumps(answer)


async def test_a_deleted_check_is_gone(client: httpx.AsyncClient) -> None:
    for save in (False, True):
        where = await start(client, save=save)
        await finished(client, where)
        assert (await client.delete(where)).status_code == 204
        for answer in (await client.get(where), await client.delete(where), await client.get(f"{where}/events")):
            assert_problem(answer, "not-found")


async def test_findings_are_accepted_and_dismissed_with_a_reason(client: httpx.AsyncClient) -> None:
    where = await start(client, save=True)
    await finished(client, where)
    one = {"claim": "c2", "finding": 0, "decision": "dismiss", "reason": "the desk knows", "who": "A. Editor"}
    assert_problem(await client.post(f"{where}/decisions", json={**one, "reason": " "}), "invalid-input")
    assert_problem(await client.post(f"{where}/decisions", json={**one, "finding": 9}), "invalid-input")
    assert_problem(await client.post(f"{where}/decisions", json={**one, "claim": "c99"}), "invalid-input")
    assert (await client.post(f"{where}/decisions", json=one)).status_code == 200
    receipt = (await client.get(where)).json()["report"]["receipt"]
    assert [{name: value for name, value in kept.items() if name != "at"} for kept in receipt["decisions"]] == [one]
    await client.post(f"{where}/decisions", json={**one, "decision": ""})
    assert (await client.get(where)).json()["report"]["decisions"] == []


async def test_a_claim_as_a_whole_is_decided_on_beside_its_findings(client: httpx.AsyncClient) -> None:
    where = await start(client, save=True)
    await finished(client, where)
    whole = {"claim": "c3", "decision": "dismiss", "reason": "from the hearing", "who": "A. Editor"}
    assert_problem(await client.post(f"{where}/decisions", json={**whole, "claim": "c99"}), "invalid-input")
    assert_problem(await client.post(f"{where}/decisions", json={**whole, "reason": ""}), "invalid-input")
    finding = {"claim": "c2", "finding": 0, "decision": "accept"}
    for one in (whole, finding, {**finding, "finding": None}):
        assert (await client.post(f"{where}/decisions", json=one)).status_code == 200
    report = (await client.get(where)).json()["report"]
    assert [(one["claim"], one["finding"]) for one in report["decisions"]] == [("c3", None), ("c2", 0), ("c2", None)]
    text = (await client.get(f"{where}/report", params={"form": "markdown"})).text
    assert "from the hearing" in text.partition("## Decisions")[2]
    await client.post(f"{where}/decisions", json={**finding, "finding": None, "decision": ""})
    left = (await client.get(where)).json()["report"]["decisions"]
    assert [(one["claim"], one["finding"]) for one in left] == [("c3", None), ("c2", 0)]


async def test_a_check_that_was_not_to_be_kept_is_kept_afterwards(
    client: httpx.AsyncClient, app: FastAPI, store: CorpusStore
) -> None:
    where = await start(client)
    before = await finished(client, where)
    decision = {"claim": "c2", "finding": 0, "decision": "accept"}
    await client.post(f"{where}/decisions", json=decision)
    kept = (await client.post(f"{where}/keep")).json()
    assert (before["saved"], kept["saved"]) == (False, True)
    assert datetime.fromisoformat(kept["expires"]) - datetime.now(UTC) > timedelta(days=29)
    await client.post(f"{where}/decisions", json={**decision, "claim": "c5"})
    first = (await client.get(where)).json()["report"]
    assert (await client.post(f"{where}/keep")).json()["expires"] == kept["expires"]  # kept as it is
    app.state.jobs = Jobs(app.state.service, open_saved_checks(store), app.state.official)  # memory is gone
    assert (await client.get(where)).json()["report"] == first
    assert [one["claim"] for one in first["decisions"]] == ["c2", "c5"]
    assert (await client.delete(where)).status_code == 204
    assert_problem(await client.post(f"{where}/keep"), "not-found")
    assert open_saved_checks(store).find(where.rpartition("/")[2]) is None


async def test_a_check_made_again_from_its_receipt_gives_the_same_answer(
    client: httpx.AsyncClient, checker: FakeChecker
) -> None:
    receipt = (await finished(client, await start(client, house_style=["percent"])))["report"]["receipt"]
    again = {"article": {"text": ARTICLE}, "receipt": receipt}
    answer = await finished(client, await start(client, **again))
    assert answer["report"]["changes"] == []
    assert answer["report"]["receipt"]["options"] == receipt["options"]
    checker.report = replace(checker.report, claims=checker.report.claims[:3], rule_version="next")
    changes = (await finished(client, await start(client, **again)))["report"]["changes"]
    assert changes[0].startswith("the rules of judgement changed: ")
    assert "claim c4: no longer there" in changes


# Work that takes its time, and processes that die


@dataclass
class SlowChecker(FakeChecker):
    """Decides a sentence each time that it is let."""

    turns: list[int] = field(default_factory=lambda: [100])

    def compare_by_steps(
        self, text: str, source: str, *contexts: Any, **named: Any
    ) -> Generator[CheckStep | CheckReport, None, None]:
        for step in super().compare_by_steps(text, source, *contexts, **named):
            while not self.turns[0]:
                yield_to_others()
            self.turns[0] -= 1
            yield step


def yield_to_others() -> None:
    import time

    time.sleep(0.005)


@pytest.fixture
def checker() -> FakeChecker:
    return SlowChecker()


async def decided(client: httpx.AsyncClient, where: str, count: int) -> None:
    for _ in range(500):
        if len((await client.get(where)).json()["claims"]) >= count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("no claim comes")


async def test_a_cancelled_check_keeps_what_was_decided(client: httpx.AsyncClient, checker: SlowChecker) -> None:
    for save in (False, True):
        checker.turns[0] = 3
        where = await start(client, save=save)
        await decided(client, where, 2)
        answer = (await client.post(f"{where}/cancel")).json()
        checker.turns[0] = 100
        assert (answer["state"], len(answer["claims"])) == ("cancelled", 2)
        await asyncio.sleep(0.05)
        later = (await client.get(where)).json()
        assert (later["state"], len(later["claims"])) == ("cancelled", 2)
        assert events((await client.get(f"{where}/events")).text)[-1][1] == "cancelled"


async def test_a_check_under_way_is_not_kept_yet(client: httpx.AsyncClient, checker: SlowChecker) -> None:
    checker.turns[0] = 3
    where = await start(client)
    await decided(client, where, 2)
    assert_problem(await client.post(f"{where}/keep"), "invalid-input")
    checker.turns[0] = 100
    await finished(client, where)
    assert (await client.post(f"{where}/keep")).json()["saved"]


@pytest.fixture
async def other(store: CorpusStore, settings: Settings) -> AsyncIterator[tuple[httpx.AsyncClient, FastAPI]]:
    """Another process that serves the same corpus."""
    app = create_app(FakeChecker(), store, settings, model_id=MODEL)
    app.state.jobs = Jobs(app.state.service, open_saved_checks(store), app.state.official, gone_seconds=0)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        yield client, app


async def test_the_death_of_a_process_loses_no_claim_and_another_goes_on(
    client: httpx.AsyncClient, app: FastAPI, checker: SlowChecker, other: tuple[httpx.AsyncClient, FastAPI]
) -> None:
    second, second_app = other
    checker.turns[0] = 3
    where = await start(client, save=True)
    await decided(client, where, 2)
    lost = await start(client, save=False)
    seen = (await second.get(where)).json()
    assert (seen["state"], [claim["id"] for claim in seen["claims"]]) == ("running", ["c1", "c2"])
    closing = asyncio.create_task(app.state.jobs.close())
    await asyncio.sleep(0.02)
    checker.turns[0] = 100
    await closing
    await asyncio.sleep(0.02)
    assert await second_app.state.jobs.take_over() == 1
    answer = await finished(second, where)
    assert answer["state"] == "done"
    assert [claim["id"] for claim in answer["report"]["claims"]] == CLAIMS
    assert answer["report"]["receipt"]["claims"][1][1] == "contradicted"
    assert_problem(await second.get(lost), "not-found")


async def test_where_the_rules_have_changed_a_check_is_marked_and_keeps_its_claims(
    client: httpx.AsyncClient,
    app: FastAPI,
    checker: SlowChecker,
    other: tuple[httpx.AsyncClient, FastAPI],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    second, second_app = other
    checker.turns[0] = 3
    where = await start(client, save=True)
    await decided(client, where, 2)
    closing = asyncio.create_task(app.state.jobs.close())
    checker.turns[0] = 100
    await closing
    monkeypatch.setattr("headwater.api.checks.jobs.RULE_VERSION", "next")
    await asyncio.sleep(0.02)
    await second_app.state.jobs.take_over()
    answer = await finished(second, where)
    assert (answer["state"], answer["report"]) == ("interrupted", None)
    assert [claim["id"] for claim in answer["claims"]][:2] == ["c1", "c2"]


async def test_a_watcher_at_another_process_sees_the_end(
    client: httpx.AsyncClient,
    checker: SlowChecker,
    other: tuple[httpx.AsyncClient, FastAPI],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("headwater.api.checks.jobs.LOOK_SECONDS", 0.02)
    second, _ = other
    checker.turns[0] = 3
    where = await start(client, save=True)
    await decided(client, where, 2)
    watching = asyncio.create_task(second.get(f"{where}/events"))
    await asyncio.sleep(0.1)
    checker.turns[0] = 100
    told = events((await watching).text)
    assert [name for _, name, _ in told] == ["claims"] * 7 + ["done"]


async def test_too_many_jobs_are_refused(
    client: httpx.AsyncClient, checker: SlowChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headwater.api.checks.jobs.MOST_UNFINISHED", 1)
    checker.turns[0] = 0
    where = await start(client)
    assert_problem(await client.post("/v1/checks", json=REQUEST), "overloaded")
    checker.turns[0] = 100
    await finished(client, where)
    await start(client)
