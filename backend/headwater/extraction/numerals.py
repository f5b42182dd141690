"""Read one number, in digits or in words, where a token begins it: "1,234.5", "2½", "six and a half million"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from headwater.extraction.tables import load_table
from headwater.extraction.tokens import FRACTION, HYPHENS, MASKED, NUMBER, WORD, Tokens

_TABLE = load_table("numerals")
SMALL: dict[str, int] = _TABLE["small"]
TENS: dict[str, int] = _TABLE["tens"]
SCALES = {word: Decimal(value) for word, value in _TABLE["scales"].items()}
ABBREVIATIONS = {word: Decimal(value) for word, value in _TABLE["abbreviations"].items()}
FRACTIONS: dict[str, int] = _TABLE["fractions"]
_VULGAR: dict[str, list[int]] = _TABLE["vulgar"]
_VAGUE = {word: (Decimal(low), Decimal(high)) for word, (low, high) in _TABLE["vague"].items()}
_SEVERAL = {word: (Decimal(low), Decimal(high)) for word, (low, high) in _TABLE["several"].items()}
_CARDINALS = SMALL | TENS
NUMBER_WORDS = frozenset(_CARDINALS) | {"hundred", "dozen"} | frozenset(SCALES)
STARTERS = NUMBER_WORDS | frozenset(_VAGUE) | frozenset(FRACTIONS) | {"a", "an", "several"}

_LONGEST = 30  # digits: longer runs are identifiers, not figures
_WORDS_READ = 48  # tokens: more than the longest number below a thousand trillion has
_FEW_DENOMINATORS = frozenset(
    {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100}
)  # "3/4", "7/8", "1/100"; not "9/11"
_BLANKS = re.compile(r"[,'’ \u00a0\u2009\u202f]")
_ALWAYS_SCALE = frozenset({"mn", "mil", "mln", "bn", "bln", "tn", "trn"})  # nothing else is written so behind digits
_SCALE_WHEN_TIGHT = frozenset({"k", "K", "M", "B", "b", "mio", "cr"})
TENTH = Decimal("0.1")
ONE = Decimal(1)


class Form(Enum):
    """How a number is written; a year or a list number can only be in digits."""

    DIGITS = "digits"
    WORDS = "words"
    FRACTION = "fraction"  # a half, two-thirds, ¾: less than one, and stated roughly
    VAGUE = "vague"


@dataclass(slots=True)
class Numeral:
    """A number as read: `value` (to `upper` where vague), up to token `end`; `step` is its last stated digit."""

    value: Decimal
    step: Decimal
    end: int
    form: Form
    upper: Decimal | None = None
    scaled: bool = False  # a scale word or letter was read: "million", "k"
    grouped: bool = False  # written with thousands separators: never a year
    scale: Decimal = ONE  # what the scale words multiplied by


def find_numeral(tokens: Tokens, at: int, *, money: bool = False) -> Numeral | None:
    """Return the number that begins at token `at`, scales multiplied in, or None.

    Args:
        tokens: The tokens.
        at: Where to begin.
        money: Whether a currency sign stands before it, so that "m" is million and "t" trillion.
    """
    kind = tokens.kinds[at]
    if kind == NUMBER or kind == FRACTION:
        numeral = _find_digits(tokens, at)
        return None if numeral is None else _with_scale(tokens, numeral, money=money)
    if kind != WORD:
        return None
    word = tokens.lower[at]
    if word in _VAGUE:
        return _find_vague(tokens, at)
    if word in {"a", "an", "several", "half", "few", "couple", "many"}:
        return _find_after_article(tokens, at)
    if word in NUMBER_WORDS:
        return _find_words(tokens, at)
    return None


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
    return Decimal(plain), Decimal(1).scaleb(-len(decimals))


def _find_digits(tokens: Tokens, at: int) -> Numeral | None:
    """Read digits, a mixed number ("2 1/2", "2½") or a fraction ("3/4", "½")."""
    if tokens.kinds[at] == FRACTION:
        top, bottom = _VULGAR[tokens.words[at]]
        return Numeral(Decimal(top) / bottom, _rough(top, bottom), at + 1, Form.FRACTION)
    surface = tokens.words[at]
    try:
        value, step = parse_digits(surface)
    except ValueError:
        return None
    numeral = Numeral(value, step, at + 1, Form.DIGITS, grouped=not surface.isdecimal() and value >= 1000)
    if "." in surface:
        return numeral
    whole = _with_vulgar(tokens, numeral)
    if whole is not None:
        return whole
    slash = _slash_fraction(tokens, at)
    if slash is not None:
        return Numeral(slash, _rough_value(slash), at + 3, Form.FRACTION)
    return numeral


def _with_vulgar(tokens: Tokens, numeral: Numeral) -> Numeral | None:
    """Add the fraction behind a whole number: "2½", "2 1/2", "2-1/2"."""
    at = numeral.end
    if tokens.kinds[at] == FRACTION:
        top, bottom = _VULGAR[tokens.words[at]]
        return Numeral(numeral.value + Decimal(top) / bottom, TENTH, at + 1, Form.DIGITS)
    if tokens.hyphen(at):
        at += 1
    part = _slash_fraction(tokens, at) if numeral.value < 1000 and tokens.kinds[at] == NUMBER else None
    return None if part is None else Numeral(numeral.value + part, TENTH, at + 3, Form.DIGITS)


def _slash_fraction(tokens: Tokens, at: int) -> Decimal | None:
    """Return the value of "3/4" at a token, or None where it is not a plain fraction below one."""
    if tokens.words[at + 1] not in {"/", "⁄"} or not (tokens.glued(at + 1) and tokens.glued(at + 2)):
        return None
    top, bottom = tokens.words[at], tokens.words[at + 2]
    if not (top.isdecimal() and bottom.isdecimal() and len(top) <= 2 and len(bottom) <= 3):
        return None
    share = top == "1" and tokens.lower[at + 3] in {"of", "th"}
    if not 0 < int(top) < int(bottom) or not (share or int(bottom) in _FEW_DENOMINATORS):
        return None
    follows = tokens.words[at + 3]
    if tokens.glued(at + 3) and (follows in HYPHENS or follows in {"/", "⁄"}) or tokens.words[at - 1] in {"/", "⁄"}:
        return None
    return Decimal(int(top)) / int(bottom)


def _rough(top: int, bottom: int) -> Decimal:
    return _rough_value(Decimal(top) / bottom)


def _rough_value(value: Decimal) -> Decimal:
    """Return the step of a fraction word: it is stated to about a tenth of itself."""
    return value / 10


def _with_scale(tokens: Tokens, numeral: Numeral, *, money: bool) -> Numeral:
    """Multiply the scales behind a number in: "1.2 million", "30k", "5 hundred thousand", "1.2bn"."""
    at, factor = numeral.end, ONE
    if tokens.lower[at] == "and" and tokens.lower[at + 1] in {"a", "three"} and numeral.form is Form.DIGITS:
        tail = _find_and_fraction(tokens, at)
        if tail is not None:
            numeral.value, numeral.step, at = numeral.value + tail[0], TENTH, tail[1]
    for _ in range(3):  # "million million million" is read no deeper
        word_at = at + 1 if tokens.hyphen(at) else at
        word = tokens.lower[word_at]
        scale = Decimal(100) if word == "hundred" else Decimal(12) if word == "dozen" else SCALES.get(word)
        if scale is None and factor == 1:
            scale = _find_abbreviation(tokens, word_at, money=money) if word_at == at else None
        if scale is None or tokens.kinds[word_at] != WORD:
            break
        factor, at = factor * scale, word_at + 1
        if word in ABBREVIATIONS:
            break
    numeral.end = at
    if factor != 1:
        numeral.value, numeral.step, numeral.scaled = numeral.value * factor, numeral.step * factor, True
        numeral.scale = factor
        if numeral.form is Form.FRACTION:
            numeral.form = Form.DIGITS
    return numeral


def _find_abbreviation(tokens: Tokens, at: int, *, money: bool) -> Decimal | None:
    """Return the scale that one to three letters behind digits stand for, or None.

    "m", "b" and "t" are metre, bit and tonne as well: without a currency sign they are left to the units.
    """
    word = tokens.words[at]
    scale = ABBREVIATIONS.get(word.lower())
    if scale is None or tokens.glued(at + 1) and tokens.words[at + 1] in {"'", "’", "/"}:
        return None
    if money or word.lower() in _ALWAYS_SCALE:
        return scale
    return scale if word in _SCALE_WHEN_TIGHT and tokens.glued(at) else None


def _find_vague(tokens: Tokens, at: int) -> Numeral | None:
    """Read "hundreds of thousands", "tens of millions", "dozens", "millions"."""
    low, high = _VAGUE[tokens.lower[at]]
    inner = tokens.lower[at + 2] if tokens.lower[at + 1] == "of" else ""
    scale = SCALES.get(inner[:-1]) if inner.endswith("s") else None
    if scale is not None and tokens.lower[at] in {"tens", "hundreds", "thousands", "dozens"}:
        top = high if tokens.lower[at] != "thousands" else Decimal(9999)
        return Numeral(low * scale, low * scale, at + 3, Form.VAGUE, upper=top * scale, scaled=True)
    if tokens.lower[at] in {"tens", "scores"} and tokens.lower[at + 1] != "of":
        return None
    return Numeral(low, low, at + 1, Form.VAGUE, upper=high, scaled=True)


def _find_after_article(tokens: Tokens, at: int) -> Numeral | None:
    """Read what "a", "half a", "several" or "a few" begin: "a hundred", "half a million", "several thousand"."""
    word = tokens.lower[at]
    if word == "half":
        return _find_half(tokens, at)
    if word in {"a", "an"}:
        after = tokens.lower[at + 1]
        if after in SCALES or after in {"hundred", "dozen"}:
            return _find_words(tokens, at)
        if after == "half" and tokens.lower[at + 2 if not tokens.hyphen(at + 2) else at + 3] == "dozen":
            end = at + 3 if not tokens.hyphen(at + 2) else at + 4
            return Numeral(Decimal(6), ONE, end, Form.WORDS)
        if after in {"quarter", "third", "half"}:
            return _fraction_of_scale(tokens, at + 2, Decimal(1) / FRACTIONS[after])
        if after in {"few", "couple"}:
            return _find_several(tokens, at + 1)
        return None
    return _find_several(tokens, at)


def _find_several(tokens: Tokens, at: int) -> Numeral | None:
    """Read "several hundred", "few thousand", "couple of million": a vague multiple of a scale."""
    low, high = _SEVERAL[tokens.lower[at]]
    scale_at = at + 2 if tokens.lower[at + 1] == "of" else at + 1
    if tokens.lower[at] == "many" and tokens.lower[at + 1] != "hundred":
        return None
    factor, end = ONE, scale_at
    for _ in range(2):
        word = tokens.lower[end]
        scale = Decimal(100) if word == "hundred" else Decimal(12) if word == "dozen" else SCALES.get(word)
        if scale is None:
            break
        factor, end = factor * scale, end + 1
    if factor == 1:
        return None
    return Numeral(low * factor, factor, end, Form.VAGUE, upper=high * factor, scaled=True)


def _find_half(tokens: Tokens, at: int) -> Numeral | None:
    """Read "half a million", "half a dozen", "half-a-million"."""
    article = at + 2 if tokens.hyphen(at + 1) else at + 1
    if tokens.lower[article] in SCALES:
        return Numeral(SCALES[tokens.lower[article]] / 2, SCALES[tokens.lower[article]] / 10, article + 1, Form.WORDS, scaled=True)
    if tokens.lower[article] not in {"a", "an"}:
        return Numeral(Decimal(6), ONE, article + 1, Form.WORDS) if tokens.lower[article] == "dozen" else None
    scale_at = article + 2 if tokens.hyphen(article + 1) else article + 1
    word = tokens.lower[scale_at]
    if word == "dozen":
        return Numeral(Decimal(6), ONE, scale_at + 1, Form.WORDS)
    scale = SCALES.get(word)
    return None if scale is None else Numeral(scale / 2, scale / 10, scale_at + 1, Form.WORDS, scaled=True)


def _fraction_of_scale(tokens: Tokens, at: int, fraction: Decimal) -> Numeral | None:
    """Read "of a million" behind a fraction."""
    if tokens.lower[at] == "of" and tokens.lower[at + 1] in {"a", "one"} and tokens.lower[at + 2] in SCALES:
        scale = SCALES[tokens.lower[at + 2]]
        return Numeral(fraction * scale, scale / 10, at + 3, Form.WORDS, scaled=True)
    return None


def find_fraction(tokens: Tokens, at: int) -> Numeral | None:
    """Return the fraction in words at a token: "two-thirds", "a quarter", "one half"; "of a million" is read too.

    Args:
        tokens: The tokens.
        at: The numerator, "a", or the fraction word itself ("half").
    """
    word = tokens.lower[at]
    if word == "half" or word == "halves":
        return Numeral(Decimal("0.5"), Decimal("0.05"), at + 1, Form.FRACTION)
    top = 1 if word in {"a", "an"} else _CARDINALS.get(word) or _small_digits(tokens, at)
    if not top:
        return None
    below = at + 2 if tokens.hyphen(at + 1) else at + 1
    name = tokens.lower[below]
    name = "half" if name == "halves" else name[:-1] if name.endswith("s") and top > 1 else name
    bottom = FRACTIONS.get(name)
    whole_word = top > 1 and name == tokens.lower[below] and not tokens.hyphen(below - 1)
    if bottom is None or top >= bottom or whole_word or (top == 2 and bottom in {2, 4}):
        return None
    value = Decimal(top) / bottom
    of_scale = _fraction_of_scale(tokens, below + 1, value)
    return of_scale or Numeral(value, _rough_value(value), below + 1, Form.FRACTION)


def _small_digits(tokens: Tokens, at: int) -> int:
    """Return a numerator written in one or two digits ("9 tenths"), else 0."""
    word = tokens.words[at]
    return int(word) if tokens.kinds[at] == NUMBER and word.isdecimal() and len(word) <= 2 else 0


def _find_and_fraction(tokens: Tokens, at: int) -> tuple[Decimal, int] | None:
    """Read "and a half", "and three quarters" at "and": its value and the token behind it."""
    if tokens.lower[at] != "and" and not tokens.hyphen(at):
        return None
    if tokens.hyphen(at) and tokens.lower[at + 1] == "and" and tokens.hyphen(at + 2):
        at += 2  # "two-and-a-half"
    begin = at + 1
    if tokens.lower[begin] == "a" and tokens.hyphen(begin + 1) and tokens.lower[begin + 2] in FRACTIONS:
        return Decimal(1) / FRACTIONS[tokens.lower[begin + 2]], begin + 3
    if tokens.lower[begin] not in {"a", "one", "two", "three"}:
        return None
    part = find_fraction(tokens, begin)
    if part is None or part.scaled:
        return None
    return part.value, part.end


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
        elif group % 100 == 0 and group > 0 and 0 < value:
            self.group = group + value
        elif group % 10 == 0 and group % 100 >= 20 and 0 < value < 10:
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


def _find_words(tokens: Tokens, at: int) -> Numeral | None:
    """Read a number in words, "a hundred" included; None where two numbers stand side by side ("twenty twenty")."""
    number, end, begin = _WordSum(), at, at
    if tokens.lower[at] in SCALES or tokens.lower[at] == "hundred":
        return None  # "multi-million", "per thousand": a scale by itself counts nothing
    if tokens.lower[at] in {"a", "an", "dozen"}:
        number.group = 1
        begin = at + 1 if tokens.lower[at] in {"a", "an"} else at
    here = begin
    while here < at + _WORDS_READ:
        here = _skip_joint(tokens, here, begin, number)
        word = tokens.lower[here]
        if word in _CARDINALS:
            if not number.add_cardinal(_CARDINALS[word]):
                return (
                    None
                    if here == end and number.last_scale is None and _year_like(number, word)
                    else _finish(tokens, number, end)
                )
        elif word not in NUMBER_WORDS or not number.multiply(word):
            break
        here += 1
        end = here
    return _finish(tokens, number, end) if end > at else None


def _year_like(number: _WordSum, word: str) -> bool:
    """Say whether "nineteen" and "eighty" are the halves of a year."""
    return number.group is not None and 10 < number.group < 30 and _CARDINALS[word] >= 10


def _skip_joint(tokens: Tokens, here: int, begin: int, number: _WordSum) -> int:
    """Return the token behind a hyphen or an "and" that joins two words of one number."""
    if here == begin:
        return here
    if tokens.hyphen(here) and tokens.lower[here + 1] in NUMBER_WORDS:
        return here + 1
    if tokens.hyphen(here) and tokens.hyphen(here + 2) and tokens.lower[here + 1] == "and":
        return here + 3 if tokens.lower[here + 3] in _CARDINALS else here
    if tokens.lower[here] == "and" and tokens.lower[here + 1] in _CARDINALS:
        joins = number.group is not None and number.group % 100 == 0 and number.group > 0
        small_tail = number.group is None and number.last_scale is not None
        if (joins or small_tail) and not _fraction_follows(tokens, here + 1):
            return here + 1
    return here


def _fraction_follows(tokens: Tokens, at: int) -> bool:
    """Say whether "three quarters" begins at a token: it is added, not joined."""
    return find_fraction(tokens, at) is not None


def _finish(tokens: Tokens, number: _WordSum, end: int) -> Numeral:
    """Add what may stand behind the words: a decimal part in words, "and a half", a scale after it."""
    numeral = Numeral(number.value, number.step, end, Form.WORDS, scaled=number.last_scale is not None)
    if number.last_scale is not None and number.group is None:
        numeral.scale = number.last_scale
    if tokens.lower[end] == "point" and number.last_scale is None:
        _add_decimals(tokens, numeral)
        return _with_scale(tokens, numeral, money=False) if numeral.end > end else numeral
    tail = _find_and_fraction(tokens, end)
    if tail is None:
        return numeral
    base = number.last_scale or ONE
    numeral.value, numeral.step, numeral.end = numeral.value + tail[0] * base, base * TENTH, tail[1]
    return numeral if numeral.scaled else _with_scale(tokens, numeral, money=False)


def _add_decimals(tokens: Tokens, numeral: Numeral) -> None:
    """Read "point three five" into a number."""
    here = numeral.end + 1
    digits = ""
    while tokens.kinds[here] != MASKED and SMALL.get(tokens.lower[here], 10) < 10 and len(digits) < 12:
        digits += str(SMALL[tokens.lower[here]])
        here += 1
    if digits:
        numeral.step = Decimal(1).scaleb(-len(digits))
        numeral.value += Decimal(int(digits)) * numeral.step
        numeral.end = here
