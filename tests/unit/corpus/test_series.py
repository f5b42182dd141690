"""Series stored with their version, on both databases."""

from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from corpus_factories import make_record, real_fields
from headwater.corpus.engine import Database, load_driver
from headwater.corpus.filters import PassageFilters
from headwater.corpus.provenances import provenance_from_text, provenance_to_text
from headwater.corpus.series import pack_points, read_all_series, unpack_points
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import ChangeNote, PassageKind, Provenance
from headwater.domain.series import SeriesPoint
from headwater.domain.spans import Span
from headwater.sources.records import parse_record

FERRIES = "Ferries\n\nMonth | Boats arrived | Remarks\nMay 2024 | 3 | x\nJune 2024 | 1,004 | y\n\nThey came."
ASKED = ("boat", "arriv", "ferri")


def test_a_series_is_stored_with_its_version(store: CorpusStore) -> None:
    store.add_documents([make_record(text=FERRIES, title="Ferry arrivals")])
    [found] = store.find_series(ASKED, 5)
    assert (found.measure, found.caption, found.step.value) == ("Boats arrived", "Ferries", "month")
    assert [(point.first, point.value, point.surface) for point in found.points] == [
        (date(2024, 5, 1), Decimal(3), "3"),
        (date(2024, 6, 1), Decimal(1004), "1,004"),
    ]
    assert found.document is not None
    text = store.document_text(found.document.id)
    assert [point.span.slice(text) for point in found.points] == ["3", "1,004"]
    assert store.find_series(("boat", "aeroplan"), 5) == ()


def test_the_latest_version_answers_unless_a_day_is_asked_for(store: CorpusStore) -> None:
    for day, figure in ((1, "3"), (9, "4")):
        text = FERRIES.replace("| 3 |", f"| {figure} |")
        store.add_documents([make_record(text=text, updated=datetime(2024, 7, day, tzinfo=UTC), first_published=None)])
    [now] = store.find_series(ASKED, 5)
    [then] = store.find_series(ASKED, 5, PassageFilters(as_of=date(2024, 7, 2)))
    assert [str(one.points[0].value) for one in (now, then)] == ["4", "3"]
    assert store.find_series(ASKED, 5, PassageFilters(as_of=date(2024, 6, 2))) == ()
    assert now.document is not None
    assert store.remove_documents([now.document.id]) == 1
    assert store.find_series(ASKED, 5) == ()


def test_rows_of_a_long_table_are_asked_for_as_a_series_and_are_no_passages(store: CorpusStore) -> None:
    rows = "\n".join(f"{day} May {year} | {day}" for year in range(2000, 2020) for day in range(1, 9))
    store.add_documents([make_record(text=f"Ferries\n\nDay | Boats arrived\n{rows}\n\nThey came.")])
    [found] = store.find_series(ASKED[:2], 5)
    assert len(found.points) == 160
    assert found.document is not None
    kept = [passage.text for passage in store.passages_of(found.document.id)]
    assert kept == ["Ferries", "Day | Boats arrived", "They came."]


def test_series_of_a_corpus_made_before_are_read_when_it_is_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite3"
    with CorpusStore(path) as store:
        store.add_documents([make_record(text=FERRIES)])
    with closing(load_driver().connect(path)) as connection:
        connection.executescript("DELETE FROM series_words; DELETE FROM series;")
    database = Database(path)
    with database.write() as connection:
        assert read_all_series(connection) == 1
        assert read_all_series(connection) == 0
    database.close()
    with CorpusStore(path) as store:
        assert len(store.find_series(ASKED, 5)) == 1


def test_the_tables_of_the_small_boats_pages(store: CorpusStore) -> None:
    fields = list(real_fields("uk_government/govuk_small_boats_versions"))
    store.add_documents([parse_record(one, "boats") for one in fields[-3:]])
    found = store.find_series(("small", "boat", "arriv"), 9)
    assert {series.measure for series in found} == {
        "Migrants arrived",
        "Boats arrived",
        "Boats involved in uncontrolled landings",
    }
    migrants = next(series for series in found if series.measure == "Migrants arrived")
    assert [str(point.value) for point in migrants.points] == ["0", "93", "82", "0", "250", "0", "0"]
    assert any(
        passage.kind is PassageKind.TABLE_ROW and "14 August 2026" in passage.text
        for passage in store.passages_of(migrants.document.id if migrants.document else "")
    )


def test_points_come_back_as_they_were() -> None:
    points = (
        SeriesPoint(date(2024, 1, 1), date(2024, 3, 31), Decimal("-0.10"), "-0.10", Span(3, 8)),
        SeriesPoint(date(2024, 4, 1), date(2024, 6, 30), Decimal("1E+3"), "“1”", Span(13, 18)),
    )
    assert unpack_points(pack_points(points)) == points


@pytest.mark.parametrize(
    "provenance",
    [
        Provenance(),
        Provenance(
            api_url="https://a.uk/api",
            alternate_urls=("https://b.uk",),
            publishers=("Home Office", "Border Force"),
            source_updated=datetime(2024, 11, 7, tzinfo=UTC),
            notes=(ChangeNote("Corrected.", datetime(2024, 11, 8, tzinfo=UTC), "correction"), ChangeNote("Né.")),
            page_starts=(0, 100),
        ),
    ],
)
def test_provenance_comes_back_as_it_was(provenance: Provenance, store: CorpusStore) -> None:
    assert provenance_from_text(provenance_to_text(provenance)) == provenance
    store.add_documents([make_record(provenance=provenance)])
    [passage, *_] = store.passages([1]).values()
    assert passage.document.provenance == provenance


def test_what_a_newer_program_stored_beside_is_passed_over() -> None:
    assert provenance_from_text('{"schema":"speech","unheard_of":[1]}') == Provenance(schema="speech")
