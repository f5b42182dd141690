"""`GET /v1/coverage`: what the corpus holds, so that "no official source found" can be judged."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from headwater.api.coverage_answers import CoverageAnswer
from headwater.api.etags import NOT_SENT_AGAIN, KnownTag, tagged_answer
from headwater.api.openapi import declare
from headwater.api.service import CurrentService, Service
from headwater.report.coverage import coverage_to_json
from headwater.sources.keeping_up.listing import list_sources

router = APIRouter(tags=["documents"])


@router.get(
    "/v1/coverage",
    response_model=CoverageAnswer,
    responses={**NOT_SENT_AGAIN, **declare("invalid-request", "corpus-unavailable")},
)
async def show_coverage(
    service: CurrentService,
    request: Request,
    if_none_match: KnownTag = "",  # noqa: ARG001 - described here, and read with all its lines
) -> Response:
    """Return what the corpus holds: publishers, kinds of documents, languages, days, and the last sync of each source.

    It is counted once for each state of the corpus.
    """
    return tagged_answer(request, await to_thread.run_sync(_read, service))


def _read(service: Service) -> bytes:
    coverage = service.store.coverage.read()
    titles = {name: source.title for name, source in list_sources(service.store.syncs).items()}
    answer = CoverageAnswer.model_validate(coverage_to_json(coverage, titles))
    return answer.model_dump_json().encode()
