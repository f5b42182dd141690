"""What the corpus holds: the address of its own, and the line under an answer that found nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from corpus_factories import make_record
from headwater.api.app import create_app
from headwater.api.coverage_answers import CoverageAnswer
from headwater.corpus.rows import document_id
from headwater.corpus.statuses import StatusChange
from headwater.corpus.store import CorpusStore
from headwater.corpus.sync_records import AddedSource, StoredFind, SyncState, Visit
from headwater.domain.documents import DocumentStatus
from headwater.settings import Settings
from headwater.wiring import open_parts

pytestmark = pytest.mark.anyio

SYNCED = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
OFF_TOPIC = "The zoo of Antwerp named its newborn okapi Zuberi."


async def read(client: httpx.AsyncClient) -> CoverageAnswer:
    answer = await client.get("/v1/coverage")
    assert answer.status_code == 200
    return CoverageAnswer.model_validate_json(answer.content)


async def test_what_the_corpus_holds(client: httpx.AsyncClient, store: CorpusStore) -> None:
    speech = make_record(
        url="https://www.gov.uk/speech", document_type="speech", publisher="Foreign Office", language="cy",
        first_published=datetime(2020, 1, 2, tzinfo=UTC), updated=datetime(2021, 1, 2, tzinfo=UTC),
    )  # fmt: skip
    second = "https://www.gov.uk/second"
    store.add_documents([speech, make_record(url=second), make_record(url=second, text="Other.", updated=SYNCED)])
    answer = await read(client)
    assert (answer.documents, answer.versions) == (3, 4)
    assert answer.passages == store.passage_count()
    assert [(held.publisher, held.documents, held.versions) for held in answer.publishers] == [
        ("Home Office", 2, 3),
        ("Foreign Office", 1, 1),
    ]
    assert [(kind.name, kind.documents) for kind in answer.document_types] == [("press_release", 2), ("speech", 1)]
    assert [(one.name, one.documents) for one in answer.languages] == [("en", 2), ("cy", 1)]
    assert (str(answer.first_day), str(answer.last_day)) == ("2020-01-02", "2026-03-02")
    assert answer.statuses == {"live": 3}
    assert (answer.sources, answer.last_sync) == ([], None)
    assert answer.line == (
        "Looked through: 3 documents of Home Office, Foreign Office, dated 2020-01-02 to 2026-03-02; "
        "never synced with its publishers."
    )


async def test_what_was_synced_and_what_became_of_it(client: httpx.AsyncClient, store: CorpusStore) -> None:
    record = make_record(url="https://www.gov.uk/second")
    store.add_documents([record])
    store.syncs.add_source(AddedSource("mine", "My feed", "feed", {"url": "https://www.gov.uk/feed"}))
    find = StoredFind("/a", "https://www.gov.uk/a")
    store.syncs.note_finds(SyncState("mine", begun=SYNCED), [find, StoredFind("/b", find.url)], "1")
    gone = StatusChange(DocumentStatus.GONE)
    store.syncs.store_visit("mine", "/a", Visit(departures=[(document_id(record), gone)], reader="1"))
    store.syncs.write_state(SyncState("mine", listed=SYNCED - timedelta(hours=1), finished=SYNCED))
    answer = await read(client)
    assert answer.statuses == {"gone": 1, "live": 1}
    (source,) = answer.sources
    assert (source.title, source.read, source.waiting, source.failed) == ("My feed", 1, 1, 0)
    assert (source.last_sync, answer.last_sync) == (SYNCED, SYNCED)
    assert answer.line.endswith("; last synced 2026-03-02.")


async def test_it_is_read_again_only_where_the_corpus_has_changed(
    client: httpx.AsyncClient, store: CorpusStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await client.get("/v1/coverage")
    with monkeypatch.context() as patched:
        patched.setattr("headwater.corpus.coverage.read_held", lambda _: pytest.fail("read again"))
        second = await client.get("/v1/coverage", headers={"If-None-Match": first.headers["etag"]})
        assert (second.status_code, second.content) == (304, b"")
    store.add_documents([make_record(url="https://www.gov.uk/new")])
    third = await client.get("/v1/coverage", headers={"If-None-Match": first.headers["etag"]})
    assert third.status_code == 200
    assert third.json()["documents"] == first.json()["documents"] + 1


@pytest.fixture
async def service(store: CorpusStore, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """With a checker that searches."""
    own = settings.model_copy(update={"model": "hashing"})
    app = create_app(open_parts(own, store).checker, store, own, model_id="hashing")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as opened:
        yield opened


async def test_an_answer_that_found_nothing_says_what_was_looked_through(service: httpx.AsyncClient) -> None:
    answer = await service.post("/v1/match", json={"text": OFF_TOPIC})
    coverage = answer.json()["coverage"]
    assert {claim["verdict"] for claim in answer.json()["claims"]} == {"not_in_source"}
    assert (coverage["documents"], coverage["publishers"], coverage["first_day"]) == (1, 1, "2024-11-07")
    line = "Looked through: 1 document of Home Office, dated 2024-11-07; never synced with its publishers."
    assert coverage["line"] == line
    as_text = await service.post("/v1/match", json={"text": OFF_TOPIC}, headers={"Accept": "text/plain"})
    assert line in " ".join(as_text.text.split())
    begun = await service.post("/v1/checks", json={"article": {"text": OFF_TOPIC}})
    await service.get(f"{begun.headers['location']}/events")  # ends when the check does
    page = await service.get(begun.headers["location"].removeprefix("/v1"))
    assert line in page.text
    lines = await service.post("/v1/match", json={"text": OFF_TOPIC}, headers={"Accept": "application/x-ndjson"})
    assert json.loads(lines.text.splitlines()[-1])["coverage"]["line"] == line


async def test_an_answer_that_found_all_needs_no_line(service: httpx.AsyncClient) -> None:
    sentence = "The Border Security Command will receive £75 million."
    answer = await service.post("/v1/match", json={"text": sentence}, headers={"Accept": "text/plain"})
    assert "not in source" not in answer.text.split("Claims")[-1].split("1.")[-1].lower()
    assert "Looked through" not in answer.text


async def test_two_given_texts_are_compared_without_a_corpus(service: httpx.AsyncClient) -> None:
    answer = await service.post("/v1/compare", json={"text": OFF_TOPIC, "source": "Nothing of the kind was said."})
    assert answer.json()["coverage"] is None
    as_text = await service.post(
        "/v1/compare", json={"text": OFF_TOPIC, "source": "Nothing was said."}, headers={"Accept": "text/plain"}
    )
    assert "Looked through" not in as_text.text
