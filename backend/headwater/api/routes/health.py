"""`/healthz`, `/readyz` and `/version`: for whoever runs the service."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from headwater import RULE_VERSION, __version__
from headwater.api.answers import Alive, Ready, VersionAnswer
from headwater.api.openapi import PLAIN_PROBLEMS, READY_PROBLEMS, VERSION_PROBLEMS
from headwater.api.problems import PROBLEMS, problem_response
from headwater.api.service import CurrentService

router = APIRouter(tags=["operation"])


@router.get("/healthz", response_model=Alive, responses=PLAIN_PROBLEMS)
async def healthz() -> Alive:
    """Say that the process lives; nothing else is looked at."""
    return Alive(status="alive")


@router.get("/readyz", response_model=Ready, responses=READY_PROBLEMS)
async def readyz(request: Request, service: CurrentService) -> Response | Ready:
    """Say whether a check could be made now: the database answers, it holds passages, the model is loaded."""
    readiness = await to_thread.run_sync(service.readiness)
    if readiness.ready:
        return Ready(ready=True, checks=readiness.checks)
    problem = PROBLEMS["not-ready"]
    return problem_response(request.scope, problem, problem.meaning, checks=readiness.checks)


@router.get("/version", response_model=VersionAnswer, responses=VERSION_PROBLEMS)
async def version(service: CurrentService) -> VersionAnswer:
    """Say what is running: the service, its rules, its model, the state of its corpus, and how much it holds."""
    corpus = await to_thread.run_sync(service.store.revision)
    documents = await to_thread.run_sync(service.store.document_count)
    return VersionAnswer(
        service=__version__, rules=RULE_VERSION, model=service.model_id, corpus=corpus, documents=documents
    )
