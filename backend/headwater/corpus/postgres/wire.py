"""Rows in the binary form of COPY: how many are stored at once, without being written out in words and read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from struct import Struct, pack
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Boolean, Connection, Integer, LargeBinary, Table

from headwater.corpus.postgres.types import SENT_AS, STORED_AS, PgVector
from headwater.corpus.rows import storable

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # no flags, no extension of the header
END = b"\xff\xff"
BLOCK = 1 << 16  # bytes sent at once
MOST_PLACES, LAST_PLACE = 255, (1 << 14) - 1  # of a stem in a `tsvector`

_SHORT, _LENGTH, _LONG, _HEADS = Struct(">h"), Struct(">i"), Struct(">q"), Struct(">HH")
_NONE = _LENGTH.pack(-1)

Write = Callable[[Any], bytes]


def copy_rows(connection: Connection, table: Table, rows: Sequence[Mapping[Any, Any]]) -> int:
    """Store rows of a table, and return how many.

    Args:
        connection: A writing connection.
        table: Of the corpus.
        rows: By the names of its columns, as SQLite holds them.
    """
    variant = connection.dialect
    columns = [(column.name, _writer(column.type.dialect_impl(variant))) for column in table.c]
    named = ", ".join(variant.identifier_preparer.quote(name) for name, _ in columns)
    values = ([(row[name], write) for name, write in columns] for row in rows)
    return copy_values(connection, f"{table.name} ({named})", values)


def copy_values(connection: Connection, target: str, rows: Iterable[Sequence[tuple[Any, Write]]]) -> int:
    """Store rows, each a list of values and of what writes them, and return how many.

    Args:
        connection: A writing connection.
        target: Table and columns, as SQL has them.
        rows: In the order of the columns.
    """
    driver: Any = connection.connection.driver_connection
    try:
        return int(driver.copy_in(f"COPY {target} FROM STDIN (FORMAT BINARY)", _blocks(rows)))
    except BaseException:
        connection.invalidate()  # the server still waits for rows: nothing else can be said to it
        raise


def write_text(value: str) -> bytes:
    """Write a text."""
    text: str = storable(value)
    return text.encode()


def write_integer(value: int) -> bytes:
    """Write an `integer`."""
    return _LENGTH.pack(value)


def write_number(value: int) -> bytes:
    """Write a `bigint`."""
    return _LONG.pack(value)


def write_truth(value: bool) -> bytes:
    """Write a `boolean`."""
    return b"\1" if value else b"\0"


def write_vector(stored: bytes) -> bytes:
    """Write a `vector`.

    Args:
        stored: As SQLite holds it: float32, little-endian.
    """
    numbers = np.frombuffer(stored, dtype=STORED_AS)
    return _HEADS.pack(len(numbers), 0) + numbers.astype(SENT_AS).tobytes()


def write_words(places: Mapping[str, Sequence[int]]) -> bytes:
    """Write a `tsvector`.

    Args:
        places: Of each stem, ascending, from 1.
    """
    parts = [_LENGTH.pack(len(places))]
    for stem, at in places.items():
        kept = at
        if len(at) > MOST_PLACES or at[-1] > LAST_PLACE:
            kept = sorted({min(place, LAST_PLACE) for place in at[:MOST_PLACES]})
        parts.append(stem.encode() + pack(f">xH{len(kept)}H", len(kept), *kept))
    return b"".join(parts)


def as_array(texts: Sequence[str]) -> str:
    """Return texts as PostgreSQL reads an array of them; the driver's own would read "null" as nothing."""
    escaped = (one.replace("\\", "\\\\").replace('"', '\\"') for one in texts)
    return "{" + ",".join(f'"{one}"' for one in escaped) + "}"


def _writer(kind: Any) -> Write:
    if isinstance(kind, PgVector):
        return write_vector
    if isinstance(kind, LargeBinary):
        return bytes
    if isinstance(kind, Boolean):
        return write_truth
    if isinstance(kind, BigInteger):
        return write_number
    return write_integer if isinstance(kind, Integer) else write_text


def _blocks(rows: Iterable[Sequence[tuple[Any, Write]]]) -> Iterator[bytes]:
    block = bytearray(SIGNATURE)
    for row in rows:
        block += _SHORT.pack(len(row))
        for value, write in row:
            if value is None:
                block += _NONE
            else:
                written = write(value)
                block += _LENGTH.pack(len(written))
                block += written
        if len(block) >= BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block) + END
