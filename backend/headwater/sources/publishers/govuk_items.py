"""One item of GOV.UK's Content API to a record, or to the departure of its document."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from headwater.domain.documents import ChangeNote, DocumentRecord, Provenance
from headwater.sources.fetching.contract import Fetched
from headwater.sources.html_text import PageText
from headwater.sources.publishers.addresses import join_address
from headwater.sources.publishers.answers import mapping_of, mappings_of, raw_digest, text_of
from headwater.sources.publishers.contract import Departure
from headwater.sources.publishers.fragments import joined, plain_line, read_fragment
from headwater.sources.publishers.moments import find_london, find_moment

TABLE = tomllib.loads(Path(__file__).with_name("govuk.toml").read_text(encoding="utf-8"))
SITE = "https://www.gov.uk"
ASSETS = "https://assets.publishing.service.gov.uk/"
LICENCE = "OGL-UK-3.0"  # of all GOV.UK content except where stated
WRITTEN_FORMS = ("text/html", "text/govspeak")  # of a body in several forms, best first


def read_item(item: Mapping[str, Any], fetched: Fetched, reader: str) -> DocumentRecord | Departure | None:
    """Return what an item of the Content API says; None for an item without a word, as a page of links is.

    Args:
        item: As the interface gives it.
        fetched: The answer it stood in.
        reader: Name and version of the reader.

    Raises:
        RecordFaultError: If its body is made to exhaust its reader.
    """
    schema = text_of(item, "schema_name")
    if schema in TABLE["departures"]:
        return _departure(item)
    if schema in TABLE["empty_types"]:
        return None
    body = _body(item)
    if not any(character.isalnum() for character in body.text):
        return None
    notes = _notes(item)
    organisations = _organisations(item)
    return DocumentRecord(
        publisher=organisations[0] if organisations else "GOV.UK",
        document_type=text_of(item, "document_type") or schema,
        url=public_address(text_of(item, "base_path")),
        title=plain_line(text_of(item, "title")),
        text=body.text,
        language=text_of(item, "locale") or "en",
        licence=LICENCE,
        first_published=_first_published(item),
        updated=find_london(item.get("public_updated_at")),
        external_id=text_of(item, "content_id"),
        description=plain_line(text_of(item, "description")),
        speaker=_speaker(item),
        change_note=next((note.note for note in notes if note.kind == "change"), ""),
        withdrawn=_withdrawn(item),
        block_quotes=tuple(body.quotes),
        origin=fetched.url,
        provenance=Provenance(
            api_url=fetched.url,
            publishers=organisations,
            schema=schema,
            source_updated=find_london(item.get("updated_at")),
            notes=notes,
            government=_past_government(item),
            note_marks=tuple(body.marks),
            raw_sha256=raw_digest(fetched),
            reader=reader,
        ),
    )


def public_address(path: str) -> str:
    """Return the public address of a path on GOV.UK; an address is returned as it is."""
    return join_address(SITE + "/", path)


def _departure(item: Mapping[str, Any]) -> Departure:
    details = mapping_of(item, "details")
    path = text_of(item, "base_path")
    target = text_of(details, "alternative_path") or text_of(details, "alternative_url") or _destination(item, path)
    return Departure(
        url=public_address(path),
        language=text_of(item, "locale") or "en",
        external_id=text_of(item, "content_id"),
        moved_to=public_address(target) if target else "",
        explanation=plain_line(text_of(details, "explanation")),
        when=find_london(item.get("public_updated_at")),
    )


def _destination(item: Mapping[str, Any], path: str) -> str:
    """Return where a redirect leads: that of the very path before that of a path above it."""
    redirects = sorted(
        (one for one in mappings_of(item, "redirects") if path.startswith(text_of(one, "path"))),
        key=lambda one: (text_of(one, "path") != path, -len(text_of(one, "path"))),
    )
    return text_of(redirects[0], "destination") if redirects else ""


def _body(item: Mapping[str, Any]) -> PageText:
    details = mapping_of(item, "details")
    parts = [part for name in TABLE["bodies"] for part in _words(details.get(name))]
    if not any(part.text for part in parts) and details.get("display_date"):
        return _announcement(item, details)
    return joined(parts)


def _announcement(item: Mapping[str, Any], details: Mapping[str, Any]) -> PageText:
    """Return what the page of a coming release says: it has no body, its dates are its news."""
    lines = [plain_line(text_of(item, "description")), f"Release date: {text_of(details, 'display_date')}"]
    if text_of(details, "state"):
        lines.append(f"Status of the date: {text_of(details, 'state')}")
    cancelled = plain_line(text_of(details, "cancellation_reason"))
    return PageText("\n\n".join([*lines, *([f"Cancelled: {cancelled}"] if cancelled else [])]))


def _words(held: object) -> list[PageText]:
    """Return the words of a field: HTML, one text in several forms, or parts with titles."""
    if isinstance(held, str):
        return [read_fragment(held)]
    if isinstance(held, Mapping):
        held = [held]
    if not isinstance(held, list):
        return []
    forms = {text_of(one, "content_type"): one for one in held if isinstance(one, Mapping)}
    for form in WRITTEN_FORMS:
        if form in forms:
            return [read_fragment(text_of(forms[form], "content"))]
    return [words for part in held if isinstance(part, Mapping) for words in _part(part)]


def _part(part: Mapping[str, Any]) -> list[PageText]:
    bodies = [words for name in TABLE["part_bodies"] for words in _words(part.get(name)) if words.text]
    title = next((plain_line(text_of(part, name)) for name in TABLE["part_titles"] if text_of(part, name)), "")
    return [PageText(title), *bodies] if bodies else []  # a title over links alone is navigation


def _organisations(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the bodies that publish an item, the responsible one first."""
    links = mapping_of(item, "links")
    named = [
        html.unescape(text_of(link, "title"))
        for kind in ("primary_publishing_organisation", "organisations", "worldwide_organisations")
        for link in mappings_of(links, kind)
    ]
    return tuple(dict.fromkeys(name for name in named if name))


def _first_published(item: Mapping[str, Any]) -> datetime | None:
    details = mapping_of(item, "details")
    history = [when for change in mappings_of(details, "change_history") if (when := _noted_at(change))]
    stated = find_london(item.get("first_published_at")) or find_london(details.get("first_public_at"))
    return stated or min(history, default=None)


def _noted_at(change: Mapping[str, Any]) -> datetime | None:
    return find_london(change.get("public_timestamp"))


def _notes(item: Mapping[str, Any]) -> tuple[ChangeNote, ...]:
    """Return all that GOV.UK says of changes, newest first: withdrawal, changes, a moved date of release."""
    details = mapping_of(item, "details")
    notes = [
        ChangeNote(plain_line(text_of(change, "note")), _noted_at(change))
        for change in mappings_of(details, "change_history")
        if text_of(change, "note")
    ]
    moved = plain_line(text_of(details, "latest_change_note"))
    if moved:
        before = text_of(details, "previous_display_date")
        notes.append(ChangeNote(f"{moved}{f' (before: {before})' if before else ''}"))
    withdrawal = mapping_of(item, "withdrawn_notice")
    if withdrawal:
        explanation = plain_line(text_of(withdrawal, "explanation")) or "Withdrawn."
        notes.append(ChangeNote(explanation, find_london(withdrawal.get("withdrawn_at")), "withdrawal"))
    return tuple(sorted(notes, key=lambda note: note.at.timestamp() if note.at else 0.0, reverse=True))


def _withdrawn(item: Mapping[str, Any]) -> str:
    notice = mapping_of(item, "withdrawn_notice")
    if not notice:
        return ""
    moment = find_london(notice.get("withdrawn_at"))
    explanation = plain_line(text_of(notice, "explanation")) or "Withdrawn."
    return f"{explanation}{f' (withdrawn {moment.date().isoformat()})' if moment else ''}"


def _speaker(item: Mapping[str, Any]) -> str:
    names = [text_of(link, "title") for link in mappings_of(mapping_of(item, "links"), "speaker")]
    return "; ".join(name for name in names if name) or text_of(mapping_of(item, "details"), "speaker_without_profile")


def _past_government(item: Mapping[str, Any]) -> str:
    """Return the government of a political document that is no longer in office: GOV.UK's "history mode"."""
    details = mapping_of(item, "details")
    if details.get("political") is not True:
        return ""
    for government in [mapping_of(details, "government"), *mappings_of(mapping_of(item, "links"), "government")]:
        state = mapping_of(government, "details") or government
        if state.get("current") is False:
            return text_of(government, "title")
    return ""


def changed_at(item: Mapping[str, Any]) -> datetime | None:
    """Return when an item of a search says that its document changed."""
    return find_moment(item.get("public_timestamp"))


def pdf_attachments(item: Mapping[str, Any], record: DocumentRecord) -> list[tuple[str, DocumentRecord]]:
    """Return the addresses of an item's PDF files, each with what is known of it: they hold the figures of statistics.

    Args:
        item: Of the Content API.
        record: Its record.
    """
    attached = []
    for attachment in mappings_of(mapping_of(item, "details"), "attachments"):
        url = text_of(attachment, "url")
        if text_of(attachment, "content_type") == "application/pdf" and url.startswith(ASSETS):
            known = replace(
                record,
                url=url,
                title=plain_line(text_of(attachment, "title")) or record.title,
                text="",
                external_id=f"{record.external_id}/{text_of(attachment, 'id') or url.rsplit('/', 1)[-1]}",
                description=record.title,
                block_quotes=(),
                provenance=replace(record.provenance, alternate_urls=(record.url,), schema="attachment"),
            )
            attached.append((url, known))
    return attached
