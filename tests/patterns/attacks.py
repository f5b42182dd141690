"""Texts that make an expression work: what its repeats take, many times over, after what leads to them."""

from __future__ import annotations

import re
import re._constants as sre
import re._parser as parser
from collections.abc import Iterator
from typing import Any

EVERYDAY = (
    "a",
    "A",
    "1",
    " ",
    "\n",
    "a ",
    "1,",
    "A. ",
    "the ",
    '"',
    "“",
    "'",
    "-",
    "(",
    "<",
    "[",
    "a\n",
    "1 ",
    ".",
    "a-",
    " \n",
)
REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
TRIED = "aA1 \n.,-'\"“£%(<[/:_é\t"


def is_unbounded(pattern: re.Pattern[str]) -> bool:
    """Say whether any repeat has no end: without one no text makes an expression cost more than a factor."""
    return any(True for _ in _repeats(parser.parse(pattern.pattern, pattern.flags), ""))


def pumps(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs: what leads to a repeat, and what is then repeated."""
    seen = set()
    for lead, body in _repeats(parser.parse(pattern.pattern, pattern.flags), ""):
        inside = _samples(body)
        for pump in (*inside, *(f"{one}{lead}" for one in inside), lead):
            for start in {"", lead}:
                if pump and (start, pump) not in seen:
                    seen.add((start, pump))
                    yield start, pump
    yield from (("", pump) for pump in EVERYDAY)


def _repeats(nodes: Any, lead: str) -> Iterator[tuple[str, Any]]:
    for op, given in nodes:
        if op in REPEATS:
            if given[1] is sre.MAXREPEAT:
                yield lead, given[2]
            yield from _repeats(given[2], lead)
        elif op is sre.BRANCH:
            for way in given[1]:
                yield from _repeats(way, lead)
        elif op is sre.SUBPATTERN:
            yield from _repeats(given[3], lead)
        elif op is sre.ATOMIC_GROUP:
            yield from _repeats(given, lead)
        elif op in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _repeats(given[1], lead)
        lead += _sample(op, given)


def _samples(nodes: Any) -> list[str]:
    found = ["".join(_sample(op, given) for op, given in nodes)]
    if len(nodes) == 1 and nodes[0][0] is sre.BRANCH:
        found += ["".join(_sample(op, given) for op, given in way) for way in nodes[0][1][1][:4]]
    if len(nodes) == 1 and nodes[0][0] is sre.IN:
        found += _members(nodes[0][1])[:3]
    return [one for one in dict.fromkeys(found) if one]


def _sample(op: Any, given: Any) -> str:  # noqa: PLR0911 - one line each
    if op is sre.LITERAL:
        return chr(given)
    if op is sre.NOT_LITERAL:
        return "a" if given != ord("a") else "b"
    if op is sre.ANY:
        return "a"
    if op is sre.IN:
        return (_members(given) or [""])[0]
    if op in REPEATS:
        return "".join(_sample(*node) for node in given[2]) * max(1, min(int(given[0]), 3))
    if op is sre.BRANCH:
        return "".join(_sample(*node) for node in given[1][0])
    if op is sre.SUBPATTERN:
        return "".join(_sample(*node) for node in given[3])
    if op is sre.ATOMIC_GROUP:
        return "".join(_sample(*node) for node in given)
    return ""


def _members(given: Any) -> list[str]:
    from tests.patterns.steps import _holds

    negated = given[0][0] is sre.NEGATE
    parts = given[1:] if negated else given
    named = [
        chr(part[1] if part[0] is sre.LITERAL else part[1][0]) for part in parts if part[0] in {sre.LITERAL, sre.RANGE}
    ]
    tried = dict.fromkeys([*TRIED, *([] if negated else named[:3])])
    return [one for one in tried if negated != any(_holds(part, ord(one)) for part in parts)]
