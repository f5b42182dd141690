"""Copies of a SQLite corpus: made while it is in use, looked through before they count, and put back.

A copy gets its name when it is whole, checked and on the disk: a file of that name is a backup, never part of one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from headwater.corpus.engine import is_frozen_file, load_driver
from headwater.corpus.verifying import Progress, Verification, count_rows, read_revision, verify
from headwater.domain.errors import CorpusUnavailableError, InvalidInputError

PAGES_A_STEP = 2_560  # 10 MB: the bar moves, and a copy is hardly slower than in one go
BYTES_A_STEP = 1 << 20
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite would read together with a file of the name before it
MANIFEST = ".json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is noted of a backup beside it, so that a changed byte is found even where no table shows it.

    Args:
        sha256: Of the file.
        bytes: Its length.
        made: When, in UTC.
        tables: Revision of its tables.
        revision: Of its documents and vectors.
        counts: Rows of each table.
    """

    sha256: str
    bytes: int
    made: str
    tables: str
    revision: str
    counts: dict[str, int]


class BackupFaultyError(CorpusUnavailableError):
    """A backup is not what it should be; the message says in what."""


def back_up(database: Path, label: str) -> Path:
    """Copy a database as it was last committed, before its tables are changed, and return where the copy is.

    Args:
        database: The file.
        label: What it is a copy of: "0001" makes "corpus.sqlite3.backup-0001". An older one of that label is replaced.

    Raises:
        CorpusUnavailableError: If it cannot be written.
    """
    backup = database.with_name(f"{database.name}.backup-{label}")
    with _unfinished(
        backup, f"the corpus {database.name} has to be upgraded, and no backup of it can be written first"
    ):
        _copy(database, _part_of(backup))
        _sync(_part_of(backup))
        _part_of(backup).replace(backup)
        _sync(backup.parent)
    return backup


def save_backup(database: Path, backup: Path, progress: Progress) -> Manifest:
    """Copy a corpus that may be in use, look the copy through, and note beside it what it holds.

    Args:
        database: The file.
        backup: Where to; nothing may be there.
        progress: Told how far it is.

    Returns:
        What was noted.

    Raises:
        InvalidInputError: If something is there already.
        BackupFaultyError: If the copy is not whole: then the corpus itself is damaged.
        CorpusUnavailableError: If it cannot be read or written.
    """
    require_free(backup)
    part = _part_of(backup)
    with _unfinished(backup, f"the corpus {database.name} cannot be copied"):
        backup.parent.mkdir(parents=True, exist_ok=True)
        counted = _copy(database, part, progress)
        found = _looked_through(part, progress)
        if found.counts != counted:
            raise BackupFaultyError(f"the copy of {database.name} does not hold what the corpus holds")
        require_whole(found, f"the copy of {database.name}")
        manifest = Manifest(
            _digest(part, progress),
            part.stat().st_size,
            datetime.now(UTC).isoformat(timespec="seconds"),
            found.tables,
            found.revision,
            found.counts,
        )
        _write_manifest(backup, manifest)
        _publish(part, backup)
    return manifest


def restore_backup(
    backup: Path, database: Path, progress: Progress, check_known: Callable[[str, str], None]
) -> Verification:
    """Put a backup in the place of a corpus that is not there any more.

    Args:
        backup: The file; it stays as it is.
        database: Where the corpus is to be; nothing may be there.
        progress: Told how far it is.
        check_known: Refuses tables of a newer program, by their revision and the name of what has them.

    Returns:
        What it holds.

    Raises:
        InvalidInputError: If a corpus is there already.
        BackupFaultyError: If the backup is damaged.
        CorpusUnavailableError: If it cannot be read or written.
    """
    require_free(database)
    part = _part_of(database)
    with _unfinished(database, f"the backup {backup.name} cannot be put back"):
        database.parent.mkdir(parents=True, exist_ok=True)
        _require_noted_digest(backup, progress)
        _copy(backup, part, progress, is_backup=True)
        found = _looked_through(part, progress)
        require_whole(found, f"the backup {backup.name}")
        check_known(found.tables, backup.name)
        # The index is made anew from the corpus; one of a later state would be taken for its own.
        shutil.rmtree(database.with_name(f"{database.name}-index"), ignore_errors=True)
        _publish(part, database)
    return found


def verify_backup(backup: Path, progress: Progress) -> Verification:
    """Look a backup through, and compare it with what was noted of it; nothing is written.

    Args:
        backup: The file.
        progress: Told how far it is.

    Raises:
        BackupFaultyError: If it is not the file that was noted.
        CorpusUnavailableError: If it cannot be read.
    """
    driver = load_driver()
    _require_noted_digest(backup, progress)
    try:
        with closing(_open(backup, is_backup=True)) as connection:
            return verify(connection, progress)
    except driver.Error as error:
        raise BackupFaultyError(f"the backup {backup.name} cannot be read: {error}") from error


def verify_corpus_file(database: Path, progress: Progress) -> Verification:
    """Look a corpus through that may be in use, as it stands at one instant; nothing is written.

    Args:
        database: The file.
        progress: Told how far it is.

    Raises:
        CorpusUnavailableError: If it cannot be read.
    """
    driver = load_driver()
    try:
        with closing(_open(database)) as connection:
            connection.execute("BEGIN").close()
            return verify(connection, progress)
    except driver.Error as error:
        raise CorpusUnavailableError(f"the corpus {database.name} cannot be read: {error}") from error


def find_manifest(backup: Path) -> Manifest | None:
    """Return what was noted of a backup, or None where nothing lies beside it.

    Args:
        backup: The file.

    Raises:
        BackupFaultyError: If it cannot be understood.
    """
    path = _note_of(backup)
    try:
        return Manifest(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise BackupFaultyError(f"{path.name} beside the backup cannot be read: {type(error).__name__}") from error


def require_free(path: Path) -> None:
    """Refuse to write where something is, or where a file lies that SQLite would take for a part of it.

    Args:
        path: Where to write.

    Raises:
        InvalidInputError: Names what is there.
    """
    for taken in (path, *(path.with_name(path.name + end) for end in BESIDE)):
        if taken.exists():
            raise InvalidInputError(
                f"{taken} is there already, and nothing is ever written over it: move it away with all files whose "
                f"names begin like it, or choose another place"
            )


def require_whole(found: Verification, what: str) -> None:
    """Refuse a copy that has faults.

    Args:
        found: What was found in it.
        what: Is it called.

    Raises:
        BackupFaultyError: Names the faults.
    """
    if found.faults:
        raise BackupFaultyError(f"{what} is not whole: {'; '.join(found.faults)}")


def _open(path: Path, *, is_backup: bool = False) -> Any:
    """Open a file to read; a backup that lies whole in its one file is opened so that nothing is made beside it."""
    where = path.absolute().as_uri()
    log = path.with_name(f"{path.name}-wal")
    is_whole = is_backup and not (log.exists() and log.stat().st_size)
    mode = "?immutable=1" if is_whole or is_frozen_file(path) else "?mode=rw"
    connection = load_driver().connect(where + mode, uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only=ON").close()
    connection.execute("PRAGMA busy_timeout=5000").close()
    return connection


def _copy(source: Path, target: Path, progress: Progress | None = None, *, is_backup: bool = False) -> dict[str, int]:
    """Copy a database as it stands at one instant, whoever writes meanwhile; return how many rows each table had."""
    target.unlink(missing_ok=True)
    tell: Callable[[int, int, int], None] | None = None
    if progress is not None:
        shown = progress

        def tell(_status: int, remaining: int, total: int) -> None:
            shown("pages copied", total - remaining, total)

    driver = load_driver()
    with closing(_open(source, is_backup=is_backup)) as connection, closing(driver.connect(target)) as copy:
        connection.execute("BEGIN").close()  # one state from here on: a writer does not make the copy begin anew
        counted = count_rows(connection)
        connection.backup(copy, pages=PAGES_A_STEP, progress=tell)
        copy.execute("PRAGMA journal_mode=DELETE").close()  # whole in its one file, and readable from any disk
    return counted


def _looked_through(part: Path, progress: Progress) -> Verification:
    """Look through a copy that nobody else knows yet: its word index is compared with the passages word by word."""
    with closing(load_driver().connect(part, isolation_level=None)) as connection:
        if not read_revision(connection):
            raise BackupFaultyError("the file is a database, and holds no corpus")
        return verify(connection, progress, is_own=True)


def _require_noted_digest(backup: Path, progress: Progress) -> None:
    noted = find_manifest(backup)
    if noted is not None and noted.sha256 != _digest(backup, progress):
        raise BackupFaultyError(f"the backup {backup.name} has changed since it was made: its SHA-256 is another one")


def _digest(path: Path, progress: Progress) -> str:
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while part := file.read(BYTES_A_STEP):
            digest.update(part)
            done += len(part)
            progress("bytes hashed", done, total)
    return digest.hexdigest()


def _write_manifest(backup: Path, manifest: Manifest) -> None:
    path = _note_of(backup)
    part = _part_of(path)
    part.write_text(json.dumps(asdict(manifest), indent=1) + "\n", "utf-8")
    _sync(part)
    part.replace(path)


def _publish(part: Path, path: Path) -> None:
    """Give a file its name, unless something took it meanwhile."""
    _sync(part)
    try:
        os.link(part, path)  # unlike a renaming, it never replaces
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        require_free(path)
        part.replace(path)
    part.unlink(missing_ok=True)
    _sync(path.parent)


def _note_of(backup: Path) -> Path:
    return backup.with_name(backup.name + MANIFEST)


def _part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


@contextmanager
def _unfinished(path: Path, what: str) -> Iterator[None]:
    """Leave nothing half-done behind, and say what could not be done."""
    driver = load_driver()
    try:
        yield
    except (OSError, driver.Error) as error:
        raise CorpusUnavailableError(f"{what}: {error}") from error
    finally:
        part = _part_of(path)
        for left in (part, _part_of(_note_of(path)), *(part.with_name(part.name + end) for end in BESIDE)):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
