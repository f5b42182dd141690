"""Time as the fetcher sees it: replaced in tests, and cut short when a service stops."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def monotonic(self) -> float:
        """Return seconds since some moment; they never run backwards."""
        ...

    def now(self) -> datetime:
        """Return the time of day (UTC)."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class StoppedError(Exception):
    """The wait was cut short because the process is to end; no error of the product, and nothing is left to do."""


class SystemClock:
    """The machine's own clock.

    Args:
        stop: Once it is set, nothing is waited for any more.
    """

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()

    def monotonic(self) -> float:
        """Return seconds since some moment; they never run backwards."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the time of day (UTC)."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait.

        Args:
            seconds: How long.

        Raises:
            StoppedError: If the process is to end.
        """
        if self._stop.wait(max(seconds, 0)):
            raise StoppedError
