"""`headwater backup`, `restore` and `verify`: the corpus copied while it is in use, put back, and looked through."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli import options
from headwater.cli.exits import EXIT_NOT_READY
from headwater.domain.errors import InvalidInputError, NoCorpusError
from headwater.settings import Settings, load_settings

if TYPE_CHECKING:
    from headwater.corpus.verifying import Progress, Verification

NAME = "corpus-{:%Y%m%dT%H%M%SZ}.sqlite3"
NAMES = "corpus-????????T??????Z.sqlite3"

Target = Annotated[
    Path,
    typer.Argument(metavar="PATH", help="A file that is not there yet, or a folder, which gets one named by time."),
]
Keep = Annotated[
    int | None,
    typer.Option("--keep", min=1, metavar="N", help="Of the backups in the folder, keep the newest N alone."),
]
Backup = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A backup.")]
FoundBackup = Annotated[
    Path | None, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A backup; else the corpus in use.")
]


def back_up_corpus(path: Target, *, keep: Keep = None, database: options.Database = None) -> None:
    """Copy the corpus into a file, while services use it; the copy is checked row by row before it gets its name.

    Keys and saved checks are in it. A note of its SHA-256 and its counts is put beside it (FILE.json).
    """
    settings = _require_file(load_settings(database=database))
    is_folder = path.is_dir()
    if keep is not None and not is_folder:
        raise InvalidInputError("--keep is for a folder of backups, and there is no such folder")

    from headwater.corpus.backups import save_backup  # noqa: PLC0415 - loads the database

    target = path / NAME.format(datetime.now(UTC)) if is_folder else path
    with _Shown() as shown:
        manifest = save_backup(settings.database, target, shown.progress)
    typer.echo(f"backup: {target} ({manifest.bytes / 1e6:,.1f} MB, {_told(manifest.counts)})", err=True)
    if keep is not None:
        _forget_older(path, keep)


def restore_corpus(backup: Backup, *, database: options.Database = None) -> None:
    """Put a backup in the corpus's place; nothing is ever written over, and what is damaged is not put back.

    Stop the services first. Keys and saved checks are then those of the day of the backup.
    """
    settings = _require_sqlite(load_settings(database=database))

    from headwater.corpus.backups import restore_backup  # noqa: PLC0415 - loads the database
    from headwater.corpus.migrating import HEAD, check_known  # noqa: PLC0415

    with _Shown() as shown:
        found = restore_backup(backup, settings.database, shown.progress, check_known)
    typer.echo(f"restored: {settings.database} ({_told(found.counts)})", err=True)
    if found.tables != HEAD:
        typer.echo(f"its tables are of version {found.tables}: the next command brings them to {HEAD}", err=True)


def verify_corpus(
    backup: FoundBackup = None, *, as_json: options.AsJson = False, database: options.Database = None
) -> None:
    """Look through a backup, or the corpus in use: file, texts, passages, vectors, word index. Changes nothing.

    Leaves with 3 if anything is wrong.
    """
    from headwater.cli.output import print_json  # noqa: PLC0415

    with _Shown() as shown:
        found = _verified(backup, database, shown.progress)
    if as_json:
        values = {"tables": found.tables, "revision": found.revision, "counts": found.counts}
        print_json({**values, "faults": list(found.faults)})
    else:
        for fault in found.faults:
            typer.echo(f"fault: {fault}")
        typer.echo(f"{'damaged' if found.faults else 'whole'}: {_told(found.counts)}; tables {found.tables}")
    if found.faults:
        raise typer.Exit(EXIT_NOT_READY)


def _verified(backup: Path | None, database: Path | None, progress: Progress) -> Verification:
    from headwater.corpus.backups import verify_backup, verify_corpus_file  # noqa: PLC0415 - loads the database

    if backup is not None:
        return verify_backup(backup, progress)
    return verify_corpus_file(_require_file(load_settings(database=database)).database, progress)


def _require_sqlite(settings: Settings) -> Settings:
    """Return the settings; who keeps the corpus in PostgreSQL is sent to the tools of that database."""
    if settings.database_url is not None:
        raise InvalidInputError(
            "the corpus is in PostgreSQL, which has its own tools: `pg_dump --format=custom --file=FILE NAME` copies "
            "it while it is in use, `pg_restore --dbname=NAME FILE` puts it into an empty database, and "
            "`headwater migrate status` says whether its tables fit this program"
        )
    return settings


def _require_file(settings: Settings) -> Settings:
    if not _require_sqlite(settings).database.exists():
        raise NoCorpusError(str(settings.database))
    return settings


def _told(counts: dict[str, int]) -> str:
    shown = ("documents", "versions", "passages", "vectors", "api_keys", "saved_checks")
    return ", ".join(f"{counts[name]:,} {name.replace('_', ' ')}" for name in shown if counts.get(name)) or "empty"


def _forget_older(folder: Path, keep: int) -> None:
    """Delete the oldest of the backups that this command named."""
    for old in sorted(folder.glob(NAMES))[:-keep]:
        old.unlink()
        old.with_name(f"{old.name}.json").unlink(missing_ok=True)
        typer.echo(f"deleted: {old.name}", err=True)


class _Shown:
    """Shows how far a copy is; loads what draws it when the work begins."""

    def __enter__(self) -> _Shown:
        from headwater.cli.copying import ShownCopy  # noqa: PLC0415 - rich is slow to load

        self._bars = ShownCopy().__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.__exit__(None, None, None)

    def progress(self, what: str, done: int, of: int) -> None:
        """Show one step of it."""
        self._bars.work_done(what, done, of)
