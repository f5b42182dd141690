"""What every request passes through, outermost first; plain ASGI, because wrapped streams cost ten times as much."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headwater.api.access import CALLER_KEY
from headwater.api.problems import REQUEST_ID_KEY, BodyTooLargeError, HostNotAllowedError, error_response
from headwater.api.tracing import Span, Tracing, note_answer
from headwater.logs import describe_fault

GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})  # others are the caller's own words
PROBES = frozenset({"/healthz", "/readyz"})  # asked every few seconds: not worth a line each
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
UPLOAD_PATHS = frozenset({"/v1/checks", "/checks", "/v1/documents"})  # where files may come
BODIES_HELD = 8  # largest bodies that may be in memory at once, of all requests
MOST_READ_AWAY = 100_000_000  # bytes of a body that is refused; whoever sends more is cut off
SECURITY_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",  # answers hold the reader's own text
}
log = structlog.get_logger("headwater.api")


class RequestRecord:
    """Give each request an identifier and one line in the log, and turn a fault into a problem.

    An exception goes no further: servers print the traceback with its message, and messages quote texts.

    Args:
        app: What answers.
        tracing: Makes a span of each request, where the operator wants that.
    """

    def __init__(self, app: ASGIApp, tracing: Tracing) -> None:
        self.app = app
        self.tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        scope[REQUEST_ID_KEY] = request_id
        sent: list[int] = []

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent.append(message["status"])
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        began, method = time.perf_counter(), scope["method"] if scope["method"] in METHODS else "other"
        with (
            structlog.contextvars.bound_contextvars(request_id=request_id),
            self._span(scope, method) as span,
        ):
            try:
                await self.app(scope, receive, send_with_id)
            except Exception as error:
                log.error("request failed", **describe_fault(error))
                if not sent:
                    await error_response(scope, error)(scope, receive, send_with_id)
            route, status = getattr(scope.get("route"), "path", ""), sent[0] if sent else 0
            note_answer(span, method, route, status)
            _note(scope, method, status, time.perf_counter() - began)

    def _span(self, scope: Scope, method: str) -> AbstractContextManager[Span | None]:
        return nullcontext() if scope["path"] in PROBES else self.tracing.request(method, Headers(scope=scope))


class SecureHeaders:
    """Send the headers that keep a page from loading, framing or sniffing anything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_secured)


class AllowedHosts:
    """Refuse a request that addresses the service by another name: the defence against DNS rebinding.

    Args:
        app: What is protected.
        hosts: Names without port; "*" allows any.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan" or "*" in self.hosts or _host_name(Headers(scope=scope)) in self.hosts:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await error_response(scope, HostNotAllowedError())(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})  # policy violation


class BodyLimit:
    """Refuse a body above the limit, whether its length is declared or found out while reading.

    What all requests together hold in memory is bounded, too: beyond it the service is busy.

    Args:
        app: What is protected.
        max_bytes: Longest body.
        max_upload_bytes: Longest body where files may come.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, max_upload_bytes: int) -> None:
        self.app = app
        self.max_bytes, self.max_upload_bytes = max_bytes, max_upload_bytes
        self._held = 0  # bytes of all bodies that are being read or answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.max_upload_bytes if scope["path"] in UPLOAD_PATHS else self.max_bytes
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await _read_away(receive)
            await error_response(scope, BodyTooLargeError(limit))(scope, receive, send)
            return
        read = 0

        async def receive_limited() -> Message:
            nonlocal read
            message = await receive()
            length = len(message.get("body", b""))
            read += length
            self._held += length
            if read > limit:
                raise HTTPException(413)  # errors of this kind alone does the framework let through here
            if self._held > BODIES_HELD * self.max_upload_bytes:
                raise HTTPException(503)
            return message

        try:
            await self.app(scope, receive_limited, send)
        finally:
            self._held -= read


async def _read_away(receive: Receive) -> None:
    """Read what still comes of a body that is refused: a browser that is cut off while it sends shows no answer."""
    read = 0
    while read < MOST_READ_AWAY:
        message = await receive()
        read += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


def _note(scope: Scope, method: str, status: int, seconds: float) -> None:
    """Count an answered request, and write its line."""
    route = getattr(scope.get("route"), "path", "")
    if "app" in scope:
        scope["app"].state.metrics.count_request(method, route, status, seconds)
    say = log.debug if route in PROBES else log.info
    say("request", method=method, route=route, status=status, elapsed_ms=round(seconds * 1000, 1), **_who(scope))


def _who(scope: Scope) -> dict[str, str]:
    """Return the public part of the caller's key, where there is one."""
    caller = scope.get(CALLER_KEY)
    return {"key_id": caller.key_id} if caller is not None else {}


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex


def _host_name(headers: Headers) -> str:
    host = headers.get("host", "").lower()
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.split(":")[0]
