"""Currencies by sign, code and name: CLDR's tables (babel), and what a bare noun means in English news."""

from __future__ import annotations

from functools import cache

from headwater.domain.quantities import Dimension, Unit
from headwater.extraction.tables import load_table
from headwater.extraction.tokens import SIGN, WORD, Tokens

_TABLE = load_table("currencies")
_AMBIGUOUS = frozenset(_TABLE["ambiguous"]["codes"])
_BEFORE: dict[str, str] = _TABLE["words_before"]
SMALL_MONEY: dict[str, str] = _TABLE["small"]
SIGNS = frozenset("$£€¥₹₩₪₱₽₺₴₦₵₡฿₫₸₾₼₲￡＄￥₤")
_LONGEST_NAME = 4  # tokens: "new", "taiwan", "dollars"; "bosnia-herzegovina convertible marks" is not news


@cache
def money(code: str) -> Unit:
    """Return the unit of a currency.

    Args:
        code: ISO 4217 code.
    """
    return Unit(Dimension.CURRENCY, code)


@cache
def load_signs() -> dict[str, str]:
    """Return ISO codes by sign, the letters before it included: "£", "US$", "HK$"."""
    from babel.numbers import get_currency_symbol  # noqa: PLC0415 - babel is read when money is first met

    signs: dict[str, str] = {}
    for locale in ("en_AU", "en_CA", "en_NZ", "en"):
        for code in sorted(load_codes()):
            sign = get_currency_symbol(code, locale)
            if sign != code and sign[-1] in SIGNS and (locale == "en" or len(sign) > 1):
                signs[sign] = code
    signs.update(_TABLE["signs"])
    return signs


@cache
def _load_titles() -> dict[str, str]:
    """Return English titles of currencies by code; those with brackets ("Spanish Peseta (A account)") are left out."""
    from babel.core import Locale  # noqa: PLC0415 - as above

    return {code: title for code, title in Locale.parse("en").currencies.items() if "(" not in title}


@cache
def load_codes() -> frozenset[str]:
    """Return the ISO 4217 codes of CLDR, those of accounts and of years past left out."""
    return frozenset(_load_titles())


@cache
def load_names() -> dict[str, str]:
    """Return ISO codes by English name, lower case, singular and plural: "swiss francs", "dollar", "quid"."""
    from babel.numbers import get_currency_name  # noqa: PLC0415 - as above

    names: dict[str, str] = {}
    for code, title in sorted(_load_titles().items()):
        if " " in title:
            names.setdefault(title.lower(), code)
            names.setdefault(get_currency_name(code, 2, "en").lower(), code)
    invariant = set(_TABLE["invariant"]["words"])
    for name, code in _TABLE["bare"].items():
        names[name] = code
        if name not in invariant or name in {"euro", "lira"}:
            names[name + "s"] = code
    return names


def find_before(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Return the code of the money sign that begins at a token and the token behind it: "£", "US$", "GBP", "Rs.".

    Args:
        tokens: The tokens.
        at: Where to begin.
    """
    word = tokens.words[at]
    if tokens.kinds[at] == SIGN:
        code = load_signs().get(word) if word in SIGNS else None
        return None if code is None else (code, at + 1)
    if tokens.kinds[at] != WORD or len(word) > 4:
        return None
    if tokens.words[at + 1] in SIGNS and tokens.glued(at + 1):
        code = load_signs().get(word + tokens.words[at + 1])
        return None if code is None else (code, at + 2)
    if word in _BEFORE:
        return _BEFORE[word], at + 2 if tokens.words[at + 1] == "." else at + 1
    if len(word) == 3 and word.isupper() and word not in _AMBIGUOUS and word in load_codes():
        return word, at + 1
    return None


def find_after(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Return the code of the money word behind an amount and the token behind it: "pounds", "US dollars", "€".

    Args:
        tokens: The tokens.
        at: The token behind the amount.
    """
    word = tokens.words[at]
    if tokens.kinds[at] == SIGN:
        tight = word in SIGNS and (tokens.glued(at) or word in "€£$") and not tokens.glued(at + 1)
        return (load_signs()[word], at + 1) if tight and word in load_signs() else None
    if tokens.kinds[at] != WORD:
        return None
    for length in range(_LONGEST_NAME, 0, -1):
        name = " ".join(tokens.lower[at : at + length]).replace("u . s .", "us")
        if name in load_names():
            return load_names()[name], at + length
    if tokens.lower[at : at + 5] in (["u", ".", "s", ".", "dollars"], ["u", ".", "s", ".", "dollar"]):
        return "USD", at + 5
    if len(word) == 3 and word.isupper() and word not in {"ALL", "TOP", "TRY", "CUP"} and word in load_codes():
        return word, at + 1
    return None
