"""Two databases compared, row by row: counts and digests of everything, in one order."""

from __future__ import annotations

from hashlib import blake2b

from sqlalchemy import Connection, String, Table, collate, select

from headwater.corpus.rows import storable
from headwater.corpus.upserts import is_postgres
from headwater.domain.errors import CorpusUnavailableError

ROWS_AT_ONCE = 2_000  # of a table that may be larger than memory


def compare(one: Connection, other: Connection, table: Table, key: str) -> int:
    """Return how many rows a table has in both databases.

    Args:
        one: To one database.
        other: To the other.
        table: The same in both.
        key: Name of the column that orders its rows.

    Raises:
        CorpusUnavailableError: If a row differs or is missing.
    """
    here, there = digest_rows(one, table, key), digest_rows(other, table, key)
    if here != there:
        raise CorpusUnavailableError(
            f"the copy differs in {table.name}: {here[0]:,} rows {here[1]} there, {there[0]:,} rows {there[1]} in the "
            "copy; something else has written to the database: give an empty one"
        )
    return here[0]


def digest_rows(connection: Connection, table: Table, key: str) -> tuple[int, str]:
    """Return how many rows a table has, and the digest of all of them.

    Args:
        connection: To the database.
        table: Of the corpus.
        key: Name of the column that orders its rows.
    """
    column = table.c[key]
    by_bytes = isinstance(column.type, String) and is_postgres(connection)
    wanted = select(*table.c).order_by(collate(column, "C") if by_bytes else column)
    digest, rows = blake2b(digest_size=8), 0
    with connection.execution_options(yield_per=ROWS_AT_ONCE).execute(wanted) as found:
        for row in found:
            digest.update(repr(tuple(map(storable, row))).encode())
            rows += 1
    return rows, digest.hexdigest()
