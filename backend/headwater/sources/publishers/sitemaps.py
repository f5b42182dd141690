"""Web pages without a feed or an interface: found in a site's map, or listed by address, and read one by one.

Options: `url` of the site's map (of a map of maps too), or `pages`, addresses with commas; `under`, how the addresses
of documents begin; `publisher`, `licence`, `type` and `language`, where the table knows them better than the pages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime

from headwater.domain.documents import DocumentRecord, Provenance
from headwater.domain.errors import InvalidInputError
from headwater.sources.fetching.contract import Fetcher
from headwater.sources.publishers.answers import DEPARTED, check_answer, read_text
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.moments import find_moment
from headwater.sources.publishers.options import listed
from headwater.sources.publishers.web_pages import read_page

MOST_MAPS = 200  # maps in a map of maps: with 50,000 addresses each, more than any publisher has
LONGEST_KEY = 500  # characters, by the contract
ENTRY = re.compile(r"<(url|sitemap)\b[^<>]*>(.*?)</\1\s*>", re.DOTALL)
PLACE = re.compile(r"<loc\b[^<>]*>\s*(?:<!\[CDATA\[)?\s*([^<>\]]{1,2000}?)\s*(?:\]\]>)?\s*</loc\s*>")
CHANGED = re.compile(r"<lastmod\b[^<>]*>\s*([^<>]{1,64}?)\s*</lastmod\s*>")
VERSION = "1"


class PageReader:
    """Reads the pages of a site."""

    version = VERSION

    def __init__(self, entry: SourceEntry) -> None:
        self.name, self.title, self._options = entry.name, entry.title, entry.options
        self._map, self._pages = entry.options.get("url", "").strip(), listed(entry, "pages")
        self._under = listed(entry, "under")
        if not self._map and not self._pages:
            raise InvalidInputError(f"source {entry.name!r}: readers of kind {entry.reader!r} need 'url' or 'pages'")

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:  # noqa: ARG002 - contract
        """Yield the pages that are listed, and those that the site's map says changed since then.

        Args:
            since: With offset; or None for all. Pages without a date are yielded always.
            fetcher: Fetches.
            cursor: Of no meaning: a map is short.

        Raises:
            HeadwaterError: If a map cannot be fetched.
        """
        for page in self._pages:
            yield Found(page[:LONGEST_KEY], page)
        waiting = [self._map] if self._map else []
        for _ in range(MOST_MAPS):
            if not waiting:
                return
            fetched = fetcher.fetch(waiting.pop(0))
            check_answer(fetched)
            for kind, address, changed in read_map(read_text(fetched)):
                if since and changed and changed < since:
                    continue
                if kind == "sitemap":
                    waiting.append(address)
                elif not self._under or address.startswith(self._under):
                    yield Found(address[:LONGEST_KEY], address, changed)

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        """Yield the record of a page or a PDF.

        Args:
            found: As `find` yielded it.
            fetcher: Fetches.

        Raises:
            UnreadableRecordError: If it cannot be read.
        """
        language = self._options.get("language", "en")
        fetched = fetcher.fetch(found.url)
        if fetched.status in DEPARTED:
            yield Departure(found.url, language)
            return
        if fetched.status == 304:
            return
        check_answer(fetched)
        known = DocumentRecord(
            publisher=self._options.get("publisher", ""),
            document_type=self._options.get("type", ""),
            url=found.url,
            title="",
            text="",
            language=language,
            licence=self._options.get("licence", ""),
            updated=found.updated,
            provenance=Provenance(reader=f"pages/{VERSION}"),
        )
        record = read_page(fetched, known)
        if record is not None:
            yield record


def read_map(text: str) -> Iterator[tuple[str, str, datetime | None]]:
    """Yield what a site's map lists: "url" or "sitemap", address, and when it changed.

    Args:
        text: The map, XML.
    """
    for kind, inside in ENTRY.findall(text):
        place, changed = PLACE.search(inside), CHANGED.search(inside)
        address = html.unescape(place[1]) if place else ""
        if address.startswith(("https://", "http://")):
            yield kind, address, find_moment(changed[1]) if changed else None
