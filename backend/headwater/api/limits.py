"""How often each caller may ask: requests a minute counted here, requests a day set aside in the corpus."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import anyio
from anyio import to_thread

from headwater.corpus.keys import KeyRecords, StoredKey

MINUTE = 60.0
REMEMBERED = 10_000  # callers: beyond that the one longest unseen is forgotten, as if it had waited
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

    Each service process counts for itself.

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
                held += await to_thread.run_sync(self._records.set_aside, key.key_id, wanted)
            is_enough = held >= cost
            self._held[key.key_id] = (self._today(), held - cost if is_enough else held)
            return is_enough

    def _held_today(self, key_id: str) -> int:
        day, held = self._held.get(key_id, ("", 0))
        return held if day == self._today() else 0


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
