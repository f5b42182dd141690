"""Read one amount where a token begins it: sign, currency, number, scale and unit, as one working record."""

from __future__ import annotations

from decimal import Decimal

from headwater.domain.quantities import Dimension, Unit
from headwater.extraction import currencies
from headwater.extraction.drafts import Draft
from headwater.extraction.number_fractions import find_fraction
from headwater.extraction.numeral_types import Form, Numeral
from headwater.extraction.numerals import find_numeral
from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import DASHES, NUMBER, SIGN, WORD, Tokens
from headwater.extraction.units import COUNT, MULTIPLE, PROPORTION, UNITS, find_unit

_MINUS = frozenset({"minus", "negative"})
_CENTS_OF: dict[str, str] = load_table("currencies")["cents_of"]
_HUNDREDTH = Decimal("0.01")
_MASS_CUES = load_words("currencies_cues", "mass_cues")
_MASS_BEHIND = frozenset({"of", "heavier", "lighter", "baby", "bomb", "weight"})
_COST_CUES = load_words("currencies_cues", "cost_cues")
_COST_WINDOW = 6  # tokens before "pounds" in which "costs" or "fined" makes them money
_POUND_WINDOW = 12  # tokens on either side in which "weighed" or "ounces" makes a pound a mass
_NO_NOUN_BEHIND_HYPHEN = frozenset({"plus", "odd", "ish", "to", "and", "or", "strong", "something"})
_MILLION = Decimal(1_000_000)


def find_amount(tokens: Tokens, at: int) -> Draft | None:
    """Return the amount that begins at a token, or None.

    Args:
        tokens: The tokens.
        at: A sign, a currency, a digit or a number word.
    """
    begin, negative = _skip_sign(tokens, at)
    before = currencies.find_before(tokens, begin)
    if before is not None:
        return _find_money(tokens, at, before, negative=negative)
    numeral = find_numeral(tokens, begin)
    if numeral is not None and numeral.form is not Form.FRACTION and tokens.kinds[begin] in {WORD, NUMBER}:
        fraction = find_fraction(tokens, begin)
        numeral = fraction if fraction is not None and fraction.end >= numeral.end else numeral
    if numeral is None or numeral.form is Form.FRACTION:
        return _find_fraction_amount(tokens, begin, numeral)
    draft = _draft(at, numeral, negative=negative)
    _read_unit(tokens, draft)
    return draft


def _draft(first: int, numeral: Numeral, *, negative: bool) -> Draft:
    value = -numeral.value if negative else numeral.value
    draft = Draft(first, numeral.end, value, numeral.step, numeral.form, numeral.end)
    draft.upper, draft.scaled, draft.grouped = numeral.upper, numeral.scaled, numeral.grouped
    draft.spelled_scale = numeral.scale
    return draft


def _skip_sign(tokens: Tokens, at: int) -> tuple[int, bool]:
    """Return the token behind a minus or plus sign set against what follows, and whether it was a minus."""
    word = tokens.lower[at]
    if word in _MINUS and (
        tokens.kinds[at + 1] == NUMBER or tokens.lower[at + 1] in {"zero", "one", "two", "three", "five", "ten"}
    ):
        return at + 1, True
    if tokens.kinds[at - 1] == NUMBER and at > 0:
        return at, False
    if word in DASHES and not tokens.glued(at) and tokens.glued(at + 1) and word != "—":
        return at + 1, True
    if word == "+" and tokens.glued(at + 1) and not tokens.glued(at):
        return at + 1, False
    return at, False


def _find_money(tokens: Tokens, at: int, before: tuple[str, int], *, negative: bool) -> Draft | None:
    """Read a number behind a currency sign or code; a name or code behind it is taken in ("£5 sterling")."""
    code, begin = before
    if tokens.words[begin] in DASHES and tokens.glued(begin + 1):
        begin, negative = begin + 1, True
    numeral = find_numeral(tokens, begin, money=True)
    if numeral is None or numeral.form is Form.FRACTION or tokens.starts[begin] - tokens.ends[begin - 1] > 1:
        return None
    draft = _draft(at, numeral, negative=negative)
    draft.unit, draft.signed = currencies.money(code), True
    after = currencies.find_after(tokens, draft.last)
    if after is not None and (after[0] == code or code == "USD") and tokens.kinds[draft.last] == WORD:
        draft.unit, draft.last = currencies.money(after[0]), after[1]
    elif tokens.words[draft.last] == "US" and code == "USD":
        draft.last += 1
    draft.attributive = _attributive(tokens, draft.last)
    return draft


def _find_fraction_amount(tokens: Tokens, at: int, numeral: Numeral | None) -> Draft | None:
    """Read a fraction: of a unit ("half an hour"), of a million, or a proportion by itself ("two-thirds")."""
    fraction = numeral or find_fraction(tokens, at)
    if fraction is None:
        return _find_unit_and_half(tokens, at)
    draft = _draft(at, fraction, negative=False)
    if fraction.scaled:
        _read_unit(tokens, draft)
        return draft
    if tokens.lower[draft.last - 1] == "quarters" and _are_periods(tokens, draft):
        draft.value, draft.step, draft.form, draft.unit = Decimal(3), Decimal(1), Form.WORDS, UNITS["quarter"]
        return draft
    unit_at = draft.last
    point_at = unit_at + 1 if tokens.hyphen(unit_at) else unit_at
    if tokens.lower[point_at] in {"point", "points"} and tokens.kinds[at] != NUMBER:
        draft.form, draft.step, draft.attributive = Form.WORDS, Decimal("0.1"), tokens.hyphen(unit_at)
        return draft
    if tokens.lower[unit_at] == "of" and tokens.lower[unit_at + 1] in {"a", "an", "one"}:
        unit_at += 1
    if tokens.hyphen(unit_at) and tokens.lower[unit_at + 1] in {"a", "an"}:
        unit_at += 1
    if tokens.lower[unit_at] in {"a", "an", "one"}:
        unit_at += 2 if tokens.hyphen(unit_at + 1) else 1
        small = currencies.SMALL_MONEY.get(tokens.lower[unit_at]) if len(tokens.words[unit_at]) > 1 else None
        if small is not None:
            _set_small(draft, currencies.money(small), unit_at + 1)
        else:
            _take_unit(tokens, draft, unit_at, hyphened=False)
    elif tokens.kinds[at] != WORD or tokens.hyphen(unit_at):
        _take_unit(tokens, draft, unit_at + 1 if tokens.hyphen(unit_at) else unit_at, hyphened=tokens.hyphen(unit_at))
    if draft.unit is COUNT:
        draft.unit = PROPORTION
    else:
        draft.form, draft.step = Form.WORDS, Decimal("0.1")
    return draft


def _are_periods(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "three quarters" are parts of a year: "the last three quarters", "three quarters sooner"."""
    before, behind = tokens.lower[draft.first - 1], tokens.lower[draft.last]
    return before in _BEFORE_PERIODS or behind in _BEHIND_PERIODS


_BEFORE_PERIODS = frozenset({"last", "past", "next", "previous", "first", "consecutive", "straight", "preceding"})
_BEHIND_PERIODS = frozenset({"sooner", "later", "earlier", "ago", "running", "after", "before", "since"})


def _find_unit_and_half(tokens: Tokens, at: int) -> Draft | None:
    """Read "an hour and a half", "a mile and a quarter"."""
    if tokens.lower[at] not in {"a", "an"} or tokens.lower[at + 2] != "and" or tokens.lower[at + 3] != "a":
        return None
    unit = find_unit(tokens, at + 1, Decimal(1), hyphened=True)
    part = find_fraction(tokens, at + 3) if unit is not None else None
    if unit is None or part is None or unit[0].dimension is Dimension.PERCENT:
        return None
    return Draft(at, part.end, 1 + part.value, Decimal("0.1"), Form.WORDS, part.end, unit[0])


def _attributive(tokens: Tokens, at: int) -> bool:
    """Say whether a hyphen joins what was read to a following word: "27-nation", "£5-a-week"."""
    return tokens.hyphen(at) and tokens.kinds[at + 1] == WORD


def _read_unit(tokens: Tokens, draft: Draft) -> None:
    """Take in the currency or unit behind the number, with or without a hyphen; else note "27-nation"."""
    at = draft.last
    if _glued_multiple(tokens, draft):
        return
    if _take_feet_and_inches(tokens, draft):
        return
    if draft.form is Form.VAGUE and tokens.lower[at] == "of":
        _ = _take_money(tokens, draft, at + 1) or _take_unit(tokens, draft, at + 1, hyphened=False)
        return
    hyphened = _attributive(tokens, at)
    unit_at = at + 1 if hyphened else at
    if _take_money(tokens, draft, unit_at) or _take_unit(tokens, draft, unit_at, hyphened=hyphened):
        return
    if tokens.glued(at) and tokens.words[at] == "m":
        draft.value, draft.step, draft.scaled = draft.value * _MILLION, draft.step * _MILLION, True
        draft.spelled_scale = _MILLION
        draft.last = draft.number_end = at + 1
        _take_money(tokens, draft, at + 1)
        return
    draft.attributive = hyphened and tokens.words[unit_at] not in _NO_NOUN_BEHIND_HYPHEN


def _take_feet_and_inches(tokens: Tokens, draft: Draft) -> bool:
    """Read the rest of 6'2" and 6′2″."""
    at = draft.last
    inches = tokens.words[at + 1]
    if tokens.words[at] not in {"'", "’", "′"} or not (tokens.glued(at) and tokens.glued(at + 1)) or draft.value > 9:
        return False
    if not inches.isdecimal() or len(inches) > 2 or int(inches) > 11:
        return False
    draft.value, draft.step = draft.value + Decimal(int(inches)) / 12, Decimal(1) / 12
    draft.unit, draft.last = UNITS["foot"], at + 3 if tokens.words[at + 2] in {'"', "”", "″"} else at + 2
    return True


def _glued_multiple(tokens: Tokens, draft: Draft) -> bool:
    """Take in the "x" of "3x"."""
    at = draft.last
    if tokens.lower[at] in {"x", "×"} and tokens.glued(at) and not tokens.glued(at + 1) and draft.form is Form.DIGITS:
        draft.unit, draft.last = MULTIPLE, at + 1
        return True
    return False


def _take_money(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Take in a currency behind the number; say whether one was there."""
    word = tokens.lower[at]
    cents_at = _skip_country(tokens, at)
    small = _find_small_money(tokens, cents_at)
    if small is not None:
        code = small if cents_at == at else _CENTS_OF[tokens.lower[at]]
        _set_small(draft, currencies.money(code), cents_at + 1)
        return True
    after = currencies.find_after(tokens, at)
    if after is None or (word in _OTHER_SENSES and not draft.scaled and not draft.grouped):
        return False
    if word in {"pound", "pounds"} and after[1] == at + 1:
        if tokens.lower[at + 1 : at + 4] == ["per", "square", "inch"]:
            return False
        if _is_mass(tokens, draft, at):
            draft.unit, draft.last = UNITS["pound_mass"], at + 1
            return True
    draft.unit, draft.last = currencies.money(after[0]), after[1]
    return True


_OTHER_SENSES = frozenset({"won", "real", "lev"})  # words of their own: money only behind a large number


def _skip_country(tokens: Tokens, at: int) -> int:
    """Return where "cents" stands in "71 US cents" and "71 U.S. cents", else the token itself."""
    if tokens.lower[at] not in _CENTS_OF:
        return at
    cents_at = at + 4 if tokens.lower[at : at + 4] == ["u", ".", "s", "."] else at + 1
    return cents_at if tokens.lower[cents_at] in {"cent", "cents"} else at


def _find_small_money(tokens: Tokens, at: int) -> str | None:
    """Return the currency of pence or cents at a token; "p" and "c" count only set tight."""
    word = tokens.words[at]
    if word in {"p", "c"}:
        tight = tokens.glued(at) and _ends_word(tokens, at)
        return {"p": "GBP", "c": "USD"}[word] if tight else None
    return currencies.SMALL_MONEY.get(tokens.lower[at]) if tokens.kinds[at] in {WORD, SIGN} else None


def _ends_word(tokens: Tokens, at: int) -> bool:
    """Say whether no letter or digit is set against the end of a token."""
    return not tokens.glued(at + 1) or tokens.kinds[at + 1] == SIGN


def _set_small(draft: Draft, unit: Unit, last: int) -> None:
    """Make the number hundredths of a currency."""
    draft.unit, draft.last = unit, last
    draft.value, draft.step = draft.value * _HUNDREDTH, draft.step * _HUNDREDTH
    if draft.upper is not None:
        draft.upper *= _HUNDREDTH


def _is_mass(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Say whether "pounds" without sign weigh: by a word of weight near them, or in text that writes money by sign."""
    if draft.scaled and draft.value >= _MILLION:
        return False
    if tokens.lower[at + 1] in _MASS_BEHIND or (at >= 1 and tokens.hyphen(at - 1)):
        return True
    near = tokens.lower[max(0, draft.first - _POUND_WINDOW) : at + _POUND_WINDOW]
    if not _MASS_CUES.isdisjoint(near):
        return True
    converted = tokens.words[at + 1] == "(" and tokens.words[at + 2] in currencies.SIGNS
    if converted or not _COST_CUES.isdisjoint(tokens.lower[max(0, draft.first - _COST_WINDOW) : draft.first]):
        return False
    return "$" in tokens.text[max(0, tokens.starts[0] - 2000) : tokens.starts[0] + 4000]


def _take_unit(tokens: Tokens, draft: Draft, at: int, *, hyphened: bool) -> bool:
    """Take in a unit of measure behind the number; ages are told from durations by what follows."""
    if tokens.kinds[at] not in {WORD, SIGN}:
        return False
    found = find_unit(tokens, at, draft.value, hyphened=hyphened)
    if found is None:
        return False
    unit, last = found
    draft.unit, draft.last = unit, last
    draft.attributive = False
    return True
