"""A given official text as passages, for a comparison that asks no corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

from headwater.corpus.licences import attribution_line
from headwater.corpus.passages import slice_passages
from headwater.domain.context import CheckContext
from headwater.domain.documents import Document, Passage


def given_passages(  # noqa: PLR0913 - what is known of the document, each by its name
    source: str,
    *,
    url: str = "",
    title: str = "",
    published: date | None = None,
    publisher: str = "",
    speaker: str = "",
    licence: str = "",
    block_quotes: Sequence[str] = (),
) -> tuple[Passage, ...]:
    """Slice a given official text into passages of a document that is stored nowhere.

    Args:
        source: The official text as it came in.
        url: Of its document, or "".
        title: Of its document, or "".
        published: Its document's date, or None.
        publisher: Who published it, or "".
        speaker: Who speaks in it as "I" and "we", or "".
        licence: Identifier of the licence of its text, or "".
        block_quotes: The quotations that its page sets as block quotes, without marks.
    """
    moment = datetime.combine(published, datetime.min.time(), UTC) if published else None
    document = Document(
        id="given",
        version=1,
        is_latest=True,
        publisher=publisher,
        speaker=speaker,
        document_type="",
        url=url,
        title=title,
        language="",
        licence=licence,
        attribution=attribution_line(licence, published.year if published else None),
        first_published=moment,
        updated=moment,
        retrieved=datetime.now(UTC),
        sha256=hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
        text=source,
    )
    return tuple(
        Passage(number, document, number, part.text, part.span, part.kind, part.heading, part.speaker)
        for number, part in enumerate(slice_passages(source, block_quotes=block_quotes))
    )


def passages_of_given(source: str, context: CheckContext) -> tuple[Passage, ...]:
    """Slice a given official text into passages, with what is known of its document.

    Args:
        source: The official text as it came in.
        context: What is known of it.
    """
    return given_passages(
        source,
        url=context.url,
        title=context.title,
        published=context.published,
        publisher=context.publisher,
        speaker=context.speaker,
        licence=context.licence,
        block_quotes=context.block_quotes,
    )
