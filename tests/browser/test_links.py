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
from headwater.domain.documents import Passage, PassageKind
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
HEIGHT = 200  # of the window in pixels: a browser puts the words in its middle, five lines up or down from its edges


@cache
def served(name: str) -> str:
    return lzma.decompress((PAGES / f"{name}.html.xz").read_bytes()).decode()


class Publisher(BaseHTTPRequestHandler):
    """Serves the pages without their scripts and styles, which stand elsewhere."""

    def do_GET(self) -> None:
        name = self.path.strip("/").partition("?")[0]
        body = served(name).encode() if name in NAMES else b""
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


def test_words_that_are_not_on_the_page_leave_it_at_its_top(page: Page, publisher: str) -> None:
    page.goto("about:blank")
    page.goto(f"{publisher}/{NAMES[0]}#:~:text=boats%20detected%3A%204")
    assert page.evaluate("window.scrollY") == 0
