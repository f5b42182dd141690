"""An official document named by its address: fetched from a listed host, read by its publisher's reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from urllib.parse import unquote

from headwater.domain.documents import DocumentRecord, Provenance
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.fetching.limits import FetchLimits
from headwater.sources.intake.errors import FileTooLargeError, UnreadableFileError
from headwater.sources.intake.kinds import FileKind, tell_kind
from headwater.sources.intake.limits import LIMITS, IntakeLimits
from headwater.sources.intake.taking import TakenText, take_in
from headwater.sources.publishers.addresses import split_address
from headwater.sources.publishers.answers import DEPARTED
from headwater.sources.publishers.by_address import find_reader, known_of_host
from headwater.sources.publishers.contract import Departure
from headwater.sources.publishers.web_pages import read_page

SCHEMES = ("https://", "http://")
PLAIN_SCHEME = re.compile(r"\Ahttp://", re.IGNORECASE)
MOST_MOVES = 3  # a publisher's own pointers from one address to the next
GONE = "its publisher shows no document there any more"


def is_address(written: str) -> bool:
    """Say whether what somebody wrote is the address of a page, not a file's name or an identifier."""
    return written.strip().lower().startswith(SCHEMES)


def fetch_limits(limits: IntakeLimits) -> FetchLimits:
    """Return what one answer may cost where somebody waits for it.

    Args:
        limits: How large a file may be.
    """
    return FetchLimits(
        max_bytes=limits.file_bytes,
        connect_seconds=5,
        idle_seconds=10,
        total_seconds=20,
        attempts=2,
        max_backoff_seconds=2,
        patience_seconds=10,
    )


def take_in_address(url: str, fetcher: Fetcher, limits: IntakeLimits = LIMITS) -> TakenText:
    """Return the official text at an address.

    The words come from the publisher's own interface where there is one, else from the page, the PDF or the Word
    document that stands there; a debate is all its contributions, each under its speaker's name.

    Args:
        url: As a browser shows it.
        fetcher: Fetches from listed hosts alone.
        limits: How large an answer, and how long its text may be.

    Raises:
        FetchRefusedError: If the address, or one it leads to, may not be fetched.
        SourceUnavailableError: If the publisher cannot be reached, or answers beyond the limits.
        UnreadableFileError: If there is no document there, or none with words that can be read.
        FileTooLargeError: If its text is too long.
    """
    address, found = _found(url, fetcher, limits)
    taken = found if isinstance(found, TakenText) else _from_records(found, address)
    if len(taken.text) > limits.characters:
        raise _too_long(limits)
    return taken


def records_at(url: str, fetcher: Fetcher, limits: IntakeLimits = LIMITS) -> tuple[DocumentRecord, ...]:
    """Return the official documents at an address as they are stored: the versions of one, or the parts of a debate.

    Args and errors are those of `take_in_address`.
    """
    _, found = _found(url, fetcher, limits)
    records = (_record_of(found),) if isinstance(found, TakenText) else tuple(found)
    if any(len(one.text) > limits.characters for one in records):
        raise _too_long(limits)
    return records


def _found(url: str, fetcher: Fetcher, limits: IntakeLimits) -> tuple[str, list[DocumentRecord] | TakenText]:
    """Return what stands at an address, and where it stands by now."""
    address = PLAIN_SCHEME.sub("https://", url.strip().partition("#")[0])  # official hosts all answer encrypted
    for _ in range(MOST_MOVES):
        try:
            found = _read(address, fetcher, limits)
        except UnreadableRecordError as error:
            raise UnreadableFileError("", f"what stands at the address cannot be read: {error.reason}") from None
        if not isinstance(found, Departure):
            return address, found
        if not found.moved_to:
            raise UnreadableFileError("", f"{GONE}{f': {found.explanation}' if found.explanation else ''}")
        address = found.moved_to
    raise UnreadableFileError("", "its publisher sends from one address to the next")


def _too_long(limits: IntakeLimits) -> FileTooLargeError:
    return FileTooLargeError("", f"the document holds more than {limits.characters:,} characters")


def _read(address: str, fetcher: Fetcher, limits: IntakeLimits) -> list[DocumentRecord] | TakenText | Departure:
    found = find_reader(address)
    if found is None:
        return _from_page(address, fetcher, limits)
    reader, named = found
    read = list(reader.read(named, fetcher))
    records = [one for one in read if isinstance(one, DocumentRecord)]
    if records:
        return records
    departed = next((one for one in read if isinstance(one, Departure)), None)
    if departed is not None and (departed.moved_to or departed.explanation):
        return departed
    return _from_page(address, fetcher, limits)  # pages that the interface does not hold


def _from_records(records: Sequence[DocumentRecord], address: str) -> TakenText:
    """Return the text of what a reader read: the last of the versions of one document, or all parts of one page."""
    parts = {one.external_id or one.url: one for one in records}
    last = records[-1]
    if len(parts) == 1:
        return _of_record(last)
    shown = "\n\n".join(f"{one.speaker}:\n\n{one.text}" if one.speaker else one.text for one in parts.values())
    return replace(_of_record(last), text=shown, url=address, speaker="", block_quotes=_quotes(parts.values()))


def _of_record(record: DocumentRecord) -> TakenText:
    appeared = record.first_published or record.updated
    notices = []
    if record.withdrawn:
        notices.append(f"the document was withdrawn by its publisher: {' '.join(record.withdrawn.split())}")
    if record.change_note and record.updated and record.first_published and record.updated > record.first_published:
        notices.append(f"its publisher says of the latest change: {' '.join(record.change_note.split())}")
    return TakenText(
        record.text,
        FileKind.HTML,
        title=record.title,
        published=appeared.date() if appeared else None,
        publisher=record.publisher,
        notices=tuple(notices),
        url=record.url,
        speaker=record.speaker,
        licence=record.licence,
        block_quotes=record.block_quotes,
    )


def _quotes(records: Iterable[DocumentRecord]) -> tuple[str, ...]:
    return tuple(quote for record in records for quote in record.block_quotes)


def _from_page(address: str, fetcher: Fetcher, limits: IntakeLimits) -> list[DocumentRecord] | TakenText:
    fetched = fetcher.fetch(address)
    if fetched.status in DEPARTED:
        raise UnreadableFileError("", f"there is no page at the address (its host answers {fetched.status})")
    if not 200 <= fetched.status < 300:
        raise UnreadableFileError("", f"its host answers with status {fetched.status}, and with no document")
    name = _file_name(fetched)
    known = known_of_host(fetched.url)
    if tell_kind(fetched.body, name) is FileKind.HTML:
        record = read_page(fetched, _known_record(fetched, known))
        if record is None:
            raise UnreadableFileError("", "there is no word in the page: it may be drawn by a script")
        return [record]
    taken = take_in(fetched.body, name, limits)
    publisher = taken.publisher or known.get("publisher", "") or (split_address(fetched.url).hostname or "")
    return replace(taken, url=fetched.url, publisher=publisher, licence=known.get("licence", ""))


def _record_of(taken: TakenText) -> DocumentRecord:
    """Return the record of a file that stands at an address: a PDF, a Word document, a plain text."""
    appeared = datetime.combine(taken.published, time(), UTC) if taken.published else None
    return DocumentRecord(
        taken.publisher,
        taken.kind.value,
        taken.url,
        title=taken.title or taken.name or taken.url,
        text=taken.text,
        licence=taken.licence,
        first_published=appeared,
        origin=taken.url,
        provenance=Provenance(publishers=(taken.publisher,), page_starts=taken.page_starts),
    )


def _known_record(fetched: Fetched, known: dict[str, str]) -> DocumentRecord:
    publisher, licence = known.get("publisher", ""), known.get("licence", "")
    return DocumentRecord(publisher, known.get("type", ""), fetched.url, title="", text="", licence=licence)


def _file_name(fetched: Fetched) -> str:
    """Return the end of the address as the name of a file, which helps where the bytes cannot tell what it is."""
    is_page = fetched.headers.get("content-type", "").lower().startswith("text/html")
    name = unquote(split_address(fetched.url).path.rpartition("/")[2])
    return "page.html" if is_page else "".join(sign for sign in name if sign.isprintable())[:100]
