"""The address of a page, as a reader's browser shows it, to the publisher's reader that reads it best."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from headwater.sources.publishers.addresses import host_of, split_address
from headwater.sources.publishers.contract import Found, SourceEntry, SourceReader
from headwater.sources.publishers.readers import make_reader, shipped_sources

TABLE = Path(__file__).with_name("by_address.toml")
LONGEST_KEY = 500  # characters, by the contract


@dataclass(frozen=True, slots=True)
class _Page:
    host: str
    path: re.Pattern[str]
    key: str
    url: str
    entry: SourceEntry


def find_reader(url: str) -> tuple[SourceReader, Found] | None:
    """Return what reads a page from its publisher's interface, and what it is to read, or None where none does.

    Args:
        url: Of the page.
    """
    parts = split_address(url)
    host, path = parts.netloc.lower(), parts.path  # with a port or a name before it, it is no page of the publisher's
    for page in _pages():
        fitting = page.path.fullmatch(path) if host == page.host else None
        if fitting is not None:
            named = fitting.groupdict()
            return make_reader(page.entry), Found(page.key.format(**named)[:LONGEST_KEY], page.url.format(**named))
    return None


def known_of_host(url: str) -> dict[str, str]:
    """Return what the table of sources knows of a site: its publisher and licence; nothing where it has none of it.

    Args:
        url: Of one of its pages.
    """
    host = host_of(url)
    for entry in shipped_sources().values():
        if host and host_of(entry.options.get("url", "")) == host:
            return dict(entry.options)
    return {}


@cache
def _pages() -> tuple[_Page, ...]:
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["page"]
    return tuple(
        _Page(
            row["host"],
            re.compile(row["path"]),
            row["key"],
            row["url"],
            SourceEntry(row["reader"], row["host"], row["reader"], row.get("options", {})),
        )
        for row in rows
    )
