"""Names that reporters write for a body that an official text calls otherwise: "Westminster", "the Fed", "Paris"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from headwater.extraction.names_folding import fold_marks, fold_name
from headwater.extraction.names_tables import find_known, places

_REMEMBERED = 4096  # texts: a document's passages are asked for with each claim of an article
_CAPITALISED = re.compile(r"[A-Z][^\W\d_]*+")
_OF_OTHERS = frozenset(("state", "local", "regional", "provincial", "territory", "devolved", "foreign"))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "names_metonyms.toml").read_text("utf-8"))


@cache
def _cues() -> Mapping[str, tuple[str, ...]]:
    """What each name may stand for, by the folded name."""
    return {fold_name(written): tuple(row["cues"]) for row in _table()["metonym"] for written in row["written"]}


@cache
def _capitals() -> Mapping[str, str]:
    return {fold_name(city): country for city, country in _table()["capitals"].items()}


def find_cues(surface: str) -> tuple[str, ...]:
    """Return the words by which an official text speaks of what a name may stand for; () for other names.

    Args:
        surface: As written.

    >>> "uk parliament" in find_cues("Westminster"), find_cues("Glasgow")
    (True, ())
    """
    return _cues().get(fold_name(surface), ())


def find_capital_of(surface: str) -> str | None:
    """Return the canonical name of the state whose government a capital may stand for, or None.

    Args:
        surface: As written.

    >>> find_capital_of("Paris"), find_capital_of("Lyon")
    ('france', None)
    """
    return _capitals().get(fold_name(surface))


def is_metonym_of(surface: str, text: str) -> bool:
    """Say whether a text speaks of the body that a name may stand for.

    Args:
        surface: The name as written.
        text: Official words as written.

    >>> is_metonym_of("Canberra", "The Australian Government will pay $742 million.")
    True
    >>> is_metonym_of("Canberra", "The Queensland Government will pay $300 million.")
    False
    >>> is_metonym_of("Westminster", "Aviation is a matter reserved to the UK Parliament.")
    True
    """
    cues = find_cues(surface)
    spoken = _spoken_of(text) if cues else frozenset()
    if any(cue in spoken for cue in cues):
        return True
    state = find_capital_of(surface)
    return state is not None and any(
        known is not None and known.canonical == state for known in map(find_known, _capitalised(text))
    )


@lru_cache(maxsize=_REMEMBERED)
def _capitalised(text: str) -> tuple[tuple[str, ...], ...]:
    """Every capitalised word, and every two in a row."""
    words = [found[0] for found in _CAPITALISED.finditer(fold_marks(text))]
    return (*((word,) for word in words), *((one, other) for one, other in pairwise(words)))


@lru_cache(maxsize=_REMEMBERED)
def _spoken_of(text: str) -> frozenset[str]:
    """Return the cues that stand in a text, each as words in a row."""
    words = re.findall(r"[^\W_]+", fold_marks(text).replace("'s", "s").replace("’s", "s"))
    folded = [fold_name(word) or word.lower() for word in words]
    longest = max(len(cue.split()) for cues in _cues().values() for cue in cues)
    wanted = {cue for cues in _cues().values() for cue in cues}
    found = set()
    for at in range(len(folded)):
        for length in range(1, min(longest, len(folded) - at) + 1):
            cue = " ".join(folded[at : at + length])
            if cue in wanted and (length > 1 or _stands_alone(words, at)):
                found.add(cue)
    return frozenset(found)


def _stands_alone(words: list[str], at: int) -> bool:
    """Say whether no other place's name stands before a word: "the government", not "the Queensland Government"."""
    before = words[at - 1] if at else ""
    others = before in places() or before.lower() in _OF_OTHERS
    return words[at].isupper() or not before[:1].isupper() or not others
