"""Which files were read to their end without a fault, so that a second run need not read them again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from headwater.corpus.tables import JOURNAL
from headwater.corpus.upserts import insert_into


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A file as it was when it was read.

    Args:
        path: Absolute.
        size: In bytes.
        modified_ns: Time of its last change, nanoseconds since 1970.
        sha256: Of its bytes, hexadecimal.
        reader: Version of the readers.
    """

    path: str
    size: int
    modified_ns: int
    sha256: str
    reader: str


def find_entry(connection: Connection, path: str) -> JournalEntry | None:
    """Return the entry of a file, or None."""
    row = connection.execute(select(JOURNAL).where(JOURNAL.c.path == path)).mappings().one_or_none()
    return None if row is None else JournalEntry(**row)


def write_entry(connection: Connection, entry: JournalEntry) -> None:
    """Store the entry of a file, in place of an older one."""
    values = {name: getattr(entry, name) for name in JournalEntry.__slots__}
    statement = insert_into(connection, JOURNAL).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=values))
