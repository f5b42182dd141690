from datetime import UTC, datetime

import pytest

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.fetching.errors import SourceUnavailableError
from headwater.sources.publishers import govuk
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.govuk import CONTENT, GovUkReader
from publisher_server import Answer, LocalFetcher, PublisherServer, as_json, govuk_items, payload

ENTRY = SourceEntry("all", "GOV.UK", "govuk")
ALONE = SourceEntry("all", "GOV.UK", "govuk", {"translations": "no", "children": "no"})


def read(fetcher: LocalFetcher, path: str, entry: SourceEntry = ALONE) -> list[DocumentRecord | Departure]:
    return list(GovUkReader(entry).read(Found(path, CONTENT + path), fetcher))


def read_one(fetcher: LocalFetcher, path: str) -> DocumentRecord:
    [record] = read(fetcher, path)
    assert isinstance(record, DocumentRecord)
    return record


def path_of(name: str) -> str:
    return str(govuk_items()[name]["base_path"])


def test_a_press_release_field_by_field(fetcher: LocalFetcher) -> None:
    record = read_one(fetcher, path_of("news_article__best-practice-press-release"))
    assert record.publisher == "Home Office"
    assert record.document_type == "press_release"
    assert record.url == "https://www.gov.uk/government/news/new-frank-adverts-mark-tenth-anniversary--2"
    assert record.title == "New FRANK adverts mark tenth anniversary"
    assert record.language == "en"
    assert record.licence == "OGL-UK-3.0"
    assert record.first_published is not None and record.first_published.isoformat() == "2013-01-28T00:00:00+00:00"
    assert record.updated == record.first_published
    assert record.external_id == "5dc52233-7631-11e4-a3cb-005056011aef"
    assert record.description.startswith("New campaign reminding young people to talk to FRANK")
    assert record.speaker == ""
    assert record.withdrawn == ""
    assert record.change_note == "First published."
    assert "First published" not in record.text
    source = record.provenance
    assert source.api_url == CONTENT + "/government/news/new-frank-adverts-mark-tenth-anniversary--2"
    assert source.publishers == ("Home Office",)
    assert source.schema == "news_article"
    assert source.source_updated is not None and source.source_updated.year == 2018
    assert [note.note for note in source.notes] == ["First published."]
    assert len(source.raw_sha256) == 64
    assert source.reader == "govuk/1"
    assert source.government == ""


def test_a_page_in_arabic_under_a_past_government(fetcher: LocalFetcher) -> None:
    record = read_one(fetcher, path_of("news_article__news_article_history_mode_translated_arabic"))
    assert record.language == "ar"
    assert record.title.startswith("المملكة المتحدة والولايات المتحدة تفرضان عقوبات")
    assert record.text.startswith("- فرضت المملكة المتحدة والولايات المتحدة عقوبات")
    assert record.publisher == "Foreign, Commonwealth & Development Office"
    assert record.url.endswith("red-sea.ar")
    assert record.external_id == "fe363564-f53b-4d59-afc4-c1a7df98159a"
    assert record.provenance.government == "2022 to 2024 Sunak Conservative government"
    assert "<" not in record.text


def test_translations_are_documents_of_the_same_identifier(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    arabic = path_of("news_article__news_article_history_mode_translated_arabic")
    english = arabic.removesuffix(".ar")
    item = publishers.items[arabic]
    publishers.items[english] = item | {
        "base_path": english,
        "locale": "en",
        "title": "UK and US sanction Houthi figures",
    }
    records = read(fetcher, english, ENTRY)
    assert all(isinstance(record, DocumentRecord) for record in records)
    assert [record.language for record in records] == ["en", "ar"]
    assert len({record.external_id for record in records}) == 1


def test_a_withdrawn_page_says_so_beside_its_words(fetcher: LocalFetcher) -> None:
    record = read_one(fetcher, path_of("news_article__news_article_withdrawn"))
    assert record.withdrawn == "We’ve withdrawn this news article (withdrawn 2019-08-22)"
    assert "withdrawn" not in record.text
    [note] = [note for note in record.provenance.notes if note.kind == "withdrawal"]
    assert note.at is not None and note.at.isoformat() == "2019-08-22T10:29:02+01:00"
    assert record.text.startswith("Prime Minister Theresa May said:\n\nThis year, the United Kingdom")
    [quote] = record.block_quotes
    assert quote.startswith("This year, the United Kingdom has had much to celebrate.")
    assert quote.endswith("along with health and happiness in the year ahead.")


def test_a_withdrawn_data_set_with_what_supersedes_it(fetcher: LocalFetcher) -> None:
    record = read_one(fetcher, path_of("statistical_data_set__statistical_data_set_withdrawn"))
    assert record.withdrawn.startswith("It has been superseded by Local area walking and cycling in England")
    assert [note.kind for note in record.provenance.notes] == ["withdrawal", "change", "change"]
    assert record.change_note == "Updated statistical data sets."
    assert "Updated statistical data sets" not in record.text
    assert record.first_published is not None and record.first_published.isoformat() == "2014-04-29T10:30:00+01:00"


def test_speeches_name_their_speaker(fetcher: LocalFetcher) -> None:
    expected = {
        "speech__best-practice-oral-statement": ("oral_statement", "The Rt Hon Theresa May MP"),
        "speech__speech-written-statement-parliament": ("written_statement", "Nick Gibb MP"),
        "speech__speech-transcript": ("speech", "The Rt Hon David Cameron MP"),
        "speech__speech-speaker-without-profile": ("speech", "Her Majesty the Queen"),
    }
    for name, (kind, speaker) in expected.items():
        record = read_one(fetcher, path_of(name))
        assert (record.document_type, record.speaker) == (kind, speaker)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("publication__best-practice-national-statistics", "national_statistics", "312.4 billion vehicle miles"),
        ("publication__statistics_publication", "national_statistics", "affordable"),
        ("html_publication__stats_headline_and_manually_numbered_headings", "html_publication", "£6bn"),
        ("news_article__best-practice-government-response", "government_response", "Sustain"),
        ("case_study__has-updates", "case_study", "GBS"),
        ("specialist_document__cma-cases-with-change-history", "cma_case", "Statutory timetable"),
    ],
)
def test_documents_of_many_types(fetcher: LocalFetcher, name: str, kind: str, words: str) -> None:
    record = read_one(fetcher, path_of(name))
    assert record.document_type == kind
    assert words in record.text + record.title


def test_no_change_note_is_ever_in_the_text(fetcher: LocalFetcher) -> None:
    notes = 0
    for name, item in govuk_items().items():
        history = (item.get("details") or {}).get("change_history") or []
        if not history or item.get("schema_name") in {"gone", "redirect"}:
            continue
        for record in read(fetcher, path_of(name)):
            assert isinstance(record, DocumentRecord)
            assert [note.note for note in record.provenance.notes if note.kind == "change"] == [
                " ".join(change["note"].split())
                for change in sorted(history, key=lambda change: change["public_timestamp"], reverse=True)
            ]
            for change in history:
                notes += 1
                assert change["note"].strip() not in record.text
    assert notes > 25


def test_a_changed_date_of_release(fetcher: LocalFetcher) -> None:
    record = read_one(fetcher, path_of("statistics_announcement__release_date_changed"))
    assert "Release date: 20 January 2016 9:30am" in record.text
    assert record.change_note == "Amended after inputting an error. (before: 19 January 2016 9:30am)"
    assert "inputting an error" not in record.text


def test_what_is_gone(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    [gone] = read(fetcher, path_of("gone__frontend__gone_with_alternative_path"))
    assert isinstance(gone, Departure)
    assert gone.explanation == "Incorrect title"
    assert gone.moved_to == "https://www.gov.uk/government/example"
    assert gone.external_id == "0931e16e-5729-41a9-830a-88613775eee0"
    [moved] = read(fetcher, "/406beacon")
    assert isinstance(moved, Departure)
    assert moved.moved_to.startswith(
        "https://www.gov.uk/maritime-safety-weather-and-navigation/register-406-mhz-beacons"
    )
    publishers.deleted.add("/government/news/lost")
    assert read(fetcher, "/government/news/lost") == [Departure("https://www.gov.uk/government/news/lost")]
    assert read(fetcher, "/government/news/never") == [Departure("https://www.gov.uk/government/news/never")]


def test_a_410_that_explains_itself(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    told = {"details": {"explanation": "<p>Published in error</p>", "alternative_path": "/government/news/right"}}
    publishers.pages[CONTENT + "/government/news/wrong"] = as_json(told, 410)
    [gone] = read(fetcher, "/government/news/wrong")
    assert isinstance(gone, Departure)
    assert (gone.url, gone.explanation) == ("https://www.gov.uk/government/news/wrong", "Published in error")
    assert gone.moved_to == "https://www.gov.uk/government/news/right"


def test_a_part_of_a_document_leads_to_the_whole(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    whole = {
        "base_path": "/guide", "content_id": "g", "locale": "en", "schema_name": "guide", "document_type": "guide",
        "title": "A guide", "public_updated_at": "2024-06-12T23:01:00Z",
        "details": {"parts": [
            {"title": "Overview", "slug": "overview", "body": "<p>You get £85.00 a week.</p>"},
            {"title": "Rates", "slug": "rates", "body": [
                {"content_type": "text/govspeak", "content": "no"},
                {"content_type": "text/html", "content": "<p>£113.75</p>"},
            ]},
        ]},
    }  # fmt: skip
    publishers.items["/guide"] = whole
    publishers.parts["/guide/rates"] = "/guide"
    record = read_one(fetcher, "/guide/rates")
    assert record.url == "https://www.gov.uk/guide"
    assert record.text == "Overview\n\nYou get £85.00 a week.\n\nRates\n\n£113.75"
    assert record.updated is not None and record.updated.isoformat() == "2024-06-13T00:01:00+01:00"


def test_a_publication_is_read_with_its_html_documents(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    parent = path_of("publication__best-practice-national-statistics")
    child = govuk_items()["html_publication__prime_ministers_office"]
    links = [{"base_path": child["base_path"], "locale": "en", "schema_name": "html_publication"}]
    publishers.items[parent] = publishers.items[parent] | {"links": {"children": links}}
    records = read(fetcher, parent, ENTRY)
    assert [record.document_type for record in records if isinstance(record, DocumentRecord)] == [
        "national_statistics",
        "html_publication",
    ]


def test_an_unchanged_page_is_not_read_again(fetcher: LocalFetcher) -> None:
    path = path_of("news_article__news_article_press_release")
    etag = fetcher.fetch(CONTENT + path).etag

    class Conditional(LocalFetcher):
        def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> object:  # type: ignore[override]
            return super().fetch(url, etag=etag or known, last_modified=last_modified)

    known = etag
    again = Conditional(fetcher._base)
    assert etag.startswith('W/"')
    assert list(GovUkReader(ENTRY).read(Found(path, CONTENT + path), again)) == []  # type: ignore[arg-type]
    again.close()


def test_search_by_windows_of_days(
    fetcher: LocalFetcher, publishers: PublisherServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(govuk, "RESULTS_A_PAGE", 25)
    found = list(GovUkReader(ENTRY).find(None, fetcher, ""))
    assert len(found) == len({one.key for one in found}) == 120
    moments = [one.updated for one in found if one.updated]
    assert moments == sorted(moments)
    assert len(publishers.requests) > 4
    since = datetime(2024, 9, 1, tzinfo=UTC)
    recent = list(GovUkReader(ENTRY).find(since, fetcher, ""))
    assert {one.key for one in recent} == {one.key for one in found if one.updated and one.updated >= since}
    resumed = list(GovUkReader(ENTRY).find(since, fetcher, recent[-1].cursor))
    assert {one.key for one in resumed} <= {one.key for one in recent}
    assert recent[-1].key in {one.key for one in resumed}
    assert found[0].url == CONTENT + found[0].key


def test_search_goes_on_within_a_day_that_fills_a_page(fetcher: LocalFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(govuk, "RESULTS_A_PAGE", 2)
    found = list(GovUkReader(ENTRY).find(None, fetcher, ""))
    assert len({one.key for one in found}) == 120


def test_options_choose(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    entry = SourceEntry("x", "X", "govuk", {"organisations": "home-office, cabinet-office", "types": "press_release"})
    list(GovUkReader(entry).find(None, fetcher, ""))
    [asked] = publishers.requests
    assert "filter_organisations=home-office&filter_organisations=cabinet-office" in asked
    assert "filter_content_store_document_type=press_release" in asked


def test_unknown_parameters_are_refused_and_named(fetcher: LocalFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(govuk.FILTERS, "organisations", "organisations_filter")
    entry = SourceEntry("x", "X", "govuk", {"organisations": "home-office"})
    with pytest.raises(UnreadableRecordError, match="status 422"):
        list(GovUkReader(entry).find(None, fetcher, ""))


def test_a_busy_publisher_is_asked_again_when_it_says(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    publishers.busy["www.gov.uk"] = 2
    assert read_one(fetcher, path_of("news_article__news_article_press_release")).document_type == "press_release"
    assert fetcher.waited == [1.0, 1.0]


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        ("slow", SourceUnavailableError),
        ("cut", SourceUnavailableError),
        ("500", SourceUnavailableError),
        ("broken", UnreadableRecordError),
    ],
)
def test_a_publisher_in_trouble(
    fetcher: LocalFetcher, publishers: PublisherServer, fault: str, raised: type[Exception]
) -> None:
    path = path_of("news_article__news_article_press_release")
    publishers.faults[CONTENT + path] = fault
    with pytest.raises(raised):
        read(fetcher, path)


def test_answers_that_are_no_items(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    publishers.pages[CONTENT + "/list"] = as_json([1, 2])
    publishers.pages[CONTENT + "/page"] = Answer(200, b"<html>Sorry</html>", {"Content-Type": "text/html"})
    publishers.pages[CONTENT + "/empty"] = as_json({"base_path": "/empty", "details": {"body": "<p> </p>"}})
    publishers.pages[CONTENT + "/deep"] = as_json({"base_path": "/deep", "details": {"body": "<div>" * 6000 + "x"}})
    assert read(fetcher, "/empty") == []
    for path in ("/list", "/page", "/deep"):
        with pytest.raises(UnreadableRecordError):
            read(fetcher, path)


def test_the_pdf_files_of_a_publication(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    path = path_of("publication__best-practice-national-statistics")
    url = "https://assets.publishing.service.gov.uk/media/5a/response.pdf"
    files = [
        {"content_type": "application/pdf", "url": url, "title": "Road traffic estimates", "id": "response.pdf"},
        {"content_type": "text/csv", "url": url + ".csv", "title": "Table"},
        {"content_type": "application/pdf", "url": "https://elsewhere.example/x.pdf", "title": "Elsewhere"},
    ]
    item = publishers.items[path]
    publishers.items[path] = item | {"details": item["details"] | {"attachments": files}}
    raw = payload("pdf/UK-Covid-19_Inquiry_Module_1_Response.pdf")
    publishers.pages[url] = Answer(200, raw, {"Content-Type": "application/pdf"})
    entry = SourceEntry("x", "X", "govuk", {"attachments": "yes", "translations": "no"})
    page, attached = read(fetcher, path, entry)
    assert isinstance(page, DocumentRecord) and isinstance(attached, DocumentRecord)
    assert (attached.title, attached.url) == ("Road traffic estimates", url)
    assert attached.external_id == f"{page.external_id}/response.pdf"
    assert attached.first_published == page.first_published
    assert attached.publisher == page.publisher
    assert attached.provenance.alternate_urls == (page.url,)
    assert len(attached.provenance.page_starts) == 40
