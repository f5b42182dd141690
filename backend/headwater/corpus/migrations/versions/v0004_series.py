"""Official series, the whole provenance of versions, and how it is known who says a passage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables and columns; series of versions stored before are read when this is done."""
    op.add_column("versions", sa.Column("provenance", sa.Text(), nullable=False, server_default=""))
    op.add_column("passages", sa.Column("speaker_basis", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "series",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("version_id", NUMBER, sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("measure", "caption", "step", "nature", "unit", "scale", "first_day", "last_day")
        ),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("points", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_series_version_id", "series", ["version_id"])
    op.create_table(
        "series_words",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("series_id", NUMBER, sa.ForeignKey("series.id"), nullable=False),
        sa.Column("stem", sa.String(), nullable=False),
    )
    for column in ("series_id", "stem"):
        op.create_index(f"ix_series_words_{column}", "series_words", [column])


def downgrade() -> None:
    """Forget the series, which are read from the texts again, and what only these columns hold."""
    op.drop_table("series_words")
    op.drop_table("series")
    op.drop_column("passages", "speaker_basis")
    op.drop_column("versions", "provenance")
