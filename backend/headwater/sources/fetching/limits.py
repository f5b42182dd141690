"""What one answer may cost, and how often a publisher is asked again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Limits of the fetcher.

    Args:
        max_bytes: Of an answer, as it comes and as it is once decompressed.
        max_ratio: How many times larger it may become by decompression, once it is beyond `free_bytes`.
        free_bytes: Up to here the ratio is not looked at: short repetitive pages compress very well.
        connect_seconds: For resolving the name, and for each address that is tried.
        idle_seconds: Between two pieces of an answer.
        total_seconds: For one answer, from the first byte sent to the last received.
        max_redirects: Followed for one address.
        attempts: At an address before it is given up.
        backoff_seconds: Before the second attempt; doubled for each further one.
        max_backoff_seconds: The longest pause that the fetcher chooses itself.
        patience_seconds: The longest pause asked for by a publisher that is waited out; a longer one is an error that
            says how long.
    """

    max_bytes: int = 64_000_000  # the largest statistical release looked at has 31 MB
    max_ratio: int = 100  # pages and JSON reach 30
    free_bytes: int = 1_000_000
    connect_seconds: float = 10
    idle_seconds: float = 20
    total_seconds: float = 120
    max_redirects: int = 5
    attempts: int = 4
    backoff_seconds: float = 1
    max_backoff_seconds: float = 60
    patience_seconds: float = 120


DEFAULT_LIMITS = FetchLimits()
