"""Read amounts that stand for a range: "hundreds of thousands", "dozens", "several hundred", "a few thousand"."""

from __future__ import annotations

from decimal import Decimal

from headwater.extraction.numeral_types import ONE, SCALES, Form, Numeral, find_scale
from headwater.extraction.tables import load_table
from headwater.extraction.tokens import Tokens

_TABLE = load_table("numerals")
VAGUE = {word: (Decimal(low), Decimal(high)) for word, (low, high) in _TABLE["vague"].items()}
SEVERAL = {word: (Decimal(low), Decimal(high)) for word, (low, high) in _TABLE["several"].items()}
_MULTIPLIED = frozenset({"tens", "hundreds", "thousands", "dozens"})  # "tens of millions"
_ONLY_WITH_OF = frozenset({"tens", "scores"})  # "scores" by itself are results
_MOST_THOUSANDS = Decimal(9999)  # "thousands of millions" stays below ten thousand millions


def find_vague(tokens: Tokens, at: int) -> Numeral | None:
    """Return "hundreds of thousands", "tens of millions", "dozens" or "millions" at a token, or None.

    Args:
        tokens: The tokens.
        at: One of the words of `VAGUE`.
    """
    word = tokens.lower[at]
    low, high = VAGUE[word]
    inner = tokens.lower[at + 2] if tokens.lower[at + 1] == "of" else ""
    scale = SCALES.get(inner[:-1]) if inner.endswith("s") else None
    if scale is not None and word in _MULTIPLIED:
        top = _MOST_THOUSANDS if word == "thousands" else high
        return Numeral(low * scale, low * scale, at + 3, Form.VAGUE, upper=top * scale, scaled=True)
    if word in _ONLY_WITH_OF and tokens.lower[at + 1] != "of":
        return None
    return Numeral(low, low, at + 1, Form.VAGUE, upper=high, scaled=True)


def find_several(tokens: Tokens, at: int) -> Numeral | None:
    """Return "several hundred", "few thousand" or "couple of million" at a token, or None.

    Args:
        tokens: The tokens.
        at: One of the words of `SEVERAL`.
    """
    low, high = SEVERAL[tokens.lower[at]]
    end = at + 2 if tokens.lower[at + 1] == "of" else at + 1
    if tokens.lower[at] == "many" and tokens.lower[end] != "hundred":
        return None
    factor = ONE
    for _ in range(2):
        scale = find_scale(tokens.lower[end])
        if scale is None:
            break
        factor, end = factor * scale, end + 1
    return None if factor == 1 else Numeral(low * factor, factor, end, Form.VAGUE, upper=high * factor, scaled=True)
