"""What syncs store, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from corpus_factories import make_record
from headwater.corpus.rows import document_id
from headwater.corpus.statuses import StatusChange
from headwater.corpus.store import CorpusStore
from headwater.corpus.sync_records import AddedSource, FindCounts, StoredFind, SyncState, Visit
from headwater.domain.documents import ChangeNote, DocumentStatus, Provenance

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
GONE = StatusChange(DocumentStatus.GONE, since=DAY, note="Published in error.")
FIND = StoredFind("/a", "https://www.gov.uk/api/content/a", updated="2026-03-01T00:00:00+00:00")
LATER = datetime.now(UTC) + timedelta(days=1)


def waiting(store: CorpusStore) -> list[str]:
    return [find.key for find in store.syncs.next_finds("s", 10, tried_before=LATER, attempts=5)]


def note(store: CorpusStore, *finds: StoredFind, reader: str = "1") -> int:
    return store.syncs.note_finds(SyncState("s", begun=DAY), finds, reader)


def test_added_sources(store: CorpusStore) -> None:
    source = AddedSource("ho", "Home Office", "govuk", {"organisations": "home-office", "é": "ü"})
    store.syncs.add_source(AddedSource("ho", "old", "feed"))
    store.syncs.add_source(source)
    assert store.syncs.added_sources() == (source,)
    assert (store.syncs.remove_source("ho"), store.syncs.remove_source("ho")) == (True, False)
    assert store.syncs.added_sources() == ()


def test_the_state_of_a_sync(store: CorpusStore) -> None:
    assert store.syncs.state("s") == SyncState("s")
    state = SyncState("s", begun=DAY, since=DAY - timedelta(days=3), cursor="7", problem="slow")
    store.syncs.write_state(state)
    assert store.syncs.state("s") == state
    assert store.syncs.states() == {"s": state}


def test_a_find_waits_until_it_was_read(store: CorpusStore) -> None:
    assert note(store, FIND) == 1
    assert waiting(store) == ["/a"]
    record = make_record()
    outcome = store.syncs.store_visit("s", "/a", Visit([record], etag='"1"', reader="1"))
    assert outcome.added == 1
    assert waiting(store) == []
    assert store.syncs.find_counts() == {"s": FindCounts(read=1)}
    assert store.document(document_id(record)).status is DocumentStatus.LIVE


@pytest.mark.parametrize(
    ("again", "reader", "is_read_again"),
    [
        (FIND, "1", False),
        (FIND, "2", True),  # the reader reads better now
        (StoredFind("/a", FIND.url, updated="2026-03-02T00:00:00+00:00"), "1", True),
        (StoredFind("/a", FIND.url), "1", True),  # a listing without times: the page itself has to be asked
    ],
)
def test_what_is_listed_again_is_read_again_only_if_it_may_have_changed(
    store: CorpusStore, again: StoredFind, reader: str, is_read_again: bool
) -> None:
    note(store, FIND)
    store.syncs.store_visit("s", "/a", Visit([make_record()], etag='"1"', reader="1"))
    assert note(store, again, reader=reader) == int(is_read_again)
    assert waiting(store) == ["/a"] * is_read_again
    kept = store.syncs.next_finds("s", 1, tried_before=LATER, attempts=5)
    assert [find.etag for find in kept] == ['"1"'] * is_read_again


def test_a_find_that_failed_waits_for_another_time(store: CorpusStore) -> None:
    note(store, FIND, StoredFind("/b", "https://www.gov.uk/b"))
    store.syncs.note_failure("s", "/a", "broken")
    assert waiting(store) == ["/b", "/a"]
    assert store.syncs.find_counts() == {"s": FindCounts(waiting=1, failed=1)}
    now = store.syncs.next_finds("s", 10, tried_before=datetime.now(UTC) - timedelta(hours=1), attempts=5)
    assert [find.key for find in now] == ["/b"]
    assert store.syncs.next_finds("s", 10, tried_before=LATER, attempts=1)[-1].key == "/b"


def test_a_document_that_is_gone_stays_and_says_so(store: CorpusStore) -> None:
    record = make_record()
    identifier = document_id(record)
    note(store, FIND)
    store.syncs.store_visit("s", "/a", Visit([record], reader="1"))
    before, change = store.revision(), store.change()
    store.syncs.store_visit("s", "/a", Visit(departures=[("", GONE)], reader="1"))
    document = store.document(identifier)
    assert (document.status, document.status_since, document.status_note) == (DocumentStatus.GONE, DAY, GONE.note)
    assert document.text == record.text
    assert store.lexical_search(["returned"], 5)
    assert store.revision() != before
    assert store.change() > change
    assert store.passages_of(identifier)[0].document.status is DocumentStatus.GONE
    assert store.versions(identifier)[0].status is DocumentStatus.GONE
    change = store.change()
    store.syncs.store_visit("s", "/a", Visit(departures=[("", GONE)], reader="1"))
    assert store.change() == change  # nothing new
    store.add_documents([record])
    assert store.document(identifier).status is DocumentStatus.GONE  # a file does not bring it back
    store.syncs.store_visit("s", "/a", Visit([record], reader="1"))
    assert store.document(identifier).status is DocumentStatus.LIVE  # its publisher does
    assert store.revision() == before


def test_a_document_that_moved_and_one_named_by_its_identifier(store: CorpusStore) -> None:
    one, other = make_record(external_id="1"), make_record(external_id="2", text="Other words.")
    note(store, FIND)
    store.syncs.store_visit("s", "/a", Visit([one, other], reader="1"))
    moved = StatusChange(DocumentStatus.REDIRECTED, moved_to="https://www.gov.uk/new")
    store.syncs.store_visit("s", "/a", Visit(departures=[(document_id(one), moved), ("unknown", GONE)], reader="1"))
    states = [store.document(document_id(each)) for each in (one, other)]
    assert [(each.status.value, each.moved_to) for each in states] == [("redirected", moved.moved_to), ("live", "")]
    assert store.remove_documents([document_id(one), document_id(other)]) == 2
    assert store.revision().startswith("0" * 16)


def test_a_withdrawal_has_its_notice_and_its_day(store: CorpusStore) -> None:
    record = make_record()
    notes = (ChangeNote("Superseded.", DAY, "withdrawal"),)
    withdrawn = make_record(withdrawn="Superseded.", provenance=Provenance(notes=notes), updated=DAY)
    note(store, FIND)
    store.syncs.store_visit("s", "/a", Visit([record], reader="1"))
    assert store.syncs.store_visit("s", "/a", Visit([withdrawn], reader="1")).new_versions == 0
    document = store.document(document_id(record))
    assert (document.status, document.status_since) == (DocumentStatus.WITHDRAWN, DAY)
    assert document.status_note == "Superseded."
    store.add_documents([make_record(updated=DAY + timedelta(days=1))])
    assert store.document(document_id(record)).status is DocumentStatus.LIVE


@pytest.mark.parametrize("by_file", [True, False])
def test_a_better_extraction_of_the_same_words_is_no_new_version(store: CorpusStore, by_file: bool) -> None:
    record = make_record()
    again = make_record(title="New deals", description="read better", provenance=Provenance(raw_sha256="f", reader="2"))
    note(store, FIND)
    store.syncs.store_visit("s", "/a", Visit([record], reader="1"))
    outcome = (
        store.add_documents([again]) if by_file else store.syncs.store_visit("s", "/a", Visit([again], reader="2"))
    )
    assert (outcome.added, outcome.new_versions, outcome.unchanged) == (0, 0, 1)
    assert len(store.versions(document_id(record))) == 1


def test_an_unchanged_page_keeps_what_is_known(store: CorpusStore) -> None:
    note(store, FIND)
    store.syncs.store_visit("s", "/a", Visit([make_record()], etag='"1"', reader="1"))
    store.syncs.store_visit("s", "/a", Visit(reader="1", is_unchanged=True))
    (find,) = store.syncs.oldest_finds("s", 5, checked_before=LATER)
    assert (find.etag, find.reader) == ('"1"', "1")
    assert store.syncs.oldest_finds("s", 5, checked_before=DAY) == ()


def test_nothing_of_a_visit_is_stored_where_part_of_it_cannot_be(store: CorpusStore) -> None:
    note(store, FIND)
    broken = make_record(text=None)
    with pytest.raises((AttributeError, TypeError)):
        store.syncs.store_visit("s", "/a", Visit([make_record(), broken], reader="1"))
    assert store.counts().documents == 0
    assert waiting(store) == ["/a"]


def test_one_sync_at_a_time(open_store: Callable[[], CorpusStore]) -> None:
    one, other = open_store().syncs, open_store().syncs
    assert one.take_lease("a", 60) == ""
    assert one.take_lease("a", 60) == ""
    assert other.take_lease("b", 60) == "a"
    assert other.take_lease("b", 60, from_holders=lambda holder: holder == "a") == ""
    one.give_back_lease("a")
    assert one.take_lease("a", -1) == "b"
    other.give_back_lease("b")
    assert one.take_lease("a", -1) == ""
    assert other.take_lease("b", 60) == ""  # the other's has run out
