"""Acronyms and what they stand for, where a text sets both together: "European Political Community (EPC)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from headwater.domain.facts import NameMention
from headwater.extraction.names_folding import fold_name
from headwater.extraction.names_tables import bodies, name_words

_BRACKETS = re.compile(r" ?\([\"“‘']?(?P<short>[A-Z][A-Za-z0-9&.\-]{1,9})[\"”’']?[),;]")

_FIRMS = frozenset(("ltd", "limited", "plc", "inc", "corp", "corporation", "company", "co", "llc", "llp"))


def initials(name: str) -> frozenset[str]:
    """Return the letters a name may be shortened to, small words counted or not, in lower case.

    Args:
        name: In its canonical form.

    >>> sorted(initials("department for work and pensions"))
    ['dfwap', 'dfwp', 'dwp']
    """
    words = name.split()
    every = "".join(word[0] for word in words)
    few = "".join(word[0] for word in words if word not in name_words().small)
    without_and = "".join(word[0] for word in words if word not in ("and", "the", "&"))
    bare = few[:-1] if len(words) > 2 and words[-1] in _FIRMS else few  # "LU" of "London Underground Ltd (LUL)"
    return frozenset((every, few, without_and, bare))


def find_expansions(text: str, mentions: Sequence[NameMention]) -> dict[str, str]:
    """Return the canonical names of acronyms, by their folded letters.

    Args:
        text: Working text.
        mentions: Its names so far.
    """
    found = {}
    by_end = {mention.span.end: mention for mention in mentions}
    by_start = {mention.span.start: mention for mention in mentions}
    for brackets in _BRACKETS.finditer(text):
        short = fold_name(brackets["short"])
        long = by_end.get(brackets.start())
        if long is not None and fits(short, long.canonical):
            found[short] = long.canonical
    for mention in mentions:
        opened = re.compile(r" \((?:the )?").match(text, mention.span.end)
        inside = by_start.get(opened.end()) if opened else None
        if inside is not None and inside.canonical != mention.canonical and fits(mention.canonical, inside.canonical):
            found[mention.canonical] = inside.canonical
    return found


def fits(short: str, name: str) -> bool:
    """Say whether letters can stand for a name.

    Args:
        short: The folded letters.
        name: The canonical name.
    """
    if " " in short or " " not in name:
        return False
    known = bodies().get(short.upper())
    return short in initials(name) or (known is not None and known.canonical == name)
