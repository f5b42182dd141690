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
    "CREATE INDEX ix_passage_words_version_id ON passage_words (version_id)",
    # Without the list of things to be indexed later, which every search would have to read through.
    "CREATE INDEX ix_passage_words_words ON passage_words USING gin (words) WITH (fastupdate = off)",
    # One row a stem, brought up to date by every batch: room in the page keeps the updates inside it.
    'CREATE TABLE passage_vocabulary (term TEXT COLLATE "C" PRIMARY KEY, doc BIGINT NOT NULL) WITH (fillfactor = 70)',
)

# How many vectors and owners of vectors there are, kept by the database: counting them anew takes seconds a million.
POSTGRES_COUNTS = (
    """
    CREATE TABLE vector_counts (
        model VARCHAR PRIMARY KEY,
        dimensions INTEGER NOT NULL,
        vectors BIGINT NOT NULL,
        passages BIGINT NOT NULL
    ) WITH (fillfactor = 70)
    """,
    """
    CREATE FUNCTION count_vectors() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE sign INTEGER := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    BEGIN
        INSERT INTO vector_counts AS held (model, dimensions, vectors, passages)
        SELECT changed.model, max(vector_dims(changed.vector)), sign * count(*), sign * sum(
            (SELECT count(*) FROM passages WHERE passages.text_hash = changed.text_hash))
        FROM changed GROUP BY changed.model
        ON CONFLICT (model) DO UPDATE SET dimensions = excluded.dimensions,
            vectors = held.vectors + excluded.vectors, passages = held.passages + excluded.passages;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION count_vector_owners() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE sign INTEGER := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    BEGIN
        UPDATE vector_counts AS held SET passages = held.passages + sign * (
            SELECT count(*) FROM changed
            JOIN vectors ON vectors.model = held.model AND vectors.text_hash = changed.text_hash);
        RETURN NULL;
    END $$
    """,
    *(
        f"CREATE TRIGGER {function}_{verb} AFTER {verb} ON {table} REFERENCING {when} TABLE AS changed "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        for table, function in (("vectors", "count_vectors"), ("passages", "count_vector_owners"))
        for verb, when in (("INSERT", "NEW"), ("DELETE", "OLD"))
    ),
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
    for statement in (*POSTGRES_WORDS, *POSTGRES_COUNTS) if on_postgres else SQLITE_WORDS:
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
