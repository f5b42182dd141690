"""How much there is, kept by the database itself: counting a hundred million rows takes a minute, reading a sum none.

Triggers made by the first migration keep `vector_counts` right, whichever statement stores or deletes.
"""

from __future__ import annotations

from sqlalchemy import Connection, column, select, table

from headwater.corpus.meta import read_meta

PASSAGES_INDEXED = "passages"  # in corpus_meta: how many passages have their words in the index
VECTOR_COUNTS = table(
    "vector_counts", column("model"), column("number"), column("dimensions"), column("vectors"), column("passages")
)


def count_indexed(connection: Connection) -> int:
    """Return how many passages are stored: all of them have their words in the index."""
    return int(read_meta(connection, PASSAGES_INDEXED, "0"))


def count_owners(connection: Connection, model: str) -> int:
    """Return how many passages have a vector of a model."""
    held = select(VECTOR_COUNTS.c.passages).where(VECTOR_COUNTS.c.model == model)
    return int(connection.execute(held).scalar_one_or_none() or 0)


def count_vectors(connection: Connection) -> dict[str, int]:
    """Return how many vectors are stored of each model."""
    held = select(VECTOR_COUNTS.c.model, VECTOR_COUNTS.c.vectors).where(VECTOR_COUNTS.c.vectors > 0)
    return {row[0]: int(row[1]) for row in connection.execute(held.order_by(VECTOR_COUNTS.c.model))}


def find_dimensions(connection: Connection, model: str) -> int | None:
    """Return how many dimensions the stored vectors of a model have, or None if there are none."""
    held = select(VECTOR_COUNTS.c.dimensions).where(VECTOR_COUNTS.c.model == model, VECTOR_COUNTS.c.vectors > 0)
    found = connection.execute(held).scalar_one_or_none()
    return None if found is None else int(found)
