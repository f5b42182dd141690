"""The tables of the corpus. Text and provenance are the record; word index and vectors are derived and can be rebuilt.

Documents have versions, versions have passages. A passage's text is stored beside its span, so that a hit is read
without its whole document; it equals the slice, which a test holds. Vectors belong to a text, not to a passage: the
same sentence in ninety versions of a page is encoded and stored once for each model.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from headwater.corpus.postgres.types import VECTOR_COLUMN

NUMBER = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows by "INTEGER PRIMARY KEY" alone


class DocumentRow(SQLModel, table=True):
    """What stays the same through all versions of a document."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("source", "external_key", "language"),)

    id: str = Field(primary_key=True)
    source: str  # host of the address: names the site whose identifiers these are; pages change their publisher
    external_key: str  # the site's own identifier, or the address
    language: str
    status: str = Field(default="live", sa_column_kwargs={"server_default": "live"})  # as `domain.documents` names them
    status_since: str = Field(default="", sa_column_kwargs={"server_default": ""})  # ISO 8601, "" where not known
    status_note: str = Field(default="", sa_column_kwargs={"server_default": ""})
    moved_to: str = Field(default="", sa_column_kwargs={"server_default": ""})  # the address that took its place


class VersionRow(SQLModel, table=True):
    """One version: its words, and what was known of them. Times are ISO 8601 with the offset the source gave."""

    __tablename__ = "versions"

    id: int | None = Field(default=None, sa_column=Column(NUMBER, primary_key=True))
    document_id: str = Field(foreign_key="documents.id", index=True)
    number: int  # rank by date among the versions of the document, from 1
    is_latest: bool
    publisher: str = Field(index=True)
    document_type: str = Field(index=True)
    url: str
    title: str
    description: str
    licence: str
    first_published: str | None
    updated: str | None
    retrieved: str  # UTC
    first_day: str | None  # earliest and latest day on which these words may have appeared, YYYY-MM-DD
    last_day: str | None
    sha256: str
    change_note: str
    withdrawn: str
    speaker: str
    provenance: str = Field(  # as `provenances` writes it, "" where nothing more is known
        default="", sa_column=Column(Text, nullable=False, server_default="")
    )
    text: str = Field(sa_column=Column(Text, nullable=False))


class PassageRow(SQLModel, table=True):
    """A stretch of a version; `start` and `end` are code points of its text."""

    __tablename__ = "passages"

    id: int | None = Field(default=None, sa_column=Column(NUMBER, primary_key=True))
    version_id: int = Field(sa_column=Column(NUMBER, ForeignKey("versions.id"), nullable=False, index=True))
    ordinal: int
    start: int
    end: int
    kind: str
    heading: str
    speaker: str
    speaker_basis: str = Field(default="", sa_column_kwargs={"server_default": ""})  # as `domain.documents` names them
    text_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False, index=True))  # of `text`: names its vector
    text: str = Field(sa_column=Column(Text, nullable=False))


class VectorRow(SQLModel, table=True):
    """The vector of a text under a model: float32, little-endian, unit length."""

    __tablename__ = "vectors"
    __table_args__ = (UniqueConstraint("model", "text_hash"),)

    id: int | None = Field(default=None, sa_column=Column(NUMBER, primary_key=True))
    model: str
    text_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    vector: bytes = Field(sa_column=Column(VECTOR_COLUMN, nullable=False))


class JournalRow(SQLModel, table=True):
    """A file that was read to its end without a fault, and what it held then."""

    __tablename__ = "ingest_journal"

    path: str = Field(primary_key=True)
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    modified_ns: int = Field(sa_column=Column(BigInteger, nullable=False))
    sha256: str
    reader: str  # version of the readers: a better reader reads the file again


class MetaRow(SQLModel, table=True):
    """Facts about the corpus as a whole, by name."""

    __tablename__ = "corpus_meta"

    name: str = Field(primary_key=True)
    content: str


WORD_INDEX = "passage_words"  # FTS5 over passages.text, which stays the only copy of the words
WORD_VOCABULARY = "passage_vocabulary"  # its stems, with the number of passages that hold each
TOKENIZER = "porter unicode61"  # "returned" finds "returns"; diacritics fold

DOCUMENTS = SQLModel.metadata.tables["documents"]
VERSIONS = SQLModel.metadata.tables["versions"]
PASSAGES = SQLModel.metadata.tables["passages"]
VECTORS = SQLModel.metadata.tables["vectors"]
JOURNAL = SQLModel.metadata.tables["ingest_journal"]
META = SQLModel.metadata.tables["corpus_meta"]
