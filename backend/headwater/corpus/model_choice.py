"""Which embedding model answers for a corpus, and which one is to take its place.

Both are kept in the corpus itself: vectors are of use only to the model that made them, so whoever opens a corpus, on
whatever machine, has to come to the same model, and a copy or a backup takes the choice along.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from headwater.corpus.changes import count_change
from headwater.corpus.engine import CorpusDatabase
from headwater.corpus.meta import delete_meta, read_meta, write_meta
from headwater.corpus.vectors import count_unencoded

IN_USE, WANTED = "model", "model_wanted"


@dataclass(frozen=True, slots=True)
class ModelInUse:
    """The model that answers.

    Args:
        name: To open it by.
        id: Name and fingerprint of what it computes; its vectors are stored under it.
    """

    name: str
    id: str


class ModelChoice:
    """The choice of one corpus. Safe to share between threads.

    Args:
        database: Of the corpus.
    """

    def __init__(self, database: CorpusDatabase) -> None:
        self._database = database

    def in_use(self) -> ModelInUse | None:
        """Return the model that answers, or None where none was ever chosen.

        Raises:
            CorpusUnavailableError: If the database cannot be read.
        """
        with self._database.read() as connection:
            return _read(connection)

    def wanted(self) -> str:
        """Return the name of the model that is to answer once all passages have its vectors, or "".

        Raises:
            CorpusUnavailableError: If the database cannot be read.
        """
        with self._database.read() as connection:
            return read_meta(connection, WANTED)

    def want(self, name: str) -> None:
        """Note which model is to answer; until its index is whole, the one in use goes on.

        Args:
            name: To open it by.

        Raises:
            CorpusUnavailableError: If the database cannot be written.
        """
        with self._database.write() as connection:
            write_meta(connection, WANTED, name)

    def use(self, model: ModelInUse) -> bool:
        """Make a model the one that answers, if every passage has its vector; all or nothing, in one transaction.

        Args:
            model: Which.

        Returns:
            bool: False where passages have no vector of it, and nothing was changed.

        Raises:
            CorpusUnavailableError: If the database cannot be written.
        """
        with self._database.write() as connection:
            if count_unencoded(connection, model.id):
                return False
            if _read(connection) != model:
                write_meta(connection, IN_USE, json.dumps({"name": model.name, "id": model.id}))
                count_change(connection)  # services that have the corpus open look again
            delete_meta(connection, WANTED)
            return True


def _read(connection: Connection) -> ModelInUse | None:
    held = read_meta(connection, IN_USE)
    if not held:
        return None
    fields = json.loads(held)
    return ModelInUse(fields["name"], fields["id"])
