"""Listings by windows of days: what is past stays as it is, so a page that was read need not be read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from headwater.domain.errors import InvalidInputError
from headwater.sources.publishers.contract import SourceEntry


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a listing: what a cursor says.

    Args:
        day: First day of the window.
        list_name: Which of several listings of the window, or "".
        skip: How many entries of it have been passed.
    """

    day: date
    list_name: str = ""
    skip: int = 0

    def __str__(self) -> str:
        return f"{self.day.isoformat()}:{self.list_name}:{self.skip}"


def find_place(cursor: str) -> Place | None:
    """Return the place that a cursor names, or None where it names none.

    >>> find_place("2024-11-06:answered:100")
    Place(day=datetime.date(2024, 11, 6), list_name='answered', skip=100)
    """
    day, _, rest = cursor.partition(":")
    list_name, _, skip = rest.rpartition(":")
    try:
        return Place(date.fromisoformat(day), list_name, int(skip))
    except ValueError:
        return None


def today_utc() -> date:
    """Return the day it is, in UTC."""
    return datetime.now(UTC).date()


def first_day(since: datetime | None, entry: SourceEntry, today: date, *, default_days: int) -> date:
    """Return the day a listing begins with: that of `since`, else the entry's option `from`, else some days ago.

    Args:
        since: Where the last sync stopped, or None.
        entry: Of the source.
        today: The day it is.
        default_days: How far back a source is read that says nothing else.

    Raises:
        InvalidInputError: If the option is no day.
    """
    if since is not None:
        return since.astimezone(UTC).date()
    stated = entry.options.get("from", "")
    try:
        return date.fromisoformat(stated) if stated else today - timedelta(days=default_days)
    except ValueError:
        raise InvalidInputError(f"source {entry.name!r}: option 'from' is {stated!r}, no day as 2024-11-06") from None


def day_windows(first: date, today: date, days: int) -> Iterator[tuple[date, date]]:
    """Yield first and last day of windows from a day until today, oldest first.

    Args:
        first: Where to begin.
        today: Where to end, included.
        days: Length of a window.
    """
    while first <= today:
        last = min(first + timedelta(days=days - 1), today)
        yield first, last
        first = last + timedelta(days=1)
