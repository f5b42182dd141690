"""`/v1/checks`: checks made as jobs, watched by events, kept where their owner wants it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import JSONResponse

from headwater.api.access import caller_of
from headwater.api.checks.answers import DecisionRequest, DecisionsAnswer, JobAnswer, answer_of
from headwater.api.checks.asked import asked_to_json
from headwater.api.checks.decisions import note_decision
from headwater.api.checks.job import Job
from headwater.api.checks.jobs import Jobs
from headwater.api.checks.requests import FORM_TYPE, JSON_TYPE, CheckRequest, parse_check
from headwater.api.idempotency import IdempotencyKey, Write, answer_once
from headwater.api.openapi import CHANGE_JOB_PROBLEMS, CHECK_JOB_PROBLEMS, FIND_JOB_PROBLEMS
from headwater.api.problems import UnsupportedMediaTypeError
from headwater.api.service import CurrentService
from headwater.api.streams import LinesResponse
from headwater.corpus.saved_checks import DONE
from headwater.domain.errors import InvalidInputError, NotFoundError
from headwater.report.forms import FORMS
from headwater.report.json import readable

EVENTS = "text/event-stream"
FormName = Literal["html", "markdown", "json", "csv", "linked"]
EVENT_SCHEMA = {
    "description": "Each event.",
    "type": "object",
    "required": ["id", "event", "data"],
    "properties": {
        "id": {"type": "string", "description": "Number of the event, from 1."},
        "event": {"type": "string", "enum": ["claims", "done", "failed", "cancelled", "interrupted"]},
        "data": {"type": "string", "description": "JSON: a line of claims, or the state, the totals and the problem."},
    },
}
MAX_EVENT_DIGITS = 9
router = APIRouter(tags=["jobs"])


class NoSuchCheckError(NotFoundError):
    """There is no such check, or it has expired; its address is not repeated."""

    def __init__(self) -> None:
        super().__init__("check", "")
        self.args = ("there is no check of this address, or it has been deleted or has expired",)


def current_jobs(request: Request) -> Jobs:
    """Return the jobs of this process."""
    return cast(Jobs, request.app.state.jobs)


CurrentJobs = Annotated[Jobs, Depends(current_jobs)]


async def find_job(check_id: str, request: Request, jobs: CurrentJobs) -> Job:
    """Return the job of the address.

    Args:
        check_id: As the address has it.
        request: Of the caller.
        jobs: Of this process.

    Raises:
        NoSuchCheckError: If there is none, or it is another caller's.
    """
    job = await jobs.find(check_id)
    if job is None or (job.owner and job.owner != caller_of(request.scope).key_id):
        raise NoSuchCheckError
    return job


FoundJob = Annotated[Job, Depends(find_job)]


@router.post(
    "/v1/checks",
    status_code=202,
    response_model=JobAnswer,
    responses=CHECK_JOB_PROBLEMS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                JSON_TYPE: {"schema": {"$ref": f"#/components/schemas/{CheckRequest.__name__}"}},
                FORM_TYPE: {"schema": {"type": "object", "required": ["article"]}},
            },
        }
    },
)
async def start_check(
    request: Request, service: CurrentService, jobs: CurrentJobs, idempotency_key: IdempotencyKey = ""
) -> Response:
    """Begin a check as a job: of an article against a release, or against the corpus.

    The release is sent along, fetched from its address (official hosts alone), or a document of the corpus. Files
    are told by their bytes: plain text, Markdown, web pages, .docx and PDF. As a form (`multipart/form-data`) the
    fields are `article`, `source`, `published`, `title`, `source_published`, `source_title`, `source_publisher`,
    `source_url`, `source_document`, `source_version`, `as_of`, `limit`, `house_style` (parted by commas), `save` and
    `receipt` (a file: the JSON report of a former check).
    """
    content_type = request.headers.get("content-type", "")
    if content_type.split(";")[0].strip().lower() not in {JSON_TYPE, FORM_TYPE}:
        raise UnsupportedMediaTypeError(f"{JSON_TYPE} or {FORM_TYPE}")
    body = await request.body()
    try:
        asked, save = await asyncio.to_thread(parse_check, content_type, body, service.settings)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_input=False)) from None
    service.require_lengths(article=asked.article.text, source=asked.source.text if asked.source else "")
    owner = caller_of(request.scope).key_id

    async def start() -> Response:
        return _started(await jobs.start(asked, save=save, owner=owner))

    async def again(headers: Mapping[str, str]) -> Response:
        return _started(await find_job(headers["location"].rpartition("/")[2], request, jobs))

    # Of what was asked, not of the bytes: a form that is sent again has another boundary.
    same = json.dumps([asked_to_json(asked), save], sort_keys=True).encode()
    return await answer_once(request, Write(idempotency_key, same, start, again))


@router.get("/v1/checks/{check_id}", response_model=JobAnswer, responses=FIND_JOB_PROBLEMS)
async def show_check(job: FoundJob) -> Response:
    """Show how far a check is, and its report once it is done."""
    return _answer(job)


@router.get(
    "/v1/checks/{check_id}/events",
    responses={**FIND_JOB_PROBLEMS, 200: {"content": {EVENTS: {"schema": EVENT_SCHEMA}}}},
    response_class=Response,
)
async def watch_check(
    job: FoundJob, jobs: CurrentJobs, last_event_id: Annotated[str, Header(max_length=40)] = ""
) -> Response:
    """Send claims as they are decided, as server-sent events.

    `claims` holds what one more sentence came to; the last event is named by the state that the check ended in. A
    client that sends `Last-Event-ID` goes on where it was cut off. A comment comes every few seconds.
    """
    is_number = last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) <= MAX_EVENT_DIGITS
    return LinesResponse(_events(jobs, job, int(last_event_id) if is_number else 0), media_type=EVENTS)


@router.get(
    "/v1/checks/{check_id}/report",
    responses={**FIND_JOB_PROBLEMS, 200: {"content": {form.media_type: {} for form in FORMS.values()}}},
    response_class=Response,
)
async def take_report(job: FoundJob, form: Annotated[FormName, Query()]) -> Response:
    """Send the report of a check that is done.

    A page that needs no network, Markdown, JSON, its figures as CSV, or linked data (JSON-LD) for the article's page.
    """
    if job.state != DONE:
        raise InvalidInputError("the check is not done")
    chosen = FORMS[form]
    body = await asyncio.to_thread(lambda: chosen.render(job.report()))
    headers = {"Content-Disposition": f'attachment; filename="check.{chosen.suffix}"'}
    return Response(body, media_type=chosen.media_type, headers=headers)


@router.post("/v1/checks/{check_id}/cancel", response_model=JobAnswer, responses=CHANGE_JOB_PROBLEMS)
async def cancel_check(
    job: FoundJob, jobs: CurrentJobs, request: Request, idempotency_key: IdempotencyKey = ""
) -> Response:
    """End a check; what was decided stays."""
    return await _change(request, job, jobs.cancel, idempotency_key)


@router.post("/v1/checks/{check_id}/keep", response_model=JobAnswer, responses=CHANGE_JOB_PROBLEMS)
async def keep_check(
    job: FoundJob, jobs: CurrentJobs, request: Request, idempotency_key: IdempotencyKey = ""
) -> Response:
    """Keep a check that has ended, with what was decided on it, as if `save` had been asked at its start."""
    return await _change(request, job, jobs.keep, idempotency_key)


@router.delete("/v1/checks/{check_id}", status_code=204, responses=CHANGE_JOB_PROBLEMS)
async def delete_check(
    check_id: str, jobs: CurrentJobs, request: Request, idempotency_key: IdempotencyKey = ""
) -> Response:
    """End a check and forget all of it."""

    async def delete() -> Response:  # looks for it only here: sent again, it is gone
        await jobs.delete(await find_job(check_id, request, jobs))
        return Response(status_code=204)

    async def again(_: Mapping[str, str]) -> Response:
        return Response(status_code=204)

    return await answer_once(request, Write(idempotency_key, b"", delete, again))


@router.post("/v1/checks/{check_id}/decisions", response_model=DecisionsAnswer, responses=CHANGE_JOB_PROBLEMS)
async def decide_finding(
    job: FoundJob,
    jobs: CurrentJobs,
    decision: DecisionRequest,
    *,
    request: Request,
    idempotency_key: IdempotencyKey = "",
) -> Response:
    """Accept or dismiss a finding, or a claim as a whole; the receipt says who dismissed what, and why."""

    async def decide() -> Response:
        await note_decision(jobs, job, decision)
        return JSONResponse({"decisions": job.decisions})

    async def again(_: Mapping[str, str]) -> Response:
        return JSONResponse({"decisions": job.decisions})

    return await answer_once(request, Write(idempotency_key, decision.model_dump_json().encode(), decide, again))


async def _change(request: Request, job: Job, act: Callable[[Job], Awaitable[None]], key: str) -> Response:
    """Do something to a job, once under its key, and answer how the job is then."""

    async def do() -> Response:
        await act(job)
        return _answer(job)

    async def again(_: Mapping[str, str]) -> Response:
        return _answer(job)

    return await answer_once(request, Write(key, b"", do, again))


async def _events(jobs: Jobs, job: Job, after: int) -> AsyncGenerator[bytes, None]:
    number = after
    yield b"retry: 2000\n\n"
    async with aclosing(jobs.watch(job, after)) as steps:
        async for one in steps:
            if one is None:
                yield b": still at work\n\n"
            else:
                number = one[0]
                yield _event("claims", number, one[1])
    final: dict[str, Any] = {"state": job.state, "totals": job.rest.get("totals"), "summary": job.rest.get("summary")}
    yield _event(job.state, number + 1, {**final, "problem": job.problem or None})


def _event(name: str, number: int, body: dict[str, Any]) -> bytes:
    return f"id: {number}\nevent: {name}\ndata: {json.dumps(body, ensure_ascii=True)}\n\n".encode()


def _started(job: Job) -> Response:
    return _answer(job, 202, {"Location": f"/v1/checks/{job.check_id}"})


def _answer(job: Job, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    body = readable(answer_of(job).model_dump_json())
    return Response(body, status, headers, media_type=JSON_TYPE)
