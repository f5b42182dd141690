"""Words, numbers and date-like groups of a text, as the date grammar reads them.

The candidate scan comes first: a text without one of its anchors holds no date, and no token is made of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from headwater.text.letters import letter_runs

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("date_words.toml").read_text(encoding="utf-8"))
CONTEXT: dict[str, Any] = tomllib.loads(Path(__file__).with_name("date_context.toml").read_text(encoding="utf-8"))

MONTHS: dict[str, int] = WORDS["months"]
SHORT_MONTHS: dict[str, int] = WORDS["month_abbreviations"]
WEEKDAYS: dict[str, int] = WORDS["weekdays"]
SHORT_WEEKDAYS: dict[str, int] = WORDS["weekday_abbreviations"]
UNITS: dict[str, str] = WORDS["units"]
CARDINALS: dict[str, int] = WORDS["cardinals"]
ORDINALS: dict[str, int] = WORDS["ordinals"]
SEASONS: dict[str, list[int]] = WORDS["seasons"]
DAYS_FROM_NOW: dict[str, int] = WORDS["days_from_now"]
FIRST_YEAR, LAST_YEAR = 1500, 2100  # a bare number outside these is not read as a year


class Token(NamedTuple):
    """A word, number or mark.

    Attributes:
        start: Where it begins.
        end: One past its last code point.
        kind: Name of the group that matched: "word", "int", "mark", "span", ...; "end" past the last.
        text: As written.
        word: Lower case, curly apostrophes made straight, for words; "" for numbers.
    """

    start: int
    end: int
    kind: str
    text: str
    word: str


END = Token(0, 0, "end", "", "")
LOOKAHEAD = 16  # end tokens after the last, so that the grammar may look on without asking
Tokens = Sequence[Token]

_ANCHORS = "|".join(
    sorted([*MONTHS, *SHORT_MONTHS, *WEEKDAYS, *UNITS, *DAYS_FROM_NOW, *SEASONS, *WORDS["decade_words"]], key=len)[::-1]
    + [holiday["name"][0] for holiday in WORDS["holidays"]]
    + [r"same (?:time|point|stage)", r"this time", r"this (?:morning|afternoon|evening)", r"last night"]
)
ANCHOR = re.compile(
    rf"""
    \b(?: (?:{_ANCHORS.replace(" ", "[ ]")})\b      # a word of the calendar
      | (?:1[5-9]|20|21)\d\d (?!\d)                 # a year
      | \d{{1,2}}[/.-]\d{{1,2}}[/.-]\d\d            # a numeric date
      | (?:[qh][1-4]|[1-4]q|fy)(?![a-z])            # a quarter, a half, a financial year
      | (?:1[1-4])?\d0['’]?s\b                            # a decade, "the 1400s"
    )""",
    re.VERBOSE | re.IGNORECASE,
)

_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-z]+")
# What letters an anchor without a digit holds: of "same time", "this evening" and "last night" the rarer word.
_ANCHOR_LETTERS = frozenset(
    _LETTERS.findall(name)[-1]
    for name in [
        *[*MONTHS, *SHORT_MONTHS, *WEEKDAYS, *UNITS, *DAYS_FROM_NOW, *SEASONS, *WORDS["decade_words"]],
        *[holiday["name"][0] for holiday in WORDS["holidays"]],
        *["time", "point", "stage", "morning", "afternoon", "evening", "night"],
    ]
)
_MONTH_LETTERS = frozenset([*MONTHS, *SHORT_MONTHS])


def may_hold_anchor(text: str) -> bool:
    """Say whether a text may hold an anchor: a look at its letters and digits, many times quicker than the scan.

    Args:
        text: Working text.
    """
    return not _ANCHOR_LETTERS.isdisjoint(letter_runs(text)) or _DIGIT.search(text) is not None


_NAMES = "|".join(sorted([*MONTHS, *SHORT_MONTHS], key=len)[::-1])
_TOKEN = re.compile(
    r"""
    (?P<plain>(?![QFH])[^\W\d_]\w*+(?:['’](?![sS](?!\w))[^\W\d_]++)?+)  # most of all, and none of the others
  | (?P<iso>(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\d/-])(?:T[\d:.]++Z?)?+)
  | (?P<numeric>(?<![\w/.,£$€¥-])(?:\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d{2}))(?![\w/-])(?!\.\d))
  | (?P<span>(?<![\w/.,£$€¥-])(?:1[5-9]|2[01])\d\d
      (?:[ ]?[-–—/‑][ ]?(?:1[5-9]|2[01])\d\d|[-–—/‑]\d\d(?!\d)(?![ ](?:{months})))(?![\w/%])(?![-–,.:]\d))
  | (?P<decade>(?<![\w.,£$€¥-])(?:(?:1[5-9]|20)\d0['’]?s|1[1-4]00['’]?s|['’‘]?[1-9]0['’]?s)(?!\w))
  | (?P<quarter>(?<![\w.,£$€¥-])(?:Q[1-4]|[1-4]Q|H[12]|[12]H)(?![A-Za-z]))
  | (?P<fiscal>(?<!\w)FYE?[ ]?['’]?(?:\d{4}|\d{2})(?:[-/–](?:\d{4}|\d{2}))?(?!\w))
  | (?P<ordinal>(?<![\w.,£$€¥-])\d{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w))
  | (?P<int>(?<![\w.,£$€¥#])\d{1,4}(?![\w%])(?![.,:/]\d))
  | (?P<short>['’‘]\d\d(?!\w))
  | (?P<number>\d++(?:[.,:/]\d++)*+[%\w]*+)
  | (?P<word>[^\W\d_]\w*+(?:['’](?![sS](?!\w))[^\W\d_]++)?+|['’][sS](?!\w))
  | (?P<mark>[^\w\s]|\n|_)
    """.replace("{months}", f"(?i:{_NAMES})"),
    re.VERBOSE,
)


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a text in order, with end tokens after the last.

    Args:
        text: Working text; a newline is a mark of its own.
    """
    tokens = []
    for match in _TOKEN.finditer(text):
        kind, surface = match.lastgroup or "mark", match.group()
        if kind == "plain":
            tokens.append(Token(match.start(), match.end(), "word", surface, surface.lower().replace("’", "'")))
            continue
        word = surface.lower().replace("’", "'") if kind == "word" else ""
        if surface == "‑":
            surface = "-"  # the non-breaking hyphen reads like the plain one
        tokens.append(Token(match.start(), match.end(), kind, surface, word))
    tokens.extend([END] * LOOKAHEAD)
    return tokens


def year_of(token: Token) -> int | None:
    """Return the year that a bare four-digit number may be, or None."""
    if token.kind != "int" or len(token.text) != 4:
        return None
    year = int(token.text)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def day_of(token: Token) -> int | None:
    """Return the day of the month that a number, "7th" or "seventh" may be, or None."""
    if token.kind == "int" and len(token.text) <= 2:
        day = int(token.text)
    elif token.kind == "ordinal":
        day = int(token.text[:-2])
    else:
        day = ORDINALS.get(token.word, 0)
    return day if 1 <= day <= 31 else None


def count_of(token: Token) -> int | None:
    """Return the count that a number or number word may be, or None."""
    if token.kind == "int" and len(token.text) <= 3:
        return int(token.text)
    return CARDINALS.get(token.word)


def full_year(digits: str, near: int | None = None) -> int:
    """Return the year that two or four digits stand for.

    Args:
        digits: "2024" or "24".
        near: The year just before ("1998-99"), which gives the century; without it 00 to 49 are of this century.
    """
    value = int(digits)
    if len(digits) > 2:
        return value
    if near is not None:
        return near - near % 100 + value + (100 if value < near % 100 else 0)
    return value + (2000 if value < 50 else 1900)  # 50: the pivot of POSIX two-digit years is 69; news has no 2050s yet


_DAY_MONTH = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_NAMES})\b", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b(?:{_NAMES})\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!,? ?\d?:)", re.IGNORECASE)


def month_day_order(text: str) -> int:
    """Return how many more dates are written day first than month first."""
    if _MONTH_LETTERS.isdisjoint(letter_runs(text)):
        return 0
    return len(_DAY_MONTH.findall(text)) - len(_MONTH_DAY.findall(text))
