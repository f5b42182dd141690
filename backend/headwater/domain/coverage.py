"""What a corpus holds, in short: so that "no official source found" can be judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CorpusScope:
    """What a corpus holds.

    Args:
        documents: How many.
        publishers: Names of those with most documents, the largest first.
        publisher_count: How many publishers there are.
        first_day: The earliest day that a version has, or None where none has any.
        last_day: The latest, or None.
        languages: BCP 47 tags, that of most documents first.
        last_sync: When a source was last brought up to date with its publisher (UTC); None where none ever was.
    """

    documents: int = 0
    publishers: tuple[str, ...] = ()
    publisher_count: int = 0
    first_day: date | None = None
    last_day: date | None = None
    languages: tuple[str, ...] = ()
    last_sync: datetime | None = None
