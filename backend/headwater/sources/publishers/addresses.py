"""Addresses in publishers' answers, which may be anything: taken apart and joined without a fault."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def split_address(address: str) -> SplitResult:
    """Return the parts of an address; empty ones for what is none ("http://[")."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def host_of(address: str) -> str:
    """Return the host of an address in lower case, or ""."""
    try:
        return split_address(address).hostname or ""
    except ValueError:
        return ""


def join_address(base: str, address: str) -> str:
    """Return an address as it reads on a page; the page's own for what is none.

    Args:
        base: Address of the page.
        address: As the page gives it.
    """
    try:
        return urljoin(base, address)
    except ValueError:
        return base
