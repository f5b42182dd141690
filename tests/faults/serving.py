"""A real service in processes of its own, for the tests of faults: started, asked, and ended without a trace."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PROGRAM = "from headwater.cli.main import main\nmain(['serve', '--port', '0', '--model', 'hashing'])"


def environment(**settings: str) -> dict[str, str]:
    """The tests' own environment with the settings in it, and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEADWATER_")}
    paths = os.pathsep.join(path for path in sys.path if path)
    return {**kept, "PYTHONPATH": paths, **{f"HEADWATER_{name.upper()}": value for name, value in settings.items()}}


class Service:
    """A service that runs, and what it wrote."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address
        self._said: list[str] = []
        # What nobody reads would fill the pipe and stop the service.
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=60)

    def stop(self, sent: signal.Signals = signal.SIGTERM) -> int:
        """End it, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(sent)
        code = self.process.wait(60)
        self._reader.join(60)
        return code

    @property
    def said(self) -> str:
        return "".join(self._said)

    def _read(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as lines:
            self._said.extend(lines)


@contextmanager
def serving(database: Path | None = None, program: str = PROGRAM, **settings: str) -> Iterator[Service]:
    """Run a service until the block ends."""
    settings = {"log_level": "error", **({"database": str(database)} if database else {}), **settings}
    process = subprocess.Popen(
        [sys.executable, "-c", program], env=environment(**settings), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = ""
    try:
        for line in process.stderr:
            said += line
            if found := re.search(r"listens on (http://\S+)", line):
                break
        else:
            raise AssertionError(said)
        service = Service(process, found[1])
        try:
            yield service
        finally:
            service.stop()
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
