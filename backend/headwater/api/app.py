"""The application: settings and parts in, an ASGI application out."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import structlog
from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from headwater import __version__
from headwater.api.access import AccessGuard
from headwater.api.browsers import BrowserGuard
from headwater.api.checks.jobs import Jobs
from headwater.api.checks.official import ClosingFetcher, OfficialTexts
from headwater.api.checks.requests import limits_of
from headwater.api.current import CurrentChecker
from headwater.api.handed_in import Ingestion
from headwater.api.idempotency import IdempotentAnswers
from headwater.api.memory import bound_memory_pools
from headwater.api.metrics import CountedChecker, Metrics, share
from headwater.api.middleware import AllowedHosts, BodyLimit, RequestRecord, SecureHeaders
from headwater.api.openapi import DESCRIPTION, DescribedAPI
from headwater.api.problem_pages import ProblemPages
from headwater.api.problems import answer_domain_error, answer_http_error, answer_invalid_request
from headwater.api.routes import (
    batch,
    checks,
    compare,
    coverage,
    desk,
    document_list,
    document_writing,
    documents,
    health,
    match,
    problems,
)
from headwater.api.routes import metrics as metrics_page
from headwater.api.service import Checker, Course, Service
from headwater.api.stopping import told_to_stop
from headwater.api.tracing import FRAMEWORK, Tracing, open_tracing
from headwater.api.waiting import WatchedCallers
from headwater.api.workers import Workers
from headwater.corpus.answered import open_answered
from headwater.corpus.keys import open_keys
from headwater.corpus.saved_checks import open_saved_checks
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import HeadwaterError
from headwater.logs import configure_logs, describe_fault
from headwater.settings import Settings, load_settings
from headwater.sources.embedding import PassageEncoder
from headwater.sources.intake.addressed import fetch_limits
from headwater.wiring import open_fetcher, open_store
from headwater_embeddings.errors import EmbeddingsError

log = structlog.get_logger("headwater.api")

Handlers = dict[int | type[Exception], Callable[[Request, Exception], Coroutine[Any, Any, Response]]]
ROUTES = (
    match,
    batch,
    document_list,
    document_writing,
    compare,
    checks,
    documents,
    coverage,
    health,
    metrics_page,
    desk,
    problems,
)
HANDLERS: Handlers = {
    HeadwaterError: answer_domain_error,
    EmbeddingsError: answer_domain_error,
    HTTPException: answer_http_error,
    RequestValidationError: answer_invalid_request,
}


def create_app(
    checker: Checker,
    store: CorpusStore,
    settings: Settings,
    *,
    model_id: str | Callable[[], str],
    open_fetching: Callable[[], ClosingFetcher] | None = None,
    tell_encoder: Callable[[], PassageEncoder | None] = lambda: None,
) -> FastAPI:
    """Make the application of its parts.

    Args:
        checker: Makes the reports; one that can be warmed is not ready until it is.
        store: The corpus; closed when the server that runs the application ends.
        settings: Limits and names.
        model_id: Of the model that is loaded, or what tells it at any time.
        open_fetching: Opens what fetches official texts by their address; the guarded fetcher unless given.
        tell_encoder: Returns what gives vectors to documents that are handed in; unless given they are stored without.

    Returns:
        The application, ready to be served.
    """
    tracing = open_tracing(settings.tracing)
    app = DescribedAPI(
        telemetry=FRAMEWORK,  # it would send what callers wrote
        title="Headwater",
        version=__version__,
        summary="News text traced to the official words it came from",
        description=DESCRIPTION,
        docs_url=None,  # the framework's pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_working(store, settings, tracing, getattr(checker, "warm", None)),
        generate_unique_id_function=lambda route: route.name,
        middleware=[
            Middleware(SecureHeaders),  # outermost: the answer to a fault is secured, too
            Middleware(ProblemPages),
            Middleware(RequestRecord, tracing=tracing),
            Middleware(AllowedHosts, hosts=settings.allowed_hosts),
            Middleware(BrowserGuard, extension_origins=settings.extension_origins),
            Middleware(AccessGuard, records=open_keys(store), mode=settings.access),
            Middleware(BodyLimit, max_bytes=settings.max_body_bytes, max_upload_bytes=settings.max_upload_bytes),
            Middleware(WatchedCallers),
        ],
        exception_handlers=HANDLERS,
    )
    workers = Workers(settings.check_threads, settings.check_queue_length)
    tell_model = model_id if callable(model_id) else lambda: model_id
    app.state.metrics = metrics = Metrics()
    counted = CountedChecker(checker, metrics, tracing, settings.check_seconds)
    app.state.service = Service(counted, store, settings, workers=workers, tell_model=tell_model)
    app.state.figures = share(app.state.service, metrics)
    app.state.idempotent = IdempotentAnswers(open_answered(store))
    limits = limits_of(settings)
    open_guarded = lambda: open_fetcher(settings, limits=fetch_limits(limits))  # noqa: E731 - no fetcher until asked
    app.state.official = OfficialTexts(store, limits, open_fetching or open_guarded)
    app.state.ingestion = Ingestion(store, app.state.official, limits, tell_encoder)
    app.state.jobs = Jobs(app.state.service, open_saved_checks(store), app.state.official)
    for routes in ROUTES:
        app.include_router(routes.router)
    return app


def _working(
    store: CorpusStore, settings: Settings, tracing: Tracing, warm: Callable[[], None] | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        course = app.state.service.course
        keeping = asyncio.create_task(app.state.jobs.keep_going(), name="saved checks")
        noting = asyncio.create_task(app.state.figures.keep_noting(), name="figures")
        if warm is not None:
            course.has_index = False
            threading.Thread(target=_warm_up, args=(course, warm), name="index", daemon=True).start()
        with told_to_stop(course, settings.drain_seconds):
            yield
        for task in (keeping, noting):
            task.cancel()
        await asyncio.gather(keeping, noting, return_exceptions=True)
        await app.state.jobs.close()
        app.state.official.close()
        store.close()
        await to_thread.run_sync(tracing.close)

    return lifespan


def _warm_up(course: Course, warm: Callable[[], None]) -> None:
    """Read what checks need, beside the requests; the end of the service does not wait for it."""
    try:
        warm()
    except Exception as error:
        log.error("the index could not be read", **describe_fault(error))
    finally:
        course.has_index = True


def create_service(settings: Settings | None = None) -> FastAPI:
    """Make the application with everything opened as the settings say.

    Args:
        settings: What the command line made; without them a server called this by its name, and the environment is
            read and the logs are set up here.

    Returns:
        The application, ready to be served.

    Raises:
        SettingsError: If a setting cannot be used.
        EmbeddingsError: If the model cannot be loaded.
        CorpusUnavailableError: If the database cannot be opened.
    """
    if settings is None:
        settings = load_settings()
        configure_logs(settings.log_level, settings.log_format)
    bound_memory_pools()
    store = open_store(settings)
    checker = CurrentChecker(settings, store)
    return create_app(checker, store, settings, model_id=checker.model_id, tell_encoder=checker.encoder)


def create_worker() -> FastAPI:
    """Make the application of one process of several; a fault at the start is one line, and ends all of them.

    Returns:
        The application, ready to be served.

    Raises:
        SystemExit: With 3, if the corpus or the model is not ready; the process that started this one stops at that.
    """
    try:
        return create_service()
    except (HeadwaterError, EmbeddingsError) as error:
        sys.stderr.write(f"headwater: {error}\n")
        raise SystemExit(3) from None
