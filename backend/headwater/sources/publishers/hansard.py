"""Hansard: the days' debates are listed by section, and each contribution is a document under its speaker's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from headwater.domain.documents import DocumentRecord, Provenance, SpeakerBasis
from headwater.domain.errors import HeadwaterError
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.html_text import PageText
from headwater.sources.publishers.answers import (
    DEPARTED,
    mapping_of,
    mappings_of,
    number_of,
    parse_any_json,
    parse_json,
    raw_digest,
    text_of,
    unreadable,
)
from headwater.sources.publishers.attributions import Attribution, is_collective, parliament_words, read_attribution
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.fragments import joined, plain_line, read_fragment
from headwater.sources.publishers.moments import find_day, find_london
from headwater.sources.publishers.options import listed
from headwater.sources.publishers.windows import Place, day_windows, find_place, first_day, today_utc
from headwater.sources.records import RecordFaultError

API = "https://hansard-api.parliament.uk"
MEMBERS = "https://members-api.parliament.uk/api/Members"
SITE = "https://hansard.parliament.uk"
LICENCE = "Open Parliament Licence v3.0"
HOUSES = ("Commons", "Lords")
DEFAULT_DAYS = 30  # how far back a source without `from` is read: about 8,000 contributions
STILL_EDITED = timedelta(days=2)  # the report of a day grows and is corrected while the House sits and after
QUOTED = re.compile(r'<p class="hs_brev[^"]*">(.*?)</p>', re.DOTALL)  # how Hansard sets what a speaker reads out
VERSION = "1"


@dataclass(slots=True)
class _Turn:
    """A contribution: the items that one speaker holds in a row."""

    attribution: Attribution
    external_id: str
    member: int
    parts: list[PageText] = field(default_factory=list)


class HansardReader:
    """Reads the debates of both Houses, or of those that the option `houses` lists."""

    version = VERSION

    def __init__(self, entry: SourceEntry, *, today: Callable[[], date] = today_utc) -> None:
        self.name, self.title, self._entry, self._today = entry.name, entry.title, entry, today
        self._houses = listed(entry, "houses") or HOUSES
        self._members: dict[int, str] = {}

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:
        """Yield the debates of each day since then, oldest first.

        Args:
            since: With offset; or None for all since the option `from`.
            fetcher: Fetches.
            cursor: A day and a House ("2024-11-06:Lords:0"), or "".

        Raises:
            UnreadableRecordError: If an answer is no list.
        """
        today, place = self._today(), find_place(cursor)
        first = place.day if place else first_day(since, self._entry, today, default_days=DEFAULT_DAYS)
        for day, _ in day_windows(first, today, 1):
            is_resumed = place is not None and place.day == day and place.list_name in self._houses
            begins = self._houses.index(place.list_name) if place and is_resumed else 0
            for house in self._houses[begins:]:
                yield from self._day(fetcher, day, house)

    def _day(self, fetcher: Fetcher, day: date, house: str) -> Iterator[Found]:
        asked = {"date": day.isoformat(), "house": house}
        sections = parse_any_json(fetcher.fetch(f"{API}/overview/sectionsforday.json?{urlencode(asked)}"))
        is_settled = day < self._today() - STILL_EDITED
        updated = find_day(day.isoformat()) if is_settled else None
        for section in sections if isinstance(sections, list) else []:
            address = f"{API}/overview/sectiontrees.json?{urlencode({'section': str(section), **asked})}"
            for debate in _debates(parse_any_json(fetcher.fetch(address))):
                yield Found(debate, f"{API}/debates/debate/{quote(debate)}.json", updated, str(Place(day, house)))

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        """Yield the contributions to a debate, in order; those to debates within it are found by themselves.

        Args:
            found: As `find` yielded it.
            fetcher: Fetches.

        Raises:
            UnreadableRecordError: If the answer is no debate.
        """
        fetched = fetcher.fetch(found.url)
        if fetched.status in DEPARTED:
            yield Departure(found.url, external_id=found.key)
            return
        if fetched.status == 304:
            return
        debate = parse_json(fetched)
        overview = mapping_of(debate, "Overview")
        if not text_of(overview, "ExtId"):
            raise unreadable(found.url, "the answer holds no debate")
        try:
            turns = _turns(mappings_of(debate, "Items"))
        except RecordFaultError as fault:
            raise unreadable(found.url, str(fault)) from None
        fullest = _fullest(turns)
        for turn in turns:
            attribution = self._named(fullest.get(turn.member, turn.attribution), turn, fetcher)
            record = _record(overview, turn, attribution, fetched)
            if record is not None:
                yield record

    def _named(self, attribution: Attribution, turn: _Turn, fetcher: Fetcher) -> Attribution:
        """Return who holds an office that the whole debate gives without a name, from the register of Members."""
        if attribution.name or not turn.member:
            return attribution
        if turn.member not in self._members:
            try:
                told = mapping_of(parse_json(fetcher.fetch(f"{MEMBERS}/{turn.member}")), "value")
                self._members[turn.member] = text_of(told, "nameDisplayAs")
            except HeadwaterError:  # the office stays, which is what the report says
                self._members[turn.member] = ""
        return Attribution(self._members[turn.member], attribution.office, "", attribution.party)


def _debates(tree: object) -> Iterator[str]:
    """Yield the identifiers in a tree of sections, in order."""
    waiting = [tree]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting = [*node, *waiting]
        elif isinstance(node, Mapping):
            if text_of(node, "ExternalId"):
                yield text_of(node, "ExternalId")
            waiting = [*mappings_of(node, "SectionTreeItems"), *waiting]


def _turns(items: list[Mapping[str, Any]]) -> list[_Turn]:
    """Return the contributions in order; an item without a name goes on with the one before."""
    turns: list[_Turn] = []
    for item in sorted(items, key=lambda item: number_of(item, "OrderInSection")):
        if text_of(item, "ItemType") != "Contribution" or text_of(item, "HRSTag") == "hs_ColumnNumber":
            continue
        words = read_fragment(QUOTED.sub(r"<blockquote><p>\1</p></blockquote>", text_of(item, "Value")))
        written = plain_line(text_of(item, "AttributedTo"))
        if not words.text or is_collective(written) or _is_procedure(words.text):
            continue
        if written or not turns:
            identifier = text_of(item, "ExternalId") or str(number_of(item, "ItemId"))
            turns.append(_Turn(read_attribution(written), identifier, number_of(item, "MemberId")))
        turns[-1].parts.append(words)
    return turns


def _is_procedure(text: str) -> bool:
    """Say whether an item tells what was done and not what was said: "Several hon. Members rose—"."""
    folded = text.casefold()
    return len(folded) < 80 and folded.endswith(tuple(parliament_words()["procedures"]))


def _fullest(turns: list[_Turn]) -> dict[int, Attribution]:
    """Return how each Member is named best in a debate: the first time with office and name, then by either."""
    best: dict[int, Attribution] = {}
    for turn in turns:
        held = best.get(turn.member, Attribution())
        if turn.member and len(turn.attribution.speaker) > len(held.speaker):
            best[turn.member] = turn.attribution
    return best


def _record(
    overview: Mapping[str, Any], turn: _Turn, attribution: Attribution, fetched: Fetched
) -> DocumentRecord | None:
    body = joined(turn.parts)
    if not any(character.isalnum() for character in body.text):
        return None
    day, house = find_day(overview.get("Date")), text_of(overview, "House")
    title, debate = plain_line(text_of(overview, "Title")), text_of(overview, "ExtId")
    slug = re.sub(r"[^A-Za-z0-9]", "", title) or "debate"
    place = f"{SITE}/{house}/{day.date().isoformat() if day else ''}/debates/{debate}/{slug}"
    return DocumentRecord(
        publisher=f"UK Parliament – House of {house}" if house in HOUSES else "UK Parliament",
        document_type="oral_contribution",
        url=f"{place}#contribution-{turn.external_id}",
        title=title or "Debate",
        text=body.text,
        licence=LICENCE,
        first_published=day,
        updated=find_london(overview.get("ContentLastUpdated")) or day,
        external_id=f"contribution/{turn.external_id}",
        description=text_of(overview, "Location"),
        speaker=attribution.speaker,
        speaker_basis=SpeakerBasis.HANSARD_ITEM if attribution.speaker else SpeakerBasis.UNKNOWN,
        block_quotes=tuple(body.quotes),
        origin=fetched.url,
        provenance=Provenance(
            api_url=fetched.url,
            alternate_urls=(place,),
            publishers=tuple(name for name in ("UK Parliament", text_of(overview, "Location")) if name),
            schema="hansard_contribution",
            source_updated=find_london(overview.get("ContentLastUpdated")),
            raw_sha256=raw_digest(fetched),
            reader=f"hansard/{VERSION}",
        ),
    )
