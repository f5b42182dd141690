"""What syncs with publishers remember, and what became of documents that publishers no longer show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


WITHDRAWN = """
UPDATE documents SET status = 'withdrawn', status_note = (
    SELECT withdrawn FROM versions WHERE versions.document_id = documents.id AND versions.is_latest)
WHERE id IN (SELECT document_id FROM versions WHERE is_latest AND withdrawn <> '')
"""


def upgrade() -> None:
    """Make the tables, and give documents their state."""
    for name, default in (("status", "live"), ("status_since", ""), ("status_note", ""), ("moved_to", "")):
        op.add_column("documents", sa.Column(name, sa.String(), nullable=False, server_default=default))
    op.execute(WITHDRAWN)
    op.create_table(
        "sources",
        sa.Column("name", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("title", "reader", "options", "added")),
    )
    steps = ("begun", "since", "cursor", "listed", "finished", "not_before", "problem")
    op.create_table(
        "syncs",
        sa.Column("source", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in steps),
    )
    before = ("source", "key", "url")
    after = ("updated", "state", "etag", "last_modified", "reader", "checked")
    op.create_table(
        "sync_finds",
        sa.Column("find", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in before),
        sa.Column("details", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in after),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("problem", "documents")),
    )
    op.create_index("ix_sync_finds_source_state", "sync_finds", ["source", "state", "checked"])
    op.create_table(
        "sync_leases",
        sa.Column("name", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("holder", "until")),
    )


def downgrade() -> None:
    """Forget syncs and the states of documents; the documents stay."""
    for table in ("sync_leases", "sync_finds", "syncs", "sources"):
        op.drop_table(table)
    for name in ("moved_to", "status_note", "status_since", "status"):
        op.drop_column("documents", name)
