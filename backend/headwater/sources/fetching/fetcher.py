"""The guarded fetcher: official pages, from listed hosts, at public addresses, within limits, at a courteous pace."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from headwater.sources.fetching.bodies import ACCEPTED
from headwater.sources.fetching.clock import Clock, SystemClock
from headwater.sources.fetching.contract import Fetched
from headwater.sources.fetching.errors import FetchRefusedError, Refusal, SourceUnavailableError, Trouble
from headwater.sources.fetching.hosts import HostList, load_hosts
from headwater.sources.fetching.limits import DEFAULT_LIMITS, FetchLimits
from headwater.sources.fetching.network import Reach
from headwater.sources.fetching.pacing import Pacing, asked_to_wait
from headwater.sources.fetching.robots import EVERYTHING, RobotsRules, parse_robots
from headwater.sources.fetching.targets import Target, parse_redirect, parse_target
from headwater.sources.fetching.transport import Answer, GuardedTransport
from headwater.sources.fetching.waiting import backoff_seconds, find_retry_after

AGENT = "Headwater"
SEE_OTHER, NOT_MODIFIED = 303, 304
MOVED = frozenset({301, 302, SEE_OTHER, 307, 308})
GIVEN_BACK = frozenset({NOT_MODIFIED, 404, 410, 422})
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504, 509, 529})  # another time it may be answered
PASSING = frozenset({Trouble.UNREACHABLE, Trouble.NAME, Trouble.TIMEOUT, Trouble.BUSY, Trouble.BROKEN})
ROBOTS_SECONDS = 86_400  # RFC 9309, 2.4: not longer than a day
MAX_VALIDATOR = 1_000


class GuardedFetcher:
    """Fetches official pages; `contract.Fetcher` is its interface. Safe to share between threads.

    Args:
        hosts: That may be fetched from; the shipped list unless given.
        contact: Who runs this and how to reach them, for the publishers ("newsroom@example.org"), or "".
        limits: Of time, bytes, redirects and attempts.
        clock: Tells the time and waits.
        jitter: Gives numbers from 0 to 1.
        reach: What connections are made with and to.
    """

    def __init__(
        self,
        hosts: HostList | None = None,
        *,
        contact: str = "",
        limits: FetchLimits = DEFAULT_LIMITS,
        clock: Clock | None = None,
        jitter: Callable[[], float] = random.random,
        reach: Reach | None = None,
    ) -> None:
        self._hosts = load_hosts() if hosts is None else hosts
        self._limits, self._jitter = limits, jitter
        self._clock = clock or SystemClock()
        self._reach = reach or Reach()
        self._agent = agent_line(contact)
        self._transport = GuardedTransport(self._reach, limits)
        self._pacing = Pacing(self._clock, limits.patience_seconds)
        self._robots: dict[str, tuple[float, RobotsRules]] = {}  # by origin
        self._robots_lock = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Return what the publisher answers.

        Args:
            url: Absolute.
            etag: The validator of the last answer, or "".
            last_modified: Likewise, or "".

        Raises:
            FetchRefusedError: If the address, or one it redirects to, may not be fetched.
            SourceUnavailableError: If the publisher cannot be reached, is overloaded, or answers beyond the limits.
        """
        target = self._parse(url)
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        kept = {name: value for name, value in validators.items() if _is_plain(value)}
        answer = self._follow(target, kept, robots=True)
        unchanged = answer.status == NOT_MODIFIED
        return Fetched(
            url=answer.target.url,
            status=answer.status,
            headers=answer.headers,
            body=b"" if answer.status in {NOT_MODIFIED, SEE_OTHER} else answer.body,
            etag=answer.headers.get("etag", etag if unchanged else ""),
            last_modified=answer.headers.get("last-modified", last_modified if unchanged else ""),
        )

    def _parse(self, url: str) -> Target:
        return parse_target(url, self._hosts, loopback=self._reach.loopback)

    def _follow(self, target: Target, validators: Mapping[str, str], *, robots: bool) -> Answer:
        first = target
        for _hop in range(self._limits.max_redirects + 1):
            if robots:
                self._ask_robots(target)
            answer = self._patiently(target, validators)
            location = answer.headers.get("location", "")
            if answer.status not in MOVED or (not location and answer.status == SEE_OTHER):
                return answer
            try:
                target = parse_redirect(target, location, self._hosts, loopback=self._reach.loopback)
            except FetchRefusedError:
                if answer.status == SEE_OTHER:
                    return answer
                raise
        raise SourceUnavailableError(first.url, Trouble.REDIRECTS, "it redirects too often")

    def _patiently(self, target: Target, validators: Mapping[str, str]) -> Answer:
        for attempt in range(1, self._limits.attempts + 1):
            try:
                return self._once(target, validators)
            except SourceUnavailableError as error:
                asked = error.retry_after
                if asked is not None:
                    self._pacing.hold(target.host, asked)
                    if asked > self._limits.patience_seconds:
                        raise asked_to_wait(target.url, asked, error.status) from None
                if error.code not in PASSING or attempt == self._limits.attempts:
                    raise
                pause = backoff_seconds(attempt, self._limits, self._jitter)
                self._clock.sleep(max(pause, asked or 0.0))
        raise AssertionError("an attempt returns or raises")  # pragma: no cover - at least one attempt is made

    def _once(self, target: Target, validators: Mapping[str, str]) -> Answer:
        self._pacing.wait_turn(target.host, self._interval(target), target.url)
        answer = self._transport.get(target, {**self._headers(target), **validators})
        if answer.status in BUSY:
            asked = find_retry_after(answer.headers.get("retry-after", ""), self._clock.now())
            reason = f"its host is busy or at fault (status {answer.status})"
            raise SourceUnavailableError(target.url, Trouble.BUSY, reason, status=answer.status, retry_after=asked)
        if not (200 <= answer.status < 300 or answer.status in MOVED or answer.status in GIVEN_BACK):
            reason = f"its host answered with status {answer.status}"
            raise SourceUnavailableError(target.url, Trouble.STATUS, reason, status=answer.status)
        return answer

    def _headers(self, target: Target) -> dict[str, str]:
        return {
            "Host": target.origin.partition("://")[2],
            "User-Agent": self._agent,
            "Accept": "*/*",
            "Accept-Encoding": ACCEPTED,
        }

    def _interval(self, target: Target) -> float:
        held = self._robots.get(target.origin)
        return max(1 / target.listed.per_second, held[1].delay if held else 0.0)

    def _ask_robots(self, target: Target) -> None:
        if not target.is_interface and not self._rules(target).allows(target.path):
            raise FetchRefusedError(target.url, Refusal.ROBOTS, "its host asks programs to leave it alone (robots.txt)")

    def _rules(self, target: Target) -> RobotsRules:
        with self._robots_lock:
            held = self._robots.get(target.origin)
            if held is not None and self._clock.monotonic() < held[0]:
                return held[1]
            answer = self._read_robots(target)
            rules = EVERYTHING if answer is None else parse_robots(answer.body, AGENT.lower())
            self._robots[target.origin] = (self._clock.monotonic() + ROBOTS_SECONDS, rules)
            return rules

    def _read_robots(self, target: Target) -> Answer | None:
        """Return a host's robots.txt, or None where it has none; a host that does not answer is not asked for pages."""
        try:
            answer = self._follow(self._parse(f"{target.origin}/robots.txt"), {}, robots=False)
        except FetchRefusedError as refusal:
            if refusal.code is Refusal.ADDRESS:
                raise
            return None  # it leads to where nothing is fetched from: there are no rules
        except SourceUnavailableError as error:
            if error.code is Trouble.STATUS and error.status is not None and 400 <= error.status < 500:
                return None
            raise
        return answer if 200 <= answer.status < 300 else None


def agent_line(contact: str) -> str:
    """Return how the fetcher names itself to publishers.

    Args:
        contact: Who runs it and how to reach them, or "".
    """
    from headwater import __version__  # noqa: PLC0415 - the package itself

    shown = "".join(sign for sign in contact if sign.isascii() and sign.isprintable() and sign not in "()")
    return f"{AGENT}/{__version__} ({shown or 'reader of official publications'})"


def _is_plain(value: str) -> bool:
    return bool(value) and len(value) <= MAX_VALIDATOR and value.isascii() and value.isprintable()
