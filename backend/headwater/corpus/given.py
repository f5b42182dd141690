"""A given official text as passages, for a comparison that asks no corpus."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from headwater.corpus.licences import attribution_line
from headwater.corpus.passages import slice_passages
from headwater.domain.context import NO_CONTEXT, CheckContext
from headwater.domain.documents import Document, Passage


def given_passages(source: str, context: CheckContext = NO_CONTEXT) -> tuple[Passage, ...]:
    """Slice a given official text into passages of a document that is stored nowhere.

    Args:
        source: The official text as it came in.
        context: What is known of its document.
    """
    published = context.published
    moment = datetime.combine(published, datetime.min.time(), UTC) if published else None
    document = Document(
        id="given",
        version=1,
        is_latest=True,
        publisher=context.publisher,
        speaker=context.speaker,
        document_type="",
        url=context.url,
        title=context.title,
        language="",
        licence=context.licence,
        attribution=attribution_line(context.licence, published.year if published else None),
        first_published=moment,
        updated=moment,
        retrieved=datetime.now(UTC),
        sha256=hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
        text=source,
    )
    return tuple(
        Passage(number, document, number, part.text, part.span, part.kind, part.heading, part.speaker)
        for number, part in enumerate(slice_passages(source, block_quotes=context.block_quotes))
    )
