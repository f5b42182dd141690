"""Runs of words that are longer than chance: which a text has, and whether it can have one at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from headwater.comparison.quotation_fit import LONGEST_CHANCE_RUN
from headwater.comparison.quotation_words import read_words
from headwater.text.letters import letter_runs

_INITIALS = re.compile(r"[^\W\d_]\.[^\W\d_]\.")


@lru_cache(maxsize=512)  # passages of a document are asked for with every claim
def runs_of_words(text: str) -> frozenset[tuple[str, ...]]:
    """Return every run of words that is just longer than chance.

    Args:
        text: Working text.
    """
    keys = [word.key for word in read_words(text).words]
    length = LONGEST_CHANCE_RUN + 1
    return frozenset(tuple(keys[at : at + length]) for at in range(len(keys) - length + 1))


def may_share_run(keys: Sequence[str], text: str) -> bool:
    """Say whether a text may have such a run: a look at its letters, by which most need not be read.

    Args:
        keys: Of the words in which the run would stand, as `read_words` gives them.
        text: Working text.
    """
    if "[" in text or _INITIALS.search(text) is not None:
        return True  # "[T]he" and "U.S." are words of other letters
    held, length = letter_runs(text), 0
    for key in keys:
        length = length + 1 if key in held or not _is_of_letters(key) else 0
        if length > LONGEST_CHANCE_RUN:
            return True
    return False


def _is_of_letters(key: str) -> bool:
    """Say whether a word stands in a text letter for letter: figures, "per cent" and "&" are read as one of many."""
    return key.isascii() and key.isalpha() and key not in {"percent", "and"}
