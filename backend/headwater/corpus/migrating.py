"""Bringing a database to the tables of this program, whichever of the two kinds it is and whatever made it.

Alembic runs the history in `migrations/versions`. A database that stands at its head costs one query to recognise; the
history itself is read only where there is something to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from headwater.corpus import meta
from headwater.corpus.backups import back_up
from headwater.corpus.engine import Database
from headwater.corpus.postgres.engine import PostgresDatabase
from headwater.domain.errors import CorpusUnavailableError, InvalidInputError

HEAD = "0008"  # the newest file in migrations/versions; a test holds it
FIRST = "0001"
UNMANAGED = "1"  # what the first release, which knew no migrations, wrote into corpus_meta
HISTORY = Path(__file__).with_name("migrations")
VERSION_TABLE = "alembic_version"


def prepare_file(database: Database) -> Path | None:
    """Bring a SQLite corpus to the tables of this program; one that held documents is copied first.

    Two processes may do so at once: the second waits for the first, and finds nothing to do.

    Args:
        database: The corpus.

    Returns:
        Where the copy is, or None where nothing had to be changed or lost.

    Raises:
        CorpusUnavailableError: If a newer program made it, or it or its copy cannot be written.
    """
    with database.read() as connection:
        state = read_state(connection)
    if state == HEAD:
        return None
    check_known(state, database.path.name)
    with database.write() as connection:
        state = read_state(connection)
        if state == HEAD:
            return None
        backup = back_up(database.path, state) if state else None
        upgrade(connection, state)
    return backup


def prepare_server(database: PostgresDatabase) -> None:
    """Give an empty PostgreSQL database its tables; refuse one that has others than this program's.

    Others are never upgraded in passing: processes of the older program may be at work on them.

    Args:
        database: The corpus.

    Raises:
        CorpusUnavailableError: If its tables are older or newer, or it cannot be reached.
    """
    with database.read() as connection:
        state = read_state(connection)
    check_known(state, database.name)
    if not state:
        upgrade_server(database)
    elif state != HEAD:
        raise CorpusUnavailableError(
            f"the corpus {database.name} (PostgreSQL) has tables of version {state}, this program needs {HEAD}: "
            "back it up, stop the services that use it, and run `headwater migrate upgrade`"
        )
    with database.read() as connection:
        if meta.read_meta(connection, meta.COPYING):
            raise CorpusUnavailableError(
                f"the corpus {database.name} (PostgreSQL) is not whole yet: "
                "run `headwater migrate sqlite-to-postgres` to its end"
            )


def upgrade_server(database: PostgresDatabase) -> str:
    """Bring a PostgreSQL corpus to the tables of this program, and return the revision it had before.

    Args:
        database: The corpus.

    Raises:
        CorpusUnavailableError: If a newer program made it, or it cannot be written.
    """
    with database.write() as connection:
        state = read_state(connection)
        check_known(state, database.name)
        if state != HEAD:
            upgrade(connection, state)
    database.forget_connections()  # those opened before the vector type was there do not know it
    return state


def roll_back(database: Database | PostgresDatabase, revision: str) -> Path | None:
    """Bring a corpus back to the tables of an older program; documents, versions and vectors stay.

    What only newer tables hold is lost, so that a SQLite file is copied first.

    Args:
        database: The corpus.
        revision: Of the tables that the older program needs.

    Returns:
        Where the copy is, None for PostgreSQL, or where nothing had to be done.

    Raises:
        InvalidInputError: If there is no such revision, or the tables are older than that.
        CorpusUnavailableError: If a newer program made it, or it or its copy cannot be written.
    """
    known = revisions()
    if revision not in known:
        raise InvalidInputError(f"there are no tables of version {revision}; there are {', '.join(known)}")
    backup = None
    with database.write() as connection:
        state = read_state(connection)
        check_known(state, "that is to be rolled back")
        if not state or known.index(state) < known.index(revision):
            raise InvalidInputError(f"the tables are of version {state or 'none'}, and older than {revision}")
        if state != revision:
            if isinstance(database, Database):
                backup = back_up(database.path, state)
            _migrate(connection, state, revision, is_upgrade=False)
            meta.write_meta(connection, meta.SCHEMA, UNMANAGED if revision == FIRST else revision)
    return backup


def read_state(connection: Connection) -> str:
    """Return the revision that a database stands at, or "" where it has no tables yet.

    Args:
        connection: To the database.
    """
    if _has(connection, VERSION_TABLE):
        held = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()  # noqa: S608
        if held is not None:
            return str(held)
    if not _has(connection, "corpus_meta"):
        return ""
    held = meta.read_meta(connection, meta.SCHEMA)
    return FIRST if held == UNMANAGED else held


def check_known(state: str, name: str) -> None:
    """Refuse a database that this program does not know.

    Args:
        state: Its revision.
        name: What it is called in messages.

    Raises:
        CorpusUnavailableError: If no file of the history has that revision.
    """
    if state and state not in revisions():
        raise CorpusUnavailableError(
            f"the corpus {name} has tables of version {state}, and this program knows no later one than {HEAD}: "
            "it was made by a newer Headwater; update this one, or restore the backup made before the upgrade"
        )


def revisions() -> tuple[str, ...]:
    """Return all revisions there are, oldest first."""
    return tuple(step.revision for step in reversed(list(_history().walk_revisions())))


def upgrade(connection: Connection, state: str) -> None:
    """Bring a database to the head, in the caller's transaction.

    Args:
        connection: A writing connection.
        state: The revision it stands at, or "".
    """
    _migrate(connection, state, HEAD, is_upgrade=True)
    if state:
        _read_what_was_stored(connection)
    # Programs of before migrations look here, and say that the corpus is not theirs.
    meta.write_meta(connection, meta.SCHEMA, HEAD)


def _migrate(connection: Connection, state: str, to: str, *, is_upgrade: bool) -> None:
    from alembic.operations import Operations  # noqa: PLC0415 - slow to load, and most openings need none of it
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    history = _history()

    def steps(at: Any, _context: MigrationContext) -> Iterable[Any]:
        # What Alembic's own commands call.
        found: Iterable[Any] = history._upgrade_revs(to, at) if is_upgrade else history._downgrade_revs(to, at)
        return found

    context = MigrationContext.configure(connection, opts={"fn": steps, "version_table": VERSION_TABLE})
    if state and not context.get_current_heads():
        context.stamp(history, state)
    with Operations.context(context):
        context.run_migrations()


def _read_what_was_stored(connection: Connection) -> None:
    """Read from the texts stored before what this program reads when it stores a text."""
    from headwater.corpus.series import read_all_series  # noqa: PLC0415 - loads the readers of tables

    read_all_series(connection)


@cache
def _history() -> Any:
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    return ScriptDirectory(str(HISTORY))


def _has(connection: Connection, table: str) -> bool:
    return bool(inspect(connection).has_table(table))
