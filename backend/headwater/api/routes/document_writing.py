"""`POST` and `DELETE` under `/v1/documents`: official documents into the corpus, and out of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Literal, cast

import structlog
from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from headwater.api.access import caller_of
from headwater.api.answers import Answer
from headwater.api.checks.requests import FORM_TYPE, JSON_TYPE
from headwater.api.handed_in import DocumentRequest, Ingestion, form_properties, parse_handed_in
from headwater.api.idempotency import IdempotencyKey, Write, answer_once
from headwater.api.openapi import DELETE_DOCUMENT_PROBLEMS, INGEST_PROBLEMS, example_requests
from headwater.api.problems import UnsupportedMediaTypeError
from headwater.api.routes.document_list import ListedDocumentAnswer, listed
from headwater.api.routes.documents import DocumentId
from headwater.api.service import CurrentService, Service
from headwater.corpus.writing import AddOutcome
from headwater.domain.documents import Document
from headwater.domain.errors import NotFoundError
from headwater.sources.storing import Stored

Outcome = Literal["added", "new_version", "unchanged"]
router = APIRouter(tags=["documents"])
log = structlog.get_logger("headwater.api")


class IngestAnswer(Answer):
    """What became of a document that was handed over."""

    outcome: Outcome = Field(
        description="`unchanged` where the corpus had these words already; what is stated of them is then taken over"
        " if `updated` is later than it was."
    )
    document: ListedDocumentAnswer = Field(description="The version that holds these words.")
    also: list[str] = Field(
        description="Identifiers of further documents that stand at the same address, as the parts of a debate."
    )
    encoded: int = Field(description="Number of texts that were given a vector; 0 where all had theirs.")
    corpus: str


def current_ingestion(request: Request) -> Ingestion:
    """Return what takes documents in."""
    return cast(Ingestion, request.app.state.ingestion)


CurrentIngestion = Annotated[Ingestion, Depends(current_ingestion)]


def _bodies() -> dict[str, object]:
    """Return how the body is described: by hand, for the framework reads none that comes in two forms."""
    body = example_requests("document")
    content = body["requestBody"]["content"]
    content[JSON_TYPE]["schema"] = {"$ref": f"#/components/schemas/{DocumentRequest.__name__}"}
    content[FORM_TYPE] = {"schema": {"type": "object", "properties": form_properties(), "additionalProperties": False}}
    body["requestBody"]["required"] = True
    return body


@router.post(
    "/v1/documents",
    status_code=201,
    response_model=IngestAnswer,
    responses=INGEST_PROBLEMS | {200: {"description": "The corpus had these words already", "model": IngestAnswer}},
    openapi_extra=_bodies(),
)
async def add_document(
    request: Request, service: CurrentService, ingestion: CurrentIngestion, idempotency_key: IdempotencyKey = ""
) -> Response:
    """Take an official document into the corpus, as `headwater ingest` does.

    Sent as text, as markup, as a file (JSON, or a form with the field `file`), or named by an address of a listed
    host alone. The answer comes once it is stored with its passages and their vectors: every service on the corpus
    finds it from then on. The same words again are no second document and no second version.
    """
    content_type = request.headers.get("content-type", "")
    if content_type.split(";")[0].strip().lower() not in {JSON_TYPE, FORM_TYPE}:
        raise UnsupportedMediaTypeError(f"{JSON_TYPE} or {FORM_TYPE}")
    body = await request.body()
    try:
        given = await asyncio.to_thread(parse_handed_in, content_type, body)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_input=False)) from None
    key_id = caller_of(request.scope).key_id
    service.require_lengths(text=given.request.text or "", html=given.request.html or "")

    async def store() -> Response:
        stored = await ingestion.take(given)
        log.info("document stored", document=stored.documents[0].id, encoded=stored.encoded, key_id=key_id)
        return await to_thread.run_sync(_answer, service, stored)

    async def again(headers: Mapping[str, str]) -> Response:
        identifier = headers["location"].rpartition("/")[2]
        return await to_thread.run_sync(lambda: _answer(service, _held(service.store.document(identifier))))

    return await answer_once(request, Write(idempotency_key, given.fingerprint, store, again))


@router.delete("/v1/documents/{document_id}", status_code=204, responses=DELETE_DOCUMENT_PROBLEMS)
async def delete_document(
    document_id: DocumentId, request: Request, ingestion: CurrentIngestion, idempotency_key: IdempotencyKey = ""
) -> Response:
    """Take a document with all its versions out of the corpus.

    No check finds it from then on; a source that is synced brings it back while its publisher lists it. A document
    that its publisher has withdrawn is better sent again with the notice in `withdrawn` and its moment in `updated`:
    it stays, under that notice.
    """

    async def delete() -> Response:
        if not await ingestion.remove(document_id):
            raise NotFoundError("document", document_id)
        log.info("document deleted", document=document_id, key_id=caller_of(request.scope).key_id)
        return Response(status_code=204)

    async def again(_: Mapping[str, str]) -> Response:
        return Response(status_code=204)

    return await answer_once(request, Write(idempotency_key, b"", delete, again))


def _held(document: Document) -> Stored:
    return Stored(AddOutcome(unchanged=1), (document,), 0)


def _answer(service: Service, stored: Stored) -> Response:
    first, *others = stored.documents
    outcome: Outcome = "unchanged"
    if stored.outcome.added or stored.outcome.new_versions:
        outcome = "added" if stored.outcome.added else "new_version"
    body = IngestAnswer(
        outcome=outcome,
        document=listed(first),
        also=[other.id for other in others],
        encoded=stored.encoded,
        corpus=service.store.revision(),
    )
    headers = {"Location": f"/v1/documents/{first.id}"}
    return Response(
        body.model_dump_json(), 200 if outcome == "unchanged" else 201, headers=headers, media_type=JSON_TYPE
    )
