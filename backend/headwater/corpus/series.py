"""Official series in the corpus: read from a version's tables when it is stored, found by the words of their names."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from headwater.corpus.filters import PassageFilters
from headwater.corpus.passages import PassageSlice
from headwater.corpus.reading import in_parts, select_versions
from headwater.corpus.rows import to_document
from headwater.corpus.searching import passing_versions
from headwater.corpus.series_tables import SERIES, SERIES_WORDS
from headwater.corpus.tables import VERSIONS
from headwater.domain.documents import PassageKind
from headwater.domain.series import Nature, Series, SeriesPoint, Step
from headwater.domain.spans import Span
from headwater.extraction.dated_tables import extract_series
from headwater.text.tokens import content_stems

LONGEST_NAME = 500  # characters of a column's name or a table's title that are kept
LONGEST_TABLE = 120  # rows that are passages too: ten years of months; a daily series is longer than anybody reads
KEPT_UNPACKED = 64  # series whose points stay unpacked: a daily one takes 2 MB and 8 ms
LEAST_SHARED = 2  # stems that a series' names share with what is asked
TABLE_SIGN = "|"  # a text without it holds no table


def store_series(connection: Connection, version_id: int, text: str, title: str) -> tuple[Series, ...]:
    """Store the series of a version's tables.

    Args:
        connection: The writing connection.
        version_id: Row number of the version.
        text: Its text.
        title: Its title.

    Returns:
        The series, as read.
    """
    found = extract_series(text, title=title) if TABLE_SIGN in text else ()
    words: list[dict[str, Any]] = []
    for ordinal, series in enumerate(found):
        values = _values(series) | {"version_id": version_id, "ordinal": ordinal}
        key = connection.execute(insert(SERIES).values(values)).inserted_primary_key
        if key is not None:
            words += [{"series_id": int(key[0]), "stem": stem} for stem in _stems(series, title)]
    if words:
        connection.execute(insert(SERIES_WORDS), words)
    return found


def remove_series(connection: Connection, versions: Sequence[int]) -> None:
    """Delete the series of some versions.

    Args:
        connection: The writing connection.
        versions: Row numbers.
    """
    mine = select(SERIES.c.id).where(SERIES.c.version_id.in_(versions))
    connection.execute(delete(SERIES_WORDS).where(SERIES_WORDS.c.series_id.in_(mine)))
    connection.execute(delete(SERIES).where(SERIES.c.version_id.in_(versions)))


def read_all_series(connection: Connection) -> int:
    """Read the series of all versions that are stored without any, and return how many were found.

    Args:
        connection: The writing connection.
    """
    columns = VERSIONS.c
    unread = select(columns.id).where(columns.text.contains(TABLE_SIGN), columns.id.not_in(select(SERIES.c.version_id)))
    count = 0
    for number in connection.execute(unread.order_by(columns.id)).scalars().all():
        row = connection.execute(select(columns.text, columns.title).where(columns.id == number)).one()
        count += len(store_series(connection, int(number), row[0], row[1]))
    return count


def find_series(
    connection: Connection, stems: Iterable[str], limit: int, filters: PassageFilters
) -> tuple[Series, ...]:
    """Return the series that share most words with what is asked, of the versions that pass.

    Args:
        connection: A reading connection.
        stems: Of what is asked.
        limit: How many at most.
        filters: Which versions may answer; the latest ones unless a day is asked for.
    """
    if filters.as_of is None:
        filters = replace(filters, latest_only=True)
    wanted = list(dict.fromkeys(stems))
    shared: dict[int, int] = {}
    for part in in_parts(wanted):
        counted = (
            select(SERIES_WORDS.c.series_id, func.count())
            .join(SERIES, SERIES.c.id == SERIES_WORDS.c.series_id)
            .where(SERIES_WORDS.c.stem.in_(part), SERIES.c.version_id.in_(passing_versions(filters)))
            .group_by(SERIES_WORDS.c.series_id)
        )
        for row in connection.execute(counted):
            shared[int(row[0])] = shared.get(int(row[0]), 0) + int(row[1])
    best = sorted((one for one in shared if shared[one] >= LEAST_SHARED), key=lambda one: (-shared[one], one))
    return _read(connection, best[:limit])


def without_long_tables(cuts: Sequence[PassageSlice], series: Sequence[Series]) -> tuple[PassageSlice, ...]:
    """Leave out the rows of tables too long to be read: they are asked for as series, and are no passages.

    Args:
        cuts: Passages of a version, in order.
        series: Of the same version.
    """
    long = [one for one in series if len(one.points) > LONGEST_TABLE]
    if not long:
        return tuple(cuts)
    cells = sorted({point.span.start for one in long for point in one.points})

    def is_left_out(cut: PassageSlice) -> bool:
        at = bisect_left(cells, cut.span.start)
        return cut.kind is PassageKind.TABLE_ROW and at < len(cells) and cells[at] < cut.span.end

    return tuple(cut for cut in cuts if not is_left_out(cut))


def _read(connection: Connection, ids: Sequence[int]) -> tuple[Series, ...]:
    rows = {row["id"]: row for row in connection.execute(select(SERIES).where(SERIES.c.id.in_(ids))).mappings()}
    versions = {row["version_id"] for row in rows.values()}
    found = connection.execute(select_versions().where(VERSIONS.c.id.in_(versions))).mappings()
    documents = {row["id"]: to_document(row) for row in found}
    return tuple(_series(rows[one], documents[rows[one]["version_id"]]) for one in ids if one in rows)


def _values(series: Series) -> dict[str, Any]:
    return {
        "measure": series.measure[:LONGEST_NAME],
        "caption": series.caption[:LONGEST_NAME],
        "step": series.step.value,
        "nature": series.nature.value,
        "unit": series.unit,
        "scale": str(series.scale),
        "first_day": series.points[0].first.isoformat(),
        "last_day": max(point.last for point in series.points).isoformat(),
        "length": len(series.points),
        "points": pack_points(series.points),
    }


def _series(row: Any, document: Any) -> Series:
    return Series(
        row["measure"],
        row["caption"],
        Step(row["step"]),
        Nature(row["nature"]),
        row["unit"],
        unpack_points(row["points"]),
        scale=Decimal(row["scale"]),
        document=document,
        id=row["id"],
    )


def pack_points(points: Sequence[SeriesPoint]) -> bytes:
    """Return points as they are stored.

    Args:
        points: Of a series.
    """
    rows = [
        (one.first.isoformat(), one.last.isoformat(), str(one.value), one.surface, one.span.start, one.span.end)
        for one in points
    ]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode())


@lru_cache(maxsize=KEPT_UNPACKED)
def unpack_points(packed: bytes) -> tuple[SeriesPoint, ...]:
    """Return points that were packed.

    Args:
        packed: As stored.
    """
    return tuple(
        SeriesPoint(date.fromisoformat(first), date.fromisoformat(last), Decimal(value), surface, Span(start, end))
        for first, last, value, surface, start, end in json.loads(zlib.decompress(packed))
    )


def _stems(series: Series, title: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(content_stems(" ".join((series.measure, series.caption, title)))))
