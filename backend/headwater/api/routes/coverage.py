"""`GET /v1/coverage`: what the corpus holds, so that "no official source found" can be judged."""

from __future__ import annotations

import hashlib
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header, Response

from headwater.api.coverage_answers import CoverageAnswer
from headwater.api.openapi import declare
from headwater.api.service import CurrentService, Service
from headwater.report.coverage import coverage_to_json
from headwater.sources.keeping_up.listing import list_sources

router = APIRouter(tags=["documents"])

KnownTag = Annotated[str, Header(alias="If-None-Match", max_length=200)]


@router.get(
    "/v1/coverage",
    response_model=CoverageAnswer,
    responses={
        304: {"description": "The copy you hold is current"},
        **declare("invalid-request", "corpus-unavailable"),
    },
)
async def show_coverage(service: CurrentService, if_none_match: KnownTag = "") -> Response:
    """Return what the corpus holds: publishers, kinds of documents, languages, days, and the last sync of each source.

    It is counted once for each state of the corpus.
    """
    tag, body = await to_thread.run_sync(_read, service)
    if if_none_match == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type="application/json", headers={"ETag": tag})


def _read(service: Service) -> tuple[str, bytes]:
    coverage = service.store.coverage.read()
    titles = {name: source.title for name, source in list_sources(service.store.syncs).items()}
    answer = CoverageAnswer.model_validate(coverage_to_json(coverage, titles))
    body = answer.model_dump_json().encode()
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"', body
