"""Official documents handed over by HTTP: stored as the command line stores them, found at once, by those who may."""

import asyncio
import base64
import json
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from factories import ARTICLE
from fakes import MODEL, FakeChecker
from file_factories import make_docx, make_pdf
from headwater.api import key_ring
from headwater.api.app import create_app
from headwater.api.current import CurrentChecker
from headwater.api.handed_in import WAITING
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.listing import ListFilters, list_documents
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import DocumentStatus
from headwater.settings import Settings
from headwater.sources.ingest import ingest
from headwater.wiring import open_store
from problem_shape import assert_problem
from publisher_server import LocalFetcher, PublisherServer, serving

pytestmark = pytest.mark.anyio

RELEASE: dict[str, Any] = {
    "url": "https://www.gov.uk/government/news/harbour",
    "title": "New harbour at Wick",
    "publisher": "Department for Transport",
    "document_type": "press_release",
    "licence": "OGL-UK-3.0",
    "first_published": "2024-11-07",
    "text": "The harbour at Wick will cost £57 million and open in 2027.\n\nIt replaces 14 berths of 1968.",
}
CLAIM = "The harbour at Wick will cost £75 million."
PAGE = (
    "<html lang='en'><head><title>New harbour at Wick</title></head><body><main><h1>New harbour at Wick</h1>"
    "<p>The harbour at Wick will cost £57 million and open in 2027.</p></main></body></html>"
)


@pytest.fixture
def publishers() -> PublisherServer:
    return PublisherServer()


@pytest.fixture
async def service(tmp_path: Path, publishers: PublisherServer) -> AsyncIterator[httpx.AsyncClient]:
    """The real service, with a small model: what it stores it has to find."""
    settings = Settings(database=tmp_path / "corpus.sqlite3", model="hashing", max_text_characters=50_000)
    with open_store(settings) as store, serving(publishers) as base:
        checker = CurrentChecker(settings, store)
        app = create_app(
            checker,
            store,
            settings,
            model_id=checker.model_id,
            tell_encoder=checker.encoder,
            open_fetching=lambda: LocalFetcher(base),
        )
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            client.store = store  # type: ignore[attr-defined]
            yield client
        app.state.official.close()


def stored_in(service: httpx.AsyncClient) -> CorpusStore:
    return service.store  # type: ignore[attr-defined, no-any-return]


async def sent(service: httpx.AsyncClient, **changes: Any) -> httpx.Response:
    return await service.post("/v1/documents", json={**RELEASE, **changes})


async def test_what_is_sent_is_found_by_the_next_check(service: httpx.AsyncClient) -> None:
    assert_problem(await service.post("/v1/match", json={"text": CLAIM}), "empty-corpus")
    answer = await sent(service)
    told = answer.json()
    assert (answer.status_code, told["outcome"], told["encoded"]) == (201, "added", 2)
    found = (await service.post("/v1/match", json={"text": CLAIM})).json()["claims"][0]
    assert found["verdict"] == "contradicted"
    assert found["evidence"][0]["document"]["id"] == told["document"]["id"]
    shown = (await service.get(answer.headers["location"])).json()
    assert (shown["text"], shown["publisher"]) == (RELEASE["text"], RELEASE["publisher"])
    assert shown["attribution"]


async def test_the_same_words_again_are_no_second_document(service: httpx.AsyncClient) -> None:
    first, again = await sent(service), await sent(service)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (again.json()["outcome"], again.json()["encoded"]) == ("unchanged", 0)
    assert again.headers["location"] == first.headers["location"]
    assert again.json()["corpus"] == first.json()["corpus"]
    assert stored_in(service).counts().versions == 1


async def test_other_words_are_a_new_version(service: httpx.AsyncClient) -> None:
    first = (await sent(service)).json()
    changed = await sent(service, text="The harbour will cost £60 million.", updated="2024-11-08T09:30:00Z")
    told = changed.json()
    assert (changed.status_code, told["outcome"]) == (201, "new_version")
    assert (told["document"]["id"], told["document"]["version"]) == (first["document"]["id"], 2)
    assert told["corpus"] != first["corpus"]


async def test_it_is_stored_as_the_command_line_stores_it(service: httpx.AsyncClient, tmp_path: Path) -> None:
    """The same document by both ways in: one document, one version, one revision of the corpus."""
    page = PAGE.replace("<head>", f"<head><link rel='canonical' href='{RELEASE['url']}'>")
    (tmp_path / "harbour.html").write_text(page, encoding="utf-8")
    with open_store(Settings(database=tmp_path / "other.sqlite3")) as other:
        ingest([tmp_path / "harbour.html"], other, None)
        (by_hand,) = other.documents([item.id for item in _all(other)]).values()
        assert (await service.post("/v1/documents", json={"html": page})).status_code == 201
        (by_api,) = stored_in(service).documents([by_hand.id]).values()
        assert (by_api.sha256, by_api.title, by_api.publisher) == (by_hand.sha256, by_hand.title, by_hand.publisher)
        texts = [[one.text for one in store.passages_of(by_hand.id)] for store in (other, stored_in(service))]
        assert texts[0] == texts[1]


def _all(store: CorpusStore) -> Any:
    return list_documents(store, ListFilters(), None, 10).documents


FILES = (
    (
        "release.txt",
        "Headline\n\nThe harbour will cost £57 million.".encode(),
        "The harbour will cost £57 million.",
    ),
    ("release.md", b"# Headline\n\nThe harbour **will** cost more.", "The harbour will cost more."),
    ("release.html", PAGE.encode(), "The harbour at Wick will cost £57 million and open in 2027."),
    ("release.docx", make_docx("The harbour will cost £57 million."), "The harbour will cost £57 million."),
    ("release.pdf", make_pdf("The harbour will cost 57 million pounds."), "57 million pounds."),
    ("../../etc/passwd", b"The harbour will cost more.", "The harbour will cost more."),
)


async def test_files_as_json_and_as_a_form(service: httpx.AsyncClient) -> None:
    for number, (name, raw, words) in enumerate(FILES):
        stated = {**RELEASE, "url": f"https://www.gov.uk/{number}"}
        del stated["text"]
        encoded = base64.b64encode(raw).decode()
        one = await service.post("/v1/documents", json={**stated, "content_base64": encoded, "name": name})
        assert one.status_code == 201, one.text
        assert words in (await service.get(one.headers["location"])).json()["text"]
        two = await service.post("/v1/documents", data=stated, files={"file": (name, raw)})
        assert (two.status_code, two.headers["location"]) == (200, one.headers["location"])


async def test_pages_of_a_pdf_are_linked_to(service: httpx.AsyncClient) -> None:
    raw = make_pdf("The harbour will cost 57 million pounds.")
    stated = {**RELEASE, "url": f"{RELEASE['url']}.pdf"}
    del stated["text"]
    assert (await service.post("/v1/documents", data=stated, files={"file": ("a.pdf", raw)})).status_code == 201
    found = await service.post("/v1/match", json={"text": "The harbour will cost 75 million pounds."})
    assert found.json()["claims"][0]["evidence"][0]["link"].endswith("harbour.pdf#page=1")


async def test_an_address_of_a_listed_host_is_fetched(service: httpx.AsyncClient) -> None:
    url = "https://www.gov.uk/government/news/improving-food-in-hospitals-and-schools"
    answer = await service.post("/v1/documents", json={"url": url})
    document = answer.json()["document"]
    assert (answer.status_code, document["url"], document["licence"]) == (201, url, "OGL-UK-3.0")
    assert (await service.post("/v1/documents", json={"url": url})).status_code == 200
    assert_problem(await service.post("/v1/documents", json={"url": url, "title": "Mine"}), "invalid-input")


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"publisher": ""}, "invalid-input"),
    ({"title": ""}, "invalid-input"),
    ({"url": ""}, "invalid-input"),
    ({"url": "javascript:alert(1)"}, "invalid-input"),
    ({"url": "https://"}, "invalid-input"),
    ({"url": "https://a.example/\u202egpj"}, "invalid-input"),
    ({"url": "file:///etc/passwd"}, "invalid-input"),
    ({"html": PAGE}, "invalid-input"),
    ({"text": "…"}, "empty-text"),
    ({"text": "half \ud800 character"}, "unreadable-body"),
    ({"text": "long " * 20_000}, "text-too-long"),
    ({"text": None, "content_base64": "!"}, "invalid-input"),
    ({"text": None, "content_base64": base64.b64encode(b"GIF89a..").decode()}, "unreadable-file"),
    ({"text": None, "html": "<html><body></body></html>"}, "unreadable-file"),
    ({"text": None, "html": "<p>" + "<b>" * 6_000}, "unreadable-file"),
    ({"text": None}, "invalid-input"),
    ({"first_published": "yesterday"}, "invalid-request"),
    ({"updated": 7}, "invalid-request"),
    ({"colour": "red"}, "invalid-request"),
)


async def test_what_cannot_be_stored(service: httpx.AsyncClient) -> None:
    for changes, slug in REFUSED:
        answer = await service.post(
            "/v1/documents", content=_json({**RELEASE, **changes}), headers={"Content-Type": "application/json"}
        )
        assert_problem(answer, slug)
        assert "alert" not in answer.text
    assert stored_in(service).document_count() == 0


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/a", "https://news.example/a", "http://169.254.169.254/latest", "https://www.gov.uk@a.b/"]
)
async def test_no_address_but_official_ones(
    checker: FakeChecker, store: CorpusStore, settings: Settings, url: str
) -> None:
    """With the guarded fetcher itself: nothing is sent, so no network is needed."""
    app = create_app(checker, store, settings, model_id=MODEL)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        assert_problem(await client.post("/v1/documents", json={"url": url}), "address-refused")
    app.state.official.close()


async def test_bodies_of_other_types_and_forms_of_other_fields(service: httpx.AsyncClient) -> None:
    assert_problem(await service.post("/v1/documents", content=b"text"), "unsupported-media-type")
    form = await service.post("/v1/documents", data=RELEASE | {"colour": "red"}, files={"file": ("a.txt", b"A b.")})
    assert_problem(form, "invalid-input")
    both = await service.post("/v1/documents", data=RELEASE, files={"file": ("a.txt", b"A b.")})
    assert_problem(both, "invalid-input")


async def test_a_document_that_is_sent_twice_under_one_key(service: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    first = await service.post("/v1/documents", json=RELEASE, headers=headers)
    again = await service.post("/v1/documents", json=RELEASE, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.headers["idempotent-replay"] == "true"
    assert again.json()["document"] == first.json()["document"]
    other = await service.post("/v1/documents", json={**RELEASE, "title": "Another"}, headers=headers)
    assert_problem(other, "idempotency-conflict")


async def test_a_document_is_taken_out_again(service: httpx.AsyncClient) -> None:
    address = (await sent(service)).headers["location"]
    await sent(service, url="https://www.gov.uk/government/news/other", text="The ferry to Wick sails twice a day.")
    key = {"Idempotency-Key": "k2"}
    assert [(await service.delete(address, headers=key)).status_code for _ in range(2)] == [204, 204]
    assert_problem(await service.delete(address), "not-found")
    assert_problem(await service.get(address), "not-found")
    found = (await service.post("/v1/match", json={"text": CLAIM})).json()["claims"][0]
    assert found["verdict"] == "not_in_source"
    assert (await sent(service)).status_code == 201  # and may come back


async def test_a_withdrawn_document_stays_under_its_notice(service: httpx.AsyncClient) -> None:
    first = (await sent(service)).json()["document"]
    told = (await sent(service, withdrawn="The figure was wrong.", updated="2024-11-09")).json()
    assert (told["outcome"], told["document"]["id"]) == ("unchanged", first["id"])
    assert stored_in(service).document(first["id"]).status is DocumentStatus.WITHDRAWN


async def test_what_a_killed_process_left_without_vectors_gets_them(service: httpx.AsyncClient) -> None:
    store = stored_in(service)
    model = (await sent(service)).json() and (await service.get("/version")).json()["model"]
    store.reset_vectors(model)
    assert (await sent(service)).json()["encoded"] == 2
    assert store.texts_without_vector(model) == 0


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    init = key_ring.KeyRing.__init__
    monkeypatch.setattr(key_ring.KeyRing, "__init__", lambda ring, records: init(ring, records, -1.0))
    yield


@pytest.mark.usefixtures("read_anew")
@pytest.mark.parametrize(
    ("scopes", "status"), [(("match",), 403), (("check", "match"), 403), (("ingest",), 201), (("admin",), 201)]
)
async def test_only_a_key_of_the_scope_may_write(
    service: httpx.AsyncClient, scopes: tuple[str, ...], status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    made = open_keys(stored_in(service)).create(KeyTerms("Desk", scopes))
    headers = {"Authorization": f"Bearer {made.written}"}
    answer = await service.post("/v1/documents", json=RELEASE, headers=headers)
    assert answer.status_code == status
    assert (await service.post("/v1/documents", json=RELEASE)).status_code == 401
    removed = await service.delete(answer.headers.get("location", "/v1/documents/0"), headers=headers)
    assert removed.status_code == (204 if status == 201 else 403)
    if status == 403:
        assert_problem(answer, "key-scope")
    else:
        assert capfd.readouterr().out.count(made.key_id) >= 4  # stored and deleted, and the two requests
    if status == 403:
        assert stored_in(service).document_count() == 0


async def test_no_proxy_lets_anybody_write(checker: FakeChecker, store: CorpusStore, settings: Settings) -> None:
    app = create_app(checker, store, settings.model_copy(update={"access": "proxy"}), model_id=MODEL)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        assert (await client.get("/v1/documents")).status_code == 200
        assert_problem(await client.post("/v1/documents", json=RELEASE), "key-required")
        assert_problem(await client.delete("/v1/documents/0"), "key-required")


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
async def test_no_page_of_another_site_may_write(client: httpx.AsyncClient, store: CorpusStore, kind: str) -> None:
    headers = {"Origin": "https://evil.example", "Content-Type": kind}
    assert_problem(await client.post("/v1/documents", content=b"{}", headers=headers), "cross-site")
    assert_problem(await client.delete("/v1/documents/x", headers={"Origin": "https://evil.example"}), "cross-site")
    assert store.document_count() == 1


async def test_a_service_without_a_model_stores_words_alone(client: httpx.AsyncClient, store: CorpusStore) -> None:
    told = (await client.post("/v1/documents", json=RELEASE)).json()
    assert (told["outcome"], told["encoded"]) == ("added", 0)
    assert store.texts_without_vector(MODEL) > 0


async def test_an_answer_holds_no_word_of_an_article(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/documents", json={**RELEASE, "text": ARTICLE})
    assert ARTICLE[:30] not in answer.text
    assert WAITING < 20  # files in memory


async def test_another_service_on_the_corpus_finds_it_without_a_restart(
    service: httpx.AsyncClient, tmp_path: Path
) -> None:
    await sent(service, url="https://www.gov.uk/government/news/other", text="The ferry to Wick sails twice a day.")
    settings = Settings(database=tmp_path / "corpus.sqlite3", model="hashing")
    with open_store(settings) as store:
        checker = CurrentChecker(settings, store)
        app = create_app(checker, store, settings, model_id=checker.model_id)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as other:
            asked = [(await other.post("/v1/match", json={"text": CLAIM})).json()["claims"][0]["verdict"]]
            await sent(service)
            asked.append((await other.post("/v1/match", json={"text": CLAIM})).json()["claims"][0]["verdict"])
    assert asked == ["not_in_source", "contradicted"]


async def test_the_same_document_from_many_at_once_is_one(service: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(sent(service) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert stored_in(service).counts().versions == 1


class HeldEncoder:
    """Makes vectors once it is let go."""

    model_id, dimensions = "held@1", 2

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        assert self.let_go.wait(60)
        return np.tile(np.array([[1.0, 0.0]], dtype=np.float32), (len(texts), 1))


async def test_more_than_may_wait_are_asked_to_come_again(
    checker: FakeChecker, store: CorpusStore, settings: Settings
) -> None:
    encoder = HeldEncoder()
    app = create_app(checker, store, settings, model_id=MODEL, tell_encoder=lambda: encoder)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        posts = [
            asyncio.create_task(client.post("/v1/documents", json={**RELEASE, "url": f"https://a.gov.uk/{number}"}))
            for number in range(1 + WAITING + 3)
        ]
        refused = []
        for done in asyncio.as_completed(posts):
            refused.append(await done)
            if len(refused) == 3:
                break
        for answer in refused:
            assert_problem(answer, "overloaded")
            assert int(answer.headers["retry-after"]) > 0
        encoder.let_go.set()
        answers = await asyncio.gather(*posts)
    assert sorted(answer.status_code for answer in answers) == [201] * (1 + WAITING) + [503] * 3
