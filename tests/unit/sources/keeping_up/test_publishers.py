"""Readers, fetcher, sync and corpus together, against recorded answers of the publishers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headwater.corpus.store import CorpusStore
from headwater.corpus.sync_records import StoredFind, SyncState
from headwater.domain.documents import Document, DocumentStatus
from headwater.sources.fetching.fetcher import GuardedFetcher
from headwater.sources.fetching.network import Reach
from headwater.sources.keeping_up.sync import SyncParts, SyncSummary, sync_sources
from headwater.sources.publishers.readers import shipped_sources
from misbehaving_server import MisbehavingServer, Request, answer, misbehaving_server
from publisher_server import PublisherServer

from .conftest import Clock

YEARS_AGO = datetime(2009, 1, 1, tzinfo=UTC)
SINCE = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def publishers() -> PublisherServer:
    return PublisherServer()


@pytest.fixture
def server(publishers: PublisherServer) -> Iterator[MisbehavingServer]:
    def play(request: Request) -> list[bytes]:
        given = publishers.answer(f"https://{request.headers['host']}{request.target}", request.headers)
        return [answer(given.status, given.body, **given.headers)]

    with misbehaving_server() as running:
        running.others = play
        yield running


@pytest.fixture
def parts(server: MisbehavingServer, tmp_path: Path, clock: Clock) -> Iterator[SyncParts]:
    reach = Reach(stand_in=("127.0.0.1", server.port))
    with CorpusStore(tmp_path / "corpus.sqlite3") as store, GuardedFetcher(reach=reach, clock=clock) as fetcher:
        yield SyncParts(store, fetcher, clock)


def run(parts: SyncParts, *names: str, since: datetime = SINCE) -> list[SyncSummary]:
    return sync_sources(parts, [shipped_sources()[name] for name in names], since)


def document(store: CorpusStore, path: str) -> Document:
    every = {one.document.url: one.document.id for one in store.passages(range(1, 10_000)).values()}
    return store.document(every[f"https://www.gov.uk{path}"])


def test_publishers_are_read_into_the_corpus(parts: SyncParts, publishers: PublisherServer) -> None:
    publishers.busy["www.ons.gov.uk"] = 1
    summaries = run(parts, "parliament-questions") + run(parts, "ons", since=YEARS_AGO)
    assert [problem for summary in summaries for problem in summary.problems] == []
    assert [summary.outcome.added for summary in summaries] == [20, 3]
    assert [summary.outcome.new_versions for summary in summaries] == [2, 1]  # corrections, and a replaced bulletin
    coverage = parts.store.coverage.read()
    assert coverage.documents == 23
    assert {state.source for state in coverage.syncs if state.finished} == {"parliament-questions", "ons"}
    for passage in parts.store.passages(range(1, 300)).values():
        text = parts.store.document_text(passage.document.id, passage.document.version)
        assert text[passage.span.start : passage.span.end] == passage.text
    (again,) = run(parts, "ons", since=YEARS_AGO)
    assert again.outcome.added + again.outcome.new_versions == 0


def test_a_page_of_govuk_that_goes_stays_in_the_corpus(
    parts: SyncParts, publishers: PublisherServer, clock: Clock
) -> None:
    paths = [path for path, item in publishers.items.items() if item.get("schema_name") == "news_article"]
    finds = [StoredFind(path, f"https://www.gov.uk/api/content{path}") for path in paths]
    parts.store.syncs.note_finds(SyncState("govuk-news"), finds, "")
    tomorrow = clock.now() + timedelta(days=1)
    (summary,) = run(parts, "govuk-news", since=tomorrow)
    assert summary.outcome.added >= len(paths) > 5
    assert summary.problems == []
    live = [path for path in paths if document(parts.store, path).status is DocumentStatus.LIVE]
    before = document(parts.store, live[0])
    publishers.deleted.add(live[0])
    clock.ahead += timedelta(days=8)
    (summary,) = run(parts, "govuk-news", since=tomorrow)
    after = document(parts.store, live[0])
    assert (summary.departed, summary.outcome.total) == (1, 0)
    assert summary.unchanged == len(paths) - 1  # all others were answered by 304
    assert after.status is DocumentStatus.GONE
    assert (after.text, after.version) == (before.text, before.version)
