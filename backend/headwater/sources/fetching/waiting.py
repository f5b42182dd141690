"""Pauses between attempts: what a publisher asks for, and what is chosen where it asks for nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from headwater.sources.fetching.limits import FetchLimits

MAX_DIGITS = 9  # 31 years: anything longer is no number of seconds to reckon with


def find_retry_after(value: str, now: datetime) -> float | None:
    """Return for how many seconds a `Retry-After` asks, or None where it cannot be read.

    Args:
        value: Seconds, or a date of HTTP (RFC 9110, 10.2.3).
        now: The time of day (UTC).
    """
    written = value.strip()
    if written.isascii() and written.isdigit():
        return float(written[:MAX_DIGITS]) if len(written) <= MAX_DIGITS else math.inf
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max((moment - now).total_seconds(), 0.0)


def backoff_seconds(attempt: int, limits: FetchLimits, jitter: Callable[[], float]) -> float:
    """Return how long to wait after an attempt that failed: twice as long after each, never in step with others.

    Args:
        attempt: That failed, from 1.
        limits: The first and the longest pause.
        jitter: Gives numbers from 0 to 1; half of the pause is left to it.
    """
    pause = min(limits.backoff_seconds * 2.0 ** (attempt - 1), limits.max_backoff_seconds)
    return pause * (0.5 + jitter() / 2)
