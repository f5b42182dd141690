"""The table of keys. Times are ISO 8601 in UTC; "" where there is none."""

from __future__ import annotations

from sqlalchemy import Column, Double
from sqlmodel import Field, SQLModel


class KeyRow(SQLModel, table=True):
    """A key: rows are never deleted, so that its id in a log can always be read."""

    __tablename__ = "api_keys"

    key_id: str = Field(primary_key=True)
    name: str
    secret_hash: str
    scopes: str  # parted by blanks
    per_minute: int
    per_day: int  # 0 for no quota
    created: str
    expires: str
    revoked: str
    successor: str  # the key that takes its place
    used_day: str  # YYYY-MM-DD in UTC: the day that `used` counts
    used: int  # requests that services have set aside for it on that day
    minute_due: float = Field(  # seconds since 1970: when it would have all requests of a minute again
        default=0.0, sa_column=Column(Double(), nullable=False, server_default="0")
    )


KEYS = SQLModel.metadata.tables["api_keys"]
