"""What both clients share: requests as values, answers read, and when to try again. Nothing here sends anything."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from headwater import __version__
from headwater.client.answers import ClaimsStep, SummaryStep
from headwater.client.errors import (
    BadAnswerError,
    InvalidRequestError,
    KeyRefusedError,
    LimitedError,
    ProblemError,
)

NDJSON = "application/x-ndjson"
TRIED_AGAIN = frozenset({429, 502, 503, 504})
LONGEST_WAIT = 60.0  # seconds: a service that asks for more is not waited for
FIRST_WAIT = 0.5  # seconds, doubled with each try, where the service says nothing
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as it will be sent."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    accept: str = "application/json"

    def arguments(self) -> dict[str, Any]:
        """Return it in the form that httpx takes."""
        sent = {"json": dict(self.body)} if self.body is not None else {}
        return {
            "method": self.method,
            "url": self.path,
            "params": self.query,
            "headers": {"Accept": self.accept},
        } | sent


def headers_of(api_key: str) -> dict[str, str]:
    """Return what is sent with every request."""
    named = {"User-Agent": f"headwater-python/{__version__}"}
    return {**named, "Authorization": f"Bearer {api_key}"} if api_key else named


def ask_match(text: str, *, accept: str = "application/json", **options: Any) -> Ask:
    """Return the request for a check against the corpus; options that are None are left to the service."""
    return Ask("POST", "/v1/match", {"text": text, **_given(options)}, accept=accept)


def ask_compare(text: str, source: str, **options: Any) -> Ask:
    """Return the request for a check against one given official text."""
    return Ask("POST", "/v1/compare", {"text": text, "source": source, **_given(options)})


def ask_batch(texts: Sequence[str], **options: Any) -> Ask:
    """Return the request for up to a hundred checks."""
    return Ask("POST", "/v1/match/batch", {"items": [{"text": text} for text in texts], **_given(options)})


def ask_document(document_id: str, version: int | None) -> Ask:
    """Return the request for a document."""
    query = {"version": str(version)} if version is not None else {}
    return Ask("GET", f"/v1/documents/{quote(document_id, safe='')}", query=query)


def ask_documents(cursor: str, filters: Mapping[str, object]) -> Ask:
    """Return the request for a page of the list of documents."""
    query = {name: str(value) for name, value in {**filters, "cursor": cursor}.items() if value not in {None, ""}}
    return Ask("GET", "/v1/documents", query=query)


def context_of(published: date | None, title: str) -> dict[str, str] | None:
    """Return what is known of the text's own document."""
    found = {"published": published.isoformat() if published else "", "title": title}
    return {name: value for name, value in found.items() if value} or None


def read_answer(response: httpx.Response, shape: type[Shape]) -> Shape:
    """Read an answer, its body at hand.

    Args:
        response: As it came.
        shape: Of what was asked for.

    Raises:
        ProblemError: If it is a problem.
        BadAnswerError: If it is anything else.
    """
    if response.is_error:
        raise problem_of(response)
    try:
        return shape.model_validate_json(response.content)
    except ValidationError as error:
        raise BadAnswerError(f"{error.error_count()} fields of the answer cannot be read") from None


def read_line(line: str) -> ClaimsStep | SummaryStep:
    """Read a line of a check under way.

    Args:
        line: One JSON value.

    Raises:
        ProblemError: If the check failed on its way.
        BadAnswerError: If it is none.
    """
    try:
        values = httpx.Response(200, text=line).json()
        if values["event"] == "problem":
            problem = values["problem"]
            raise _error_of(int(problem["status"]), problem, None)
        step: ClaimsStep | SummaryStep
        step = (ClaimsStep if values["event"] == "claims" else SummaryStep).model_validate(values)
    except (ValueError, KeyError, TypeError):
        raise BadAnswerError("a line of the answer cannot be read") from None
    return step


def problem_of(response: httpx.Response) -> ProblemError:
    """Return the error that an answer stands for."""
    try:
        body = response.json()
    except ValueError:
        body = {}
    return _error_of(response.status_code, body if isinstance(body, dict) else {}, wait_asked(response))


def wait_asked(response: httpx.Response) -> float | None:
    """Return how many seconds the service asks to wait, in either form of `Retry-After`; None if it does not."""
    given = response.headers.get("retry-after", "").strip()
    if given.isdecimal():
        return float(given)
    try:
        return max(0.0, (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def wait_before_next(tried: int, response: httpx.Response | None) -> float | None:
    """Return how long to wait before a request is sent again; None if it is not to be.

    Args:
        tried: How often it was sent.
        response: What came; None where nothing did.
    """
    if response is not None and response.status_code not in TRIED_AGAIN:
        return None
    asked = wait_asked(response) if response is not None else None
    if asked is not None:
        return asked if asked <= LONGEST_WAIT else None
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (tried - 1)) * random.uniform(0.5, 1.0)


def _error_of(status: int, body: Mapping[str, Any], retry_after: float | None) -> ProblemError:
    slug, detail = str(body.get("type", "")).rpartition("/")[2], str(body.get("detail", ""))
    kind = InvalidRequestError if status < 500 else ProblemError
    if status in {401, 403}:
        kind = KeyRefusedError
    elif status in {429, 503}:
        kind = LimitedError
    return kind(status, slug, detail, request_id=str(body.get("request_id", "")), retry_after=retry_after)


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
