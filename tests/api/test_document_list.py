"""The list of documents over HTTP."""

from datetime import UTC, datetime

import httpx
import pytest

from corpus_factories import make_record
from headwater.api.routes.document_list import parse_cursor, write_cursor
from headwater.corpus.listing import Place
from headwater.corpus.store import CorpusStore
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio


async def test_all_documents_page_by_page(client: httpx.AsyncClient, store: CorpusStore) -> None:
    store.add_documents([make_record(url=f"https://a.gov.uk/{number}", text=f"T {number}.") for number in range(7)])
    seen, cursor = [], ""
    while cursor is not None:
        body = (await client.get("/v1/documents", params={"limit": 3, "cursor": cursor})).json()
        seen += [item["id"] for item in body["items"]]
        cursor = body["next"]
    assert len(seen) == len(set(seen)) == 8
    for identifier in seen:
        assert (await client.get(f"/v1/documents/{identifier}")).status_code == 200


async def test_what_comes_and_goes_between_pages_shifts_nothing(client: httpx.AsyncClient, store: CorpusStore) -> None:
    """Newer and older documents are added and one is deleted: what was there is seen once, and nothing twice."""

    def dated(number: int) -> dict[str, object]:
        day = datetime(2024, 1, 1 + number, tzinfo=UTC)
        return {"url": f"https://a.gov.uk/{number}", "text": f"T {number}.", "first_published": day, "updated": day}

    store.add_documents([make_record(**dated(number)) for number in range(2, 16, 2)])
    before = {item["id"] for item in (await client.get("/v1/documents", params={"limit": 200})).json()["items"]}
    seen: list[str] = []
    cursor, new = "", iter(range(1, 28, 2))
    while cursor is not None:
        body = (await client.get("/v1/documents", params={"limit": 2, "cursor": cursor})).json()
        seen += [item["id"] for item in body["items"]]
        cursor = body["next"]
        store.add_documents([make_record(**dated(next(new))), make_record(**dated(next(new)))])
        if len(seen) == 4:
            store.remove_documents([seen[-1]])  # the place that the next page begins at
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


async def test_filters(client: httpx.AsyncClient) -> None:
    for query, found in (
        ({"publisher": "Home Office"}, 1),
        ({"publisher": "home office' OR 1=1 --"}, 0),
        ({"type": "press_release", "from": "2024-11-07", "to": "2024-11-07"}, 1),
        ({"from": "2024-11-08"}, 0),
        ({"title": "deals NEW"}, 1),
        ({"title": "new zealand"}, 0),
        ({"title": "%"}, 0),
        ({"title": "\0 ' OR 1=1 --"}, 0),
    ):
        assert len((await client.get("/v1/documents", params=query)).json()["items"]) == found, query


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "201"}, {"from": "yesterday"}, {"cursor": "x" * 601}])
async def test_queries_that_do_not_fit(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    assert_problem(await client.get("/v1/documents", params=query), "invalid-request")


@pytest.mark.parametrize("cursor", ["x", "!", "W10", "WzEsMl0", "é", write_cursor(Place("\0", "a")), "W1tbW1tb" * 50])
async def test_cursors_that_are_none(client: httpx.AsyncClient, cursor: str) -> None:
    assert_problem(await client.get("/v1/documents", params={"cursor": cursor}), "invalid-input")


def test_a_cursor_is_read_as_it_was_written() -> None:
    place = Place("2024-11-07", "a1b2é")
    assert parse_cursor(write_cursor(place)) == place
