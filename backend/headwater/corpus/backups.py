"""A copy of a SQLite corpus, made before its tables are changed."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path

from headwater.corpus.engine import load_driver
from headwater.domain.errors import CorpusUnavailableError


def back_up(database: Path, label: str) -> Path:
    """Copy a database as it was last committed, and return where the copy is.

    The copy gets its name when it is whole and on the disk: a file of that name is a backup, never part of one.

    Args:
        database: The file.
        label: What it is a copy of: "0001" makes "corpus.sqlite3.backup-0001". An older one of that label is replaced.

    Raises:
        CorpusUnavailableError: If it cannot be written.
    """
    driver = load_driver()
    backup = database.with_name(f"{database.name}.backup-{label}")
    unfinished = backup.with_name(f"{backup.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        with closing(driver.connect(database)) as source, closing(driver.connect(unfinished)) as target:
            source.backup(target)
        _sync(unfinished)
        unfinished.replace(backup)
        _sync(backup.parent)
    except (OSError, driver.Error) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise CorpusUnavailableError(
            f"the corpus {database.name} has to be upgraded, and no backup of it can be written first: {error}"
        ) from error
    return backup


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
