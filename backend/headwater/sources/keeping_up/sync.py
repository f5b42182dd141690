"""A sync: what a source published since the last one is listed, read and stored; what is known is visited again.

It can end anywhere, by a kill too: each step is one transaction of the corpus, and the next sync goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from headwater.corpus.store import CorpusStore
from headwater.corpus.sync_records import StoredFind
from headwater.corpus.writing import AddOutcome
from headwater.domain.documents import DocumentStatus
from headwater.domain.errors import HeadwaterError, InvalidInputError, NotReadyError
from headwater.sources.fetching.clock import Clock, StoppedError, SystemClock
from headwater.sources.fetching.contract import Fetcher
from headwater.sources.fetching.errors import SourceUnavailableError
from headwater.sources.keeping_up.progress import SilentSync, SyncProgress
from headwater.sources.keeping_up.visiting import visit_find
from headwater.sources.publishers.contract import Found, SourceEntry, SourceReader
from headwater.sources.publishers.readers import make_reader

FIRST_DAYS = 30  # a first sync that is told nothing else lists a month: hours of courteous reading at most
OVERLAP = timedelta(days=1)  # indexes of publishers lag, and some know days alone
FINDS_A_STEP = 50  # listed or read between two looks at the clock of the corpus
MAX_KEY = 500
MAX_ATTEMPTS = 5  # then a find waits for its turn among the visits
RETRY_AFTER = timedelta(hours=1)
REVISIT_AFTER = timedelta(days=7)
REVISITS = 200  # a sync: at a courteous pace some minutes
LONGEST_PAUSE = 86_400.0  # seconds, that a publisher is granted
UNREACHABLE_IN_A_ROW = 5  # then the publisher is left alone until the next sync


@dataclass(slots=True)
class SyncSummary:
    """What the sync of one source came to.

    Args:
        source: That was synced.
        found: Documents listed.
        outcome: Documents added, new versions, documents that were there.
        unchanged: Pages that were as they had been.
        departed: Documents noted as gone or moved.
        problems: What could not be read.
        waiting: Documents that are still to be read.
        not_before: Until when the publisher wants to be left alone, or None.
        since: From when it was listed, or None for all.
    """

    source: SourceEntry
    found: int = 0
    outcome: AddOutcome = field(default_factory=AddOutcome)
    unchanged: int = 0
    departed: int = 0
    problems: list[str] = field(default_factory=list)
    waiting: int = 0
    not_before: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SyncParts:
    """What syncs are made with.

    Args:
        store: The corpus.
        fetcher: Fetches.
        clock: Tells the time.
        keep: Called at each step; raises `StoppedError` where the sync is to end.
        progress: Hears how far it is.
        revisits: How many known documents are visited again, at most.
    """

    store: CorpusStore
    fetcher: Fetcher
    clock: Clock = field(default_factory=SystemClock)
    keep: Callable[[], None] = lambda: None
    progress: SyncProgress = field(default_factory=SilentSync)
    revisits: int = REVISITS


def sync_sources(parts: SyncParts, sources: Sequence[SourceEntry], since: datetime | None = None) -> list[SyncSummary]:
    """Bring sources up to date, one after the other.

    Args:
        parts: What it is made with.
        sources: In order; a publisher that cannot be reached does not keep the others from being read.
        since: List from then on; None: from where the last sync came to.

    Returns:
        What each came to.

    Raises:
        CorpusUnavailableError: If the corpus cannot be written; what was stored before stays.
        StoppedError: If the sync is to end.
    """
    summaries = []
    for source in sources:
        parts.progress.source_begun(source)
        try:
            reader = make_reader(source)
        except InvalidInputError as error:
            summaries.append(SyncSummary(source, problems=[str(error)]))
            parts.progress.problem_met(str(error))
            continue
        summaries.append(SourceSync(parts, source, reader).run(since))
    return summaries


class SourceSync:
    """The sync of one source.

    Args:
        parts: What it is made with.
        source: Its entry.
        reader: Reads it.
    """

    def __init__(self, parts: SyncParts, source: SourceEntry, reader: SourceReader) -> None:
        self._parts, self._source, self._reader = parts, source, reader
        self._records = parts.store.syncs
        self._state = self._records.state(source.name)
        self._summary = SyncSummary(source)
        self._unreachable = 0

    def run(self, since: datetime | None = None) -> SyncSummary:
        """List, read, visit.

        Args:
            since: List from then on; None: from where the last sync came to.

        Returns:
            What it came to.

        Raises:
            CorpusUnavailableError: If the corpus cannot be written.
            StoppedError: If the sync is to end.
        """
        now = self._now()
        not_before = self._state.not_before
        # Beyond the longest pause: the clock was set back since.
        if not_before is not None and now < not_before <= now + timedelta(seconds=LONGEST_PAUSE):
            self._summary.not_before = not_before
            return self._summary
        self._begin(since, now)
        if self._list() and self._read_waiting(now):
            self._visit_known(now)
        self._end()
        return self._summary

    def _begin(self, since: datetime | None, now: datetime) -> None:
        state = self._state
        if state.begun is not None and since in {None, state.since}:
            self._summary.since = state.since  # goes on with the listing that was stopped
            return
        if since is None:
            since = state.listed - OVERLAP if state.listed else self._first(now)
        self._summary.since = since
        self._keep_state(begun=now, since=since, cursor="", problem="")

    def _first(self, now: datetime) -> datetime | None:
        stated = self._source.options.get("from", "")
        try:
            return datetime.fromisoformat(stated).replace(tzinfo=UTC) if stated else now - timedelta(days=FIRST_DAYS)
        except ValueError:
            return None  # the reader names the fault

    # Listing

    def _list(self) -> bool:
        """List to the end; say whether the publisher can be asked for more."""
        state = self._state
        try:
            for finds in self._found_in_steps():
                cursor = next((find.cursor for find in reversed(finds) if find.cursor), self._state.cursor)
                self._state = replace(self._state, cursor=cursor)
                self._summary.waiting += self._records.note_finds(
                    self._state, [_stored(find) for find in finds], self._reader.version
                )
                self._summary.found += len(finds)
                self._parts.progress.documents_found(self._summary.found)
                self._parts.keep()
        except (StoppedError, NotReadyError):
            raise
        except Exception as error:
            return self._note_trouble(error, "the list of documents could not be read to its end")
        gapless = state.listed is None or state.since is None or state.since <= state.listed
        self._keep_state(begun=None, since=None, cursor="", listed=state.begun if gapless else state.listed)
        return True

    def _found_in_steps(self) -> Iterator[list[Found]]:
        finding = self._reader.find(self._state.since, self._parts.fetcher, self._state.cursor)
        usable = (find for find in finding if self._is_usable(find))
        while finds := list(islice(usable, FINDS_A_STEP)):
            yield finds

    def _is_usable(self, find: Found) -> bool:
        if 0 < len(find.key) <= MAX_KEY:
            return True
        self._tell(f"a document of the list has a key that cannot be stored: {find.key[:80]!r}")
        return False

    # Reading

    def _read_waiting(self, now: datetime) -> bool:
        """Read all finds that wait; say whether the publisher can be asked for more."""
        limits = {"tried_before": now - RETRY_AFTER, "attempts": MAX_ATTEMPTS}
        read = 0
        total = max(self._summary.waiting, self._waiting())
        while finds := self._records.next_finds(self._source.name, FINDS_A_STEP, **limits):  # type: ignore[arg-type]
            for find in finds:
                if not self._visit(find):
                    return False
                read += 1
                self._parts.progress.documents_visited(read, max(total, read))
        return True

    def _visit_known(self, now: datetime) -> None:
        """Visit what has not been visited for long, so that what was withdrawn or is gone is seen."""
        finds = self._records.oldest_finds(self._source.name, self._parts.revisits, checked_before=now - REVISIT_AFTER)
        for number, find in enumerate(finds, 1):
            if not self._visit(find):
                return
            self._parts.progress.documents_visited(number, len(finds))

    def _visit(self, find: StoredFind) -> bool:
        """Visit one find and store what it came to; say whether the publisher can be asked for more."""
        self._parts.keep()
        try:
            visit = visit_find(self._reader, self._parts.fetcher, find, self._parts.keep)
            outcome = self._records.store_visit(self._source.name, find.key, visit)
        except (StoppedError, NotReadyError):
            raise
        except Exception as error:
            busy = isinstance(error, SourceUnavailableError) and error.retry_after is not None
            if not busy:  # otherwise it is no fault of the document's
                self._records.note_failure(self._source.name, find.key, _reason(error))
            return self._note_trouble(error, f"{find.key} could not be read")
        self._unreachable = 0
        self._summary.outcome += outcome
        self._summary.unchanged += visit.is_unchanged
        self._summary.departed += sum(
            change.status in {DocumentStatus.GONE, DocumentStatus.REDIRECTED} for _, change in visit.departures
        )
        return True

    def _note_trouble(self, error: Exception, what: str) -> bool:
        self._tell(f"{what}: {_reason(error)}")
        if not isinstance(error, SourceUnavailableError):
            return True
        if error.retry_after is not None:
            self._summary.not_before = self._now() + timedelta(seconds=min(error.retry_after, LONGEST_PAUSE))
            return False
        self._unreachable += 1
        return self._unreachable < UNREACHABLE_IN_A_ROW

    def _tell(self, problem: str) -> None:
        self._summary.problems.append(problem)
        self._parts.progress.problem_met(problem)

    # The end

    def _end(self) -> None:
        self._summary.waiting = self._waiting()
        problem = self._summary.problems[-1] if self._summary.problems else ""
        whole = not self._summary.problems and self._state.begun is None
        finished = self._now() if whole else self._state.finished
        self._keep_state(finished=finished, problem=problem, not_before=self._summary.not_before)

    def _waiting(self) -> int:
        counts = self._records.find_counts().get(self._source.name)
        return counts.waiting if counts else 0

    def _keep_state(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._records.write_state(self._state)

    def _now(self) -> datetime:
        return self._parts.clock.now()


def _stored(find: Found) -> StoredFind:
    updated = find.updated.astimezone(UTC).isoformat() if find.updated else ""
    return StoredFind(find.key, find.url, find.details, updated)


def _reason(error: Exception) -> str:
    """Return what is wrong in words fit to show; of a fault of the program only its kind, for it may hold text."""
    return str(error) if isinstance(error, HeadwaterError) else f"a fault of the reader ({type(error).__name__})"
