"""Join neighbouring amounts that are one figure: ranges, scores, and measures in two units ("6ft 2in")."""

from __future__ import annotations

from decimal import Decimal

from headwater.domain.quantities import Dimension, Role
from headwater.extraction.changes import changes_from_to, follows_change
from headwater.extraction.counted import find_noun_group
from headwater.extraction.drafts import Draft
from headwater.extraction.labels import stands_behind_label
from headwater.extraction.numeral_types import Form
from headwater.extraction.tables import load_words
from headwater.extraction.tokens import HYPHENS, WORD, Tokens
from headwater.extraction.units import COUNT, SCORE

_CONTEST = load_words("joining", "contest")
_VOTES = load_words("joining", "votes")
_STANDS_AT = load_words("joining", "stands_at")
_COMPOUND = frozenset({Dimension.LENGTH, Dimension.MASS, Dimension.DURATION})
_HIGHEST_SCORE = 1000  # seats and runs: above it a falling pair is a code
_PARTS = 366  # days in a year: "14 months and 200 hours" are two sentences
_YEARS = range(1500, 2101)
_WICKETS = 10
_CONTEST_WINDOW = 6  # tokens on either side in which "won" or "defeat" makes a pair of numbers a score
_HEDGED = 4  # words: "by", and a hedge of three
_WIDEST = 10  # times the first end of a range behind "by": "by around 5 to 7 per cent"


def join_neighbours(tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with ranges, scores and compound measures joined, in order.

    Args:
        tokens: The tokens.
        drafts: The amounts, in order.
    """
    joined: list[Draft] = []
    for draft in drafts:
        if joined:
            whole = _join(tokens, joined[-1], draft)
            if whole is not None:
                joined[-1] = whole
                continue
        joined.append(draft)
    return joined


def _join(tokens: Tokens, left: Draft, right: Draft) -> Draft | None:
    """Return the one figure that two neighbours make, or None."""
    gap = tokens.lower[left.last : right.first]
    if len(gap) > 2 or left.role in {Role.RANGE, Role.SCORE} or Form.VAGUE in {left.form, right.form}:
        return None
    compound = _join_compound(tokens, left, right)
    if compound is not None:
        return compound
    if len(gap) == 2:
        return _join_suspended(tokens, left, right, gap) or _join_votes(tokens, left, right)
    return _join_by_word(tokens, left, right, gap[0]) if gap else None


def _join_suspended(tokens: Tokens, left: Draft, right: Draft, gap: list[str]) -> Draft | None:
    """Join "two- to three-year"."""
    hangs = gap[0] == "-" and gap[1] in {"to", "or", "and"} and tokens.glued(left.last)
    if not hangs or not (right.attributive or right.unit is not COUNT):
        return None
    left.attributive = False
    return _join_range(tokens, left, right)


def _join_by_word(tokens: Tokens, left: Draft, right: Draft, word: str) -> Draft | None:
    """Join two figures parted by one word or dash."""
    spelled = word in {"to", "through"}
    if spelled or (word in HYPHENS and tokens.glued(right.first) == tokens.glued(left.last)):
        return _join_pair(tokens, left, right, spelled=spelled)
    if word == "for" and _are_wickets(tokens, left, right):
        return _score(left, right)
    between = word == "and" and "between" in _words_before(tokens, left.first)
    if between or (word == "or" and _are_alternatives(left, right)):
        return _join_range(tokens, left, right)
    return None


def _are_wickets(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Say whether "59 for 4" is a score at cricket: runs and fewer than ten wickets, behind a verb of standing."""
    runs = left.bare and right.bare and right.value < _WICKETS <= left.value and left.form is right.form
    return runs and tokens.lower[left.first - 1] in _STANDS_AT and find_noun_group(tokens, right.last) is None


def _are_alternatives(left: Draft, right: Draft) -> bool:
    """Say whether "or" parts two near numbers: "two or three", "20 or 30"."""
    near = 0 < right.value - left.value <= max(Decimal(2), left.value)
    return left.bare and right.form is left.form and near


def _words_before(tokens: Tokens, at: int) -> list[str]:
    """Return the two words before a token: "between", "between about"."""
    return tokens.lower[max(0, at - 2) : at]


def _join_compound(tokens: Tokens, left: Draft, right: Draft) -> Draft | None:
    """Join "6ft 2in", "1 hour 30 minutes", "2 years and 6 months"."""
    unit, gap = left.unit, tokens.lower[left.last : right.first]
    listed = (
        unit.dimension is Dimension.DURATION and not tokens.hyphen(right.number_end) and gap in ([","], [",", "and"])
    )  # "two hours, one minute and ..."
    if unit.dimension not in _COMPOUND or not (gap in ([], ["and"]) or listed) or left.upper is not None:
        return None
    if right.unit.dimension is not unit.dimension or right.value <= 0:
        return None
    joined = left.last > left.number_end + 1  # "two hours, one minute": the step is the minute
    part = left.step * unit.factor if joined else unit.factor
    if not right.unit.factor < part <= right.unit.factor * _PARTS or right.value * right.unit.factor > part:
        return None
    if left.value % 1 != 0 and not joined:
        return None
    left.value += right.value * right.unit.factor / unit.factor
    left.step = right.step * right.unit.factor / unit.factor
    left.last, left.attributive = right.last, right.attributive
    return left


def _join_pair(tokens: Tokens, left: Draft, right: Draft, *, spelled: bool) -> Draft | None:
    """Join "a to b" or "a-b": a score, a range, or (None) the two ends of a change."""
    moved = (left.unit is not COUNT or right.unit is COUNT) and follows_change(tokens, left.first)
    if spelled and _is_since_year(tokens, left):
        return None
    if spelled and (moved or changes_from_to(tokens, left.first) or tokens.lower[left.first - 1] == "by"):
        votes = tokens.lower[left.first - 1] == "by" and _is_score(tokens, left, right)
        return _score(left, right) if votes else None
    if spelled and _changes_by(tokens, left, right):
        return None
    if _is_score(tokens, left, right) or (not spelled and _falls(tokens, left, right)):
        return _score(left, right)
    return _join_range(tokens, left, right)


def _changes_by(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Say whether a hedged "by around 770 to 108,790" tells a change and what it led to: no range is so wide."""
    hedged = tokens.lower[max(0, left.first - _HEDGED) : left.first]
    return "by" in hedged and right.value >= left.value * _WIDEST


def _is_since_year(tokens: Tokens, left: Draft) -> bool:
    """Say whether the first number is the year of "quadrupled since 2017 to 2 million barrels"."""
    year = left.bare and not left.grouped and left.value in _YEARS
    return year and tokens.lower[left.first - 1] in {"since", "in", "during"}


def _may_be_sides(left: Draft, right: Draft) -> bool:
    """Say whether two bare numbers may be a score: whole ones, or halves as at chess ("6.5-3.5")."""
    return left.bare and right.bare and left.value * 2 % 1 == 0 and left.value % 1 == right.value % 1


def _is_score(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Say whether two numbers are the two sides of a vote or a game."""
    if not _may_be_sides(left, right) or stands_behind_label(tokens, left):
        return False
    near = tokens.lower[max(0, left.first - _CONTEST_WINDOW) : right.last + _CONTEST_WINDOW]
    contest = not _CONTEST.isdisjoint(near)
    return contest and (left.value >= right.value or tokens.lower[right.last] in _CONTEST)


def _falls(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Say whether "7-2" can be nothing but a score: two small numbers, falling, behind no name."""
    small = _may_be_sides(left, right) and left.value < _HIGHEST_SCORE
    named = tokens.kinds[left.first - 1] == WORD and tokens.words[left.first - 1][:1].isupper()
    joined = tokens.hyphen(left.first - 1) or tokens.hyphen(right.last) or stands_behind_label(tokens, left)
    return small and left.value > right.value and left.last - left.first == 1 and not (named or joined)


def _join_votes(tokens: Tokens, left: Draft, right: Draft) -> Draft | None:
    """Join "320 votes to 276"."""
    if (
        tokens.lower[left.last] in _VOTES
        and tokens.lower[left.last + 1] in {"to", "against"}
        and right.bare
        and left.bare
    ):
        return _score(left, right)
    return None


def _score(left: Draft, right: Draft) -> Draft:
    left.upper, left.last, left.number_end = right.value, right.last, right.number_end
    left.unit, left.role, left.attributive = SCORE, Role.SCORE, False
    return left


def _join_range(tokens: Tokens, left: Draft, right: Draft) -> Draft | None:
    """Join the two ends of a range; unit and scale of one end belong to both. None where the ends do not fit."""
    lacks_unit = left.unit is not COUNT and right.unit is COUNT
    if left.attributive or (lacks_unit and not _inherits(tokens, left, right)):
        return None
    value, upper, step = left.value, right.value, left.step
    if right.spelled_scale > 1 and not left.scaled and not left.grouped and value * right.spelled_scale <= upper:
        value *= right.spelled_scale
        step *= right.spelled_scale
    if left.unit is COUNT or left.unit.code == right.unit.code:
        unit = right.unit
        if (
            left.unit is COUNT
            and right.unit.code in {"GBP", "USD", "EUR"}
            and abs(upper) < abs(right.step) * 100
            and right.step < 1
        ):
            value = value / 100 if not right.signed else value  # "10-15p"
    elif right.unit is COUNT:
        unit = left.unit
    elif left.unit.dimension is right.unit.dimension and left.unit.dimension is not Dimension.CURRENCY:
        unit, upper = left.unit, right.value * right.unit.factor / left.unit.factor
    else:
        return None
    if value > upper and _spans_cold(tokens, left):
        value, upper = upper, value
    if value >= upper or (left.signed is False and right.signed and not right.scaled):
        return None
    left.value, left.upper, left.unit, left.last = value, upper, unit, right.last
    left.step, left.number_end, left.attributive = min(step, right.step), right.number_end, right.attributive
    left.scaled = left.scaled or right.scaled
    left.form = right.form
    left.role = Role.RANGE
    return left


def _spans_cold(tokens: Tokens, left: Draft) -> bool:
    """Say whether a falling pair is a range all the same: "ranged from -18C to -34C"."""
    near = tokens.lower[max(0, left.first - 4) : left.first]
    return left.value < 0 and any(word.startswith(("rang", "vari", "vary", "between")) for word in near)


def _inherits(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Say whether a bare second end takes the unit of the first: "£10-15", and not "gave £5m to 10 charities"."""
    if left.unit.dimension is Dimension.AGE:
        return right.bare
    if left.unit.dimension is not Dimension.CURRENCY or not left.signed or right.attributive:
        return False
    return tokens.words[left.last] in HYPHENS or find_noun_group(tokens, right.last) is None
