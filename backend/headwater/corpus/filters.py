"""Which passages a search may return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PassageFilters:
    """Limits of a search; an empty field does not limit, and all fields hold together.

    A version's words may have been published on any day from its first day to its last (see `versions.days_of`): it
    passes the dates if one of those days lies between them. A version without any date passes no date limit.

    Args:
        publishers: Names of publishers as stored; any of them.
        document_types: The publishers' words for the type; any of them.
        published_from: First day, inclusive.
        published_to: Last day, inclusive.
        language: BCP 47 tag; "en" passes "en" and "en-GB".
        latest_only: Leave out superseded versions.
        as_of: A day: of each document the version in force at its end, as far as the dates known tell; a document
            that had not appeared by then is left out.
    """

    publishers: tuple[str, ...] = ()
    document_types: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    language: str = ""
    latest_only: bool = False
    as_of: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is limited."""
        return self == PassageFilters()
