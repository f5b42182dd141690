"""Words as the figure lane binds by them: stems, newsroom synonyms, nouns for persons, words that say nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import Stemmer

WORDS_REMEMBERED = 50_000  # about the vocabulary of a corpus of news; a few megabytes
LIGHT = 0.3  # a word that most official sentences hold tells a third of what a content word does
NAME = 1.5  # a capitalised word inside a sentence tells more: it names what the figure is about

_NOUNS_TOO = frozenset({"mine"})  # "mines" and "mining" have the stem of a pronoun and are none
_stemmer = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tables of news_words.toml, by stem."""

    silent: frozenset[str]
    light: frozenset[str]
    movement: frozenset[str]
    synonyms: Mapping[str, str]
    persons: frozenset[str]
    measures: frozenset[str]
    rates: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the word tables, read once."""
    table: dict[str, Any] = tomllib.loads((Path(__file__).parent / "news_words.toml").read_text("utf-8"))
    synonyms = {_stem(word): _stem(line.split()[0]) for line in table["synonyms"] for word in re.split(r"[\s-]+", line)}
    # Silent words are matched as written too: "us" is a pronoun, "US" a country.
    return Vocabulary(
        frozenset(table["silent"].split()),
        frozenset(synonyms.get(_stem(word), _stem(word)) for word in table["light"].split()),
        frozenset(_stem(word) for word in table["movement"].split()),
        synonyms,
        frozenset(synonyms.get(_stem(word), _stem(word)) for word in table["persons"].split()),
        frozenset(_stem(word) for word in table["measures"].split()),
        frozenset(_stem(word) for word in table["rates_of_change"].split()),
    )


@lru_cache(maxsize=WORDS_REMEMBERED)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word.lower()))


@lru_cache(maxsize=WORDS_REMEMBERED)
def concept(word: str) -> str:
    """Return what a word is compared by: its stem, or that of the first of its synonyms; "" if it says nothing.

    >>> concept("fatalities") == concept("deaths"), concept("the"), concept("rose")
    (True, '', '')
    >>> concept("US") == concept("American"), concept("us")
    (True, '')
    """
    words = vocabulary()
    lower = word.lower()
    country = word in {"US", "UK"}
    if not country and (lower in words.silent or len(lower) < 2):
        return ""
    stem = _stem(lower)
    if stem in words.movement or (not country and stem in words.silent - _NOUNS_TOO):
        return ""
    return words.synonyms.get(stem, stem)


def is_person(word: str) -> bool:
    """Say whether a noun is one for persons.

    >>> is_person("migrants"), is_person("tonnes")
    (True, False)
    """
    stem = _stem(word)
    words = vocabulary()
    return words.synonyms.get(stem, stem) in words.persons or stem in words.persons


def is_measure(word: str) -> bool:
    """Say whether a noun stands in for what it is a number of ("a total of", "cases").

    >>> is_measure("total"), is_measure("houses")
    (True, False)
    """
    return _stem(word) in vocabulary().measures


def is_rate_of_change(word: str) -> bool:
    """Say whether a noun is a rate at which something else changes, so that it stands at what that rises by.

    >>> is_rate_of_change("inflation"), is_rate_of_change("prices")
    (True, False)
    """
    return _stem(word) in vocabulary().rates


def weight(word: str, *, opens_sentence: bool) -> float:
    """Return how much a content word tells of the subject.

    Args:
        word: As written.
        opens_sentence: Whether its capital may be the sentence's.
    """
    if concept(word) in vocabulary().light:
        return LIGHT
    return NAME if word[:1].isupper() and not opens_sentence else 1.0
