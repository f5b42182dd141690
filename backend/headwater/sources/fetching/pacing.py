"""How often a host is asked, and how long it is left alone when it says so."""

from __future__ import annotations

import threading

from headwater.sources.fetching.clock import Clock
from headwater.sources.fetching.errors import SourceUnavailableError, Trouble


class Pacing:
    """Gives each request its turn. Safe to share between threads.

    Args:
        clock: Tells the time and waits.
        patience_seconds: The longest wait that a host may ask for.
    """

    def __init__(self, clock: Clock, patience_seconds: float) -> None:
        self._clock = clock
        self._patience = patience_seconds
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}  # by host
        self._held_until: dict[str, float] = {}

    def wait_turn(self, host: str, interval: float, url: str) -> None:
        """Wait until the host may be asked again.

        Args:
            host: By name.
            interval: Seconds between two requests.
            url: For messages.

        Raises:
            SourceUnavailableError: If the host asked to be left alone for longer than is waited for.
        """
        with self._lock:
            now = self._clock.monotonic()
            held = self._held_until.get(host, now) - now
            if held > self._patience:
                raise asked_to_wait(url, held)
            turn = max(now + held, self._free_at.get(host, now), now)
            self._free_at[host] = turn + interval
        if turn > now:
            self._clock.sleep(turn - now)

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone.

        Args:
            host: By name.
            seconds: For so long from now; a longer time asked for before stays.
        """
        with self._lock:
            until = self._clock.monotonic() + seconds
            self._held_until[host] = max(until, self._held_until.get(host, until))


def asked_to_wait(url: str, seconds: float, status: int | None = None) -> SourceUnavailableError:
    """Return the error for a host that wants to be left alone for too long."""
    reason = f"its host asks not to be asked again for {seconds:,.0f} seconds"
    return SourceUnavailableError(url, Trouble.BUSY, reason, status=status, retry_after=seconds)
