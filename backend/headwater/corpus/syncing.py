"""What syncs with publishers store: each step in one transaction, so that a sync can be killed anywhere.

A find and the documents read from it are stored together; until then the find waits, and the next sync reads it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from headwater.corpus import changes, meta, statuses
from headwater.corpus.engine import CorpusDatabase
from headwater.corpus.rows import document_id, storable
from headwater.corpus.statuses import StatusChange
from headwater.corpus.sync_records import AddedSource, FindCounts, StoredFind, SyncState, Visit
from headwater.corpus.sync_tables import FINDS, LEASES, SOURCES, SYNCS
from headwater.corpus.upserts import insert_into
from headwater.corpus.versions import Outcome
from headwater.corpus.writing import AddOutcome, store_record
from headwater.domain.documents import DocumentRecord, DocumentStatus

WAITING, READ, FAILED = "waiting", "read", "failed"
LEASE = "sync"
CLOCK_SLIP = timedelta(minutes=1)  # by which clocks of two machines may differ
LONGEST_LEASE = timedelta(hours=1)  # that anybody asks for, and more
SCHEDULED = "sync_scheduled"  # begin of the last sync that the schedule of a service made


class SyncRecords:
    """The records of syncs in a corpus. Every method is one transaction.

    Args:
        database: Of the corpus.
        now: Tells the time (UTC).
    """

    def __init__(self, database: CorpusDatabase, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._write: Callable[[], AbstractContextManager[Connection]] = database.write
        self._read: Callable[[], AbstractContextManager[Connection]] = database.read
        self._now = now

    # Sources that users added

    def add_source(self, source: AddedSource) -> None:
        """Store a source, in place of one of the same name."""
        values = {
            "name": source.name,
            "title": source.title,
            "reader": source.reader,
            "options": json.dumps(dict(source.options), ensure_ascii=False),
            "added": self._now().isoformat(),
        }
        with self._write() as connection:
            statement = insert_into(connection, SOURCES).values(values)
            connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))

    def remove_source(self, name: str) -> bool:
        """Take a source out of the list; its documents stay. Say whether there was one."""
        with self._write() as connection:
            return connection.execute(delete(SOURCES).where(SOURCES.c.name == name)).rowcount > 0

    def added_sources(self) -> tuple[AddedSource, ...]:
        """Return the sources that users added, by name."""
        with self._read() as connection:
            rows = connection.execute(select(SOURCES).order_by(SOURCES.c.name)).mappings().all()
        return tuple(AddedSource(row["name"], row["title"], row["reader"], json.loads(row["options"])) for row in rows)

    # Where syncs stand

    def state(self, source: str) -> SyncState:
        """Return where the sync of a source stands."""
        with self._read() as connection:
            row = connection.execute(select(SYNCS).where(SYNCS.c.source == source)).mappings().one_or_none()
        return SyncState(source) if row is None else _state(row)

    def states(self) -> dict[str, SyncState]:
        """Return where all syncs stand, by source."""
        with self._read() as connection:
            return read_states(connection)

    def write_state(self, state: SyncState) -> None:
        """Store where the sync of a source stands."""
        with self._write() as connection:
            _write_state(connection, state)

    # Finds

    def note_finds(self, state: SyncState, finds: Sequence[StoredFind], reader: str) -> int:
        """Store finds of a listing and how far it has come; return how many of them have to be read.

        A find that was read by the same version of the reader, and that the listing says has not changed since, does
        not have to be read.

        Args:
            state: Where the sync stands with them.
            finds: In the order listed.
            reader: Version of the reader.
        """
        waiting = 0
        with self._write() as connection:
            for find in finds:
                waiting += _note_find(connection, state.source, find, reader)
            _write_state(connection, state)
        return waiting

    def next_finds(self, source: str, limit: int, *, tried_before: datetime, attempts: int) -> tuple[StoredFind, ...]:
        """Return finds that have to be read, those that failed least often first.

        Args:
            source: Its name.
            limit: How many at most.
            tried_before: Those that failed after this moment are left for another time.
            attempts: Those that failed so often are left to `oldest_finds`.
        """
        columns = FINDS.c
        failed = (columns.state == FAILED) & (columns.checked < _iso(tried_before)) & (columns.attempts < attempts)
        wanted = select(FINDS).where(columns.source == source, (columns.state == WAITING) | failed)
        ordered = wanted.order_by(columns.attempts, columns.updated, columns.find).limit(limit)
        return self._finds(ordered)

    def oldest_finds(self, source: str, limit: int, *, checked_before: datetime) -> tuple[StoredFind, ...]:
        """Return finds that have not been visited since then, the longest unvisited first.

        Args:
            source: Its name.
            limit: How many at most.
            checked_before: Those visited later are left out.
        """
        columns = FINDS.c
        wanted = select(FINDS).where(columns.source == source, columns.state.in_((READ, FAILED)))
        old = wanted.where(columns.checked < _iso(checked_before)).order_by(columns.checked, columns.find)
        return self._finds(old.limit(limit))

    def store_visit(self, source: str, key: str, visit: Visit) -> AddOutcome:
        """Store what reading a find came to: its documents, what became of others, its validators. All or nothing.

        Args:
            source: Its name.
            key: Of the find.
            visit: What reading it came to.
        """
        now = self._now()
        counted = dict.fromkeys(Outcome, 0)
        with self._write() as connection:
            held = connection.execute(
                select(FINDS.c.documents).where(FINDS.c.find == _digest(source, key))
            ).scalar_one()
            before: list[str] = json.loads(held)
            read = []
            changed = False
            for record in visit.records:
                outcome = store_record(connection, record, now)
                counted[outcome] += 1
                read.append(document_id(record))
                changed |= outcome is not Outcome.UNCHANGED
                changed |= statuses.set_status(connection, read[-1], _status_of(record))
            changed |= _depart(connection, visit, [one for one in before if one not in read])
            if changed:
                changes.count_change(connection)
            known = list(dict.fromkeys([*before, *read]))
            _write_visit(connection, _digest(source, key), visit, (known, now))
        return AddOutcome(
            counted[Outcome.ADDED],
            counted[Outcome.NEW_VERSION],
            counted[Outcome.UNCHANGED] + counted[Outcome.REFRESHED],
        )

    def note_failure(self, source: str, key: str, problem: str) -> None:
        """Note that a find could not be read; it is tried again another time."""
        values = {"state": FAILED, "attempts": FINDS.c.attempts + 1, "checked": _iso(self._now()), "problem": problem}
        with self._write() as connection:
            connection.execute(update(FINDS).where(FINDS.c.find == _digest(source, key)).values(values))

    def find_counts(self) -> dict[str, FindCounts]:
        """Return how many finds each source has, by state."""
        with self._read() as connection:
            return read_find_counts(connection)

    # One sync at a time

    def begin_scheduled(self, minutes: float) -> bool:
        """Note that a scheduled sync begins now, unless one began within the last minutes; say which it is."""
        now = self._now()
        with self._write() as connection:
            last = meta.read_meta(connection, SCHEDULED)
            # Beyond now: the clock was set back since, and nobody knows how long ago that was.
            if last and _iso(now - timedelta(minutes=minutes)) < last <= _iso(now + CLOCK_SLIP):
                return False
            meta.write_meta(connection, SCHEDULED, _iso(now))
        return True

    def take_lease(self, holder: str, seconds: float, *, from_holders: Callable[[str], bool] = lambda _: False) -> str:
        """Take or prolong the right to sync; return "" where that was done, else who has it.

        Args:
            holder: Who takes it.
            seconds: For how long.
            from_holders: Says of another holder whether it is known to be gone.
        """
        now = self._now()
        values = {"name": LEASE, "holder": holder, "until": _iso(now + timedelta(seconds=seconds))}
        with self._write() as connection:
            held = connection.execute(select(LEASES).where(LEASES.c.name == LEASE)).mappings().one_or_none()
            # Nobody takes it for longer, unless the clock was set back since.
            latest = _iso(now + LONGEST_LEASE)
            other = held is not None and held["holder"] != holder and _iso(now) < held["until"] <= latest
            if held is not None and other and not from_holders(held["holder"]):
                return str(held["holder"])
            statement = insert_into(connection, LEASES).values(values)
            connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
        return ""

    def give_back_lease(self, holder: str) -> None:
        """Give the right to sync back, if this holder has it."""
        with self._write() as connection:
            connection.execute(delete(LEASES).where(LEASES.c.name == LEASE, LEASES.c.holder == holder))

    def _finds(self, wanted: Any) -> tuple[StoredFind, ...]:
        names = [each.name for each in fields(StoredFind)]
        with self._read() as connection:
            rows = connection.execute(wanted).mappings().all()
        return tuple(StoredFind(**{name: row[name] for name in names}) for row in rows)


def read_states(connection: Connection) -> dict[str, SyncState]:
    """Return where all syncs stand, by source.

    Args:
        connection: To the corpus.
    """
    return {row["source"]: _state(row) for row in connection.execute(select(SYNCS)).mappings()}


def read_find_counts(connection: Connection) -> dict[str, FindCounts]:
    """Return how many finds each source has, by state.

    Args:
        connection: To the corpus.
    """
    wanted = select(FINDS.c.source, FINDS.c.state, func.count()).group_by(FINDS.c.source, FINDS.c.state)
    counted: dict[str, FindCounts] = {}
    for source, state, count in connection.execute(wanted.order_by(FINDS.c.source)):
        counted[source] = replace(counted.get(source, FindCounts()), **{state: count})
    return counted


def _note_find(connection: Connection, source: str, find: StoredFind, reader: str) -> int:
    digest = _digest(source, find.key)
    values = {"url": storable(find.url), "details": storable(find.details), "updated": find.updated}
    held = connection.execute(select(FINDS).where(FINDS.c.find == digest)).mappings().one_or_none()
    if held is None:
        blank = dict.fromkeys(("etag", "last_modified", "reader", "checked", "problem"), "")
        own = {"find": digest, "source": source, "key": find.key, "attempts": 0, "documents": "[]", "state": WAITING}
        connection.execute(insert(FINDS).values({**blank, **own, **values}))
        return 1
    known = held["state"] == READ and held["reader"] == reader
    state = READ if known and find.updated and held["updated"] == find.updated else WAITING
    connection.execute(update(FINDS).where(FINDS.c.find == digest).values({**values, "state": state, "attempts": 0}))
    return int(state == WAITING)


def _documents_of(connection: Connection, digest: str) -> list[str]:
    held = connection.execute(select(FINDS.c.documents).where(FINDS.c.find == digest)).scalar_one_or_none()
    documents: list[str] = json.loads(held or "[]")
    return documents


def _depart(connection: Connection, visit: Visit, others: Sequence[str]) -> bool:
    changed = False
    for identifier, change in visit.departures:
        for one in [identifier] if identifier else others:
            changed |= statuses.set_status(connection, one, change)
    return changed


def _write_visit(connection: Connection, digest: str, visit: Visit, after: tuple[Iterable[str], datetime]) -> None:
    documents, now = after
    values: dict[str, Any] = {"state": READ, "attempts": 0, "problem": "", "checked": _iso(now), "reader": visit.reader}
    values["documents"] = json.dumps(list(documents))
    if not visit.is_unchanged or visit.etag or visit.last_modified:
        values |= {"etag": storable(visit.etag), "last_modified": storable(visit.last_modified)}
    connection.execute(update(FINDS).where(FINDS.c.find == digest).values(values))


def _status_of(record: DocumentRecord) -> StatusChange:
    if not record.withdrawn:
        return statuses.LIVE
    noted = (note.at for note in record.provenance.notes if note.kind == "withdrawal" and note.at is not None)
    return StatusChange(DocumentStatus.WITHDRAWN, since=next(noted, None), note=record.withdrawn)


def _write_state(connection: Connection, state: SyncState) -> None:
    values = {each.name: getattr(state, each.name) for each in fields(SyncState)}
    stored = {
        name: _iso(value) if isinstance(value, datetime) else storable(value or "") for name, value in values.items()
    }
    statement = insert_into(connection, SYNCS).values(stored)
    connection.execute(statement.on_conflict_do_update(index_elements=["source"], set_=stored))


def _stored(value: Any) -> Any:
    return _iso(value) if isinstance(value, datetime) else storable(value or "")


def _state(row: Any) -> SyncState:
    moments = ("begun", "since", "listed", "finished", "not_before")
    read = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in moments}
    return SyncState(source=row["source"], cursor=row["cursor"], problem=row["problem"], **read)


def _digest(source: str, key: str) -> str:
    return blake2b(f"{source}\0{key}".encode(), digest_size=16).hexdigest()


def _iso(moment: datetime) -> str:
    """Return a moment as it is stored: all in one form, so that the order of texts is that of moments."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
