"""Read fractions: in words ("two-thirds"), as a sign ("¾"), with a slash ("3/4"), added to a number ("and a half")."""

from __future__ import annotations

from decimal import Decimal

from headwater.extraction.numeral_types import CARDINALS, SCALES, Form, Numeral
from headwater.extraction.tables import load_table
from headwater.extraction.tokens import HYPHENS, NUMBER, Tokens

FRACTIONS: dict[str, int] = load_table("numerals")["fractions"]
_VULGAR: dict[str, list[int]] = load_table("numerals")["vulgar"]
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100})  # "3/4", "7/8"; not "9/11"
_LARGE = frozenset({"million", "billion", "trillion"})  # "over one-quarter million people"
_SLASHES = frozenset({"/", "⁄"})


def vulgar_value(sign: str) -> Decimal:
    """Return the value of a fraction written as one character.

    Args:
        sign: "½", "¾", ...
    """
    top, bottom = _VULGAR[sign]
    return Decimal(top) / bottom


def as_fraction(value: Decimal, end: int) -> Numeral:
    """Return a fraction that ends before a token; it is stated to about a tenth of itself.

    Args:
        value: Below one.
        end: The token behind it.
    """
    return Numeral(value, value / 10, end, Form.FRACTION)


def find_slash_fraction(tokens: Tokens, at: int) -> Decimal | None:
    """Return the value of "3/4" at a token, or None where it is not a plain fraction below one.

    Args:
        tokens: The tokens.
        at: The numerator.
    """
    slash = tokens.words[at + 1] in _SLASHES and tokens.glued(at + 1) and tokens.glued(at + 2)
    if not slash or tokens.words[at - 1] in _SLASHES or not _ends_fraction(tokens, at + 3):
        return None
    top, bottom = tokens.words[at], tokens.words[at + 2]
    if not (top.isdecimal() and bottom.isdecimal() and len(top) <= 2 and len(bottom) <= 3):
        return None
    share = top == "1" and tokens.lower[at + 3] in {"of", "th"}  # "1/40 of the length"
    if not 0 < int(top) < int(bottom) or not (share or int(bottom) in _DENOMINATORS):
        return None
    return Decimal(int(top)) / int(bottom)


def _ends_fraction(tokens: Tokens, at: int) -> bool:
    """Say whether no hyphen or slash goes on at a token: "3/4-5" is none."""
    return not (tokens.glued(at) and (tokens.words[at] in HYPHENS or tokens.words[at] in _SLASHES))


def find_fraction(tokens: Tokens, at: int) -> Numeral | None:
    """Return the fraction in words at a token: "two-thirds", "a quarter", "one half"; "of a million" is read too.

    Args:
        tokens: The tokens.
        at: The numerator, "a", or the fraction word itself ("half").
    """
    if tokens.lower[at] in {"half", "halves"}:
        return as_fraction(Decimal("0.5"), at + 1)
    top = _numerator(tokens, at)
    below = at + 2 if tokens.hyphen(at + 1) else at + 1
    bottom = _denominator(tokens, below, top)
    if bottom <= top or (top == 2 and bottom in {2, 4}):  # "two quarters" are periods
        return None
    value = Decimal(top) / bottom
    if tokens.lower[below + 1] in _LARGE and tokens.lower[at - 1] != "and":  # "six and a quarter million" is added up
        scale = SCALES[tokens.lower[below + 1]]
        return Numeral(value * scale, scale / 10, below + 2, Form.WORDS, scaled=True)
    return fraction_of_scale(tokens, below + 1, value) or as_fraction(value, below + 1)


def _numerator(tokens: Tokens, at: int) -> int:
    """Return a numerator in words or in one or two digits; 1 for "a", 0 for none."""
    word = tokens.words[at]
    if tokens.kinds[at] == NUMBER:
        return int(word) if word.isdecimal() and len(word) <= 2 else 0
    return 1 if tokens.lower[at] in {"a", "an"} else CARDINALS.get(tokens.lower[at], 0)


def _denominator(tokens: Tokens, at: int, top: int) -> int:
    """Return the denominator that a word names, plural behind more than one ("two-third" too), else 0."""
    name = tokens.lower[at]
    if top == 0:
        return 0
    if top > 1 and name in FRACTIONS and not tokens.hyphen(at - 1):
        return 0
    if top > 1 and name not in FRACTIONS:
        name = "half" if name == "halves" else name[:-1] if name.endswith("s") else name
    return FRACTIONS.get(name, 0)


def fraction_of_scale(tokens: Tokens, at: int, fraction: Decimal) -> Numeral | None:
    """Return the number that a fraction and "of a million" at a token make, or None.

    Args:
        tokens: The tokens.
        at: The token behind the fraction.
        fraction: Its value.
    """
    if tokens.lower[at] == "of" and tokens.lower[at + 1] in {"a", "one"} and tokens.lower[at + 2] in SCALES:
        scale = SCALES[tokens.lower[at + 2]]
        return Numeral(fraction * scale, scale / 10, at + 3, Form.WORDS, scaled=True)
    return None


def find_and_fraction(tokens: Tokens, at: int) -> tuple[Decimal, int] | None:
    """Return the value of "and a half" or "and three quarters" and the token behind it, or None.

    Args:
        tokens: The tokens.
        at: "and", or the hyphen of "two-and-a-half".
    """
    if tokens.hyphen(at) and tokens.lower[at + 1] == "and" and tokens.hyphen(at + 2):
        at += 2
    elif tokens.lower[at] != "and":
        return None
    begin = at + 1
    if tokens.lower[begin] == "a" and tokens.hyphen(begin + 1) and tokens.lower[begin + 2] in FRACTIONS:
        return Decimal(1) / FRACTIONS[tokens.lower[begin + 2]], begin + 3
    if tokens.lower[begin] not in {"a", "one", "two", "three"}:
        return None
    part = find_fraction(tokens, begin)
    return None if part is None or part.scaled else (part.value, part.end)
