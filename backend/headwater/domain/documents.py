"""Official documents, their versions, and the passages that are searched and shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from headwater.domain.spans import Span


class DocumentStatus(StrEnum):
    """What became of a document at its publisher's. It stays in the corpus whatever it is."""

    LIVE = "live"
    WITHDRAWN = "withdrawn"  # still shown, under a notice
    GONE = "gone"
    REDIRECTED = "redirected"  # another address took its place


class SpeakerBasis(StrEnum):
    """How it is known who says a passage."""

    UNKNOWN = ""
    METADATA = "metadata"  # the publisher's record names the speaker of the whole document
    HANSARD_ITEM = "hansard_item"  # the official report sets the words under the speaker's name
    LEAD_IN = "lead_in"  # a line before the words announces them: "The Home Secretary said:"
    BLOCK_QUOTE = "block_quote"  # likewise, and the page sets the words as a block quote, without marks
    BESIDE = "beside"  # the quotation names its speaker in the same paragraph: "“We are ready,” she said."


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """What a publisher says of a change to a document. It is shown beside the text and never part of it.

    Args:
        note: In plain text.
        at: When the change was published, or None.
        kind: "change", "correction" or "withdrawal".
    """

    note: str
    at: datetime | None = None
    kind: str = "change"


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a record can prove where it comes from, beyond what every document has.

    Args:
        api_url: The address the record was read from, or "" where that is the public address.
        alternate_urls: Other public addresses of the same words: a printed form, a PDF.
        publishers: All bodies that publish the document, the first of them responsible.
        schema: The form in which the publisher serves it ("news_article"), or "".
        source_updated: When the publisher's system last touched it, be it for a comma: decides on reading again, and is
            never shown as a date of the words.
        notes: All that the publisher says of changes, newest first.
        government: The government under which a document was published, where it is not in office any more.
        raw_sha256: Of the answer it was read from, hexadecimal: a better reader is no change of the page.
        reader: Name and version of the reader.
        page_starts: For a PDF, where each of its pages begins in the text: `#page=N` counts from 1.
        note_marks: Where the page shows a footnote's mark that the text leaves out, ascending: no words that a link
            names may stand on both sides of it.
    """

    api_url: str = ""
    alternate_urls: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    schema: str = ""
    source_updated: datetime | None = None
    notes: tuple[ChangeNote, ...] = ()
    government: str = ""
    raw_sha256: str = ""
    reader: str = ""
    page_starts: tuple[int, ...] = ()
    note_marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as a source yields it, before it is stored. Times are as the source states them, with offset.

    Args:
        publisher: Who publishes it ("Home Office").
        document_type: The publisher's word for it ("press_release").
        url: Public address.
        title: As published.
        text: Clean text: paragraphs parted by a blank line.
        language: BCP 47 tag.
        licence: Identifier of the licence of the text ("OGL-UK-3.0").
        first_published: When it first appeared, or None.
        updated: When it was last changed in substance, or None.
        external_id: The publisher's own identifier, or "" (the address is then the key).
        description: The publisher's summary, or "".
        speaker: Who speaks, for a speech or a spoken contribution, or "".
        change_note: What the latest change was, or "".
        withdrawn: The withdrawal notice, or "".
        block_quotes: Quotations that the page sets as block quotes, without marks.
        origin: Where the record was read from (file and line), for messages.
        speaker_basis: How `speaker` is known.
        provenance: Where it comes from, in full.
    """

    publisher: str
    document_type: str
    url: str
    title: str
    text: str
    language: str = "en"
    licence: str = ""
    first_published: datetime | None = None
    updated: datetime | None = None
    external_id: str = ""
    description: str = ""
    speaker: str = ""
    change_note: str = ""
    withdrawn: str = ""
    block_quotes: tuple[str, ...] = ()
    origin: str = ""
    speaker_basis: SpeakerBasis = SpeakerBasis.METADATA
    provenance: Provenance = field(default=Provenance(), repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A stored document in one of its versions: what a passage cites.

    Args:
        id: Stable public identifier of the document (all versions share it).
        version: Number of this version, counted from 1.
        is_latest: Whether no later version is stored.
        retrieved: When this version was stored (UTC).
        sha256: Of `text` in UTF-8, hexadecimal.
        attribution: The line to show with the text, from its licence.
        provenance: Where it comes from, in full; what its publisher says of changes is in it.
        superseded: When the next version appeared, or None for the latest and where nobody asked.
        status: What became of the document; that of all its versions.
        status_since: When it came to that, or None where nobody says.
        status_note: What the publisher says of it, or "".
        moved_to: The address that took its place, or "".
    """

    id: str
    version: int
    is_latest: bool
    publisher: str
    document_type: str
    url: str
    title: str
    language: str
    licence: str
    attribution: str
    first_published: datetime | None
    updated: datetime | None
    retrieved: datetime
    sha256: str
    change_note: str = ""
    withdrawn: str = ""
    speaker: str = ""
    provenance: Provenance = field(default=Provenance(), repr=False)
    superseded: datetime | None = None
    status: DocumentStatus = DocumentStatus.LIVE
    status_since: datetime | None = None
    status_note: str = ""
    moved_to: str = ""
    text: str = field(default="", repr=False)

    @property
    def valid_from(self) -> datetime | None:
        """When the words of this version appeared, or None where its publisher does not say."""
        return self.updated or self.first_published


class PassageKind(StrEnum):
    """What a passage is in its document."""

    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a stored document.

    Args:
        id: Row number in the corpus; stable for as long as the version is stored.
        document: The version it is in (its text may be left out).
        ordinal: Position among the passages of its version, from 0.
        text: Exact slice of the stored document's text.
        span: Of that slice.
        kind: What it is.
        heading: The heading it stands under, or "".
        speaker: Who says it, or "" for narration.
        speaker_basis: How that is known.
    """

    id: int
    document: Document
    ordinal: int
    text: str
    span: Span
    kind: PassageKind = PassageKind.PARAGRAPH
    heading: str = ""
    speaker: str = ""
    speaker_basis: SpeakerBasis = SpeakerBasis.UNKNOWN
