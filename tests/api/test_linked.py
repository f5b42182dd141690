"""`Accept: application/ld+json`: linked data for the page of the article."""

import httpx
import pytest

from factories import ARTICLE

pytestmark = pytest.mark.anyio
LINKED = "application/ld+json"
KNOWN = {"url": "https://news.example/deals", "title": "New deals signed", "published": "2024-11-08"}


@pytest.mark.parametrize("path", ["/v1/match", "/v1/compare"])
async def test_a_check_as_linked_data(client: httpx.AsyncClient, path: str) -> None:
    asked = {"text": ARTICLE, "context": KNOWN} | ({"source": "A source."} if path == "/v1/compare" else {})
    answer = await client.post(path, json=asked, headers={"Accept": LINKED})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == LINKED
    article = answer.json()["@graph"][0]
    assert [article[name] for name in ("url", "headline", "datePublished")] == list(KNOWN.values())
    assert article["hasPart"]


async def test_json_goes_before_it(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/match", json={"text": ARTICLE}, headers={"Accept": f"{LINKED}, application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert "claims" in answer.json()


async def test_the_report_of_a_check_as_linked_data(client: httpx.AsyncClient) -> None:
    begun = await client.post("/v1/checks", json={"article": {"text": ARTICLE, "title": "New deals signed"}})
    await client.get(f"{begun.headers['location']}/events")
    answer = await client.get(f"{begun.headers['location']}/report", params={"form": "linked"})
    assert answer.headers["content-type"] == LINKED
    assert answer.headers["content-disposition"] == 'attachment; filename="check.jsonld"'
    assert answer.json()["@graph"][0]["headline"] == "New deals signed"
