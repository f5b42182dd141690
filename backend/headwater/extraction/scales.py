"""Multiply the scales behind a number in: "1.2 million", "30k", "5 hundred thousand", "£1.2bn"."""

from __future__ import annotations

from decimal import Decimal

from headwater.extraction.number_fractions import find_and_fraction
from headwater.extraction.numeral_types import ONE, TENTH, Form, Numeral, find_scale
from headwater.extraction.tables import load_table
from headwater.extraction.tokens import WORD, Tokens

_ABBREVIATIONS = {word: Decimal(value) for word, value in load_table("numerals")["abbreviations"].items()}
_ALWAYS = frozenset({"mn", "mil", "mln", "bn", "bln", "tn", "trn"})  # nothing else is written so behind digits
_WHEN_TIGHT = frozenset({"k", "K", "M", "B", "b", "mio", "cr"})
_DEEPEST = 3  # scales in a row: "million million million" is read no deeper


def multiply_scales(tokens: Tokens, numeral: Numeral, *, money: bool) -> Numeral:
    """Take "and a half" and the scales behind a number into it, and return it.

    Args:
        tokens: The tokens.
        numeral: The number; it is changed.
        money: Whether a currency sign stands before it, so that "m" is million and "t" trillion.
    """
    if numeral.form is Form.DIGITS:
        _add_fraction(tokens, numeral)
    factor = ONE
    for _ in range(_DEEPEST):
        at = numeral.end + 1 if tokens.hyphen(numeral.end) else numeral.end
        if tokens.kinds[at] != WORD:
            break
        scale = find_scale(tokens.lower[at])
        if scale is None:
            if factor == 1 and at == numeral.end:
                factor = _take_abbreviation(tokens, numeral, money=money)
            break
        factor, numeral.end = factor * scale, at + 1
    return _multiplied(numeral, factor)


def _multiplied(numeral: Numeral, factor: Decimal) -> Numeral:
    if factor != 1:
        numeral.value, numeral.step = numeral.value * factor, numeral.step * factor
        numeral.scaled, numeral.scale = True, factor
        numeral.form = Form.DIGITS if numeral.form is Form.FRACTION else numeral.form
    return numeral


def _add_fraction(tokens: Tokens, numeral: Numeral) -> None:
    """Read "2 and a half million"."""
    tail = find_and_fraction(tokens, numeral.end) if tokens.lower[numeral.end] == "and" else None
    if tail is not None:
        numeral.value, numeral.step, numeral.end = numeral.value + tail[0], TENTH, tail[1]


def _take_abbreviation(tokens: Tokens, numeral: Numeral, *, money: bool) -> Decimal:
    """Return the scale that one to three letters stand for and move behind them; 1 where they stand for none.

    "m", "b" and "t" are metre, bit and tonne as well: without a currency sign they are left to the units.
    """
    at = numeral.end
    word = tokens.words[at]
    scale = _ABBREVIATIONS.get(word.lower())
    if scale is None or (tokens.glued(at + 1) and tokens.words[at + 1] in {"'", "’", "/"}):
        return ONE
    code = tokens.glued(at + 1) and tokens.words[at + 1] in {"-", "("}  # "Rule 19b-4"
    if not money and word.isupper() and tokens.glued(at + 1) and tokens.words[at + 1] == "(":
        return ONE  # "60 BN(O) passports"
    if money or word.lower() in _ALWAYS or (word in _WHEN_TIGHT and tokens.glued(at) and not code):
        numeral.end = at + 1
        return scale
    return ONE
