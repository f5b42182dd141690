"""Checks run on a few threads, off the event loop; what cannot wait is refused at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from headwater.api.problems import OverloadedError

Answer = TypeVar("Answer")


class Workers:
    """A bounded number of threads with a bounded queue before them.

    Args:
        threads: Checks made at the same time.
        queue_length: Checks that may wait.
    """

    def __init__(self, threads: int, queue_length: int) -> None:
        self._limiter = CapacityLimiter(threads)
        self._most = threads + queue_length
        self._inside = 0  # at work, waiting, or just let in: the limiter does not know of the last

    @property
    def waiting(self) -> int:
        """Checks that wait for a thread."""
        return self._limiter.statistics().tasks_waiting

    @property
    def at_work(self) -> int:
        """Threads that are at a check."""
        return self._limiter.statistics().borrowed_tokens

    @property
    def is_full(self) -> bool:
        """Whether the next check would be refused."""
        return self._inside >= self._most

    async def run(self, work: Callable[[], Answer]) -> Answer:
        """Run one check on a thread.

        Args:
            work: The check.

        Returns:
            What the check returns.

        Raises:
            OverloadedError: If all threads are busy and the queue is full.
        """
        if self.is_full:
            raise OverloadedError
        return await self.go_on(work)

    async def go_on(self, work: Callable[[], Answer]) -> Answer:
        """Run a further step of a check that was let in: it waits for a thread and is never refused.

        Args:
            work: The step.

        Returns:
            What the step returns.
        """
        self._inside += 1
        try:
            return await to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1
