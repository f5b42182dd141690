"""Documents in pages: each begins after the last document of the one before, so that new ones shift nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select

from headwater.corpus.store import CorpusStore
from headwater.corpus.tables import DOCUMENTS, VERSIONS


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document in a list: the particulars of its latest version, without its text."""

    id: str
    version: int
    publisher: str
    document_type: str
    title: str
    url: str
    language: str
    licence: str
    first_published: str | None
    updated: str | None
    status: str


@dataclass(frozen=True, slots=True)
class ListFilters:
    """Which documents are listed; an empty field does not limit.

    Args:
        publisher: Name as stored.
        document_type: The publisher's word for the type.
        first_day: On or after which a document's words may have appeared.
        last_day: On or before which they may have.
        words: That all stand in the title, in any order, whatever their case.
    """

    publisher: str = ""
    document_type: str = ""
    first_day: date | None = None
    last_day: date | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the day and the identifier of its last document."""

    day: str
    document_id: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Documents, newest first, and where the next page begins; None after the last."""

    documents: tuple[ListedDocument, ...]
    place: Place | None


day_column = func.coalesce(VERSIONS.c.first_day, "")


def list_documents(store: CorpusStore, filters: ListFilters, after: Place | None, limit: int) -> DocumentPage:
    """List documents by the day they appeared, newest first; those without a day come last.

    Args:
        store: The corpus.
        filters: Which are listed.
        after: Where the page before ended; None for the first.
        limit: How many at most.

    Raises:
        CorpusUnavailableError: If the database cannot be read.
    """
    with store._database.read() as connection:
        rows = connection.execute(_select(filters, after).limit(limit + 1)).all()
    shown = rows[:limit]
    more = len(rows) > limit
    return DocumentPage(tuple(map(_listed, shown)), Place(shown[-1].day, shown[-1].id) if more else None)


def _select(filters: ListFilters, after: Place | None) -> Select[Any]:
    columns = (VERSIONS.c.number, VERSIONS.c.publisher, VERSIONS.c.document_type, VERSIONS.c.title, VERSIONS.c.url)
    also = (VERSIONS.c.licence, VERSIONS.c.first_published, VERSIONS.c.updated)
    chosen = (
        select(DOCUMENTS.c.id, DOCUMENTS.c.language, DOCUMENTS.c.status, *columns, *also, day_column.label("day"))
        .join(VERSIONS, VERSIONS.c.document_id == DOCUMENTS.c.id)
        .where(VERSIONS.c.is_latest)
        .order_by(day_column.desc(), DOCUMENTS.c.id.desc())
    )
    if filters.publisher:
        chosen = chosen.where(VERSIONS.c.publisher == filters.publisher)
    if filters.document_type:
        chosen = chosen.where(VERSIONS.c.document_type == filters.document_type)
    if filters.first_day:  # as in a search: one without a date passes no date limit
        chosen = chosen.where(VERSIONS.c.last_day >= filters.first_day.isoformat())
    if filters.last_day:
        chosen = chosen.where(VERSIONS.c.first_day <= filters.last_day.isoformat())
    for word in filters.words:
        chosen = chosen.where(VERSIONS.c.title.icontains(word, autoescape=True))
    if after is not None:
        same_day = and_(day_column == after.day, DOCUMENTS.c.id < after.document_id)
        chosen = chosen.where(or_(day_column < after.day, same_day))
    return chosen


def _listed(row: Row[Any]) -> ListedDocument:
    return ListedDocument(
        row.id, row.number, row.publisher, row.document_type, title=row.title, url=row.url, language=row.language,
        licence=row.licence, first_published=row.first_published, updated=row.updated, status=row.status,
    )  # fmt: skip
