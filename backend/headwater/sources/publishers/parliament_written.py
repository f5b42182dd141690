"""The UK Parliament's written questions and written statements: listed by windows of days, each read by itself.

The lists cut long texts short, so they find and never tell. A corrected answer is two versions of one document: what
was answered first, and what was put in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from headwater.domain.documents import ChangeNote, DocumentRecord, Provenance
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.html_text import PageText
from headwater.sources.publishers.answers import (
    DEPARTED,
    mapping_of,
    mappings_of,
    number_of,
    parse_json,
    raw_digest,
    text_of,
    unreadable,
)
from headwater.sources.publishers.attributions import parliament_words
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.fragments import joined, plain_line, read_fragment
from headwater.sources.publishers.moments import find_day
from headwater.sources.publishers.windows import Place, day_windows, find_place, first_day, today_utc
from headwater.sources.records import RecordFaultError

API = "https://questions-statements-api.parliament.uk/api"
SITE = "https://questions-statements.parliament.uk"
LICENCE = "Open Parliament Licence v3.0"
TAKE = 100  # entries of a page: an answer of about 150 kB
DAYS = 7  # of a window: about 2,000 questions
DEFAULT_DAYS = 90  # how far back a source without `from` is read: about 20,000 questions
VERSION = "1"


class _WrittenReader:
    """What the readers of both kinds share: windows, pages, and one answer for each document."""

    version = VERSION
    path = ""
    lists: Mapping[str, tuple[str, str]] = {}  # name of a list, to the parameters of its first and last day

    def __init__(self, entry: SourceEntry, *, today: Callable[[], date] = today_utc) -> None:
        self.name, self.title, self._entry, self._today = entry.name, entry.title, entry, today

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:
        """Yield what was published or corrected since then, window by window, oldest first.

        Args:
            since: With offset; or None for all since the option `from`.
            fetcher: Fetches.
            cursor: A place in the listing, or "".

        Raises:
            UnreadableRecordError: If an answer is no list of results.
        """
        today, place = self._today(), find_place(cursor)
        first = place.day if place else first_day(since, self._entry, today, default_days=DEFAULT_DAYS)
        names = list(self.lists)
        for begins, ends in day_windows(first, today, DAYS):
            resumed = place if place and place.day == begins and place.list_name in names else None
            for name in names[names.index(resumed.list_name) :] if resumed else names:
                skip = resumed.skip if resumed and resumed.list_name == name else 0
                yield from self._window(fetcher, (begins, ends), name, skip)

    def _window(self, fetcher: Fetcher, days: tuple[date, date], name: str, skip: int) -> Iterator[Found]:
        bounds = list(zip(self.lists[name], (day.isoformat() for day in days), strict=True))
        filters = [
            (option, self._entry.options[option])
            for option in ("house", "answeringBodies")
            if option in self._entry.options
        ]
        while True:
            asked = urlencode([*bounds, ("skip", skip), ("take", TAKE), *filters])
            answer = parse_json(fetcher.fetch(f"{API}{self.path}?{asked}"))
            results = mappings_of(answer, "results")
            for result in results:
                value = mapping_of(result, "value")
                identifier = str(number_of(value, "id") or "")
                if identifier:
                    url = f"{API}{self.path}/{identifier}?expandMember=true"
                    yield Found(identifier, url, self.changed_at(value), str(Place(days[0], name, skip)))
            skip += len(results)
            if not results or skip >= number_of(answer, "totalResults"):
                return

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        """Yield the versions of a document, oldest first.

        Args:
            found: As `find` yielded it.
            fetcher: Fetches.

        Raises:
            UnreadableRecordError: If the answer is no document.
        """
        fetched = fetcher.fetch(found.url)
        if fetched.status in DEPARTED:
            yield Departure(found.url, external_id=found.key)
            return
        if fetched.status == 304:
            return
        value = mapping_of(parse_json(fetched), "value")
        if not value:
            raise unreadable(found.url, "the answer holds no document")
        try:
            yield from self.records(value, fetched)
        except RecordFaultError as fault:
            raise unreadable(found.url, str(fault)) from None

    def changed_at(self, value: Mapping[str, Any]) -> datetime | None:
        """Return when an entry of a list says that its document changed."""
        raise NotImplementedError

    def records(self, value: Mapping[str, Any], fetched: Fetched) -> Iterator[DocumentRecord]:
        """Yield the versions of a document."""
        raise NotImplementedError


class WrittenQuestionsReader(_WrittenReader):
    """Reads answered written questions, with the corrections of answers."""

    path = "/writtenquestions/questions"
    lists: Mapping[str, tuple[str, str]] = {
        "answered": ("answeredWhenFrom", "answeredWhenTo"),
        "corrected": ("correctedWhenFrom", "correctedWhenTo"),
    }

    def changed_at(self, value: Mapping[str, Any]) -> datetime | None:
        """Return when a question was answered or its answer corrected."""
        return find_day(value.get("dateAnswerCorrected")) or find_day(value.get("dateAnswered"))

    def records(self, value: Mapping[str, Any], fetched: Fetched) -> Iterator[DocumentRecord]:
        """Yield the answer; before it, where it was corrected, what was answered first."""
        answered, corrected = find_day(value.get("dateAnswered")), find_day(value.get("dateAnswerCorrected"))
        original = _stated(value, "originalAnswerText")
        is_corrected = value.get("answerIsCorrection") is True
        note = ""
        if is_corrected:
            note = f"Answer corrected{f' on {corrected.date().isoformat()}' if corrected else ''}."
        elif value.get("answerIsHolding") is True:
            note = "A holding answer: a full one is to follow."
        first = _question(value, fetched, original if is_corrected and original.text else _stated(value, "answerText"))
        if first is None:
            return
        if not (is_corrected and original.text):
            yield replace(first, updated=corrected or answered, change_note=note)
            return
        yield replace(first, updated=answered)
        last = _question(value, fetched, _stated(value, "answerText"))
        if last is not None:
            speaker = _member(value, "correctingMember") or last.speaker
            yield replace(last, updated=corrected, change_note=note, speaker=speaker)


class WrittenStatementsReader(_WrittenReader):
    """Reads written ministerial statements."""

    path = "/writtenstatements/statements"
    lists: Mapping[str, tuple[str, str]] = {"made": ("madeWhenFrom", "madeWhenTo")}

    def changed_at(self, value: Mapping[str, Any]) -> datetime | None:
        """Return when a statement was made."""
        return find_day(value.get("dateMade"))

    def records(self, value: Mapping[str, Any], fetched: Fetched) -> Iterator[DocumentRecord]:
        """Yield the statement, unless it only points to an oral one."""
        body = _stated(value, "text")
        if not body.text or body.text.casefold().startswith(tuple(parliament_words()["pointers"])):
            return
        made = find_day(value.get("dateMade"))
        uin, house = text_of(value, "uin"), text_of(value, "house")
        day = made.date().isoformat() if made else ""
        member, role = _member(value, "member"), plain_line(text_of(value, "memberRole"))
        speaker = f"{role} ({member})" if role and member else member or role
        yield DocumentRecord(
            publisher=_publisher(house),
            document_type="written_ministerial_statement",
            url=f"{SITE}/written-statements/detail/{day}/{uin}",
            title=plain_line(text_of(value, "title")) or f"Written statement {uin}",
            text=body.text,
            licence=LICENCE,
            first_published=made,
            updated=made,
            external_id=f"written-statement/{number_of(value, 'id')}",
            description=text_of(value, "answeringBodyName"),
            speaker=speaker,
            block_quotes=tuple(body.quotes),
            origin=fetched.url,
            provenance=Provenance(
                api_url=fetched.url,
                publishers=_publishers(value),
                schema="written_statement",
                notes=_linked(value),
                raw_sha256=raw_digest(fetched),
                reader=f"parliament/{VERSION}",
            ),
        )


def _question(value: Mapping[str, Any], fetched: Fetched, answer: PageText) -> DocumentRecord | None:
    asked = _stated(value, "questionText")
    if not answer.text:  # asked and not answered: no official words yet
        return None
    body = joined([asked, answer])
    answered, tabled = find_day(value.get("dateAnswered")), find_day(value.get("dateTabled"))
    uin = text_of(value, "uin")
    asker = _member(value, "askingMember")
    corrected = find_day(value.get("dateAnswerCorrected"))
    notes = (
        (ChangeNote("Answer corrected.", corrected, "correction"),) if value.get("answerIsCorrection") is True else ()
    )
    return DocumentRecord(
        publisher=_publisher(text_of(value, "house")),
        document_type="written_answer",
        url=f"{SITE}/written-questions/detail/{tabled.date().isoformat() if tabled else ''}/{uin}",
        title=plain_line(text_of(value, "heading")) or f"Written question {uin}",
        text=body.text,
        licence=LICENCE,
        first_published=answered,
        updated=answered,
        external_id=f"written-question/{number_of(value, 'id')}",
        description=f"Asked by {asker}" if asker else "",
        speaker=_member(value, "answeringMember") or text_of(value, "answeringBodyName"),
        withdrawn="The question was withdrawn." if value.get("isWithdrawn") is True else "",
        block_quotes=tuple(body.quotes),
        origin=fetched.url,
        provenance=Provenance(
            api_url=fetched.url,
            publishers=_publishers(value),
            schema="written_question",
            notes=notes,
            raw_sha256=raw_digest(fetched),
            reader=f"parliament/{VERSION}",
        ),
    )


def _stated(value: Mapping[str, Any], name: str) -> PageText:
    return read_fragment(text_of(value, name))


def _member(value: Mapping[str, Any], name: str) -> str:
    return plain_line(text_of(mapping_of(value, name), "name"))


def _publisher(house: str) -> str:
    return f"UK Parliament – House of {house}" if house in {"Commons", "Lords"} else "UK Parliament"


def _publishers(value: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in (_publisher(text_of(value, "house")), text_of(value, "answeringBodyName")) if name)


def _linked(value: Mapping[str, Any]) -> tuple[ChangeNote, ...]:
    """Return the statements that a statement is linked to: a correction names what it corrects."""
    notes = []
    for linked in mappings_of(value, "linkedStatements"):
        kind = text_of(linked, "linkType")
        title = plain_line(text_of(linked, "title"))
        is_correction = "correct" in kind.casefold()
        note = f"{kind or 'Linked'}: {title}" if title else kind
        if note:
            notes.append(
                ChangeNote(note, find_day(linked.get("linkDate")), "correction" if is_correction else "change")
            )
    return tuple(notes)
