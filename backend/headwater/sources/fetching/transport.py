"""httpx on guarded connections.

A transport, not a client: a client would follow redirects, keep cookies, read proxies from the environment and
decompress without a limit, and each of these is decided elsewhere here, or not wanted.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

import httpcore
import httpx

from headwater.sources.fetching.bodies import read_body
from headwater.sources.fetching.errors import SourceUnavailableError, Trouble
from headwater.sources.fetching.limits import FetchLimits
from headwater.sources.fetching.network import Deadline, GuardedBackend, Reach
from headwater.sources.fetching.targets import Target

KEPT_CONNECTIONS = 4
KEPT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, no redirect followed.

    Args:
        target: That answered.
        status: As sent.
        headers: Names in lower case.
        body: Decompressed.
    """

    target: Target
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class GuardedTransport(httpx.BaseTransport):
    """Sends requests over connections to checked addresses.

    Args:
        reach: What connections are made with and to.
        limits: Of time and bytes.
    """

    def __init__(self, reach: Reach, limits: FetchLimits) -> None:
        self._reach, self._limits = reach, limits
        self._deadline = Deadline()
        self._pool = httpcore.ConnectionPool(
            ssl_context=_encryption(),
            max_keepalive_connections=KEPT_CONNECTIONS,
            keepalive_expiry=KEPT_SECONDS,
            network_backend=GuardedBackend(reach, self._deadline, limits),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Args:
            request: Its address was checked.

        Returns:
            The answer; its body is still to come.
        """
        scheme, host, port = request.url.raw_scheme, request.url.raw_host, request.url.port
        if self._reach.stand_in is not None:
            scheme, host, port = b"http", self._reach.stand_in[0].encode(), self._reach.stand_in[1]
        sent = httpcore.Request(
            request.method,
            httpcore.URL(scheme=scheme, host=host, port=port, target=request.url.raw_path),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(sent)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Pieces(answer))

    def get(self, target: Target, headers: Mapping[str, str]) -> Answer:
        """Return one answer whole.

        Args:
            target: The address.
            headers: To send.

        Raises:
            FetchRefusedError: If the host's address may not be connected to.
            SourceUnavailableError: If no whole answer comes within the limits.
        """
        self._deadline.begin(self._limits.total_seconds)
        request = httpx.Request("GET", _exact(target), headers=dict(headers), extensions={"timeout": self._timeouts()})
        with _named_errors(target.url):
            response = self.handle_request(request)
            try:
                received = {name.lower(): value for name, value in response.headers.items()}
                pieces: Iterable[bytes] = response.iter_raw()
                body = read_body(target.url, received, pieces, self._limits)
            finally:
                response.close()
        return Answer(target, response.status_code, received, body)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def _timeouts(self) -> dict[str, float]:
        idle, connect = self._limits.idle_seconds, self._limits.connect_seconds
        return {"connect": connect, "read": idle, "write": idle, "pool": self._limits.total_seconds}


class _Pieces(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _exact(target: Target) -> httpx.URL:
    port = None if target.origin.endswith(target.host) else target.port
    raw = target.path.encode("ascii")
    return httpx.URL(scheme=target.scheme, host=target.host, port=port, raw_path=raw)


@cache
def _encryption() -> ssl.SSLContext:
    """Return the usual checks of certificates; SSL_CERT_FILE and SSL_CERT_DIR are obeyed."""
    context = httpx.create_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@contextmanager
def _named_errors(url: str) -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException:
        raise SourceUnavailableError(url, Trouble.TIMEOUT, "it did not answer in time") from None
    except httpcore.ProtocolError:
        raise SourceUnavailableError(url, Trouble.BROKEN, "its answer is broken or was cut off") from None
    except (httpcore.NetworkError, ssl.SSLError) as error:
        reason = "its certificate could not be verified" if _is_certificate(error) else "it cannot be reached"
        raise SourceUnavailableError(url, Trouble.UNREACHABLE, reason) from None


def _is_certificate(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
