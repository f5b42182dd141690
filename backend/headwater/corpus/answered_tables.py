"""The table of writes that were answered: what makes an `Idempotency-Key` hold in all services and over restarts."""

from __future__ import annotations

from sqlalchemy import Column, Double, Text
from sqlmodel import Field, SQLModel


class AnsweredRow(SQLModel, table=True):
    """A write that is under way (status 0), or was answered. Rows live a day."""

    __tablename__ = "answered_writes"

    name: str = Field(primary_key=True)  # digest of caller and key
    digest: str  # of the request
    holder: str  # who works at it, while it is under way
    moment: float = Field(sa_column=Column(Double(), nullable=False))  # seconds since 1970: begun, or answered
    status: int
    headers: str = Field(sa_column=Column(Text, nullable=False))


ANSWERED = SQLModel.metadata.tables["answered_writes"]
