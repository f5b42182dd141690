from datetime import UTC, datetime

import pytest

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import InvalidInputError, UnreadableRecordError
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.feeds import FeedReader, without_masthead
from headwater.sources.publishers.sitemaps import PageReader
from publisher_server import Answer, LocalFetcher, PublisherServer, payload

FEED = "https://www.whitehouse.gov/feed/"
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><id>tag:gov.uk,2024:1</id><title>Deals &amp; gangs</title><updated>2024-11-08T09:00:00Z</updated>
<published>2024-11-07T10:30:00Z</published><link rel="alternate" href="https://www.gov.uk/government/news/deals"/>
<summary>Short.</summary></entry>
<entry><id>2</id><title>No link</title><updated>2024-11-09T09:00:00Z</updated></entry></feed>"""
PAGE = """<html lang="en-US"><head><title>Facts - The White House</title>
<link rel="canonical" href="https://elsewhere.example/x"></head><body><header><nav>Menu</nav></header>
<main><div class="wp-block-whitehouse-topper">Briefings</div><h1>Facts</h1>
<div class="entry-content wp-block-post-content"><p>Jobs rose by 147,000.</p>
<blockquote><p>We did it.</p></blockquote></div></main><footer>1600 Pennsylvania Ave</footer></body></html>"""


def reader(**options: str) -> FeedReader:
    return FeedReader(SourceEntry("feed", "Feed", "feed", {"url": FEED, **options}))


def test_a_feed_of_briefings_whose_entries_hold_the_text(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    raw = payload("feeds/whitehouse_briefings_rss.xml.xz")
    publishers.pages[FEED] = Answer(200, raw, {"Content-Type": "application/rss+xml", "Last-Modified": "x"})
    read = reader(
        text="entry", publisher="The White House", licence="US-Gov-Public-Domain (17 USC 105)", type="briefing"
    )
    found = list(read.find(None, fetcher, ""))
    assert len(found) == raw.count(b"<item>") > 5
    assert [one.updated for one in found] == sorted(one.updated for one in found if one.updated)
    records = [record for one in found for record in read.read(one, fetcher)]
    assert len(records) == len(found)
    record = next(
        record for record in records if isinstance(record, DocumentRecord) and "Stanley Rother" in record.title
    )
    assert record.title == "Presidential Message on the 45th Anniversary of the Martyrdom of Father Stanley Rother"
    assert record.text.startswith("Today, Melania and I join with American Catholics")
    assert record.url.startswith("https://www.whitehouse.gov/briefings-statements/2026/07/presidential-message-on")
    assert record.publisher == "The White House"
    assert record.document_type == "briefing"
    assert record.first_published is not None and record.first_published.year == 2026
    since = found[-1].updated
    assert since is not None
    assert [one.key for one in read.find(since, fetcher, "")][-1] == found[-1].key


def test_an_atom_feed_whose_pages_are_read(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    publishers.pages[FEED] = Answer(200, ATOM.encode(), {"Content-Type": "application/atom+xml"})
    address = "https://www.gov.uk/government/news/deals"
    [found] = reader().find(None, fetcher, "")
    assert (found.key, found.url) == ("tag:gov.uk,2024:1", address)
    assert found.updated == datetime(2024, 11, 8, 9, tzinfo=UTC)
    publishers.pages[address] = Answer(200, b'<main><div class="govspeak"><p>9,400 people returned.</p></div></main>')
    [record] = reader(publisher="Home Office", type="news").read(found, fetcher)
    assert isinstance(record, DocumentRecord)
    assert (record.title, record.text) == ("Deals & gangs", "9,400 people returned.")
    assert (record.publisher, record.document_type, record.licence) == ("Home Office", "news", "OGL-UK-3.0")
    assert record.first_published == datetime(2024, 11, 7, 10, 30, tzinfo=UTC)
    assert record.updated == datetime(2024, 11, 8, 9, tzinfo=UTC)


def test_a_page_of_the_white_house(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    address = "https://www.whitehouse.gov/briefings/facts/"
    publishers.pages[address] = Answer(200, PAGE.encode(), {"Content-Type": "text/html; charset=UTF-8"})
    [record] = reader().read(Found("x", address), fetcher)
    assert isinstance(record, DocumentRecord)
    assert record.text == "Jobs rose by 147,000.\n\nWe did it."
    assert record.block_quotes == ("We did it.",)
    assert (record.publisher, record.title) == ("The White House", "Facts")
    assert record.url == address  # what a page says of itself counts on its own site alone


def test_what_is_gone_and_what_is_no_feed(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    gone = "https://www.whitehouse.gov/gone/"
    assert list(reader().read(Found("x", gone), fetcher)) == [Departure(gone)]
    publishers.pages[FEED] = Answer(200, b"<html><body>Sorry</body></html>", {"Content-Type": "text/html"})
    with pytest.raises(UnreadableRecordError, match="no feed"):
        list(reader().find(None, fetcher, ""))
    with pytest.raises(InvalidInputError, match="'url'"):
        FeedReader(SourceEntry("feed", "Feed", "feed"))


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Facts\n\nThe White House\n\nJobs rose.", "Facts", "Jobs rose."),
        ("Statements Facts of July 4\n\nBriefings\n\nJobs rose.", "Facts of July", "Jobs rose."),
        ("Jobs rose.\n\nThe Facts are known.", "Other", "Jobs rose.\n\nThe Facts are known."),
        ("On Facts the President spoke at length.\n\nB.", "Facts", "On Facts the President spoke at length.\n\nB."),
    ],
)
def test_mastheads(text: str, title: str, expected: str) -> None:
    assert without_masthead(text, title) == expected


def test_pages_from_a_map_of_maps(fetcher: LocalFetcher, publishers: PublisherServer) -> None:
    site = "https://www.gov.scot"
    maps = f"<sitemapindex><sitemap><loc>{site}/a.xml</loc><lastmod>2024-11-01</lastmod></sitemap></sitemapindex>"
    pages = (
        f"<urlset><url><loc>{site}/news/one?a=1&amp;b=2</loc><lastmod>2024-11-02</lastmod></url>"
        f"<url><loc>{site}/about</loc></url><url><loc>{site}/news/old</loc><lastmod>2020-01-01</lastmod></url></urlset>"
    )
    publishers.pages[f"{site}/sitemap.xml"] = Answer(200, maps.encode())
    publishers.pages[f"{site}/a.xml"] = Answer(200, pages.encode())
    entry = SourceEntry("scot", "Scotland", "pages", {"url": f"{site}/sitemap.xml", "under": f"{site}/news/"})
    found = list(PageReader(entry).find(datetime(2024, 1, 1, tzinfo=UTC), fetcher, ""))
    assert [(one.url, one.updated) for one in found] == [
        (f"{site}/news/one?a=1&b=2", datetime(2024, 11, 2, tzinfo=UTC))
    ]
    publishers.pages[f"{site}/news/one?a=1&b=2"] = Answer(
        200, b'<html lang="en"><body><main><h1>One</h1><p>Rates fell by 3%.</p></main>'
    )
    [record] = PageReader(entry).read(found[0], fetcher)
    assert isinstance(record, DocumentRecord)
    assert record.text.endswith("Rates fell by 3%.")
    assert record.publisher == "Scottish Government"
    assert record.updated == datetime(2024, 11, 2, tzinfo=UTC)
    with pytest.raises(InvalidInputError, match="'url' or 'pages'"):
        PageReader(SourceEntry("x", "X", "pages"))
