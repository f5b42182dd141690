"""Verb forms without a tagger: which verb a word may be a form of, and which form it may be."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from headwater.text.tokens import stems

WORDS_REMEMBERED = 50_000  # about the vocabulary of a corpus of news
SHORTEST_REGULAR = 4  # letters: "red", "bed" and "fed" are no regular pasts; "used" is


@dataclass(frozen=True, slots=True)
class _Forms:
    bases: Mapping[str, str]
    irregular: Mapping[str, frozenset[str]]
    pasts: frozenset[str]
    participles: frozenset[str]
    no_past: frozenset[str]


@cache
def _forms() -> _Forms:
    table = tomllib.loads(Path(__file__).with_name("verbs.toml").read_text("utf-8"))
    bases, pasts, participles = {}, set(), set()
    for line in table["irregular"]:
        base, past, participle = (column.split("/") for column in line.split())
        pasts.update(past)
        participles.update(participle)
        bases.update(dict.fromkeys([*past, *participle], base[0]))
    irregular: defaultdict[str, set[str]] = defaultdict(set)
    for form, verb in bases.items():
        irregular[verb].add(form)
    alike = set(table["alike"].split())
    forms = {verb: frozenset(found) for verb, found in irregular.items()}
    return _Forms(
        bases, forms, frozenset(pasts | alike), frozenset(participles | alike), frozenset(table["no_past"].split())
    )


def irregular_forms(verb: str) -> frozenset[str]:
    """Return the past forms of an irregular verb; none of a regular one.

    Args:
        verb: Its base form.

    >>> sorted(irregular_forms("give"))
    ['gave', 'given']
    """
    return _forms().irregular.get(verb, frozenset())


@lru_cache(maxsize=WORDS_REMEMBERED)
def verb_base(word: str) -> str:
    """Return the stem of the verb, or of the noun, that a word is a form of.

    Args:
        word: In any case.

    >>> verb_base("signed") == verb_base("signing") == verb_base("sign"), verb_base("rose")
    (True, 'rise')
    """
    lower = word.lower()
    return next(iter(stems(_forms().bases.get(lower, lower))), "")


@lru_cache(maxsize=WORDS_REMEMBERED)
def is_participle(word: str) -> bool:
    """Say whether a word may be a past participle.

    >>> is_participle("signed"), is_participle("given"), is_participle("gave")
    (True, True, False)
    """
    return word in _forms().participles or _is_regular_past(word)


@lru_cache(maxsize=WORDS_REMEMBERED)
def is_past(word: str) -> bool:
    """Say whether a word can be read as a simple past; "cut" and "put" cannot, for they tell no tense.

    >>> is_past("signed"), is_past("gave"), is_past("given"), is_past("cut")
    (True, True, False, False)
    """
    forms = _forms()
    return (word in forms.pasts and forms.bases.get(word, word) != word) or _is_regular_past(word)


@cache
def _phrasal() -> Mapping[tuple[str, str], str]:
    table = tomllib.loads(Path(__file__).with_name("verbs.toml").read_text("utf-8"))
    rows = (line.split() for line in table["phrasal"])
    return {(verb_base(verb), particle): single for verb, particle, single in rows}


@lru_cache(maxsize=WORDS_REMEMBERED)
def single_verb(word: str, following: str) -> str:
    """Return the single verb that a verb of two words stands for, or "".

    Args:
        word: In any case and form.
        following: The next word, in lower case.

    >>> single_verb("set", "up"), single_verb("carried", "out"), single_verb("set", "off")
    ('establish', 'conduct', '')
    """
    return _phrasal().get((verb_base(word), following), "")


def is_gerund(word: str) -> bool:
    """Say whether a word ends as a present participle does."""
    return word.endswith("ing") and len(word) > SHORTEST_REGULAR


def _is_regular_past(word: str) -> bool:
    return word.endswith("ed") and len(word) >= SHORTEST_REGULAR and word not in _forms().no_past
