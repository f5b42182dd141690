"""`POST /v1/match/batch`: up to a hundred texts against the corpus; one that fails harms no other."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi import Request as HttpRequest

from headwater.api.access import caller_of
from headwater.api.answers import CheckAnswer, ProblemAnswer
from headwater.api.batch_answers import BatchAnswer, BatchItem, BatchRequest, BatchResult
from headwater.api.openapi import MATCH_PROBLEMS, example_requests
from headwater.api.problems import error_response
from headwater.api.service import CurrentService, Service
from headwater.domain.errors import HeadwaterError, NotReadyError
from headwater.report.json import report_to_json

router = APIRouter(tags=["check"])


@router.post(
    "/v1/match/batch",
    response_model=BatchAnswer,
    responses=MATCH_PROBLEMS,
    openapi_extra=example_requests("batch"),
)
async def match_batch(request: BatchRequest, service: CurrentService, http: HttpRequest) -> BatchAnswer:
    """Check up to 100 texts against the official documents of the corpus.

    Each counts as one request. Texts are checked one after the other, so that a batch takes one thread of the
    service. A text that cannot be checked has its problem in place of an answer; what concerns all of them, such as an
    empty corpus, is the answer to the whole request.
    """
    await caller_of(http.scope).charge(len(request.items) - 1)
    results = [await _result(service, request, http, index) for index in range(len(request.items))]
    return BatchAnswer(results=results, failed=sum(result.problem is not None for result in results))


async def _result(service: Service, request: BatchRequest, http: HttpRequest, index: int) -> BatchResult:
    item = request.items[index]
    try:
        return BatchResult(index=index, answer=await _checked(service, request, item), problem=None)
    except NotReadyError:
        raise
    except HeadwaterError as error:
        body = bytes(error_response(http.scope, error).body)
        return BatchResult(index=index, answer=None, problem=ProblemAnswer.model_validate_json(body))


async def _checked(service: Service, request: BatchRequest, item: BatchItem) -> CheckAnswer:
    filters = request.filters.to_domain() if request.filters else None
    context = item.context.to_domain(request.house_style)
    return await service.answer(
        lambda: service.checker.check(
            item.text, context, filters=None if filters is None or filters.is_empty else filters, limit=request.limit
        ),
        lambda report: CheckAnswer.model_validate(report_to_json(report)),
        text=item.text,
    )
