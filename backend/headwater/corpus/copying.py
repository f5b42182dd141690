"""A SQLite file's corpus into a PostgreSQL database: opening both, and the copy between them."""

from __future__ import annotations

from pathlib import Path

from headwater.corpus import changes, migrating
from headwater.corpus.engine import Database
from headwater.corpus.postgres.copying import CopyOutcome, CopyProgress, copy_corpus
from headwater.corpus.postgres.engine import PostgresDatabase

__all__ = ["CopyOutcome", "CopyProgress", "copy_file"]


def copy_file(source: Path, url: str, progress: CopyProgress) -> CopyOutcome:
    """Copy a corpus into PostgreSQL, or go on with a copy that was stopped.

    Args:
        source: The SQLite file; one of an older program is brought up to date first.
        url: Of an empty database, or of one that holds part of the copy, or all of it.
        progress: Hears how far it is.

    Raises:
        CorpusUnavailableError: If one of the two cannot be used, the database holds something else, or the comparison
            at the end finds a difference.
    """
    target = PostgresDatabase(url)
    try:
        migrating.upgrade_server(target)
        file = Database(source)
        try:
            migrating.prepare_file(file)
            with file.write() as connection:
                changes.give_identity(connection)
            return copy_corpus(file, target, progress)
        finally:
            file.close()
    finally:
        target.close()
