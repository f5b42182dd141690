"""A document of the corpus as an official text to check against."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.domain.documents import Document, DocumentStatus, Passage, PassageKind, SpeakerBasis
from headwater.sources.intake.kinds import FileKind
from headwater.sources.intake.taking import TakenText

BECAME = {
    DocumentStatus.WITHDRAWN: "its publisher has withdrawn it",
    DocumentStatus.GONE: "its publisher shows it no more",
    DocumentStatus.REDIRECTED: "another address has taken its place",
}


def take_in_document(document: Document, passages: Sequence[Passage] = ()) -> TakenText:
    """Return the text of a stored document, with what its record says of it.

    Args:
        document: With its text.
        passages: Of this version: they know which of its paragraphs the page set as quotations without marks.
    """
    appeared = document.valid_from
    notices = []
    if not document.is_latest:
        notices.append(f"version {document.version} is not the latest of this document")
    if document.status in BECAME:
        notices.append(f"the document stands in the corpus, and {BECAME[document.status]}")
    return TakenText(
        document.text,
        FileKind.TEXT,
        title=document.title,
        published=appeared.date() if appeared else None,
        publisher=document.publisher,
        notices=tuple(notices),
        url=document.url,
        document=document.id,
        version=document.version,
        speaker=document.speaker,
        licence=document.licence,
        block_quotes=tuple(one.text for one in passages if _is_set_apart(one)),
    )


def _is_set_apart(passage: Passage) -> bool:
    return passage.kind is PassageKind.QUOTE and passage.speaker_basis is SpeakerBasis.BLOCK_QUOTE
