"""What has changed since: the change number, the corpus's identity, and the vectors an index has not seen yet.

Passages and vectors are numbered in the order they are stored, and there is one writer: what an index has missed is
what stands above its marks. Removals have a list of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from secrets import token_hex
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Row, Table, func, insert, select
from sqlmodel import SQLModel

from headwater.corpus.contract import Ids, VectorChanges, VectorMark
from headwater.corpus.meta import read_meta, write_meta
from headwater.corpus.quick import Rows, rows_of
from headwater.corpus.tables import META, NUMBER, PASSAGES, VECTORS
from headwater.corpus.vectors import STORED_AS

CHANGES, IDENTITY, PASSAGES_GIVEN = "changes", "identity", "passages_given"
READ_CHANGE = select(META.c.content).where(META.c.name == CHANGES)
NO_VECTORS = np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float32)

# Vectors are read in order of their numbers, and the index by model, of no use there, would be preferred to it.
unindexed_model = VECTORS.c.model.concat("")

REMOVALS = Table(
    "removals",
    SQLModel.metadata,
    Column("number", NUMBER, primary_key=True),
    Column("passage_id", NUMBER, nullable=False),
)


def read_change(connection: Connection) -> int:
    """Return how often documents or vectors have changed."""
    return find_change(rows_of(connection))


def find_change(rows: Rows) -> int:
    """Return the same as every search asks for it."""
    held = rows(READ_CHANGE)
    return int(held[0][0]) if held else 0


def count_change(connection: Connection) -> None:
    """Raise the change number, in the transaction that makes the change; the first gives the corpus its identity."""
    give_identity(connection)
    write_meta(connection, CHANGES, str(read_change(connection) + 1))


def read_identity(connection: Connection) -> str:
    """Return what tells this corpus from any other, "" where it was never given."""
    return read_meta(connection, IDENTITY)


def give_identity(connection: Connection) -> None:
    """Give the corpus its identity, where it has none."""
    if not read_identity(connection):
        write_meta(connection, IDENTITY, token_hex(16))


def count_reset(connection: Connection, model: str) -> None:
    """Note that vectors of a model were deleted: what follows its vectors has to begin anew."""
    write_meta(connection, _resets(model), str(_read_resets(connection, model) + 1))


def count_stored(connection: Connection, model: str) -> None:
    """Note that vectors of a model were stored: what follows another model's need not look for them."""
    write_meta(connection, _stored(model), str(_read_stored(connection, model) + 1))


def note_removals(connection: Connection, passages: Sequence[int]) -> None:
    """Note passages as removed, and that their numbers are not to be given again.

    Args:
        connection: The writing connection.
        passages: Their numbers; they are still stored.
    """
    if not passages:
        return
    connection.execute(insert(REMOVALS), [{"passage_id": one} for one in passages])
    given = max(_highest_passage(connection), int(read_meta(connection, PASSAGES_GIVEN, "0")))
    write_meta(connection, PASSAGES_GIVEN, str(given))


def next_passage(connection: Connection) -> int | None:
    """Return the number for the next passage, or None where the database's own choice is right."""
    given = int(read_meta(connection, PASSAGES_GIVEN, "0"))
    return max(given, _highest_passage(connection)) + 1 if given else None


def read_changes(connection: Connection, model: str, since: VectorMark, limit: int) -> VectorChanges:
    """Return what an index of a model's vectors has missed; see `contract.VectorStore.vector_changes`.

    Args:
        connection: A reading connection.
        model: Identifier of the model.
        since: Where the index stands.
        limit: Of new vectors, and of passages.
    """
    resets = _read_resets(connection, model)
    if since.resets != resets:
        since = VectorMark(resets=resets)
    removal, removed = _read_removed(connection, since)
    stored = _read_stored(connection, model)
    numbers, vectors = NO_VECTORS
    if not stored or stored != since.stored:  # 0: by a program that did not count
        numbers, vectors = _read_new_vectors(connection, model, since.vector, limit)
    if len(numbers) == limit:
        stored = since.stored
    last_vector = int(numbers[-1]) if len(numbers) else since.vector
    upper, passed = _next_passages(connection, since.passage, limit)
    older = _older_owners(connection, model, since, last_vector)
    newer = _newer_owners(connection, model, (since.passage, upper), last_vector)
    # Number by number: of rows as they come, numpy asks each whether it is an array, which takes longer than the query.
    numbers_read = chain.from_iterable(map(tuple, chain(older, newer)))
    columns = np.fromiter(numbers_read, dtype=np.int64).reshape(-1, 3).T
    return VectorChanges(
        mark=VectorMark(resets, passage=upper, vector=last_vector, removal=removal, stored=stored),
        is_last=len(numbers) < limit and passed < limit,
        numbers=numbers,
        vectors=vectors,
        passages=columns[0],
        versions=columns[1],
        owned=columns[2],
        removed=removed,
    )


def _resets(model: str) -> str:
    return f"resets:{model}"


def _read_resets(connection: Connection, model: str) -> int:
    return int(read_meta(connection, _resets(model), "0"))


def _stored(model: str) -> str:
    return f"stored:{model}"


def _read_stored(connection: Connection, model: str) -> int:
    return int(read_meta(connection, _stored(model), "0"))


def _highest_passage(connection: Connection) -> int:
    return int(connection.execute(select(func.max(PASSAGES.c.id))).scalar_one() or 0)


def _read_removed(connection: Connection, since: VectorMark) -> tuple[int, Ids]:
    if not since.passage:  # a new index has none of them
        return int(connection.execute(select(func.max(REMOVALS.c.number))).scalar_one() or 0), np.zeros(0, np.int64)
    wanted = select(REMOVALS.c.number, REMOVALS.c.passage_id).where(REMOVALS.c.number > since.removal)
    rows = connection.execute(wanted.order_by(REMOVALS.c.number)).all()
    return (rows[-1][0] if rows else since.removal), np.array([row[1] for row in rows], dtype=np.int64)


def _read_new_vectors(connection: Connection, model: str, after: int, limit: int) -> tuple[Ids, NDArray[np.float32]]:
    wanted = select(VECTORS.c.id, VECTORS.c.vector).where(unindexed_model == model, VECTORS.c.id > after)
    rows = connection.execute(wanted.order_by(VECTORS.c.id).limit(limit)).all()
    if not rows:
        return NO_VECTORS
    stored = np.frombuffer(b"".join(row[1] for row in rows), dtype=STORED_AS).reshape(len(rows), -1)
    return np.array([row[0] for row in rows], dtype=np.int64), stored.astype(np.float32, copy=False)


def _next_passages(connection: Connection, after: int, limit: int) -> tuple[int, int]:
    """Return the highest of the next passages, and how many they are."""
    part = select(PASSAGES.c.id).where(PASSAGES.c.id > after).order_by(PASSAGES.c.id).limit(limit).subquery()
    highest, count = connection.execute(select(func.max(part.c.id), func.count(part.c.id))).one()
    return int(highest or after), int(count)


def _older_owners(
    connection: Connection, model: str, since: VectorMark, last_vector: int
) -> Sequence[Row[Any, Any, Any]]:
    """Return passages seen before whose vector is new."""
    if last_vector == since.vector or not since.passage:
        return ()
    joined = VECTORS.join(PASSAGES, PASSAGES.c.text_hash == VECTORS.c.text_hash)
    wanted = (
        select(PASSAGES.c.id, PASSAGES.c.version_id, VECTORS.c.id)
        .select_from(joined)
        .where(unindexed_model == model, VECTORS.c.id > since.vector, VECTORS.c.id <= last_vector)
        .where(PASSAGES.c.id + 0 <= since.passage)  # likewise: the new vectors lead the search
    )
    return connection.execute(wanted).all()


def _newer_owners(
    connection: Connection, model: str, between: tuple[int, int], last_vector: int
) -> Sequence[Row[Any, Any, Any]]:
    """Return new passages whose vector is new or older."""
    same = (VECTORS.c.model == model, VECTORS.c.text_hash == PASSAGES.c.text_hash, VECTORS.c.id <= last_vector)
    vector = select(VECTORS.c.id).where(*same).scalar_subquery()  # a join would be led by all vectors of the model
    wanted = (
        select(PASSAGES.c.id, PASSAGES.c.version_id, vector)
        .where(PASSAGES.c.id > between[0], PASSAGES.c.id <= between[1])
        .order_by(PASSAGES.c.id)
    )
    return [row for row in connection.execute(wanted).all() if row[2] is not None]
