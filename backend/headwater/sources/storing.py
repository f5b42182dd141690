"""Documents handed over one by one, into the corpus: stored as `ingest` stores files, given vectors, and looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.corpus.rows import document_id, storable_record, text_sha256
from headwater.corpus.store import CorpusStore
from headwater.corpus.writing import AddOutcome
from headwater.domain.documents import Document, DocumentRecord
from headwater.sources.embedding import PassageEncoder, embed_passages


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of records.

    Args:
        outcome: New documents, new versions, known ones.
        documents: Of each document the version that holds the words of its last record, without its text.
        encoded: Texts that were given a vector.
    """

    outcome: AddOutcome
    documents: tuple[Document, ...]
    encoded: int


def store_records(store: CorpusStore, encoder: PassageEncoder | None, records: Sequence[DocumentRecord]) -> Stored:
    """Store records in one transaction, and give vectors to the passages of their documents that have none.

    When it returns, both are stored for good, and every service on the corpus finds them. A process that ends in
    between leaves documents without vectors; the same records once more give them theirs.

    Args:
        store: The corpus.
        encoder: Makes the vectors; None leaves the documents to be searched by words alone.
        records: At least one.

    Raises:
        CorpusUnavailableError: If the corpus cannot be written.
    """
    outcome = store.add_documents(records)
    last = {document_id(record): record for record in map(storable_record, records)}
    encoded = 0
    for identifier in last if encoder is not None else ():
        assert encoder is not None  # noqa: S101 - the line above
        encoded += embed_passages(store, encoder, threads=1, document=identifier)
    found = tuple(_version(store, identifier, record) for identifier, record in last.items())
    return Stored(outcome, found, encoded)


def _version(store: CorpusStore, identifier: str, record: DocumentRecord) -> Document:
    """Return the latest version that has the words of a record."""
    digest = text_sha256(record.text)
    return next(version for version in reversed(store.versions(identifier)) if version.sha256 == digest)
