"""Who may ask: a key in the header `Authorization`, its scopes and its limits.

Without keys the service is its one user's own: it then answers this machine alone, and nobody whom a proxy brings. As
soon as a key was ever made, all need one, unless the setting HEADWATER_ACCESS says otherwise.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Any, Final, cast

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headwater.api.key_ring import KeyRing
from headwater.api.limits import Allowance, DayQuotas, MinuteLimits, SharedMinutes, seconds_to_midnight
from headwater.api.problems import (
    KeyRequiredError,
    KeyScopeError,
    QuotaUsedUpError,
    RateLimitedError,
    error_response,
)
from headwater.corpus.keys import KeyRecords, StoredKey
from headwater.domain.errors import HeadwaterError
from headwater.settings import AccessMode, is_loopback

CALLER_KEY: Final = "headwater.caller"  # in the ASGI scope
DAY_SECONDS = 86_400
MINUTELY, DAILY, WRONG_KEYS = "minute", "day", "wrong-keys"  # names of what is counted
FAILURES_A_MINUTE = 30  # wrong keys from one address; a right one passes all the same
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
OPEN_PATHS = ("/healthz", "/readyz", "/openapi.json", "/problems", "/static")
KEYED_BEHIND_A_PROXY = frozenset({"admin", "ingest"})  # who may read is the proxy's to say, who may write is not
ANY_SCOPE = ""
SCOPES_OF_PATHS = (  # the first that fits; what reads and what writes may differ
    ("/metrics", "admin", "admin"),
    ("/version", ANY_SCOPE, ANY_SCOPE),
    ("/v1/checks", "check", "check"),
    ("/checks", "check", "check"),
    ("/v1/documents", "match", "ingest"),
    ("", "match", "match"),
)
READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what charges them.

    Args:
        key: With which they ask; None where no key is needed.
        access: The guard that let them in; None where no key is needed.
        told: The headers that say what is left to them.
    """

    key: StoredKey | None = None
    access: AccessGuard | None = None
    told: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def key_id(self) -> str:
        """Public part of the key, "" where there is none: whose things these are."""
        return self.key.key_id if self.key else ""

    async def charge(self, cost: int) -> None:
        """Count further requests: what one request asks for many.

        Args:
            cost: How many.

        Raises:
            RateLimitedError: If they are too many for now.
            QuotaUsedUpError: If they are too many for today.
            CorpusUnavailableError: If the corpus cannot be written.
        """
        if self.key and self.access and cost > 0:
            self.told.update(_headers(self.key, await self.access.count(self.key, cost)))


def caller_of(scope: MutableMapping[str, Any]) -> Caller:
    """Return who sent a request."""
    return cast(Caller, scope.get(CALLER_KEY) or Caller())


class AccessGuard:
    """Let in who has a key, and count what they ask.

    Args:
        app: What is protected.
        records: The keys.
        mode: As the setting HEADWATER_ACCESS says.
    """

    def __init__(self, app: ASGIApp, records: KeyRecords, mode: AccessMode) -> None:
        self.app = app
        self.mode = mode
        self._ring = KeyRing(records)
        self._minutes, self._failures = SharedMinutes(records), MinuteLimits()
        self._days = DayQuotas(records)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or _is_under(scope["path"], OPEN_PATHS):
            await self.app(scope, receive, send)
            return
        try:
            if await self._needs_key(scope):
                send = await self._let_in(scope, send)
        except HeadwaterError as error:
            await error_response(scope, error)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def count(self, key: StoredKey, cost: int) -> Allowance:
        """Count requests of a key.

        Args:
            key: Whose.
            cost: How many.

        Raises:
            RateLimitedError: If they are too many for now.
            QuotaUsedUpError: If they are too many for today.
            CorpusUnavailableError: If the corpus cannot be written.
        """
        allowance = await self._minutes.take(key, cost)
        if not allowance.granted:
            raise RateLimitedError(_headers(key, allowance), allowance.retry_after)
        if not await self._days.take(key, cost):
            seconds = seconds_to_midnight(datetime.now(UTC))
            raise QuotaUsedUpError(_headers(key, Allowance(False, key.terms.per_day, 0, seconds), DAILY), seconds)
        return allowance

    async def _needs_key(self, scope: Scope) -> bool:
        if self.mode == "proxy":
            return _scope_of(scope) in KEYED_BEHIND_A_PROXY
        if self.mode == "keys" or not _is_local(scope):
            return True
        return self.mode == "auto" and not await self._ring.is_empty()

    async def _let_in(self, scope: Scope, send: Send) -> Send:
        key = await self._known(scope)
        wanted = _scope_of(scope)
        if wanted and not key.allows(wanted):
            raise KeyScopeError(wanted)
        scope[CALLER_KEY] = caller = Caller(key, self, _headers(key, await self.count(key, 1)))
        return _with_headers(caller.told, send)

    async def _known(self, scope: Scope) -> StoredKey:
        written = find_written_key(Headers(scope=scope).get("authorization", ""))
        try:
            if not written:
                raise KeyRequiredError
            return await self._ring.verify(written)
        except KeyRequiredError as error:  # an invalid one is of this kind, too
            tried = self._failures.take(_prefix(scope), FAILURES_A_MINUTE) if written else None
            if tried is not None and not tried.granted:
                quota = (WRONG_KEYS, FAILURES_A_MINUTE, 60)
                raise RateLimitedError(_limits(tried, WRONG_KEYS, [quota]), tried.retry_after) from None
            error.headers = {"WWW-Authenticate": _challenge(scope, has_key=bool(written))}
            raise


def find_written_key(authorization: str) -> str:
    """Return the key in a header `Authorization`, or "".

    Args:
        authorization: "Bearer KEY", as programs send it, or "Basic ...", as browsers do, with the key as password.
    """
    scheme, _, given = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(given.strip(), validate=True).decode("ascii").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _is_local(scope: Scope) -> bool:
    """Say whether a request comes from this machine, and was not brought here by a proxy on it."""
    client = scope.get("client")
    return (client is None or is_loopback(client[0])) and not any(name in Headers(scope=scope) for name in FORWARDED)


def _is_under(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)


def _scope_of(scope: Scope) -> str:
    for prefix, reading, writing in SCOPES_OF_PATHS:
        if not prefix or _is_under(scope["path"], (prefix,)):
            return reading if scope["method"] in READING else writing
    raise AssertionError  # the last prefix fits all


def _prefix(scope: Scope) -> str:
    """Return whom wrong keys are counted for: an address, of IPv6 the network that one customer is given."""
    client = scope.get("client")
    try:
        address = ip_address(client[0] if client else "")
    except ValueError:
        return ""
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))


def _challenge(scope: Scope, *, has_key: bool) -> str:
    bearer = 'Bearer realm="headwater"' + (', error="invalid_token"' if has_key else "")
    # A browser asks its user for a name and a password on the pages alone: the API's callers set the header themselves.
    return bearer if scope["path"].startswith("/v1/") else f'{bearer}, Basic realm="headwater", charset="UTF-8"'


def _headers(key: StoredKey, allowance: Allowance, policy: str = MINUTELY) -> dict[str, str]:
    quotas = [(MINUTELY, key.terms.per_minute, 60), (DAILY, key.terms.per_day, DAY_SECONDS)]
    return _limits(allowance, policy, [quota for quota in quotas if quota[1]])


def _limits(allowance: Allowance, policy: str, quotas: Sequence[tuple[str, int, int]]) -> dict[str, str]:
    """Return what a caller is told: the fields of the IETF's draft, and those that came before them by one number each.

    Args:
        allowance: What is left.
        policy: The name of what it is left of.
        quotas: All that count: names, requests, seconds.
    """
    return {
        "RateLimit": f'"{policy}";r={allowance.remaining};t={allowance.reset}',
        "RateLimit-Policy": ", ".join(f'"{name}";q={requests};w={seconds}' for name, requests, seconds in quotas),
        "RateLimit-Limit": str(allowance.limit),
        "RateLimit-Remaining": str(allowance.remaining),
        "RateLimit-Reset": str(allowance.reset),
    }


def _with_headers(headers: dict[str, str], send: Send) -> Send:
    async def send_counted(message: Message) -> None:
        if message["type"] == "http.response.start":
            sent = MutableHeaders(scope=message)
            for name, value in headers.items():
                sent.setdefault(name, value)
        await send(message)

    return send_counted
