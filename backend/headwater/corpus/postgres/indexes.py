"""The index of a model's vectors: one graph a model, of half-precision copies; the column keeps the exact ones.

Half precision halves the graph and loses one of the nearest 100; bits would be a third of its size, and in one trial of
62,000 vectors lost four to thirteen of them, by how many were looked at.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, literal_column, select, text
from sqlalchemy.exc import DBAPIError

from headwater.corpus.postgres.counts import VECTOR_COUNTS
from headwater.corpus.tables import VECTORS

NEIGHBOURS = 16  # links of each vector in the graph, pgvector's own default
BUILD_WIDTH = 100  # vectors looked at when one is linked in: 64, the default, loses twice as many neighbours
MOST_DIMENSIONS = 4_000  # of a half-precision index; a wider model is searched without one
WORD_INDEX = "ix_passage_words_words"  # made by the first migration
LEAST_BUILD_MB, MOST_BUILD_MB = (
    256,
    8_000,
)  # a graph that outgrows its memory while it is built is built ten times slower
GRAPH_BYTES = 600  # of a vector in a graph being built, beside its numbers; measured: 1 million of 384 take 1.3 GB


def of_model(model: str) -> ColumnElement[bool]:
    """Return the condition that a vector is a model's, in the words of its index, whose condition it has to match.

    Args:
        model: Identifier of the model.
    """
    named: ColumnElement[str] = bindparam(None, model, literal_execute=True)
    return VECTORS.c.model == named


def half_precision(dimensions: int) -> ColumnElement[Any]:
    """Return the vector as its index has it.

    Args:
        dimensions: Of the model.
    """
    return literal_column(f"(vectors.vector::halfvec({int(dimensions)}))")


def index_name(model: str) -> str:
    """Return the name of the index of a model's vectors."""
    return f"ix_vectors_near_{blake2b(model.encode(), digest_size=8).hexdigest()}"


def make_index(connection: Connection, model: str, dimensions: int) -> bool:
    """Make the index of a model's vectors, where there is none, and say whether one was made.

    Args:
        connection: A writing connection.
        model: Identifier of the model.
        dimensions: Of its vectors.
    """
    name = index_name(model)
    there = connection.execute(text("SELECT to_regclass(:name) IS NOT NULL"), {"name": name}).scalar_one()
    if there or dimensions > MOST_DIMENSIONS:
        return False
    held = connection.execute(
        select(VECTOR_COUNTS.c.vectors).where(VECTOR_COUNTS.c.model == model)
    ).scalar_one_or_none()
    megabytes = int(held or 0) * (2 * dimensions + GRAPH_BYTES) // 1_000_000
    _allow_memory(connection, megabytes)
    statement = (
        f"CREATE INDEX {name} ON vectors USING hnsw ((vector::halfvec({int(dimensions)})) halfvec_ip_ops) "
        f"WITH (m = {NEIGHBOURS}, ef_construction = {BUILD_WIDTH}) WHERE model = {_literal(model)}"
    )
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(statement)
    except DBAPIError:
        # Several workers share memory that a container may not have (/dev/shm of 64 MB): one worker needs none.
        connection.exec_driver_sql("SET LOCAL max_parallel_maintenance_workers = 0")
        connection.exec_driver_sql(statement)
    return True


def drop_index(connection: Connection, model: str) -> None:
    """Drop the index of a model's vectors, where there is one.

    Args:
        connection: A writing connection.
        model: Identifier of the model.
    """
    connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index_name(model)}")


def make_word_index(connection: Connection) -> None:
    """Make the index of the passages' words, where there is none.

    Args:
        connection: A writing connection.
    """
    _allow_memory(connection, LEAST_BUILD_MB)
    connection.exec_driver_sql(
        f"CREATE INDEX IF NOT EXISTS {WORD_INDEX} ON passage_words USING gin (words) WITH (fastupdate = off)"
    )


def drop_word_index(connection: Connection) -> None:
    """Drop the index of the passages' words, where there is one.

    Args:
        connection: A writing connection.
    """
    connection.exec_driver_sql(f"DROP INDEX IF EXISTS {WORD_INDEX}")


def _allow_memory(connection: Connection, megabytes: int) -> None:
    allowed = min(max(megabytes, LEAST_BUILD_MB), MOST_BUILD_MB)
    connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{allowed}MB'")


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
