"""Addresses of pages, read strictly: what cannot be read in one way only is refused.

What is requested is built from the parts that were checked here, so that no second reading of the address by another
program can come to another host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from headwater.sources.fetching.addresses import is_loopback
from headwater.sources.fetching.errors import FetchRefusedError, Refusal
from headwater.sources.fetching.hosts import Host, HostList, is_name

MAX_ADDRESS = 4_000  # characters; longer ones are refused by most publishers
HTTPS_PORT = 443
PORTS = {"https": HTTPS_PORT, "http": 80}
MAX_PORT = 65_535
# Neither a parser's nor a person's eye is to be deceived: no space, backslash, control, invisible or directional sign.
FORBIDDEN = re.compile(
    r"[\x00-\x20\x7f-\xa0\\\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff\ufff0-\uffff]"
)
SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*+):(?P<rest>.*)")
PLACE = re.compile(r"//(?P<authority>[^/?#]*+)(?P<path>/[^?#]*+)?(?P<query>\?[^#]*+)?(?:#.*)?")
AUTHORITY = re.compile(r"(?P<host>[^:\[\]]++|\[[0-9A-Fa-f:.]++\])(?::(?P<port>[0-9]{1,5}))?")
KEPT = "!$%&'()*+,/:;=?@[]~|^{}"  # signs of a path and a query that are sent as written
LOOPBACK_NAME = "localhost"


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be fetched, in its parts.

    Args:
        scheme: "https"; "http" on this machine only.
        host: In lower case; an IPv6 address without brackets.
        port: Always given.
        path: With the query, percent-encoded.
        listed: What the list of hosts says of it.
    """

    scheme: str
    host: str
    port: int
    path: str
    listed: Host

    @property
    def origin(self) -> str:
        """The address without a path; a usual port is left out."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{name}{port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.origin}{self.path}"

    @property
    def is_interface(self) -> bool:
        """Whether it belongs to an interface made for programs."""
        return self.path.startswith(self.listed.interfaces) if self.listed.interfaces else False


def parse_target(url: str, hosts: HostList, *, loopback: bool = False) -> Target:
    """Return the parts of an address that may be fetched.

    Args:
        url: Absolute.
        hosts: Those that may be fetched from.
        loopback: Whether this machine may be fetched from, too, at any port and without encryption.

    Raises:
        FetchRefusedError: If it may not be fetched; its code says why.
    """
    scheme, rest = _scheme(url)
    place = PLACE.fullmatch(rest)
    if place is None or not place["authority"]:
        raise FetchRefusedError(url, Refusal.MALFORMED, "the address names no host")
    if "@" in place["authority"]:
        raise FetchRefusedError(url, Refusal.CREDENTIALS, "the address holds a user name or password")
    authority = AUTHORITY.fullmatch(place["authority"])
    if authority is None or not authority["host"].isascii():
        raise FetchRefusedError(url, Refusal.MALFORMED, "its host is not written in plain letters, digits and hyphens")
    host = authority["host"].lower().strip("[]")
    port = int(authority["port"] or PORTS[scheme])
    path = quote(f"{place['path'] or '/'}{place['query'] or ''}", safe=KEPT)
    if loopback and (host == LOOPBACK_NAME or is_loopback(host)) and 0 < port <= MAX_PORT:
        return Target(scheme, host, port, path, Host(host, per_second=float("inf")))
    return Target(scheme, host, port, path, _listed(url, (scheme, host, port), hosts))


def parse_redirect(base: Target, location: str, hosts: HostList, *, loopback: bool = False) -> Target:
    """Return where a redirect leads.

    Args:
        base: The address that redirects.
        location: As its answer gives it.
        hosts: Those that may be fetched from.
        loopback: Whether this machine may be fetched from, too.

    Raises:
        FetchRefusedError: If that may not be fetched.
    """
    if FORBIDDEN.search(location) or len(location) > MAX_ADDRESS:
        raise FetchRefusedError(base.url, Refusal.MALFORMED, "it redirects to an address with forbidden signs")
    try:
        joined = location if SCHEME.fullmatch(location) else urljoin(base.url, location)
    except ValueError:
        raise FetchRefusedError(base.url, Refusal.MALFORMED, "it redirects to what is no address") from None
    target = parse_target(joined, hosts, loopback=loopback)
    if base.scheme == "https" and target.scheme != "https":
        raise FetchRefusedError(joined, Refusal.SCHEME, "a page sent encrypted redirects to one that is not")
    return target


def _scheme(url: str) -> tuple[str, str]:
    if len(url) > MAX_ADDRESS:
        raise FetchRefusedError(url, Refusal.MALFORMED, f"the address is longer than {MAX_ADDRESS:,} characters")
    if FORBIDDEN.search(url):
        raise FetchRefusedError(url, Refusal.MALFORMED, "the address holds a space, a backslash or an invisible sign")
    parts = SCHEME.fullmatch(url)
    if parts is None:
        raise FetchRefusedError(url, Refusal.MALFORMED, "it is no absolute address")
    scheme = parts["scheme"].lower()
    if scheme not in PORTS:
        raise FetchRefusedError(url, Refusal.SCHEME, "only https addresses are fetched")
    return scheme, parts["rest"]


def _listed(url: str, place: tuple[str, str, int], hosts: HostList) -> Host:
    scheme, host, port = place
    listed = hosts.find(host) if is_name(host) else None
    if listed is None:
        raise FetchRefusedError(
            url, Refusal.HOST, "its host is not on the list of official hosts (HEADWATER_SOURCE_HOSTS adds to it)"
        )
    if scheme != "https":
        raise FetchRefusedError(url, Refusal.SCHEME, "only https addresses are fetched")
    if port != HTTPS_PORT:
        raise FetchRefusedError(url, Refusal.PORT, "only the usual port of https is fetched from")
    return listed
