"""Read one number, in digits or in words, where a token begins it: "1,234.5", "2½", "six and a half million"."""

from __future__ import annotations

import re
from decimal import Decimal

from headwater.extraction.number_fractions import (
    FRACTIONS,
    as_fraction,
    find_slash_fraction,
    fraction_of_scale,
    vulgar_value,
)
from headwater.extraction.number_words import find_words
from headwater.extraction.numeral_types import NUMBER_WORDS, ONE, SCALES, TENTH, Form, Numeral
from headwater.extraction.scales import multiply_scales
from headwater.extraction.tokens import FRACTION, NUMBER, WORD, Tokens
from headwater.extraction.vague_numbers import SEVERAL, VAGUE, find_several, find_vague

STARTERS = NUMBER_WORDS | frozenset(VAGUE) | frozenset(SEVERAL) | frozenset(FRACTIONS) | {"a", "an"}
_LONGEST = 30  # digits: longer runs are identifiers, not figures
_LARGEST_MIXED = 1000  # "2 1/2", never "2019 1/2"
_BLANKS = re.compile(r"[,'’ \u00a0\u2009\u202f]")
_HALF_DOZEN = Decimal(6)


def find_numeral(tokens: Tokens, at: int, *, money: bool = False) -> Numeral | None:
    """Return the number that begins at token `at`, scales multiplied in, or None.

    Args:
        tokens: The tokens.
        at: Where to begin.
        money: Whether a currency sign stands before it, so that "m" is million and "t" trillion.
    """
    if tokens.kinds[at] in {NUMBER, FRACTION}:
        numeral = _find_digits(tokens, at)
        return None if numeral is None else multiply_scales(tokens, numeral, money=money)
    return _find_in_words(tokens, at) if tokens.kinds[at] == WORD else None


def _find_in_words(tokens: Tokens, at: int) -> Numeral | None:
    """Read what a word begins."""
    word = tokens.lower[at]
    if word in NUMBER_WORDS:
        return find_words(tokens, at)
    if word in {"a", "an"}:
        return _find_after_article(tokens, at)
    if word == "half":
        return _find_half(tokens, at)
    if word in VAGUE:
        return find_vague(tokens, at)
    return find_several(tokens, at) if word in SEVERAL else None


def parse_digits(surface: str) -> tuple[Decimal, Decimal]:
    """Return value and step of a number in digits, with or without thousands separators.

    Args:
        surface: As the tokens give it: "1,234.5", "1 234 567", "1.234.567".

    Raises:
        ValueError: If it is not a number, or has more digits than a figure has.
    """
    plain = _BLANKS.sub("", surface).replace("·", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    if not 0 < len(plain) <= _LONGEST:
        raise ValueError(f"not a figure: {len(plain)} characters")
    whole, _, decimals = plain.partition(".")
    if not (whole + decimals).isdecimal():
        raise ValueError("not a figure: other characters than digits")
    return Decimal(plain), ONE.scaleb(-len(decimals))


def _find_digits(tokens: Tokens, at: int) -> Numeral | None:
    """Read digits, a mixed number ("2 1/2", "2½") or a fraction ("3/4", "½")."""
    surface = tokens.words[at]
    if tokens.kinds[at] == FRACTION:
        return as_fraction(vulgar_value(surface), at + 1)
    try:
        value, step = parse_digits(surface)
    except ValueError:
        return None
    grouped = _BLANKS.search(surface) is not None or surface.count(".") > 1
    numeral = Numeral(value, step, at + 1, Form.DIGITS, grouped=grouped)
    if "." in surface or _add_part(tokens, numeral):
        return numeral
    slash = find_slash_fraction(tokens, at)
    return numeral if slash is None else as_fraction(slash, at + 3)


def _add_part(tokens: Tokens, numeral: Numeral) -> bool:
    """Add the fraction behind a whole number, and say whether there was one: "2½", "2 1/2", "2-1/2"."""
    at = numeral.end
    if tokens.kinds[at] == FRACTION:
        part: Decimal | None = vulgar_value(tokens.words[at])
        end = at + 1
    else:
        at = at + 1 if tokens.hyphen(at) else at
        mixed = numeral.value < _LARGEST_MIXED and tokens.kinds[at] == NUMBER
        part, end = find_slash_fraction(tokens, at) if mixed else None, at + 3
    if part is None:
        return False
    numeral.value, numeral.step, numeral.end = numeral.value + part, TENTH, end
    return True


def _find_after_article(tokens: Tokens, at: int) -> Numeral | None:
    """Read what "a" begins: "a hundred", "a quarter of a million", "a few thousand", "a half dozen"."""
    after = tokens.lower[at + 1]
    if after in NUMBER_WORDS and (after in SCALES or after in {"hundred", "dozen"}):
        return find_words(tokens, at)
    if after in SEVERAL:
        return find_several(tokens, at + 1)
    dozen_at = at + 3 if tokens.hyphen(at + 2) else at + 2
    if after == "half" and tokens.lower[dozen_at] == "dozen":
        return Numeral(_HALF_DOZEN, ONE, dozen_at + 1, Form.WORDS)
    if after in {"quarter", "third", "half"}:
        return fraction_of_scale(tokens, at + 2, ONE / FRACTIONS[after])
    return None


def _find_half(tokens: Tokens, at: int) -> Numeral | None:
    """Read "half a million", "half million", "half a dozen", "half-a-million"."""
    here = at + 2 if tokens.hyphen(at + 1) else at + 1
    if tokens.lower[here] in {"a", "an"}:
        here += 2 if tokens.hyphen(here + 1) else 1
    word = tokens.lower[here]
    if word == "dozen":
        return Numeral(_HALF_DOZEN, ONE, here + 1, Form.WORDS)
    scale = SCALES.get(word)
    return None if scale is None else Numeral(scale / 2, scale / 10, here + 1, Form.WORDS, scaled=True)
