"""The page by hand."""

import re
from datetime import date
from urllib.parse import urlencode

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from factories import ARTICLE, HOSTILE, make_hostile_report
from fakes import FakeChecker
from headwater.checking import CheckContext
from headwater.domain.errors import EmptyCorpusError
from headwater.report.wording import VERDICT_WORDING
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def send(client: httpx.AsyncClient, **fields: str) -> httpx.Response:
    return await client.post("/", content=urlencode(fields), headers=FORM)


async def test_the_empty_form(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    form = LexborHTMLParser(page.text).css_first("form")
    assert [field.attributes["name"] for field in form.css("[name]")] == ["text", "source", "published", "as_of"]
    assert "<script" not in page.text
    assert " style=" not in page.text


async def test_the_methods_of_the_page(client: httpx.AsyncClient) -> None:
    assert (await client.head("/")).status_code == 200
    answer = await client.delete("/")
    assert_problem(answer, "method-not-allowed")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


async def test_a_text_is_checked_against_the_corpus(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    page = await send(client, text=ARTICLE, source="  ", published="2024-11-08")
    assert page.status_code == 200
    assert checker.asked == [(ARTICLE, CheckContext(published=date(2024, 11, 8)), None, None)]


async def test_the_report_says_everything(client: httpx.AsyncClient) -> None:
    text = LexborHTMLParser((await send(client, text=ARTICLE)).text).text(separator=" ")
    text = re.sub(r"\s+", " ", text)
    for wording in VERDICT_WORDING.values():
        assert wording.word in text
    for words in (
        "article “£57 million”, source “£75 million”: £18 million less",
        "Home Office, “New deals to smash the gangs”, 7 November 2024",
        "Contains public sector information",
        "Prime Minister , in",
        "Not stated: More than 31,000",
        "The nearest passage, which is no support",
        "No official source found on this topic.",
        "wrongly decoded characters at",
        "searched by words alone",
        "the text leaves out",
    ):
        assert words in text
    assert re.search(r"\b(true|false|fake)\b", text, re.IGNORECASE) is None


async def test_a_source_beside_it_is_compared(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    page = await send(client, text="A claim.", source="A source.", published="")
    assert page.status_code == 200
    assert checker.asked == [("A claim.", "A source.", CheckContext(), CheckContext())]
    assert "A source." in page.text


async def test_hostile_text_is_shown_as_text(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    checker.report = make_hostile_report()
    page = await send(client, text=f"</textarea>{HOSTILE}", source='"><img src=x onerror=alert(1)>', published='"x')
    assert page.status_code in {200, 422}
    page = await send(client, text=f"</textarea>{HOSTILE}", source='"><img src=x onerror=alert(1)>')
    tree = LexborHTMLParser(page.text)
    assert page.status_code == 200
    assert tree.css("script, img, iframe") == []
    assert [link.attributes["href"] for link in tree.css("a") if "script" in (link.attributes["href"] or "")] == []
    assert tree.css_first("#text").text().endswith(HOSTILE)


@pytest.mark.parametrize(
    ("fields", "slug"),
    [
        ({}, "empty-text"),
        ({"text": " "}, "empty-text"),
        ({"text": "a", "published": "yesterday"}, "invalid-input"),
        ({"text": "a" * 2_000_001}, "text-too-long"),
        ({"text": "a", **{f"field{number}": "x" for number in range(20)}}, "invalid-input"),
    ],
)
async def test_a_failure_is_said_above_the_form(client: httpx.AsyncClient, fields: dict[str, str], slug: str) -> None:
    page = await send(client, **fields)
    alert = LexborHTMLParser(page.text).css_first("[role=alert] a") if slug else None
    assert alert is not None
    assert alert.attributes["href"] == f"/problems/{slug}"
    assert page.headers["content-type"].startswith("text/html")


async def test_an_empty_corpus_is_said_too(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    checker.failure = EmptyCorpusError()
    page = await send(client, text="A claim.")
    assert page.status_code == 503
    assert page.headers["retry-after"] == "30"
    assert "headwater ingest" in page.text


async def test_bytes_that_are_no_utf8_are_replaced(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    page = await client.post("/", content=b"text=%FF%FE+claim+\xff", headers=FORM)
    assert page.status_code == 200
    assert checker.asked[0][0] == "\ufffd\ufffd claim \ufffd"


async def test_a_form_of_another_site_is_refused(client: httpx.AsyncClient) -> None:
    own = {**FORM, "origin": "http://127.0.0.1"}
    assert (await client.post("/", content="text=claim", headers=own)).status_code == 200
    for origin in ("https://evil.example", "null", "http://127.0.0.1:99"):
        answer = await client.post("/", content="text=claim", headers={**FORM, "origin": origin})
        assert_problem(answer, "cross-site")


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data; boundary=x", "application/json", ""])
async def test_other_bodies_are_refused(client: httpx.AsyncClient, media_type: str) -> None:
    answer = await client.post("/", content="text=claim", headers={"content-type": media_type})
    assert_problem(answer, "unsupported-media-type")


async def test_the_style_is_served(client: httpx.AsyncClient) -> None:
    answer = await client.get("/style.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert "url(" not in answer.text
