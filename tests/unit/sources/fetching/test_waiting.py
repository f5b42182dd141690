from __future__ import annotations

import math
import threading
from datetime import UTC, datetime

import pytest

from headwater.sources.fetching.clock import StoppedError, SystemClock
from headwater.sources.fetching.limits import FetchLimits
from headwater.sources.fetching.waiting import backoff_seconds, find_retry_after

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), (" 5 ", 5), ("0", 0), ("9" * 40, math.inf), ("Mon, 02 Mar 2026 09:02:00 GMT", 120),
        ("Monday, 02-Mar-26 09:01:00 GMT", 60), ("Mon, 02 Mar 2026 11:00:30 +0200", 30),
        ("Mon, 02 Mar 2026 08:00:00 GMT", 0), ("", None), ("soon", None), ("-5", None), ("1.5", None), ("٣", None),
        ("Mon, 99 Mar 2026 09:00:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after(value: str, seconds: float | None) -> None:
    assert find_retry_after(value, NOW) == seconds


def test_pauses_double_up_to_a_limit() -> None:
    limits = FetchLimits(backoff_seconds=2, max_backoff_seconds=10)
    assert [backoff_seconds(attempt, limits, lambda: 1.0) for attempt in (1, 2, 3, 4, 60)] == [2, 4, 8, 10, 10]
    assert [backoff_seconds(attempt, limits, lambda: 0.0) for attempt in (1, 2, 3)] == [1, 2, 4]


def test_a_wait_ends_when_the_process_is_to_end() -> None:
    stop = threading.Event()
    SystemClock(stop).sleep(0)
    stop.set()
    with pytest.raises(StoppedError):
        SystemClock(stop).sleep(3_600)
