"""Read a number in words: "a hundred and twenty-three thousand", "six and a half million", "three point five"."""

from __future__ import annotations

from decimal import Decimal

from headwater.extraction.number_fractions import find_and_fraction, find_fraction
from headwater.extraction.numeral_types import CARDINALS, NUMBER_WORDS, ONE, SCALES, SMALL, TENTH, Form, Numeral
from headwater.extraction.scales import multiply_scales
from headwater.extraction.tokens import MASKED, Tokens

_WORDS_READ = 48  # tokens: more than the longest number below a thousand trillion has
_DECIMALS_READ = 12  # digits behind "point"


class _WordSum:
    """The sum of a number in words as its words come in: groups below a thousand, times falling scales."""

    __slots__ = ("group", "last_scale", "step", "total")

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.group: int | None = None
        self.step = ONE
        self.last_scale: Decimal | None = None

    def add_cardinal(self, value: int) -> bool:
        """Take "five" or "forty" in; say False where English would not put it there."""
        group = self.group
        if group is None:
            self.group = value
        elif (group % 100 == 0 and group > 0 and value > 0) or (
            group % 10 == 0 and group % 100 >= 20 and 0 < value < 10
        ):
            self.group = group + value
        else:
            return False
        self.step = ONE
        return True

    def multiply(self, word: str) -> bool:
        """Take "hundred" or a scale in; say False where English would not put it there."""
        if word == "hundred":
            if self.group is None or not 0 < self.group < 100:
                return False
            self.group, self.step = self.group * 100, Decimal(100)
            return True
        scale = Decimal(12) if word == "dozen" else SCALES[word]
        if self.group is None:
            return self._multiply_again(scale)
        if self.last_scale is not None and scale >= self.last_scale:
            return False
        self.total += self.group * scale
        self.step = ONE if word == "dozen" else scale * self.step
        self.group, self.last_scale = None, scale
        return True

    def _multiply_again(self, scale: Decimal) -> bool:
        """Take the second of two scales in: "thousand billion"."""
        if self.last_scale is None or self.last_scale >= scale or self.total >= scale:
            return False
        self.total, self.step, self.last_scale = self.total * scale, self.step * scale, self.last_scale * scale
        return True

    @property
    def value(self) -> Decimal:
        """The number so far."""
        return self.total + (self.group or 0)


def find_words(tokens: Tokens, at: int) -> Numeral | None:
    """Return the number in words at a token, "a hundred" included, or None.

    Two numbers side by side ("twenty twenty", "nineteen eighty-four") are a year, and a scale by itself
    ("multi-million", "per thousand") counts nothing.

    Args:
        tokens: The tokens.
        at: A number word, or the article before "hundred".
    """
    if tokens.lower[at] in SCALES or tokens.lower[at] == "hundred":
        return None
    number, begin = _WordSum(), at
    if tokens.lower[at] in {"a", "an", "dozen"}:
        number.group = 1
        begin = at + 1 if tokens.lower[at] in {"a", "an"} else at
    end, clash = _add_words(tokens, number, begin)
    if end == begin or (clash and _year_like(tokens, number, end)):
        return None
    return _finish(tokens, number, end)


def _add_words(tokens: Tokens, number: _WordSum, begin: int) -> tuple[int, bool]:
    """Add words to the number; return the token behind them, and whether a word that does not fit stopped it."""
    end = begin
    for _ in range(_WORDS_READ):
        here = _skip_joint(tokens, end, number) if end > begin else end
        word = tokens.lower[here]
        if word not in NUMBER_WORDS:
            break
        fits = number.add_cardinal(CARDINALS[word]) if word in CARDINALS else number.multiply(word)
        if not fits:
            return end, word in CARDINALS and here == end
        end = here + 1
    return end, False


def _year_like(tokens: Tokens, number: _WordSum, end: int) -> bool:
    """Say whether "nineteen" and the "eighty" behind it are the halves of a year."""
    first_half = number.last_scale is None and number.group is not None and 10 < number.group < 30
    return first_half and CARDINALS[tokens.lower[end]] >= 10


def _skip_joint(tokens: Tokens, here: int, number: _WordSum) -> int:
    """Return the token behind a hyphen or an "and" that joins two words of one number."""
    if tokens.hyphen(here):
        joined = tokens.lower[here + 1] == "and" and tokens.hyphen(here + 2)
        after = here + 3 if joined else here + 1
        return after if tokens.lower[after] in NUMBER_WORDS else here
    if tokens.lower[here] != "and" or tokens.lower[here + 1] not in CARDINALS:
        return here
    behind_hundred = number.group is not None and number.group > 0 and number.group % 100 == 0
    behind_scale = number.group is None and number.last_scale is not None
    return here + 1 if (behind_hundred or behind_scale) and find_fraction(tokens, here + 1) is None else here


def _finish(tokens: Tokens, number: _WordSum, end: int) -> Numeral:
    """Add what may stand behind the words: a decimal part in words, "and a half", a scale after it."""
    numeral = Numeral(number.value, number.step, end, Form.WORDS, scaled=number.last_scale is not None)
    if number.last_scale is not None and number.group is None:
        numeral.scale = number.last_scale
    if tokens.lower[end] == "point" and number.last_scale is None:
        _add_decimals(tokens, numeral)
        return multiply_scales(tokens, numeral, money=False) if numeral.end > end else numeral
    tail = find_and_fraction(tokens, end)
    if tail is None:
        return numeral
    base = number.last_scale or ONE
    numeral.value, numeral.step, numeral.end = numeral.value + tail[0] * base, base * TENTH, tail[1]
    return numeral if numeral.scaled else multiply_scales(tokens, numeral, money=False)


def _add_decimals(tokens: Tokens, numeral: Numeral) -> None:
    """Read "point three five" into a number."""
    here = numeral.end + 1
    digits = ""
    while tokens.kinds[here] != MASKED and SMALL.get(tokens.lower[here], 10) < 10 and len(digits) < _DECIMALS_READ:
        digits += str(SMALL[tokens.lower[here]])
        here += 1
    if digits:
        numeral.step = ONE.scaleb(-len(digits))
        numeral.value += Decimal(int(digits)) * numeral.step
        numeral.end = here
