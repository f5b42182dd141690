"""The word index as documents come and go, in whichever database it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text

from headwater.corpus.postgres.words import forget_words, index_words
from headwater.corpus.tables import WORD_INDEX
from headwater.corpus.upserts import is_postgres

ADD_WORDS = text(
    f"INSERT INTO {WORD_INDEX}(rowid, text) SELECT id, text FROM passages WHERE version_id = :version"  # noqa: S608
)
# FTS5's index keeps no text of its own here: it has to be told the words it is to forget.
FORGET_WORDS = text(
    f"INSERT INTO {WORD_INDEX}({WORD_INDEX}, rowid, text) "  # noqa: S608 - a constant of this package
    "SELECT 'delete', id, text FROM passages WHERE version_id IN :versions"
).bindparams(bindparam("versions", expanding=True))


def add_words(connection: Connection, version: int) -> None:
    """Take the words of a version's passages into the index.

    Args:
        connection: A writing connection.
        version: Row number of the version; its passages are stored.
    """
    if is_postgres(connection):
        index_words(connection, version)
    else:
        connection.execute(ADD_WORDS, {"version": version})


def remove_words(connection: Connection, versions: Sequence[int]) -> None:
    """Take the words of versions' passages out of the index.

    Args:
        connection: A writing connection.
        versions: Row numbers of the versions; their passages are still stored.
    """
    if is_postgres(connection):
        forget_words(connection, versions)
    else:
        connection.execute(FORGET_WORDS, {"versions": list(versions)})
