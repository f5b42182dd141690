"""Tell numbers that count or measure from numbers that name: "Covid-19", "5G", "2019", "10 Downing Street"."""

from __future__ import annotations

from decimal import Decimal

from headwater.domain.quantities import Dimension
from headwater.extraction.counted import STOPS
from headwater.extraction.drafts import Draft
from headwater.extraction.numeral_types import NUMBER_WORDS, Form
from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import CLOSERS, HYPHENS, MASKED, NUMBER, WORD, Tokens

_STREETS = load_words("identifiers", "streets")
_MONTHS = frozenset(month.lower() for month in load_table("identifiers")["months"])
_BEFORE_YEAR = load_words("identifiers", "before_year")
_COUNTS_AFTER = load_words("identifiers", "counts_after")
_PREFIXES = load_words("identifiers", "figure_prefixes")
_ABBREVIATED = frozenset({"c", "ca", "no", "approx", "rs"})  # "c.500", "Rs.500": the number behind is a figure
_YEARS = range(1500, 2101)  # bare four-digit numbers in this range are years in news far more often than counts
_CODE_DIGITS = 7  # digits: longer numbers without separators and without a noun are codes
_LONGEST_PLAIN = 12  # digits: nobody writes a longer count without separators
_TOO_LARGE = Decimal("1e24")  # beyond any figure of the world: a code
_STREET_WORDS = 4  # "1600 Pennsylvania Avenue", "10 Great George Street"


def names_before_reading(tokens: Tokens, at: int) -> bool:
    """Say whether the number at a token is part of a name or code by what is set tight before it or by its zeros.

    Args:
        tokens: The tokens.
        at: A number token.
    """
    word = tokens.words[at]
    if len(word) > 1 and word[0] == "0" and word.isdecimal():
        return True
    return tokens.glued(at) and (
        tokens.kinds[at - 1] in {MASKED, WORD}
        or tokens.words[at - 1] in {"#", "№", "@", "_", "\\", "^"}
        or _joint_of_name(tokens, at)
    )


def _joint_of_name(tokens: Tokens, at: int) -> bool:
    """Say whether the sign set tight before a number joins it to what stands before: "1/2", "v.2", "3:1", "B-52"."""
    joint, before = tokens.words[at - 1], tokens.kinds[at - 2]
    tight = tokens.glued(at - 1)
    if joint in CLOSERS:
        return tight and joint != "'"  # the mark of a footnote behind a quotation or a bracket
    if joint == "/":
        return before == NUMBER or (before == WORD and tight)
    if joint == ":":
        return before == NUMBER
    if joint == ".":
        return before == WORD and tight and tokens.lower[at - 2] not in _ABBREVIATED
    return joint in HYPHENS and tight and _name_hyphen(tokens, at)


def _name_hyphen(tokens: Tokens, at: int) -> bool:
    """Say whether the word before the hyphen makes a name of it ("Covid-19"), unlike "under-18s" or "sub-2%"."""
    word = tokens.lower[at - 2]
    prefix = word in NUMBER_WORDS or (word in _PREFIXES and tokens.words[at - 2] not in {"A", "S"})
    return tokens.kinds[at - 2] == MASKED or (tokens.kinds[at - 2] == WORD and not prefix)


def letters_follow(tokens: Tokens, draft: Draft) -> bool:
    """Say whether letters or further digits are set tight behind what was read: "5G", "21st", "52(a)", "3-D".

    Args:
        tokens: The tokens.
        draft: The amount.
    """
    at = draft.last
    if not tokens.glued(at):
        return False
    word, tight = tokens.words[at], tokens.glued(at + 1)
    counts = draft.unit.dimension is Dimension.COUNT and not draft.scaled
    if tokens.kinds[at] in {WORD, NUMBER}:
        return True
    if not tight or not counts:
        return False
    if word in {"/", ":"}:
        return tokens.kinds[at + 1] == NUMBER
    if word == "(":
        return tokens.words[at + 2] == ")" and tokens.words[at + 1].islower() and len(tokens.words[at + 1]) <= 3
    return word in HYPHENS and draft.form is Form.DIGITS and _letter_of_name(tokens, at + 1)


def _letter_of_name(tokens: Tokens, at: int) -> bool:
    """Say whether the word behind a hyphen is a single capital or a number word: "3-D", "7-Eleven"."""
    word = tokens.words[at]
    return (len(word) == 1 and word.isupper()) or (tokens.lower[at] in NUMBER_WORDS - {"hundred", "dozen"})


def too_large(value: Decimal) -> bool:
    """Say whether a value is beyond any figure of the world: a code, not a quantity.

    Args:
        value: As read, scales multiplied in.
    """
    return abs(value) >= _TOO_LARGE


def is_name_or_year(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a bare number in digits is a year, a code, an address, or the tail of a capitalised name.

    Args:
        tokens: The tokens.
        draft: The amount, with what it counts.
    """
    if draft.unit.dimension is Dimension.CURRENCY:
        return _is_base_year(tokens, draft)
    if draft.form is not Form.DIGITS or draft.unit.dimension is not Dimension.COUNT or draft.grouped:
        return False
    if draft.scaled:
        return tokens.words[draft.last - 1] in {"B", "K", "M", "b"} and _is_address(tokens, draft)
    if _is_year_number(tokens, draft) and _no_count_before(tokens, draft):
        return _is_year(tokens, draft)
    return _is_code(tokens, draft) or _is_address(tokens, draft) or _is_in_name(tokens, draft)


def _is_code(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a long run of digits is a code."""
    size = len(tokens.words[draft.first])
    return size > _LONGEST_PLAIN or (size >= _CODE_DIGITS and draft.group is None)


def _is_year_number(tokens: Tokens, draft: Draft) -> bool:
    """Say whether the digits alone could be a year."""
    surface = tokens.words[draft.first]
    if len(surface) == 6 and surface[4] == ".":
        surface = surface[:4]  # a footnote's mark set against the year: "at the end of 2022.3"
    return len(surface) == 4 and surface.isdecimal() and int(surface) in _YEARS


def _no_count_before(tokens: Tokens, draft: Draft) -> bool:
    """Say whether no qualifier of amount stands before the number: "over 2024" may be a year, "more than 2000" none."""
    if draft.hedge is None:
        return True
    return draft.group is None and tokens.lower[draft.hedge[0]] not in _COUNTS_AFTER


def _is_base_year(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "1997 dollars" is money of a year."""
    bare = not draft.signed and not draft.scaled and _is_year_number(tokens, draft)
    return bare and tokens.lower[draft.first - 1] in {"in", "constant", "“", '"', "real", "to"}


def _is_year(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a four-digit number is a year: anything but a count of a plural noun out of a year's places."""
    before = tokens.words[draft.first - 1]
    counts = draft.group is not None and draft.group.plural and draft.upper is None
    named = counts and draft.group is not None and tokens.words[draft.group.first][:1].isupper()
    if not counts or named or before[:1].isupper() or before in {"(", "'", "’"}:
        return True
    return tokens.lower[draft.first - 1] in _BEFORE_YEAR or draft.first == 0


def _is_address(tokens: Tokens, draft: Draft) -> bool:
    """Say whether capitalised words that end a street's name follow: "10 Downing Street", "1600 Pennsylvania Ave"."""
    for at in range(draft.last, draft.last + _STREET_WORDS):
        if not tokens.words[at][:1].isupper():
            return False
        if tokens.lower[at] in _STREETS and (at > draft.last or tokens.lower[at] in {"downing", "whitehall"}):
            return True
    return False


def _is_in_name(tokens: Tokens, draft: Draft) -> bool:
    """Say whether the words beside a number that counts nothing make it part of a name or a date."""
    at = draft.first - 1
    before = tokens.words[at]
    if tokens.lower[at] in _MONTHS and before[0].isupper():
        return True
    if draft.group is not None:
        return False
    return _heads_name(tokens, draft) or _behind_abbreviation(tokens, at) or _behind_capital(tokens, draft)


def _heads_name(tokens: Tokens, draft: Draft) -> bool:
    """Say whether capitalised words that head no plural follow: "101 Engineer Regiment"."""
    after = tokens.words[draft.last]
    inside = draft.first > 0 and not tokens.ends_sentence(draft.first - 1) and draft.hedge is None
    return inside and after[:1].isupper() and after[1:].islower() and tokens.lower[draft.last] not in STOPS


def _behind_abbreviation(tokens: Tokens, at: int) -> bool:
    """Say whether the token before the number is the full stop of a capitalised abbreviation: "Bldg. 109"."""
    stop = tokens.words[at] == "." and tokens.glued(at) and not tokens.ends_sentence(at)
    return stop and tokens.kinds[at - 1] == WORD and tokens.words[at - 1][0].isupper()


def _behind_capital(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a capitalised word that opens no sentence stands right before: "S&P 500", "CPA 35.1"."""
    at = draft.first - 1
    before = tokens.words[at]
    if not before[:1].isupper() or draft.hedge is not None or (draft.value % 1 != 0 and not before.isupper()):
        return False
    if tokens.lower[at].endswith(("'s", "s'")):
        return False  # "to Ms Harris's 226"
    return tokens.kinds[at] == WORD and at > 0 and not tokens.ends_sentence(at - 1)
