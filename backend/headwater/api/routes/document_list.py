"""`GET /v1/documents`: what the corpus holds, page by page."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Query
from pydantic import Field

from headwater.api.answers import Answer
from headwater.api.openapi import declare
from headwater.api.schemas import Day
from headwater.api.service import CurrentService
from headwater.corpus.listing import ListFilters, Place, list_documents
from headwater.domain.documents import Document
from headwater.domain.errors import InvalidInputError
from headwater.report.json import readable

MOST_WORDS = 20  # of a title: more tell nothing
router = APIRouter(tags=["documents"])

Name = Annotated[str, Query(max_length=200)]
Cursor = Annotated[str, Query(max_length=600, description="`next` of the page before; leave out for the first.")]
PageLength = Annotated[int, Query(ge=1, le=200, description="Documents a page.")]


class ListedDocumentAnswer(Answer):
    """A document without its text."""

    id: str
    version: int = Field(description="Number of its latest version.")
    publisher: str
    document_type: str
    title: str
    url: str
    language: str
    licence: str
    first_published: str | None
    updated: str | None
    status: str


class DocumentListAnswer(Answer):
    """A page of documents, newest first."""

    items: list[ListedDocumentAnswer]
    next: str | None = Field(description="`cursor` of the next page; null after the last.")


@router.get(
    "/v1/documents",
    response_model=DocumentListAnswer,
    responses=declare("invalid-request", "invalid-input", "corpus-unavailable"),
)
async def list_all_documents(  # noqa: PLR0913 - one parameter each of the query
    service: CurrentService,
    *,
    publisher: Annotated[Name, Query(description="Name as stored.")] = "",
    type: Annotated[Name, Query(description="The publisher's word for the type.")] = "",
    from_day: Annotated[Day, Query(alias="from", description="First day, inclusive, as YYYY-MM-DD.")] = None,
    to_day: Annotated[Day, Query(alias="to", description="Last day, inclusive.")] = None,
    title: Annotated[Name, Query(description="Words that all stand in the title, in any order.")] = "",
    limit: PageLength = 50,
    cursor: Cursor = "",
) -> DocumentListAnswer:
    """List the documents of the corpus, newest first, without their texts.

    A page begins where the one before ended, whatever has been added since.
    """
    words = tuple(dict.fromkeys(title.replace("\0", " ").split()))[:MOST_WORDS]
    filters, after = ListFilters(publisher, type, from_day, last_day=to_day, words=words), parse_cursor(cursor)
    page = await to_thread.run_sync(lambda: list_documents(service.store, filters, after, limit))
    items = [ListedDocumentAnswer.model_validate(_readable(asdict(one))) for one in page.documents]
    return DocumentListAnswer(items=items, next=write_cursor(page.place) if page.place else None)


def listed(document: Document) -> ListedDocumentAnswer:
    """Return a document as a list shows it."""
    values = {name: getattr(document, name) for name in ListedDocumentAnswer.model_fields}
    moments = {name: values[name].isoformat() if values[name] else None for name in ("first_published", "updated")}
    return ListedDocumentAnswer.model_validate(_readable(values | moments))


def write_cursor(place: Place) -> str:
    """Return a place as a caller sends it back: opaque, and fit for a query."""
    return urlsafe_b64encode(json.dumps([place.day, place.document_id]).encode()).decode().rstrip("=")


def parse_cursor(written: str) -> Place | None:
    """Read a cursor.

    Args:
        written: As it was sent; "" for the first page.

    Raises:
        InvalidInputError: If it is none of this service's.
    """
    if not written:
        return None
    try:
        day, document_id = json.loads(urlsafe_b64decode(written + "=" * (-len(written) % 4)))
    except (ValueError, TypeError, RecursionError):
        raise InvalidInputError("the cursor is not one that this service gave") from None
    if not (isinstance(day, str) and isinstance(document_id, str)) or "\0" in day + document_id:
        raise InvalidInputError("the cursor is not one that this service gave")
    return Place(day.encode("utf-8", "replace").decode(), document_id.encode("utf-8", "replace").decode())


def _readable(values: dict[str, object]) -> dict[str, object]:
    return {name: readable(value) if isinstance(value, str) else value for name, value in values.items()}
