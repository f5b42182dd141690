"""Saved checks as the corpus keeps them: each step is one transaction, so that a service can be killed anywhere.

What is stored of a check are JSON values that this room does not look into, but for its state.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from headwater.corpus.check_tables import CHECKS, DECISIONS, STEPS
from headwater.corpus.engine import CorpusDatabase
from headwater.corpus.store import CorpusStore
from headwater.corpus.upserts import insert_into

Json = dict[str, Any]
WAITING, RUNNING, DONE = "waiting", "running", "done"
FAILED, CANCELLED, INTERRUPTED = "failed", "cancelled", "interrupted"
UNFINISHED = (WAITING, RUNNING)
CLOCK_SLIP = timedelta(minutes=1)  # by which clocks of two machines may differ


@dataclass(frozen=True, slots=True)
class SavedCheck:
    """A check that is kept.

    Args:
        check_id: Unguessable.
        asked: Texts and options.
        created: When it was asked.
        expires: When it is deleted.
        owner: Id of the key it was asked with, or "".
        state: How far it is.
        rest: What stands at the end of the report; empty until it is done.
        problem: Why it failed; empty unless it did.
        versions: What its first claims were decided by.
        ended: When it came to its end, or None.
    """

    check_id: str
    asked: Json
    created: datetime
    expires: datetime
    owner: str = ""
    state: str = WAITING
    rest: Json = field(default_factory=dict)
    problem: Json = field(default_factory=dict)
    versions: Json = field(default_factory=dict)
    ended: datetime | None = None


class SavedChecks:
    """The saved checks of one corpus. Safe to share between threads; every method is one transaction.

    Args:
        database: Of the corpus.
        now: Tells the time (UTC).
    """

    def __init__(self, database: CorpusDatabase, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database, self._now = database, now

    def add(self, check: SavedCheck, holder: str) -> None:
        """Keep a check that begins now.

        Args:
            check: With its texts.
            holder: The process that works at it.
        """
        with self._write() as connection:
            connection.execute(insert(CHECKS).values(self._row(check, holder)))

    def keep(self, check: SavedCheck, steps: Sequence[Json], decisions: Sequence[Json]) -> None:
        """Keep a check that has ended, with all that came of it.

        Args:
            check: With its texts, how it ended, and until when it is kept.
            steps: Of it, in order.
            decisions: Of readers.
        """
        with self._write() as connection:
            connection.execute(insert(CHECKS).values(self._row(check, "")))
            for number, body in enumerate(steps, 1):
                values = {"step": _step(check.check_id, number), "check_id": check.check_id, "body": _written(body)}
                connection.execute(insert(STEPS).values(values))
            for body in decisions:
                _decide(connection, check.check_id, body)

    def find(self, check_id: str) -> SavedCheck | None:
        """Return a check, or None where there is none, or it has expired."""
        with self._database.read() as connection:
            row = connection.execute(select(CHECKS).where(CHECKS.c.check_id == check_id)).mappings().one_or_none()
        return None if row is None or row["expires"] <= _iso(self._now()) else _stored(row)

    def steps(self, check_id: str, after: int = 0) -> list[tuple[int, Json]]:
        """Return the steps of a check with their numbers, in order.

        Args:
            check_id: Of the check.
            after: Those up to this number are left out.
        """
        columns = STEPS.c
        wanted = select(columns.step, columns.body).where(
            columns.check_id == check_id, columns.step > _step(check_id, after)
        )
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(columns.step)).all()
        return [(int(step.rpartition(":")[2]), json.loads(body)) for step, body in rows]

    def add_step(self, check_id: str, number: int, body: Json, holder: str) -> bool:
        """Keep a step, unless it is kept already; say whether this process still works at the check.

        Args:
            check_id: Of the check.
            number: Of the step, from 1.
            body: What was decided.
            holder: The process that works at it.
        """
        values = {"step": _step(check_id, number), "check_id": check_id, "body": _written(body)}
        with self._write() as connection:
            if not self._beat(connection, check_id, holder):
                return False
            connection.execute(insert_into(connection, STEPS).values(values).on_conflict_do_nothing())
        return True

    def begin(self, check_id: str, versions: Mapping[str, Any], holder: str) -> bool:
        """Note that a check runs, and by what it is decided; say whether this process works at it."""
        with self._write() as connection:
            return self._beat(connection, check_id, holder, state=RUNNING, versions=_written(versions))

    def end(
        self, check_id: str, state: str, holder: str, *, rest: Json | None = None, problem: Json | None = None
    ) -> None:
        """Note how a check ended; one that another process took over, or that is gone, is left alone.

        Args:
            check_id: Of the check.
            state: Done, failed, cancelled or interrupted.
            holder: The process that works at it.
            rest: What stands at the end of the report.
            problem: Why it failed.
        """
        values = {"state": state, "ended": _iso(self._now())}
        values |= {} if rest is None else {"rest": _written(rest)}
        values |= {} if problem is None else {"problem": _written(problem)}
        with self._write() as connection:
            self._beat(connection, check_id, holder, **values)

    def cancel(self, check_id: str) -> None:
        """End a check that has not ended, whichever process works at it: that finds out with its next step."""
        values = {"state": CANCELLED, "ended": _iso(self._now()), "holder": ""}
        with self._write() as connection:
            connection.execute(
                update(CHECKS).where(CHECKS.c.check_id == check_id, CHECKS.c.state.in_(UNFINISHED)).values(values)
            )

    def keep_beating(self, holder: str) -> None:
        """Give a sign for all unfinished checks of a process."""
        with self._write() as connection:
            own = (CHECKS.c.holder == holder) & CHECKS.c.state.in_(UNFINISHED)
            connection.execute(update(CHECKS).where(own).values({"beat": _iso(self._now())}))

    def take_orphans(
        self, holder: str, silent_since: datetime, is_gone: Callable[[str], bool] = lambda _holder: False
    ) -> tuple[SavedCheck, ...]:
        """Take over the unfinished checks whose process is gone, or gives no sign any more; return them, oldest first.

        Args:
            holder: Who takes them.
            silent_since: Without a sign since then, a process counts as gone.
            is_gone: Says of a process whether it is known to have ended, sign or no sign.
        """
        others = CHECKS.c.state.in_(UNFINISHED) & (CHECKS.c.holder != holder) & (CHECKS.c.expires > _iso(self._now()))
        with self._database.read() as connection:  # most of the time there is none, and nothing is locked
            held = connection.execute(select(CHECKS.c.holder).where(others).distinct()).scalars().all()
        if not held:
            return ()
        now = self._now()
        # A sign from beyond now tells nothing: the clock was set back since.
        silent = (CHECKS.c.beat < _iso(silent_since)) | (CHECKS.c.beat > _iso(now + CLOCK_SLIP))
        orphaned = others & (silent | CHECKS.c.holder.in_(list(filter(is_gone, held))))
        with self._write() as connection:
            wanted = select(CHECKS).where(orphaned).order_by(CHECKS.c.created)
            rows = connection.execute(wanted.with_for_update(skip_locked=True)).mappings().all()
            taken = {"holder": holder, "beat": _iso(self._now())}
            for row in rows:
                connection.execute(update(CHECKS).where(CHECKS.c.check_id == row["check_id"]).values(taken))
        return tuple(map(_stored, rows))

    def delete(self, check_id: str) -> bool:
        """Delete a check with all that was decided, and wipe where it stood; say whether there was one."""
        with self._write() as connection:
            held = connection.execute(select(CHECKS.c.check_id).where(CHECKS.c.check_id == check_id)).all()
            deleted = _delete(connection, [row.check_id for row in held])
        return self._wiped(deleted) > 0

    def delete_expired(self) -> int:
        """Delete the checks whose time is over, and return how many there were."""
        with self._write() as connection:
            expired = connection.execute(select(CHECKS.c.check_id).where(CHECKS.c.expires <= _iso(self._now())))
            deleted = _delete(connection, [row.check_id for row in expired])
        return self._wiped(deleted)

    def keep_until(self, check_id: str, expires: datetime) -> bool:
        """Keep a check longer; say whether it is still there."""
        with self._write() as connection:
            kept = update(CHECKS).where(CHECKS.c.check_id == check_id, CHECKS.c.expires > _iso(self._now()))
            return connection.execute(kept.values(expires=_iso(expires))).rowcount > 0

    def _row(self, check: SavedCheck, holder: str) -> dict[str, str]:
        return {
            "check_id": check.check_id,
            "owner": check.owner,
            "state": check.state,
            "asked": _written(check.asked),
            "rest": _written(check.rest) if check.rest else "",
            "problem": _written(check.problem) if check.problem else "",
            "versions": _written(check.versions) if check.versions else "",
            "created": _iso(check.created),
            "ended": _iso(check.ended) if check.ended else "",
            "expires": _iso(check.expires),
            "holder": holder,
            "beat": _iso(self._now()),
        }

    def delete_crowd(self, most: int, since: datetime, until: datetime) -> int:
        """Delete the checks that ended first among those kept for a while only, where there are too many of them.

        Args:
            most: So many are left.
            since: Those asked since then
            until: and forgotten by then are kept for a while only.
        """
        passing = (CHECKS.c.created >= _iso(since)) & (CHECKS.c.expires <= _iso(until))
        wanted = select(CHECKS.c.check_id).where(passing & CHECKS.c.state.not_in(UNFINISHED))
        with self._database.read() as connection:
            ended = connection.execute(wanted.order_by(CHECKS.c.ended.desc(), CHECKS.c.check_id)).scalars().all()
        if len(ended) <= most:
            return 0
        with self._write() as connection:
            deleted = _delete(connection, ended[most:])
        return self._wiped(deleted)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """Open a writing connection that overwrites what is deleted or changed.

        SQLite would leave the words standing in its file until the room is needed.
        """
        with self._database.write() as connection:
            is_file = connection.dialect.name == "sqlite"
            if is_file:
                connection.exec_driver_sql("PRAGMA secure_delete=ON").close()
            try:
                yield connection
            finally:
                if is_file:
                    connection.exec_driver_sql("PRAGMA secure_delete=OFF").close()

    def _wiped(self, deleted: int) -> int:
        if deleted:
            self._database.wipe_log()
        return deleted

    def decide(self, check_id: str, body: Json) -> None:
        """Keep what a reader decided on a finding or a claim, in place of what was decided on it before.

        Args:
            check_id: Of the check.
            body: `claim` and `finding` (None: the claim as a whole) say on what; a `decision` of "" takes back what
                was decided.
        """
        with self._write() as connection:
            if body["decision"]:
                _decide(connection, check_id, body)
            else:
                key = _decided(check_id, body)
                connection.execute(delete(DECISIONS).where(DECISIONS.c.decision == key))

    def decisions(self, check_id: str) -> list[Json]:
        """Return what readers decided, in the order they did."""
        with self._database.read() as connection:
            rows = connection.execute(select(DECISIONS.c.body).where(DECISIONS.c.check_id == check_id)).all()
        return sorted((json.loads(row.body) for row in rows), key=_by_time)

    def _beat(self, connection: Connection, check_id: str, holder: str, **values: str) -> bool:
        own = (CHECKS.c.check_id == check_id) & (CHECKS.c.holder == holder) & CHECKS.c.state.in_(UNFINISHED)
        statement = update(CHECKS).where(own).values({"beat": _iso(self._now()), **values})
        return connection.execute(statement).rowcount > 0


def open_saved_checks(store: CorpusStore) -> SavedChecks:
    """Return the saved checks that are kept with a corpus."""
    return SavedChecks(store._database)


def _delete(connection: Connection, check_ids: Sequence[str]) -> int:
    for check_id in check_ids:
        for table in (STEPS, DECISIONS):
            connection.execute(delete(table).where(table.c.check_id == check_id))
        connection.execute(delete(CHECKS).where(CHECKS.c.check_id == check_id))
    return len(check_ids)


def _stored(row: RowMapping) -> SavedCheck:
    return SavedCheck(
        row["check_id"],
        json.loads(row["asked"]),
        datetime.fromisoformat(row["created"]),
        datetime.fromisoformat(row["expires"]),
        row["owner"],
        row["state"],
        json.loads(row["rest"] or "{}"),
        json.loads(row["problem"] or "{}"),
        json.loads(row["versions"] or "{}"),
        datetime.fromisoformat(row["ended"]) if row["ended"] else None,
    )


def _decide(connection: Connection, check_id: str, body: Json) -> None:
    values = {"decision": _decided(check_id, body), "check_id": check_id, "body": _written(body)}
    statement = insert_into(connection, DECISIONS).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["decision"], set_=values))


def _decided(check_id: str, body: Json) -> str:
    finding = "" if body["finding"] is None else body["finding"]
    return f"{check_id}:{body['claim']}:{finding}"


def _by_time(decision: Json) -> tuple[str, str, int]:
    finding = decision["finding"]
    return decision["at"], decision["claim"], -1 if finding is None else finding


def _step(check_id: str, number: int) -> str:
    return f"{check_id}:{number:08}"


def _written(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=True)  # so that zeros and lone surrogates stand in it as they came


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
