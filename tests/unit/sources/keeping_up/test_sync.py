from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from headwater.corpus.store import CorpusStore
from headwater.domain.documents import Document, DocumentRecord, DocumentStatus
from headwater.domain.errors import CorpusUnavailableError, UnreadableRecordError
from headwater.sources.fetching.clock import StoppedError
from headwater.sources.fetching.contract import Fetcher
from headwater.sources.fetching.errors import FetchRefusedError, Refusal, SourceUnavailableError, Trouble
from headwater.sources.keeping_up.sync import OVERLAP, SyncParts, SyncSummary, sync_sources
from headwater.sources.publishers.contract import Departure, Found, SourceEntry

from .conftest import BEGUN, SITE, Clock, Page, Publisher, Reader

WEEK = timedelta(days=8)


def run(parts: SyncParts, entry: SourceEntry) -> SyncSummary:
    (summary,) = sync_sources(parts, [entry])
    return summary


def document(store: CorpusStore, path: str) -> Document:
    every = {passage.document.url: passage.document for passage in store.passages(range(1, 1_000)).values()}
    return store.document(every[SITE + path].id)


def test_a_first_sync_reads_everything_and_a_second_nothing(
    parts: SyncParts, entry: SourceEntry, reader: Reader, publisher: Publisher
) -> None:
    first = run(parts, entry)
    assert (first.found, first.outcome.added, first.waiting, first.problems) == (8, 8, 0, [])
    assert len(publisher.fetched) == 3 + 8
    state = parts.store.syncs.state("s")
    assert state.finished is not None
    publisher.fetched.clear()
    second = run(parts, entry)
    assert second.outcome.total == 0
    assert publisher.fetched == []  # nothing changed since: no page is asked
    assert state.listed is not None
    assert reader.asked[-1] == (state.listed - OVERLAP, "")


def test_what_changed_is_read_again_and_is_a_new_version(
    parts: SyncParts, entry: SourceEntry, publisher: Publisher, clock: Clock
) -> None:
    run(parts, entry)
    publisher.pages["/3"] = Page("Page 3: 301 people returned.", clock.now())
    publisher.pages["/4"] = replace(publisher.pages["/4"], updated=clock.now())  # touched, and the same words
    publisher.pages["/9"] = Page("Page 9.", clock.now())
    publisher.fetched.clear()
    summary = run(parts, entry)
    assert (summary.outcome.added, summary.outcome.new_versions, summary.unchanged) == (1, 1, 1)
    assert sorted(publisher.fetched) == ["/3", "/4", "/9", "/list/0"]
    versions = parts.store.versions(document(parts.store, "/3").id)
    assert [one.is_latest for one in versions] == [False, True]


@pytest.mark.parametrize("reads", range(1, 12))
def test_a_sync_that_dies_goes_on_where_it_stopped(
    parts: SyncParts, entry: SourceEntry, publisher: Publisher, reads: int
) -> None:
    class Killed(BaseException):
        """Nothing catches it, as nothing catches a kill."""

    def dying(_path: str) -> None:
        if len(publisher.fetched) == reads:
            raise Killed

    publisher.before_fetch = dying
    with suppress(Killed):
        run(parts, entry)
    publisher.before_fetch = lambda _: None
    before = parts.store.counts().documents
    publisher.fetched.clear()
    summary = run(parts, entry)
    assert parts.store.counts().documents == 8
    assert summary.outcome.added == 8 - before
    assert len([path for path in publisher.fetched if not path.startswith("/list")]) == 8 - before
    assert summary.waiting == 0
    assert parts.store.syncs.state("s").finished is not None
    for passage in parts.store.passages(range(1, 100)).values():
        text = parts.store.document_text(passage.document.id)
        assert text[passage.span.start : passage.span.end] == passage.text


def test_a_listing_that_breaks_off_is_gone_on_with(
    parts: SyncParts, entry: SourceEntry, reader: Reader, publisher: Publisher
) -> None:
    publisher.failing["/list/6"] = SourceUnavailableError(SITE, Trouble.TIMEOUT, "no answer")
    publisher.pages |= {f"/{n}": Page(f"Page {n}.", BEGUN + timedelta(minutes=n)) for n in range(8, 120)}
    publisher.failing["/list/60"] = publisher.failing.pop("/list/6")
    summary = run(parts, entry)
    assert (summary.found, summary.outcome.added) == (50, 50)
    assert "could not be read to its end" in summary.problems[0]
    assert parts.store.syncs.state("s").finished is None
    publisher.failing.clear()
    again = run(parts, entry)
    assert reader.asked[1][1] == "48"
    assert (again.outcome.added, parts.store.counts().documents) == (70, 120)
    assert parts.store.syncs.state("s").finished is not None


def test_what_is_gone_moved_or_withdrawn_is_seen_and_kept(
    parts: SyncParts, entry: SourceEntry, publisher: Publisher, clock: Clock
) -> None:
    publisher.pages["/6"].children = ("/6.ar",)
    publisher.pages["/6.ar"] = Page("مرحبا", language="ar")
    publisher.hidden.add("/6.ar")
    run(parts, entry)
    publisher.pages["/1"].status = 410
    publisher.pages["/2"] = replace(publisher.pages["/2"], status=404, moved_to=f"{SITE}/new")
    publisher.pages["/5"].withdrawn = "Out of date."
    publisher.pages["/6.ar"].status = 404
    publisher.pages["/6"].text += " More."  # so that it is read, and its translation with it
    clock.ahead += WEEK
    summary = run(parts, entry)
    assert (summary.departed, summary.unchanged, summary.problems) == (3, 4, [])
    states = {path: document(parts.store, path) for path in ("/0", "/1", "/2", "/5", "/6", "/6.ar")}
    assert [one.status.value for one in states.values()] == ["live", "gone", "redirected", "withdrawn", "live", "gone"]
    assert (states["/1"].status_note, states["/1"].status_since) == ("No longer here.", BEGUN)
    assert states["/2"].moved_to == f"{SITE}/new"
    assert states["/1"].text.startswith("Page 1")
    assert parts.store.counts().documents == 9
    publisher.pages["/1"].status = 200
    clock.ahead += WEEK
    run(parts, entry)
    assert document(parts.store, "/1").status is DocumentStatus.LIVE


def test_visits_to_what_is_known_are_conditional_and_few(
    parts: SyncParts, entry: SourceEntry, publisher: Publisher, clock: Clock
) -> None:
    run(parts, entry)
    clock.ahead += WEEK
    publisher.fetched.clear()
    summary = run(replace(parts, revisits=3), entry)
    assert (summary.unchanged, summary.outcome.total) == (3, 0)
    assert len(publisher.fetched) == 3


def test_a_better_reader_reads_everything_again_and_makes_no_new_version(
    parts: SyncParts, entry: SourceEntry, reader: Reader, clock: Clock
) -> None:
    run(parts, entry)
    reader.version = "2"
    clock.ahead += WEEK
    summary = run(parts, entry)
    assert (summary.unchanged, summary.outcome.unchanged, summary.outcome.new_versions) == (0, 8, 0)
    assert parts.store.counts().versions == 8


def test_a_page_that_cannot_be_read_is_named_and_tried_another_time(
    parts: SyncParts, entry: SourceEntry, publisher: Publisher, clock: Clock
) -> None:
    publisher.failing = {
        "/1": UnreadableRecordError("/1", None, "no text"),
        "/2": FetchRefusedError(SITE, Refusal.HOST, "elsewhere"),
        "/3": KeyError("title"),
        "/4": SourceUnavailableError(SITE, Trouble.TIMEOUT, "no answer"),
    }
    summary = run(parts, entry)
    assert (summary.outcome.added, len(summary.problems)) == (4, 4)
    assert "a fault of the reader (KeyError)" in summary.problems[2]
    assert parts.store.syncs.state("s").finished is None
    publisher.fetched.clear()
    run(parts, entry)
    assert publisher.fetched == []  # not at once
    publisher.failing.clear()
    clock.ahead += timedelta(hours=2)
    assert run(parts, entry).outcome.added == 4
    assert parts.store.syncs.state("s").finished is not None


def test_a_publisher_that_asks_to_be_left_alone_is(
    parts: SyncParts, entry: SourceEntry, publisher: Publisher, clock: Clock
) -> None:
    publisher.failing["/2"] = SourceUnavailableError(SITE, Trouble.BUSY, "wait", status=429, retry_after=1_800)
    summary = run(parts, entry)
    assert (summary.outcome.added, summary.waiting) == (2, 6)
    assert summary.not_before is not None
    publisher.fetched.clear()
    publisher.failing.clear()
    assert run(parts, entry).not_before == summary.not_before
    assert publisher.fetched == []
    clock.ahead += timedelta(minutes=31)
    assert run(parts, entry).outcome.added == 6
    assert parts.store.syncs.state("s").not_before is None


def test_a_publisher_that_cannot_be_reached_is_given_up_for_now(
    parts: SyncParts, entry: SourceEntry, publisher: Publisher
) -> None:
    down = SourceUnavailableError(SITE, Trouble.UNREACHABLE, "down")
    publisher.failing = {f"/{number}": down for number in range(8)}
    summary = run(parts, entry)
    assert (len(summary.problems), summary.waiting) == (5, 3)


def test_a_corpus_that_cannot_be_written_ends_the_sync(
    parts: SyncParts, entry: SourceEntry, publisher: Publisher
) -> None:
    publisher.failing["/2"] = CorpusUnavailableError("full")
    with pytest.raises(CorpusUnavailableError):
        run(parts, entry)


def test_a_sync_stops_when_it_is_told_to(parts: SyncParts, entry: SourceEntry, publisher: Publisher) -> None:
    def keep() -> None:
        if len(publisher.fetched) >= 6:
            raise StoppedError

    with pytest.raises(StoppedError):
        run(replace(parts, keep=keep), entry)
    assert 0 < parts.store.counts().documents < 8
    assert run(parts, entry).waiting == 0
    assert parts.store.counts().documents == 8


def test_since_lists_from_then_on(parts: SyncParts, entry: SourceEntry) -> None:
    sync_sources(parts, [entry], BEGUN + timedelta(minutes=5))
    assert parts.store.counts().documents == 3
    listed = parts.store.syncs.state("s").listed
    late = parts.clock.now() + timedelta(days=1)
    sync_sources(parts, [entry], late)
    assert parts.store.syncs.state("s").listed == listed  # what lies between was not listed


def test_a_key_that_cannot_be_stored_is_named(
    parts: SyncParts, entry: SourceEntry, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(_since: object, _fetcher: Fetcher, _cursor: str) -> Iterator[Found]:
        yield Found("x" * 501, f"{SITE}/0")
        yield Found("/0", f"{SITE}/0")

    monkeypatch.setattr(reader, "find", find)
    summary = run(parts, entry)
    assert (summary.outcome.added, len(summary.problems)) == (1, 1)


def test_a_reader_that_passes_its_own_validators_gets_the_answer(
    parts: SyncParts, entry: SourceEntry, reader: Reader, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def read(found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        seen.append(fetcher.fetch(found.url, etag=publisher.pages[found.key].etag).status)
        yield from ()

    monkeypatch.setattr(reader, "read", read)
    assert run(parts, entry).unchanged == 0
    assert seen == [304] * 8
