"""Taking documents out of the corpus, with their versions, passages and words, in the caller's transaction.

Vectors stay: they belong to texts, other passages may have the same words, and a text that comes back need not be
encoded again. `prune_vectors` takes out those whose text stands nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from headwater.corpus.changes import count_reset, note_removals
from headwater.corpus.meta import add_to_fingerprint, add_to_vector_count, fingerprint
from headwater.corpus.reading import in_parts
from headwater.corpus.series import remove_series
from headwater.corpus.statuses import status_part
from headwater.corpus.tables import DOCUMENTS, PASSAGES, VECTORS, VERSIONS
from headwater.corpus.word_index import remove_words


def remove_documents(connection: Connection, identifiers: Sequence[str]) -> int:
    """Delete documents with all their versions, and return how many there were.

    Args:
        connection: The writing connection.
        identifiers: Of documents; those that are not stored are passed over.
    """
    removed = 0
    for part in in_parts(identifiers):
        held = connection.execute(select(VERSIONS).where(VERSIONS.c.document_id.in_(part))).mappings().all()
        for versions in in_parts(int(row["id"]) for row in held):
            _remove_passages(connection, versions)
            connection.execute(delete(VERSIONS).where(VERSIONS.c.id.in_(versions)))
        states = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id.in_(part))).mappings().all()
        removed += connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id.in_(part))).rowcount
        add_to_fingerprint(connection, -sum(map(fingerprint, held)) - sum(map(status_part, states)))
    return removed


def prune_vectors(connection: Connection) -> int:
    """Delete the vectors of texts that stand in no passage, and return how many there were.

    Args:
        connection: The writing connection.
    """
    unused = VECTORS.c.text_hash.not_in(select(PASSAGES.c.text_hash))
    models = connection.execute(select(VECTORS.c.model).where(unused).distinct()).scalars().all()
    pruned = connection.execute(delete(VECTORS).where(unused)).rowcount
    add_to_vector_count(connection, -pruned)
    for model in models:
        count_reset(connection, model)
    return pruned


def _remove_passages(connection: Connection, versions: Sequence[int]) -> None:
    mine = PASSAGES.c.version_id.in_(versions)
    passages = [int(one) for one in connection.execute(select(PASSAGES.c.id).where(mine)).scalars()]
    note_removals(connection, passages)
    remove_series(connection, versions)
    remove_words(connection, versions)
    connection.execute(delete(PASSAGES).where(mine))
