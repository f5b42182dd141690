"""POST /v1/match and POST /v1/compare: what reaches the checker, and what comes back."""

from datetime import date

import httpx
import pytest

from factories import make_hostile_report, make_report
from fakes import FakeChecker
from headwater.api.answers import CheckAnswer
from headwater.checking import CheckContext
from headwater.corpus.filters import PassageFilters
from headwater.report.json import report_to_json

pytestmark = pytest.mark.anyio


async def test_match_answers_with_the_report(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/match", json={"text": "Some claim."})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == report_to_json(make_report())


async def test_match_hands_on_context_filters_and_limit(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    body = {
        "text": "Some claim.",
        "context": {
            "url": "https://news.example/a",
            "title": "News",
            "published": "2024-11-07T10:30:00+00:00",
            "prefix": "before",
            "suffix": "after",
        },
        "filters": {"publishers": ["Home Office"], "published_from": "2024-01-01", "language": "en"},
        "limit": 5,
    }
    assert (await client.post("/v1/match", json=body)).status_code == 200
    assert checker.asked == [
        (
            "Some claim.",
            CheckContext("https://news.example/a", "News", date(2024, 11, 7), "before", suffix="after"),
            PassageFilters(publishers=("Home Office",), published_from=date(2024, 1, 1), language="en"),
            5,
        )
    ]


async def test_house_style_reaches_the_checker(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    for given in (["Serial-Comma", "ise_ize"], []):
        answer = await client.post("/v1/match", json={"text": "Some claim.", "house_style": given})
        assert answer.status_code == 200
    body = {"text": "A claim.", "source": "A source.", "house_style": ["percent"]}
    assert (await client.post("/v1/compare", json=body)).status_code == 200
    styles = [context.house_style for asked in checker.asked for context in asked if isinstance(context, CheckContext)]
    assert styles == [("serial_comma", "ise_ize"), (), ("percent",), None]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["serial_coma"], "unknown house style: did you mean serial_comma? there are serial_comma, "),
        ("serial_comma", "Input should be a list of switches of house style"),
        ([7], "Input should be a list of switches of house style"),
    ],
)
async def test_an_unusable_house_style_is_refused(client: httpx.AsyncClient, given: object, message: str) -> None:
    answer = await client.post("/v1/match", json={"text": "Some claim.", "house_style": given})
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["location"].endswith("house_style")
    assert error["message"].startswith(message)


async def test_absent_fields_are_the_checkers_own_defaults(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    await client.post("/v1/match", json={"text": "Some claim."})
    await client.post("/v1/match", json={"text": "Some claim.", "context": {"published": None}, "filters": None})
    assert checker.asked == [("Some claim.", CheckContext(), None, None)] * 2


async def test_compare_hands_on_both_texts(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    body = {
        "text": "A claim.",
        "source": "A source.",
        "context": {"published": "2024-11-08"},
        "source_context": {"published": "2024-11-07"},
    }
    answer = await client.post("/v1/compare", json=body)
    assert CheckAnswer.model_validate(answer.json()).summary["contradicted"] == 1
    given, official = CheckContext(published=date(2024, 11, 8)), CheckContext(published=date(2024, 11, 7))
    assert checker.asked == [("A claim.", "A source.", given, official)]


async def test_a_lone_surrogate_is_taken_in_and_comes_back_replaced(
    client: httpx.AsyncClient, checker: FakeChecker
) -> None:
    checker.report = make_hostile_report()
    answer = await client.post(
        "/v1/match",
        content=rb'{"text": "lone \ud800 surrogate", "context": {"title": "\udfff"}}',
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 200
    assert checker.asked[0][0] == "lone \ud800 surrogate"
    claim = answer.json()["claims"][1]
    assert claim["text"] == "lone \ufffd surrogate"
    assert len(claim["text"]) == claim["span"]["end"] - claim["span"]["start"]


async def test_the_same_request_has_the_same_answer(client: httpx.AsyncClient) -> None:
    first, second = [await client.post("/v1/match", json={"text": "Some claim."}) for _ in range(2)]
    assert first.content == second.content


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("", "application/json"),
        ("text/html", "application/json"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("TEXT/PLAIN;q=0.9, */*;q=0.1", "text/plain; charset=utf-8"),
        ("application/json, text/plain", "application/json"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/match", "/v1/compare"])
async def test_a_page_of_text_for_who_asks(client: httpx.AsyncClient, path: str, accept: str, media_type: str) -> None:
    body = {"text": "A claim."} if path == "/v1/match" else {"text": "A claim.", "source": "A source."}
    answer = await client.post(path, json=body, headers={"accept": accept})
    assert answer.headers["content-type"] == media_type
    assert ("2. ✗ Contradicted" in answer.text) is media_type.startswith("text")
