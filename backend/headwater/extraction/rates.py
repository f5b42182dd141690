"""Read the denominator of a rate behind a figure: "per 100,000 people", "a day", "an hour", "/kg", "-a-week"."""

from __future__ import annotations

from decimal import Decimal

from headwater.domain.quantities import Dimension, Unit
from headwater.extraction.counted import STOPS, find_noun_group, to_singular
from headwater.extraction.drafts import Draft
from headwater.extraction.numeral_types import find_scale
from headwater.extraction.numerals import find_numeral
from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import NUMBER, WORD, Tokens

_AFTER_ARTICLE = load_words("rates", "after_article")
_NOT_BEHIND = load_words("rates", "not_behind")
_ADVERBS: dict[str, str] = load_table("rates")["adverbs"]
_SAME: dict[str, str] = load_table("rates")["same"]
_SCALES_IN_A_ROW = 2
_NO_RATE = frozenset({Dimension.AGE, Dimension.SCORE, Dimension.MULTIPLE})


def read_rate(tokens: Tokens, draft: Draft) -> None:
    """Take the denominator behind a figure, or behind what it counts, into its unit.

    Args:
        tokens: The tokens.
        draft: A figure with its noun group.
    """
    if draft.unit.dimension in _NO_RATE or draft.unit.per is not None:
        return
    at = draft.end
    for _ in range(2):
        found = _find_denominator(tokens, at)
        if found is not None:
            per, amount, last = found
            unit = draft.unit
            draft.unit = Unit(unit.dimension, unit.code, unit.factor, per, Decimal(f"{amount.normalize():f}"))
            draft.last = last
            return
        if at == draft.last:
            return
        at = draft.last


def _find_denominator(tokens: Tokens, at: int) -> tuple[str, Decimal, int] | None:
    """Return denominator, its amount and the token behind it."""
    hyphened = tokens.hyphen(at)
    word = tokens.lower[at + 1] if hyphened else tokens.lower[at]
    begin = at + 2 if hyphened else at + 1
    for_every = word in {"for", "in"} and tokens.lower[begin] in {"every", "each"} and tokens.kinds[begin + 1] == NUMBER
    if word == "per" or for_every:
        return _find_per(tokens, begin + 1 if for_every else begin)
    if hyphened:
        compound = word in {"a", "an"} and tokens.hyphen(begin)
        return _find_article(tokens, begin + 1) if compound else None
    if word == "each" and (tokens.kinds[begin] != WORD or tokens.lower[begin] in STOPS):
        return "item", Decimal(1), begin  # "five grants of $1 million each"
    if word in {"a", "an", "each", "every"}:
        return _find_article(tokens, begin)
    return _find_sign_or_adverb(tokens, at)


def _find_sign_or_adverb(tokens: Tokens, at: int) -> tuple[str, Decimal, int] | None:
    """Read "/kg" and "annually"."""
    word = tokens.lower[at]
    if word == "/" and tokens.glued(at) and tokens.lower[at + 1] in _AFTER_ARTICLE:
        return canonical(tokens.lower[at + 1]), Decimal(1), at + 2
    if word in _ADVERBS and (tokens.kinds[at + 1] != WORD or tokens.lower[at + 1] in STOPS):
        return _ADVERBS[word], Decimal(1), at + 1
    return None


def canonical(noun: str) -> str:
    """Return the one name of a denominator: "people", "head" and "capita" are all "person".

    Args:
        noun: Lower case, singular or plural.
    """
    singular = to_singular(noun)
    return _SAME.get(singular, singular)


def _find_article(tokens: Tokens, at: int) -> tuple[str, Decimal, int] | None:
    """Read "day" behind "a"; "a year ago" is none."""
    word = tokens.lower[at]
    if word not in _AFTER_ARTICLE or tokens.lower[at + 1] in _NOT_BEHIND:
        return None
    if tokens.hyphen(at + 1) and tokens.lower[at + 2] not in {"and", "to"}:
        return None
    return canonical(word), Decimal(1), at + 1


def _find_per(tokens: Tokens, at: int) -> tuple[str, Decimal, int] | None:
    """Read what follows "per": "100,000 people", "head", "square kilometre"; hyphens are passed over."""
    if tokens.hyphen(at):
        at += 1
    amount, last = Decimal(1), at
    while find_scale(tokens.lower[last]) is not None and last < at + _SCALES_IN_A_ROW:
        amount, last = amount * (find_scale(tokens.lower[last]) or 1), last + 1  # "per hundred thousand"
    numeral = find_numeral(tokens, at) if last == at else None
    if numeral is not None:
        amount, last = numeral.value, numeral.end
    if last > at:
        group = find_noun_group(tokens, last)
        if group is None and canonical(tokens.lower[last]) == "person" and amount > 0:
            return "person", amount, last + 1
        if group is None or amount <= 0:
            return ("person", amount, last) if amount > 0 else None
        return _noun(tokens, group.first, group.head + 1), amount, group.head + 1
    if tokens.kinds[at] != WORD or tokens.lower[at] in STOPS or tokens.lower[at] == "cent":
        return None
    if tokens.lower[at] in {"square", "cubic", "working"}:
        last += 1
    if tokens.kinds[last] != WORD:
        return None
    return _noun(tokens, at, last + 1), amount, last + 1


def _noun(tokens: Tokens, first: int, last: int) -> str:
    """Return the words of a denominator in lower case, its head singular."""
    if last - first == 1:
        return canonical(tokens.lower[first])
    head = canonical(tokens.lower[last - 1])
    return head if head == "person" else " ".join([*tokens.lower[first : last - 1], head])
