"""Errors as `application/problem+json` (RFC 9457): one table for all of them.

The texts are in `problems.toml`; `TABLE` says which error becomes which problem. An error takes the row of its
nearest base class. No problem repeats what was sent, and a fault of the service says nothing of its inside.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Match

from headwater.domain import errors as domain
from headwater.report.json import readable
from headwater.sources.fetching import errors as fetching
from headwater.sources.intake import errors as intake
from headwater_embeddings import errors as embeddings

MEDIA_TYPE: Final = "application/problem+json"
REQUEST_ID_KEY: Final = "headwater.request_id"  # in the ASGI scope; set by the outermost middleware
MAX_ERRORS = 20  # a body of a million wrong items must not make an answer of a million lines
FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")  # other names from a request are not repeated


class OverloadedError(domain.HeadwaterError):
    """As many checks wait as may wait."""

    def __init__(self) -> None:
        super().__init__("all threads are busy and the queue is full")


class CheckTooLongError(domain.HeadwaterError):
    """A check has taken longer than one may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the check took longer than {seconds:g} s")


class CrossSiteError(domain.HeadwaterError):
    """A request came from a page of another site."""

    def __init__(self) -> None:
        super().__init__("the request was sent from another site")


class ClientUnnamedError(domain.HeadwaterError):
    """A browser sent a request without the header that no page can send unasked."""

    def __init__(self) -> None:
        super().__init__("a request from a browser must carry X-Headwater-Client: NAME/VERSION")


class KeyRequiredError(domain.HeadwaterError):
    """The request carries no key, and needs one; the face that raises it adds the header that says so."""

    headers: Mapping[str, str]

    def __init__(self, reason: str = "the request carries no API key") -> None:
        super().__init__(reason)
        self.headers = {}


class InvalidKeyError(KeyRequiredError):
    """The key is unknown, wrong, revoked or expired: which of these is never said."""

    def __init__(self) -> None:
        super().__init__("the API key is not one that this service knows, or no longer good")


class KeyScopeError(domain.HeadwaterError):
    """The key is good for other things."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"the API key lacks the scope {scope}")


class RateLimitedError(domain.HeadwaterError):
    """The caller asks more often than it may."""

    def __init__(self, headers: Mapping[str, str], retry_after: int) -> None:
        super().__init__(f"too many requests in a minute: the next one may come in {retry_after} s")
        self.headers = {**headers, "Retry-After": str(retry_after)}


class QuotaUsedUpError(domain.HeadwaterError):
    """The caller has asked as often as it may today."""

    def __init__(self, headers: Mapping[str, str], retry_after: int) -> None:
        super().__init__("the requests of today are used up: the next ones may come after midnight UTC")
        self.headers = {**headers, "Retry-After": str(retry_after)}


class IdempotencyConflictError(domain.HeadwaterError):
    """One idempotency key was sent with two different requests."""

    def __init__(self) -> None:
        super().__init__("the header Idempotency-Key was sent with another request before")


class HostNotAllowedError(domain.HeadwaterError):
    """The request names a host that the service does not go by."""

    def __init__(self) -> None:
        super().__init__("the header Host names a host that this service does not go by")


class UnsupportedMediaTypeError(domain.HeadwaterError):
    """The body is of a type that the address does not read."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"the body must be sent as {wanted}")


class NoRequestError(domain.HeadwaterError):
    """What came is no request of HTTP."""

    def __init__(self) -> None:
        super().__init__("what came is no request of HTTP")


class SlowRequestError(domain.HeadwaterError):
    """The request has not come whole in time."""

    def __init__(self) -> None:
        super().__init__("the request did not come whole in time")


class BodyTooLargeError(domain.HeadwaterError):
    """The body is larger than one request may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the body is larger than {limit:,} bytes")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of the table: the end of its type, and what the page at that address says."""

    slug: str
    title: str
    status: int
    meaning: str
    remedy: str
    retry_after: int | None = None
    on_page: str = ""

    @property
    def advice(self) -> str:
        """What can be done, for a page on which what went wrong stands above it."""
        return self.on_page or self.remedy

    @property
    def type(self) -> str:
        """A relative reference to the page that describes the problem."""
        return f"/problems/{self.slug}"

    @property
    def headers(self) -> dict[str, str]:
        """What is sent along with it."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


def _read_problems() -> dict[str, Problem]:
    rows = tomllib.loads(Path(__file__).with_name("problems.toml").read_text(encoding="utf-8"))
    return {slug: Problem(slug, **row) for slug, row in rows.items()}


PROBLEMS: Final = _read_problems()

TABLE: Final[Mapping[type[Exception], str]] = {
    domain.EmptyTextError: "empty-text",
    domain.TextTooLongError: "text-too-long",
    domain.UnreadableRecordError: "unreadable-record",
    intake.UnreadableFileError: "unreadable-file",
    intake.FileTooLargeError: "file-too-large",
    fetching.FetchRefusedError: "address-refused",
    fetching.SourceUnavailableError: "publisher-unavailable",
    domain.InvalidInputError: "invalid-input",
    domain.NotFoundError: "not-found",
    domain.EmptyCorpusError: "empty-corpus",
    domain.ModelMismatchError: "model-mismatch",
    domain.CorpusUnavailableError: "corpus-unavailable",
    domain.NotReadyError: "not-ready",
    embeddings.EmbeddingsError: "model-unavailable",
    OverloadedError: "overloaded",
    CheckTooLongError: "check-too-long",
    CrossSiteError: "cross-site",
    ClientUnnamedError: "client-unnamed",
    KeyRequiredError: "key-required",
    InvalidKeyError: "invalid-key",
    KeyScopeError: "key-scope",
    RateLimitedError: "rate-limited",
    QuotaUsedUpError: "quota-used-up",
    IdempotencyConflictError: "idempotency-conflict",
    HostNotAllowedError: "host-not-allowed",
    UnsupportedMediaTypeError: "unsupported-media-type",
    NoRequestError: "bad-request",
    SlowRequestError: "too-slow",
    BodyTooLargeError: "body-too-large",
    MemoryError: "overloaded",
    Exception: "internal-error",
}

STATUS_TABLE: Final = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
    503: "overloaded",
}


def problem_of(error: Exception) -> Problem:
    """Return the row of the error, or of its nearest base that has one."""
    return next(PROBLEMS[TABLE[base]] for base in type(error).__mro__ if base in TABLE)


def problem_response(
    scope: Mapping[str, Any], problem: Problem, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any
) -> JSONResponse:
    """Make the answer to one problem.

    Args:
        scope: Of the request; holds its identifier.
        problem: The row of the table.
        detail: What was wrong this time; never the caller's own words.
        headers: Sent along.
        **members: Further members of the problem.

    Returns:
        The answer, with the headers of the problem.
    """
    body = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": readable(detail),
        "request_id": scope.get(REQUEST_ID_KEY, ""),
        **members,
    }
    return JSONResponse(body, problem.status, {**problem.headers, **(headers or {})}, media_type=MEDIA_TYPE)


def detail_of(error: Exception) -> str:
    """Return what a caller is told of an error: of the service's own failures nothing but the table's words."""
    if isinstance(error, fetching.FetchRefusedError | fetching.SourceUnavailableError):
        return error.reason  # the message holds the address
    problem = problem_of(error)
    return problem.meaning if problem.status >= 500 else str(error)


def error_response(scope: Mapping[str, Any], error: Exception) -> JSONResponse:
    """Make the answer to an error; what the table does not know is a fault of the service."""
    headers: Mapping[str, str] | None = getattr(error, "headers", None)
    return problem_response(scope, problem_of(error), detail_of(error), headers=headers)


async def answer_domain_error(request: Request, error: Exception) -> JSONResponse:
    """Render an error that the product raised on purpose."""
    return error_response(request.scope, error)


async def answer_http_error(request: Request, error: Exception) -> JSONResponse:
    """Render an error that the framework raised: no such route, no such method, a body it could not parse."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    if isinstance(error.__cause__, MemoryError):  # the framework takes that, too, for a body that cannot be read
        return error_response(request.scope, error.__cause__)
    slug = STATUS_TABLE.get(error.status_code, "internal-error" if error.status_code >= 500 else "bad-request")
    if error.status_code == 400 and request.headers.get("content-length", "0") != "0":
        slug = "unreadable-body"
    problem = PROBLEMS[slug]
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    return problem_response(request.scope, problem, problem.meaning, headers=headers)


def _allowed(request: Request) -> str:
    """Return the methods of all routes at the address: the framework names those of the first alone."""
    groups = (getattr(route, "original_router", None) for route in request.app.routes)
    nested = [group.routes if group else [route] for group, route in zip(groups, request.app.routes, strict=True)]
    routes = [route for group in nested for route in group]
    fitting = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    return ", ".join(sorted({method for route in fitting for method in route.methods}))


async def answer_invalid_request(request: Request, error: Exception) -> JSONResponse:
    """Render a request that does not fit its schema: places and messages, never values."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what it is registered for
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        problem = PROBLEMS["unreadable-body"]
        return problem_response(request.scope, problem, problem.meaning)
    if isinstance(error.body, bytes):  # the framework hands over bytes where the type was not JSON
        return error_response(request.scope, UnsupportedMediaTypeError("application/json"))
    problem = PROBLEMS["invalid-request"]
    listed = [_place(item["loc"], item["msg"]) for item in found[:MAX_ERRORS]]
    return problem_response(request.scope, problem, _faults_in_short(listed, len(found)), errors=listed)


def _faults_in_short(listed: Sequence[Mapping[str, str]], count: int) -> str:
    first = f"{listed[0]['location']}: {listed[0]['message']}"
    return first if count == 1 else f"{first} ({count} faults in all)"


def _place(location: Sequence[int | str], message: str) -> dict[str, str]:
    return {"location": ".".join(_names(location)), "message": readable(message)}


def _names(location: Iterable[int | str]) -> Iterable[str]:
    for part in location:
        yield str(part) if isinstance(part, int) or FIELD_NAME.fullmatch(part) else "(a name that is not repeated)"
