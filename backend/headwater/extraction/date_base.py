"""Says whether a period is the base of a comparison: "up 19% on 2022", "from 1.6% in June", "higher than in 2021".

Nothing is compared where "than" sets a limit ("no later than 3 May") or bounds an amount ("more than £2bn in 2022").
"""

from __future__ import annotations

from headwater.extraction.date_context import before, ends_clause
from headwater.extraction.date_tokens import CONTEXT, UNITS, Token, Tokens

_BASE = {name: frozenset(words) for name, words in CONTEXT["base"].items()}


def is_base(tokens: Tokens, at: int, *, when: bool = False) -> bool:
    """Say whether the words before make a period the base of a comparison: "up 19% on", "from 1.6% in", "than in".

    Args:
        tokens: Of the text.
        at: Index of the period's first token.
        when: Whether it is a day or a span of change: "rose 3% on Monday", "over the year to June" is not against what.
    """
    floor = max(at - _BASE_REACH, 0)
    end = at
    while end > floor and tokens[end - 1].word in _BASE["articles"]:
        end -= 1
    if _limits(tokens, end, when=when) or _ago_at_least(tokens, at):
        return False
    words = [token.word for token in tokens[max(end - 4, 0) : end]]
    if any(" ".join(words[-length:]) in _BASE["before"] for length in range(1, 5)):
        return True
    link = tokens[end - 1].word if end > floor else ""
    placed = link in _BASE["places"] or link in _BASE["spans"] or link == "on"
    if _from_amount(tokens, end - 1 if placed else end, floor):
        return True
    if link not in _BASE["links"] or (when and link in ("on", "over")):
        return False
    return _changes(tokens, end - 1)


_BASE_REACH = 10  # tokens back to the word of change: "up by more than a fifth of a per cent on"


def _changes(tokens: Tokens, at: int) -> bool:
    """Say whether a word of change stands shortly before, in the same clause."""
    for index in range(at - 1, max(at - _BASE_REACH, -1), -1):
        token = tokens[index]
        if ends_clause(tokens, index):
            return False
        if token.word in _BASE["quantifiers"] and tokens[index + 1].word == "than":
            continue  # "more than £2bn over 2022"
        if token.word in _BASE["changes"] or token.text == "%" or token.text.endswith("%"):
            return True
    return False


def _from_amount(tokens: Tokens, at: int, floor: int) -> bool:
    """Say whether an amount that something is compared with ends at a place: "up from £3.2 million", "than the 5%"."""
    end = at
    while end > floor and _of_amount(tokens[end - 1]):
        end -= 1
    opening = before(tokens, end).word
    if end == at or end <= floor:
        return False
    if opening == "than" and _bounds(tokens, end - 1):
        return False
    return opening in _BASE["than"] or (opening == "from" and _changes(tokens, end - 1))


def _limits(tokens: Tokens, end: int, *, when: bool) -> bool:
    """Say whether "than" sets a limit in time: "no later than 3 May", "not sooner than in 2030"."""
    at = end - 1
    if tokens[max(at, 0)].word in _BASE["places"] or tokens[max(at, 0)].word == "on":
        at -= 1
    if at < 1 or tokens[at].word != "than" or tokens[at - 1].word not in _BASE["limits"]:
        return False
    negated = before(tokens, at - 1).word in _BASE["negations"]
    counted = before(tokens, at - 1).word in UNITS  # "three weeks later than last year" compares
    return negated or (when and not counted)


def _ago_at_least(tokens: Tokens, at: int) -> bool:
    """Say whether "more than" bounds a stretch of years: "opened more than three years ago", not "2% more than"."""
    if before(tokens, at).word != "than" or before(tokens, at - 1).word not in _BASE["quantifiers"]:
        return False
    ago = tokens[at + 1].word in UNITS and tokens[at + 2].word in _BASE["ago"]
    return ago and (at < 3 or not (_of_amount(tokens[at - 3]) or tokens[at - 3].word == "by"))


def _bounds(tokens: Tokens, at: int) -> bool:
    """Say whether "more than £2bn" is one amount with its bound, not two compared ("£3bn, more than £2bn in 2021")."""
    quantifier = before(tokens, at)
    if quantifier.word not in _BASE["quantifiers"] or tokens[at + 1].word in _BASE["determiners"]:
        return False
    left = at - 2
    while left >= 0 and tokens[left].text in (",", "–", "—", "("):
        left -= 1
    return left < 0 or not _of_amount(tokens[left])


def _of_amount(token: Token) -> bool:
    return token.kind in ("int", "number") or token.text in ("£", "$", "€", "%") or token.word in _BASE["amounts"]
