from datetime import UTC, date, datetime

import pytest

from corpus_factories import make_record
from headwater.corpus.listing import ListFilters, Place, list_documents
from headwater.corpus.store import CorpusStore


@pytest.fixture
def filled(store: CorpusStore) -> CorpusStore:
    store.add_documents(
        [
            make_record(
                url=f"https://a.gov.uk/{number}",
                text=f"Text {number}.",
                publisher="Home Office" if number % 2 else "Treasury",
                first_published=datetime(2024, 1, 1 + number // 3, tzinfo=UTC),
                updated=None,
            )
            for number in range(30)
        ]
    )
    return store


def all_pages(store: CorpusStore, filters: ListFilters, limit: int) -> list[str]:
    seen: list[str] = []
    after: Place | None = None
    while True:
        page = list_documents(store, filters, after, limit)
        assert len(page.documents) <= limit
        seen += [one.id for one in page.documents]
        after = page.place
        if after is None:
            return seen


@pytest.mark.parametrize("limit", [1, 7, 30, 200])
def test_pages_hold_every_document_once_newest_first(filled: CorpusStore, limit: int) -> None:
    seen = all_pages(filled, ListFilters(), limit)
    assert len(seen) == len(set(seen)) == 30
    days = [one.first_published for one in list_documents(filled, ListFilters(), None, 200).documents]
    assert days == sorted(days, reverse=True)


def test_what_is_added_meanwhile_shifts_nothing(filled: CorpusStore) -> None:
    first = list_documents(filled, ListFilters(), None, 10)
    filled.add_documents([make_record(url="https://a.gov.uk/new", first_published=datetime(2025, 1, 1, tzinfo=UTC))])
    second = list_documents(filled, ListFilters(), first.place, 10)
    assert not {one.id for one in first.documents} & {one.id for one in second.documents}


def test_filters_hold_together(filled: CorpusStore) -> None:
    filters = ListFilters("Treasury", "", date(2024, 1, 2), last_day=date(2024, 1, 3))
    found = list_documents(filled, filters, None, 200).documents
    assert {one.publisher for one in found} == {"Treasury"}
    assert {str(one.first_published)[:10] for one in found} == {"2024-01-02", "2024-01-03"}
    assert list_documents(filled, ListFilters(document_type="nothing"), None, 5).documents == ()
