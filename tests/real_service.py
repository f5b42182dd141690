"""The service as a process of its own, as an operator starts it: for tests that kill it, and for benches."""

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

ROOT = Path(__file__).parent.parent
LISTENS = re.compile(r"listens on (http://\S+)")
START_SECONDS = 120  # a machine under load


class RealService:
    """A running service.

    Attributes:
        process: Its process.
        address: Where it listens.
        said: Lines of its log so far.
    """

    def __init__(self, database: Path, **settings: str) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        environment = {**os.environ, "PYTHONPATH": paths, "HEADWATER_DATABASE": str(database)}
        environment |= {f"HEADWATER_{name.upper()}": value for name, value in settings.items()}
        self.said: list[str] = []
        self.address = ""
        self._listens = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "headwater.cli.main", "serve", "--port", "0"],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        if not self._listens.wait(START_SECONDS) or not self.address:
            self.kill()
            raise RuntimeError(f"the service did not start: {''.join(self.said)}")

    def kill(self) -> None:
        """Kill it, as a power cut would, and wait until it is gone."""
        self.process.kill()
        self._gone()

    def stop(self) -> int:
        """Stop it as an operator does, and return its exit status."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._gone()
        return self.process.returncode

    def _gone(self) -> None:
        self.process.wait()
        self._reading.join()
        if self.process.stderr is not None:
            self.process.stderr.close()

    def _read(self) -> None:
        for line in self.process.stderr or ():
            self.said.append(line)
            found = LISTENS.search(line)
            if found is not None:
                self.address = found[1]
                self._listens.set()
        self._listens.set()


@contextmanager
def serving(database: Path, **settings: str) -> Iterator[RealService]:
    """Start the service on a database, and end it whatever happens."""
    service = RealService(database, **settings)
    try:
        yield service
    finally:
        if service.process.poll() is None:
            service.stop()
