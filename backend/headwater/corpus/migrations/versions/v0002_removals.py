"""The list of removed passages, from which an index of vectors learns what it is to forget.

Some corpora have it already: before there were migrations it was made with the first removal.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "removals",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("passage_id", NUMBER, nullable=False),
        if_not_exists=True,
    )


def downgrade() -> None:
    """Forget which passages were removed: an index of vectors has to be made anew."""
    op.drop_table("removals")
