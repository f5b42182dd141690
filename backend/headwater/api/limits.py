"""How often each caller may ask: requests of keys are taken from the corpus, so that all services count together."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import anyio
from anyio import to_thread

from headwater.corpus.keys import MINUTE, KeyRecords, StoredKey
from headwater.domain.errors import CorpusUnavailableError

REMEMBERED = 10_000  # callers: beyond that the one longest unseen is forgotten, as if it had waited
HELD_SECONDS = 1.0  # what was taken and not used is given up: it may not be added to a later minute's
LARGEST_BLOCK = 50  # requests set aside at once: as many are lost of a quota when a service is killed
BLOCKS_A_QUOTA = 100  # small quotas are counted one by one, and none loses more than a hundredth


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a caller.

    Args:
        granted: Whether this request may pass.
        limit: Requests a minute.
        remaining: How many could follow at once.
        reset: Seconds until all could again.
        retry_after: Seconds until this one could; 0 where it is granted.
    """

    granted: bool
    limit: int
    remaining: int
    reset: int
    retry_after: int = 0


class MinuteLimits:
    """Requests a minute, by the generic cell rate algorithm (ITU-T I.371): one number for each caller.

    Each service process counts for itself: wrong keys by address, and what cannot be counted together.

    Args:
        now: Seconds of a clock that is never set back.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._due: OrderedDict[str, float] = OrderedDict()  # when the caller would have all its requests again

    def take(self, caller: str, limit: int, cost: int = 1) -> Allowance:
        """Count requests of a caller if they may pass.

        Args:
            caller: Who asks.
            limit: Requests a minute.
            cost: How many this one counts for; never more than a whole minute's.
        """
        now, each = self._now(), MINUTE / limit
        begin = max(now, self._due.get(caller, now))
        due = begin + min(cost, limit) * each
        excess = due - now - MINUTE
        if excess > 1e-9:  # rounding of sums of thirds
            left = max(0, math.floor((MINUTE - (begin - now)) / each + 1e-9))
            return Allowance(False, limit, left, math.ceil(begin - now), max(1, math.ceil(excess)))
        self._due[caller] = due
        self._due.move_to_end(caller)
        if len(self._due) > REMEMBERED:
            self._due.popitem(last=False)
        return Allowance(True, limit, math.floor((MINUTE - (due - now)) / each + 1e-9), math.ceil(due - now))


class SharedMinutes:
    """Requests a minute of keys, which all services on a corpus count together.

    About a second's requests are taken from the corpus at once and used up within a second: a key costs at most about
    one write a second. While the corpus cannot be written each service counts for itself.

    Args:
        records: The keys.
        now: Seconds of a clock that is never set back.
    """

    def __init__(self, records: KeyRecords, now: Callable[[], float] = time.monotonic) -> None:
        self._records, self._now = records, now
        self._alone = MinuteLimits(now)
        self._held: dict[str, tuple[float, int]] = {}  # until when, and how many requests
        self._due: dict[str, float] = {}  # when the key would have all its requests again, as last heard
        self._locks: defaultdict[str, anyio.Lock] = defaultdict(anyio.Lock)

    async def take(self, key: StoredKey, cost: int = 1) -> Allowance:
        """Count requests of a key if they may pass.

        Args:
            key: Whose.
            cost: How many; never more than a whole minute's.
        """
        limit = key.terms.per_minute
        cost = min(cost, limit)
        async with self._locks[key.key_id]:
            held = self._left(key.key_id)
            if held < cost and not self._is_hopeless(key.key_id, limit, cost - held):
                wanted = cost - held
                try:
                    granted, due = await to_thread.run_sync(
                        self._records.take_minute, key.key_id, wanted, block_of_minute(limit) - 1
                    )
                except CorpusUnavailableError:
                    return self._alone.take(key.key_id, limit, cost)
                self._due[key.key_id] = self._now() + due
                held += granted
                self._held[key.key_id] = (self._now() + HELD_SECONDS, held)
            is_enough = held >= cost
            if is_enough:
                self._held[key.key_id] = (self._held[key.key_id][0], held - cost)
                return self._allowance(key, 0, held - cost)
            return self._allowance(key, cost, held)

    def _left(self, key_id: str) -> int:
        until, held = self._held.get(key_id, (0.0, 0))
        return held if self._now() < until else 0

    def _is_hopeless(self, key_id: str, limit: int, cost: int) -> bool:
        """Say whether the corpus need not be asked: others can only have taken more since."""
        due = self._due.get(key_id, 0.0) - self._now()
        return due + cost * MINUTE / limit - MINUTE > MINUTE / limit / 2

    def _allowance(self, key: StoredKey, refused: int, held: int) -> Allowance:
        limit, due = key.terms.per_minute, max(0.0, self._due.get(key.key_id, 0.0) - self._now())
        each = MINUTE / limit
        left = min(limit, held + max(0, math.floor((MINUTE - due) / each + 1e-6)))
        if not refused:
            return Allowance(True, limit, left, math.ceil(due))
        wait = max(1, math.ceil(due + (refused - held) * each - MINUTE))
        return Allowance(False, limit, left, math.ceil(due), wait)


class DayQuotas:
    """Requests a day: set aside in the corpus in blocks before they are used, so that no quota is ever passed.

    Args:
        records: The keys.
        today: The day in UTC.
    """

    def __init__(self, records: KeyRecords, today: Callable[[], str] = lambda: datetime.now(UTC).date().isoformat()):
        self._records = records
        self._today = today
        self._held: dict[str, tuple[str, int]] = {}
        self._locks: defaultdict[str, anyio.Lock] = defaultdict(anyio.Lock)

    async def take(self, key: StoredKey, cost: int = 1) -> bool:
        """Use requests of a key's quota, all or none.

        Args:
            key: Whose.
            cost: How many.

        Returns:
            bool: False where the quota of today is used up.

        Raises:
            CorpusUnavailableError: If the corpus cannot be written.
        """
        async with self._locks[key.key_id]:
            held = self._held_today(key.key_id)
            if held < cost:
                wanted = max(block_of(key.terms.per_day), cost - held)
                try:
                    held += await to_thread.run_sync(self._records.set_aside, key.key_id, wanted)
                except CorpusUnavailableError:
                    if key.terms.per_day:
                        raise
                    return True  # of a key without a quota requests are counted for the operator's eyes alone
            is_enough = held >= cost
            self._held[key.key_id] = (self._today(), held - cost if is_enough else held)
            return is_enough

    def _held_today(self, key_id: str) -> int:
        day, held = self._held.get(key_id, ("", 0))
        return held if day == self._today() else 0


def block_of_minute(per_minute: int) -> int:
    """Return how many requests are taken at once: those of about a second."""
    return max(1, round(per_minute / MINUTE))


def block_of(per_day: int) -> int:
    """Return how many requests are set aside at once.

    Args:
        per_day: The quota; 0 for none, whose requests are counted all the same.
    """
    return max(1, min(LARGEST_BLOCK, per_day // BLOCKS_A_QUOTA)) if per_day else LARGEST_BLOCK


def seconds_to_midnight(now: datetime) -> int:
    """Return how long it is until quotas begin anew.

    Args:
        now: In UTC.
    """
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(1, math.ceil((midnight - now).total_seconds()))
