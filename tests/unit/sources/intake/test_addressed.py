"""Official texts named by their address: which reader reads them, what is known of them, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from file_factories import make_docx, make_locked_pdf, make_pdf
from headwater.sources.fetching.errors import FetchRefusedError, SourceUnavailableError
from headwater.sources.fetching.fetcher import GuardedFetcher
from headwater.sources.fetching.limits import FetchLimits
from headwater.sources.intake.addressed import fetch_limits, is_address, take_in_address
from headwater.sources.intake.errors import FileTooLargeError, UnreadableFileError
from headwater.sources.intake.limits import IntakeLimits
from headwater.sources.publishers.by_address import find_reader, known_of_host
from publisher_server import Answer, LocalFetcher, PublisherServer, serving

PAGE = "https://www.nhs.uk/news/waiting-lists"
NEWS = "/government/news/improving-food-in-hospitals-and-schools"
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def publishers() -> PublisherServer:
    return PublisherServer()


@pytest.fixture
def fetcher(publishers: PublisherServer) -> Iterator[LocalFetcher]:
    with serving(publishers) as base:
        made = LocalFetcher(base)
        yield made
        made.close()


@pytest.mark.parametrize(
    ("url", "reader", "fetched"),
    [
        ("https://www.gov.uk/government/news/x", "GovUkReader", "https://www.gov.uk/api/content/government/news/x"),
        ("https://www.gov.uk/government/news/x/", "GovUkReader", "https://www.gov.uk/api/content/government/news/x"),
        ("https://www.gov.uk/government/news/x.cy?a=1", "GovUkReader", "https://www.gov.uk/api/content/government/news/x.cy"),
        ("https://www.ons.gov.uk/a/b/2015-06-16", "OnsReader", "https://www.ons.gov.uk/a/b/2015-06-16/data"),
        (
            "https://hansard.parliament.uk/Commons/2009-10-29/debates/A1B2-01/Care#contribution-1",
            "HansardReader",
            "https://hansard-api.parliament.uk/debates/debate/A1B2-01.json",
        ),
        (
            "https://www.federalregister.gov/documents/2016/04/15/2016-08721/a-rule",
            "FederalRegisterReader",
            "https://www.federalregister.gov/api/v1/documents/2016-08721.json",
        ),
        (
            "https://www.govinfo.gov/app/details/CREC-2001-05-01/CREC-2001-05-01-pt1-PgS1",
            "GovInfoReader",
            "https://api.govinfo.gov/packages/CREC-2001-05-01/granules/CREC-2001-05-01-pt1-PgS1/summary",
        ),
    ],
)  # fmt: skip
def test_a_page_is_read_by_its_publishers_reader(url: str, reader: str, fetched: str) -> None:
    found = find_reader(url)
    assert found is not None
    assert (type(found[0]).__name__, found[1].url) == (reader, fetched)


@pytest.mark.parametrize(
    "url",
    [
        PAGE, "https://www.gov.uk/", "https://www.gov.uk/api/content/x", "https://www.gov.uk/search/all",
        "https://www.gov.uk.example.com/x", "https://hansard.parliament.uk/search", "https://[", "", "no address",
    ],
)  # fmt: skip
def test_other_pages_have_no_reader_of_their_own(url: str) -> None:
    assert find_reader(url) is None


def test_what_the_table_of_sources_knows_of_a_site() -> None:
    assert known_of_host("https://www.gov.scot/news/x/")["publisher"] == "Scottish Government"
    assert known_of_host(PAGE) == known_of_host("") == {}


def test_a_release_comes_with_all_that_its_publisher_says_of_it(
    publishers: PublisherServer, fetcher: LocalFetcher
) -> None:
    taken = take_in_address(f"https://www.gov.uk{NEWS}#top", fetcher)
    assert (taken.title, taken.published) == ("Improving food in hospitals and schools", date(2014, 5, 8))
    assert (taken.publisher, taken.licence) == ("Department of Health and Social Care", "OGL-UK-3.0")
    assert taken.url == f"https://www.gov.uk{NEWS}"
    assert publishers.requests == [f"https://www.gov.uk/api/content{NEWS}"]
    assert take_in_address(f"HTTP://www.gov.uk{NEWS}/", fetcher).text == taken.text


def test_of_a_corrected_bulletin_the_edition_in_force_is_read_alone(
    publishers: PublisherServer, fetcher: LocalFetcher
) -> None:
    path = next(path for path in publishers.ons_pages if path.endswith("2015-06-16"))
    taken = take_in_address(f"https://www.ons.gov.uk{path}", fetcher)
    assert "stood at 0.1%" in taken.text
    assert "was found and put right" in taken.notices[0]
    assert len(publishers.requests) == 1


def test_answers_statements_and_registers(publishers: PublisherServer, fetcher: LocalFetcher) -> None:
    question, statement, rule = publishers.questions[0], publishers.statements[0], publishers.register[0]["meta"]
    site = "https://questions-statements.parliament.uk"
    asked = f"{site}/written-questions/detail/{question['dateTabled'][:10]}/{question['uin']}"
    made = f"{site}/written-statements/detail/{statement['dateMade'][:10]}/{statement['uin']}"
    assert take_in_address(asked, fetcher).url == asked
    assert "Secretary of State" in take_in_address(made, fetcher).speaker
    assert take_in_address(rule["html_url"], fetcher).title == rule["title"]


def test_a_debate_is_all_its_contributions_under_their_speakers(fetcher: LocalFetcher) -> None:
    url = "https://hansard.parliament.uk/commons/2009-10-29/debates/A1B2C3D4-0001/SocialCare"
    taken = take_in_address(url, fetcher)
    assert (taken.title, taken.url, taken.speaker) == ("Social Care Green Paper", url, "")
    assert taken.text.count("):\n\n") > 5


def test_pages_pdfs_and_word_documents_that_no_interface_holds(
    publishers: PublisherServer, fetcher: LocalFetcher
) -> None:
    body = "<html><head><title>Lists</title></head><body><main><h1>Lists</h1><p>The list fell by 5%.</p></main></body>"
    publishers.pages[PAGE] = Answer(200, body.encode(), HTML)
    assert "fell by 5%" in take_in_address(PAGE, fetcher).text
    publishers.pages[f"{PAGE}.pdf"] = Answer(200, make_pdf("The list fell by 5%."), {"Content-Type": "text/plain"})
    assert take_in_address(f"{PAGE}.pdf", fetcher).kind.value == "pdf"
    publishers.pages[f"{PAGE}.docx"] = Answer(200, make_docx("The list fell by 5%."))
    taken = take_in_address(f"{PAGE}.docx", fetcher)
    assert (taken.text, taken.url, taken.publisher) == ("The list fell by 5%.", f"{PAGE}.docx", "www.nhs.uk")
    publishers.pages["https://www.gov.uk/brexit-campaign"] = Answer(200, body.encode(), HTML)
    assert "fell by 5%" in take_in_address("https://www.gov.uk/brexit-campaign", fetcher).text


def test_a_page_that_moved_is_followed(publishers: PublisherServer, fetcher: LocalFetcher) -> None:
    publishers.items["/old"] = {
        "base_path": "/old", "schema_name": "redirect", "redirects": [{"path": "/old", "destination": NEWS}],
    }  # fmt: skip
    assert take_in_address("https://www.gov.uk/old", fetcher).url == f"https://www.gov.uk{NEWS}"
    publishers.items["/round"] = {
        "base_path": "/round", "schema_name": "redirect", "redirects": [{"path": "/round", "destination": "/round"}],
    }  # fmt: skip
    with pytest.raises(UnreadableFileError, match="from one address to the next"):
        take_in_address("https://www.gov.uk/round", fetcher)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer(404), "no page at the address"),
        (Answer(200, b"<html><body><main></main></body></html>", HTML), "no word in the page"),
        (Answer(200, make_locked_pdf()), "locked by a password"),
        (Answer(200, make_pdf()), "pictures"),
        (Answer(200, make_docx("words")[:90]), "damaged"),
        (Answer(200, b"\x89PNG\r\n\x1a\n" + bytes(90)), "a PNG picture"),
        (Answer(200, b"<html><body>" + b"<div>" * 6_000 + b"words", HTML), "nested"),
    ],
)
def test_what_stands_at_an_address_and_cannot_be_read(
    publishers: PublisherServer, fetcher: LocalFetcher, answer: Answer, says: str
) -> None:
    publishers.pages[PAGE] = answer
    with pytest.raises(UnreadableFileError, match=says) as raised:
        take_in_address(PAGE, fetcher)
    assert "nhs.uk" not in str(raised.value)


def test_a_broken_answer_and_one_that_is_too_long(publishers: PublisherServer, fetcher: LocalFetcher) -> None:
    url = f"https://www.gov.uk{NEWS}"
    with pytest.raises(FileTooLargeError, match="more than 100 characters"):
        take_in_address(url, fetcher, IntakeLimits(characters=100))
    publishers.faults[f"https://www.gov.uk/api/content{NEWS}"] = "broken"
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        take_in_address(url, fetcher)
    publishers.faults[f"https://www.gov.uk/api/content{NEWS}"] = "500"
    with pytest.raises(SourceUnavailableError):
        take_in_address(url, fetcher)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/release", "https://127.0.0.1/", "http://169.254.169.254/latest/meta-data/",
        "https://www.gov.uk@127.0.0.1/x", "https://www.gov.uk:8443/x", "https://[::1]/", "https://gov.uk.example.com/",
        "https://user:secret@www.gov.uk/x", "file:///etc/passwd", "https://www.gov.uk\\@example.com/", "gopher://www.gov.uk/",
        "https://2130706433/", "https://www.gov.uk\u202e/x",
    ],
)  # fmt: skip
def test_the_guarded_fetcher_refuses_what_is_no_official_page(url: str) -> None:
    limits = FetchLimits(attempts=1, connect_seconds=0.1)
    with GuardedFetcher(limits=limits) as guarded, pytest.raises(FetchRefusedError) as raised:
        take_in_address(url, guarded)
    assert "secret" not in str(raised.value)


def test_limits_of_an_answer_are_those_of_a_file() -> None:
    limits = fetch_limits(IntakeLimits(file_bytes=1_234))
    assert limits.max_bytes == 1_234
    assert limits.total_seconds <= 30


def test_addresses_are_told_from_files_and_identifiers() -> None:
    assert is_address(" HTTPS://www.gov.uk/x")
    assert not any(map(is_address, ("release.txt", "0123456789abcdef", "ftp://x", "")))
