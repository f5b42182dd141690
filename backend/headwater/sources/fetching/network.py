"""Connections: a name is resolved once, every address is checked, and the checked address is the one connected to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpcore

from headwater.sources.fetching.addresses import find_fault, is_loopback
from headwater.sources.fetching.errors import FetchRefusedError, Refusal, SourceUnavailableError, Trouble
from headwater.sources.fetching.limits import DEFAULT_LIMITS, FetchLimits
from headwater.sources.fetching.resolving import Resolver, resolve, resolve_within

MAX_TRIED = 4  # addresses of one host: two of each family


class Deadline(threading.local):
    """Until when the thread's present exchange must be over."""

    at: float | None = None

    def begin(self, seconds: float) -> None:
        """Begin an exchange that may last so long."""
        self.at = time.monotonic() + seconds

    def left(self, timeout: float | None, error: type[Exception]) -> float | None:
        """Return how long an operation may wait.

        Args:
            timeout: Its own limit, or None.
            error: Raised where no time is left.
        """
        if self.at is None:
            return timeout
        left = self.at - time.monotonic()
        if left <= 0:
            raise error("the exchange has lasted too long")
        return left if timeout is None else min(timeout, left)


@dataclass(frozen=True, slots=True)
class Reach:
    """What connections are made with and to; tests put their own in.

    Args:
        resolver: Gives the addresses of a name.
        connector: Opens a connection to an address that was checked.
        loopback: Whether this machine may be connected to, at any port and without encryption.
        stand_in: Address and port on this machine that every listed host is played by, without encryption; None: the
            hosts themselves are connected to.
    """

    resolver: Resolver = resolve
    connector: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    loopback: bool = False
    stand_in: tuple[str, int] | None = None

    def __post_init__(self) -> None:
        if self.stand_in is not None and not is_loopback(self.stand_in[0]):
            raise ValueError("only this machine can play the publishers")


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only.

    Args:
        reach: What connections are made with and to.
        deadline: Of the present exchange.
        limits: Of time.
    """

    def __init__(self, reach: Reach, deadline: Deadline, limits: FetchLimits = DEFAULT_LIMITS) -> None:
        self._reach, self._deadline, self._limits = reach, deadline, limits

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        *more: Any,
        **options: Any,
    ) -> httpcore.NetworkStream:
        """Return a connection to one of the host's addresses, all of which are public.

        Args:
            host: By name.
            port: Of it.
            timeout: For each address that is tried.
            *more: Handed on to whoever connects.
            **options: Likewise.

        Raises:
            FetchRefusedError: If one of the addresses is not public.
            SourceUnavailableError: If the name has no address.
            ConnectError: If none of them can be connected to.
        """
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._checked(host, port)[:MAX_TRIED]:
            left = self._deadline.left(timeout, httpcore.ConnectTimeout)
            try:
                # An address in digits is connected to as it is: nothing is looked up a second time.
                stream = self._reach.connector.connect_tcp(address, port, left, *more, **options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return GuardedStream(stream, self._deadline)
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: no official page stands in a file.

        Args:
            path: Of the socket.
            timeout: Not used.
            socket_options: Not used.

        Raises:
            FetchRefusedError: Always.
        """
        del timeout, socket_options
        raise FetchRefusedError(path, Refusal.SCHEME, "sockets of this machine are not fetched from")

    def _checked(self, host: str, port: int) -> Sequence[str]:
        if self._reach.stand_in is not None:
            return (self._reach.stand_in[0],)
        left = self._deadline.left(self._limits.connect_seconds, httpcore.ConnectTimeout)
        addresses = resolve_within(self._reach.resolver, host, port, left)
        if not addresses:
            raise SourceUnavailableError(f"https://{host}/", Trouble.NAME, "its host has no address")
        if self._reach.loopback and all(map(is_loopback, addresses)):
            return addresses
        for address in addresses:
            fault = find_fault(address)
            if fault is not None:
                reason = f"its host leads to an address that is not public ({fault})"
                raise FetchRefusedError(f"https://{host}/", Refusal.ADDRESS, reason)
        return addresses


class GuardedStream(httpcore.NetworkStream):
    """A connection that no exchange holds for longer than it may last.

    Args:
        stream: The connection.
        deadline: Of the present exchange.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes."""
        return self._stream.read(max_bytes, self._deadline.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, self._deadline.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the connection, encrypted, its host's name proven."""
        left = self._deadline.left(timeout, httpcore.ConnectTimeout)
        return GuardedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of the connection."""
        return self._stream.get_extra_info(info)
