"""RSS and Atom: a feed finds, and the page that an entry links to is read; or the entry itself, where it holds all.

Options: `url` of the feed; `publisher`, `licence`, `type` and `language`, where the table of sources knows them better
than the pages; `text` set to "entry" for feeds whose entries hold the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import feedparser  # type: ignore[import-untyped]
import orjson

from headwater.domain.documents import DocumentRecord, Provenance
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.html_text import PageText
from headwater.sources.publishers.answers import (
    DEPARTED,
    check_answer,
    mappings_of,
    raw_digest,
    text_of,
    unreadable,
)
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.fragments import plain_line, read_fragment
from headwater.sources.publishers.moments import find_moment
from headwater.sources.publishers.options import needed
from headwater.sources.publishers.web_pages import read_page
from headwater.sources.records import RecordFaultError

LONGEST_KEY = 500  # characters, by the contract
MASTHEAD_PARTS = 12  # paragraphs that may repeat the title above a text
MASTHEAD_EXTRA = 80  # letters beside the title: section, publisher, date
VERSION = "1"
FOLD = re.compile(r"[\W_]+")


class FeedReader:
    """Reads a feed."""

    version = VERSION

    def __init__(self, entry: SourceEntry) -> None:
        self.name, self.title, self._options = entry.name, entry.title, entry.options
        self._url = needed(entry, "url")
        self._is_whole = entry.options.get("text", "page") == "entry"

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:  # noqa: ARG002 - contract
        """Yield the entries of the feed that changed since then, oldest first.

        Args:
            since: With offset; or None for all. Entries without a date are yielded always.
            fetcher: Fetches.
            cursor: Of no meaning: a feed is one page.

        Raises:
            UnreadableRecordError: If the answer is no feed.
        """
        fetched = fetcher.fetch(self._url)
        if fetched.status == 304:
            return
        dated = [(_moment(entry, "updated") or _moment(entry, "published"), entry) for entry in parse_feed(fetched)]
        for changed, entry in sorted(dated, key=lambda one: one[0].timestamp() if one[0] else 0.0):
            link = text_of(entry, "link")
            if not link.startswith(("https://", "http://")) or (since and changed and changed < since):
                continue
            key = (text_of(entry, "id") or link)[:LONGEST_KEY]
            yield Found(key, link, changed, "", self._details(entry))

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        """Yield the record of an entry.

        Args:
            found: As `find` yielded it.
            fetcher: Fetches.

        Raises:
            UnreadableRecordError: If the page cannot be read.
        """
        known, words = self._known(found)
        if self._is_whole and words.text:
            yield known
            return
        fetched = fetcher.fetch(found.url)
        if fetched.status in DEPARTED:
            yield Departure(found.url, known.language)
            return
        if fetched.status == 304:
            return
        check_answer(fetched)
        record = read_page(fetched, known)
        if record is not None:
            yield record

    def _details(self, entry: Mapping[str, Any]) -> str:
        """Return what of an entry `read` needs."""
        details = {name: text_of(entry, name) for name in ("title", "published", "updated", "author")}
        if self._is_whole:
            details["text"] = _written(entry)
        return orjson.dumps({name: value for name, value in details.items() if value}).decode()

    def _known(self, found: Found) -> tuple[DocumentRecord, PageText]:
        """Return what is known without the page, and the words of the entry where the feed holds the whole text."""
        try:
            details = orjson.loads(found.details) if found.details else {}
            words = read_fragment(_paragraphs(text_of(details, "text")))
        except (orjson.JSONDecodeError, RecordFaultError) as fault:
            raise unreadable(found.url, str(fault)) from None
        title = plain_line(text_of(details, "title"))
        published = find_moment(details.get("published"))
        text = without_masthead(words.text, title)
        record = DocumentRecord(
            publisher=self._options.get("publisher", ""),
            document_type=self._options.get("type", ""),
            url=found.url,
            title=title or found.url,
            text=text,
            language=self._options.get("language", "en"),
            licence=self._options.get("licence", ""),
            first_published=published,
            updated=find_moment(details.get("updated")) or published,
            block_quotes=tuple(words.quotes),
            origin=found.url,
            provenance=Provenance(api_url=self._url, reader=f"feed/{VERSION}"),
        )
        return record, PageText(text, words.quotes)


def parse_feed(fetched: Fetched) -> list[dict[str, Any]]:
    """Return the entries of a feed, in its order.

    Args:
        fetched: The answer.

    Raises:
        UnreadableRecordError: If it is no feed.
    """
    check_answer(fetched)
    headers = {"content-type": fetched.headers.get("content-type", "application/xml")}
    # A stream and never a text: a text that looks like an address would be fetched.
    stream = BytesIO(fetched.body)
    feed = feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    held: list[dict[str, Any]] = [entry for entry in feed.get("entries", []) if isinstance(entry, dict)]
    entries = [dict(dict.items(entry)) for entry in held]  # plain: theirs warn of old names
    if not entries and not feed.get("version"):
        raise unreadable(fetched.url, f"no feed: {raw_digest(fetched)[:8]}")
    return entries


def _moment(entry: Mapping[str, Any], name: str) -> datetime | None:
    return find_moment(entry.get(name))


def _written(entry: Mapping[str, Any]) -> str:
    """Return the longest text that an entry holds."""
    contents = [text_of(content, "value") for content in mappings_of(entry, "content")]
    return max([*contents, text_of(entry, "summary")], key=len)


def _paragraphs(written: str) -> str:
    """Return a text with its paragraphs marked: feeds give HTML, or plain text with blank lines."""
    if re.search(r"<(?:p|div|br|li)\b", written, re.IGNORECASE):
        return written
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", written) if part.strip())


def without_masthead(text: str, title: str) -> str:
    """Return a text without the lines above it that repeat its title, section, publisher and date.

    Args:
        text: Paragraphs parted by blank lines.
        title: Of the document.
    """
    parts = text.split("\n\n")
    last = max((number for number, part in enumerate(parts[:MASTHEAD_PARTS]) if _repeats(part, title)), default=-1)
    if last < 0:
        return text
    rest = parts[last + 1 :]
    while len(rest) > 1 and len(rest[0]) < 80 and rest[0][-1:] not in '.!?”"':
        rest = rest[1:]
    return "\n\n".join(rest)


def _repeats(part: str, title: str) -> bool:
    """Say whether a paragraph is a title, perhaps with the section, the publisher and the date around it."""
    folded, held = _fold(title), _fold(part)
    is_sentence = part.endswith((".", "!", "?", "”", '"')) and held != folded
    return bool(folded) and folded in held and len(held) <= len(folded) + MASTHEAD_EXTRA and not is_sentence


def _fold(text: str) -> str:
    return FOLD.sub("", text.casefold())
