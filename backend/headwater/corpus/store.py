"""The corpus as the rest of the product sees it: one object, every method one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from headwater.corpus import changes, deleting, journal, meta, reading, searching, series, vectors
from headwater.corpus.contract import DenseSearch, VectorChanges, VectorMark, VersionFacts
from headwater.corpus.coverage import CoverageReader
from headwater.corpus.engine import CorpusDatabase, Database
from headwater.corpus.filters import PassageFilters
from headwater.corpus.migrating import prepare_file
from headwater.corpus.model_choice import ModelChoice
from headwater.corpus.stemming import Stemmer
from headwater.corpus.syncing import SyncRecords
from headwater.corpus.versions import Outcome, moment_of
from headwater.corpus.writing import AddOutcome, store_record
from headwater.domain.documents import Document, DocumentRecord, Passage
from headwater.domain.errors import NotFoundError
from headwater.domain.series import Series

EVERYTHING = PassageFilters()
EARLIEST = datetime.min.replace(tzinfo=UTC)


class CorpusStore:
    """Documents, versions, passages, words and vectors in one SQLite file. Safe to share between threads.

    A file of an older program is brought up to date; `backup` is then the copy that was made of it before.

    Args:
        path: Of the database file; made if there is none.

    Raises:
        CorpusUnavailableError: If the file cannot be opened, or was made by a newer version of the product.
    """

    def __init__(self, path: Path) -> None:
        database = Database(path)
        self._database: CorpusDatabase = database
        self._path = path
        self._stemmer = Stemmer()
        self._stem_counts = searching.StemCounts()
        self.backup = prepare_file(database)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._path

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an operator should know about the database; empty if all is well."""
        upgraded = f"the corpus was upgraded; as it was before, it is in {self.backup.name}" if self.backup else ""
        return tuple(warning for warning in (self._database.warning, upgraded) if warning)

    def close(self) -> None:
        """Close all connections; the store cannot be used after."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Documents

    def add_documents(self, records: Sequence[DocumentRecord]) -> AddOutcome:
        """Store records in one transaction: new documents, new versions of known ones, nothing twice.

        Args:
            records: Documents as their source yields them, in any order.

        Raises:
            CorpusUnavailableError: If the database cannot be written; then nothing of the batch is stored.
        """
        now = datetime.now(UTC)
        counted = dict.fromkeys(Outcome, 0)
        with self._database.write() as connection:
            for record in sorted(records, key=lambda one: moment_of(one) or EARLIEST):
                counted[store_record(connection, record, now)] += 1
            if sum(counted.values()) > counted[Outcome.UNCHANGED]:
                changes.count_change(connection)
        return AddOutcome(
            added=counted[Outcome.ADDED],
            new_versions=counted[Outcome.NEW_VERSION],
            unchanged=counted[Outcome.UNCHANGED] + counted[Outcome.REFRESHED],
        )

    def remove_documents(self, identifiers: Sequence[str]) -> int:
        """Delete documents with all their versions in one transaction, and return how many there were.

        Vectors of their texts stay until `prune_vectors`: what comes back need not be encoded again.

        Args:
            identifiers: Of documents; those that are not stored are passed over.

        Raises:
            CorpusUnavailableError: If the database cannot be written; then none is deleted.
        """
        with self._database.write() as connection:
            removed = deleting.remove_documents(connection, identifiers)
            if removed:
                changes.count_change(connection)
            return removed

    def document(self, identifier: str, version: int | None = None) -> Document:
        """Return a document with its text.

        Args:
            identifier: Of the document.
            version: Number of the version, or None for the latest.

        Raises:
            NotFoundError: If there is no such document or version.
        """
        with self._database.read() as connection:
            found = reading.find_document(connection, identifier, version)
        if found is None:
            raise NotFoundError("document" if version is None else f"version {version} of document", identifier)
        return found

    def document_text(self, identifier: str, version: int | None = None) -> str:
        """Return the text of a document as stored.

        Args:
            identifier: Of the document.
            version: Number of the version, or None for the latest.

        Raises:
            NotFoundError: If there is no such document or version.
        """
        return self.document(identifier, version).text

    def documents(self, identifiers: Sequence[str]) -> dict[str, Document]:
        """Return the latest version of each document that is stored, without its text, in the order asked for."""
        with self._database.read() as connection:
            return reading.read_documents(connection, identifiers)

    def versions(self, identifier: str) -> tuple[Document, ...]:
        """Return all versions of a document, oldest first, without their texts.

        Args:
            identifier: Of the document.

        Raises:
            NotFoundError: If there is no such document.
        """
        with self._database.quick() as rows:
            found = reading.read_versions(rows, identifier)
        if not found:
            raise NotFoundError("document", identifier)
        return found

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages that are stored, in the order asked for; their documents come without texts."""
        with self._database.quick() as rows:
            return reading.read_passages(rows, ids)

    def version_facts(self, numbers: Sequence[int]) -> dict[int, VersionFacts]:
        """Return what scoring has to know of some versions, by row number; those not stored are left out."""
        with self._database.quick() as rows:
            return reading.read_version_facts(rows, numbers)

    def passages_of(self, identifier: str, version: int | None = None) -> tuple[Passage, ...]:
        """Return the passages of a document in order; empty if there is no such version.

        Args:
            identifier: Of the document.
            version: Number of the version, or None for the latest.
        """
        with self._database.quick() as rows:
            return reading.read_passages_of(rows, identifier, version)

    def counts(self) -> reading.CorpusCounts:
        """Return how much the corpus holds."""
        with self._database.read() as connection:
            return reading.read_counts(connection)

    def document_count(self) -> int:
        """Return how many documents the corpus holds."""
        with self._database.read() as connection:
            return reading.count_documents(connection)

    def passage_count(self) -> int:
        """Return how many passages the corpus holds."""
        with self._database.read() as connection:
            return reading.count_passages(connection)

    @cached_property
    def coverage(self) -> CoverageReader:
        """What the corpus holds: publishers, kinds, languages, days."""
        return CoverageReader(self._database.read, self.passage_count)

    def revision(self) -> str:
        """Return what changes whenever documents or vectors do; equal on any machine that holds the same."""
        with self._database.quick() as rows:
            return meta.find_revision(rows)

    def change(self) -> int:
        """Return a number that rises with every change of documents or vectors, and never falls."""
        with self._database.quick() as rows:
            return changes.find_change(rows)

    def identity(self) -> str:
        """Return what tells this corpus from any other."""
        with self._database.read() as connection:
            return changes.read_identity(connection)

    def find_series(self, stems: Sequence[str], limit: int, filters: PassageFilters = EVERYTHING) -> tuple[Series, ...]:
        """Return the official series that share most words with what is asked; see `series.find_series`."""
        with self._database.read() as connection:
            return series.find_series(connection, stems, limit, filters)

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
            return searching.search_words(connection, terms, limit, filters)

    def stems(self, terms: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return each term's words as the word index holds them: lower case, stemmed, diacritics folded."""
        return self._stemmer.stems(terms)

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return for each term in how many passages it stands in any of its forms.

        A term of several words ("co-operation") has the count of the rarest; one that stands nowhere has 0.

        Args:
            terms: Words or short phrases as written.
        """
        stems = self._stemmer.stems(terms)
        with self._database.read() as connection:
            held = self._stem_counts.get(connection, (stem for parts in stems.values() for stem in parts))
        return {term: min((held[stem] for stem in parts), default=0) for term, parts in stems.items()}

    def passage_ids(self, filters: PassageFilters) -> NDArray[np.int64] | None:
        """Return the passages a filter passes, ascending, or None where it limits nothing."""
        with self._database.read() as connection:
            return searching.find_passage_ids(connection, filters)

    def version_numbers(self, filters: PassageFilters) -> NDArray[np.int64] | None:
        """Return row numbers of the versions a filter passes, ascending, or None where it limits nothing."""
        with self._database.read() as connection:
            return searching.find_version_numbers(connection, filters)

    def passing(self, ids: Sequence[int], filters: PassageFilters) -> list[int]:
        """Return those of some passages that a filter passes, in their order."""
        with self._database.read() as connection:
            return searching.find_passing(connection, ids, filters)

    # Vectors

    @property
    def index_folder(self) -> Path | None:
        """Where an index of the vectors may keep its files: beside the database."""
        return self.path.with_name(f"{self.path.name}-index")

    def dense_search(self, model: str) -> DenseSearch | None:  # noqa: ARG002
        """Return None: SQLite does not search vectors."""
        return None

    def vector_changes(self, model: str, since: VectorMark, limit: int) -> VectorChanges:
        """Return what was stored and removed since a mark, or the first part of it.

        Args:
            model: Identifier of the model.
            since: What an index has seen.
            limit: Of new vectors, and of passages.
        """
        with self._database.read() as connection:
            return changes.read_changes(connection, model, since, limit)

    def passages_without_vector(
        self, model: str, limit: int, *, after: int = 0, document: str = ""
    ) -> list[tuple[int, str]]:
        """Return passages whose text has no vector under a model, each different text once, by identifier.

        Args:
            model: Identifier of the model.
            limit: How many at most.
            after: Passages up to this identifier are left out.
            document: Identifier of the only document that is asked for; "" for all.
        """
        with self._database.read() as connection:
            return vectors.read_unencoded(connection, model, limit, after, document=document)

    def texts_without_vector(self, model: str) -> int:
        """Return how many different texts have no vector under a model."""
        with self._database.read() as connection:
            return vectors.count_unencoded(connection, model)

    def put_vectors(self, model: str, ids: Sequence[int], matrix: NDArray[np.float32]) -> int:
        """Store the vectors of passages, and so of all passages with the same text; return how many are new.

        Args:
            model: Identifier of the model.
            ids: Passages, one a row of `matrix`.
            matrix: Unit vectors. Shape: (len(ids), dimensions).

        Raises:
            ValueError: If the shapes do not fit each other, or the vectors stored under the model.
            CorpusUnavailableError: If the database cannot be written; then none is stored.
        """
        with self._database.write() as connection:
            new = vectors.store_vectors(connection, model, ids, matrix)
            if new:
                self._index_vectors(connection, model, matrix.shape[1])
                changes.count_stored(connection, model)
                changes.count_change(connection)
            return new

    def vectors(self, model: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return all vectors of a model: passage identifiers, ascending, and unit vectors.

        Args:
            model: Identifier of the model.

        Returns:
            Shapes: (n,) and (n, dimensions); (0,) and (0, 0) where there are none.
        """
        with self._database.read() as connection:
            return vectors.read_vectors(connection, model)

    @property
    def models(self) -> ModelChoice:
        """Which model answers, and which one is to."""
        return ModelChoice(self._database)

    def stored_models(self) -> dict[str, int]:
        """Return the models that have vectors here, with how many each."""
        with self._database.read() as connection:
            return vectors.count_vectors(connection)

    def reset_vectors(self, model: str) -> int:
        """Delete all vectors of a model, and their index, and return how many there were."""
        with self._database.write() as connection:
            self._drop_index(connection, model)
            deleted = vectors.delete_vectors(connection, model)
            if deleted:
                changes.count_reset(connection, model)
                changes.count_change(connection)
            return deleted

    def prune_vectors(self) -> int:
        """Delete the vectors of texts that stand in no passage any more, and return how many there were."""
        with self._database.write() as connection:
            pruned = deleting.prune_vectors(connection)
            if pruned:
                changes.count_change(connection)
            return pruned

    # Files read

    def journal_entry(self, path: str) -> journal.JournalEntry | None:
        """Return what is noted of a file, or None if it was never read to its end without a fault."""
        with self._database.read() as connection:
            return journal.find_entry(connection, path)

    def note_file(self, entry: journal.JournalEntry) -> None:
        """Note a file as read."""
        with self._database.write() as connection:
            journal.write_entry(connection, entry)

    # Keeping up with publishers

    @property
    def syncs(self) -> SyncRecords:
        """What syncs with publishers store."""
        return SyncRecords(self._database)

    # What another database does beside

    def _index_vectors(self, connection: Connection, model: str, dimensions: int) -> None:
        """Keep an index of new vectors in the database: nothing here, where files beside it hold the index."""

    def _drop_index(self, connection: Connection, model: str) -> None:
        """Drop what `_index_vectors` made."""
