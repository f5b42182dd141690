"""A server on this machine that answers as badly as it is told to: bytes as given, when given."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Script = Callable[["Request"], Iterable[bytes | float]]  # bytes are sent, a number of seconds is waited


@dataclass(frozen=True)
class Request:
    target: str
    headers: dict[str, str]


@dataclass
class MisbehavingServer:
    """Plays each path as its script says, and all others as `others` does: a 404 unless given."""

    scripts: dict[str, Script] = field(default_factory=dict)
    others: Script = lambda _: [answer(404)]
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._stopped = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def targets(self) -> list[str]:
        """Paths that were asked for, robots.txt left out."""
        return [request.target for request in self.requests if request.target != "/robots.txt"]

    def play(self, path: str, *answers: bytes | Script) -> None:
        """Answer a path by these in turn, the last one again and again."""
        left = list(answers)

        def script(request: Request) -> Iterable[bytes | float]:
            answer = left.pop(0) if len(left) > 1 else left[0]
            return [answer] if isinstance(answer, bytes) else answer(request)

        self.scripts[path] = script

    def close(self) -> None:
        self._stopped.set()
        self._listener.close()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65_536)
                if not piece:
                    return
                head += piece
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
            }
            request = Request(first.split(" ")[1], headers)
            self.requests.append(request)
            script = self.scripts.get(request.target.partition("?")[0], self.others)
            for part in script(request):
                if self._stopped.is_set():
                    return
                if isinstance(part, bytes):
                    connection.sendall(part)
                else:
                    time.sleep(part)


def answer(status: int, body: bytes = b"", **headers: str) -> bytes:
    """Return a whole answer; `retry_after="5"` is the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named = {"content-length": str(len(body)), "connection": "close", **named}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} Played\r\n{lines}\r\n".encode("latin-1") + body


@contextmanager
def misbehaving_server() -> Iterator[MisbehavingServer]:
    server = MisbehavingServer()
    try:
        yield server
    finally:
        server.close()
