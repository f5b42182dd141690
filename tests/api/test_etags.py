"""Documents and the coverage are not sent again to those who hold them; HEAD sends no body at all."""

import httpx
import pytest
from tests.unit.client.serving import running

from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.api.etags import holds
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio
TAG = '"0a1b"'


@pytest.fixture
def address(store: CorpusStore) -> str:
    (identifier,) = store.documents(_identifiers(store))
    return f"/v1/documents/{identifier}"


def _identifiers(store: CorpusStore) -> list[str]:
    return [passage.document.id for passage in store.passages([1]).values()]


@pytest.mark.parametrize(
    ("written", "held"),
    [
        (TAG, True),
        (f"W/{TAG}", True),
        ("*", True),
        (" * ", True),
        (f'"x", {TAG}', True),
        (f'"x",{TAG},"y"', True),
        (f'W/"x" , W/{TAG}', True),
        (f'"with, comma", {TAG}', True),
        ("", False),
        ("0a1b", False),
        ('"0a1b', False),
        ('"0a1b-gzip"', False),
        ('"x, 0a1b, y"', False),
        ('"x", *', False),
        ('w/"x"', False),
        ('"' * 1_000, False),
        ("W/" * 700, False),
    ],
)
def test_tags_that_a_caller_holds(written: str, held: bool) -> None:
    assert holds(written, TAG) is held


async def test_what_is_held_is_not_sent(client: httpx.AsyncClient, address: str) -> None:
    for path in (address, "/v1/coverage"):
        first = await client.get(path)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "private, no-cache"
        for written in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = await client.get(path, headers={"If-None-Match": written})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        for written in ('"other"', tag.strip('"'), 'W/"other", "third"'):
            assert (await client.get(path, headers={"If-None-Match": written})).status_code == 200
        lines = [("If-None-Match", '"other"'), ("If-None-Match", tag)]
        assert (await client.get(path, headers=lines)).status_code == 304


async def test_no_tag_stands_for_what_is_not_there(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get("/v1/documents/nowhere", headers={"If-None-Match": "*"}), "not-found")
    assert (await client.head("/v1/documents/nowhere")).status_code == 404


async def test_another_version_of_the_answer_has_another_tag(client: httpx.AsyncClient, address: str) -> None:
    first = await client.get(address)
    document = first.json()
    changed = {name: document[name] for name in ("url", "title", "publisher", "document_type")}
    await client.post("/v1/documents", json={**changed, "text": "Other words.", "updated": "2025-01-01"})
    again = await client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 200
    assert again.headers["etag"] != first.headers["etag"]
    old = await client.get(address, params={"version": 1}, headers={"If-None-Match": again.headers["etag"]})
    assert (old.status_code, old.json()["text"]) == (200, document["text"])


def test_head_over_a_socket_sends_what_stands_before_the_body(
    checker: FakeChecker, store: CorpusStore, settings: Settings, address: str
) -> None:
    with (
        running(create_app(checker, store, settings, model_id=MODEL)) as service,
        httpx.Client(base_url=service) as client,
    ):
        whole, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("etag", "content-length", "content-type", "cache-control"):
            assert head.headers[name] == whole.headers[name]
        held = client.head(address, headers={"If-None-Match": whole.headers["etag"]})
        assert (held.status_code, held.headers["etag"]) == (304, whole.headers["etag"])
        assert client.get(address).content == whole.content  # the connection goes on
