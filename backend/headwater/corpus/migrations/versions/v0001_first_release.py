"""The tables of the first release, and their like in PostgreSQL.

A SQLite corpus that was made before there were migrations has exactly these, and is taken as standing here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from headwater.corpus.postgres.types import PgVector

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite numbers rows by "INTEGER PRIMARY KEY" alone
VECTOR = sa.LargeBinary().with_variant(PgVector(), "postgresql")
SQLITE_WORDS = (
    "CREATE VIRTUAL TABLE passage_words USING fts5("
    "text, content='passages', content_rowid='id', tokenize='porter unicode61')",
    "CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab('passage_words', 'row')",
)
POSTGRES_WORDS = (
    """
    CREATE TABLE passage_words (
        passage_id BIGINT PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
        version_id BIGINT NOT NULL,
        length INTEGER NOT NULL,
        words TSVECTOR NOT NULL
    )
    """,
    "CREATE INDEX ix_passage_words_words ON passage_words USING gin (words)",
    # One row a stem, brought up to date by every batch: room in the page keeps the updates inside it.
    'CREATE TABLE passage_vocabulary (term TEXT COLLATE "C" PRIMARY KEY, doc BIGINT NOT NULL) WITH (fillfactor = 70)',
)


def upgrade() -> None:
    """Make the tables."""
    on_postgres = op.get_bind().dialect.name == "postgresql"
    if on_postgres:
        op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    _documents()
    _passages()
    _vectors()
    op.create_table(
        "ingest_journal",
        sa.Column("path", sa.String(), primary_key=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
    )
    op.create_table(
        "corpus_meta",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("content", sa.String(), nullable=False),
    )
    for statement in POSTGRES_WORDS if on_postgres else SQLITE_WORDS:
        op.execute(statement)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("source", "external_key", "language")),
        sa.UniqueConstraint("source", "external_key", "language"),
    )
    op.create_table(
        "versions",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("document_id", sa.String(), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("publisher", "document_type", "url", "title", "description", "licence")
        ),
        sa.Column("first_published", sa.String()),
        sa.Column("updated", sa.String()),
        sa.Column("retrieved", sa.String(), nullable=False),
        sa.Column("first_day", sa.String()),
        sa.Column("last_day", sa.String()),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("sha256", "change_note", "withdrawn", "speaker")),
        sa.Column("text", sa.Text(), nullable=False),
    )
    for column in ("document_id", "publisher", "document_type"):
        op.create_index(f"ix_versions_{column}", "versions", [column])


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("version_id", NUMBER, sa.ForeignKey("versions.id"), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("ordinal", "start", "end")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "heading", "speaker")),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    for column in ("version_id", "text_hash"):
        op.create_index(f"ix_passages_{column}", "passages", [column])


def _vectors() -> None:
    op.create_table(
        "vectors",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("vector", VECTOR, nullable=False),
        sa.UniqueConstraint("model", "text_hash"),
    )
