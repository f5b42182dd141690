"""Keys of the service's callers: who may ask what, how often, and until when. Of the secrets only hashes are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TEXTS = ("name", "secret_hash", "scopes", "created", "expires", "revoked", "successor", "used_day")
NUMBERS = ("per_minute", "per_day", "used")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "api_keys",
        sa.Column("key_id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
    )


def downgrade() -> None:
    """Forget the keys: a program of before them knows none."""
    op.drop_table("api_keys")
