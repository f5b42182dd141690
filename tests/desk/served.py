"""The application on a port of its own, whose checks wait to be let go on, and whose network can be taken away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from fakes import FakeChecker
from headwater.domain.verdicts import CheckReport, CheckStep

Steps = Generator[CheckStep | CheckReport, None, None]
PATIENCE = 60.0  # seconds: how long a step waits to be let go on before a test is taken to have failed


@dataclass
class GatedChecker(FakeChecker):
    """Decides at once, or only as many steps as it is let."""

    is_open: bool = True
    permits: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def hold(self) -> None:
        self.is_open, self.permits = False, threading.Semaphore(0)

    def let(self, steps: int) -> None:
        self.permits.release(steps)

    def open(self) -> None:
        self.is_open = True
        self.let(1_000)

    def check_by_steps(self, *arguments: Any, **options: Any) -> Steps:
        yield from self._gated(super().check_by_steps(*arguments, **options))

    def compare_by_steps(self, *arguments: Any, **options: Any) -> Steps:
        yield from self._gated(super().compare_by_steps(*arguments, **options))

    def _gated(self, steps: Steps) -> Steps:
        for step in steps:
            if not self.is_open and not self.permits.acquire(timeout=PATIENCE):
                raise TimeoutError("no test let the check go on")
            yield step


class Wire:
    """What stands between the browser and the application: while it is cut nothing goes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_cut = False
        self.streams: set[asyncio.Future[None]] = set()
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self.loop = asyncio.get_running_loop()
        if self.is_cut:
            await send({"type": "http.response.start", "status": 503, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        running = asyncio.ensure_future(self.app(scope, receive, send))
        self.streams.add(running)
        try:
            await asyncio.wait({running})
            if not running.cancelled():
                running.result()
        finally:
            self.streams.discard(running)
            running.cancel()

    def cut(self) -> None:
        """Break what is being sent, and refuse what comes."""
        self.is_cut = True
        assert self.loop is not None
        self.loop.call_soon_threadsafe(lambda: [stream.cancel() for stream in self.streams])

    def mend(self) -> None:
        self.is_cut = False


class Served:
    """An application behind a wire, in a thread of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.wire = Wire(app)
        config = uvicorn.Config(self.wire, host="127.0.0.1", port=0, log_level="critical", ws="none", lifespan="on")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            self.thread.join(0.02)
            assert self.thread.is_alive(), "the server did not start"
        self.url = f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def close(self) -> None:
        self.wire.mend()
        self.server.should_exit = True
        self.server.force_exit = True
        self.thread.join(20)
