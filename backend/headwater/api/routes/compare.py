"""`POST /v1/compare`: a text against one given official text."""

from __future__ import annotations

from fastapi import APIRouter, Response

from headwater.api.answers import CheckAnswer, choose_rendering
from headwater.api.openapi import COMPARE_PROBLEMS, example_answer, example_requests
from headwater.api.schemas import CompareRequest
from headwater.api.service import AcceptedType, CurrentService

router = APIRouter(tags=["check"])


@router.post(
    "/v1/compare",
    response_model=CheckAnswer,
    responses={**example_answer("compare"), **COMPARE_PROBLEMS},
    openapi_extra=example_requests("compare"),
)
async def compare_texts(request: CompareRequest, service: CurrentService, accept: AcceptedType = "") -> Response:
    """Check a text against one official text that is sent along; the corpus is not asked.

    Spans of the official side point into `source` as it was sent.
    """
    context = request.context.to_domain(request.house_style)
    source_context = request.source_context.to_domain()
    render, media_type = choose_rendering(accept, request.context.to_linked())
    body = await service.answer(
        lambda: service.checker.compare(request.text, request.source, context, source_context=source_context),
        render,
        text=request.text,
        source=request.source,
    )
    return Response(body, media_type=media_type)
