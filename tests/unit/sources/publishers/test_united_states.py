import json
from datetime import UTC, date, datetime

import pytest

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.fetching.contract import Fetched
from headwater.sources.publishers import federal_register, govinfo
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.federal_register import FederalRegisterReader
from headwater.sources.publishers.fixed_width import read_fixed_width
from headwater.sources.publishers.govinfo import GovInfoReader, without_key
from publisher_server import LocalFetcher, PublisherServer, payload

DAY = datetime(2016, 4, 15, tzinfo=UTC)


def register(**options: str) -> FederalRegisterReader:
    entry = SourceEntry("fr", "Federal Register", "federal_register", {"from": "2016-04-10", **options})
    return FederalRegisterReader(entry, today=lambda: date(2016, 4, 20))


def test_documents_are_found_by_days(
    fetcher: LocalFetcher, publishers: PublisherServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(federal_register, "RESULTS_A_PAGE", 4)
    found = list(register().find(None, fetcher, ""))
    assert [one.key for one in found] == [document["meta"]["document_number"] for document in publishers.register]
    assert {one.updated for one in found} == {DAY}
    resumed = list(register().find(None, fetcher, found[-1].cursor))
    assert [one.key for one in resumed] == [one.key for one in found[4:]]


def test_a_document_field_by_field(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    for number, held in enumerate(publishers.register):
        meta = held["meta"]
        url = f"https://www.federalregister.gov/api/v1/documents/{meta['document_number']}.json"
        [record] = register().read(Found(meta["document_number"], url), fetcher)
        assert isinstance(record, DocumentRecord)
        assert record.text == "\n\n".join(held["text"].split("\n\n"))  # no page number, nothing lost
        assert record.title == " ".join(meta["title"].split())
        assert record.url == meta["html_url"]
        assert record.document_type == "notice"
        assert record.licence == "US-Gov-Public-Domain (17 USC 105)"
        assert record.first_published == record.updated == DAY
        assert record.external_id == meta["document_number"]
        assert record.publisher == meta["agencies"][-1]["name"]
        assert record.provenance.alternate_urls == (meta["pdf_url"],)
        if number == 0:
            assert record.provenance.publishers[1] == "Parent Department"
        assert record.change_note == {1: "Corrects 2016-07002.", 2: "Corrected by C1-2016-09999."}.get(number, "")


def test_the_plain_form_where_there_is_no_other(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    held = publishers.register[0]
    held["meta"]["body_html_url"] = None
    url = f"https://www.federalregister.gov/api/v1/documents/{held['meta']['document_number']}.json"
    [record] = register().read(Found("x", url), fetcher)
    assert isinstance(record, DocumentRecord)
    assert record.text.split("\n\n") == [" ".join(part.split()) for part in held["text"].split("\n\n")]
    held["meta"]["raw_text_url"] = None
    with pytest.raises(UnreadableRecordError, match="no full text"):
        list(register().read(Found("x", url), fetcher))


def test_a_document_that_is_gone(fetcher: LocalFetcher) -> None:
    url = "https://www.federalregister.gov/api/v1/documents/none.json"
    assert list(register().read(Found("none", url), fetcher)) == [Departure(url, external_id="none")]


CREC = b"""<html><body><pre>
[Congressional Record Volume 164, Number 54 (Tuesday, April 3, 2018)]
[Senate]
[Page S1882]
[From the Congressional Record Online through the Government Publishing Office [<a href="https://www.gpo.gov">www.gpo.gov</a>]]

                          THE BUDGET

  Mr. WARNER. Mr. President, on Monday the committee found $4.5 million
and 12 multi-
year plans.

[[Page S1883]]

  It will go on.
</pre></body></html>"""


def served(publishers: PublisherServer) -> None:
    package = json.loads(payload("govinfo/FR-2018-04-12-summary.json"))
    granule = json.loads(payload("govinfo/FR-2018-04-12_2018-07777-granule-summary.json"))
    link = "https://api.govinfo.gov/packages/FR-2018-04-12/granules/2018-07777/summary"
    page = {"granules": [{"granuleId": "2018-07777", "granuleLink": link}], "nextPage": None}
    publishers.packages |= {
        "/packages/FR-2018-04-12/summary": package,
        "/packages/FR-2018-04-12/granules": page,
        "/packages/FR-2018-04-12/granules/2018-07777/summary": granule,
        "/packages/FR-2018-04-12/granules/2018-07777/htm": CREC,
    }


def test_a_package_of_govinfo(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    served(publishers)
    reader = GovInfoReader(SourceEntry("g", "govinfo", "govinfo", {"key": "secret"}))
    url = "https://api.govinfo.gov/packages/FR-2018-04-12/summary"
    [record] = reader.read(Found("FR-2018-04-12", url), fetcher)
    assert isinstance(record, DocumentRecord)
    assert record.title == "Sunshine Act Meetings"
    assert record.publisher == "CIVIL RIGHTS COMMISSION"
    assert record.document_type == "notice"
    assert record.url == "https://www.govinfo.gov/app/details/FR-2018-04-12/2018-07777"
    assert record.external_id == "FR-2018-04-12/2018-07777"
    assert record.first_published == datetime(2018, 4, 12, tzinfo=UTC)
    assert record.provenance.source_updated == datetime(2018, 4, 13, 16, 49, 2, tzinfo=UTC)
    assert "secret" not in repr(record) + repr(record.provenance)
    assert record.text.endswith("It will go on.")


def test_packages_are_found_collection_by_collection(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    listing = json.loads(payload("govinfo/CREC-sample.json"))
    following = "https://api.govinfo.gov/collections/CREC/2018-04-01T00:00:00Z/next?offsetMark=abc&pageSize=10"
    publishers.packages |= {
        "/collections/CPD/2018-04-01T00:00:00Z": {"packages": []},
        "/collections/CREC/2018-04-01T00:00:00Z": listing | {"nextPage": following + "&api_key=secret"},
        "/collections/CREC/2018-04-01T00:00:00Z/next": listing | {"nextPage": None},
    }
    reader = GovInfoReader(SourceEntry("g", "govinfo", "govinfo"))
    found = list(reader.find(datetime(2018, 4, 1, tzinfo=UTC), fetcher, ""))
    assert len(found) == 2 * len(listing["packages"])
    assert found[0].key == "CREC-2018-04-02"
    assert found[0].updated == datetime(2018, 4, 5, 13, 4, 12, tzinfo=UTC)
    assert not any("api_key" in one.url + one.cursor for one in found)
    assert len(list(reader.find(None, fetcher, found[-1].cursor))) == len(listing["packages"])
    assert govinfo.SHARED_KEY in publishers.requests[0]


def test_addresses_without_keys() -> None:
    assert without_key("https://x.gov/a?offsetMark=*&api_key=s&pageSize=1") == "https://x.gov/a?offsetMark=*&pageSize=1"


def test_text_set_for_a_printer() -> None:
    page = Fetched("u", 200, {}, CREC, "", "")
    assert read_fixed_width(page.body.decode()).split("\n\n") == [
        "THE BUDGET",
        "Mr. WARNER. Mr. President, on Monday the committee found $4.5 million and 12 multi-year plans.",
        "It will go on.",
    ]
