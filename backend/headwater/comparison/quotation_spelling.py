"""Spellings of one word, its inflections, and its contractions."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_TABLE = tomllib.loads((Path(__file__).parent / "quotation_spelling.toml").read_text("utf-8"))
_COMMON = frozenset(_TABLE["common"])
_STEMS: dict[str, str] = _TABLE["stems"]
_WORDS: dict[str, str] = _TABLE["words"]
_STEM = re.compile("^(?:" + "|".join(sorted(map(re.escape, _STEMS), key=len, reverse=True)) + ")")
_ISE = re.compile(r"(?<=[a-z]{2})([iy])s(e[drs]?|ers?|ing|ations?|ational|able|ably)$")
_ENDINGS = frozenset(
    (
        "",
        "s",
        "es",
        "d",
        "ed",
        "ing",
        "e",
        "er",
        "ers",
        "r",
        "rs",
        "y",
        "ies",
        "ied",
        "ly",
        "'s",
        "s'",
        "al",
        "ally",
        "ion",
        "ions",
        "ment",
        "ments",
        "n",
        "en",
        "ness",
        "ful",
        "fully",
        "or",
        "ors",
        "est",
        "th",
        "ity",
    )
)
_VERB_ENDINGS = frozenset(("e", "es", "ed", "en", "ing"))  # "taken", "taking"
_SHORTEST_STEM = 4  # letters shared: below this, shared beginnings are chance
_CONTRACTED = {
    "'ll": ("will", "shall"),
    "'re": ("are",),
    "'ve": ("have",),
    "'m": ("am",),
    "'d": ("would", "had"),
    "'s": ("is", "has", "us"),
    "n't": ("not",),
}
_IRREGULAR = {"won't": ("will", "not"), "can't": ("can", "not"), "shan't": ("shall", "not"), "cannot": ("can", "not")}


def is_common(key: str) -> bool:
    """Say whether a folded word carries grammar rather than content.

    Args:
        key: Lower-case word.
    """
    return key in _COMMON


@lru_cache(maxsize=4096)
def is_spelling_variant(ours: str, theirs: str) -> bool:
    """Say whether two folded words are spellings of one word ("organise", "organize").

    Args:
        ours: Lower-case word.
        theirs: Lower-case word.
    """
    if ours == theirs:
        return False
    if {ours, theirs} == {"can't", "cannot"}:
        return False
    return _common_form(ours) == _common_form(theirs)


@lru_cache(maxsize=4096)
def _common_form(word: str) -> str:
    word = _WORDS.get(word, word)
    found = _STEM.match(word)
    if found:
        word = _STEMS[found.group()] + word[found.end() :]
    return _ISE.sub(r"\1z\2", word)


def is_inflection(ours: str, theirs: str) -> bool:
    """Say whether two words are forms of one stem ("network", "networks"; "cooperate", "cooperation")."""
    shared = 0
    for a, b in zip(ours, theirs, strict=False):
        if a != b:
            break
        shared += 1
    ends = ours[shared:], theirs[shared:]
    if shared < _SHORTEST_STEM:
        return shared == _SHORTEST_STEM - 1 and all(end in _VERB_ENDINGS for end in ends)
    return all(end in _ENDINGS for end in ends)


def expansions(word: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of words that a contraction stands for, perhaps none ("it's": it is, it has, it us)."""
    if word in _IRREGULAR:
        return (_IRREGULAR[word],)
    if "'" not in word:
        return ()
    for ending, fulls in _CONTRACTED.items():
        if word.endswith(ending) and len(word) > len(ending):
            return tuple((word[: -len(ending)], full) for full in fulls)
    return ()
