"""Many texts in one request, and requests that are sent again."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

import anyio
import httpx
import pytest
from fastapi import FastAPI, Response

from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.api.idempotency import IdempotentAnswers, Write
from headwater.api.openapi import EXAMPLES
from headwater.api.problems import IdempotencyConflictError
from headwater.corpus.answered import GONE_SECONDS, KEPT_SECONDS, AnsweredWrites, KeptAnswer, open_answered
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import EmptyCorpusError
from headwater.settings import Settings
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio
Act = Callable[[], Awaitable[Response]]


async def test_each_text_has_its_answer_or_its_problem(client: httpx.AsyncClient) -> None:
    items = [{"text": "A claim."}, {"text": "a" * 2_000_001}, {"text": "Another."}]
    answer = await client.post("/v1/match/batch", json={"items": items})
    alone = await client.post("/v1/match", json=items[0])
    body = answer.json()
    assert answer.status_code == 200
    assert [result["index"] for result in body["results"]] == [0, 1, 2]
    assert body["failed"] == 1
    assert body["results"][0]["answer"] == alone.json()
    assert body["results"][0]["problem"] is None
    assert body["results"][1]["answer"] is None
    assert body["results"][1]["problem"]["type"] == "/problems/text-too-long"
    assert body["results"][1]["problem"]["request_id"] == answer.headers["x-request-id"]


async def test_a_hundred_texts_and_the_failures_among_them(client: httpx.AsyncClient) -> None:
    bad = {7: "…", 40: "", 99: "a" * 2_000_001}
    items = [{"text": bad.get(number, f"Claim {number}.")} for number in range(100)]
    body = (await client.post("/v1/match/batch", json={"items": items})).json()
    slugs = {one["index"]: one["problem"]["type"].rpartition("/")[2] for one in body["results"] if one["problem"]}
    assert slugs == {7: "empty-text", 40: "empty-text", 99: "text-too-long"}
    assert [one["index"] for one in body["results"]] == list(range(100))
    assert [one["answer"] is None for one in body["results"]] == [number in bad for number in range(100)]
    assert body["failed"] == 3


@pytest.mark.parametrize("items", [[], [{"text": "A."}] * 101, [{"text": 7}], [{"text": "A.", "source": "B"}]])
async def test_batches_that_do_not_fit(client: httpx.AsyncClient, items: list[object]) -> None:
    assert_problem(await client.post("/v1/match/batch", json={"items": items}), "invalid-request")


async def test_what_concerns_all_is_the_answer_to_all(
    client: httpx.AsyncClient, checker: FakeChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EmptyCorpusError

    monkeypatch.setattr(checker, "check", fail)
    assert_problem(await client.post("/v1/match/batch", json={"items": [{"text": "A."}]}), "empty-corpus")


async def test_each_text_counts(store: CorpusStore, settings: Settings) -> None:
    keys = [open_keys(store).create(KeyTerms(name, per_minute=10)).written for name in ("Desk", "Other")]
    app: FastAPI = create_app(FakeChecker(), store, settings, model_id=MODEL)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        for key, count, status, left in ((0, 6, 200, 4), (0, 6, 429, 3), (1, 4, 200, 6)):
            sent = {"items": [{"text": "A claim."}] * count}
            headers = {"Authorization": f"Bearer {keys[key]}"}
            answer = await client.post("/v1/match/batch", json=sent, headers=headers)
            told = int(answer.headers["ratelimit-remaining"])
            assert answer.status_code == status
            assert left <= told <= left + 1  # one comes back every six seconds
            assert answer.headers["ratelimit"].startswith(f'"minute";r={told};t=')
            assert ("retry-after" in answer.headers) == (status == 429)


async def test_the_example_is_taken(client: httpx.AsyncClient) -> None:
    for example in json.loads((EXAMPLES / "batch_requests.json").read_text(encoding="utf-8")).values():
        answer = await client.post("/v1/match/batch", json=example["value"])
        assert answer.json()["failed"] == 0


def as_write(key: str, body: bytes, act: Act) -> Write:
    async def again(headers: Mapping[str, str]) -> Response:
        return Response(f"once more: {headers.get('location', '')}")

    return Write(key, body, act, again)


def counting() -> tuple[list[int], Act]:
    done: list[int] = []

    async def act() -> Response:
        done.append(1)
        await anyio.sleep(0.01)
        return Response(f"made {len(done)}", 202, {"Location": f"/v1/checks/{len(done)}"})

    return done, act


@pytest.fixture
def writes(store: CorpusStore) -> AnsweredWrites:
    return open_answered(store)


async def test_a_write_that_is_sent_again_is_done_once(writes: AnsweredWrites) -> None:
    answers, (done, act) = IdempotentAnswers(writes), counting()
    got: list[Response] = []

    async def send() -> None:
        got.append(await answers.answer("caller", as_write("key", b"body", act)))

    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(send)
    assert len(done) == 1
    assert sorted(bytes(answer.body) for answer in got) == [b"made 1", *[b"once more: /v1/checks/1"] * 4]
    assert [answer.headers.get("idempotent-replay") for answer in got].count("true") == 4
    assert answers._under_way == {}


async def test_what_another_caller_or_no_key_does_is_another_thing(writes: AnsweredWrites) -> None:
    answers, (done, act) = IdempotentAnswers(writes), counting()
    for caller, key in (("a", "1"), ("b", "1"), ("a", "2"), ("a", ""), ("a", "")):
        await answers.answer(caller, as_write(key, b"body", act))
    assert len(done) == 5


async def test_one_key_is_for_one_request(writes: AnsweredWrites) -> None:
    answers, (_, act) = IdempotentAnswers(writes), counting()
    await answers.answer("a", as_write("1", b"body", act))
    with pytest.raises(IdempotencyConflictError):
        await answers.answer("a", as_write("1", b"other", act))


async def test_failures_are_not_kept_and_nothing_is_kept_for_ever(store: CorpusStore) -> None:
    clock = [0.0]
    answers, (done, act) = IdempotentAnswers(AnsweredWrites(store._database, lambda: clock[0])), counting()

    async def fail() -> Response:
        raise EmptyCorpusError

    with pytest.raises(EmptyCorpusError):
        await answers.answer("a", as_write("1", b"body", fail))
    await answers.answer("a", as_write("1", b"body", act))
    clock[0] = KEPT_SECONDS + 1
    await answers.answer("a", as_write("1", b"body", act))
    assert len(done) == 2


async def test_another_process_is_waited_for(store: CorpusStore) -> None:
    here, there = (IdempotentAnswers(open_answered(store)) for _ in range(2))
    got: list[Response] = []
    begun, go_on = anyio.Event(), anyio.Event()

    async def act() -> Response:
        begun.set()
        await go_on.wait()
        return Response("made there", 201)

    async def fail() -> Response:
        raise AssertionError("it is done twice")

    async with anyio.create_task_group() as group:
        group.start_soon(there.answer, "a", as_write("1", b"body", act))
        await begun.wait()

        async def ask() -> None:
            got.append(await here.answer("a", as_write("1", b"body", fail)))

        group.start_soon(ask)
        await anyio.sleep(0)
        go_on.set()
    assert [bytes(answer.body) for answer in got] == [b"once more: "]


def test_what_a_process_left_behind_when_it_died_is_done_again(store: CorpusStore) -> None:
    clock = [1_000.0]
    writes = AnsweredWrites(store._database, lambda: clock[0])
    assert writes.claim("n", "d", "dead") is None
    assert writes.claim("n", "d", "other") == KeptAnswer("d", 0, {})
    for moment in (1_000 + GONE_SECONDS + 1, 0.0):  # later, and after the clock was set back
        clock[0] = moment
        assert writes.claim("n", "d", "other") is None
    clock[0] += GONE_SECONDS - 1
    writes.renew("n", "dead")  # it is no longer its own
    writes.renew("n", "other")
    clock[0] += GONE_SECONDS - 1
    assert writes.claim("n", "d", "third") == KeptAnswer("d", 0, {})
    writes.keep("n", "dead", KeptAnswer("d", 200, {}))
    writes.keep("n", "other", KeptAnswer("d", 202, {"location": "/x"}))
    assert writes.claim("n", "d", "third") == KeptAnswer("d", 202, {"location": "/x"})


def test_what_is_known_to_have_ended_is_done_again_at_once(store: CorpusStore) -> None:
    writes = open_answered(store)
    assert writes.claim("n", "d", "dead") is None
    assert writes.claim("n", "d", "other", is_gone=lambda holder: holder != "dead") == KeptAnswer("d", 0, {})
    assert writes.claim("n", "d", "other", is_gone=lambda holder: holder == "dead") is None
    writes.keep("n", "other", KeptAnswer("d", 202, {}))
    assert writes.claim("n", "d", "third", is_gone=lambda _: True) == KeptAnswer("d", 202, {})


async def test_a_long_write_gives_signs_of_itself(store: CorpusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headwater.api.idempotency.SIGN_SECONDS", 0.001)
    writes, given = open_answered(store), asyncio.Event()
    loop, renew = asyncio.get_running_loop(), writes.renew

    def renew_and_tell(name: str, holder: str) -> None:
        renew(name, holder)
        loop.call_soon_threadsafe(given.set)

    monkeypatch.setattr(writes, "renew", renew_and_tell)

    async def act() -> Response:
        for _ in range(2):
            given.clear()
            await given.wait()
        return Response("done")

    answer = await IdempotentAnswers(writes).answer("a", as_write("1", b"body", act))
    assert bytes(answer.body) == b"done"


async def test_a_check_that_is_asked_again_is_the_same_check(client: httpx.AsyncClient) -> None:
    asked = {"article": {"text": "A claim."}, "source": {"text": "A source."}, "save": False}
    first, again, other, conflict = [
        await client.post("/v1/checks", json=body, headers={"Idempotency-Key": key})
        for body, key in ((asked, "k1"), (asked, "k1"), (asked, "k2"), ({**asked, "article": {"text": "B."}}, "k1"))
    ]
    assert (first.status_code, again.status_code, other.status_code) == (202, 202, 202), first.text
    assert first.headers["location"] == again.headers["location"] != other.headers["location"]
    assert again.headers["idempotent-replay"] == "true"
    assert_problem(conflict, "idempotency-conflict")
    wrong = await client.post("/v1/checks", json=asked, headers={"Idempotency-Key": "k" * 201})
    assert_problem(wrong, "invalid-request")
