"""Reading documents and passages back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, bindparam, func, select

from headwater.corpus.contract import VersionFacts
from headwater.corpus.quick import Rows
from headwater.corpus.rows import PASSAGE_COLUMNS, to_days, to_document, to_passage
from headwater.corpus.statuses import STATUS_COLUMNS
from headwater.corpus.tables import DOCUMENTS, PASSAGES, VERSIONS
from headwater.domain.documents import Document, Passage

IDS_A_QUERY = 5_000  # well under SQLite's limit of bound values (32,766)
VERSION_COLUMNS: tuple[Column[Any], ...] = tuple(
    column for column in VERSIONS.c if column.name not in {"text", "description"}
)


def select_versions(*extra: ColumnElement[Any]) -> Select[Any]:
    """Return a query for versions with what identifies their documents, texts left out."""
    joined = VERSIONS.join(DOCUMENTS, VERSIONS.c.document_id == DOCUMENTS.c.id)
    return select(*VERSION_COLUMNS, DOCUMENTS.c.language, *STATUS_COLUMNS, *extra).select_from(joined)


# Made once: every check reads by them some ten times, and making a query takes longer than answering it.
PASSAGES_BY_ID = select(*PASSAGE_COLUMNS).where(PASSAGES.c.id.in_(bindparam("ids", expanding=True)))
PASSAGES_OF = select(*PASSAGE_COLUMNS).where(PASSAGES.c.version_id == bindparam("version")).order_by(PASSAGES.c.ordinal)
VERSIONS_BY_ID = select_versions().where(VERSIONS.c.id.in_(bindparam("ids", expanding=True)))
LATEST_VERSION = select_versions().where(VERSIONS.c.document_id == bindparam("document"), VERSIONS.c.is_latest)
NUMBERED_VERSION = select_versions().where(
    VERSIONS.c.document_id == bindparam("document"), VERSIONS.c.number == bindparam("number")
)
EVERY_VERSION = select_versions().where(VERSIONS.c.document_id == bindparam("document")).order_by(VERSIONS.c.number)
VERSION_FACTS = select(
    VERSIONS.c.id,
    VERSIONS.c.document_id,
    VERSIONS.c.number,
    VERSIONS.c.title,
    VERSIONS.c.speaker,
    VERSIONS.c.first_published,
    VERSIONS.c.updated,
).where(VERSIONS.c.id.in_(bindparam("ids", expanding=True)))
VERSION_NAMES = tuple(column.name for column in LATEST_VERSION.selected_columns if isinstance(column, Column))
MADE = 4_096  # documents made of their rows, remembered: of about 2 kB each


@dataclass(frozen=True, slots=True)
class CorpusCounts:
    """How much the corpus holds."""

    documents: int
    versions: int
    passages: int
    texts: int  # passages with different words: what has to be encoded


def in_parts(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield identifiers in lists short enough for one query."""
    every = list(dict.fromkeys(ids))
    for start in range(0, len(every), IDS_A_QUERY):
        yield every[start : start + IDS_A_QUERY]


def read_documents(connection: Connection, ids: Sequence[str]) -> dict[str, Document]:
    """Return the latest version of each document that is stored, without its text."""
    found: dict[str, Document] = {}
    for part in in_parts(ids):
        wanted = select_versions().where(VERSIONS.c.document_id.in_(part), VERSIONS.c.is_latest)
        for row in connection.execute(wanted).mappings():
            found[row["document_id"]] = to_document(row)
    return {identifier: found[identifier] for identifier in ids if identifier in found}


def find_document(connection: Connection, identifier: str, version: int | None) -> Document | None:
    """Return one version of a document with its text (the latest if no number is given), or None."""
    which = VERSIONS.c.is_latest if version is None else VERSIONS.c.number == version
    wanted = select_versions(VERSIONS.c.text).where(VERSIONS.c.document_id == identifier, which)
    row = connection.execute(wanted).mappings().one_or_none()
    return None if row is None else to_document(row, text=row["text"])


def read_versions(rows: Rows, identifier: str) -> tuple[Document, ...]:
    """Return all versions of a document, oldest first, without their texts."""
    return tuple(_document_of(tuple(row)) for row in rows(EVERY_VERSION, document=identifier))


def read_passages(rows: Rows, ids: Sequence[int]) -> dict[int, Passage]:
    """Return the passages that are stored, in the order of the identifiers given."""
    found = {row[0]: row for part in in_parts(map(int, ids)) for row in rows(PASSAGES_BY_ID, ids=part)}
    documents = {
        row[0]: _document_of(tuple(row))
        for part in in_parts(row[1] for row in found.values())
        for row in rows(VERSIONS_BY_ID, ids=part)
    }
    wanted = (found[one] for one in dict.fromkeys(map(int, ids)) if one in found)
    return {row[0]: to_passage(row, documents[row[1]]) for row in wanted}


def read_version_facts(rows: Rows, numbers: Sequence[int]) -> dict[int, VersionFacts]:
    """Return what scoring has to know of some versions, by row number.

    Args:
        rows: Reads the corpus.
        numbers: Row numbers of versions.
    """
    return {
        row: VersionFacts(document, number, title, speaker, days=to_days(moments))
        for part in in_parts(map(int, numbers))
        for row, document, number, title, speaker, *moments in rows(VERSION_FACTS, ids=part)
    }


def read_passages_of(rows: Rows, identifier: str, version: int | None) -> tuple[Passage, ...]:
    """Return the passages of one version of a document (the latest if no number is given), in order."""
    if version is None:
        found = rows(LATEST_VERSION, document=identifier)
    else:
        found = rows(NUMBERED_VERSION, document=identifier, number=version)
    if not found:
        return ()
    document = _document_of(tuple(found[0]))
    return tuple(to_passage(one, document) for one in rows(PASSAGES_OF, version=found[0][0]))


@lru_cache(maxsize=MADE)
def _document_of(row: tuple[Any, ...]) -> Document:
    """Return the document of a row of `select_versions`; the same row makes the same one."""
    return to_document(dict(zip(VERSION_NAMES, row, strict=True)))


def read_counts(connection: Connection) -> CorpusCounts:
    """Return how much the corpus holds."""

    def count(what: Any) -> int:
        return int(connection.execute(select(what)).scalar_one())

    return CorpusCounts(
        documents=count(func.count(DOCUMENTS.c.id)),
        versions=count(func.count(VERSIONS.c.id)),
        passages=count(func.count(PASSAGES.c.id)),
        texts=count(func.count(PASSAGES.c.text_hash.distinct())),
    )


def count_documents(connection: Connection) -> int:
    """Return how many documents there are: a count of short rows, where counting passages and texts reads gigabytes."""
    return int(connection.execute(select(func.count()).select_from(DOCUMENTS)).scalar_one())


def count_passages(connection: Connection) -> int:
    """Return how many passages there are."""
    return int(connection.execute(select(func.count(PASSAGES.c.id))).scalar_one())
