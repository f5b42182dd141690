"""Downloads of time series from the ONS: rows of particulars (title, identifier, unit, dates of release), then figures.

Read as they stand, those rows would all be part of a column's name. Here the title and the unit head the columns, and
the rest stands above the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import takewhile

IDENTIFIED, TITLED, RELEASED = "cdid", "title", "release date"
BEFORE, BEHIND = "preunit", "unit"  # "£" and "m" of "£m"
PARTICULARS = frozenset(
    {IDENTIFIED, TITLED, RELEASED, BEFORE, BEHIND, "source dataset id", "next release", "important notes"}
)

Rows = Sequence[Sequence[str]]


def rearranged(rows: Rows) -> tuple[list[list[str]], str]:
    """Return the rows of a table with its particulars above it, and when it was released (YYYY-MM-DD, or "").

    Args:
        rows: Of any table; one that is no download of time series comes back as it is.

    >>> rearranged([["Title", "Rate"], ["CDID", "L55O"], ["Unit", "%"], ["2023", "6.8"]])
    ([['CDID', 'L55O'], [], ['Title', 'Rate (%)'], ['2023', '6.8']], '')
    """
    head = {row[0].casefold(): row[1:] for row in takewhile(_is_particular, rows)}
    if IDENTIFIED not in head or TITLED not in head:
        return [list(row) for row in rows], ""
    count = sum(1 for _ in takewhile(_is_particular, rows))
    named = [_named(title, place, head) for place, title in enumerate(head[TITLED])]
    above = [list(row) for row in rows[:count] if row[0].casefold() not in {TITLED, BEFORE, BEHIND} and any(row[1:])]
    return [*above, [], [rows[0][0], *named], *(list(row) for row in rows[count:])], _released(head.get(RELEASED, ()))


def _is_particular(row: Sequence[str]) -> bool:
    return bool(row) and row[0].casefold() in PARTICULARS


def _named(title: str, place: int, head: Mapping[str, Sequence[str]]) -> str:
    unit = "".join(head[part][place] for part in (BEFORE, BEHIND) if place < len(head.get(part, ())))
    return f"{title} ({unit})" if unit and unit not in title else title


def _released(stated: Sequence[str]) -> str:
    """Return the latest day of release, where all are told as days."""
    days = []
    for one in filter(None, stated):
        try:
            days.append(datetime.strptime(one, "%d-%m-%Y").date().isoformat())
        except ValueError:
            return ""
    return max(days, default="")
