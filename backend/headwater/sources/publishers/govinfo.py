"""govinfo: collections of the United States Government's publications, listed by when they were last changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlunsplit

from headwater.domain.documents import DocumentRecord, Provenance
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.publishers.addresses import split_address
from headwater.sources.publishers.answers import (
    DEPARTED,
    mapping_of,
    mappings_of,
    parse_json,
    raw_digest,
    read_text,
    text_of,
    unreadable,
)
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.fixed_width import read_fixed_width
from headwater.sources.publishers.fragments import plain_line
from headwater.sources.publishers.moments import find_moment
from headwater.sources.publishers.options import listed

API = "https://api.govinfo.gov"
SITE = "https://www.govinfo.gov/app/details"
LICENCE = "US-Gov-Public-Domain (17 USC 105)"
COLLECTIONS = ("CPD", "CREC")  # presidential documents, Congressional Record
PAGE_SIZE = 1_000  # the most that one answer holds
SHARED_KEY = "DEMO_KEY"  # works for anybody, some 30 times an hour
DEFAULT_DAYS = 30
VERSION = "1"


class GovInfoReader:
    """Reads the collections that the option `collections` lists; `key` is one that api.data.gov gives to anybody."""

    version = VERSION

    def __init__(self, entry: SourceEntry) -> None:
        self.name, self.title = entry.name, entry.title
        self._collections = listed(entry, "collections") or COLLECTIONS
        self._key = entry.options.get("key", "") or SHARED_KEY

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:
        """Yield the packages that changed since then, collection by collection.

        Args:
            since: With offset; or None for the last month.
            fetcher: Fetches.
            cursor: The page of a listing that was being read, or "".

        Raises:
            UnreadableRecordError: If an answer is no list of packages.
        """
        begins = since or datetime.now(UTC) - timedelta(days=DEFAULT_DAYS)
        moment = begins.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        asked = urlencode({"offsetMark": "*", "pageSize": PAGE_SIZE})
        pages = [f"{API}/collections/{collection}/{moment}?{asked}" for collection in self._collections]
        resumed = next((at for at, page in enumerate(pages) if _collection(page) == _collection(cursor)), -1)
        if resumed >= 0:
            pages = [cursor, *pages[resumed + 1 :]]
        for first in pages:
            page = first
            while page:
                answer = parse_json(self._fetch(fetcher, page))
                for package in mappings_of(answer, "packages"):
                    identifier = text_of(package, "packageId")
                    if identifier:
                        changed = find_moment(package.get("lastModified"))
                        yield Found(identifier, f"{API}/packages/{identifier}/summary", changed, page)
                following = without_key(text_of(answer, "nextPage"))
                page = following if following != page and following.startswith(API) else ""

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        """Yield the record of a package, or one for each of the documents that it holds.

        Args:
            found: As `find` yielded it.
            fetcher: Fetches.

        Raises:
            UnreadableRecordError: If an answer is no package.
        """
        fetched = self._fetch(fetcher, found.url)
        if fetched.status in DEPARTED:
            yield Departure(f"{SITE}/{found.key}", external_id=found.key)
            return
        if fetched.status == 304:
            return
        summary = parse_json(fetched)
        if not text_of(summary, "packageId"):
            raise unreadable(found.url, "the answer holds no package")
        page = without_key(text_of(summary, "granulesLink"))
        if not page:
            yield from self._record(summary, fetcher)
        while page:
            answer = parse_json(self._fetch(fetcher, page))
            for granule in mappings_of(answer, "granules"):
                link = without_key(text_of(granule, "granuleLink"))
                if link:
                    yield from self._record(parse_json(self._fetch(fetcher, link)), fetcher)
            following = without_key(text_of(answer, "nextPage"))
            page = following if following != page and following.startswith(API) else ""

    def _fetch(self, fetcher: Fetcher, url: str) -> Fetched:
        return fetcher.fetch(f"{url}{'&' if '?' in url else '?'}{urlencode({'api_key': self._key})}")

    def _record(self, summary: Mapping[str, Any], fetcher: Fetcher) -> Iterator[DocumentRecord]:
        link = without_key(text_of(mapping_of(summary, "download"), "txtLink"))
        if not link.startswith(API):  # pictures and indexes have no text
            return
        fetched = self._fetch(fetcher, link)
        if fetched.status != 200:
            return
        text = read_fixed_width(read_text(fetched))
        if not any(character.isalnum() for character in text):
            return
        yield _record(summary, text, fetched)


def _record(summary: Mapping[str, Any], text: str, fetched: Fetched) -> DocumentRecord:
    package, granule = text_of(summary, "packageId"), text_of(summary, "granuleId")
    issued = find_moment(summary.get("dateIssued"))
    agencies = tuple(text_of(agency, "name") for agency in mappings_of(summary, "agencies") if text_of(agency, "name"))
    publishers = agencies or tuple(filter(None, (text_of(summary, "publisher"), text_of(summary, "collectionName"))))
    kind = text_of(summary, "granuleClass") or text_of(summary, "collectionName") or text_of(summary, "collectionCode")
    return DocumentRecord(
        publisher=publishers[0] if publishers else "U.S. Government Publishing Office",
        document_type=kind.casefold().replace(" ", "_"),
        url=text_of(summary, "detailsLink") or f"{SITE}/{package}/{granule}".rstrip("/"),
        title=plain_line(text_of(summary, "title")) or package,
        text=text,
        licence=LICENCE,
        first_published=issued,
        updated=issued,
        external_id=f"{package}/{granule}".rstrip("/"),
        origin=without_key(fetched.url),
        provenance=Provenance(
            api_url=without_key(fetched.url),
            alternate_urls=tuple(filter(None, (without_key(text_of(mapping_of(summary, "download"), "pdfLink")),))),
            publishers=publishers,
            schema=text_of(summary, "collectionCode"),
            source_updated=find_moment(summary.get("lastModified")),
            raw_sha256=raw_digest(fetched),
            reader=f"govinfo/{VERSION}",
        ),
    )


def without_key(url: str) -> str:
    """Return an address without the key in it: keys are nobody else's, and stand in no record and no message."""
    parts = split_address(url)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "api_key"]
    return urlunsplit(parts._replace(query=urlencode(query, safe="*")))


def _collection(url: str) -> str:
    parts = split_address(url).path.split("/")
    return parts[2] if len(parts) > 2 else ""
