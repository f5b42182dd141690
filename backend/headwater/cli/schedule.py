"""Syncs while the service runs, each in a process of its own at low priority.

A process, not a thread: reading pages and encoding passages would take the interpreter from the requests, and a reader
that fails on a page must not take the service with it. The service follows the corpus by itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import structlog

from headwater.settings import Settings

COMMAND = (sys.executable, "-m", "headwater.cli.main", "sources", "keep-up")
FIRST_SECONDS = 5.0  # the service is ready first

log = structlog.get_logger("headwater.sync")


class SyncSchedule:
    """Runs syncs while the block runs; does nothing where the settings name no interval.

    Several services may do so on one corpus: a sync that comes too soon after another's ends at once.

    Args:
        settings: The interval, and what the command line chose.
        command: Runs one sync.
    """

    def __init__(self, settings: Settings, command: Sequence[str] = COMMAND) -> None:
        self._settings, self._command = settings, [*command, *_chosen(settings)]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync-schedule", daemon=True)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        if self._settings.sync_minutes:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._stop.set()
            process = self._process
        if process is not None:
            process.terminate()  # it ends after the step it is in
            try:
                process.wait(self._settings.shutdown_seconds)
            except subprocess.TimeoutExpired:
                process.kill()  # nothing is lost: the step was one transaction
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        pause = FIRST_SECONDS
        while not self._stop.wait(pause):
            begun = time.monotonic()
            try:
                self._sync()
            except OSError as error:
                log.error("a sync could not be started", error=type(error).__name__)
            pause = max(self._settings.sync_minutes * 60 - (time.monotonic() - begun), 1.0)

    def _sync(self) -> None:
        with self._lock:
            if self._stop.is_set():
                return
            process = subprocess.Popen(  # noqa: S603 - this program, with the options it was given
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._process = process
        with process:
            output = process.stdout.read() if process.stdout else b""
        with self._lock:
            self._process = None
        for source in _sources_of(output):
            documents = source["added"] + source["new_versions"]
            log.info("synced", documents=documents, problem=f"{source['name']}: {len(source['problems'])} problems")
        if process.returncode and not self._stop.is_set():
            log.error("a sync failed", status=process.returncode)


def _chosen(settings: Settings) -> list[str]:
    """Return as options what the command line chose; what the environment says, the process reads itself."""
    options = [] if settings.database_url is not None else ["--database", str(settings.database)]
    return [*options, *(["--model", settings.model] if settings.model else [])]


def _sources_of(output: bytes) -> list[dict[str, Any]]:
    try:
        sources: list[dict[str, Any]] = json.loads(output)["sources"]
    except (ValueError, KeyError, TypeError):
        return []  # nothing was due
    return sources
