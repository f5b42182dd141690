"""Times as publishers state them, and as their readers live them: 23:01 UTC in June is tomorrow in London."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

SUMMER = timezone(timedelta(hours=1), "BST")
WINTER = timezone(timedelta(), "GMT")
CENTRAL_SUMMER, CENTRAL_WINTER = timezone(timedelta(hours=2), "CEST"), timezone(timedelta(hours=1), "CET")
FIRST_YEAR, LAST_YEAR = 1000, 9000  # times beyond are slips, and no offset may carry one over the calendar's ends


def find_moment(stated: object) -> datetime | None:
    """Return a time in ISO 8601 or as in mail and feeds; a time without an offset is UTC; None where it is none.

    Args:
        stated: As the publisher states it.

    >>> find_moment("2024-06-12T23:01:00Z").isoformat(), find_moment("not known") is None
    ('2024-06-12T23:01:00+00:00', True)
    """
    if not isinstance(stated, str):
        return None
    try:
        found = datetime.fromisoformat(stated.strip())
    except ValueError:
        try:
            found = parsedate_to_datetime(stated.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def find_brussels(stated: object) -> datetime | None:
    """Return a time that is stated without an offset by the clocks of Brussels, as sites of the European Union do.

    Args:
        stated: As the publisher states it; an offset in it counts.

    >>> find_brussels("2022-10-19T13:14").isoformat(), find_brussels("2022-11-19T13:14").isoformat()
    ('2022-10-19T13:14:00+02:00', '2022-11-19T13:14:00+01:00')
    """
    moment = find_moment(stated)
    if moment is None or not isinstance(stated, str):
        return None
    try:
        told = datetime.fromisoformat(stated.strip())
    except ValueError:  # as in mail: with its offset
        return moment
    if told.tzinfo is not None:
        return moment
    begins, ends = _last_sunday(told.year, 3), _last_sunday(told.year, 10)
    in_summer = told.replace(tzinfo=CENTRAL_SUMMER)
    return in_summer if begins <= in_summer < ends else told.replace(tzinfo=CENTRAL_WINTER)


def find_day(stated: object) -> datetime | None:
    """Return the midnight of a day that a publisher states with a time that means nothing ("2024-01-11T00:00:00")."""
    moment = find_moment(stated)
    return (
        None if moment is None else in_london(moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=WINTER))
    )


def in_london(moment: datetime) -> datetime:
    """Return a time as clocks in London show it: summer time from 01:00 UTC on the last Sunday of March to October's.

    The rule holds since 1996 (Summer Time Order, and Directive 2000/84/EC which it became): before the web had pages.

    Args:
        moment: With offset.

    >>> in_london(find_moment("2024-06-12T23:01:00Z")).isoformat()
    '2024-06-13T00:01:00+01:00'
    """
    utc = moment.astimezone(UTC)
    begins, ends = _last_sunday(utc.year, 3), _last_sunday(utc.year, 10)
    return utc.astimezone(SUMMER if begins <= utc < ends else WINTER)


def find_london(stated: object) -> datetime | None:
    """Return a time that a publisher states, as clocks in London show it, or None."""
    moment = find_moment(stated)
    return None if moment is None else in_london(moment)


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    return datetime.combine(last - timedelta(days=(last.weekday() + 1) % 7), datetime.min.time(), UTC) + timedelta(
        hours=1
    )
