"""A SQLite corpus copied into PostgreSQL: in batches, each whole or not at all, and compared row by row at the end.

Where the copy stands is read from what it holds, so that it can be stopped at any instant and gone on with. Until it
has been compared, the database is marked as not whole, and no service opens it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from sqlalchemy import Connection, Table, collate, func, select, text

from headwater.corpus import changes, meta
from headwater.corpus.check_tables import CHECKS, DECISIONS, STEPS
from headwater.corpus.engine import CorpusDatabase
from headwater.corpus.key_tables import KEYS
from headwater.corpus.postgres import indexes
from headwater.corpus.postgres.comparing import compare
from headwater.corpus.postgres.counts import VECTOR_COUNTS
from headwater.corpus.postgres.engine import PostgresDatabase
from headwater.corpus.postgres.wire import copy_rows
from headwater.corpus.postgres.words import store_words
from headwater.corpus.series_tables import SERIES, SERIES_WORDS
from headwater.corpus.sync_tables import FINDS, SOURCES, SYNCS
from headwater.corpus.tables import DOCUMENTS, JOURNAL, PASSAGES, VECTORS, VERSIONS
from headwater.domain.errors import CorpusUnavailableError

NOT_COPIED = ("schema", meta.COPYING, changes.IDENTITY, "passages", "words")  # facts that each database has of its own
DERIVED = ("passage_words", "passage_vocabulary", "vector_counts", "passage_bits")


class Beginning(Enum):
    """What a copy finds."""

    PART = "nothing, or part of this copy"
    ANEW = "part of a copy of an earlier state, which was thrown away"
    WHOLE = "all of it"


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table that is copied.

    Args:
        table: The same in both databases.
        key: Name of the column that orders its rows.
        batch: Rows a transaction: some megabytes.
        title: What its rows are called.
    """

    table: Table
    key: str
    batch: int
    title: str

    @property
    def sequence(self) -> bool:
        """Whether the database numbers its rows."""
        return self.key in {"id", "number"} and self.table is not DOCUMENTS


COPIED = (
    CopiedTable(DOCUMENTS, "id", 10_000, "documents"),
    CopiedTable(VERSIONS, "id", 500, "versions"),
    CopiedTable(PASSAGES, "id", 5_000, "passages"),
    CopiedTable(SERIES, "id", 500, "series"),
    CopiedTable(SERIES_WORDS, "id", 10_000, "words of series"),
    CopiedTable(VECTORS, "id", 2_000, "vectors"),
    CopiedTable(changes.REMOVALS, "number", 10_000, "removals"),
    CopiedTable(JOURNAL, "path", 5_000, "files read"),
    CopiedTable(SOURCES, "name", 5_000, "sources added"),
    CopiedTable(SYNCS, "source", 5_000, "syncs"),
    CopiedTable(FINDS, "find", 5_000, "documents listed"),
    CopiedTable(KEYS, "key_id", 5_000, "keys"),
    CopiedTable(CHECKS, "check_id", 100, "saved checks"),
    CopiedTable(STEPS, "step", 1_000, "claims of saved checks"),
    CopiedTable(DECISIONS, "decision", 5_000, "decisions on saved checks"),
)


class CopyProgress(Protocol):
    """Hears how far a copy is."""

    def rows_copied(self, title: str, rows: int, total: int) -> None:
        """Some rows of a kind are in the new database."""
        ...

    def stage_begun(self, title: str) -> None:
        """Work has begun whose length is not known."""
        ...


@dataclass(frozen=True, slots=True)
class CopyOutcome:
    """What a copy came to.

    Args:
        rows: Rows by kind, equal in both databases.
        copied: How many of them this run copied.
        begun_anew: Whether a copy of an earlier state of the corpus was thrown away.
    """

    rows: Mapping[str, int]
    copied: int
    begun_anew: bool = False


def copy_corpus(source: CorpusDatabase, target: PostgresDatabase, progress: CopyProgress) -> CopyOutcome:
    """Copy a corpus, or go on with a copy, and compare both at the end.

    Args:
        source: The SQLite corpus, at the head of the history. It is read as it stands when the copy begins.
        target: A PostgreSQL database at the head of the history: empty, or holding part of this copy, or all of it.
        progress: Hears how far it is.

    Raises:
        CorpusUnavailableError: If the target holds something else, or the comparison finds a difference.
    """
    with source.read() as connection:
        beginning = _begin(connection, target)
        copied = 0
        if beginning is not Beginning.WHOLE:
            copied = sum(_copy_table(connection, target, one, progress) for one in COPIED)
            progress.stage_begun("facts about the corpus")
            _copy_facts(connection, target)
            _make_indexes(target, progress)
        progress.stage_begun("comparing both")
        with target.read() as copy:
            rows = {one.title: compare(connection, copy, one.table, one.key) for one in COPIED}
    if beginning is not Beginning.WHOLE:
        with target.write() as copy:
            meta.delete_meta(copy, meta.COPYING)
            copy.exec_driver_sql("ANALYZE")
    return CopyOutcome(rows, copied, begun_anew=beginning is Beginning.ANEW)


def _begin(source: Connection, target: PostgresDatabase) -> Beginning:
    """Mark the target as not whole, and say what it holds."""
    name = f"{changes.read_identity(source)} {changes.read_change(source)}"
    with target.write() as copy:
        held = meta.read_meta(copy, meta.COPYING)
        if held.partition(" ")[0] not in {"", changes.read_identity(source)}:
            raise CorpusUnavailableError("the database holds part of a copy of another corpus: give an empty one")
        empty = copy.execute(select(DOCUMENTS.c.id).limit(1)).first() is None
        if not held and not empty:
            if meta.read_revision(copy) == meta.read_revision(source):
                return Beginning.WHOLE
            raise CorpusUnavailableError(
                "the database holds another corpus already, or one that went on since it was copied: give an empty one"
            )
        if held and held != name:
            _empty(copy)
        if not held or held != name:
            indexes.drop_word_index(copy)  # made at the end, at once: filling it row by row takes ten times as long
        meta.write_meta(copy, meta.COPYING, name)
    return Beginning.PART if held in {"", name} else Beginning.ANEW


def _empty(target: Connection) -> None:
    names = ", ".join([*(one.table.name for one in COPIED), *DERIVED])
    target.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
    for name in ("passages", "words"):
        meta.delete_meta(target, name)


def _copy_table(source: Connection, target: PostgresDatabase, one: CopiedTable, progress: CopyProgress) -> int:
    total = int(source.execute(select(func.count()).select_from(one.table)).scalar_one())
    copied = 0
    done = 0
    while True:
        with target.write() as copy:
            if not copied:
                done = int(copy.execute(select(func.count()).select_from(one.table)).scalar_one())
            rows = _next_rows(source, copy, one)
            if rows:
                _store_rows(copy, one.table, rows)
            elif one.sequence:
                _follow_numbers(copy, one)
        if not rows:
            return copied
        copied += len(rows)
        progress.rows_copied(one.title, done + copied, total)


def _next_rows(source: Connection, target: Connection, one: CopiedTable) -> Sequence[Mapping[Any, Any]]:
    key = one.table.c[one.key]
    ordered = key if one.sequence else collate(key, "C")  # SQLite orders text by its bytes
    last = target.execute(select(func.max(ordered))).scalar_one()
    wanted = select(*one.table.c).order_by(key).limit(one.batch)
    return source.execute(wanted if last is None else wanted.where(key > last)).mappings().all()


def _store_rows(target: Connection, table: Table, rows: Sequence[Mapping[Any, Any]]) -> None:
    copy_rows(target, table, rows)
    if table is PASSAGES:
        store_words(target, [(row["id"], row["version_id"], row["text"]) for row in rows])


def _follow_numbers(target: Connection, one: CopiedTable) -> None:
    """Let the database number its next row after those copied."""
    target.execute(
        text(
            f"SELECT setval(pg_get_serial_sequence('{one.table.name}', '{one.key}'), "  # noqa: S608 - names of this file
            f"(SELECT coalesce(max({one.key}), 1) FROM {one.table.name}), "
            f"EXISTS (SELECT 1 FROM {one.table.name}))"
        )
    )


def _copy_facts(source: Connection, target: PostgresDatabase) -> None:
    facts = {name: content for name, content in meta.read_all(source) if name not in NOT_COPIED}
    with target.write() as copy:
        for name, content in facts.items():
            meta.write_meta(copy, name, content)
        changes.give_identity(copy)


def _make_indexes(target: PostgresDatabase, progress: CopyProgress) -> None:
    progress.stage_begun("index of the words")
    with target.write() as copy:
        indexes.make_word_index(copy)
        models = copy.execute(select(VECTOR_COUNTS.c.model, VECTOR_COUNTS.c.dimensions)).all()
    progress.stage_begun("index of the vectors")
    for model, dimensions in models:
        with target.write() as copy:
            indexes.make_index(copy, model, dimensions)
