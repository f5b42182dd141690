"""GOV.UK: its search finds what was published or changed, its Content API is read.

Search pages are windows of days: from a day on, oldest first; the next page begins on the last day of the one before.
Deep paging would repeat and lose documents while new ones arrive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.publishers.addresses import split_address
from headwater.sources.publishers.answers import (
    DEPARTED,
    mapping_of,
    mappings_of,
    parse_json,
    text_of,
    unreadable,
)
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.govuk_items import SITE, changed_at, pdf_attachments, public_address, read_item
from headwater.sources.publishers.options import listed, switched
from headwater.sources.publishers.web_pages import read_page
from headwater.sources.records import RecordFaultError

CONTENT = f"{SITE}/api/content"
SEARCH = f"{SITE}/api/search.json"
RESULTS_A_PAGE = 500  # of at most 1,500: an answer of 400 kB
FIELDS = ("title", "link", "public_timestamp", "content_store_document_type")
FILTERS = {  # an entry's option to the parameter of the search
    "organisations": "filter_organisations",
    "types": "filter_content_store_document_type",
    "subgroups": "filter_content_purpose_subgroup",
}
VERSION = "1"


class GovUkReader:
    """Reads what GOV.UK publishes, as the options `organisations`, `types` and `subgroups` choose it.

    With the option `translations` set to "no", documents are read in the language they are found in alone; with
    `children` set to "no", publications are read without the HTML documents they consist of. With `attachments` set to
    "yes", their PDF files are read too.
    """

    version = VERSION

    def __init__(self, entry: SourceEntry) -> None:
        self.name, self.title = entry.name, entry.title
        self._filters = [(parameter, value) for option, parameter in FILTERS.items() for value in listed(entry, option)]
        self._with_translations = switched(entry, "translations", default=True)
        self._with_children = switched(entry, "children", default=True)
        self._with_attachments = switched(entry, "attachments", default=False)

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:
        """Yield what was published or changed since then, oldest first.

        Args:
            since: With offset; or None for all.
            fetcher: Fetches.
            cursor: Day and place in it ("2024-11-06:500"), or "".

        Raises:
            UnreadableRecordError: If an answer is no list of results.
        """
        day, start = _read_cursor(cursor, since)
        seen: set[str] = set()
        while True:
            results = self._search(fetcher, day, start)
            for result in results:
                found = _found(result, f"{day}:{start}")
                if found is not None and found.key not in seen:
                    seen.add(found.key)
                    yield found
            if len(results) < RESULTS_A_PAGE:
                return
            last = changed_at(results[-1])
            last_day = last.astimezone(UTC).date().isoformat() if last else day
            day, start = (last_day, 0) if last_day > day else (day, start + RESULTS_A_PAGE)

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        """Yield the record of a document, then those of its translations and of the HTML documents it consists of.

        Args:
            found: As `find` yielded it.
            fetcher: Fetches.

        Raises:
            UnreadableRecordError: If an answer is no item of the Content API.
        """
        seen: set[str] = set()
        waiting = [(found.url, "en")]
        while waiting:
            url, language = waiting.pop(0)
            if url in seen:
                continue
            seen.add(url)
            fetched = self._fetch(fetcher, url)
            if fetched.status == 304:
                continue
            if fetched.status in DEPARTED:
                yield _gone(fetched, url, language)
                continue
            item = parse_json(fetched)
            try:
                record = read_item(item, fetched, f"govuk/{VERSION}")
            except RecordFaultError as fault:
                raise unreadable(url, str(fault)) from None
            if record is not None:
                yield record
            if isinstance(record, DocumentRecord) and self._with_attachments:
                yield from self._attached(item, record, fetcher)
            waiting += self._further(item)

    @staticmethod
    def _attached(item: Mapping[str, Any], record: DocumentRecord, fetcher: Fetcher) -> Iterator[DocumentRecord]:
        for url, known in pdf_attachments(item, record):
            fetched = fetcher.fetch(url)
            read = read_page(fetched, known) if fetched.status == 200 else None
            if read is not None:
                yield read

    def _search(self, fetcher: Fetcher, day: str, start: int) -> list[Mapping[str, Any]]:
        asked = [
            ("count", str(RESULTS_A_PAGE)),
            ("start", str(start)),
            ("order", "public_timestamp"),
            *(("fields", field) for field in FIELDS),
        ]
        if day:
            asked.append(("filter_public_timestamp", f"from:{day}"))
        answer = parse_json(fetcher.fetch(f"{SEARCH}?{urlencode([*asked, *self._filters])}"))
        if not isinstance(answer.get("results"), list):
            raise unreadable(SEARCH, "the answer holds no list of results")
        return mappings_of(answer, "results")

    def _fetch(self, fetcher: Fetcher, url: str) -> Fetched:
        """Fetch an item; a part of a document of several pages is answered by 303 and the address of the whole."""
        fetched = fetcher.fetch(url)
        target = fetched.headers.get("location", "")
        if fetched.status == 303 and target:
            return fetcher.fetch(public_address(target))
        return fetched

    def _further(self, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        links = mapping_of(item, "links")
        kinds = [*(["available_translations"] if self._with_translations else [])]
        kinds += ["children"] if self._with_children and text_of(item, "schema_name") != "manual" else []
        for kind in kinds:
            for link in mappings_of(links, kind):
                is_read = kind != "children" or text_of(link, "schema_name") == "html_publication"
                if text_of(link, "base_path") and is_read and text_of(link, "base_path") != text_of(item, "base_path"):
                    yield CONTENT + text_of(link, "base_path"), text_of(link, "locale") or "en"


def _found(result: Mapping[str, Any], cursor: str) -> Found | None:
    path = text_of(result, "link")
    if not path.startswith("/"):  # the search lists pages of other sites too
        return None
    return Found(path, CONTENT + path, changed_at(result), cursor)


def _read_cursor(cursor: str, since: datetime | None) -> tuple[str, int]:
    day, _, start = cursor.partition(":")
    if start.isdecimal():
        return day, int(start)
    return (since.astimezone(UTC).date().isoformat() if since else ""), 0


def _gone(fetched: Fetched, url: str, language: str) -> Departure:
    """Return what an answer without a document says; one that explains itself is read."""
    path = split_address(url).path.removeprefix("/api/content")
    if fetched.status == 410 and fetched.body.lstrip().startswith(b"{"):
        try:
            item = parse_json(Fetched(fetched.url, 200, fetched.headers, fetched.body, "", ""))
        except UnreadableRecordError:
            item = {}
        told = read_item({"base_path": path, **item, "schema_name": "gone"}, fetched, "")
        if isinstance(told, Departure):
            return told
    return Departure(public_address(path), language)
