"""What several services have in common: how soon each key may ask again, and what writes were answered with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the column and the table."""
    op.add_column("api_keys", sa.Column("minute_due", sa.Double(), nullable=False, server_default="0"))
    op.create_table(
        "answered_writes",
        sa.Column("name", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "holder")),
        sa.Column("moment", sa.Double(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("answered_writes")
    op.drop_column("api_keys", "minute_due")
