"""Names that an official text writes in short: "Riverdale, MD", "Margaret St", "Dept of Transport"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

_MOST_WORDS = 6  # of a name: longer ones are written out


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return table


def is_shortened_in(surface: str, canonical: str, text: str) -> bool:
    """Say whether a text has the short form of a name.

    A state counts behind a town only: "MD" alone is a doctor, and "IN" a word.

    Args:
        surface: The name as written.
        canonical: In canonical form.
        text: Official words.

    >>> is_shortened_in("Maryland", "maryland", "Send it to APHIS, Riverdale, MD 20737.")
    True
    >>> is_shortened_in("Margaret Street", "margaret street", "New Margaret St storage ($10 million)")
    True
    >>> is_shortened_in("Maryland", "maryland", "Jane Roe, MD, will speak."), is_shortened_in("Leeds", "leeds", "LDS")
    (False, False)
    """
    pattern = _pattern(surface, canonical)
    return pattern is not None and pattern.search(text) is not None


@lru_cache(maxsize=1024)
def _pattern(surface: str, canonical: str) -> re.Pattern[str] | None:
    states = _table()["states"].get(canonical)
    if states is not None:
        short = "|".join(map(re.escape, states))
        # A ZIP or postcode, or the end of the line, a bracket or a mark that no title is followed by.
        return re.compile(rf"\b[A-Z][\w’'-]+,? (?:{short})\b\.?(?= \d{{4,5}}\b| (?:to|and|on|in|at|for)\b|[;:)\n]|$)")
    words = surface.split()
    if not 1 < len(words) <= _MOST_WORDS:
        return None
    shorts = [_table()["words"].get(word.lower(), []) for word in words]
    if not any(shorts):
        return None
    parts = ["|".join(map(re.escape, (word, *short))) for word, short in zip(words, shorts, strict=True)]
    return re.compile(r"\b" + r"\.? ".join(f"(?:{part})" for part in parts) + r"\b")
