"""What a number is read as, and the words that numbers are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from headwater.extraction.tables import load_table

_TABLE = load_table("numerals")
SMALL: dict[str, int] = _TABLE["small"]
TENS: dict[str, int] = _TABLE["tens"]
CARDINALS = SMALL | TENS
SCALES = {word: Decimal(value) for word, value in _TABLE["scales"].items()}
NUMBER_WORDS = frozenset(CARDINALS) | {"hundred", "dozen"} | frozenset(SCALES)
ONE = Decimal(1)
TENTH = Decimal("0.1")
_SMALL_SCALES = {"hundred": Decimal(100), "dozen": Decimal(12)}


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


def find_scale(word: str) -> Decimal | None:
    """Return what a scale word multiplies by, "hundred" and "dozen" included, or None.

    Args:
        word: Lower case.
    """
    return _SMALL_SCALES.get(word) or SCALES.get(word)
