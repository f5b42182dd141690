"""Inserting what may be there already: both databases can, each through its own kind of statement."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that can say what is done on conflict, in the language of the connection's database.

    Args:
        connection: To the database.
        table: Where the rows go.
    """
    return postgresql.insert(table) if is_postgres(connection) else sqlite.insert(table)


def is_postgres(connection: Connection) -> bool:
    """Say whether the connection leads to PostgreSQL; otherwise it is SQLite."""
    return connection.dialect.name == "postgresql"
