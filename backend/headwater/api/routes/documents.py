"""`/v1/documents/{id}`: a stored document, as it is cited."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Path, Query, Request, Response

from headwater.api.answers import DocumentAnswer
from headwater.api.etags import NOT_SENT_AGAIN, KnownTag, tagged_answer
from headwater.api.openapi import DOCUMENT_PROBLEMS
from headwater.api.service import CurrentService, Service
from headwater.report.json import document_to_json

router = APIRouter(tags=["documents"])

DocumentId = Annotated[str, Path(max_length=200, description="As an answer names it.")]
Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="Which version; the latest unless given.")]


@router.get(
    "/v1/documents/{document_id}",
    response_model=DocumentAnswer,
    responses={**NOT_SENT_AGAIN, **DOCUMENT_PROBLEMS},
)
async def show_document(
    document_id: DocumentId,
    service: CurrentService,
    request: Request,
    *,
    version: Version = None,
    if_none_match: KnownTag = "",  # noqa: ARG001 - described here, and read with all its lines
) -> Response:
    """Return a document of the corpus with its text, its passages, its licence and the line to show with it."""
    return tagged_answer(request, await to_thread.run_sync(_read, service, document_id, version))


@router.head(
    "/v1/documents/{document_id}",
    responses={200: {"description": "It is there"}, **NOT_SENT_AGAIN, **DOCUMENT_PROBLEMS},
    response_class=Response,
)
async def look_at_document(
    document_id: DocumentId,
    service: CurrentService,
    request: Request,
    *,
    version: Version = None,
    if_none_match: KnownTag = "",
) -> Response:
    """Say whether a document is there, and how its answer is tagged, without sending it."""
    return await show_document(document_id, service, request, version=version, if_none_match=if_none_match)


def _read(service: Service, document_id: str, version: int | None) -> bytes:
    document = service.store.document(document_id, version)
    passages = service.store.passages_of(document.id, document.version)
    versions = service.store.versions(document.id)
    answer = DocumentAnswer.model_validate(document_to_json(document, passages, versions))
    # The particulars of a version can be refreshed under the same words, so the tag is of the whole answer.
    return answer.model_dump_json().encode()
