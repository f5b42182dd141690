"""What both clients share: requests as values, answers read, and when to try again. Nothing here sends anything."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import count
from typing import Any, Generic, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from headwater import __version__
from headwater.client.answers import ClaimsStep, JobEnd, SummaryStep
from headwater.client.errors import (
    BadAnswerError,
    ConflictError,
    InvalidRequestError,
    KeyRefusedError,
    LimitedError,
    NoSuchThingError,
    ProblemError,
    ServiceUnreachableError,
)

JSON, NDJSON, EVENTS, LINKED = "application/json", "application/x-ndjson", "text/event-stream", "application/ld+json"
TRIED_AGAIN = frozenset({429, 502, 503, 504})
LONGEST_WAIT = 60.0  # seconds: a service that asks for more is not waited for
FIRST_WAIT = 0.5  # seconds, doubled with each try, where the service says nothing
KINDS: Mapping[int, type[ProblemError]] = {
    401: KeyRefusedError,
    403: KeyRefusedError,
    404: NoSuchThingError,
    409: ConflictError,
    429: LimitedError,
    503: LimitedError,
}
Shape = TypeVar("Shape", bound=BaseModel)
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as it will be sent."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def arguments(self) -> dict[str, Any]:
        """Return it in the form that httpx takes."""
        sent = {"json": dict(self.body)} if self.body is not None else {}
        headers = {"Accept": JSON, **self.headers}
        return {"method": self.method, "url": self.path, "params": self.query, "headers": headers} | sent


@dataclass(frozen=True, slots=True)
class Call(Generic[Read]):
    """A method of the clients: what it asks, and how its answer is read."""

    ask: Ask
    read: Callable[[httpx.Response], Read]


@dataclass(frozen=True, slots=True)
class Wait:
    """A while before the next try, and the answer that is done with."""

    seconds: float
    after: httpx.Response | None


Came = httpx.Response | httpx.TransportError


def exchange(ask: Ask, tries: int) -> Generator[Ask | Wait, Came | None, httpx.Response]:
    """Say what to do next, until there is an answer to be read: send a request, or wait.

    Args:
        ask: The request.
        tries: How often it is sent at most.

    Yields:
        Ask | Wait: To be done; what came of a request is sent back.

    Returns:
        The answer.

    Raises:
        ServiceUnreachableError: If nothing came, however often it was sent.
    """
    for tried in count(1):
        came = yield ask
        response = came if isinstance(came, httpx.Response) else None
        if response is None and tried >= tries:
            raise ServiceUnreachableError(type(came).__name__) from (came if isinstance(came, Exception) else None)
        wait = wait_before_next(tried, response)
        if response is not None and (wait is None or tried >= tries):
            return response
        yield Wait(wait or 0.0, response)
    raise AssertionError  # the numbers do not end


def headers_of(api_key: str) -> dict[str, str]:
    """Return what is sent with every request."""
    named = {"User-Agent": f"headwater-python/{__version__}"}
    return {**named, "Authorization": f"Bearer {api_key}"} if api_key else named


def reads(shape: type[Shape]) -> Callable[[httpx.Response], Shape]:
    """Return what reads an answer of a shape, its body at hand; it raises ProblemError or BadAnswerError."""

    def read(response: httpx.Response) -> Shape:
        require_good(response)
        try:
            return shape.model_validate_json(response.content)
        except ValidationError as error:
            raise BadAnswerError(f"{error.error_count()} fields of the answer cannot be read") from None

    return read


def read_nothing(response: httpx.Response) -> None:
    """Read an answer that says no more than that it was done."""
    require_good(response)


def read_bytes(response: httpx.Response) -> bytes:
    """Return the body of an answer as it came."""
    require_good(response)
    return response.content


def read_mapping(response: httpx.Response) -> dict[str, Any]:
    """Return a JSON object as it came."""
    require_good(response)
    try:
        found = response.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadAnswerError("the answer is no JSON object")
    return found


def require_good(response: httpx.Response) -> None:
    """Raise the problem that an answer is, if it is one."""
    if response.is_error:
        raise problem_of(response)


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


class EventReader:
    """Puts server-sent events together from their lines, and remembers the last one for the next connection."""

    def __init__(self, after: int = 0) -> None:
        self.last_id = str(after) if after else ""
        self._fields: dict[str, str] = {}

    def read(self, line: str) -> ClaimsStep | JobEnd | None:
        """Take one line; return the event that it ends, or None.

        Args:
            line: Without its end.

        Raises:
            BadAnswerError: If the event cannot be read.
        """
        if line:
            name, _, value = line.partition(":")
            self._fields[name] = value.removeprefix(" ")
            return None
        fields, self._fields = self._fields, {}
        if "event" not in fields:
            return None  # a comment: the service is still at work
        try:
            values = {**httpx.Response(200, text=fields.get("data", "")).json(), "event": fields["event"]}
            event: ClaimsStep | JobEnd
            event = (ClaimsStep if fields["event"] == "claims" else JobEnd).model_validate(values)
        except (ValueError, TypeError):
            raise BadAnswerError("an event of the check cannot be read") from None
        self.last_id = fields.get("id", self.last_id)
        return event


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
    kind = KINDS.get(status, InvalidRequestError if status < 500 else ProblemError)
    return kind(status, slug, detail, request_id=str(body.get("request_id", "")), retry_after=retry_after)
