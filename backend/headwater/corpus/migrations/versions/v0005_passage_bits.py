"""In PostgreSQL, the signs of each passage's vector beside the version it is in, from which filtered searches begin.

A graph of all vectors answers a filter that passes one passage in ten slowly and not in full. The signs of a vector are
a thirtieth of its bytes: all that pass are gone through, and only the best are compared in full. The database keeps
them itself, whichever statement stores or deletes.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

OWNED = (
    "SELECT passages.id, passages.version_id, held.number, binary_quantize(vectors.vector) FROM {passages} AS passages "
    "JOIN {vectors} AS vectors ON vectors.text_hash = passages.text_hash JOIN vector_counts AS held USING (model)"
)
STORE = "INSERT INTO passage_bits (passage_id, version_id, model, bits) "
FUNCTIONS = {
    ("vectors", "INSERT"): STORE + OWNED.format(passages="passages", vectors="changed"),
    ("passages", "INSERT"): STORE + OWNED.format(passages="changed", vectors="vectors"),
    ("passages", "DELETE"): (
        "DELETE FROM passage_bits AS bits USING changed "
        "WHERE bits.version_id = changed.version_id AND bits.passage_id = changed.id"
    ),
    ("vectors", "DELETE"): (
        "DELETE FROM passage_bits AS bits USING changed JOIN passages USING (text_hash) "
        "JOIN vector_counts AS held USING (model) "
        "WHERE bits.version_id = passages.version_id AND bits.passage_id = passages.id AND bits.model = held.number"
    ),
}


def upgrade() -> None:
    """Make the table, fill it, and have it kept up."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE vector_counts ADD COLUMN number INTEGER GENERATED ALWAYS AS IDENTITY")
    op.execute(
        "CREATE TABLE passage_bits (passage_id BIGINT NOT NULL, version_id BIGINT NOT NULL, model INTEGER NOT NULL, "
        "bits BIT VARYING NOT NULL)"
    )
    op.execute(STORE + OWNED.format(passages="passages", vectors="vectors") + " ORDER BY passages.id")
    op.execute("CREATE INDEX ix_passage_bits_version_id ON passage_bits (version_id)")
    for (table, verb), statement in FUNCTIONS.items():
        function = f"keep_bits_{table}_{verb.lower()}"  # after "count_...", in the order of names: it needs the count
        op.execute(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {statement}; RETURN NULL; END $$"
        )
        when = "NEW" if verb == "INSERT" else "OLD"
        op.execute(
            f"CREATE TRIGGER {function} AFTER {verb} ON {table} REFERENCING {when} TABLE AS changed "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def downgrade() -> None:
    """Forget the signs, which are made from the vectors again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, verb in FUNCTIONS:
        op.execute(f"DROP FUNCTION keep_bits_{table}_{verb.lower()} CASCADE")
    op.execute("DROP TABLE passage_bits")
    op.execute("ALTER TABLE vector_counts DROP COLUMN number")
