"""What keeping up with publishers has to remember: sources a user added, where each sync stands, and what it found.

Each find is a row from the moment it is listed, so that a sync that dies reads on where it stopped, and what was read
can be visited again to see whether it is still there.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel


class SourceRow(SQLModel, table=True):
    """A source that a user added; shipped ones stand in a table of the program."""

    __tablename__ = "sources"

    name: str = Field(primary_key=True)
    title: str
    reader: str
    options: str  # JSON: an object of texts
    added: str  # UTC


class SyncRow(SQLModel, table=True):
    """Where the sync of a source stands. Times are ISO 8601 in UTC; "" where there was none."""

    __tablename__ = "syncs"

    source: str = Field(primary_key=True)
    begun: str  # when the listing that is under way began
    since: str  # from when it lists
    cursor: str  # where it can be gone on with
    listed: str  # until when everything has been listed: the next listing begins there
    finished: str  # end of the last sync in which everything could be read
    not_before: str  # until when the publisher wants to be left alone
    problem: str  # of the last sync


class FindRow(SQLModel, table=True):
    """A document that a source listed."""

    __tablename__ = "sync_finds"
    __table_args__ = (Index("ix_sync_finds_source_state", "source", "state", "checked"),)

    find: str = Field(primary_key=True)  # digest of source and key
    source: str
    key: str
    url: str
    details: str = Field(sa_column=Column(Text, nullable=False))
    updated: str  # as the listing says
    state: str  # waiting, read, failed
    etag: str
    last_modified: str
    reader: str  # version of the reader that read it
    checked: str  # when it was last read or visited
    attempts: int  # that failed since it was last read
    problem: str
    documents: str  # JSON: identifiers of the documents it was read into


class LeaseRow(SQLModel, table=True):
    """Who may sync: one process at a time, until its lease ends or it gives it back."""

    __tablename__ = "sync_leases"

    name: str = Field(primary_key=True)
    holder: str
    until: str


SOURCES = SQLModel.metadata.tables["sources"]
SYNCS = SQLModel.metadata.tables["syncs"]
FINDS = SQLModel.metadata.tables["sync_finds"]
LEASES = SQLModel.metadata.tables["sync_leases"]
