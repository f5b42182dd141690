"""A service that is told to stop says so first, and goes on answering for a while: whoever balances turns to others."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from headwater.api.service import Course


@contextmanager
def told_to_stop(course: Course, seconds: float) -> Iterator[None]:
    """Note when the service is told to stop, and have it end some time later, or at once when it is told again.

    Args:
        course: Is told.
        seconds: For which it goes on answering.
    """
    before = signal.getsignal(signal.SIGTERM)
    if not callable(before) or threading.current_thread() is not threading.main_thread():
        yield  # nobody would be told: a test, or a server inside another program
        return
    loop = asyncio.get_running_loop()

    def stop(number: int, frame: FrameType | None) -> None:
        if course.is_stopping or not seconds:
            course.is_stopping = True
            before(number, frame)
        else:
            course.is_stopping = True
            loop.call_soon_threadsafe(loop.call_later, seconds, before, number, None)

    signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
