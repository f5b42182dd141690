"""`GET /v1/documents/{id}`: a stored document, as it is cited."""

from __future__ import annotations

import hashlib
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header, Path, Query, Response

from headwater.api.answers import DocumentAnswer
from headwater.api.openapi import DOCUMENT_PROBLEMS
from headwater.api.service import CurrentService, Service
from headwater.report.json import document_to_json

router = APIRouter(tags=["documents"])

DocumentId = Annotated[str, Path(max_length=200, description="As an answer names it.")]
Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="Which version; the latest unless given.")]
KnownTag = Annotated[str, Header(alias="If-None-Match", max_length=200)]


@router.get(
    "/v1/documents/{document_id}",
    response_model=DocumentAnswer,
    responses={304: {"description": "The copy you hold is current"}, **DOCUMENT_PROBLEMS},
)
async def show_document(
    document_id: DocumentId, service: CurrentService, version: Version = None, if_none_match: KnownTag = ""
) -> Response:
    """Return a document of the corpus with its text, its passages, its licence and the line to show with it."""
    tag, body = await to_thread.run_sync(_read, service, document_id, version)
    if if_none_match == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type="application/json", headers={"ETag": tag})


def _read(service: Service, document_id: str, version: int | None) -> tuple[str, bytes]:
    document = service.store.document(document_id, version)
    passages = service.store.passages_of(document.id, document.version)
    versions = service.store.versions(document.id)
    answer = DocumentAnswer.model_validate(document_to_json(document, passages, versions))
    # The particulars of a version can be refreshed under the same words, so the tag is of the whole answer.
    body = answer.model_dump_json().encode()
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"', body
