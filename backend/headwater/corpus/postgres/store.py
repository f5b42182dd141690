"""The corpus in a PostgreSQL database: the same object, shared by any number of processes and machines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from headwater.corpus import vectors
from headwater.corpus.contract import DenseSearch
from headwater.corpus.filters import PassageFilters
from headwater.corpus.migrating import prepare_server
from headwater.corpus.postgres import indexes, words
from headwater.corpus.postgres.counts import count_indexed, count_owners
from headwater.corpus.postgres.dense import PostgresDense
from headwater.corpus.postgres.engine import PostgresDatabase
from headwater.corpus.stemming import Stemmer
from headwater.corpus.store import EVERYTHING, CorpusStore
from headwater.domain.errors import CorpusUnavailableError


class PostgresStore(CorpusStore):
    """Documents, versions, passages, words and vectors in one PostgreSQL database. Safe to share between threads.

    Any number of processes may have it open; writers take turns, and every process sees what another stored with its
    next call.

    Args:
        url: Of the database; an empty one is given its tables.
        search_vectors: Whether the database searches vectors itself; otherwise retrieval keeps an index of its own,
            which follows the database.

    Raises:
        CorpusUnavailableError: If it cannot be reached, or its tables are older or newer than this program's.
    """

    def __init__(self, url: str, *, search_vectors: bool = True) -> None:
        self._search_vectors = search_vectors
        database = PostgresDatabase(url)
        self._database = database
        self._stemmer = Stemmer()
        self.backup = None
        try:
            prepare_server(database)
        except BaseException:
            database.close()
            raise

    @property
    def path(self) -> Path:
        """There is none.

        Raises:
            CorpusUnavailableError: Always: the corpus is no file.
        """
        raise CorpusUnavailableError("a corpus in PostgreSQL is no file")

    def passage_count(self) -> int:
        """Return how many passages the corpus holds."""
        with self._database.read() as connection:
            return count_indexed(connection)

    # Words

    def lexical_search(
        self, terms: Sequence[str], limit: int, filters: PassageFilters = EVERYTHING
    ) -> list[tuple[int, float]]:
        """Return the passages that hold any of the terms, best first, with their BM25 weights (higher is better).

        Args:
            terms: Words or short phrases as written; nothing in them is read as query syntax.
            limit: How many at most.
            filters: Which passages may be returned.
        """
        with self._database.read() as connection:
            return words.search_words(connection, self._stemmer.stems(terms), limit, filters)

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return for each term in how many passages it stands in any of its forms.

        A term of several words ("co-operation") has the count of the rarest; one that stands nowhere has 0.

        Args:
            terms: Words or short phrases as written.
        """
        stems = self._stemmer.stems(terms)
        with self._database.read() as connection:
            held = words.count_stems(connection, (stem for parts in stems.values() for stem in parts))
        return {term: min((held.get(stem, 0) for stem in parts), default=0) for term, parts in stems.items()}

    # Vectors

    @property
    def index_folder(self) -> Path | None:
        """None: an index of the vectors is in the database, or in the memory of each service."""
        return None

    def dense_search(self, model: str) -> DenseSearch | None:
        """Return the database's own search among the vectors of a model, or None where there is none or it is unwanted.

        Args:
            model: Identifier of the model.
        """
        if not self._search_vectors:
            return None
        with self._database.read() as connection:
            dimensions = vectors.find_dimensions(connection, model)
            owners = count_owners(connection, model)
        if dimensions is None:
            return None
        return PostgresDense(self._database.read, model, dimensions=dimensions, passages=owners)

    def _index_vectors(self, connection: Connection, model: str, dimensions: int) -> None:
        indexes.make_index(connection, model, dimensions)

    def _drop_index(self, connection: Connection, model: str) -> None:
        indexes.drop_index(connection, model)
