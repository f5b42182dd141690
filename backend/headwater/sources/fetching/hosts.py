"""The hosts that official pages are fetched from: a shipped list, and what an operator adds to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from headwater.domain.errors import InvalidInputError

TABLE = Path(__file__).with_name("hosts.toml")
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*")
NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")  # a last label of this form makes the name a disguised address
MAX_NAME = 253  # RFC 1035
PER_SECOND = 1.0


class UnknownHostFormError(InvalidInputError):
    """What an operator lists is no name of a host."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host of the list.

    Args:
        name: In lower case.
        subdomains: Whether all hosts below it are meant, too.
        per_second: Requests a second, at most.
        interfaces: Beginnings of paths that are made for programs: robots.txt is not asked about them.
    """

    name: str
    subdomains: bool = False
    per_second: float = PER_SECOND
    interfaces: tuple[str, ...] = ()

    def covers(self, name: str) -> bool:
        """Say whether a host is this one, or below it where subdomains are meant.

        Args:
            name: In lower case.
        """
        return name == self.name or (self.subdomains and name.endswith(f".{self.name}"))


class HostList:
    """Hosts that may be fetched from.

    Args:
        hosts: In any order; for a name that several cover, the most particular one counts.
    """

    def __init__(self, hosts: Iterable[Host]) -> None:
        self._hosts: Mapping[str, Host] = {host.name: host for host in hosts}

    def find(self, name: str) -> Host | None:
        """Return what the list says of a host, or None where it is not listed.

        Args:
            name: In lower case.
        """
        labels = name.split(".")
        for start in range(len(labels)):
            host = self._hosts.get(".".join(labels[start:]))
            if host is not None and host.covers(name):
                return host
        return None


def load_hosts(added: Iterable[str] = ()) -> HostList:
    """Return the shipped list and what an operator adds.

    Args:
        added: Names of hosts; "*.example.org" is the host and all below it.

    Raises:
        UnknownHostFormError: If one of them is no name of a host.
    """
    hosts = {host.name: host for host in _shipped()}
    for own in map(parse_host, added):
        known = hosts.get(own.name, own)  # its rates stay
        hosts[own.name] = replace(known, subdomains=known.subdomains or own.subdomains)
    return HostList(hosts.values())


def parse_host(written: str) -> Host:
    """Return the host that an operator lists.

    Args:
        written: "stats.example.org", or "*.example.org" for it and all below it.

    Raises:
        UnknownHostFormError: If it is no name of a host: numbers, addresses, ports and top-level domains are none.
    """
    name = written.strip().lower()
    subdomains = name.startswith("*.")
    name = name.removeprefix("*.")
    if not is_name(name) or "." not in name:
        raise UnknownHostFormError(
            f'not the name of a host: {written[:MAX_NAME]!r} (write "stats.example.org", or "*.example.org")'
        )
    return Host(name, subdomains=subdomains)


def is_name(name: str) -> bool:
    """Say whether this is a name of a host in lower-case ASCII, and no address in any notation.

    Args:
        name: Without a port.
    """
    plain = len(name) <= MAX_NAME and NAME.fullmatch(name) is not None
    return plain and NUMERIC.fullmatch(name.rpartition(".")[2]) is None


@cache
def _shipped() -> tuple[Host, ...]:
    with TABLE.open("rb") as file:
        entries: list[dict[str, Any]] = tomllib.load(file)["host"]
    return tuple(
        Host(
            entry["name"],
            subdomains=entry.get("subdomains", False),
            per_second=entry.get("per_second", PER_SECOND),
            interfaces=tuple(entry.get("interfaces", ())),
        )
        for entry in entries
    )
