import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corpus_factories import TEXT, make_record, real_fields
from headwater.corpus.filters import PassageFilters
from headwater.corpus.reading import CorpusCounts
from headwater.corpus.store import CorpusStore
from headwater.corpus.writing import AddOutcome
from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import NotFoundError
from headwater.sources.records import parse_record


def day(number: int) -> datetime:
    return datetime(2024, 5, number, tzinfo=UTC)


def only_id(store: CorpusStore) -> str:
    (passage,) = store.passages([1]).values()
    return passage.document.id


def small_boats() -> list[DocumentRecord]:
    return [
        parse_record(fields, "boats", line)
        for line, fields in enumerate(real_fields("uk_government/govuk_small_boats_versions"), 1)
    ]


def test_an_empty_corpus_answers(store: CorpusStore) -> None:
    assert store.counts().documents == 0
    assert store.coverage.read().publishers == ()
    assert store.lexical_search(["boats"], 5) == []
    assert store.document_frequencies(["boats"]) == {"boats": 0}
    assert store.stored_models() == {}
    assert store.passages([1, 2]) == {}


def test_a_document_comes_back_as_it_went_in(store: CorpusStore) -> None:
    record = make_record(change_note="Figures corrected.", withdrawn="Out of date.", speaker="Yvette Cooper")
    assert store.add_documents([record]) == AddOutcome(added=1)
    document = store.document(only_id(store))
    assert document.text == TEXT
    assert (document.publisher, document.title, document.url) == (record.publisher, record.title, record.url)
    assert (document.first_published, document.updated) == (record.first_published, record.updated)
    assert (document.version, document.is_latest) == (1, True)
    assert (document.change_note, document.withdrawn, document.speaker) == (
        "Figures corrected.",
        "Out of date.",
        "Yvette Cooper",
    )
    assert document.attribution.startswith("Contains public sector information")
    assert store.document_text(document.id) == TEXT


def test_passages_are_exact_slices_of_the_stored_text(store: CorpusStore) -> None:
    store.add_documents([make_record()])
    document = store.document(only_id(store))
    passages = store.passages_of(document.id)
    assert [passage.text for passage in passages] == TEXT.split("\n\n")
    assert all(passage.span.slice(document.text) == passage.text for passage in passages)
    assert [passage.ordinal for passage in passages] == [0, 1]
    assert passages[0].document.text == ""


def test_passages_come_in_the_order_asked_for(store: CorpusStore) -> None:
    store.add_documents([make_record()])
    assert list(store.passages([2, 99, 1, 2])) == [2, 1]


def test_the_same_again_is_no_change(store: CorpusStore) -> None:
    store.add_documents([make_record()])
    before = store.revision()
    assert store.add_documents([make_record(), make_record()]) == AddOutcome(unchanged=2)
    assert store.revision() == before
    assert store.counts().passages == 2


def test_other_words_are_a_new_version(store: CorpusStore) -> None:
    store.add_documents([make_record(updated=day(1))])
    before = store.revision()
    assert store.add_documents([make_record(text="It is 85.", updated=day(2))]) == AddOutcome(new_versions=1)
    assert store.revision() != before
    document = store.document(only_id(store))
    assert (document.version, document.is_latest, document.text) == (2, True, "It is 85.")
    assert store.document(document.id, 1).text == TEXT
    assert not store.document(document.id, 1).is_latest
    assert [passage.text for passage in store.passages_of(document.id, 1)] == TEXT.split("\n\n")


def test_a_page_that_passes_to_another_publisher_stays_the_same_document(store: CorpusStore) -> None:
    store.add_documents([make_record(updated=day(1))])
    changed = make_record(publisher="Ministry of Defence", text="It is 85.", updated=day(2))
    assert store.add_documents([changed]) == AddOutcome(new_versions=1)


@pytest.mark.parametrize(
    "changes",
    [{"language": "cy"}, {"url": "https://www.gov.uk/other"}, {"external_id": "17"}],
)
def test_what_makes_another_document(store: CorpusStore, changes: dict[str, object]) -> None:
    store.add_documents([make_record()])
    assert store.add_documents([make_record(**changes)]) == AddOutcome(added=1)


def test_a_withdrawal_is_noted_on_the_stored_version(store: CorpusStore) -> None:
    store.add_documents([make_record(updated=day(1))])
    before = store.revision()
    assert store.add_documents([make_record(updated=day(2), withdrawn="Out of date.")]) == AddOutcome(unchanged=1)
    document = store.document(only_id(store))
    assert (document.version, document.withdrawn, document.updated) == (1, "Out of date.", day(2))
    assert store.revision() != before


def test_92_versions_of_two_pages_stand_in_order_of_date(store: CorpusStore) -> None:
    records = small_boats()
    random.Random(7).shuffle(records)
    for start in range(0, len(records), 10):
        store.add_documents(records[start : start + 10])
    assert store.counts().documents == 2
    assert store.counts().versions == 92
    for identifier in {passage.document.id for passage in store.passages(range(1, 3_000)).values()}:
        versions = store.versions(identifier)
        assert [version.version for version in versions] == list(range(1, len(versions) + 1))
        dates = [version.updated for version in versions if version.updated is not None]
        assert dates == sorted(dates)
        assert [version.is_latest for version in versions] == [False] * (len(versions) - 1) + [True]
    assert store.add_documents(records) == AddOutcome(unchanged=92)


def test_the_order_of_storing_leaves_no_trace_in_the_revision(tmp_path: Path) -> None:
    records = small_boats()
    revisions = set()
    for name in ("a", "b"):
        with CorpusStore(tmp_path / name) as store:
            store.add_documents(records[:40])
            store.add_documents(records[40:])
            revisions.add(store.revision())
        records.reverse()
    assert len(revisions) == 1


def test_what_is_not_there_is_named(store: CorpusStore) -> None:
    store.add_documents([make_record()])
    with pytest.raises(NotFoundError, match="'nothing'"):
        store.document("nothing")
    with pytest.raises(NotFoundError, match="version 9"):
        store.document(only_id(store), 9)
    with pytest.raises(NotFoundError):
        store.versions("nothing")
    assert store.passages_of("nothing") == ()
    assert store.documents(["nothing"]) == {}


def test_coverage(store: CorpusStore) -> None:
    store.add_documents(
        [make_record(), make_record(url="https://a.gov.uk/b", document_type="speech", first_published=day(1))]
    )
    (held,) = store.coverage.read().publishers
    assert (held.publisher, held.versions) == ("Home Office", 2)
    assert held.documents == {"press_release": 1, "speech": 1}
    assert (held.first_day, held.last_day) == ("2024-05-01", "2024-11-07")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (PassageFilters(publishers=("Home Office",)), {"en", "late"}),
        (PassageFilters(publishers=("Home Office", "Welsh Government")), {"en", "late", "cy"}),
        (PassageFilters(document_types=("speech",)), {"cy"}),
        (PassageFilters(language="en"), {"en", "late"}),
        (PassageFilters(language="e"), set()),
        (PassageFilters(published_from=date(2024, 6, 1)), {"late"}),
        (PassageFilters(published_to=date(2024, 6, 1)), {"en", "late"}),
        (PassageFilters(published_to=date(2024, 5, 9)), {"en"}),
        (PassageFilters(published_from=date(2024, 5, 2), published_to=date(2024, 5, 2)), {"en"}),
        (PassageFilters(published_to=date(2024, 4, 30)), set()),
        (PassageFilters(publishers=("Nobody",)), set()),
    ],
)
def test_filters(store: CorpusStore, filters: PassageFilters, found: set[str]) -> None:
    store.add_documents(
        [
            make_record(url="https://a.gov.uk/en", first_published=day(1), updated=day(3)),
            make_record(url="https://a.gov.uk/late", language="en-GB", first_published=day(20), updated=None,
                        text="Boats late."),
            make_record(url="https://a.gov.uk/cy", language="cy", publisher="Welsh Government", document_type="speech",
                        first_published=None, updated=None),
        ]
    )  # fmt: skip
    store.add_documents([make_record(url="https://a.gov.uk/late", language="en-GB", first_published=day(20),
                                     updated=datetime(2024, 6, 9, tzinfo=UTC), text="Boats late.")])  # fmt: skip
    ids = store.passage_ids(filters)
    assert ids is not None
    names = {passage.document.url.rsplit("/", 1)[1] for passage in store.passages(list(map(int, ids))).values()}
    assert names == found
    hits = store.lexical_search(["boats", "people"], 50, filters)
    assert {number for number, _ in hits} == set(map(int, ids))


def test_no_filter_limits_nothing(store: CorpusStore) -> None:
    assert store.passage_ids(PassageFilters()) is None


def test_superseded_versions_can_be_left_out(store: CorpusStore) -> None:
    store.add_documents([make_record(updated=day(1)), make_record(updated=day(2), text="Now 85 people.")])
    assert len(store.lexical_search(["people"], 9)) == 3
    hits = store.lexical_search(["people"], 9, PassageFilters(latest_only=True))
    assert [passage.text for passage in store.passages([number for number, _ in hits]).values()] == ["Now 85 people."]


def test_threads_read_whole_documents_while_others_are_stored(store: CorpusStore) -> None:
    def write(part: int) -> None:
        for number in range(10):
            store.add_documents([make_record(url=f"https://a.gov.uk/{part}-{number}", text="Boats.\n\nPeople.")])

    def read(_: int) -> bool:
        with_boats = {number for number, _ in store.lexical_search(["boats"], 1_000)}
        passages = store.passages(sorted(with_boats))
        return len(passages) == len(with_boats) and store.passage_count() >= 2 * len(passages)

    with ThreadPoolExecutor(max_workers=6) as workers:
        writes = [workers.submit(write, part) for part in range(3)]
        reads = [workers.submit(read, turn) for turn in range(60)]
        assert all(future.result() for future in reads)
        for future in writes:
            future.result()
    assert store.counts() == CorpusCounts(documents=30, versions=30, passages=60, texts=2)


def test_two_processes_can_have_it_open(open_store: Callable[[], CorpusStore]) -> None:
    one, other = open_store(), open_store()
    other.add_documents([make_record()])
    assert one.counts().documents == 1
    before = other.change()
    one.add_documents([make_record(url="https://a.gov.uk/2")])
    assert other.counts().documents == 2
    assert other.change() > before
    assert other.revision() == one.revision()
