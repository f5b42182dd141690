"""Names to addresses, within a time: the system's own look-up knows no limit."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence

Resolver = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a name in the order the system prefers, each once; empty if it has none.

    Args:
        host: By name or address.
        port: That will be connected to.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def resolve_within(resolver: Resolver, host: str, port: int, seconds: float | None) -> Sequence[str]:
    """Return the addresses of a name, or none where the look-up takes too long.

    Args:
        resolver: Does it.
        host: By name.
        port: That will be connected to.
        seconds: At most; a look-up that hangs is left to itself.
    """
    answers: list[Sequence[str]] = []
    thread = threading.Thread(target=lambda: answers.append(resolver(host, port)), daemon=True)
    thread.start()
    thread.join(seconds)
    return answers[0] if answers else ()
