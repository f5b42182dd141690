"""`headwater migrate`: the tables of a corpus, and its way from one database into the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli import options
from headwater.domain.errors import InvalidInputError, NoCorpusError
from headwater.settings import Settings, load_settings

if TYPE_CHECKING:
    from headwater.corpus.engine import Database
    from headwater.corpus.postgres.engine import PostgresDatabase

app = typer.Typer(name="migrate", no_args_is_help=True, help="The corpus's tables, and its move into PostgreSQL.")

Revision = Annotated[
    str, typer.Argument(metavar="VERSION", help='As the older program names it by "headwater migrate status": 0006.')
]
Source = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="The SQLite corpus.")]


@app.command("status")
def show_status(*, database: options.Database = None) -> None:
    """Say which version the corpus's tables have, and which one this program needs."""
    settings = load_settings(database=database)

    from headwater.corpus import migrating  # noqa: PLC0415 - loads the database

    opened = _open(settings)
    try:
        with opened.read() as connection:
            state = migrating.read_state(connection)
    finally:
        opened.close()
    typer.echo(f"tables of the corpus: {state or 'none yet'}; this program: {migrating.HEAD}")


@app.command("upgrade")
def upgrade_tables(*, database: options.Database = None) -> None:
    """Bring the corpus's tables to this program's version.

    A SQLite file is copied first; it is brought up to date by any other command, too. Back up a PostgreSQL database and
    stop the services that use it before: they are of another version.
    """
    settings = load_settings(database=database)

    from headwater.corpus import migrating  # noqa: PLC0415 - loads the database
    from headwater.corpus.engine import Database  # noqa: PLC0415

    opened = _open(settings)
    try:
        if isinstance(opened, Database):
            backup = migrating.prepare_file(opened)
            if backup is not None:
                typer.echo(f"the corpus as it was before: {backup}", err=True)
        else:
            migrating.upgrade_server(opened)
    finally:
        opened.close()
    typer.echo(f"tables of the corpus: {migrating.HEAD}", err=True)


@app.command("rollback")
def roll_back_tables(revision: Revision, *, database: options.Database = None) -> None:
    """Bring the corpus's tables back to an older program's version; documents and vectors stay.

    What only newer tables hold (keys, saved checks) is lost: a SQLite file is copied first, a PostgreSQL database is
    yours to back up. Stop the services before, and start the older program after: this one upgrades again.
    """
    settings = load_settings(database=database)

    from headwater.corpus import migrating  # noqa: PLC0415 - loads the database

    opened = _open(settings)
    try:
        backup = migrating.roll_back(opened, revision)
    finally:
        opened.close()
    if backup is not None:
        typer.echo(f"the corpus as it was before: {backup}", err=True)
    typer.echo(f"tables of the corpus: {revision}", err=True)


@app.command("sqlite-to-postgres")
def copy_to_postgres(source: Source) -> None:
    """Copy a SQLite corpus into the empty PostgreSQL database that HEADWATER_DATABASE_URL names.

    It can be stopped at any instant and run again: it goes on where it stood. At the end every row is compared with the
    one it came from; until then no service opens the new database. The file stays as it is.
    """
    settings = load_settings(database=None)
    if settings.database_url is None:
        raise InvalidInputError("set HEADWATER_DATABASE_URL to the database that the corpus is to be copied into")

    from headwater.cli.copying import ShownCopy  # noqa: PLC0415 - rich is slow to load
    from headwater.corpus.copying import copy_file  # noqa: PLC0415 - loads the database

    with ShownCopy() as progress:
        outcome = copy_file(source, settings.database_url.get_secret_value(), progress)
    if outcome.begun_anew:
        typer.echo("the file had changed since the copy was begun: it was begun anew", err=True)
    for title, rows in outcome.rows.items():
        typer.echo(f"{title}: {rows:,}, equal in both", err=True)
    typer.echo(f"rows copied in this run: {outcome.copied:,}", err=True)


def _open(settings: Settings) -> Database | PostgresDatabase:
    from headwater.corpus.engine import Database  # noqa: PLC0415 - loads the database
    from headwater.corpus.postgres.engine import PostgresDatabase  # noqa: PLC0415

    if settings.database_url is not None:
        return PostgresDatabase(settings.database_url.get_secret_value())
    if not settings.database.exists():
        raise NoCorpusError(str(settings.database))
    return Database(settings.database)
