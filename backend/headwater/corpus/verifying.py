"""Looking through a SQLite corpus: whether the file is sound, and whether all that belongs together agrees.

Texts are hashed anew and compared with what was noted when they were stored, passages with the texts they are cut from,
the word index with the passages, vectors with each other. Only tables that every release has are looked into.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any

import numpy as np

from headwater.corpus import meta
from headwater.corpus.rows import TEXT_HASH_BYTES, text_sha256
from headwater.corpus.vectors import STORED_AS

MOST_FAULTS = 20  # a damaged disk damages thousands of rows alike
UNIT = 1e-3  # how far from 1 the length of a stored vector may be
ROWS_A_STEP = 500
SHADOWS = "passage_words"  # tables of the word index: rows of its own making

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Verification:
    """What a corpus holds, and what is wrong with it.

    Args:
        tables: Revision of its tables.
        revision: Of its documents and vectors.
        counts: Rows of each table.
        faults: In words; empty if all is well.
    """

    tables: str
    revision: str
    counts: dict[str, int]
    faults: tuple[str, ...]


def silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody how far the work is."""


def verify(connection: Any, progress: Progress = silent, *, is_own: bool = False) -> Verification:
    """Look through a corpus.

    Args:
        connection: Of the driver; reads one state of the file, or the file is nobody else's.
        progress: Told how far it is.
        is_own: Whether the file is the caller's own to write: the word index is then compared word by word.

    Raises:
        Exception: The driver's own, if the file cannot be read at all.
    """
    faults = list(islice(_faults(connection, progress, is_own=is_own), MOST_FAULTS))
    content = _fact(connection, meta.CONTENT, "0" * 16)
    revision = f"{content}.{_fact(connection, meta.VECTOR_COUNT, '0')}"
    return Verification(read_revision(connection), revision, count_rows(connection), tuple(faults))


def read_revision(connection: Any) -> str:
    """Return the revision of the tables, "" where there are none of a corpus.

    Args:
        connection: Of the driver.
    """
    tables = set(_tables(connection))
    if "alembic_version" in tables:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is not None:
            return str(row[0])
    if "corpus_meta" not in tables:
        return ""
    held = _fact(connection, meta.SCHEMA, "")
    return "0001" if held == "1" else held  # as the first release wrote it


def count_rows(connection: Any) -> dict[str, int]:
    """Return how many rows each table has.

    Args:
        connection: Of the driver.
    """
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names of its own tables
        for name in _tables(connection)
    }


def _faults(connection: Any, progress: Progress, *, is_own: bool) -> Iterator[str]:
    progress("checks of the file", 0, 2)
    for (said,) in connection.execute("PRAGMA integrity_check(10)").fetchall():
        if said != "ok":
            yield f"the file is damaged: {said}"
            return  # what is read from it would mean nothing
    progress("checks of the file", 1, 2)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"row {row} of {table} belongs to a row of {parent} that is not there"
    progress("checks of the file", 2, 2)
    yield from _text_faults(connection, progress)
    yield from _vector_faults(connection, progress)
    yield from _index_faults(connection, is_own=is_own)


def _text_faults(connection: Any, progress: Progress) -> Iterator[str]:
    total = connection.execute("SELECT count(*) FROM versions").fetchone()[0]
    columns = ", ".join(meta.FINGERPRINT_FIELDS)
    versions = connection.execute(f"SELECT id, text, {columns} FROM versions ORDER BY id")  # noqa: S608 - constants
    content = 0
    for done, (number, text, *fields) in enumerate(versions, 1):
        named = dict(zip(meta.FINGERPRINT_FIELDS, fields, strict=True))
        content = (content + meta.fingerprint(named)) % 2**meta.FINGERPRINT_BITS
        if text_sha256(text) != named["sha256"]:
            yield f"the text of version {number} is not the one that was stored"
        yield from _passage_faults(connection, number, text)
        if done % ROWS_A_STEP == 0 or done == total:
            progress("versions read", done, total)
    if f"{content:016x}" != _fact(connection, meta.CONTENT, "0" * 16):
        yield "the versions are not those that the corpus's fingerprint was made of"
    latest = "SELECT count(*) FROM (SELECT 1 FROM versions GROUP BY document_id HAVING sum(is_latest) <> 1)"
    if count := connection.execute(latest).fetchone()[0]:
        yield f"{count} documents have no latest version, or several"
    orphans = "SELECT count(*) FROM documents WHERE id NOT IN (SELECT document_id FROM versions)"
    if count := connection.execute(orphans).fetchone()[0]:
        yield f"{count} documents have no version"


def _passage_faults(connection: Any, version: int, text: str) -> Iterator[str]:
    wanted = 'SELECT id, start, "end", text_hash, text FROM passages WHERE version_id = ?'
    for number, start, end, held, passage in connection.execute(wanted, (version,)):
        if passage != text[start:end]:
            yield f"passage {number} is not what stands at its place in version {version}"
        elif blake2b(passage.encode(), digest_size=TEXT_HASH_BYTES).digest() != bytes(held):
            yield f"passage {number} is not the text that its hash names"


def _vector_faults(connection: Any, progress: Progress) -> Iterator[str]:
    total = connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
    if str(total) != _fact(connection, meta.VECTOR_COUNT, "0"):
        yield f"{total} vectors are stored, and {_fact(connection, meta.VECTOR_COUNT, '0')} were counted"
    dimensions: dict[str, Counter[int]] = {}
    read = connection.execute("SELECT id, model, vector FROM vectors ORDER BY id")
    done = 0
    while rows := read.fetchmany(ROWS_A_STEP):
        for number, model, vector in rows:
            dimensions.setdefault(model, Counter())[len(vector)] += 1
            if len(vector) % STORED_AS.itemsize or not (_is_unit(vector) or _is_of_no_word(connection, number, vector)):
                yield f"vector {number} is not of unit length"
        done += len(rows)
        progress("vectors read", done, total)
    for model, lengths in dimensions.items():
        if len(lengths) > 1:
            yield f"vectors of {model} have {len(lengths)} different lengths"


def _is_unit(vector: bytes) -> bool:
    values = np.frombuffer(vector, dtype=STORED_AS).astype(np.float64)
    return bool(abs(values @ values - 1) < UNIT)


def _is_of_no_word(connection: Any, number: int, vector: bytes) -> bool:
    """Say whether a vector is of zeros, as some encoders make it of a text without a letter or a digit ("* * *")."""
    of = "SELECT p.text FROM vectors v JOIN passages p ON p.text_hash = v.text_hash WHERE v.id = ? LIMIT 1"
    text = None if any(vector) else connection.execute(of, (number,)).fetchone()
    return text is not None and not any(character.isalnum() for character in text[0])


def _index_faults(connection: Any, *, is_own: bool) -> Iterator[str]:
    for one, other, what in (
        ("SELECT id FROM passages", "SELECT id FROM passage_words_docsize", "are not in the word index"),
        ("SELECT id FROM passage_words_docsize", "SELECT id FROM passages", "are in the word index, and not stored"),
    ):
        missing = connection.execute(f"SELECT count(*) FROM ({one} EXCEPT {other})").fetchone()[0]  # noqa: S608
        if missing:
            yield f"{missing} passages {what}"
    if is_own:
        try:
            connection.execute("INSERT INTO passage_words(passage_words, rank) VALUES('integrity-check', 1)").close()
        except Exception as error:  # of either driver
            yield f"the word index does not agree with the passages: {type(error).__name__}"


def _fact(connection: Any, name: str, default: str) -> str:
    row = connection.execute("SELECT content FROM corpus_meta WHERE name = ?", (name,)).fetchone()
    return default if row is None else str(row[0])


def _tables(connection: Any) -> list[str]:
    wanted = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    names = [row[0] for row in connection.execute(wanted).fetchall()]
    return [name for name in names if not name.startswith((SHADOWS, "passage_vocabulary", "sqlite_"))]
