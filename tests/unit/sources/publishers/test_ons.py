import re
from datetime import UTC, datetime

import pytest

from corpus_factories import real_fields
from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.publishers import ons
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.ons import SITE, OnsReader, read_ons_markdown
from publisher_server import LocalFetcher, PublisherServer, as_json

BULLETIN = "/economy/inflationandpriceindices/bulletins/consumerpriceinflation/"
READER = OnsReader(SourceEntry("ons", "ONS", "ons"))


def read(fetcher: LocalFetcher, uri: str) -> list[DocumentRecord | Departure]:
    return list(READER.read(Found(uri, f"{SITE}{uri}/data"), fetcher))


def test_bulletins_are_found_newest_first(fetcher: LocalFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ons, "RESULTS_A_PAGE", 2)
    found = list(READER.find(None, fetcher, ""))
    assert [one.key for one in found] == [f"{BULLETIN}{day}" for day in ("2015-07-14", "2015-06-16", "2015-05-19")]
    assert found[0].url == f"https://www.ons.gov.uk{BULLETIN}2015-07-14/data"
    assert [one.key for one in READER.find(None, fetcher, found[2].cursor)] == [found[2].key]
    since = datetime(2015, 6, 1, tzinfo=UTC)
    assert [one.key for one in READER.find(since, fetcher, "")] == [one.key for one in found[:2]]


def test_a_bulletin_field_by_field(fetcher: LocalFetcher) -> None:
    [record] = read(fetcher, f"{BULLETIN}2015-05-19")
    assert isinstance(record, DocumentRecord)
    assert record.publisher == "Office for National Statistics"
    assert record.document_type == "bulletin"
    assert record.url == f"https://www.ons.gov.uk{BULLETIN}2015-05-19"
    assert record.title == "Consumer Price Inflation: April 2015"
    assert (record.language, record.licence) == ("en", "OGL-UK-3.0")
    assert record.first_published is not None and record.first_published.date().isoformat() == "2015-05-19"
    assert record.external_id == f"{BULLETIN}2015-05-19"
    assert record.text.startswith("Main points\n\n- The Consumer Prices Index (CPI) ")
    assert not any(mark in record.text for mark in ("<ons-", "](", "![", "#####", "**"))


@pytest.mark.parametrize("day", ["2015-05-19", "2015-07-14"])
def test_every_line_of_the_corpus_text_is_read(fetcher: LocalFetcher, day: str) -> None:
    [record] = read(fetcher, f"{BULLETIN}{day}")
    assert isinstance(record, DocumentRecord)
    address = f"consumerpriceinflation/{day}"
    bulletins = real_fields("uk_parliament_and_statistics/ons_bulletins")
    known = next(fields for fields in bulletins if fields["url"].endswith(address))
    said = folded(record.text)
    lines = [line for line in known["text"].splitlines() if line.strip() and "://" not in line]
    assert sum(any(map(str.isdigit, line)) for line in lines) > 40
    # A link that names its address by a number ("[1]") keeps the number in the corpus.
    assert [line for line in lines if folded(re.sub(r"\[\d+\]", "", line)) not in said] == []


def folded(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def test_a_corrected_bulletin_is_read_with_what_it_replaced(fetcher: LocalFetcher) -> None:
    before, after = read(fetcher, f"{BULLETIN}2015-06-16")
    assert isinstance(before, DocumentRecord) and isinstance(after, DocumentRecord)
    assert before.external_id == after.external_id
    assert "stood at 0.3%" in before.text and "stood at 0.1%" in after.text
    assert before.updated is not None and before.updated.date().isoformat() == "2015-06-16"
    assert after.updated is not None and after.updated.isoformat() == "2015-06-18T10:30:00+01:00"
    assert after.change_note == "An error in the 12-month rate for May 2015 was found and put right."
    assert {note.kind for note in after.provenance.notes} == {"correction"}
    assert "An error in" not in after.text


def test_a_release_that_was_cancelled_and_moved(fetcher: LocalFetcher) -> None:
    [record] = read(fetcher, "/releases/adoption")
    assert isinstance(record, DocumentRecord)
    assert record.document_type == "release"
    assert record.withdrawn == "Cancelled: Due to ...."
    assert record.provenance.notes[0].note == "Date of release changed: Due to...."


def test_what_is_not_there(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    assert read(fetcher, "/economy/none") == [Departure(f"{SITE}/economy/none", external_id="/economy/none")]
    publishers.pages[f"{SITE}/odd/data"] = as_json({"uri": "/odd"})
    with pytest.raises(UnreadableRecordError, match="holds no page"):
        read(fetcher, "/odd")


def test_the_latest_edition_is_redirected_to(fetcher: LocalFetcher) -> None:
    assert fetcher.fetch(f"{SITE}{BULLETIN}latest/data").url.endswith("2015-07-14/data")


def test_the_office_obeys_when_told_to_wait(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    publishers.busy["www.ons.gov.uk"] = 1
    assert len(read(fetcher, f"{BULLETIN}2015-05-19")) == 1
    assert fetcher.waited == [1.0]


def test_markdown_of_the_office() -> None:
    text = read_ons_markdown(
        '#####Notes:\n\n1. Rounded.\n\n\t[CPI](http://x "T") rose by 0.1<sup>2</sup>%.\n<ons-chart path="/a" />\n\n'
        "[![Figure](http://p.png)](http://p)\nend"
    ).text
    assert text == "Notes:\n1. Rounded.\n\nCPI rose by 0.12%.\n\nend"
