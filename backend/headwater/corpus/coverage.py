"""What the corpus covers: publishers, kinds, languages, days; read once for each state of the corpus."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, case, func, select

from headwater.corpus import changes, meta
from headwater.corpus.sync_records import FindCounts, SyncState
from headwater.corpus.syncing import read_find_counts, read_states
from headwater.corpus.tables import DOCUMENTS, VERSIONS
from headwater.domain.coverage import CorpusScope

SCOPE_PUBLISHERS = 5  # as many as one line can name
SCOPE_SECONDS = 30.0  # while documents pour in, the line under an answer may be so old


@dataclass(slots=True)
class HeldOf:
    """What the corpus holds of one publisher; days are YYYY-MM-DD, "" where no version has a date.

    Args:
        publisher: As the latest version of each document names it.
        documents: By document type.
        languages: Documents by language.
        versions: Of all of them.
        first_day: The earliest.
        last_day: The latest.
    """

    publisher: str
    documents: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    versions: int = 0
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class CorpusCoverage:
    """What a corpus holds.

    Args:
        revision: Of the corpus.
        passages: How many there are.
        publishers: Those with most documents first.
        statuses: Documents by what became of them.
        syncs: Where the syncs stand, of each source that was ever synced.
        finds: How many documents their listings named, by state.
    """

    revision: str
    passages: int
    publishers: tuple[HeldOf, ...]
    statuses: dict[str, int]
    syncs: tuple[SyncState, ...]
    finds: dict[str, FindCounts]

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return sum(self.statuses.values())

    @property
    def languages(self) -> Counter[str]:
        """Documents by language."""
        return sum((held.languages for held in self.publishers), Counter[str]())

    @property
    def document_types(self) -> Counter[str]:
        """Documents by type."""
        return sum((held.documents for held in self.publishers), Counter[str]())

    @property
    def scope(self) -> CorpusScope:
        """The same in short."""
        firsts = [held.first_day for held in self.publishers if held.first_day]
        lasts = [held.last_day for held in self.publishers if held.last_day]
        return CorpusScope(
            documents=self.documents,
            publishers=tuple(held.publisher for held in self.publishers[:SCOPE_PUBLISHERS]),
            publisher_count=len(self.publishers),
            first_day=date.fromisoformat(min(firsts)) if firsts else None,
            last_day=date.fromisoformat(max(lasts)) if lasts else None,
            languages=tuple(name for name, _ in most_common(self.languages)),
            last_sync=max((state.finished for state in self.syncs if state.finished), default=None),
        )


class CoverageReader:
    """Reads the coverage of a corpus again only where the corpus has changed. Safe to share between threads.

    Args:
        connect: Opens a reading connection.
        count_passages: Counts them.
    """

    def __init__(
        self, connect: Callable[[], AbstractContextManager[Connection]], count_passages: Callable[[], int]
    ) -> None:
        self._connect, self._count_passages = connect, count_passages
        self._lock = threading.Lock()
        self._mark: object = None
        self._coverage: CorpusCoverage | None = None
        self._scope: CorpusScope | None = None
        self._looked = -SCOPE_SECONDS

    def read(self) -> CorpusCoverage:
        """Return what the corpus holds now."""
        with self._lock, self._connect() as connection:
            states = tuple(state for _, state in sorted(read_states(connection).items()))
            finds = read_find_counts(connection)
            mark = (changes.read_change(connection), meta.read_revision(connection), states, tuple(finds.items()))
            if self._coverage is None or mark != self._mark:
                self._coverage = CorpusCoverage(
                    revision=meta.read_revision(connection),
                    passages=self._count_passages(),
                    publishers=read_held(connection),
                    statuses=read_statuses(connection),
                    syncs=states,
                    finds=finds,
                )
                self._scope = self._coverage.scope
                self._mark = mark
            self._looked = time.monotonic()
            return self._coverage

    def scope(self) -> CorpusScope:
        """Return in short what the corpus holds, or held some seconds ago: it is asked for with every check."""
        held = self._scope
        if held is not None and time.monotonic() - self._looked < SCOPE_SECONDS:
            return held
        return self.read().scope


def read_held(connection: Connection) -> tuple[HeldOf, ...]:
    """Return what the corpus holds of each publisher, those with most documents first.

    Args:
        connection: To the corpus.
    """
    wanted = (
        select(
            VERSIONS.c.publisher,
            VERSIONS.c.document_type,
            DOCUMENTS.c.language,
            func.sum(case((VERSIONS.c.is_latest, 1), else_=0)),
            func.count(),
            func.min(VERSIONS.c.first_day),
            func.max(VERSIONS.c.last_day),
        )
        .select_from(VERSIONS.join(DOCUMENTS, VERSIONS.c.document_id == DOCUMENTS.c.id))
        .group_by(VERSIONS.c.publisher, VERSIONS.c.document_type, DOCUMENTS.c.language)
    )
    held: dict[str, HeldOf] = {}
    for publisher, kind, language, documents, versions, first_day, last_day in connection.execute(wanted):
        one = held.setdefault(publisher, HeldOf(publisher))
        one.documents[kind] += int(documents)
        one.languages[language] += int(documents)
        one.versions += versions
        one.first_day = min(filter(None, (one.first_day, first_day)), default="")
        one.last_day = max(one.last_day, last_day or "")
    return tuple(sorted(held.values(), key=_size))


def read_statuses(connection: Connection) -> dict[str, int]:
    """Return how many documents there are by what became of them.

    Args:
        connection: To the corpus.
    """
    wanted = select(DOCUMENTS.c.status, func.count()).group_by(DOCUMENTS.c.status).order_by(DOCUMENTS.c.status)
    return {status: int(count) for status, count in connection.execute(wanted)}


def _size(held: HeldOf) -> tuple[int, str]:
    return -held.documents.total(), held.publisher


def most_common(counted: Counter[str]) -> Sequence[tuple[str, int]]:
    """Return what was counted, most frequent first, equal counts by name; what counts nothing is left out."""
    return sorted(((name, count) for name, count in counted.items() if count), key=lambda one: (-one[1], one[0]))
