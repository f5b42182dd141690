"""A problem as a page: what a browser that opens an address is shown in place of a problem's JSON."""

from __future__ import annotations

import json

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headwater.api.problems import MEDIA_TYPE, PROBLEMS
from headwater.desk.pages import render_problem

PROGRAMS = "/v1/"  # paths of programs: a problem stays JSON there, whoever asks


class ProblemPages:
    """Turn problems into pages for whoever asks for pages.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"].startswith(PROGRAMS) or not _wants_pages(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        start: list[Message] = []
        body = bytearray()

        async def send_page(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_problem(message):
                start.append(message)
            elif not start or message["type"] != "http.response.body":
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _send_page(start[0], bytes(body), scope, send)

        await self.app(scope, receive, send_page)


async def _send_page(start: Message, body: bytes, scope: Scope, send: Send) -> None:
    said = json.loads(body) if body else {}
    problem = PROBLEMS[str(said.get("type", "")).rpartition("/")[2] or "internal-error"]
    page = render_problem(problem, str(said.get("detail", problem.meaning))).encode()
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["Content-Type"] = "text/html; charset=utf-8"
    headers["Content-Length"] = str(len(page))
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else page})


def _is_problem(start: Message) -> bool:
    return Headers(raw=list(start["headers"])).get("content-type", "").startswith(MEDIA_TYPE)


def _wants_pages(headers: Headers) -> bool:
    return "text/html" in headers.get("accept", "")
