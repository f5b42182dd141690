"""The table of opposite words and phrases, and of words that bind two clauses by what they are about."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from headwater.comparison.vocabulary import concept
from headwater.extraction.verbs import irregular_forms, verb_base

WORDS_REMEMBERED = 50_000  # about the vocabulary of a corpus of news


@dataclass(frozen=True, slots=True)
class Opposite:
    """A pair of sides.

    Args:
        name: For people.
        measured: Whether it is compared only after an equal measure.
        person: Whether the person named next to it binds it.
    """

    name: str
    measured: bool
    person: bool


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("opposites.toml").read_text("utf-8"))


@cache
def opposites() -> Mapping[str, tuple[tuple[tuple[str, ...], Opposite, int], ...]]:
    """Return phrases by the stem of their first word, longest first, each as its words, its pair and its side."""
    found: dict[str, list[tuple[tuple[str, ...], Opposite, int]]] = {}
    for row in _table()["pair"]:
        pair = Opposite(row["name"], bool(row.get("measured")), bool(row.get("person")))
        for side, written in ((1, row["one"]), (-1, row["other"])):
            for phrase in written:
                words = tuple(phrase.split())
                first = words[0] if words[0].startswith("=") else verb_base(words[0])
                found.setdefault(first, []).append((words, pair, side))
    return {first: tuple(sorted(group, key=lambda one: -len(one[0]))) for first, group in found.items()}


@lru_cache(maxsize=WORDS_REMEMBERED)
def is_form(word: str, base: str) -> bool:
    """Say whether a word is a form of another, and not only of one stem: "elects" of "elect", not "elections".

    Args:
        word: In lower case.
        base: As the table has it.

    >>> is_form("cutting", "cut"), is_form("carried", "carry"), is_form("fell", "fall"), is_form("majority", "major")
    (True, True, True, False)
    """
    if word == base or word in irregular_forms(base):
        return True
    root = base[:-1] if base.endswith(("e", "y")) else base
    ends = (
        ("s", "es", "ed", "ing", "ies", "ied", "d") if root == base else ("es", "ed", "ing", "ies", "ied", "ys", "ying")
    )
    doubled = base + base[-1]
    return any(word == root + end for end in ends) or word in {f"{doubled}ed", f"{doubled}ing"} or word == base + "s"


@cache
def negating() -> tuple[str, ...]:
    """Return what turns a word round, or takes it out of what is said to be so."""
    return tuple(_table()["negation"]["words"])


@cache
def binds_nothing() -> frozenset[str]:
    """Return what content words are compared by that stand in statements of anything."""
    return frozenset(concept(word) for word in str(_table()["loose"]["words"]).split())


@cache
def _kindred() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _table()["kindred"]["lines"]:
        for word in line.split():
            found.setdefault(concept(word), set()).add(f"~{line.split()[0]}")
    return {key: frozenset(labels) for key, labels in found.items() if key}


@lru_cache(maxsize=WORDS_REMEMBERED)
def kindred(key: str) -> frozenset[str]:
    """Return what a content word may be bound by: itself, and the things that are called by it.

    Args:
        key: What the word is compared by.
    """
    return _kindred().get(key, frozenset()) | {key}
