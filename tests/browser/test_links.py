"""Links to passages followed by a real browser, on pages as their publishers served them."""

import lzma
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page

from factories import make_document
from headwater.alignment.links import DeepLinks
from headwater.corpus.passages import slice_passages
from headwater.domain.documents import Passage, PassageKind, Provenance
from headwater.sources.html import read_html

PAGES = Path(__file__).parents[2] / "fixtures" / "publishers" / "pages"
NAMES = tuple(sorted(path.name.removesuffix(".html.xz") for path in PAGES.iterdir()))
# Where the blocks stand in the window that begin with some words, as far as they are the document's own.
PLACES = """
(start) => {
  const fold = (text) => text.replace(/\\s+/g, ' ').trim();
  const begins = (element) => fold(element.textContent).startsWith(start);
  return [...document.querySelectorAll('.govspeak *, .ep_gridcolumn-content *')]
    .filter((element) => begins(element) && ![...element.children].some(begins))
    .map((element) => element.getBoundingClientRect().top);
}
"""
# Marks of footnotes stand on the page, not in the stored text: raised figures, or words as GOV.UK sets them.
MARKED = (
    "The fund{} paid £3 million to nine ports in the north of England and to two in the far south west last year.",
    "Ministers met the harbour masters of all nine ports in March and agreed on the sums that each was to be given.{}",
    "A second round of payments{} follows in April, for which twelve harbours have handed in their papers{} so far.",
    "Short{} note.",
    "The harbour masters welcomed it; the fishermen, who had asked for quays and for cold stores, did{} not.",
    "“We are{} ready for it,” said the master of the port of Wick, who has run the harbour since 1998.",
)
MARKS = ('<sup><a href="#fn">1</a></sup>', '<sup id="fnref"><a href="#fn" rel="footnote">[footnote 1]</a></sup>')
FOOTNOTES = (
    "<html><body><h1>Ports</h1><div style='height: 900px'></div><div class='govspeak'>{}</div></body></html>".format(
        "".join(
            f"<p id='p{number}' style='margin-bottom: 700px'>{words.replace('{}', MARKS[number % 2])}</p>"
            for number, words in enumerate(MARKED)
        )
    )
)
HEIGHT = 200  # of the window in pixels: a browser puts the words in its middle, five lines up or down from its edges


@cache
def served(name: str) -> str:
    return lzma.decompress((PAGES / f"{name}.html.xz").read_bytes()).decode()


class Publisher(BaseHTTPRequestHandler):
    """Serves the pages without their scripts and styles, which stand elsewhere."""

    def do_GET(self) -> None:
        name = self.path.strip("/").partition("?")[0]
        body = served(name).encode() if name in NAMES else FOOTNOTES.encode() if name == "footnotes" else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def publisher() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Publisher) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(params=NAMES)
def passages(request: pytest.FixtureRequest, publisher: str) -> tuple[Passage, ...]:
    fields = read_html(served(request.param))
    document = make_document(url=f"{publisher}/{request.param}", title=fields["title"], sha256=request.param)
    return tuple(
        Passage(number, document, number, cut.text, cut.span, cut.kind, cut.heading)
        for number, cut in enumerate(slice_passages(fields["text"], block_quotes=fields.get("blockquotes", ())))
    )


def test_every_link_leads_to_its_passage(page: Page, passages: tuple[Passage, ...]) -> None:
    links = DeepLinks(lambda _identifier, _version: passages)
    missed = []
    for passage in passages:
        link = links.to(passage)
        assert "#:~:text=" in link
        page.evaluate("window.scrollTo(0, 0)")
        page.goto(link)  # within the page, once it is there
        if not in_view(page, passage):
            missed.append((passage.text[:50], link.partition("=")[2]))
    assert missed == []
    assert len(passages) > 20


def in_view(page: Page, passage: Passage) -> bool:
    """Whether the passage stands in the window, and the window is not where a page begins."""
    words = passage.text.split(" | ")[0] if passage.kind is PassageKind.TABLE_ROW else passage.text
    tops = page.evaluate(PLACES, " ".join(words.split())[:40])
    return page.evaluate("window.scrollY") > 0 and any(-HEIGHT / 2 < top < HEIGHT for top in tops)


def test_links_lead_to_passages_with_marks_of_footnotes_in_them(page: Page, publisher: str) -> None:
    fields = read_html(FOOTNOTES)
    assert fields["text"].split("\n\n") == [words.replace("{}", "") for words in MARKED]
    assert len(fields["note_marks"]) == sum(words.count("{}") for words in MARKED)
    document = make_document(
        url=f"{publisher}/footnotes", title="Ports", provenance=Provenance(note_marks=tuple(fields["note_marks"]))
    )
    cuts = slice_passages(fields["text"])
    passages = tuple(Passage(number, document, number, cut.text, cut.span) for number, cut in enumerate(cuts))
    links = DeepLinks(lambda _identifier, _version: passages)
    page.goto(document.url)
    missed = []
    for number, passage in enumerate(passages):
        page.evaluate("window.scrollTo(0, 0)")
        page.goto(links.to(passage))
        top = page.evaluate(f"document.querySelector('#p{number}').getBoundingClientRect().top")
        if not (page.evaluate("window.scrollY") > 0 and -HEIGHT / 2 < top < HEIGHT):
            missed.append((passage.text[:30], links.to(passage).partition("=")[2]))
    assert missed == []


def test_words_that_are_not_on_the_page_leave_it_at_its_top(page: Page, publisher: str) -> None:
    page.goto("about:blank")
    page.goto(f"{publisher}/{NAMES[0]}#:~:text=boats%20detected%3A%204")
    assert page.evaluate("window.scrollY") == 0
