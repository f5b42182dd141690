"""The line to show with a text, from its licence."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _attributions() -> dict[str, str]:
    table = tomllib.loads(Path(__file__).with_name("licences.toml").read_text(encoding="utf-8"))
    return {name.casefold(): entry["attribution"] for entry in table["licence"] for name in entry["names"]}


def attribution_line(licence: str, year: int | None) -> str:
    """Return the line that a licence asks to be shown; for a licence not in the table, its name; "" for none.

    Args:
        licence: As the record names it.
        year: Of publication, or None where it is not known.

    >>> attribution_line("OGL-UK-3.0", 2024)
    'Contains public sector information licensed under the Open Government Licence v3.0.'
    """
    line = _attributions().get(licence.casefold())
    if line is None:
        return f"Licence: {licence}" if licence else ""
    return line.replace(", {year}", "" if year is None else f", {year}")
