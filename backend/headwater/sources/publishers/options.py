"""The options of a source's entry, read and checked."""

from __future__ import annotations

from headwater.domain.errors import InvalidInputError
from headwater.sources.publishers.contract import SourceEntry

SWITCHES = {"yes": True, "true": True, "no": False, "false": False}


def listed(entry: SourceEntry, name: str) -> tuple[str, ...]:
    """Return the values of an option that lists them with commas; none where the option is not given."""
    return tuple(value.strip() for value in entry.options.get(name, "").split(",") if value.strip())


def needed(entry: SourceEntry, name: str) -> str:
    """Return an option that a reader cannot do without.

    Args:
        entry: Of the source.
        name: Of the option.

    Raises:
        InvalidInputError: If it is not given.
    """
    value = entry.options.get(name, "").strip()
    if not value:
        raise InvalidInputError(f"source {entry.name!r}: readers of kind {entry.reader!r} need the option {name!r}")
    return value


def switched(entry: SourceEntry, name: str, *, default: bool) -> bool:
    """Return an option that is "yes" or "no".

    Args:
        entry: Of the source.
        name: Of the option.
        default: What holds where it is not given.

    Raises:
        InvalidInputError: If it is neither.
    """
    value = entry.options.get(name, "").strip().casefold()
    if value not in {"", *SWITCHES}:
        raise InvalidInputError(f"source {entry.name!r}: option {name!r} is {value!r}, neither yes nor no")
    return SWITCHES.get(value, default)
