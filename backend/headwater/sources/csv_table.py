"""Reading tables of comma-separated values: a line for each row, its cells parted by bars, as tables of pages are."""

from __future__ import annotations

import csv
import re
from typing import Any

from headwater.sources.records import RecordFaultError
from headwater.sources.time_series_csv import rearranged

SEPARATORS = ",;\t|"
QUOTED = re.compile(r'"[^"]*"')
SAMPLE = 4_096  # characters from which the separator is told
MOST_CELLS = 5_000_000  # of one table: 60 years of 200 daily columns
BAR = "|"


def read_csv(text: str) -> dict[str, Any]:
    """Return what a table holds, in the form of a record: its text, and the day of its release where it says so.

    Args:
        text: The decoded file.

    Raises:
        RecordFaultError: If it is no table, or one too large.
    """
    rows: list[list[str]] = []
    count = 0
    try:
        for row in csv.reader(text.splitlines(), delimiter=_separator(text)):
            cells = [" ".join(cell.replace(BAR, "/").split()) for cell in row]
            count += len(cells)
            if count > MOST_CELLS:
                raise RecordFaultError(f"a table of more than {MOST_CELLS:,} cells")
            rows.append(cells)
    except csv.Error as error:
        raise RecordFaultError(f"no table of comma-separated values: {error}") from None
    rows, released = rearranged(rows)
    lines = (" | ".join(cells).rstrip(" |") if any(cells) else "" for cells in rows)
    fields = {"text": "\n".join(lines).strip(), "document_type": "data_table"}
    return fields | ({"updated_at": released} if released else {})


def _separator(text: str) -> str:
    """Return the sign that parts the cells: the one that stands most often in the first line that holds any."""
    for line in text[:SAMPLE].splitlines():
        bare = QUOTED.sub("", line)
        counted = {sign: bare.count(sign) for sign in SEPARATORS}
        if any(counted.values()):
            return max(counted, key=lambda sign: counted[sign])
    return ","
