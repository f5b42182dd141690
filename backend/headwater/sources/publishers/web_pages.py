"""A web page or a PDF as it is served, to a record: what pages say of themselves, with the site's part left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from headwater.domain.documents import DocumentRecord, Provenance
from headwater.sources.fetching.contract import Fetched
from headwater.sources.html import declared_encoding, read_html
from headwater.sources.publishers.addresses import host_of, join_address, split_address
from headwater.sources.publishers.answers import CHARSET, raw_digest, unreadable
from headwater.sources.publishers.moments import find_brussels, find_moment, in_london
from headwater.sources.publishers.pdf import read_pdf
from headwater.sources.records import RecordFaultError
from headwater.sources.sites import find_site
from headwater.text.decoding import decode

BRUSSELS = "brussels"
LONDON_ENDS = (".uk", ".gov.scot", ".gov.wales")  # whose pages are read in London's time


def read_page(fetched: Fetched, known: DocumentRecord) -> DocumentRecord | None:
    """Return the record of a page; None for one without a word.

    Args:
        fetched: The answer: a page, or a PDF.
        known: What is known of the document without the page: what the page says goes before it, but for the body that
            publishes it, its licence and its type, which the table of sources knows better.

    Raises:
        UnreadableRecordError: If the page is made to exhaust its reader, or the PDF cannot be opened.
    """
    try:
        if is_pdf(fetched):
            return _from_pdf(fetched, known)
        return _from_html(fetched, known)
    except RecordFaultError as fault:
        raise unreadable(fetched.url, str(fault)) from None


def is_pdf(fetched: Fetched) -> bool:
    """Say whether an answer is a PDF, by what it begins with."""
    return fetched.body[:1024].lstrip().startswith(b"%PDF-")


def _from_html(fetched: Fetched, known: DocumentRecord) -> DocumentRecord | None:
    declared = CHARSET.search(fetched.headers.get("content-type", ""))
    text = decode(fetched.body, declared[1] if declared else declared_encoding(fetched.body)).text
    fields: dict[str, Any] = read_html(text, address=fetched.url)
    if not any(character.isalnum() for character in fields["text"]):
        return None
    address = _canonical(fields.get("url", ""), fetched.url)
    first = _moment(fields.get("first_published_at"), address) or known.first_published
    return replace(
        known,
        publisher=known.publisher or fields["publisher"],
        document_type=known.document_type or fields["document_type"],
        url=address,
        title=fields.get("title") or known.title or address,
        text=fields["text"],
        language=fields.get("language") or known.language,
        licence=known.licence or fields.get("licence", ""),
        first_published=first,
        updated=_moment(fields.get("updated_at"), address) or known.updated or first,
        description=known.description or fields.get("description", ""),
        block_quotes=tuple(fields.get("blockquotes", ())),
        origin=fetched.url,
        provenance=replace(
            _provenance(fetched, known, (fetched.url,) if fetched.url != address else ()),
            note_marks=tuple(fields.get("note_marks", ())),
        ),
    )


def _from_pdf(fetched: Fetched, known: DocumentRecord) -> DocumentRecord | None:
    found = read_pdf(fetched.body)
    if not any(character.isalnum() for character in found.text):
        return None
    return replace(
        known,
        publisher=known.publisher or host_of(fetched.url),
        document_type=known.document_type or "pdf",
        url=fetched.url,
        title=known.title or found.title or fetched.url,
        text=found.text,
        first_published=known.first_published or found.created,
        updated=known.updated or found.modified,
        licence=known.licence or found.licence,
        origin=fetched.url,
        provenance=replace(_provenance(fetched, known, ()), page_starts=found.page_starts),
    )


def _provenance(fetched: Fetched, known: DocumentRecord, alternates: tuple[str, ...]) -> Provenance:
    return replace(
        known.provenance,
        alternate_urls=tuple(dict.fromkeys((*known.provenance.alternate_urls, *alternates))),
        source_updated=find_moment(fetched.last_modified),
        raw_sha256=raw_digest(fetched),
    )


def _canonical(stated: str, fetched: str) -> str:
    """Return the address that a page gives itself, where it is one of its own site."""
    address = join_address(fetched, stated) if stated else fetched
    same_site = host_of(address) == host_of(fetched)
    return address if same_site and split_address(address).scheme in {"http", "https"} else fetched


def _moment(stated: object, address: str) -> datetime | None:
    site = find_site(address)
    moment = find_brussels(stated) if site and site.clock == BRUSSELS else find_moment(stated)
    is_london = host_of(address).endswith(LONDON_ENDS)
    return in_london(moment) if moment is not None and is_london else moment
