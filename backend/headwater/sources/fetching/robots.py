"""robots.txt as RFC 9309 reads it: which paths of a host this program leaves alone, and how often it may ask.

A rule is matched in one pass over the path, however many stars it has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, unquote_to_bytes

MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are read
MAX_RULES = 20_000
MAX_DELAY = 30.0  # seconds; a longer delay is one that no reader of single pages is meant by


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What a robots.txt says to one program.

    Args:
        rules: Patterns, and whether what they match may be fetched.
        delay: Seconds between two requests, 0 where nothing is said.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Say whether a path may be fetched: the longest rule that matches decides, and of two equal ones the milder.

        Args:
            path: With its query, as it is sent.
        """
        wanted = _plain(path)
        matching = [(len(pattern), allowed) for pattern, allowed in self.rules if matches(pattern, wanted)]
        return max(matching, default=(0, True))[1]


EVERYTHING = RobotsRules()


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float = 0.0


def parse_robots(body: bytes, agent: str) -> RobotsRules:
    """Return what a robots.txt says to a program; what cannot be read in it is passed over.

    Args:
        body: Of the file; what is beyond 512 kB is not read.
        agent: The program's name, in lower case.
    """
    groups = _groups(body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff"))
    mine = [group for group in groups if agent in group.agents]
    mine = mine or [group for group in groups if "*" in group.agents]
    rules = tuple(rule for group in mine for rule in group.rules)[:MAX_RULES]
    return RobotsRules(rules, max((group.delay for group in mine), default=0.0))


def matches(pattern: str, path: str) -> bool:
    """Say whether a rule's pattern matches a path from its beginning.

    Args:
        pattern: "*" stands for any signs; "$" at its end for the end of the path.
        path: Percent-encoded in the same way.
    """
    anchored = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = parts.pop() if anchored and parts else None
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return len(path) - len(last) >= at and path.endswith(last)
    return not anchored or at == len(path)


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    naming = False
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if not naming:
                groups.append(_Group())
            groups[-1].agents.append(value.partition("/")[0].strip().lower())
        elif groups:
            _add(groups[-1], name, value)
        naming = name == "user-agent"
    return groups


def _add(group: _Group, name: str, value: str) -> None:
    if name in {"allow", "disallow"} and value:
        group.rules.append((_plain(value), name == "allow"))
    elif name == "crawl-delay":
        try:
            stated = float(value)
        except ValueError:
            return
        group.delay = min(max(stated, 0.0), MAX_DELAY) if stated == stated else 0.0  # noqa: PLR0124 - NaN


def _plain(path: str) -> str:
    """Return a path with its percent-encoding in one form."""
    return quote(unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")), safe="/*$?&=:@!,;+~()'%.-_|")
