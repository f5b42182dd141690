"""Connections with deadlines: who sends or takes so slowly that a connection is held for nothing is cut off.

The server alone waits for ever, and a few thousand silent connections would use up its files.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from headwater.api.problems import NoRequestError, SlowRequestError, error_response

SLOWEST = 10_000  # bytes a second, of a body: so much longer may a long one take
if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

log = structlog.get_logger("headwater.api")


class TimedConnection(HttpToolsProtocol):
    """A connection whose every request has to come, and whose every answer has to be taken, in time.

    Args:
        *given: As the server gives it.
        seconds: For the head of a request, counted from the end of the one before; for its body, and a second more
            for each `SLOWEST` bytes that came; and for whoever takes an answer, to take the next piece of it.
        **named: As the server gives it.
    """

    def __init__(self, *given: Any, seconds: float, **named: Any) -> None:
        super().__init__(*given, **named)
        self._seconds = seconds
        self._due = 0.0
        self._has_begun = False  # whether a byte came of the request that is awaited
        self._receipt: asyncio.TimerHandle | None = None  # runs while a request is awaited or has come in part
        self._answered: RequestResponseCycle | None = None
        self._taking: asyncio.TimerHandle | None = None  # runs while an answer is not taken

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the server's own
        """Await the first request."""
        super().connection_made(transport)
        self._await_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Await nothing any more."""
        self._stop()
        if self._answered is not None and not self._answered.response_complete:
            self._answered.disconnected = True  # the server tells that of the newest request, which may wait behind it
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Await the rest of what comes."""
        self._has_begun = True
        if self._receipt is None and (self.cycle is None or self.cycle.response_complete):
            self._await_more()
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Await the head."""
        super().on_message_begin()
        self._await_more()

    def on_headers_complete(self) -> None:
        """Await the body."""
        super().on_headers_complete()
        self._await_more()

    def on_body(self, body: bytes) -> None:
        """Give a long body more time."""
        super().on_body(body)
        self._due += len(body) / SLOWEST

    def on_message_complete(self) -> None:
        """Await nothing until the next request."""
        super().on_message_complete()
        self._stop()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the server's own words
        """Say in a problem's form that what came is no HTTP, or that there was no memory to hold it."""
        fault = sys.exc_info()[1]
        is_memory = fault is not None and isinstance(fault.__context__, MemoryError)
        self.transport.write(_refusal(MemoryError() if is_memory else NoRequestError()))
        self.transport.close()

    def pause_writing(self) -> None:
        """Await that the answer is taken."""
        super().pause_writing()
        if self._taking is None:
            self._taking = self.loop.call_later(self._seconds, self._cut_off_taker)

    def resume_writing(self) -> None:
        """Go on: some of the answer was taken."""
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None
        super().resume_writing()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

    def _await_more(self) -> None:
        self._due = self.loop.time() + self._seconds
        if self._receipt is None:
            self._receipt = self.loop.call_at(self._due, self._look)

    def _stop(self) -> None:
        self._has_begun = False
        if self._receipt is not None:
            self._receipt.cancel()
            self._receipt = None

    def _look(self) -> None:
        self._receipt = None
        if self.transport.is_closing():
            return
        if self.flow.read_paused:  # it is the service that does not read on
            self._await_more()
        elif self._due > self.loop.time():
            self._receipt = self.loop.call_at(self._due, self._look)
        else:
            self._cut_off_sender()

    def _cut_off_sender(self) -> None:
        """Say why, where a request has begun and nothing of an answer was sent, and close."""
        if self._has_begun and (self.cycle is None or self.cycle.response_complete or not self.cycle.response_started):
            log.info("a slow request was cut off")
            self.transport.write(_refusal(SlowRequestError()))
        self.transport.close()

    def _cut_off_taker(self) -> None:
        self._taking = None
        log.info("an answer that nobody takes was cut off")
        taker = self.transport.get_extra_info("socket")
        if taker is not None:  # the system would go on offering what it holds of the answer
            taker.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()


def _refusal(error: Exception) -> bytes:
    answer = error_response({}, error)
    head = b"".join(b"%s: %s\r\n" % pair for pair in answer.raw_headers)
    status = HTTPStatus(answer.status_code)
    return b"HTTP/1.1 %d %s\r\nconnection: close\r\n%s\r\n%s" % (
        status,
        status.phrase.encode(),
        head,
        bytes(answer.body),
    )
