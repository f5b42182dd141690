"""Vectors of passages, by model. A text is encoded once for each model, in however many passages it stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, select

from headwater.corpus.meta import add_to_vector_count
from headwater.corpus.postgres import counts
from headwater.corpus.reading import in_parts
from headwater.corpus.tables import PASSAGES, VECTORS, VERSIONS
from headwater.corpus.upserts import insert_into, is_postgres

STORED_AS = np.dtype("<f4")


def read_unencoded(
    connection: Connection, model: str, limit: int, after: int, *, document: str = ""
) -> list[tuple[int, str]]:
    """Return passages whose text has no vector under a model, each text once, in order of their identifiers.

    Args:
        connection: A reading connection.
        model: Identifier of the model.
        limit: How many at most.
        after: Passages up to this identifier are left out.
        document: Identifier of the only document that is asked for; "" for all.
    """
    has_vector = select(VECTORS.c.id).where(VECTORS.c.model == model, VECTORS.c.text_hash == PASSAGES.c.text_hash)
    wanted = (
        select(PASSAGES.c.id, PASSAGES.c.text_hash, PASSAGES.c.text)
        .where(PASSAGES.c.id > after, ~has_vector.exists())
        .order_by(PASSAGES.c.id)
    )
    if document:
        mine = select(VERSIONS.c.id).where(VERSIONS.c.document_id == document)
        wanted = wanted.where(PASSAGES.c.version_id.in_(mine))
    texts: dict[bytes, tuple[int, str]] = {}
    with connection.execute(wanted) as rows:
        for row in rows:
            texts.setdefault(row.text_hash, (row.id, row.text))
            if len(texts) == limit:
                break
    return list(texts.values())


def count_unencoded(connection: Connection, model: str) -> int:
    """Return how many different texts have no vector under a model."""
    encoded = select(VECTORS.c.text_hash).where(VECTORS.c.model == model)
    missing = select(func.count(PASSAGES.c.text_hash.distinct())).where(PASSAGES.c.text_hash.not_in(encoded))
    return int(connection.execute(missing).scalar_one())


def store_vectors(connection: Connection, model: str, ids: Sequence[int], matrix: NDArray[np.float32]) -> int:
    """Store vectors, leave those that are stored, and return how many are new.

    Args:
        connection: The writing connection.
        model: Identifier of the model.
        ids: Passages, one a row of `matrix`.
        matrix: Unit vectors. Shape: (len(ids), dimensions).

    Raises:
        ValueError: If the shapes do not fit each other, or the vectors stored under the model.
    """
    if matrix.ndim != 2 or len(matrix) != len(ids):
        raise ValueError(f"{len(ids)} passages, but vectors of shape {matrix.shape}")
    if not len(ids):
        return 0
    held = find_dimensions(connection, model)
    if held is not None and held != matrix.shape[1]:
        raise ValueError(f"vectors of {matrix.shape[1]} dimensions, but {model} has {held} in this corpus")
    hashes: dict[int, bytes] = {}
    for part in in_parts(map(int, ids)):
        found = connection.execute(select(PASSAGES.c.id, PASSAGES.c.text_hash).where(PASSAGES.c.id.in_(part)))
        hashes |= {row.id: row.text_hash for row in found}
    rows = [
        {"model": model, "text_hash": hashes[int(one)], "vector": vector.astype(STORED_AS).tobytes()}
        for one, vector in zip(ids, matrix, strict=True)
        if int(one) in hashes
    ]
    before = count_vectors(connection).get(model, 0)
    if rows:
        connection.execute(insert_into(connection, VECTORS).on_conflict_do_nothing(), rows)
    new = count_vectors(connection).get(model, 0) - before
    add_to_vector_count(connection, new)
    return new


def read_vectors(connection: Connection, model: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return all vectors of a model with the passages they belong to, in order of the passages.

    Args:
        connection: A reading connection.
        model: Identifier of the model.

    Returns:
        Passage identifiers, ascending, and unit vectors. Shapes: (n,) and (n, dimensions).
    """
    found = connection.execute(
        select(VECTORS.c.text_hash, VECTORS.c.vector).where(VECTORS.c.model == model).order_by(VECTORS.c.id)
    ).all()
    if not found:
        return np.empty(0, dtype=np.int64), np.empty((0, 0), dtype=np.float32)
    stored = np.frombuffer(b"".join(row[1] for row in found), dtype=STORED_AS).reshape(len(found), -1)
    place = {row[0]: index for index, row in enumerate(found)}
    passages = connection.execute(select(PASSAGES.c.id, PASSAGES.c.text_hash).order_by(PASSAGES.c.id))
    pairs = [(row[0], place[row[1]]) for row in passages if row[1] in place]
    ids, rows = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return np.ascontiguousarray(ids), stored[rows].astype(np.float32, copy=False)


def find_dimensions(connection: Connection, model: str) -> int | None:
    """Return how many dimensions the stored vectors of a model have, or None if there are none."""
    if is_postgres(connection):
        return counts.find_dimensions(connection, model)
    one = select(func.length(VECTORS.c.vector)).where(VECTORS.c.model == model).limit(1)
    held = connection.execute(one).scalar_one_or_none()
    return None if held is None else int(held) // STORED_AS.itemsize


def count_vectors(connection: Connection) -> dict[str, int]:
    """Return how many vectors are stored of each model."""
    if is_postgres(connection):
        return counts.count_vectors(connection)
    rows = connection.execute(select(VECTORS.c.model, func.count()).group_by(VECTORS.c.model).order_by(VECTORS.c.model))
    return {row[0]: int(row[1]) for row in rows}


def delete_vectors(connection: Connection, model: str) -> int:
    """Delete all vectors of a model and return how many there were."""
    held = count_vectors(connection).get(model, 0)
    connection.execute(delete(VECTORS).where(VECTORS.c.model == model))
    add_to_vector_count(connection, -held)
    return held
