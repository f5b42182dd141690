"""What the host of an address stands for: "www.whitehouse.gov" is under "whitehouse.gov"."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit


def find_by_host(url: str, hosts: Mapping[str, str]) -> str | None:
    """Return what a table of hosts has for the host of an address or for what that is under, the nearest first.

    Args:
        url: Of a document; any text.
        hosts: In lower case.

    >>> find_by_host("https://www.whitehouse.gov/briefings/", {"whitehouse.gov": "The White House"})
    'The White House'
    """
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:  # "http://[" is no address
        return None
    ends = (".".join(labels[at:]) for at in range(len(labels)))
    return next((hosts[end] for end in ends if end in hosts), None)
