"""The right to sync: one process at a time, on whatever machine. A process that died gives way at once or in time."""

from __future__ import annotations

import os
import socket
import threading
import time
from secrets import token_hex
from types import TracebackType
from typing import Self

from headwater.corpus.syncing import SyncRecords
from headwater.domain.errors import HeadwaterError
from headwater.sources.fetching.clock import StoppedError

LEASE_SECONDS = 900.0  # longer than the longest pause a publisher is granted
RENEWED_AFTER = 60.0


class SyncUnderWayError(HeadwaterError):
    """Another process is syncing this corpus."""

    def __init__(self, holder: str) -> None:
        machine, _, process = holder.partition("/")
        super().__init__(f"another sync of this corpus is under way: process {process.partition('/')[0]} on {machine}")


class SyncLease:
    """Holds the right to sync while the block runs.

    Args:
        records: Of the corpus.
        stop: Once it is set, the sync is to end.

    Raises:
        SyncUnderWayError: On entering, if another process has it.
    """

    def __init__(self, records: SyncRecords, stop: threading.Event | None = None) -> None:
        self._records = records
        self._stop = stop or threading.Event()
        self._holder = f"{socket.gethostname()}/{os.getpid()}/{token_hex(4)}"
        self._renewed = 0.0

    def __enter__(self) -> Self:
        held_by = self._records.take_lease(self._holder, LEASE_SECONDS, from_holders=is_gone)
        if held_by:
            raise SyncUnderWayError(held_by)
        self._renewed = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._records.give_back_lease(self._holder)

    def keep(self) -> None:
        """Prolong the lease where it is time to.

        Raises:
            StoppedError: If the sync is to end, or another process has taken the lease.
        """
        if self._stop.is_set():
            raise StoppedError
        if time.monotonic() - self._renewed > RENEWED_AFTER:
            if self._records.take_lease(self._holder, LEASE_SECONDS):
                raise StoppedError
            self._renewed = time.monotonic()


def is_gone(holder: str) -> bool:
    """Say whether a holder of the lease is a process of this machine that is no more.

    Args:
        holder: As the lease names it.
    """
    machine, _, rest = holder.partition("/")
    process = rest.partition("/")[0]
    if machine != socket.gethostname() or os.name != "posix" or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)  # sends nothing: asks whether there is such a process
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
