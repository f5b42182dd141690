"""Checks that their owners want kept, claim by claim as they are decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "saved_checks",
        sa.Column("check_id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("owner", "state")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("asked", "rest")),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("problem", "versions", "created", "ended", "expires", "holder", "beat")
        ),
    )
    for table, key in (("saved_steps", "step"), ("saved_decisions", "decision")):
        op.create_table(
            table,
            sa.Column(key, sa.String(), primary_key=True),
            sa.Column("check_id", sa.String(), nullable=False),
            sa.Column("body", sa.Text(), nullable=False),
        )
        op.create_index(f"ix_{table}_check_id", table, ["check_id"])


def downgrade() -> None:
    """Forget the saved checks."""
    for table in ("saved_decisions", "saved_steps", "saved_checks"):
        op.drop_table(table)
