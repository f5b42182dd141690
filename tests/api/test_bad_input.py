"""No input makes a 500: a verdict, or a documented problem that does not repeat what was sent."""

import json

import httpx
import pytest

from fakes import FakeChecker
from headwater.domain import errors
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio

JSON = {"content-type": "application/json"}

# body, problem
MATCH_BODIES = [
    ({"text": ""}, "empty-text"),
    ({"text": " \n\t "}, "empty-text"),
    ({"text": "\x00\x01\x1b"}, "empty-text"),
    ({"text": "\u200b\ufeff\u202e"}, "empty-text"),
    ({"text": "…—!?"}, "empty-text"),
    ({}, "invalid-request"),
    ([], "invalid-request"),
    (None, "invalid-request"),
    ("text", "invalid-request"),
    (7, "invalid-request"),
    ({"text": None}, "invalid-request"),
    ({"text": 7}, "invalid-request"),
    ({"text": True}, "invalid-request"),
    ({"text": ["a"]}, "invalid-request"),
    ({"text": {"a": "b"}}, "invalid-request"),
    ({"text": "Some claim.", "unknown": 1}, "invalid-request"),
    ({"text": "Some claim.", "context": {"unknown": 1}}, "invalid-request"),
    ({"text": "Some claim.", "context": None}, "invalid-request"),
    ({"text": "Some claim.", "context": {"published": "yesterday"}}, "invalid-request"),
    ({"text": "Some claim.", "context": {"published": "2024-02-30"}}, "invalid-request"),
    ({"text": "Some claim.", "context": {"published": 0}}, "invalid-request"),
    ({"text": "Some claim.", "context": {"published": "٢٠٢٤-١١-٠٧"}}, "invalid-request"),
    ({"text": "Some claim.", "context": {"title": "x" * 2_001}}, "invalid-request"),
    ({"text": "Some claim.", "limit": 0}, "invalid-request"),
    ({"text": "Some claim.", "limit": 21}, "invalid-request"),
    ({"text": "Some claim.", "limit": "3"}, "invalid-request"),
    ({"text": "Some claim.", "limit": True}, "invalid-request"),
    ({"text": "Some claim.", "limit": 1e400}, "invalid-request"),
    ({"text": "Some claim.", "filters": {"publishers": "Home Office"}}, "invalid-request"),
    ({"text": "Some claim.", "filters": {"publishers": ["x"] * 51}}, "invalid-request"),
    ({"text": "Some claim.", "filters": {"publishers": ["\ud800"]}}, "invalid-request"),
    ({"text": "Some claim.", "filters": {"latest_only": "yes"}}, "invalid-request"),
]

# body as bytes, content type, problem
RAW_BODIES = [
    (b"", "application/json", "invalid-request"),
    (b"", None, "invalid-request"),
    (b"{", "application/json", "unreadable-body"),
    (b'{"text": "a"', "application/json", "unreadable-body"),
    (b"not json", "application/json", "unreadable-body"),
    (b'{"text": "\xff\xfe"}', "application/json", "unreadable-body"),
    (b"[" * 100_000, "application/json", "unreadable-body"),
    (b'{"text": ' + b"9" * 10_000 + b"}", "application/json", "unreadable-body"),
    (b'{"text": "Some claim."}', "text/plain", "unsupported-media-type"),
    (b'{"text": "Some claim."}', None, "unsupported-media-type"),
    (b"text=Some+claim.", "application/x-www-form-urlencoded", "unsupported-media-type"),
    (b"<text>Some claim.</text>", "application/xml", "unsupported-media-type"),
]

ACCEPTED = [
    "word",
    "A" * 1_000_000,
    "One sentence of many. " * 45_454,
    "a\x00b\x1b[31m\x7f\x9b",
    "\ud83d alone",
    "أعلن رئيس الوزراء اتفاقات جديدة مع ثلاث دول.",  # Arabic
    "政府は新しい協定を発表した。",
    "👩‍👩‍👧‍👦 costs £5",
    "e\u0301" * 1_000,
    "\u202eright to left",
    "１２３ people",
]


@pytest.mark.parametrize(("body", "slug"), MATCH_BODIES)
async def test_match_refuses(client: httpx.AsyncClient, body: object, slug: str) -> None:
    answer = await client.post("/v1/match", content=json.dumps(body), headers=JSON)
    assert_problem(answer, slug)


@pytest.mark.parametrize(("body", "media_type", "slug"), RAW_BODIES)
@pytest.mark.parametrize("path", ["/v1/match", "/v1/compare"])
async def test_bodies_that_are_no_json(
    client: httpx.AsyncClient, path: str, body: bytes, media_type: str | None, slug: str
) -> None:
    headers = {"content-type": media_type} if media_type else {}
    assert_problem(await client.post(path, content=body, headers=headers), slug)


@pytest.mark.parametrize("text", ACCEPTED, ids=lambda text: ascii(text[:12]))
@pytest.mark.parametrize("path", ["/v1/match", "/v1/compare"])
async def test_odd_texts_get_an_answer(client: httpx.AsyncClient, path: str, text: str) -> None:
    body = {"text": text} if path == "/v1/match" else {"text": text, "source": text}
    answer = await client.post(path, content=json.dumps(body), headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["claims"]


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({"text": "A claim."}, "invalid-request"),
        ({"source": "A source."}, "invalid-request"),
        ({"text": "A claim.", "source": ""}, "empty-text"),
        ({"text": "", "source": "A source."}, "empty-text"),
        ({"text": "A claim.", "source": 7}, "invalid-request"),
        ({"text": "A claim.", "source": "A source.", "limit": 3}, "invalid-request"),
    ],
)
async def test_compare_refuses(client: httpx.AsyncClient, body: object, slug: str) -> None:
    assert_problem(await client.post("/v1/compare", json=body), slug)


async def test_a_problem_names_the_place_and_never_the_value(client: httpx.AsyncClient) -> None:
    body = {"text": ["MARKER"], "limit": "MARKER", "MARKER with spaces": 1, "context": {"published": "MARKER"}}
    answer = await client.post("/v1/match", json=body)
    assert_problem(answer, "invalid-request")
    assert "MARKER" not in answer.text
    places = [error["location"] for error in answer.json()["errors"]]
    assert places == ["body.text", "body.context.published", "body.limit", "body.(a name that is not repeated)"]
    assert all(error["message"] for error in answer.json()["errors"])


async def test_many_errors_make_a_short_answer(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/match", json={"text": "x", **{f"field_{number}": 1 for number in range(1_000)}})
    assert_problem(answer, "invalid-request")
    assert len(answer.json()["errors"]) == 20
    assert answer.json()["detail"].endswith("(1000 faults in all)")


async def test_the_first_fault_is_named_where_people_look(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/compare", json={"text": "x", "source": {"text": "y"}})
    assert answer.json()["detail"] == "body.source: Input should be a valid string"


async def test_a_text_beyond_the_limit(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/match", json={"text": "a" * 2_000_001})
    assert_problem(answer, "text-too-long")
    assert "2,000,000" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("failure", "slug"),
    [
        (errors.EmptyCorpusError(), "empty-corpus"),
        (errors.ModelMismatchError("a", "b"), "model-mismatch"),
        (errors.CorpusUnavailableError("/secret/path is locked"), "corpus-unavailable"),
        (RuntimeError("secret: the reader's words"), "internal-error"),
        (RecursionError("secret"), "internal-error"),
        (MemoryError(), "overloaded"),
        (ValueError("secret"), "internal-error"),
    ],
)
async def test_failures_behind_the_service(
    client: httpx.AsyncClient, checker: FakeChecker, failure: Exception, slug: str
) -> None:
    checker.failure = failure
    answer = await client.post("/v1/match", json={"text": "Some claim."})
    assert_problem(answer, slug)
    assert "secret" not in answer.text
