"""`POST /v1/match`: a text against the corpus."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from headwater.api.answers import CheckAnswer, choose_rendering
from headwater.api.openapi import MATCH_PROBLEMS, answer_lines, example_answer, example_requests
from headwater.api.schemas import MatchRequest
from headwater.api.service import AcceptedType, CurrentService
from headwater.api.streams import answer_in_lines, wants_lines

router = APIRouter(tags=["check"])


@router.post(
    "/v1/match",
    response_model=CheckAnswer,
    responses={**example_answer("match", **answer_lines()), **MATCH_PROBLEMS},
    openapi_extra=example_requests("match"),
)
async def match_text(
    request: MatchRequest, service: CurrentService, http: Request, accept: AcceptedType = ""
) -> Response:
    """Check a highlighted passage or an article against the official documents of the corpus.

    Each claim of the text gets a verdict, the official words it rests on, and every difference that matters.
    """
    filters = request.passage_filters()
    context = request.context.to_domain(request.house_style)
    if wants_lines(accept):
        steps = service.checker.check_by_steps(request.text, context, filters=filters, limit=request.limit)
        return await answer_in_lines(service, steps, http.scope, text=request.text)
    render, media_type = choose_rendering(accept, request.context.to_linked())
    body = await service.answer(
        lambda: service.checker.check(request.text, context, filters=filters, limit=request.limit),
        render,
        text=request.text,
    )
    return Response(body, media_type=media_type)
