"""How names are folded before they are looked up or compared: accents, case, possessives, spelling variants."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

NAMES_REMEMBERED = 20_000  # names of a few hundred articles
_NOT_DECOMPOSED = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ı": "i"}
    | {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"}
)
_POSSESSIVE = re.compile(r"'s?(?![^\W_])")
_APART = re.compile(r"[^\w.']++|[-_]++")


@lru_cache(maxsize=NAMES_REMEMBERED)
def fold_marks(written: str) -> str:
    """Drop accents and fold typographic marks; capitals stay.

    >>> fold_marks("Türkiye’s")
    "Turkiye's"
    """
    plain = written.translate(_NOT_DECOMPOSED)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


@lru_cache(maxsize=NAMES_REMEMBERED)
def fold_name(written: str) -> str:
    """Fold a name to the form it is compared in: case, accents, possessives, hyphens, full stops, spelling variants.

    >>> fold_name("The Department of Defense’s"), fold_name("U.S."), fold_name("Stoke-on-Trent")
    ('department of defence', 'us', 'stoke on trent')
    """
    plain = fold_marks(written).casefold().replace("&", " and ")
    words = _APART.sub(" ", _POSSESSIVE.sub("", plain)).replace(".", "").replace("'", "").split()
    kept = [_spellings().get(word, word) for word in words]
    return " ".join(kept[1:] if len(kept) > 1 and kept[0] == "the" else kept)


@cache
def _spellings() -> Mapping[str, str]:
    table: dict[str, str] = tomllib.loads((Path(__file__).parent / "names_words.toml").read_text("utf-8"))["spellings"]
    return table
