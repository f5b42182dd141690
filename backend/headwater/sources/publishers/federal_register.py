"""The Federal Register of the United States: documents are listed by days of publication, and read in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from headwater.domain.documents import ChangeNote, DocumentRecord, Provenance
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.html_text import PageText
from headwater.sources.publishers.addresses import split_address
from headwater.sources.publishers.answers import (
    DEPARTED,
    mappings_of,
    number_of,
    parse_json,
    raw_digest,
    read_text,
    text_of,
    unreadable,
)
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.fixed_width import read_fixed_width
from headwater.sources.publishers.fragments import plain_line, read_fragment
from headwater.sources.publishers.moments import find_moment
from headwater.sources.publishers.options import listed
from headwater.sources.publishers.windows import Place, day_windows, find_place, first_day, today_utc
from headwater.sources.records import RecordFaultError

API = "https://www.federalregister.gov/api/v1"
LICENCE = "US-Gov-Public-Domain (17 USC 105)"
RESULTS_A_PAGE = 1_000  # the most that one answer holds
DAYS = 5  # of a window: about 700 documents, and a query shows no more than 2,000
DEFAULT_DAYS = 30
VERSION = "1"


class FederalRegisterReader:
    """Reads the Federal Register, or the agencies and types that the options `agencies` and `types` list."""

    version = VERSION

    def __init__(self, entry: SourceEntry, *, today: Callable[[], date] = today_utc) -> None:
        self.name, self.title, self._entry, self._today = entry.name, entry.title, entry, today
        self._filters = [
            *(("conditions[agencies][]", agency) for agency in listed(entry, "agencies")),
            *(("conditions[type][]", kind) for kind in listed(entry, "types")),
        ]

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:
        """Yield what was published since then, window by window, oldest first.

        Args:
            since: With offset; or None for all since the option `from`.
            fetcher: Fetches.
            cursor: A place in the listing, or "".

        Raises:
            UnreadableRecordError: If an answer is no list of results.
        """
        today, place = self._today(), find_place(cursor)
        first = place.day if place else first_day(since, self._entry, today, default_days=DEFAULT_DAYS)
        for begins, ends in day_windows(first, today, DAYS):
            page = place.skip if place and place.day == begins and place.skip else 1
            while True:
                answer = parse_json(fetcher.fetch(self._listing(begins, ends, page)))
                for result in mappings_of(answer, "results"):
                    number = text_of(result, "document_number")
                    if number:
                        published = find_moment(result.get("publication_date"))
                        yield Found(number, f"{API}/documents/{number}.json", published, str(Place(begins, "", page)))
                page += 1
                if page > number_of(answer, "total_pages"):
                    break

    def _listing(self, begins: date, ends: date, page: int) -> str:
        asked = [
            ("conditions[publication_date][gte]", begins.isoformat()),
            ("conditions[publication_date][lte]", ends.isoformat()),
            *self._filters,
            ("fields[]", "document_number"),
            ("fields[]", "publication_date"),
            ("order", "oldest"),
            ("per_page", str(RESULTS_A_PAGE)),
            ("page", str(page)),
        ]
        return f"{API}/documents.json?{urlencode(asked)}"

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        """Yield the record of a document.

        Args:
            found: As `find` yielded it.
            fetcher: Fetches.

        Raises:
            UnreadableRecordError: If the answer is no document, or its text is nowhere to be had.
        """
        fetched = fetcher.fetch(found.url)
        if fetched.status in DEPARTED:
            yield Departure(found.url, external_id=found.key)
            return
        if fetched.status == 304:
            return
        about = parse_json(fetched)
        body, source = self._body(about, fetcher)
        if body.text:
            yield _record(about, body, source)

    def _body(self, about: Mapping[str, Any], fetcher: Fetcher) -> tuple[PageText, Fetched]:
        """Return the text: from its HTML, else from its plain form."""
        for name, read in (("body_html_url", read_fragment), ("raw_text_url", _read_raw)):
            url = text_of(about, name)
            fetched = fetcher.fetch(url) if url else None
            if fetched is not None and fetched.status == 200:
                try:
                    return read(read_text(fetched)), fetched
                except RecordFaultError as fault:
                    raise unreadable(url, str(fault)) from None
        raise unreadable(text_of(about, "document_number"), "no full text is offered")


def _read_raw(page: str) -> PageText:
    return PageText(read_fixed_width(page))


def _record(about: Mapping[str, Any], body: PageText, fetched: Fetched) -> DocumentRecord:
    number = text_of(about, "document_number")
    published = find_moment(about.get("publication_date"))
    agencies = _agencies(about)
    notes = _notes(about)
    return DocumentRecord(
        publisher=agencies[0] if agencies else "Federal Register",
        document_type=text_of(about, "type").casefold().replace(" ", "_") or "document",
        url=text_of(about, "html_url") or f"https://www.federalregister.gov/d/{number}",
        title=plain_line(text_of(about, "title")) or number,
        text=body.text,
        licence=LICENCE,
        first_published=published,
        updated=published,
        external_id=number,
        description=plain_line(text_of(about, "abstract")),
        change_note=notes[0].note if notes else "",
        block_quotes=tuple(body.quotes),
        origin=fetched.url,
        provenance=Provenance(
            api_url=f"{API}/documents/{number}.json",
            alternate_urls=tuple(url for name in ("pdf_url", "full_text_xml_url") if (url := text_of(about, name))),
            publishers=agencies,
            schema=text_of(about, "citation"),
            notes=notes,
            raw_sha256=raw_digest(fetched),
            reader=f"federal_register/{VERSION}",
        ),
    )


def _agencies(about: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the agencies, the most particular first: "Commerce Department" stands above its administrations."""
    agencies = mappings_of(about, "agencies")
    parents = {number_of(agency, "parent_id") for agency in agencies}
    ordered = sorted(agencies, key=lambda agency: number_of(agency, "id") in parents)
    return tuple(dict.fromkeys(name for one in ordered if (name := text_of(one, "name") or text_of(one, "raw_name"))))


def _notes(about: Mapping[str, Any]) -> tuple[ChangeNote, ...]:
    corrected = text_of(about, "correction_of")
    notes = [ChangeNote(f"Corrects {_number(corrected)}.", None, "correction")] if corrected else []
    listed_corrections = about.get("corrections")
    addresses = listed_corrections if isinstance(listed_corrections, list) else []
    by = [_number(address) for address in addresses if isinstance(address, str)]
    notes += [ChangeNote(f"Corrected by {number}.", None, "correction") for number in by]
    return tuple(notes)


def _number(address: str) -> str:
    """Return the document number that an address ends in."""
    return split_address(address).path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".json")
