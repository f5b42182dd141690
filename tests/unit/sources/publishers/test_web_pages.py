"""Clean text of real pages: equal to passages checked by hand, every figure of the body kept, nothing of the site."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from headwater.corpus.passages import slice_passages
from headwater.domain.documents import DocumentRecord
from headwater.sources.fetching.contract import Fetched
from headwater.sources.publishers.govuk_items import TABLE, read_item
from headwater.sources.publishers.web_pages import read_page
from publisher_server import PAYLOADS, govuk_items, payload

CHECKED = tomllib.loads(Path(__file__).with_name("passages.toml").read_text(encoding="utf-8"))
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
FURNITURE = (
    "cookie",
    "Skip to",
    "Published",
    "Last updated",
    "Show all updates",
    "Get emails",
    "Print this page",
    "Share this",
)


def figures(text: str) -> Counter[str]:
    return Counter(FIGURE.findall(text))


def known(url: str) -> DocumentRecord:
    return DocumentRecord(publisher="", document_type="", url=url, title="", text="")


def read(name: str) -> DocumentRecord:
    page = CHECKED[name]
    fetched = Fetched(
        page["url"], 200, {"content-type": "text/html; charset=utf-8"}, payload(f"pages/{name}.html.xz"), "", ""
    )
    record = read_page(fetched, known(page["url"]))
    assert record is not None
    return record


@pytest.mark.parametrize("name", CHECKED)
def test_a_page_is_its_passages_and_nothing_else(name: str) -> None:
    record = read(name)
    page = CHECKED[name]
    assert [line for line in record.text.split("\n") if line] == page["lines"]
    for field in ("title", "publisher", "document_type", "language", "licence"):
        assert getattr(record, field) == page[field]
    assert record.first_published is not None and record.first_published.isoformat() == page["first_published"]
    assert record.updated is not None and record.updated.isoformat() == page["updated"]
    assert not any(words in record.text for words in FURNITURE)


@pytest.mark.parametrize("name", CHECKED)
def test_every_figure_of_a_body_is_kept(name: str) -> None:
    tree = LexborHTMLParser(payload(f"pages/{name}.html.xz").decode())
    body = " ".join(node.text(separator=" ") for node in tree.css(CHECKED[name]["body"]))
    assert figures(body)
    assert figures(read(name).text) == figures(body)


def test_every_stored_page_is_checked() -> None:
    assert {path.name.removesuffix(".html.xz") for path in (PAYLOADS / "pages").iterdir()} == set(CHECKED)


def test_figures_of_all_items_of_the_content_api() -> None:
    counted = 0
    for name, item in govuk_items().items():
        record = read_item(item, Fetched("u", 200, {}, b"", "", ""), "")
        if not isinstance(record, DocumentRecord):
            continue
        held = {field: (item.get("details") or {}).get(field) for field in TABLE["bodies"]}
        bodies = [body for body in held.values() if isinstance(body, str)]
        tree = LexborHTMLParser(f"<body>{' '.join(bodies)}</body>")
        for mark in tree.css("sup"):
            if mark.css_first("a"):
                mark.decompose()
        stated = figures(tree.body.text(separator=" ")) if tree.body else Counter()
        lost = stated - figures(record.text)
        assert not lost, (name, lost)
        counted += stated.total()
        assert all(part.text == record.text[part.span.start : part.span.end] for part in slice_passages(record.text))
    assert counted > 500


def test_a_notice_of_withdrawal_is_no_part_of_the_page() -> None:
    page = b"""<html lang="en"><head><link rel="canonical" href="https://www.gov.uk/x"></head><main>
    <section class="gem-c-notice"><h2>Withdrawn on 4 May</h2><div class="govspeak"><p>Replaced.</p></div></section>
    <div class="govspeak"><p>The rate is 4.5%.</p>
    <aside class="stat-headline"><p><em>\xc2\xa36bn</em> spent</p></aside></div>
    <div id="full-history" class="govspeak"><p>The rate was 5%.</p></div></main></html>"""
    record = read_page(Fetched("https://www.gov.uk/x", 200, {}, page, "", ""), known("https://www.gov.uk/x"))
    assert record is not None
    assert record.text == "The rate is 4.5%.\n\n£6bn spent"


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"\xff\xfe\x00", b"<main> &nbsp; </main>"])
def test_pages_without_a_word(body: bytes) -> None:
    assert read_page(Fetched("https://www.gov.uk/x", 200, {}, body, "", ""), known("https://www.gov.uk/x")) is None


@pytest.mark.parametrize("name", CHECKED)
def test_a_page_of_an_unknown_site_keeps_no_history_either(name: str) -> None:
    page = payload(f"pages/{name}.html.xz").replace(b'class="govspeak"', b'class="words"')
    page = re.sub(rb'<link rel="canonical"[^>]*>|<meta property="og:url"[^>]*>', b"", page)
    address = "https://unknown.example/page"
    record = read_page(
        Fetched(address, 200, {"content-type": "text/html; charset=utf-8"}, page, "", ""), known(address)
    )
    assert record is not None
    said, wanted = words(record.text), words("\n".join(CHECKED[name]["lines"]))
    assert (said & wanted).total() == wanted.total()  # all of the document
    assert (said & wanted).total() >= 0.8 * said.total()  # and little besides: a title, dates, a contact


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))
