"""What a browser may send here: nothing for a web page, everything for an extension that its user let through.

A page of any site can make the reader's browser send a POST to this machine. The body it can send without asking is no
JSON, and JSON is all that `/v1` reads; on top of that a request from a browser must carry a header that no page can
send without a preflight, and a preflight is granted to listed extensions alone. A client that is no browser sends
neither `Origin` nor `Sec-Fetch-Site`, and needs nothing of this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headwater.api.problems import ClientUnnamedError, CrossSiteError, error_response

CLIENT_HEADER = "X-Headwater-Client"
CLIENT_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}/[A-Za-z0-9._+-]{1,40}")
PROTECTED = "/v1/"
READING = frozenset({"GET", "HEAD", "OPTIONS"})  # they change nothing, and no other site can read their answers
EXTENSION_SCHEMES = frozenset({"chrome-extension", "moz-extension", "safari-web-extension"})
EXPOSED = (
    "ETag, Location, Retry-After, RateLimit, RateLimit-Policy, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset,"
    " X-Request-ID"
)
PREFLIGHT_SECONDS = "600"  # a browser asks again after ten minutes: a setting that is taken back holds soon


class BrowserGuard:
    """Refuse what web pages send to the API, and let listed extensions read the answers.

    Args:
        app: What is protected.
        extension_origins: Extensions that may read answers although their user granted them no access to the host.
    """

    def __init__(self, app: ASGIApp, extension_origins: Sequence[str] = ()) -> None:
        self.app = app
        self.extension_origins = frozenset(extension_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        granted = headers.get("origin", "") in self.extension_origins
        if granted:
            send = _readable_by(headers["origin"], send)
        if granted and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight()(scope, receive, send)
            return
        refused = _refusal(scope, headers)
        if refused is None:
            await self.app(scope, receive, send)
        else:
            await error_response(scope, refused)(scope, receive, send)


def _refusal(scope: Scope, headers: Headers) -> Exception | None:
    if scope["method"] in READING or not scope["path"].startswith(PROTECTED):
        return None
    origin = headers.get("origin")
    if origin is None and "sec-fetch-site" not in headers:
        return None  # no browser
    if origin is not None and not _may_send(origin, headers.get("host", "")):
        return CrossSiteError()
    return None if CLIENT_NAME.fullmatch(headers.get(CLIENT_HEADER, "")) else ClientUnnamedError()


def _may_send(origin: str, host: str) -> bool:
    """Say whether an origin is this service's own, or an extension's: which ones reach it is their user's choice."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in EXTENSION_SCHEMES or (parts.scheme in {"http", "https"} and parts.netloc == host)


def _preflight() -> Response:
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": f"Authorization, Content-Type, {CLIENT_HEADER}",
            "Access-Control-Max-Age": PREFLIGHT_SECONDS,
        },
    )


def _readable_by(origin: str, send: Send) -> Send:
    async def send_readable(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = EXPOSED
            headers.add_vary_header("Origin")
        await send(message)

    return send_readable
