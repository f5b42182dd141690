"""Whether anybody still waits for an answer: a check that nobody waits for, or that takes too long, is ended.

A thread cannot be stopped from outside, so that a check looks up from its work after each sentence.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Generator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headwater.api.problems import CheckTooLongError

Step = TypeVar("Step")


class CallerGoneError(Exception):
    """Whoever asked has closed the connection; nobody is answered."""


@dataclass
class Caller:
    """Whoever waits for the answer to one request."""

    has_gone: bool = False


WAITING: ContextVar[Caller | None] = ContextVar("waiting", default=None)  # threads see their request's


class WatchedCallers:
    """Note when a caller closes the connection before it is answered.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, unless nobody waits for the answer any more."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:  # none of these checks anything
            await self.app(scope, receive, send)
            return
        caller = Caller()
        token = WAITING.set(caller)
        leaving: asyncio.Task[Message] | None = None

        async def leave() -> Message:
            while (message := await receive())["type"] != "http.disconnect":
                pass
            caller.has_gone = True
            return message

        async def receive_watched() -> Message:
            nonlocal leaving
            if leaving is not None:
                return await asyncio.shield(leaving)
            message = await receive()
            if message["type"] == "http.disconnect":
                caller.has_gone = True
            elif not message.get("more_body", False):
                leaving = asyncio.create_task(leave(), name="caller")
            return message

        try:
            await self.app(scope, receive_watched, send)
        except CallerGoneError:
            pass
        finally:
            WAITING.reset(token)
            if leaving is not None:
                leaving.cancel()


def forget_caller() -> None:
    """Go on with what this task does whether or not whoever asked for it stays."""
    WAITING.set(None)


def limited(steps: Generator[Step, None, None], seconds: float) -> Generator[Step, None, None]:
    """Yield the steps of a check as long as somebody waits for it and it takes no more time than it may.

    Args:
        steps: Of the check; closed when this is.
        seconds: Of work, without the time in which others have their turn.

    Yields:
        Step: As they are made; the last one, which is the report, is made then, however long that took.

    Raises:
        CallerGoneError: If nobody waits for it.
        CheckTooLongError: If it takes longer.
    """
    spent = 0.0
    try:
        while True:
            caller = WAITING.get()
            if caller is not None and caller.has_gone:
                raise CallerGoneError
            if spent > seconds:
                raise CheckTooLongError(seconds)
            begun = time.monotonic()
            step = next(steps, None)
            spent += time.monotonic() - begun
            if step is None:
                return
            yield step
    finally:
        steps.close()
