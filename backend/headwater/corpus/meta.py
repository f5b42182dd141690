"""Facts about the corpus as a whole: the version of its tables, and a fingerprint that changes whenever it does.

The fingerprint is a sum over all versions stored, so that two machines with the same documents show the same one, in
whatever order and in however many batches they were read.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from headwater.corpus.quick import Rows, rows_of
from headwater.corpus.tables import META
from headwater.corpus.upserts import insert_into

SCHEMA, CONTENT, VECTOR_COUNT = "schema", "content", "vectors"
COPYING = "copying"  # from where, while a copy of another corpus is made here
FACTS = select(META.c.name, META.c.content).where(META.c.name.in_(bindparam("names", expanding=True)))
FINGERPRINT_BITS = 64
FINGERPRINT_FIELDS = ("document_id", "sha256", "first_published", "updated", "title", "publisher", "withdrawn")


def read_meta(connection: Connection, name: str, default: str = "") -> str:
    """Return the fact of that name, or the default."""
    found = connection.execute(select(META.c.content).where(META.c.name == name)).scalar_one_or_none()
    return default if found is None else str(found)


def write_meta(connection: Connection, name: str, content: str) -> None:
    """Set the fact of that name."""
    statement = insert_into(connection, META).values(name=name, content=content)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"content": content}))


def delete_meta(connection: Connection, name: str) -> None:
    """Forget the fact of that name, where there is one."""
    connection.execute(delete(META).where(META.c.name == name))


def read_all(connection: Connection) -> list[tuple[str, str]]:
    """Return all facts: names and contents."""
    return [(row.name, row.content) for row in connection.execute(select(META).order_by(META.c.name))]


def fingerprint(version: Mapping[Any, Any]) -> int:
    """Return the part that a version has in the corpus's fingerprint.

    Args:
        version: Columns of a version row by name.
    """
    fields = "\0".join(str(version[name]) for name in FINGERPRINT_FIELDS)
    return int.from_bytes(blake2b(fields.encode(), digest_size=FINGERPRINT_BITS // 8).digest())


def add_to_fingerprint(connection: Connection, change: int) -> None:
    """Add a change, positive or negative, to the corpus's fingerprint."""
    held = int(read_meta(connection, CONTENT, "0"), 16)
    write_meta(connection, CONTENT, f"{(held + change) % 2**FINGERPRINT_BITS:016x}")


def add_to_vector_count(connection: Connection, change: int) -> None:
    """Add a change, positive or negative, to the number of vectors stored."""
    write_meta(connection, VECTOR_COUNT, str(int(read_meta(connection, VECTOR_COUNT, "0")) + change))


def read_revision(connection: Connection) -> str:
    """Return what changes whenever documents or vectors do: "fingerprint.vectors"."""
    return find_revision(rows_of(connection))


def find_revision(rows: Rows) -> str:
    """Return the same as a check asks for it."""
    held = dict(tuple(row) for row in rows(FACTS, names=[CONTENT, VECTOR_COUNT]))
    return f"{held.get(CONTENT, '0' * 16)}.{held.get(VECTOR_COUNT, '0')}"
