"""Which network addresses official pages may stand at: public ones only, whatever form they come in."""

from __future__ import annotations

import tomllib
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

GLOBAL_UNICAST = IPv6Network("2000::/3")
TABLE = Path(__file__).with_name("addresses.toml")


def find_fault(address: str) -> str | None:
    """Return what is wrong with an address as that of an official page, or None where it is a public one.

    Args:
        address: In the form a resolver gives it.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "no network address"
    if isinstance(parsed, IPv6Address) and parsed.scope_id is not None:
        return "of one link only"
    for reason, network in _refused(parsed.version):
        if parsed in network:
            return reason
    if isinstance(parsed, IPv6Address) and parsed not in GLOBAL_UNICAST:
        return "not given out for public use"
    return None


def is_loopback(address: str) -> bool:
    """Say whether an address is this machine's own, in its plain form.

    Args:
        address: In the form a resolver gives it.
    """
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    return parsed.is_loopback and getattr(parsed, "ipv4_mapped", None) is None


@cache
def _refused(version: int) -> tuple[tuple[str, IPv4Network | IPv6Network], ...]:
    with TABLE.open("rb") as file:
        table = tomllib.load(file)[f"v{version}"]
    return tuple((reason, ip_network(each)) for reason, networks in table.items() for each in networks)
