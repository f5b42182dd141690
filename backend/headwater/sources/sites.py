"""The sites whose pages are known: where the document is in a page, and what around it belongs to the site."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Site:
    """How the pages of a site are made.

    Args:
        roots: Selectors of the document; the first that finds words is it.
        left_out: Selectors of what in a page is none of the document.
        publisher: Where a page names none, or "".
        licence: Likewise.
        document_type: Likewise.
        clock: "brussels" where times without an offset are those of Brussels; "" where they are UTC.
    """

    roots: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    publisher: str = ""
    licence: str = ""
    document_type: str = ""
    clock: str = ""


@cache
def _sites() -> dict[str, Site]:
    table = tomllib.loads(Path(__file__).with_name("sites.toml").read_text(encoding="utf-8"))
    return {
        host: Site(
            tuple(entry["roots"]),
            tuple(entry.get("left_out", ())),
            entry.get("publisher", ""),
            entry.get("licence", ""),
            entry.get("type", ""),
            entry.get("clock", ""),
        )
        for entry in table.values()
        for host in entry["hosts"]
    }


def find_site(address: str) -> Site | None:
    """Return the site that an address belongs to, or None where it is not known.

    Args:
        address: Of a page.
    """
    try:
        host = urlsplit(address).hostname
    except ValueError:  # "http://[": no address
        return None
    return _sites().get(host or "")
