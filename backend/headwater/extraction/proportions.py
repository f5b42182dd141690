"""Read shares and multiples: "one in five", "nine out of ten", "£1 in every £8", "doubled", "twice as many"."""

from __future__ import annotations

from decimal import Decimal

from headwater.domain.quantities import Dimension, Direction, Role
from headwater.extraction.amounts import find_amount
from headwater.extraction.counted import STOPS, find_noun_group, to_singular
from headwater.extraction.drafts import Draft
from headwater.extraction.numeral_types import NUMBER_WORDS, Form
from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import NUMBER, WORD, Tokens
from headwater.extraction.units import MULTIPLE, PROPORTION

_TABLE = load_table("multiples")
_VERBS = {word: Decimal(value) for word, value in _TABLE["verbs"].items()}
_ADVERBS = {word: Decimal(value) for word, value in _TABLE["adverbs"].items()}
_AMBIGUOUS = frozenset(_TABLE["ambiguous"]["words"])
_NEEDS_BEHIND = frozenset(_TABLE["ambiguous"]["behind"])
_NEEDS_BEFORE = frozenset(_TABLE["ambiguous"]["before"])
_AS_MANY = frozenset(_TABLE["as_many"]["words"])
_OVER = frozenset(_TABLE["as_many"]["over"])
_RATE_OF = 1000  # "180 people in every 100,000" is a rate, which keeps its 180; "one person in every 2,200" a share
_OVER_REACH = 4  # tokens behind "over": "the legal alcohol limit"
MULTIPLE_WORDS = frozenset(_VERBS) | frozenset(_ADVERBS)
_PEOPLE = load_words("ages", "people")
_USUAL = frozenset(map(Decimal, (12, 15, 20, 25, 50, 100, 1000, 10_000, 100_000, 1_000_000)))  # "3 in 20"


def find_multiple(tokens: Tokens, at: int) -> Draft | None:
    """Return the multiple that a word states by itself ("doubled", "threefold", "twice as many"), or None.

    Args:
        tokens: The tokens.
        at: A word token.
    """
    word = tokens.lower[at]
    if word in _ADVERBS:
        behind = tokens.lower[at + 1]
        if behind not in _AS_MANY:
            return None
        end = at + 3 if behind == "as" and tokens.lower[at + 2] in {"many", "much"} else at + 1
        return Draft(at, end, _ADVERBS[word], Decimal("0.1"), Form.WORDS, at + 1, MULTIPLE)
    value = _VERBS.get(word)
    if value is None or tokens.hyphen(at + 1) or (tokens.hyphen(at - 1) and word not in {"fold"}):
        return None
    if word in _AMBIGUOUS and not _means_times(tokens, at):
        return None
    draft = Draft(at, at + 1, value, value / 10, Form.WORDS, at + 1, MULTIPLE)
    draft.direction = Direction.UP if value > 1 else Direction.DOWN
    draft.role = Role.CHANGE_BY
    return draft


def _means_times(tokens: Tokens, at: int) -> bool:
    """Say whether "double" or "half" multiplies here: "double the number", "will double", "nearly double"."""
    behind, before = tokens.lower[at + 1], tokens.lower[at - 1]
    if behind in _NEEDS_BEHIND:
        return True
    return before in _NEEDS_BEFORE and not (
        tokens.kinds[at + 1] == WORD and find_noun_group(tokens, at + 1) is not None
    )


def make_multiple(tokens: Tokens, draft: Draft) -> None:
    """Make a multiple of "three times as many", "10 times higher", "3-fold"; leave "arrested three times" a count.

    Args:
        tokens: The tokens.
        draft: A bare number.
    """
    at = draft.last
    word_at = at + 1 if tokens.hyphen(at) else at
    word = tokens.lower[word_at]
    if word == "fold":
        draft.unit, draft.last, draft.attributive = MULTIPLE, word_at + 1, False
        return
    if word != "times" or not (tokens.lower[word_at + 1] in _AS_MANY or _goes_over(tokens, word_at + 1)):
        return
    draft.unit, draft.last, draft.attributive = MULTIPLE, word_at + 1, False
    draft.number_end = draft.last


def _goes_over(tokens: Tokens, at: int) -> bool:
    """Say whether "over the legal limit" or "over budget" stands at a token, and not "over the past decade"."""
    return tokens.lower[at] == "over" and not _OVER.isdisjoint(tokens.lower[at + 1 : at + 1 + _OVER_REACH])


def find_share(tokens: Tokens, draft: Draft) -> Draft | None:
    """Return the share that a number begins: "one in five", "1 in every 8", "nine out of ten", "£1 in every £8".

    Args:
        tokens: The tokens.
        draft: The number before "in" or "out of".
    """
    at = draft.last
    plain = draft.unit.dimension is Dimension.COUNT and not draft.scaled
    if not plain and not (draft.unit.dimension is Dimension.CURRENCY and tokens.lower[at + 1] == "every"):
        return None
    begin, strong = _behind_in(tokens, at)
    if begin < 0:
        return _find_share_of_people(tokens, draft)
    other = find_amount(tokens, begin) if _starts_amount(tokens, begin) else None
    if other is not None and plain and strong and not other.signed:
        other.unit, other.last = draft.unit, other.number_end  # "one in every eight pounds" counts pounds
    if other is None or other.unit.dimension is not draft.unit.dimension or not 0 < draft.value < other.value:
        return None
    if not strong and not _plain_share(tokens, draft, other):
        return None
    value = draft.value / other.value
    return Draft(draft.first, other.last, value, value / 10, Form.FRACTION, other.last, PROPORTION)


def _find_share_of_people(tokens: Tokens, draft: Draft) -> Draft | None:
    """Read "one child in every 67" and "three people in ten", the noun standing between the numbers."""
    at = draft.last + 1
    between = tokens.kinds[draft.last] == WORD and tokens.lower[draft.last] not in STOPS
    begin, strong = _behind_in(tokens, at) if between else (-1, False)
    one = tokens.lower[draft.first] == "one"  # "one household in ten", of whatever noun
    sure = strong or one or tokens.lower[at - 1] in _PEOPLE
    if begin < 0 or draft.unit.dimension is not Dimension.COUNT or not sure:
        return None
    other = find_amount(tokens, begin) if _starts_amount(tokens, begin) else None
    if other is None or not 0 < draft.value < other.value or not _plain_share(tokens, draft, other):
        return None
    if not other.bare and tokens.lower[begin] != "a":  # "in a thousand"
        return None
    if find_noun_group(tokens, other.last) is not None or (other.value >= _RATE_OF and draft.value != 1):
        return None
    value = draft.value / other.value
    share = Draft(draft.first, other.last, value, value / 10, Form.FRACTION, other.last, PROPORTION)
    share.counted, share.counted_head = tokens.words[at - 1], to_singular(tokens.lower[at - 1])
    return share


def _behind_in(tokens: Tokens, at: int) -> tuple[int, bool]:
    """Return the token behind "in", "in every", "out of" (or -1), and whether the words leave no doubt."""
    word, after = tokens.lower[at], tokens.lower[at + 1]
    if word == "in":
        return (at + 2, True) if after in {"every", "each"} else (at + 1, False)
    if word == "out" and after == "of":
        every = tokens.lower[at + 2] in {"every", "each"}
        return at + (3 if every else 2), every
    if tokens.hyphen(at) and after == "in" and tokens.hyphen(at + 2):
        return at + 3, True
    return -1, False


def _starts_amount(tokens: Tokens, at: int) -> bool:
    return (
        tokens.kinds[at] == NUMBER
        or tokens.lower[at] in NUMBER_WORDS
        or tokens.words[at] in {"£", "$", "€"}
        or (tokens.lower[at] == "a" and tokens.lower[at + 1] in {"hundred", "thousand", "million", "dozen"})
    )


def _plain_share(tokens: Tokens, draft: Draft, other: Draft) -> bool:
    """Say whether "3 in 10" is a share, and not a count in a year or a place: "20 in 1998", "12 in 30 raids"."""
    if other.unit.dimension is not draft.unit.dimension or other.attributive:
        return False
    surface = tokens.words[other.first]
    year = other.form is Form.DIGITS and len(surface) == 4 and not other.grouped and not other.scaled
    usual = draft.value == 1 or other.value <= 10 or other.value in _USUAL or tokens.lower[draft.last] == "out"
    return not year and usual
