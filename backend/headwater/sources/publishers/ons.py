"""The Office for National Statistics: its search finds bulletins and articles, `/data` behind an address reads them.

A replaced edition stays in place under `/previous/v1`, so a corrected bulletin is read with all that it replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from headwater.domain.documents import ChangeNote, DocumentRecord, Provenance
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.html_text import PageText
from headwater.sources.markdown import read_markdown
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
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.fragments import joined, plain_line
from headwater.sources.publishers.moments import find_london
from headwater.sources.publishers.options import listed, switched

SITE = "https://www.ons.gov.uk"
SEARCH = "https://api.beta.ons.gov.uk/v1/search"
PUBLISHER = "Office for National Statistics"
LICENCE = "OGL-UK-3.0"
TYPES = ("bulletin", "article", "statistical_article", "compendium_chapter")
RESULTS_A_PAGE = 100
VERSION = "1"

TIGHT_HEADING = re.compile(r"^(#{1,6})(?=[^#\s])", re.MULTILINE)  # "##### Source" is often written "#####Source"
EMBEDDED = re.compile(r"</?ons-[^<>]*/?>")  # charts, tables and pictures, which have pages of their own
TAGS = re.compile(r"</?(?:sup|sub|strong|em|b|i|br|p|div|span|a)\b[^<>]*>", re.IGNORECASE)
PICTURE_LINK = re.compile(r"\[!\[[^\[\]]*\]\([^()]*\)\]\([^()]*\)")


class OnsReader:
    """Reads what the ONS publishes, of the types that the option `types` lists.

    With the option `editions` set to "no", pages are read without the editions that they replaced.
    """

    version = VERSION

    def __init__(self, entry: SourceEntry) -> None:
        self.name, self.title = entry.name, entry.title
        self._types = listed(entry, "types") or TYPES
        self._query = entry.options.get("query", "")
        self._with_editions = switched(entry, "editions", default=True)

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:
        """Yield what was released since then, newest first.

        Args:
            since: With offset; or None for all.
            fetcher: Fetches.
            cursor: How many results have been passed, or "".

        Raises:
            UnreadableRecordError: If an answer is no list of results.
        """
        offset = int(cursor) if cursor.isdecimal() else 0
        while True:
            asked = {"content_type": ",".join(self._types), "sort": "release_date", "limit": RESULTS_A_PAGE}
            asked |= {"offset": offset} | ({"q": self._query} if self._query else {})
            answer = parse_json(fetcher.fetch(f"{SEARCH}?{urlencode(asked)}"))
            items = mappings_of(answer, "items")
            for item in items:
                released = find_london(item.get("release_date"))
                if since is not None and released is not None and released < since:
                    return
                uri = text_of(item, "uri")
                if uri.startswith("/"):
                    yield Found(uri, f"{SITE}{uri}/data", released, str(offset))
            offset += len(items)
            if not items or offset >= number_of(answer, "count"):
                return

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        """Yield the editions of a page that were replaced, oldest first, then the one in force.

        Args:
            found: As `find` yielded it.
            fetcher: Fetches.

        Raises:
            UnreadableRecordError: If an answer is no page of the ONS.
        """
        fetched = fetcher.fetch(found.url)
        if fetched.status in DEPARTED:
            yield Departure(SITE + found.key, external_id=found.key)
            return
        if fetched.status == 304:
            return
        page = parse_json(fetched)
        if not text_of(page, "type"):
            raise unreadable(found.url, "the answer holds no page")
        replaced = sorted(mappings_of(page, "versions"), key=lambda one: text_of(one, "updateDate"))
        began = find_london(mapping_of(page, "description").get("releaseDate"))
        note = ""
        for version in replaced:
            earlier = fetcher.fetch(f"{SITE}{text_of(version, 'uri')}/data") if self._with_editions else None
            if earlier is not None and earlier.status == 200:
                record = read_page(parse_json(earlier), earlier, (found.key, began, note))
                if record is not None:
                    yield record
            began, note = (
                find_london(version.get("updateDate")) or began,
                plain_line(text_of(version, "correctionNotice")),
            )
        record = read_page(page, fetched, (found.key, began, note))
        if record is not None:
            yield record


def read_page(
    page: Mapping[str, Any], fetched: Fetched, edition: tuple[str, datetime | None, str]
) -> DocumentRecord | None:
    """Return what a page of the ONS says, or None for one without a word.

    Args:
        page: As `/data` gives it.
        fetched: The answer.
        edition: Path of the page in force, when this edition came into force, and why.
    """
    path, began, note = edition
    about = mapping_of(page, "description")
    body = _body(page)
    if not any(character.isalnum() for character in body.text):
        return None
    title, name = plain_line(text_of(about, "title")), plain_line(text_of(about, "edition"))
    notes = _notes(page)
    correction = next((one.note for one in notes if one.kind == "correction"), "")
    return DocumentRecord(
        publisher=PUBLISHER,
        document_type=text_of(page, "type"),
        url=SITE + path,
        title=f"{title}: {name}" if name and name not in title else title,
        text=body.text,
        language="cy" if text_of(about, "language").casefold() in {"welsh", "cy"} else "en",
        licence=LICENCE,
        first_published=find_london(about.get("releaseDate")),
        updated=began or find_london(about.get("releaseDate")),
        external_id=path,
        description=plain_line(text_of(about, "summary") or text_of(about, "metaDescription")),
        change_note=note or correction,
        withdrawn=_cancelled(about),
        block_quotes=tuple(body.quotes),
        origin=fetched.url,
        provenance=Provenance(
            api_url=fetched.url,
            publishers=(PUBLISHER,),
            schema=text_of(page, "type"),
            notes=notes,
            raw_sha256=raw_digest(fetched),
            reader=f"ons/{VERSION}",
        ),
    )


def _body(page: Mapping[str, Any]) -> PageText:
    parts = []
    for name in ("sections", "accordion"):
        for section in mappings_of(page, name):
            words = read_ons_markdown(text_of(section, "markdown"))
            if words.text:
                parts += [PageText(plain_line(text_of(section, "title"))), words]
    markdown = page.get("markdown")
    whole = markdown if isinstance(markdown, list) else [markdown]
    parts += [read_ons_markdown(text) for text in whole if isinstance(text, str)]
    return joined([*_headlines(mapping_of(page, "description"), parts), *parts])


def _headlines(about: Mapping[str, Any], parts: list[PageText]) -> list[PageText]:
    """Return the headlines that a page shows on top, where its text does not say them again."""
    said = _folded(" ".join(part.text for part in parts))
    lines = [plain_line(text_of(about, name)) for name in ("headline1", "headline2", "headline3")]
    return [PageText(line) for line in lines if line and _folded(line) not in said]


def _folded(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def read_ons_markdown(text: str) -> PageText:
    """Return the words of the Markdown that the ONS writes; the charts and tables in it are pages by themselves.

    Args:
        text: Of a section.
    """
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    text = TAGS.sub("", EMBEDDED.sub("", PICTURE_LINK.sub("", TIGHT_HEADING.sub(r"\1 ", text))))
    lines = (line.strip() if line.startswith("    ") else line for line in text.split("\n"))
    # Without a title of its own the first heading stays where it is.
    fields = read_markdown("---\ntitle: section\n---\n" + "\n".join(lines))
    return PageText(fields["text"], fields["blockquotes"])


def _notes(page: Mapping[str, Any]) -> tuple[ChangeNote, ...]:
    """Return corrections, alerts and moved dates, newest first."""
    notes = []
    for alert in mappings_of(page, "alerts"):
        words = " ".join(read_ons_markdown(text_of(alert, "markdown")).text.split())
        kind = "correction" if text_of(alert, "type").casefold() == "correction" else "change"
        if words:
            notes.append(ChangeNote(words, find_london(alert.get("date")), kind))
    for version in mappings_of(page, "versions"):
        words = plain_line(text_of(version, "correctionNotice"))
        if words:
            notes.append(ChangeNote(words, find_london(version.get("updateDate")), "correction"))
    for change in mappings_of(page, "dateChanges"):
        before = find_london(change.get("previousDate"))
        words = plain_line(text_of(change, "changeNotice"))
        notes.append(ChangeNote(f"Date of release changed{f': {words}' if words else ''}", before))
    return tuple(sorted(notes, key=lambda note: note.at.timestamp() if note.at else 0.0, reverse=True))


def _cancelled(about: Mapping[str, Any]) -> str:
    """Return why a release was cancelled, or ""."""
    if about.get("cancelled") is not True:
        return ""
    notice = about.get("cancellationNotice")
    words = " ".join(line for line in notice if isinstance(line, str)) if isinstance(notice, list) else ""
    return f"Cancelled: {words}" if words else "Cancelled."
